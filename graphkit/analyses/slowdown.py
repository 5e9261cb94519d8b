"""Who slows down: single customers, customers in rough times, and whole industries."""

from collections.abc import Iterator

from graphkit.analyses.slowing import rough_times, slowing_customers, slowing_industries
from graphkit.analyses.slowing.call_sheet import CallSheets
from graphkit.analyses.slowing.shop_trend import Options, ShopTrend
from graphkit.findings import Finding
from graphkit.plugins import analysis
from graphkit.snapshot import Snapshot


@analysis(
    "slowdown",
    question="Which customer, and which whole industry, is slowing down?",
    needs=("Order",),
    kinds=(slowing_customers.KIND, rough_times.KIND, slowing_industries.KIND),
)
def slowdown(
    snap: Snapshot,
    *,
    window: int = 5,
    largest_ratio: float = 0.65,
    least_shift: float = 5.0,
    permutations: int = 9999,
    seed: int = 1,
) -> Iterator[Finding]:
    """Customers and industries that order less than their own past leads one to expect.

    Each customer is compared with permutations of its own months, so that bursty ordering and the
    shop's holidays accuse nobody; payments join where there are invoices; an industry is compared
    with the rest of the shop, so that a bad year for everybody is not blamed on one market. Who
    has too few orders is named as such.

    Args:
        snap: Needs Order; OrderLine, Invoice, SettledBy and Company.industry say more.
        window: Months that count as recent, a month less to two months more are tried too.
        largest_ratio: A recent rate above this share of the rate before is not called slowing.
        least_shift: Days; less is not called paying later.
        permutations: How many, of months and of labels.
        seed: Of the permutations.

    Yields:
        One finding a customer or industry that slows, or of which it cannot be told.
    """
    options = Options(window, largest_ratio, least_shift, permutations, seed)
    trend = ShopTrend.of(snap, options)
    if trend is None:
        return
    sheets = CallSheets(trend)
    yield from slowing_customers.slowing_customers(trend, sheets)
    yield from rough_times.rough_times(trend, sheets)
    yield from slowing_industries.slowing_industries(trend)
