"""Which loader reads a sheet: the one whose columns fit, or a clear refusal."""

import dataclasses
import difflib
from collections.abc import Sequence

from graphkit.errors import UnreadableError
from graphkit.pipeline.nearest import nearest
from graphkit.plugins import Loader, Recognition
from graphkit.sheets import Sheet

SURE = 0.6
"""A sheet with less of what a loader looks for is not read."""
_SHOWN = 8
"""Headings that a message lists."""
CLEAR = 0.05
"""Two loaders whose scores differ by less fit equally well."""


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """A loader and how well a sheet fits it."""

    loader: Loader
    recognition: Recognition


def choose(sheet: Sheet, loaders: Sequence[Loader]) -> Choice:
    """The loader that a sheet is for.

    Args:
        sheet: A header and rows.
        loaders: Every loader there is.

    Raises:
        UnreadableError: None fits (names the nearest and what it misses), or two fit equally well.
    """
    found = candidates(sheet, loaders)
    where = f"{sheet.path} [{sheet.name}]" if sheet.name else sheet.path
    whole = [one for one in found if not one.recognition.missing]
    if not whole or whole[0].recognition.score < SURE:
        raise _unknown(where, sheet, found, loaders)
    best = whole[0]
    if found[0].recognition.score - best.recognition.score >= CLEAR:
        raise _unknown(where, sheet, found, loaders)
    rivals = [
        one.loader.name
        for one in whole[1:]
        if best.recognition.score - one.recognition.score < CLEAR
        and bool(one.loader.own) == bool(best.loader.own)
    ]
    if rivals:
        names = " or ".join([best.loader.name, *rivals])
        raise UnreadableError(
            f"this fits {names} equally well",
            where=where,
            next_step=f"graphkit load --kind {best.loader.name} {sheet.path}",
        )
    return best


def candidates(sheet: Sheet, loaders: Sequence[Loader]) -> list[Choice]:
    """The loaders that a sheet has anything of, the best first."""
    found = [Choice(one, seen) for one in loaders if (seen := one.recognise(sheet)) is not None]
    return sorted(found, key=_rank)


def _rank(choice: Choice) -> tuple[float, str]:
    """The best first; what the shop described itself wins over what fits as well."""
    return -choice.recognition.score - CLEAR * bool(choice.loader.own), choice.loader.name


def useful(choice: Choice, sheet: Sheet) -> Loader:
    """The loader of a choice.

    Raises:
        UnreadableError: Exports of this kind tell nothing; the message says which ones to make.
    """
    loader = choice.loader
    if loader.useless:
        raise UnreadableError(f"this is {loader.name}: {loader.useless}", where=sheet.path)
    return loader


def _unknown(
    where: str, sheet: Sheet, found: Sequence[Choice], loaders: Sequence[Loader]
) -> UnreadableError:
    header = ", ".join(f"'{name}'" for name in sheet.header[:_SHOWN])
    more = len(sheet.header) - _SHOWN
    header += f" and {more} more" if more > 0 else ""
    if not found or found[0].recognition.score <= 0:
        near_by = nearest(sheet, loaders)
        header += f". It comes nearest to {near_by}" if near_by else ""
        return UnreadableError(
            f"no loader knows this header: {header}",
            where=where,
            next_step=f"graphkit init --mapping {sheet.path}",
        )
    near = found[0]
    if near.loader.own and near.recognition.missing:
        fields = near.recognition.unnamed
        lacking = ", ".join(fields or _missing(near.recognition))
        return UnreadableError(
            f"{near.loader.own} has no heading yet for {lacking}. Its columns: {header}",
            where=where,
            next_step="write the headings in its [columns]",
        )
    missing = ", ".join(_missing(near.recognition))
    lacks = f"but it has no column for {missing}" if missing else "but too few columns fit"
    if missing and near.loader.by_name:
        lacks += ", and the name of the file or its folder does not say it"
    draft = f"graphkit init --mapping {sheet.path}"
    report = f"add {missing} to the report and export it again (graphkit sources"
    of_its_system = missing and not near.loader.headings
    return UnreadableError(
        f"looks like {near.loader.name}, {lacks}. Its columns: {header}",
        where=where,
        next_step=f"{report} {near.loader.system}), or {draft}" if of_its_system else draft,
    )


def _missing(recognition: Recognition) -> list[str]:
    """The headings that are missing, each with the nearest one of the sheet."""
    unread = {name.casefold(): name for name in recognition.ignored}
    named = []
    for name in recognition.missing:
        near = difflib.get_close_matches(name.casefold(), unread, n=1, cutoff=0.6)
        named.append(f"'{name}' (nearest: '{unread[near[0]]}')" if near else f"'{name}'")
    return named
