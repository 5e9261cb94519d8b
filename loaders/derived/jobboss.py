"""JobBOSS: what its jobs, routings, deliveries and quotes say of an order line, as derived tables.

A sales-order line names the job that makes it, in SO_Detail.Job or through a Delivery. Assemblies
are a job with component jobs below it; what those take counts for the job on top.
"""

import numpy as np
import pandas as pd

from graphkit.plugins import Tables
from loaders.derived import _routing as routing
from loaders.tables import derives
from loaders.values import days, keys, last_days, newest, numbers, texts, written

_SYSTEM = "jobboss"
_FAMILY = ("Job", "Top_Lvl_Job")
_JOB_OF_LINE = ("SO_Detail", "Job")
_ROUTING = {
    "SO_Detail": (*_JOB_OF_LINE, "Order_Qty"),
    "Delivery": _JOB_OF_LINE,
    "Job": (*_FAMILY, "Est_Total_Hrs", "Make_Quantity", "Order_Quantity"),
    **routing.NEEDS,
}
_ADDRESS = ("Line1", "Line2", "City", "State", "Zip", "Phone")
_SHIPMENT = ("Promised_Date", "Shipped_Date", "Remaining_Quantity")


@derives(_SYSTEM, "Family", needs={"Job": _FAMILY})
def family(tables: Tables) -> pd.DataFrame | None:
    """The job on top of each job: itself, where it is no component."""
    jobs = tables.get("Job")
    return None if jobs is None else _parents(jobs, "Job", "Top_Lvl_Job")


@derives(_SYSTEM, "Components", needs={"Job": _FAMILY})
def components(tables: Tables) -> pd.DataFrame | None:
    """The jobs that are components of another one that is there."""
    return _below(family(tables), "Job")


@derives(_SYSTEM, "Quote_Components", needs={"Quote": ("Quote", "Top_Lvl_Quote")})
def quote_components(tables: Tables) -> pd.DataFrame | None:
    """The quotes that are components of another one that is there."""
    quotes = tables.get("Quote")
    return None if quotes is None else _below(_parents(quotes, "Quote", "Top_Lvl_Quote"), "Quote")


def _parents(table: pd.DataFrame, name: str, parent: str) -> pd.DataFrame:
    return pd.DataFrame({name: keys(table, name), "Top_Lvl_Job": keys(table, parent, name)})


def _below(parents: pd.DataFrame | None, name: str) -> pd.DataFrame | None:
    if parents is None:
        return None
    there = parents["Top_Lvl_Job"].isin(parents[name]) & (parents["Top_Lvl_Job"] != parents[name])
    return parents[there.to_numpy(bool)].reset_index(drop=True)


@derives(_SYSTEM, "SO_Jobs", needs={"SO_Detail": _JOB_OF_LINE, "Delivery": _JOB_OF_LINE})
def order_jobs(tables: Tables) -> pd.DataFrame | None:
    """Which job makes which sales-order line, as the line or a delivery of it says."""
    lines = tables.get("SO_Detail")
    if lines is None:
        return None
    stated = [pd.DataFrame({"SO_Detail": keys(lines, "SO_Detail"), "Job": keys(lines, "Job")})]
    deliveries = tables.get("Delivery")
    if deliveries is not None:
        pairs = {"SO_Detail": keys(deliveries, "SO_Detail"), "Job": keys(deliveries, "Job")}
        stated.append(pd.DataFrame(pairs))
    found = pd.concat(stated, ignore_index=True).drop_duplicates()
    known = (found["Job"] != "") & found["SO_Detail"].isin(keys(lines, "SO_Detail"))
    return found[known.to_numpy(bool)].reset_index(drop=True)


@derives(_SYSTEM, "Routing", needs=_ROUTING)
def routings(tables: Tables) -> pd.DataFrame | None:
    """What making a job takes: process, minutes of a piece, finish and material, by the top job."""
    made = _made(tables)
    if made is None:
        return None
    return _shown(made.assign(Job=made.index.astype("string")).reset_index(drop=True))


@derives(_SYSTEM, "SO_Routing", needs=_ROUTING)
def order_routings(tables: Tables) -> pd.DataFrame | None:
    """The same by sales-order line: all jobs add up, the largest one names the rest."""
    made, pairs = _made(tables), order_jobs(tables)
    if made is None or pairs is None:
        return None
    tops = _tops(tables)
    pairs = pairs.assign(Job=routing.topped(pairs["Job"], tops)).drop_duplicates()
    found = pairs.merge(made, left_on="Job", right_index=True)
    found = found.sort_values("Hours", ascending=False, kind="stable", na_position="last")
    timed = found[found["Hours"].notna() & found["Pieces"].notna()].groupby("SO_Detail")
    sums = timed[["Hours", "Pieces"]].sum()
    words = found[["SO_Detail", "Process", "Finish", "Material"]].replace("", pd.NA)
    firsts = words.groupby("SO_Detail").first().fillna("")
    return _shown(firsts.join(sums).reset_index())


def _shown(made: pd.DataFrame) -> pd.DataFrame:
    """A derived table with its minutes of one piece as cells."""
    each = made["Hours"].to_numpy(float) * 60 / made["Pieces"].to_numpy(float)
    each = np.where(np.isfinite(each) & (each > 0), each, np.nan)
    return made.drop(columns=["Hours", "Pieces"]).assign(Minutes=written(each).to_numpy(object))


def _tops(tables: Tables) -> dict[str, str]:
    known = family(tables)
    return {} if known is None else dict(zip(known["Job"], known["Top_Lvl_Job"], strict=True))


def _made(tables: Tables) -> pd.DataFrame | None:
    """Hours, pieces, process, finish and material by top job."""
    tops = _tops(tables)
    parts = [routing.of_operations(tables, tops), routing.materials(tables, tops)]
    known = [one for one in parts if one is not None]
    jobs = tables.get("Job")
    if jobs is not None:
        known.append(_stated(jobs, tops))
    if not known:
        return None
    found = pd.concat(known, axis="columns")
    for name in ("Process", "Finish", "Material"):
        found[name] = found[name].fillna("") if name in found else ""
    for name in ("Hours", "Stated", "Pieces"):
        if name not in found:
            found[name] = np.nan
    found["Hours"] = found["Hours"].fillna(found.pop("Stated"))
    found["Pieces"] = found["Pieces"].fillna(_ordered(tables).reindex(found.index))
    return found


def _stated(jobs: pd.DataFrame, tops: dict[str, str]) -> pd.DataFrame:
    """What the jobs themselves state: the hours of all of a family, the pieces of its top."""
    jobs = newest(jobs, "Job")
    job = keys(jobs, "Job")
    hours = pd.Series(
        numbers(jobs, "Est_Total_Hrs"), index=routing.topped(job, tops).to_numpy(object)
    )
    made, ordered = numbers(jobs, "Make_Quantity"), numbers(jobs, "Order_Quantity")
    pieces = pd.Series(np.where(made > 0, made, ordered), index=job.to_numpy(object))
    pieces = pieces[~pieces.index.duplicated(keep="last")]
    total = hours.where(hours > 0).groupby(level=0).sum(min_count=1)
    return pd.DataFrame({"Stated": total}).join(pieces.where(pieces > 0).rename("Pieces"))


def _ordered(tables: Tables) -> pd.Series:
    """Pieces of a job by the sales-order lines that name it, where the job does not say."""
    lines = tables.get("SO_Detail")
    if lines is None:
        return pd.Series(dtype=float)
    lines = newest(lines, "SO_Detail")
    return pd.Series(numbers(lines, "Order_Qty")).groupby(keys(lines, "Job").to_numpy(object)).sum()


@derives(_SYSTEM, "SO_Shipment", needs={"Delivery": ("SO_Detail", *_SHIPMENT)})
def order_shipments(tables: Tables) -> pd.DataFrame | None:
    """When a sales-order line was promised, and when the last of it was shipped."""
    return _shipments(tables, "SO_Detail")


@derives(_SYSTEM, "Job_Shipment", needs={"Delivery": ("Job", *_SHIPMENT)})
def job_shipments(tables: Tables) -> pd.DataFrame | None:
    """When a job was promised, and when the last of it was shipped."""
    return _shipments(tables, "Job")


def _shipments(tables: Tables, of: str) -> pd.DataFrame | None:
    """The last promise, and the last shipment where nothing remains to be shipped."""
    deliveries = tables.get("Delivery")
    if deliveries is None:
        return None
    remaining = numbers(deliveries, "Remaining_Quantity")
    rows = pd.DataFrame(
        {
            of: keys(deliveries, of),
            "Promised_Date": days(deliveries, "Promised_Date"),
            "Shipped_Date": days(deliveries, "Shipped_Date"),
        }
    )
    rows["open"] = rows["Shipped_Date"].isna() | (np.nan_to_num(remaining) > 0)
    return last_days(rows[rows[of] != ""], [of], due="Promised_Date", done="Shipped_Date")


@derives(
    _SYSTEM,
    "Break",
    needs={"Quote_Qty": ("Quote", "Quote_Qty", "Quoted_Unit_Price", "Unit_Price", "Total_Price")},
)
def breaks(tables: Tables) -> pd.DataFrame | None:
    """The quantity break that stands for a quote: its smallest, which is the least it can bring."""
    rows = tables.get("Quote_Qty")
    if rows is None:
        return None
    found = pd.DataFrame(
        {
            "Quote": keys(rows, "Quote"),
            "Quantity": texts(rows, "Quote_Qty"),
            "Unit_Price": texts(rows, "Quoted_Unit_Price", "Unit_Price"),
            "Total_Price": texts(rows, "Total_Price"),
            "pieces": numbers(rows, "Quote_Qty"),
        }
    )
    found = found[found["pieces"] > 0].sort_values("pieces", kind="stable")
    return found.drop(columns="pieces").drop_duplicates("Quote").reset_index(drop=True)


@derives(
    _SYSTEM,
    "Won",
    needs={
        "SO_Detail": (*_JOB_OF_LINE, "Sales_Order", "Quote"),
        "Delivery": _JOB_OF_LINE,
        "Job": (*_FAMILY, "Quote"),
    },
)
def won(tables: Tables) -> pd.DataFrame | None:
    """The order that a quote became: a sales order, else the job itself."""
    found = []
    lines, jobs = tables.get("SO_Detail"), tables.get("Job")
    if jobs is not None:
        pairs, below = order_jobs(tables), components(tables)
        taken = {*(() if pairs is None else pairs["Job"]), *(() if below is None else below["Job"])}
        own = ~keys(jobs, "Job").isin(taken)
        order = "job/" + texts(jobs, "Job")
        found.append(pd.DataFrame({"Quote": keys(jobs, "Quote"), "Order": order})[own])
    if lines is not None:
        order = texts(lines, "Sales_Order")
        found.append(pd.DataFrame({"Quote": keys(lines, "Quote"), "Order": order}))
    return pd.concat(found, ignore_index=True) if found else None


@derives(_SYSTEM, "Main_Address", needs={"Address": ("Customer", "Billable", *_ADDRESS)})
def main_addresses(tables: Tables) -> pd.DataFrame | None:
    """The address of each customer: where bills go, else the first."""
    rows = tables.get("Address")
    if rows is None:
        return None
    bills = keys(rows, "Billable").isin(["true", "1", "-1", "yes", "y"])
    order = np.argsort(~bills.to_numpy(bool), kind="stable")
    sorted_rows = rows.assign(Customer=texts(rows, "Customer").to_numpy(object)).iloc[order]
    once = sorted_rows[sorted_rows["Customer"] != ""].drop_duplicates("Customer")
    return once.reset_index(drop=True)
