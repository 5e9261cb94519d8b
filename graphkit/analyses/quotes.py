"""Who asks for fewer quotes or turns down more of them, and in which process we lose more."""

import dataclasses
from collections.abc import Iterator
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.evidence_cypher import quotes_of
from graphkit.analyses.measures.contacts import Contacts
from graphkit.analyses.measures.quoted import Grouping, Quoted, grouped
from graphkit.analyses.quoting_change import (
    LEAST_MONTHS,
    LEAST_QUOTES,
    QuotingChange,
    quoting_change,
)
from graphkit.analyses.wording import counted, listed, when_enough
from graphkit.findings import Effect, Evidence, Finding, Level, Ref, level_of, sources_of
from graphkit.plugins import analysis
from graphkit.snapshot import Snapshot
from graphkit.statistics.multiplicity import benjamini_hochberg, cauchy

KIND: Final = "quoting"
_CLEAR: Final = 0.05
_NAMED: Final = 3  # customers or reasons that advice names
_YEAR: Final = 12

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_TEST: Final = (
    "fewer quotes by permutation of its own months, deseasonalised, and a larger share lost by"
    " Fisher's exact test, each one-sided, over the clearest of two windows; both combined (Cauchy)"
)


@analysis(
    "quotes",
    question="Who asks for fewer quotes, and where do we lose more of them?",
    needs=("Quote",),
    kinds=(KIND,),
)
def quotes(
    snap: Snapshot,
    *,
    window: int = 12,
    largest_ratio: float = 0.65,
    least_rise: float = 0.15,
    permutations: int = 9999,
    seed: int = 1,
) -> Iterator[Finding]:
    """Customers and processes that are quoted less, or lose more of their quotes, than before.

    Quotes tell sooner than orders: who asks elsewhere asks us less, and who only asks to compare
    turns us down. Each is compared with its own months before.

    Args:
        snap: Needs Quote with its status.
        window: Last months that are compared with those before; half of them are tried too.
        largest_ratio: A rate of quotes above this share of the one before is not called less.
        least_rise: A smaller rise of the share that is lost is not called more.
        permutations: Of each one's own months.
        seed: Of the permutations.

    Yields:
        One finding a customer or process, and one each of which it cannot be told.
    """
    known = Quoted.of(snap)
    if known is None or not known.months:
        return
    windows = tuple(sorted({max(window // 2, 1), window}, reverse=True))
    contacts, tellers = Contacts(snap), []
    for by in ("customer", "process"):
        groups = grouped(snap, known, by)
        change = quoting_change(
            known, groups, windows=windows, permutations=permutations, seed=seed
        )
        tellers.append(_Teller(snap, known, groups, change, by, contacts))
    p = np.concatenate([one.p for one in tellers])
    asked = int(np.isfinite(p).sum())
    corrected = np.split(benjamini_hochberg(p), [tellers[0].groups.size])
    for teller, q in zip(tellers, corrected, strict=True):
        yield from teller.told(q, asked, (largest_ratio, least_rise))


@dataclasses.dataclass(frozen=True)
class _Teller:
    """Tells of each customer, or of each process, how it is quoted.

    Attributes:
        snap: The graph.
        quoted: The quotes.
        groups: How they are told apart.
        change: What changed.
        by: customer or process.
        contacts: Whom to call.
    """

    snap: Snapshot
    quoted: Quoted
    groups: Grouping
    change: QuotingChange
    by: str
    contacts: Contacts

    @property
    def p(self) -> Floats:
        """p-value of each group, both questions together; NaN with too little."""
        return cauchy(np.stack([self.change.asked_p, self.change.lost_p]))

    @cached_property
    def _order(self) -> Ints:
        """The quotes, group by group."""
        return np.argsort(self.groups.at, kind="stable")

    @cached_property
    def _sorted(self) -> Ints:
        return self.groups.at[self._order]

    def _of(self, at: int) -> Quoted:
        """The quotes of one group."""
        first, last = np.searchsorted(self._sorted, [at, at + 1]).tolist()
        return self.quoted.only(self._order[first:last])

    def told(self, q: Floats, asked: int, least: tuple[float, float]) -> Iterator[Finding]:
        """The findings.

        Args:
            q: p-values, corrected.
            asked: How many customers and processes it was asked of.
            least: Largest rate of quotes that is called less, and least rise of the share lost.
        """
        p = self.p
        change = self.change
        less = (change.asked_p <= _CLEAR) & (change.ratio.value <= least[0])
        more = (change.lost_p <= _CLEAR) & (change.rise[0] >= least[1])
        for at, key in enumerate(self.groups.keys):
            if key is None:
                continue
            if np.isnan(p[at]):
                yield self._too_little(at)
                continue
            level = level_of(p[at], q[at])
            if level is not None and (less[at] or more[at]):
                told = bool(less[at]), bool(more[at])
                one = self._finding(at, level, told)
                test = f"{_TEST}; Benjamini-Hochberg over {counted(asked, 'question')}"
                yield dataclasses.replace(one, p=float(p[at]), q=float(q[at]), test=test)

    def _finding(self, at: int, level: Level, told: tuple[bool, bool]) -> Finding:
        subject, its, (less, more) = self._subject(at), self._of(at), told
        parts = [self._lost_more(at)] if more else []
        parts += [self._asked_less(at)] if less else []
        reasons = its.most("reason", self._lost_lately(at, its))
        counts = self.change.asked
        return Finding(
            kind=KIND,
            level=level,
            subject=subject,
            statement=f"{self._named(subject)} {'; and it '.join(parts)}.",
            as_of=self.snap.as_of,
            evidence=self._evidence(at, its, reasons, more=more),
            effect=self._effect(at, more=more),
            n=int(counts.recent[at] + counts.before[at]),
            advice=self._advice(at, its, reasons, more=more),
            cypher=quotes_of(subject),
            alarming=True,
            value=self._at_stake(at, its, less=less, more=more),
            details={
                "asks_less": less,
                "loses_more": more,
                "reasons": reasons,
                "open_quotes": int((~its.decided).sum()),
            },
        )

    def _named(self, subject: Ref) -> str:
        return subject.name if self.by == "customer" else f"Of the quotes for {subject.name}"

    def _lost_more(self, at: int) -> str:
        lost, decided, lost_then, decided_then = (int(one[at]) for one in self.change.lost)
        said = (
            f"turned down {lost} of {counted(decided, 'quote')}"
            if self.by == "customer"
            else f"we lost {lost} of {decided}"
        )
        when = self.quoted.named(int(self.change.lost_window[at]))
        return f"{said} {when} where it was {lost_then / decided_then:.0%} of {decided_then} before"

    def _asked_less(self, at: int) -> str:
        counts, window = self.change.asked, int(self.change.asked_window[at])
        verb = "asked for" if self.by == "customer" else "was asked for in"
        return (
            f"{verb} {counted(counts.recent[at], 'quote')} {self.quoted.named(window)} where"
            f" {counts.expected[at]:.1f} were to be expected"
        )

    def _effect(self, at: int, *, more: bool) -> Effect:
        if more:
            rise, low, high = (100 * float(one[at]) for one in self.change.rise)
            return Effect(rise, low, high, "percentage points more lost")
        ratio = self.change.ratio
        return Effect(
            float(ratio.value[at]),
            float(ratio.low[at]),
            float(ratio.high[at]),
            "recent rate of quotes / rate before",
        )

    def _evidence(
        self, at: int, its: Quoted, reasons: dict[str, int], *, more: bool
    ) -> tuple[Evidence, ...]:
        """Quotes lately and before, those lost among them, and why, with their rows."""
        window = int((self.change.lost_window if more else self.change.asked_window)[at])
        figures = []
        for when, named in (
            (its.last(window), its.named(window)),
            (its.before(window), "before"),
        ):
            for what, which in (("quotes", True), ("quotes lost", its.lost)):
                rows = its.rows[when & which]
                figures.append(Evidence(f"{what} {named}", len(rows), "quotes", sources_of(rows)))
        for reason, count in reasons.items():
            figures.append(Evidence(f"lost for: {reason}", count, "quotes"))
        return tuple(figures)

    def _lost_lately(self, at: int, its: Quoted) -> Bools:
        return np.asarray(its.last(int(self.change.lost_window[at])) & its.lost)

    def _advice(self, at: int, its: Quoted, reasons: dict[str, int], *, more: bool) -> str:
        why = [f"{reason} ({count})" for reason, count in list(reasons.items())[:_NAMED]]
        said = f" The reasons given: {listed(why)}." if why else ""
        if self.by == "customer":
            ask = "who gets the work now, and at what price" if more else "what it asks elsewhere"
            key = self.groups.keys[at]
            assert key is not None  # noqa: S101 - those without an id are not told
            return f"{self.contacts.call(key)} and asks {ask}.{said}"
        most = list(its.most("company", self._lost_lately(at, its)))[:_NAMED]
        names = listed([self.snap.names[one] for one in most])
        whom = f" and call those who turned down most, {names}" if names else ""
        return f"Compare our prices and lead times in this process{whom}.{said}"

    def _at_stake(self, at: int, its: Quoted, *, less: bool, more: bool) -> int:
        """What a year brings less.

        Of what is quoted now, by the rise of the share that is lost; of what is asked less, by the
        share that was won before.
        """

        def worth(which: Bools) -> float:
            return float(np.nansum(its.amount[which]))

        gone = 0.0
        if more:
            window = int(self.change.lost_window[at])
            gone += worth(its.decided & its.last(window)) / window * float(self.change.rise[0][at])
        if less:
            window = int(self.change.asked_window[at])
            before = its.before(window)
            won = worth(its.won & before) / max(worth(its.decided & before), 1.0)
            pace = worth(before) / max(its.months - window, 1)
            gone += max(pace - worth(its.last(window)) / window, 0.0) * won
        return round(gone * _YEAR)

    def _subject(self, at: int) -> Ref:
        key = str(self.groups.keys[at])
        if self.by == "customer":
            return self.snap.ref(key)
        return Ref("Process", key, self.groups.names[at])

    def _too_little(self, at: int) -> Finding:
        subject = self._subject(at)
        its = self._of(at)
        rows, months = its.rows, its.month
        seen = max(self.quoted.months - max(int(months.min()), 0), 1)
        pace = len(rows) / seen
        wait = max(int(np.ceil((LEAST_QUOTES - len(rows)) / pace)), LEAST_MONTHS + _YEAR - seen, 1)
        last = self.quoted.first + np.timedelta64(self.quoted.months - 1, "M")
        return Finding(
            kind=KIND,
            level=Level.CANNOT_TELL,
            subject=subject,
            statement=(
                f"Whether {subject.name} is quoted less, or loses more, cannot be told from"
                f" {counted(len(rows), 'quote')}; {when_enough(last, wait)}."
            ),
            as_of=self.snap.as_of,
            evidence=(Evidence("quotes", len(rows), "quotes", sources_of(rows)),),
            n=len(rows),
            test=(
                f"needs {LEAST_QUOTES} quotes, and {LEAST_MONTHS} months or 3 decided quotes before"
                " the last months"
            ),
            cypher=quotes_of(subject),
        )
