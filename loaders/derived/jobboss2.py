"""JobBOSS2: what releases, sub-jobs and cancellations say of an order line, as derived tables."""

import numpy as np
import pandas as pd

from graphkit.plugins import Tables
from loaders.processes import processes_of, shop_names
from loaders.tables import derives
from loaders.values import days, keys, last_days, numbers, texts, written

_SYSTEM = "jobboss2"
_KEY = ["orderNumber", "itemNumber"]


@derives(_SYSTEM, "Sub_Jobs", needs={"OrderLineItem": ("jobNumber", "masterJobNumber")})
def sub_jobs(tables: Tables) -> pd.DataFrame | None:
    """The jobs that make a part of another job that is there."""
    lines = tables.get("OrderLineItem")
    if lines is None:
        return None
    job, master = keys(lines, "jobNumber"), keys(lines, "masterJobNumber")
    below = (master != "") & (master != job) & master.isin(job)
    return pd.DataFrame({"jobNumber": job[below.to_numpy(bool)]}).reset_index(drop=True)


@derives(
    _SYSTEM,
    "Line",
    needs={
        "OrderLineItem": (
            *_KEY,
            "jobNumber",
            "masterJobNumber",
            "workCode",
            "currentWorkCenter",
            "totalEstimatedHours",
            "quantityCanceled",
            "quantityOrdered",
            "status",
        ),
        "Release": (*_KEY, "dueDate", "dateComplete"),
    },
)
def lines_made(tables: Tables) -> pd.DataFrame | None:
    """Process, hours with those of the sub-jobs, status and days of each order line."""
    rows = tables.get("OrderLineItem")
    if rows is None:
        return None
    found = pd.DataFrame(
        {
            "orderNumber": keys(rows, "orderNumber"),
            "itemNumber": keys(rows, "itemNumber"),
            "Process": _process(rows, tables),
            "Hours": written(_hours(rows)),
            "Status": _status(rows),
        }
    )
    released = _releases(tables)
    return found if released is None else found.merge(released, how="left", on=_KEY).fillna("")


def _process(rows: pd.DataFrame, tables: Tables) -> pd.Series:
    """By the work code; else by the work centre where it is now, unless that only supports."""
    shop = shop_names(tables)
    by_code, _ = processes_of(texts(rows, "workCode"), {}, shop)
    here, supports = processes_of(texts(rows, "currentWorkCenter"), {}, shop)
    return by_code.where((by_code != "").to_numpy(bool), here.mask(supports.to_numpy(bool), ""))


def _hours(rows: pd.DataFrame) -> np.ndarray:
    """Estimated hours of each line, with those of its sub-jobs."""
    own = numbers(rows, "totalEstimatedHours")
    job, master = keys(rows, "jobNumber"), keys(rows, "masterJobNumber")
    below = ((master != "") & (master != job)).to_numpy(bool)
    added = pd.Series(own[below]).groupby(master[below].to_numpy(object)).sum()
    with_below = np.nansum([own, job.map(added).to_numpy(float)], axis=0)
    return np.where(with_below > 0, with_below, np.nan)


def _status(rows: pd.DataFrame) -> pd.Series:
    """Cancelled where all of it was; else as the line says."""
    cancelled, ordered = numbers(rows, "quantityCanceled"), numbers(rows, "quantityOrdered")
    gone = (cancelled > 0) & (cancelled >= ordered)
    return texts(rows, "status").mask(gone, "Cancelled")


def _releases(tables: Tables) -> pd.DataFrame | None:
    """The last day due of each line, and the last day complete where every release is."""
    rows = tables.get("Release")
    if rows is None:
        return None
    found = pd.DataFrame(
        {
            "orderNumber": keys(rows, "orderNumber"),
            "itemNumber": keys(rows, "itemNumber"),
            "Due": days(rows, "dueDate"),
            "Done": days(rows, "dateComplete"),
        }
    )
    found["open"] = found["Done"].isna()
    return last_days(found, _KEY, due="Due", done="Done")


@derives(
    _SYSTEM,
    "Quoted",
    needs={
        "QuoteLineItem": ("quoteNumber", "itemNumber"),
        "OrderLineItem": ("quoteNumber", "quoteItemNumber", "orderNumber"),
    },
)
def quoted(tables: Tables) -> pd.DataFrame | None:
    """The number of each quoted item, since a quote has several, and the order it became."""
    rows = tables.get("QuoteLineItem")
    if rows is None:
        return None
    found = pd.DataFrame(
        {"quoteNumber": keys(rows, "quoteNumber"), "itemNumber": keys(rows, "itemNumber")}
    )
    number = texts(rows, "quoteNumber") + "/" + texts(rows, "itemNumber")
    found = found.assign(Number=number.str.removesuffix("/").to_numpy(object))
    lines = tables.get("OrderLineItem")
    if lines is None:
        return found
    orders = pd.DataFrame(
        {
            "quoteNumber": keys(lines, "quoteNumber"),
            "itemNumber": keys(lines, "quoteItemNumber"),
            "Order": texts(lines, "orderNumber"),
        }
    )
    won = orders[(orders["quoteNumber"] != "").to_numpy(bool)].drop_duplicates(_QUOTED)
    return found.merge(won, how="left", on=_QUOTED).fillna("")


_QUOTED = ["quoteNumber", "itemNumber"]
