"""Reports: the week, a customer, clusters, industries, capacity, all as pages, and the proof."""

import importlib
import pkgutil

import click


@click.group("report")
def command() -> None:
    """Write a report as text, Markdown, a self-contained page, a workbook or JSON.

    \b
    Examples:
      graphkit report weekly -o monday.html
      graphkit report cluster -o clusters.html
      graphkit report customer "Aurora Falls Bearings" -o aurora.html
      graphkit report industry -o industries.html
      graphkit report capacity -o capacity.html
      graphkit report proof -o proof.html
    """


INNER = frozenset({"forms"})
"""Modules of this package that are no report."""

for one in pkgutil.iter_modules(__path__):
    if one.name not in INNER:
        command.add_command(importlib.import_module(f"{__name__}.{one.name}").command)
