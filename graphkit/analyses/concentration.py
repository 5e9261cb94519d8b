"""Concentration: of how much of what is ordered one company or industry decides."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

import numpy as np

from graphkit.analyses.evidence_cypher import counts, lines_of, stands
from graphkit.analyses.measures.company_rows import line_rows
from graphkit.analyses.measures.exposure import Exposure, Exposures, exposures
from graphkit.analyses.wording import counted, listed, money, months_named, quoted
from graphkit.declaration import MONEY_UNIT
from graphkit.findings import Effect, Evidence, Finding, Level, Ref
from graphkit.plugins import analysis
from graphkit.snapshot import Snapshot

KIND: Final = "concentration"
_SHOWN: Final = 12
"""Customers whose figures are told one by one."""
_NAMED: Final = 3
_PERCENT: Final = 100.0
_VISIBLE: Final = 0.005
"""An interval that is narrower than a percent is not worth a word."""

_WHERE: Final = {
    "Company": "MATCH (e:Company {id: $id})",
    "Industry": "MATCH (e:Company)-[:IN_INDUSTRY]->(:Industry {id: $id})",
}
# A project is two steps of a chain: to it, and on to its end customer.
_REACHED: Final = """
MATCH chain = (c:Company)-[:SUPPLIES|PART_OF|WORKS_ON|FOR_END_CUSTOMER*0..8]->(e)
WHERE all(step IN relationships(chain) WHERE coalesce(step.polarity, "asserted") = "asserted")
WITH collect(DISTINCT c) AS leading
UNWIND leading AS c
WITH c, leading
WHERE c:Customer
CALL (c, leading) {
  MATCH (c)-[:PLACED]->(o:Order)-[:HAS_LINE]->(x:OrderLine)
  WHERE x.ordered_on >= date($since)
    AND $order_counts
    AND $line_stands
  RETURN x, "ordered" AS what, x.ordered_on AS day, o.number AS of_what, x.amount AS amount
  UNION ALL
  MATCH (c)-[x:SUPPLIES]->(d:Company)
  WHERE x.polarity = "asserted" AND d IN leading
  RETURN x, "supplies" AS what, x.on AS day, d.name AS of_what, null AS amount
  UNION ALL
  MATCH (c)-[:WORKS_ON]->(x:Project)-[:FOR_END_CUSTOMER]->(d:Company)
  WHERE d IN leading
  RETURN x, "works for" AS what, x.started_on AS day, d.name AS of_what, null AS amount
}
OPTIONAL MATCH (f:File {id: x.file_id})
RETURN c.name AS customer, what, day, of_what, amount / 10000.0 AS amount,
       coalesce(f.path, x.file_id) AS file, x.row AS row
ORDER BY customer, what, day, of_what""".replace("$order_counts", counts("o")).replace(
    "$line_stands", stands("x")
)


@analysis(
    "concentration",
    question="How much hangs on one customer, end customer or industry?",
    needs=("OrderLine",),
    kinds=(KIND,),
)
def concentration(
    snap: Snapshot,
    *,
    drop: float = 20.0,
    share: float = 15.0,
    draws: int = 2048,
    seed: int = 1,
) -> Iterator[Finding]:
    """Companies and industries on which much of what is ordered hangs, and what a drop would reach.

    No test: it is a share of what was ordered in the last twelve whole months. Uncertain is only
    which of the stated supply links hold; they are drawn many times, each with the confidence with
    which it was read. An alert when even the lower end of the interval is at least `share`, a watch
    when the estimate is.

    Args:
        snap: Needs Order and OrderLine with amounts; Supplies for end customers.
        drop: By how many percent orders there fall.
        share: Percent of all orders from which it is told.
        draws: How often the uncertain links are drawn.
        seed: Of the draws.

    Yields:
        One finding a company or industry with such a share, and one a customer of whom nobody has
        said whom it supplies.
    """
    found = exposures(snap, draws=draws, seed=seed)
    if found is None:
        return
    teller = _Teller(snap, found, drop / _PERCENT)
    told = set()
    for one in [*found.of_companies(), *found.of_industries()]:
        level = level_of_share(one, share)
        if level is not None:
            told.add(one.subject.id)
            yield teller.told(one, level, share)
    for customer in found.panel.customers:
        if customer not in told | found.supplying and found.ordered(customer) > 0:
            yield teller.unknown(customer)


def level_of_share(exposure: Exposure, share: float) -> Level | None:
    """Alert, watch, or nothing to say, by how large the share is.

    Args:
        exposure: What hangs on somebody.
        share: Percent of all orders from which it is told.
    """
    if _PERCENT * exposure.share.low >= share:
        return Level.ALERT
    return Level.WATCH if _PERCENT * exposure.share.value >= share else None


def reaching(subject: Ref, since: str) -> str:
    """The query of what was ordered at a place, and by all from whom a chain of supply leads there.

    Args:
        subject: Company or industry.
        since: The first day, as YYYY-MM-DD.
    """
    query = _WHERE[subject.type] + _REACHED
    return query.replace("$id", quoted(subject.id)).replace("$since", quoted(since))


class _Teller:
    """Puts what hangs on somebody into findings.

    Args:
        snap: The graph.
        found: What hangs on whom.
        drop: Which part of the orders there would be gone.
    """

    def __init__(self, snap: Snapshot, found: Exposures, drop: float) -> None:
        self._snap, self._found, self._drop = snap, found, drop
        self._rows = line_rows(snap)

    def told(self, one: Exposure, level: Level, share: float) -> Finding:
        """That much hangs on somebody."""
        low, high = (_PERCENT * part for part in (one.share.low, one.share.high))
        return Finding(
            kind=KIND,
            level=level,
            subject=one.subject,
            statement=self._statement(one),
            as_of=self._snap.as_of,
            evidence=(*self._ordered(one), *self._supplied(one)),
            effect=Effect(_PERCENT * one.share.value, low, high, "% of revenue"),
            n=len(one.reached),
            test=(
                f"no test, a share of what was ordered {self._when}; interval over which of"
                f" {counted(one.stated, 'stated link')} hold, drawn with the confidence of each;"
                f" alert when its lower end is at least {share:g} %, watch when the estimate is"
            ),
            advice=self._advice(one),
            cypher=reaching(one.subject, str(self._since)),
            value=round(self._drop * one.ordered.value),
            details={
                "drop_percent": _PERCENT * self._drop,
                "at_most": self._drop * one.ordered.value / MONEY_UNIT,
                "if_evenly": self._drop * one.evenly / MONEY_UNIT,
                "reached": [
                    {
                        "id": each.company,
                        "name": self._snap.names[each.company],
                        "ordered": each.ordered / MONEY_UNIT,
                        "probability": round(each.probability, 3),
                    }
                    for each in one.reached
                ],
            },
        )

    @property
    def _since(self) -> np.datetime64:
        panel = self._found.panel
        return panel.day(panel.months - self._found.months)

    @cached_property
    def _when(self) -> str:
        panel = self._found.panel
        return months_named(
            panel.month(panel.months - self._found.months), panel.month(panel.months - 1)
        )

    def _money(self, amount: float) -> str:
        return money(amount, self._snap.currency)

    def _statement(self, one: Exposure) -> str:
        name, drop = one.subject.name, f"{self._drop:.0%}"
        share = f"{one.share.value:.0%} of our revenue"
        if one.share.high - one.share.low > _VISIBLE:
            share += f" ({one.share.low:.0%} to {one.share.high:.0%})"
        ordered, loss = (self._money(part * one.ordered.value) for part in (1.0, self._drop))
        if [each.company for each in one.reached] == [one.subject.id]:
            return (
                f"{name} alone is {share}, {ordered} of orders {self._when}: a drop of {drop}"
                f" takes {loss} with it."
            )
        if one.evenly < (1 - _VISIBLE) * one.ordered.value:
            evenly = self._money(self._drop * one.evenly)
            loss += f" is gone, {evenly} if each sells evenly to all whom we know it to supply"
        else:
            loss += " is gone"
        return (
            f"A drop of {drop} {one.where} {name} could reach"
            f" {counted(len(one.reached), 'customer')} with {ordered} of orders {self._when},"
            f" {share}: at most {loss}."
        )

    def _ordered(self, one: Exposure) -> Iterator[Evidence]:
        panel, currency = self._found.panel, self._snap.currency
        span = (self._since, panel.day(panel.months))
        shown, rest = one.reached[:_SHOWN], one.reached[_SHOWN:]
        groups = [(self._snap.names[each.company], [each]) for each in shown]
        groups += [(counted(len(rest), "further customer"), list(rest))] if rest else []
        for name, some in groups:
            yield Evidence(
                f"{name} ordered {self._when}",
                round(sum(each.ordered for each in some)) / MONEY_UNIT,
                currency,
                tuple(row for each in some for row in self._rows.sources(each.company, *span)),
            )
        total = round(self._found.total) / MONEY_UNIT
        yield Evidence(f"all customers ordered {self._when}", total, currency)

    def _supplied(self, one: Exposure) -> Iterator[Evidence]:
        if one.stated:
            label = "stated that one supplies or belongs to another"
            yield Evidence(label, one.stated, "links", one.sources)
            known = round(self._found.known, 4)
            yield Evidence("share of revenue of whom we know whom they supply", known, "share")

    def _advice(self, one: Exposure) -> str:
        name = one.subject.name
        others = [each for each in one.reached if each.company != one.subject.id]
        if not others:
            return (
                f"Ask {name} each quarter what its year looks like, agree on notice before orders"
                " stop, and win work elsewhere before you need it."
            )
        called = listed([self._snap.names[each.company] for each in others[:_NAMED]])
        if one.subject.type == "Industry":
            return (
                f"Ask {called} what they see coming in {name}, and win work in other markets"
                " before it turns."
            )
        return (
            f"Ask {called} how much of what they order ends at {name} and what they hear from"
            " there, and look for work that ends elsewhere."
        )

    def unknown(self, customer: str) -> Finding:
        """That nobody has said whom a customer supplies."""
        subject: Ref = self._snap.ref(customer)
        ordered = self._found.ordered(customer)
        rows = self._rows.sources(customer, self._since)
        return Finding(
            kind=KIND,
            level=Level.CANNOT_TELL,
            subject=subject,
            statement=(
                f"Where the {self._money(ordered)} that {subject.name} ordered {self._when} end"
                " cannot be told: no note, post or project says whom it supplies."
            ),
            as_of=self._snap.as_of,
            evidence=(
                Evidence(
                    f"{subject.name} ordered {self._when}",
                    round(ordered) / MONEY_UNIT,
                    self._snap.currency,
                    rows,
                ),
            ),
            n=0,
            test="needs one stated link: a project's end customer, a note or a post",
            advice=f"Ask {subject.name} whom it supplies, and write it into a note.",
            cypher=lines_of(subject),
            value=round(self._drop * ordered),
        )
