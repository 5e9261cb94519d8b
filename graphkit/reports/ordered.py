"""What each company ordered lately: the size of a customer."""

import numpy as np

from graphkit.schema import MONEY_UNIT
from graphkit.snapshot import Snapshot, in_currency, once

YEAR = 365
"""Days of what maps and reports call twelve months."""


@once
def ordered_last_year(snap: Snapshot) -> dict[str, float]:
    """What each company ordered in the twelve months to the day.

    What was cancelled is left out, and so are other currencies than the workspace's.

    Args:
        snap: Needs OrderLine.

    Returns:
        Amount in units of the currency, by Company id.
    """
    lines = snap.lines
    since = np.datetime64(snap.as_of) - np.timedelta64(YEAR, "D")
    recent = lines["ordered_on"].to_numpy(dtype="datetime64[D]") > since
    kept = lines[recent & in_currency(lines, snap.currency)]
    sums = kept.groupby("company")["amount"].sum()
    return {str(company): float(amount) / MONEY_UNIT for company, amount in sums.items()}
