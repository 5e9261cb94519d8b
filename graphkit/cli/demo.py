"""Build a made-up shop, load it, and show its findings, report and map."""

from pathlib import Path

import click

from graphkit.cli.context import Context, typed
from graphkit.pipeline.analyse import analyse, write_back
from graphkit.pipeline.load import load
from graphkit.pipeline.present import write_network, write_report
from graphkit.places import SETTINGS_FILE
from graphkit.reports.text import findings_text
from graphkit.simulator import Shop, simulate
from graphkit.snapshot import Snapshot, latest_day
from graphkit.workspace import Workspace

_ROOM = 1.2
"""Capacity of the made-up shop, beside the hours that the busiest of its next months takes."""


@click.command("demo")
@click.argument("folder", default="demo-shop", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", default=7, show_default=True, help="Another seed makes another shop.")
@click.pass_obj
def command(context: Context, folder: Path, *, seed: int) -> None:
    """Build a shop with planted stories in FOLDER (demo-shop by default) and analyse it.

    \b
    Examples:
      graphkit demo
      graphkit demo other-shop --seed 11
    """
    exports = folder / "exports"
    context.say(f"Simulating a shop's exports in {exports}")
    shop = simulate(seed=seed)
    shop.write(exports)
    _, made = Workspace.create(folder)
    if made:
        _state_capacity(folder, shop)
    workspace = Workspace.open(folder)
    with workspace.open_store() as store:
        load(store, [exports], currency=workspace.settings.currency, say=context.say)
        snap = Snapshot(store, latest_day(store), currency=workspace.settings.currency)
        context.say("Analysing")
        found = analyse(snap, workspace.settings)
        write_back(store, found)
        report = write_report(snap, found, folder / "clusters.html")
        page = write_network(snap, found, folder / "map.html", folder)
    context.emit(
        "demo",
        [],
        text=f"As of {snap.as_of}\n\n" + findings_text(found, snap.currency),
        as_of=snap.as_of,
    )
    context.say(
        f"\nReport: {report}\nMap:    {page}  (open both in a browser)\n\n"
        f"What next:\n{_next(folder)}"
    )


def _state_capacity(folder: Path, shop: Shop) -> None:
    """Machine hours a month of each process: somewhat more than the next half year ever takes."""
    usual = shop.truth.future_machine_hours
    stated = {name: round(_ROOM * max(hours), -1) for name, hours in usual.items() if any(hours)}
    lines = [f'"{name}" = {max(hours, 10):.0f}' for name, hours in stated.items()]
    with (folder / SETTINGS_FILE).open("a", encoding="utf-8") as settings:
        settings.write("\n".join(["", "[capacity]", *lines, ""]))


def _next(folder: Path) -> str:
    """Commands to go on with, and what each is for, in two columns."""
    shop = f"graphkit -w {typed(folder)}"
    steps = {
        f"{shop} report weekly": "five things to do, and who calls whom",
        f"{shop} report site": "everything as pages to click through",
        f"{shop} companies why A B": "why two spellings are one company",
        f"{shop} neo4j up": "a Neo4j of its own; then",
        f"{shop} neo4j push": "the same graph in it; then",
        f"{shop} neo4j up --open": "its Browser, with pictures and a guide",
        "graphkit -w my-shop load YOUR-EXPORTS": "your own shop",
    }
    width = max(map(len, steps))
    return "\n".join(f"  {step:{width}}  {purpose}" for step, purpose in steps.items())
