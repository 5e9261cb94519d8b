"""The kinds of plug-in, each one decorator: @loader, @enricher, @analysis, @picture, @chart.

A plug-in registers itself when its module is imported; `registry` imports every module of
`loaders`, `nlp`, `visualizations` and `graphkit.analyses`, and whatever other distributions offer
under the entry point group `graphkit.plugins`.
"""

import dataclasses
import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

import pandas as pd

from graphkit.batch import Batch, Reading, Source
from graphkit.drawing import Draw
from graphkit.findings import Finding
from graphkit.schema import Entity
from graphkit.sheets import Sheet


@dataclasses.dataclass(frozen=True, slots=True)
class Recognition:
    """How well a sheet fits a loader.

    Attributes:
        score: 0 to 1; the share of what the loader looks for that the sheet has, weighted.
        columns: Header of the sheet by field of the loader.
        missing: Required fields without a header; a sheet with any is not read, and the message
            names them.
        unnamed: The fields for which those would be, as a mapping calls them.
        ignored: Headers that become no field of its rows.
        meaning: What each field means, by field.
    """

    score: float
    columns: Mapping[str, str]
    missing: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    meaning: Mapping[str, str] = dataclasses.field(default_factory=dict)


Tables = Mapping[str, pd.DataFrame]
"""Cells of the other files of a system that are in the same load, by the system's own names."""

SHOP_PROCESSES = "[processes]"
"""The table, with columns work_centre and process, of what the shop calls its work centres: the
section of that name in graphkit.toml."""

STORED = "[stored]"
"""The table of the stored rows of the type `Loader.again`: those that stand in a file again as they
were need not be read again."""

NO_TABLES: Tables = MappingProxyType({})


class Reads(Protocol):
    """Makes batches of a sheet, with the other files of the system at hand."""

    def __call__(self, sheet: Sheet, source: Source, tables: Tables = ..., /) -> Reading:
        """The rows of a sheet as batches."""


@dataclasses.dataclass(frozen=True, slots=True)
class Loader:
    """Reads one kind of export of one system.

    Attributes:
        name: system.kind, such as quickbooks.invoices.
        system: The system that writes it.
        kind: What it holds, such as invoices.
        version: Raised when the reading changes, so that unchanged files are read again.
        example: A small CSV file of this kind, for the manual and the contract tests.
        recognise: How well a sheet fits; None when not at all.
        read: The rows as batches.
        table: The system's own name for it, by which its other files look it up; may be empty.
        wants: Tables of its system that it looks into, with the headings that it reads of each.
        by_name: Whether the file's name says some of what it holds.
        by_process: Whether it names processes, which a shop may call otherwise.
        again: The type and the columns of the stored rows that it wants to know, since it reads
            those no more that stand in a file as they were.
        useless: Why an export of this kind tells nothing, and which one to make instead.
        report: Which report to export, click by click.
        database: Name of the database that `query` asks.
        query: The SQL query whose answer is the sheet; empty for files.
        companions: Small files of the tables that the example looks up, by table.
        headings: Those that it knows, where any system may have written them.
        own: The file in which the shop described it itself; then it wins over others that fit as
            well. Empty for what comes with graphkit.
    """

    name: str
    system: str
    kind: str
    version: str
    example: str
    recognise: Callable[[Sheet], Recognition | None]
    read: Reads
    table: str = ""
    wants: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    by_name: bool = False
    by_process: bool = False
    again: tuple[type[Entity], tuple[str, ...]] | None = None
    useless: str = ""
    report: str = ""
    database: str = ""
    query: str = ""
    companions: Mapping[str, str] = dataclasses.field(default_factory=dict)
    headings: tuple[str, ...] = ()
    own: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Mapper:
    """Makes loaders of files that describe an export without code.

    Attributes:
        loader: The loader that a text describes; takes the text and its file's name, for messages.
        draft: A description of a sheet to start from; takes the sheet, a name for its system, and
            the kind of what it holds, or an empty text where that is to be found out.
    """

    loader: Callable[[str, str], Loader]
    draft: Callable[[Sheet, str, str], str]


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """What the shop already knows when its texts are read.

    Attributes:
        companies: Columns company (id), account (id to link facts to), name (one row a spelling).
        people: Columns id, name, company (id).
        employees: Columns id, name.
    """

    companies: pd.DataFrame
    people: pd.DataFrame
    employees: pd.DataFrame


@dataclasses.dataclass(frozen=True, slots=True)
class Enricher:
    """Reads texts.

    Attributes:
        name: Its name.
        version: Changes when model, lexicons or rules change, so that texts are read again.
        unavailable: Why it cannot run here, and what to install; empty when it can.
        warning: What a reader of its facts should mind, such as a missing model; else empty.
        run: Texts and what is known to batches. Texts have the columns id, kind (Note, Post,
            Project, Campaign or Page), on (date), text, account, author, file_id and row.
    """

    name: str
    version: Callable[[], str]
    unavailable: Callable[[], str]
    warning: Callable[[], str]
    run: Callable[[pd.DataFrame, Known], Iterator[Batch]]


@dataclasses.dataclass(frozen=True, slots=True)
class TextToShow:
    """A text that somebody wants to see read.

    Attributes:
        text: What it says.
        kind: note, call, email, anecdote, post or project.
        date: The day it was written; what "next yr" means depends on it.
        account: The company under which it is filed, or who posts it; None for nobody.
    """

    text: str
    kind: str
    date: dt.date
    account: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class TextReader:
    """Reads texts apart from any store, for people who want to see or judge how they are read.

    Texts and what is read from them are JSON lines (see docs/texts.md). Companies are names on the
    shop's list; a model is named, or "" for the best that is installed.

    Attributes:
        language: Of the texts, such as "en".
        unavailable: Why it cannot run here, and what to install; empty when it can.
        models: The models that there are: name, version, origin, chosen and warning of each.
        extract: File of texts, companies and model to the same texts with what is read from them.
        show: Text, companies and model to what is read from it: text, entities and relations, each
            with how sure it is.
        page: What `show` gives, as a self-contained HTML page.
        evaluate: File of labelled texts, companies and model to one mapping a measure.
        train: File of labelled texts, folder for the model, companies, model to start from and seed
            to what came of it: scores (one mapping a label, before and after), model, texts, aside
            and notes.
    """

    language: str
    unavailable: Callable[[], str]
    models: Callable[[str], list[dict[str, object]]]
    extract: Callable[[Path, Sequence[str], str], Iterator[str]]
    show: Callable[[TextToShow, Sequence[str], str], dict[str, object]]
    page: Callable[[Mapping[str, object]], str]
    evaluate: Callable[[Path, Sequence[str], str], list[dict[str, object]]]
    train: Callable[[Path, Path, Sequence[str], str, int], dict[str, object]]


@dataclasses.dataclass(frozen=True, slots=True)
class Analysis:
    """Answers one question.

    Attributes:
        name: Its name, which is also its section [analysis.NAME] in graphkit.toml.
        question: The question, as a shop would ask it.
        needs: Names of the types without which it cannot answer.
        kinds: Kinds of finding it yields.
        options: Names of its keyword options.
        run: Snapshot and keyword options to findings.
    """

    name: str
    question: str
    needs: tuple[str, ...]
    kinds: tuple[str, ...]
    options: tuple[str, ...]
    run: Callable[..., Iterable[Finding]]


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """Draws what `graphkit map` shows.

    Attributes:
        name: Engine name, such as pyvis.
        draw: A Drawing to one self-contained HTML page.
        unavailable: Why it cannot draw here, and what to do about it; empty when it can.
    """

    name: str
    draw: Callable[..., str]
    unavailable: Callable[[], str]


@dataclasses.dataclass(frozen=True, slots=True)
class ChartKind:
    """Draws one kind of chart that reports show.

    Attributes:
        name: The kind, such as orders-over-time.
        draw: A chart to the text of an SVG element that stands in a page as it is.
    """

    name: str
    draw: Draw


LOADERS: dict[str, Loader] = {}
MAPPERS: dict[str, Mapper] = {}
"""By the ending of the files that they read, such as .toml."""
ENRICHERS: dict[str, Enricher] = {}
TEXT_READERS: dict[str, TextReader] = {}
"""By language."""
ANALYSES: dict[str, Analysis] = {}
PICTURES: dict[str, Picture] = {}
CHARTS: dict[str, ChartKind] = {}

_Plugin = TypeVar("_Plugin", Loader, Enricher, Analysis, Picture, ChartKind)


def _register(register: dict[str, _Plugin], plugin: _Plugin) -> None:
    if plugin.name in register:
        raise ValueError(f"two plug-ins are called {plugin.name}")
    register[plugin.name] = plugin


def add_loader(plugin: Loader) -> None:
    """Register a loader that was made from a mapping."""
    _register(LOADERS, plugin)


def loader(
    system: str,
    kind: str,
    *,
    recognise: Callable[[Sheet], Recognition | None],
    example: str,
    version: str = "1",
) -> Callable[[Reads], Reads]:
    """Register a function that reads sheets of one system and kind."""

    def register(read: Reads) -> Reads:
        add_loader(Loader(f"{system}.{kind}", system, kind, version, example, recognise, read))
        return read

    return register


_Enrich = Callable[[pd.DataFrame, Known], Iterator[Batch]]


def _nothing() -> str:
    return ""


def enricher(
    name: str,
    *,
    version: Callable[[], str],
    unavailable: Callable[[], str] = _nothing,
    warning: Callable[[], str] = _nothing,
) -> Callable[[_Enrich], _Enrich]:
    """Register a function that reads texts."""

    def register(run: _Enrich) -> _Enrich:
        _register(ENRICHERS, Enricher(name, version, unavailable, warning, run))
        return run

    return register


_Analyse = TypeVar("_Analyse", bound=Callable[..., Iterable[Finding]])


def analysis(
    name: str, *, question: str, needs: tuple[str, ...], kinds: tuple[str, ...]
) -> Callable[[_Analyse], _Analyse]:
    """Register a function from a Snapshot and keyword options to findings."""

    def register(run: _Analyse) -> _Analyse:
        taken = inspect.signature(run).parameters.values()
        options = tuple(one.name for one in taken if one.kind is one.KEYWORD_ONLY)
        _register(ANALYSES, Analysis(name, question, needs, kinds, options, run))
        return run

    return register


_Draw = TypeVar("_Draw", bound=Callable[..., str])


def picture(name: str, *, unavailable: Callable[[], str] = _nothing) -> Callable[[_Draw], _Draw]:
    """Register an engine that draws maps."""

    def register(draw: _Draw) -> _Draw:
        _register(PICTURES, Picture(name, draw, unavailable))
        return draw

    return register


def chart(name: str) -> Callable[[Draw], Draw]:
    """Register a function that draws a kind of chart."""

    def register(draw: Draw) -> Draw:
        _register(CHARTS, ChartKind(name, draw))
        return draw

    return register


__all__ = [
    "ANALYSES",
    "CHARTS",
    "ENRICHERS",
    "LOADERS",
    "MAPPERS",
    "NO_TABLES",
    "PICTURES",
    "SHOP_PROCESSES",
    "TEXT_READERS",
    "Analysis",
    "ChartKind",
    "Enricher",
    "Known",
    "Loader",
    "Mapper",
    "Picture",
    "Reads",
    "Recognition",
    "Tables",
    "TextReader",
    "add_loader",
    "analysis",
    "chart",
    "enricher",
    "loader",
    "picture",
]
