"""Findings about markets of which several customers order less and pay later at once."""

import dataclasses
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.evidence_cypher import orders_of
from graphkit.analyses.slowing.order_drop import counts_in, in_earlier_years
from graphkit.analyses.slowing.order_figures import order_figures, window_named
from graphkit.analyses.slowing.shop_trend import ShopTrend, is_season
from graphkit.analyses.wording import counted, listed, whole
from graphkit.findings import Effect, Evidence, Finding, Level, Ref, level_of
from graphkit.statistics.label_permutation import GroupTest, groups_that_stand_out
from graphkit.statistics.rates import Counts, Ratio, rate_ratio

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

KIND: Final = "slowing-industry"
MEMBERS: Final = 3
ONE_ACCOUNT: Final = 0.5  # share of an industry's orders above which it is that account's story
_BELOW_SHOP: Final = 0.8  # who keeps more than this share of a pace has not clearly left it


@dataclasses.dataclass(frozen=True)
class _Market:
    """An industry, its customers who could be tested, and their orders in the usual window."""

    ref: Ref
    members: Ints
    counts: Counts
    spread: Floats

    @property
    def largest(self) -> int:
        """The member with most orders before."""
        return int(self.members[self.counts.before[self.members].argmax()])

    @property
    def largest_share(self) -> float:
        """Its share of the industry's orders before."""
        before = self.counts.before[self.members]
        return float(before.max() / max(before.sum(), 1.0))

    def lost(self) -> Floats:
        """Orders that each member placed fewer than expected."""
        return (self.counts.expected - self.counts.recent)[self.members]

    def ratio(self, *, level: float = 0.90) -> Ratio:
        """Recent rate over the rate before, of all members together."""
        return _pooled(self.counts, self.spread, self.members, level=level)


def slowing_industries(trend: ShopTrend) -> Iterator[Finding]:
    """Which markets slow down while others do not, and of which it cannot be told.

    Args:
        trend: The shop, tested.
    """
    panel = trend.panel
    window = np.full(len(panel.customers), min(trend.options.window, panel.months - 1))
    counts = counts_in(panel, trend.drop.exposure, window)
    markets = _markets(trend, counts)
    groups = np.full(len(panel.customers), -1)
    for number, market in enumerate(markets):
        if _why_not(trend, market) == "":
            groups[market.members] = number
        else:
            yield _too_little(trend, market)
    year_ago = in_earlier_years(panel, window)
    scores = _scores(trend, counts)
    tests = groups_that_stand_out(
        scores, groups, permutations=trend.options.permutations, seed=trend.options.seed
    )
    for test in tests:
        market = markets[test.group]
        rest = np.setdiff1d(np.flatnonzero(trend.drop.tested), market.members)
        level = level_of(test.p, test.q)
        if level is None or not test.robust or test.mean <= 0 or not len(rest):
            continue
        old = market.members[~np.isnan(year_ago[market.members])]
        if is_season(counts.recent[old].sum(), year_ago[old].sum() if len(old) else np.nan):
            continue
        others = _pooled(counts, trend.drop.spread, rest)
        pace, ratio = float(others.value[0]), market.ratio(level=0.80)
        if pace < _BELOW_SHOP:  # whatever ails the whole shop may only reach this market harder
            level = Level.WATCH
        if ratio.value[0] <= _BELOW_SHOP * min(pace, 1.0) and ratio.high[0] < pace:
            yield _slowing(trend, market, test, scores, level=level, family=len(tests))


def _markets(trend: ShopTrend, counts: Counts) -> list[_Market]:
    found = []
    for number, industry in enumerate(trend.industry_ids):
        members = np.flatnonzero((trend.industry == number) & trend.drop.tested)
        name = trend.industry_names.get(industry, industry)
        if (trend.industry == number).any():
            ref = Ref("Industry", industry, name)
            found.append(_Market(ref, members, counts, trend.drop.spread))
    return found


def _scores(trend: ShopTrend, counts: Counts) -> Floats:
    """Each customer's drop in standard deviations, joined with its payments where there are any."""
    expected = np.maximum(counts.expected, 1e-9)
    months = counts.recent_months / np.maximum(counts.before_months, 1e-9)
    fall = (expected - counts.recent) / np.sqrt(trend.drop.spread * expected * (1 + months))
    later = trend.paying.score
    joined = np.where(np.isnan(later), fall, (fall + later) / np.sqrt(2))
    return np.where(trend.drop.tested, joined, np.nan)


def _pooled(counts: Counts, spread: Floats, members: Ints, *, level: float = 0.90) -> Ratio:
    """The rate ratio of several customers together, as if they were one."""
    one = Counts(
        counts.recent[members].sum(keepdims=True),
        counts.before[members].sum(keepdims=True),
        np.ones(1),
        counts.before[members].sum(keepdims=True)
        / max(float(counts.expected[members].sum()), 1e-9),
    )
    weight = np.maximum(counts.before[members], 1e-9)
    return rate_ratio(one, np.average(spread[members], weights=weight, keepdims=True), level=level)


def _why_not(trend: ShopTrend, market: _Market) -> str:
    """Why an industry cannot be judged; empty when it can."""
    if len(market.members) < MEMBERS:
        verb = "order" if len(market.members) > 1 else "orders"
        count = f"only {len(market.members)}" if len(market.members) else "none"
        return f"{count} of its customers {verb} often enough"
    if market.largest_share > ONE_ACCOUNT:
        name = trend.ref(market.largest).name
        return f"one account, {name}, is {market.largest_share:.0%} of its orders"
    return ""


def _slowing(
    trend: ShopTrend,
    market: _Market,
    test: GroupTest,
    scores: Floats,
    *,
    level: Level,
    family: int,
) -> Finding:
    ratio, members = market.ratio(), market.members
    fallen = int((scores[members] > 0).sum())
    shares = _shares(trend, market)
    hardest = members[np.argsort(-market.lost(), kind="stable")][:3]
    names = listed([trend.ref(int(one)).name for one in hardest])
    window = min(trend.options.window, trend.panel.months - 1)
    orders = float(market.counts.recent[members].sum())
    expected = float(market.counts.expected[members].sum())
    return Finding(
        kind=KIND,
        level=level,
        subject=market.ref,
        statement=(
            f"{market.ref.name} slows down {window_named(trend, window)}: {fallen} of"
            f" {len(members)} customers order less or pay later, {counted(orders, 'order')} where"
            f" {expected:.1f} were to be expected, {1 - float(ratio.value[0]):.0%} below usual"
            f" while the other markets are {_change(shares['others_change'])}."
        ),
        as_of=trend.snap.as_of,
        evidence=(
            Evidence("customers", len(members), "customers", _sources(trend, members)),
            *order_figures(trend, market.counts, members, window),
            *_others(trend, market),
            Evidence("orders lost", round(expected - orders, 1), "orders"),
            Evidence("mean score of its customers", round(test.mean, 2), "standard deviations"),
            Evidence("share of the drop in one account", shares["largest_account_share"], "share"),
        ),
        effect=Effect(
            float(ratio.value[0]),
            float(ratio.low[0]),
            float(ratio.high[0]),
            "recent rate / rate before",
        ),
        p=test.p,
        q=test.q,
        n=len(members),
        test=(
            f"mean of its customers' scores (fewer orders, later payment, joined by Stouffer)"
            f" against {trend.options.permutations:,} permutations of the labels over the whole"
            f" shop, robust to leaving any one out; Benjamini-Hochberg over {family} industries"
        ),
        advice=(
            f"Ask {names} how the market is. Plan on less work from {market.ref.name} and watch"
            " what its customers owe."
        ),
        cypher=orders_of(market.ref),
        alarming=True,
        value=trend.money_at_stake([int(one) for one in members], float(ratio.value[0])),
        details={**shares, "members": _members(trend, market, scores)},
    )


def _others(trend: ShopTrend, market: _Market) -> tuple[Evidence, ...]:
    """What the customers of no or another market ordered in the same months."""
    rest = np.setdiff1d(np.flatnonzero(trend.drop.tested), market.members)
    orders, expected = market.counts.recent[rest].sum(), market.counts.expected[rest].sum()
    return (
        Evidence("orders of the other customers", int(orders), "orders"),
        Evidence("orders expected of them", round(float(expected), 1), "orders"),
    )


def _sources(trend: ShopTrend, members: Ints) -> tuple[str, ...]:
    """The orders of these customers, customer by customer."""
    found: list[str] = []
    for one in members.tolist():
        found += trend.orders.sources(trend.panel.customers[one])
    return tuple(found)


def _change(share: float) -> str:
    if abs(share) < 0.005:  # noqa: PLR2004 - it would read as 0 %
        return "as usual"
    return f"{abs(share):.0%} {'above' if share > 0 else 'below'} usual"


def _shares(trend: ShopTrend, market: _Market) -> dict[str, Any]:
    """Industry, whole shop or one account: how much of the drop is whose."""
    counts, tested = market.counts, np.flatnonzero(trend.drop.tested)
    rest = np.setdiff1d(tested, market.members)
    lost, all_lost = market.lost(), (counts.expected - counts.recent)[tested]
    worst = int(lost.argmax())

    def change(members: Ints) -> float:
        ratio = _pooled(counts, trend.drop.spread, members).value[0]
        return round(float(ratio) - 1, 3)

    shop_lost = float(np.maximum(all_lost, 0).sum())
    return {
        "industry_change": change(market.members),
        "shop_change": change(tested),
        "others_change": change(rest),
        "largest_account": trend.ref(int(market.members[worst])).name,
        "largest_account_share": round(float(lost[worst] / max(float(lost.sum()), 1e-9)), 3),
        "share_of_shops_drop": round(float(np.maximum(lost, 0).sum()) / max(shop_lost, 1e-9), 3),
    }


def _members(trend: ShopTrend, market: _Market, scores: Floats) -> list[dict[str, Any]]:
    """Its customers, the hardest hit first, with their payment delay beside them."""
    listed = []
    for one in market.members[np.argsort(-scores[market.members], kind="stable")].tolist():
        row: dict[str, Any] = {
            "id": trend.panel.customers[one],
            "name": trend.ref(one).name,
            "score": round(float(scores[one]), 2),
            "rate_ratio": round(
                float(market.counts.recent[one] / max(market.counts.expected[one], 1e-9)), 2
            ),
        }
        if trend.paying.tested[one]:
            row["days_later"] = whole(trend.delay(one).shift.value)
        listed.append(row)
    return listed


def _too_little(trend: ShopTrend, market: _Market) -> Finding:
    sources = _sources(trend, market.members)
    return Finding(
        kind=KIND,
        level=Level.CANNOT_TELL,
        subject=market.ref,
        statement=(
            f"Whether {market.ref.name} as a market slows down cannot be told:"
            f" {_why_not(trend, market)}."
        ),
        as_of=trend.snap.as_of,
        evidence=(Evidence("customers", len(market.members), "customers", sources),),
        n=len(market.members),
        test=f"needs {MEMBERS} customers, none with more than {ONE_ACCOUNT:.0%} of the orders",
        cypher=orders_of(market.ref),
    )
