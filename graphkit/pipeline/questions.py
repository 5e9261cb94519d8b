"""The questions a shop asks, which of them its exports can answer, and which export would help."""

import dataclasses
from collections.abc import Sequence

from graphkit import registry
from graphkit.schema import TYPES, Note, Post, Project
from graphkit.snapshot import Snapshot
from graphkit.store.base import GraphStore


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """A question and what it takes to answer it.

    Attributes:
        text: As a shop would ask it.
        needs: Groups of TYPE or TYPE.column; one of each group must have a value.
    """

    text: str
    needs: tuple[tuple[str, ...], ...]


QUESTIONS = (
    Question("What, when and how much do customers order?", (("OrderLine",),)),
    Question(
        "Who pays late, and since when?", (("Invoice.due_on",), ("Payment", "Invoice.paid_on"))
    ),
    Question(
        "Who is in rough times (orders down and payments late)?",
        (("Order",), ("Invoice.due_on",), ("Payment", "Invoice.paid_on")),
    ),
    Question("Is a whole industry slowing down?", (("Order",), ("Company.industry",))),
    Question("Which customers are alike?", (("OrderLine.process",),)),
    Question(
        "Who leans to which process, material or finish?",
        (("OrderLine.process", "OrderLine.material", "OrderLine.finish"),),
    ),
    Question("Who asks for tighter tolerances?", (("OrderLine.tolerance",),)),
    Question("Who orders smaller lots more often?", (("OrderLine",),)),
    Question("What do we quote, win and lose?", (("Quote",),)),
    Question("Who are our customers' customers?", (("Supplies",),)),
    Question("Who was at which trade show?", (("Attended",),)),
    Question("Who works with new methods?", (("UsesMethod",),)),
    Question(
        "Who keeps reading about one topic?", (("HasTopic",), ("Opened", "Clicked", "Visited"))
    ),
    Question(
        "Who of ours could introduce us?", (("Person",), ("TalkedTo", "Knows", "Account.owner"))
    ),
    Question("Will capacity hold?", (("OrderLine.minutes",),)),
)

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
    "Opened": "mail activity (opens and clicks)",
    "Clicked": "mail activity (opens and clicks)",
    "Visited": "web visits by company",
    "TalkedTo": "sales notes with authors",
    "Knows": "LinkedIn connections",
}
"""The export that brings rows of a type."""


_FROM_TEXTS = frozenset({"Supplies", "Attended", "UsesMethod", "HasTopic", "TalkedTo"})
"""Types that are read from texts."""
_TEXTS = (Note, Post, Project)


@dataclasses.dataclass(frozen=True, slots=True)
class Answerable:
    """Whether a question can be answered.

    Attributes:
        question: The question.
        missing: What it lacks, one group of alternatives each; empty when it can be answered.
        export: The export that would bring the first thing it lacks, or what to install to read it
            from the texts that are there; empty when it can be answered.
    """

    question: str
    missing: tuple[str, ...]
    export: str


def answerable(store: GraphStore) -> list[Answerable]:
    """Every question, with what is missing for it.

    Args:
        store: A store to read.
    """
    seen: dict[str, bool] = {}
    texts = any(store.count(one) for one in _TEXTS)
    found = []
    for one in QUESTIONS:
        lacking = [
            group for group in one.needs if not any(_there(store, need, seen) for need in group)
        ]
        missing = tuple(" or ".join(group) for group in lacking)
        export = _helps(lacking[0][0].partition(".")[0], texts=texts) if lacking else ""
        found.append(Answerable(one.text, missing, export))
    return found


def _helps(name: str, *, texts: bool) -> str:
    """The export that brings rows of a type; or the reader, where only that is missing."""
    unread = sorted({one.unavailable() for one in registry.enrichers()} - {""})
    if texts and unread and name in _FROM_TEXTS:
        return f"{unread[0]} (the texts are there)"
    return EXPORTS[name]


def _there(store: GraphStore, need: str, seen: dict[str, bool]) -> bool:
    if need not in seen:
        name, _, column = need.partition(".")
        entity = TYPES[name]
        if column:
            seen[need] = bool(store.read(entity, [column])[column].notna().any())
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


def most_helpful(found: Sequence[Answerable]) -> str:
    """The one export that would make most questions answerable; empty when all are."""
    wanted = [one.export for one in found if one.export]
    return max(sorted(set(wanted)), key=wanted.count) if wanted else ""
