"""How well texts are read: what was found, compared with what people labelled.

Precision, recall and F1 are counted over all texts together. Their intervals come from drawing
texts with replacement (percentile bootstrap, Efron 1979): entities of one text are not independent.
"""

import dataclasses
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from nlp.labelled import SIGNAL, Entity, Fact, Labelled

PATTERN_LABELS: Final = (
    "TOLERANCE",
    "QUANTITY",
    "LEAD_TIME",
    "PAYMENT_TERMS",
    "MONEY",
    "TRADE_SHOW",
    "CERT",
    "FINISH",
    "MATERIAL",
    "PROCESS",
)
"""What a text says by its form or with a word of a lexicon."""
_DRAWS: Final = 1_000
_SEED: Final = 20_260
_WITHIN: Final = (5.0, 95.0)


class Counts(NamedTuple):
    """Found and right, found and wrong, missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right; not a number where nothing was found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is there that was found; not a number where nothing is there."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True)
class Score:
    """One measure over a set of texts.

    Attributes:
        measure: What is counted, such as "entities" or "relations end to end".
        label: Of which label; "all" for all of them.
        counts: Found and right, found and wrong, missed.
        low: Lower end of the 90 % interval of F1.
        high: Upper end.
    """

    measure: str
    label: str
    counts: Counts
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Polarity:
    """How facts are meant that were found.

    Attributes:
        right: Meant as labelled.
        wrong: Meant otherwise.
        denied: Those that are negated or hedged.
        asserted: Those of them that were taken for asserted.
    """

    right: int
    wrong: int
    denied: int
    asserted: int


@dataclass(frozen=True, slots=True)
class Scores:
    """All measures over a set of texts, and how facts were meant."""

    scores: tuple[Score, ...]
    polarity: Polarity

    def of(self, measure: str, label: str = "all") -> Score:
        """One of the scores.

        Raises:
            KeyError: There is none of that measure and label.
        """
        for one in self.scores:
            if (one.measure, one.label) == (measure, label):
                return one
        raise KeyError(measure, label)


def scored(
    truth: Sequence[Labelled],
    found: Sequence[Labelled],
    *,
    given: Sequence[Labelled] | None = None,
    customers: frozenset[str] = frozenset(),
) -> Scores:
    """Compare what was read with what people labelled.

    Args:
        truth: The texts as labelled.
        found: The same texts as read, in the same order.
        given: The same again, read with the labelled entities given; None leaves these measures
            out.
        customers: Names on the shop's list; companies of it should be linked to it.

    Raises:
        ValueError: These are not the same texts.
    """
    if [one.id for one in truth] != [one.id for one in found]:
        raise ValueError("these are not the same texts")
    pairs = list(zip(truth, found, strict=True))
    exact = [_compared(_spans(one), _spans(other)) for one, other in pairs]
    normal = [_compared(_names(one), _names(other)) for one, other in pairs]
    scores = [
        *_by_label("entities", exact),
        _total("pattern labels", [_only(one, PATTERN_LABELS) for one in exact]),
        *_by_label("entities, overlapping", [_overlapping(one, other) for one, other in pairs]),
        *_by_label("entities, with canonical", normal),
        *_by_label("relations end to end", [_facts_compared(*pair) for pair in pairs]),
        *_by_label("signals end to end", [_signals_compared(*pair) for pair in pairs]),
    ]
    if customers:
        scores.append(_total("links to the list", [_linked(*pair, customers) for pair in pairs]))
    if given is not None:
        known = list(zip(truth, given, strict=True))
        scores += _by_label("relations, entities given", [_facts_compared(*one) for one in known])
        scores += _by_label("signals, entities given", [_signals_compared(*one) for one in known])
    return Scores(tuple(scores), _polarity(pairs if given is None else known))


_PerLabel = dict[str, Counts]


def _compared(
    truth: Counter[tuple[str, Hashable]], found: Counter[tuple[str, Hashable]]
) -> _PerLabel:
    """Counts by label of things that are equal or not; each is a label and what it is of."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for counter, things in (
        (right, truth & found),
        (wrong, found - truth),
        (missed, truth - found),
    ):
        for (label, _), count in things.items():
            counter[label] += count
    labels = sorted({*right, *wrong, *missed})
    return {one: Counts(right[one], wrong[one], missed[one]) for one in labels}


def _spans(one: Labelled) -> Counter[tuple[str, Hashable]]:
    return Counter((each.label, (each.start, each.end)) for each in one.entities)


def _names(one: Labelled) -> Counter[tuple[str, Hashable]]:
    return Counter(
        (each.label, (each.start, each.end, _told(each.canonical))) for each in one.entities
    )


def _told(canonical: str) -> str:
    return " ".join(canonical.casefold().split())


def _overlapping(truth: Labelled, found: Labelled) -> _PerLabel:
    """Counts of entities that share a character with one of the same label, each with one."""
    counts: dict[str, list[int]] = {}
    left = list(found.entities)
    for entity in truth.entities:
        near = [
            one
            for one in left
            if one.label == entity.label and one.start < entity.end and entity.start < one.end
        ]
        tally = counts.setdefault(entity.label, [0, 0, 0])
        tally[0 if near else 2] += 1
        if near:
            left.remove(max(near, key=lambda one: _shared(one, entity)))
    for one in left:
        counts.setdefault(one.label, [0, 0, 0])[1] += 1
    return {label: Counts(*each) for label, each in counts.items()}


def _shared(one: Entity, other: Entity) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _ends(one: Labelled, fact: Fact) -> tuple[Hashable, Hashable]:
    """Head and tail of a fact as stretches of the text, so that two readings can be compared."""

    def place(end: int | str) -> Hashable:
        return one.entities[end][:3] if isinstance(end, int) else end

    return place(fact.head), place(fact.tail)


def _facts_compared(truth: Labelled, found: Labelled) -> _PerLabel:
    """Counts of facts between entities, whatever is said of them."""
    return _compared(*(_keys(one, signals=False) for one in (truth, found)))


def _signals_compared(truth: Labelled, found: Labelled) -> _PerLabel:
    return _compared(*(_keys(one, signals=True) for one in (truth, found)))


def _keys(one: Labelled, *, signals: bool) -> Counter[tuple[str, Hashable]]:
    return Counter(
        (str(fact.tail) if signals else fact.label, _ends(one, fact))
        for fact in set(one.facts)
        if (fact.label == SIGNAL) == signals
    )


def _linked(truth: Labelled, found: Labelled, customers: frozenset[str]) -> _PerLabel:
    """Counts of companies of the list that are linked to the right name of it."""
    listed = {_told(one) for one in customers}

    def names(one: Labelled) -> Counter[tuple[str, Hashable]]:
        return Counter(
            ("all", (each.start, each.end, _told(each.canonical)))
            for each in one.entities
            if each.label == "COMPANY" and _told(each.canonical) in listed
        )

    return _compared(names(truth), names(found))


def _polarity(pairs: Sequence[tuple[Labelled, Labelled]]) -> Polarity:
    counts = Counter[str]()
    for truth, found in pairs:
        meant = {(one.label, *_ends(truth, one)): one.polarity for one in truth.facts}
        for fact in found.facts:
            polarity = meant.get((fact.label, *_ends(found, fact)))
            if polarity is None:
                continue
            counts["right" if polarity == fact.polarity else "wrong"] += 1
            counts["denied"] += polarity != "asserted"
            counts["asserted"] += fact.polarity == "asserted" != polarity
    return Polarity(*(counts[one.name] for one in dataclasses.fields(Polarity)))


def _only(counts: _PerLabel, labels: Sequence[str]) -> _PerLabel:
    return {label: one for label, one in counts.items() if label in labels}


def _by_label(measure: str, texts: Sequence[_PerLabel]) -> list[Score]:
    """The score of all labels together, then of each."""
    labels = sorted({label for one in texts for label in one})
    return [
        _total(measure, texts),
        *(_total(measure, [_only(one, [label]) for one in texts], label) for label in labels),
    ]


def _total(measure: str, texts: Sequence[_PerLabel], label: str = "all") -> Score:
    table = np.array(
        [[sum(column) for column in zip(*one.values(), strict=True)] or [0, 0, 0] for one in texts],
        dtype=np.int64,
    ).reshape(-1, 3)
    low, high = _interval(table)
    return Score(measure, label, Counts(*map(int, table.sum(axis=0))), low, high)


def _interval(table: np.ndarray) -> tuple[float, float]:
    """The 90 % interval of F1 over texts drawn with replacement, of their counts, a row a text."""
    if not len(table):
        return float("nan"), float("nan")
    some = table[table.any(axis=1)]  # the others change nothing, however often they are drawn
    shares = np.full(len(some) + 1, 1 / len(table))
    shares[-1] = 1 - len(some) / len(table)
    often = np.random.default_rng(_SEED).multinomial(len(table), shares, _DRAWS)
    right, wrong, missed = (often[:, :-1] @ some).T
    there = 2 * right + wrong + missed
    known = 2 * right[there > 0] / there[there > 0]
    if not known.size:
        return float("nan"), float("nan")
    low, high = np.percentile(known, _WITHIN)
    return float(low), float(high)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
