"""What to have at hand before calling a customer: what stopped, who, what is open, what we did."""

from typing import Any, Final

import numpy as np
import pandas as pd

from graphkit.analyses.measures.company_rows import CompanyRows
from graphkit.analyses.measures.contacts import Contacts
from graphkit.analyses.quoting_change import LEAST_QUOTES
from graphkit.analyses.slowing.shop_trend import ShopTrend
from graphkit.analyses.wording import counted, listed
from graphkit.schema import Part, Process, Quote
from graphkit.snapshot import amounts, days_of

_LEAD: Final = 183  # days before the drop in which something of ours may have caused it
_SHOWN: Final = 5
_MISSED: Final = 1.5  # lines to be expected of a part before its absence says something
_NAMED: Final = 2  # parts that one asks about at once
_LESS: Final = 0.65  # of what is usual; above that it still asks
_FEWEST: Final = 5  # lines or quotes below which a share is not worth saying


class CallSheets:
    """Makes call sheets; reads each type once.

    Args:
        trend: The shop.
    """

    def __init__(self, trend: ShopTrend) -> None:
        snap = trend.snap
        self._trend = trend
        self._quotes = CompanyRows(snap.frame(Quote))
        self._contacts = Contacts(snap)
        self._parts = _names(snap.frame(Part), "number")
        self._processes = _names(snap.frame(Process), "name")
        self._made: dict[int, dict[str, Any]] = {}
        self._owed = trend.late.balances
        self._overdue = trend.late.overdue(snap.as_of)

    def of(self, customer: int) -> dict[str, Any]:
        """One customer's sheet, JSON-able; money in ten-thousandths.

        Args:
            customer: Its position in the panel.
        """
        if customer not in self._made:
            self._made[customer] = self._make(customer)
        return self._made[customer]

    def _make(self, customer: int) -> dict[str, Any]:
        trend = self._trend
        company = trend.panel.customers[customer]
        since = trend.recent_since(customer)
        lines, orders = trend.lines.company(company), trend.orders.company(company)
        days = days_of(orders["ordered_on"])
        return {
            "last_order": str(days.max()) if len(days) else "",
            "owner": self._contacts.owner(company),
            "contact": self._contacts.contact(company),
            "stopped_parts": self._stopped(lines, "part", self._parts, since),
            "stopped_processes": self._stopped(lines, "process", self._processes, since),
            "open_quotes": self._open_quotes(company),
            "quoting": self._quoting(company, since),
            "open_balance": round(float(self._owed[customer])),
            "overdue": round(float(self._overdue[customer])),
            "ours": self._ours(company, lines, since),
        }

    def _stopped(
        self, lines: pd.DataFrame, column: str, names: dict[str, str], since: np.datetime64
    ) -> list[dict[str, Any]]:
        """What it used to order and has not ordered in the window, the most frequent first."""
        rows = lines[lines[column].notna()]
        days = days_of(rows["ordered_on"])
        recent = days >= since
        if not len(rows) or recent.all():
            return []
        until = self._trend.recent_until
        share = (until - since) / (since - days.min())
        keys = rows[column].to_numpy(object)
        before = pd.Series(keys[~recent]).value_counts()
        missed = before[(before * share >= _MISSED) & ~before.index.isin(keys[recent])]
        last = pd.Series(days).groupby(keys).max()
        found: list[dict[str, Any]] = [
            {
                "name": names.get(str(key), str(key)),
                "lines_before": int(count),
                "last_ordered": str(np.datetime64(last[key], "D")),
            }
            for key, count in missed.items()
        ]
        return sorted(found, key=lambda one: (-one["lines_before"], one["name"]))[:_SHOWN]

    def _open_quotes(self, company: str) -> dict[str, int]:
        rows = self._quotes.company(company)
        rows = rows[(rows["status"] == "open").fillna(value=False).astype(bool)]
        amount = np.nansum(amounts(rows, self._trend.snap.currency))
        return {"count": len(rows), "amount": round(float(amount))}

    def _quoting(self, company: str, since: np.datetime64) -> dict[str, Any]:
        """Quotes asked for since the drop and as many as were usual, and how many it turned down.

        Empty where there are too few to know what is usual.
        """
        rows = self._quotes.company(company)
        rows = rows[(rows["status"].fillna("") != "cancelled").to_numpy(dtype=bool)]
        days = days_of(rows["quoted_on"])
        lately = (days >= since) & (days < self._trend.recent_until)
        before = days < since
        if lately.sum() + before.sum() < LEAST_QUOTES or not before.any():
            return {}
        status = rows["status"].fillna("").to_numpy(object)[lately]
        share = (self._trend.recent_until - since) / (since - days.min())
        return {
            "since": str(since),
            "asked": int(lately.sum()),
            "usual": round(float(before.sum() * share), 1),
            "lost": int((status == "lost").sum()),
            "decided": int(np.isin(status, ["won", "lost"]).sum()),
        }

    def _ours(self, company: str, lines: pd.DataFrame, since: np.datetime64) -> list[str]:
        """What we did shortly before or since that may explain it: said, never as the cause."""
        turn = since - np.timedelta64(_LEAD, "D")
        said = [_deliveries(lines, turn), _prices(lines, turn)]
        said.append(_quotes(self._quotes.company(company), turn))
        return [one for one in said if one]


def call_advice(sheet: dict[str, Any], *also: str) -> str:
    """What to do on Monday, from what is known: who calls whom, to ask what, knowing what.

    Args:
        sheet: See `CallSheets.of`.
        also: Further sentences on what to settle, told after the question.
    """
    owner = sheet["owner"] or "The account's owner"
    contact = sheet["contact"].get("name", "the buyer")
    sentences = [f"{owner} calls {contact} and asks {_question(sheet)}.", *also]
    if sheet["quoting"]:
        sentences.append(_asking(sheet["quoting"]))
    if sheet["ours"]:
        sentences.append(f"Know beforehand that {listed(sheet['ours'])}.")
    if sheet["open_quotes"]["count"]:
        sentences.append(f"Follow up {counted(sheet['open_quotes']['count'], 'open quote')}.")
    return " ".join(sentences)


def _question(sheet: dict[str, Any]) -> str:
    """What stopped and since when: the last day on which any of what is named was ordered."""
    stopped = (sheet["stopped_parts"] or sheet["stopped_processes"])[:_NAMED]
    if not stopped:
        return "what has changed"
    names = listed([one["name"] for one in stopped])
    return f"about {names}, not ordered since {max(one['last_ordered'] for one in stopped)}"


def _asking(quoting: dict[str, Any]) -> str:
    """Whether it asks us less, or still asks and turns us down."""
    less = quoting["asked"] <= _LESS * quoting["usual"]
    told = (
        f"It {'asks for fewer quotes too' if less else 'still asks for quotes'}: {quoting['asked']}"
        f" since {quoting['since']} where {quoting['usual']} were usual"
    )
    if quoting["decided"]:
        told += f", {quoting['lost']} of the {quoting['decided']} decided turned down"
    return f"{told}."


def _names(rows: pd.DataFrame, column: str) -> dict[str, str]:
    return dict(zip(rows["id"], rows[column], strict=True))


def _deliveries(lines: pd.DataFrame, turn: np.datetime64) -> str:
    """Whether we shipped late more often than before."""
    promised, shipped = days_of(lines["promised_on"]), days_of(lines["shipped_on"])
    known = ~np.isnat(promised) & ~np.isnat(shipped)
    late, lately = (shipped > promised)[known], (days_of(lines["ordered_on"]) >= turn)[known]
    if lately.sum() < _FEWEST or (~lately).sum() < _FEWEST:
        return ""
    now, then = float(late[lately].mean()), float(late[~lately].mean())
    if now - then < 0.15:  # noqa: PLR2004 - a difference that a customer notices
        return ""
    return f"we shipped {now:.0%} of its lines late since {turn}, {then:.0%} before"


def _prices(lines: pd.DataFrame, turn: np.datetime64) -> str:
    """Whether the same parts became dearer."""
    rows = lines[lines["part"].notna() & lines["unit_price"].notna()]
    lately = days_of(rows["ordered_on"]) >= turn
    price = rows["unit_price"].to_numpy(dtype=np.float64)
    part = rows["part"].to_numpy(object)
    then = pd.Series(price[~lately]).groupby(part[~lately]).median()
    now = pd.Series(price[lately]).groupby(part[lately]).median()
    both = then.index.intersection(now.index)
    if lately.sum() < _FEWEST or not len(both):
        return ""
    change = float((now[both] / then[both].clip(lower=1.0)).median()) - 1
    if abs(change) < 0.05:  # noqa: PLR2004 - below that prices wobble
        return ""
    word = "dearer" if change > 0 else "cheaper"
    return f"its parts are {abs(change):.0%} {word} since {turn}"


def _quotes(quotes: pd.DataFrame, turn: np.datetime64) -> str:
    """Whether it turns down more of our quotes than before."""
    status = quotes["status"].fillna("").to_numpy(object)
    decided = np.isin(status, ["won", "lost"])
    lost = (status == "lost")[decided]
    lately = (days_of(quotes["quoted_on"]) >= turn)[decided]
    if lately.sum() < _FEWEST or (~lately).sum() < _FEWEST:
        return ""
    now, then = float(lost[lately].mean()), float(lost[~lately].mean())
    if now - then < 0.15:  # noqa: PLR2004 - fewer is what chance does with a dozen quotes
        return ""
    return f"it turned down {now:.0%} of our quotes since {turn}, {then:.0%} before"
