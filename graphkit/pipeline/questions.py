"""Which questions of a shop its exports can answer, and which export would help."""

import dataclasses
from collections.abc import Sequence

import numpy as np

from graphkit import registry
from graphkit.analyses.measures.month_panel import last_month_of_orders
from graphkit.pipeline.asked import QUESTIONS
from graphkit.pipeline.texts import reading_advice, unread
from graphkit.schema import TYPES, Order, OrderLine
from graphkit.snapshot import Snapshot, days_of, tolerances_read
from graphkit.store.base import GraphStore

EXPORTS = {
    "Order": "sales order lines from the ERP",
    "OrderLine": "sales order lines from the ERP",
    "Quote": "quotes from the ERP",
    "Invoice": "invoices from finance",
    "Payment": "payments from finance",
    "Company": "companies from the CRM, with industry",
    "Account": "companies from the CRM, with owner",
    "Person": "contacts from the CRM",
    "Supplies": "engineering projects with end customers, or sales notes",
    "Attended": "sales notes or social posts",
    "UsesMethod": "engineering projects with descriptions, or sales notes",
    "HasTopic": "mail campaigns with subject lines",
    "HasSignal": "sales notes or social posts",
    "Opened": "mail activity (opens and clicks)",
    "Clicked": "mail activity (opens and clicks)",
    "Visited": "web visits by company",
    "TalkedTo": "sales notes with authors",
    "Knows": "LinkedIn connections",
    "Project": "engineering projects",
    "Follows": "social interactions (follows, likes, shares)",
    "Liked": "social interactions (follows, likes, shares)",
    "Shared": "social interactions (follows, likes, shares)",
}
"""The export that brings rows of a type."""


COLUMNS = {
    "OrderLine.tolerance": "a column Tolerance in the order lines; or their notes and "
    "descriptions, such as Note_Text of JobBOSS, which are read for tolerances",
    "OrderLine.process": "a column Process or Work Center in the order lines; from JobBOSS "
    "Job_Operation, from JobBOSS2 workCode",
    "OrderLine.finish": "a column Finish in the order lines; from JobBOSS Job_Operation",
    "OrderLine.material": "a column Material in the order lines",
    "OrderLine.minutes": "a column Est Minutes or Est Hours in the order lines; from JobBOSS "
    "Job_Operation or Job",
    "Invoice.due_on": "a column Due Date or Terms in the invoices",
    "Company.industry": "a column Industry in the companies of the CRM",
}
"""The column, and the file of a system made of several, that brings a property."""

_FROM_TEXTS = frozenset({"Supplies", "Attended", "UsesMethod", "TalkedTo", "HasSignal"})
"""Types that are read from texts."""


def without(need: str) -> str:
    """What to say where rows are there but nothing in a column: which exports have it.

    >>> without("OrderLine.finish").partition(":")[0]
    'your export has no finish'
    """
    _, _, column = need.partition(".")
    return f"your export has no {column.removesuffix('_on')}: {COLUMNS[need]}"


@dataclasses.dataclass(frozen=True, slots=True)
class Answerable:
    """Whether a question can be answered.

    Attributes:
        question: The question.
        ask: The command that answers it.
        recipe: What answers it in Neo4j Browser, too; empty where nothing does.
        without: What tells of it where there is no Neo4j; empty when the command needs none.
        missing: What it lacks, one group of alternatives each; empty when it can be answered.
        export: The export that would bring the first thing it lacks, or how to get the texts read
            that are there; empty when it can be answered in full.
    """

    question: str
    ask: str
    recipe: str
    without: str
    missing: tuple[str, ...]
    export: str

    @property
    def how_far(self) -> str:
        """yes; partly, when unread texts would add to the answer; or no."""
        if self.missing:
            return "no"
        return "partly" if self.export else "yes"


def answerable(store: GraphStore) -> list[Answerable]:
    """Every question, with what is missing for it.

    Args:
        store: A store to read.
    """
    seen: dict[str, bool] = {}
    reading = reading_advice() if unread(store) else ""
    found = []
    for one in QUESTIONS:
        lacking = [
            group for group in one.needs if not any(_there(store, need, seen) for need in group)
        ]
        missing = tuple(" or ".join(group) for group in lacking)
        export = reading if one.texts else ""
        if lacking:
            export = _would_bring(store, lacking[0][0], reading)
        found.append(Answerable(one.text, one.ask, one.recipe, one.without, missing, export))
    return found


def _would_bring(store: GraphStore, need: str, reading: str) -> str:
    """What would bring something that is missing: the readers of texts, an export, a column."""
    name = need.partition(".")[0]
    if reading and (name in _FROM_TEXTS or (need == "OrderLine.tolerance" and _noted(store))):
        return reading
    there = need in COLUMNS and store.count(TYPES[name]) > 0
    return without(need) if there else EXPORTS[name]


def _noted(store: GraphStore) -> bool:
    return not store.values(OrderLine, "note").empty


def unanswerable(store: GraphStore, command: str) -> list[str]:
    """Why a command has no answer, a line for each thing that is in no export.

    Args:
        store: A store to read.
        command: The command, as the question names it, or the name of the recipe.
    """
    return [
        one.export if one.export.startswith("your export") else f"missing: {one.export}"
        for one in answerable(store)
        if command in {one.ask, one.recipe} and one.missing
    ]


def _there(store: GraphStore, need: str, seen: dict[str, bool]) -> bool:
    if need not in seen:
        name, _, column = need.partition(".")
        entity = TYPES[name]
        if need == "OrderLine.tolerance" and not tolerances_read(store).empty:
            seen[need] = True
        elif column:
            seen[need] = not store.values(entity, column).empty
        else:
            seen[need] = store.count(entity) > 0
    return seen[need]


def unanswered(snap: Snapshot, names: Sequence[str] = ()) -> list[str]:
    """A line for each question of an analysis that the exports cannot answer, with what would help.

    Args:
        snap: What was known.
        names: Names of analyses; all when empty.
    """
    waiting: dict[str, list[str]] = {}
    for one in registry.analyses():
        lacking = snap.has(*one.needs) if not names or one.name in names else []
        if lacking:
            exports = dict.fromkeys(EXPORTS.get(name, name) for name in lacking)
            waiting.setdefault("; ".join(exports), []).append(one.question)
    return [
        f"Missing: {export}. It answers: {' '.join(asked)}" for export, asked in waiting.items()
    ]


def cautions(store: GraphStore, snap: Snapshot, names: Sequence[str] = ()) -> list[str]:
    """What a reader of analyses should mind: texts left unread, and exports that are missing.

    Args:
        store: The store of the snapshot.
        snap: What was known.
        names: Names of analyses; all when empty.
    """
    return [*filter(None, [unread(store), unfinished_month(snap)]), *unanswered(snap, names)]


def unfinished_month(snap: Snapshot) -> str:
    """Which month is left out of comparisons by month, since it is not over; empty when none is."""
    last = last_month_of_orders(snap)
    if last is None or last >= np.datetime64(snap.as_of, "M"):
        return ""
    reach = days_of(snap.frame(Order)["ordered_on"]).max()
    return (
        f"Orders reach to {reach}, so comparisons by month end with {last}: "
        f"{last + np.timedelta64(1, 'M')} is not over, or not wholly exported."
    )


def most_helpful(found: Sequence[Answerable]) -> str:
    """The one export that would make most questions answerable; empty when all are."""
    wanted = [one.export for one in found if one.export]
    return max(sorted(set(wanted)), key=wanted.count) if wanted else ""
