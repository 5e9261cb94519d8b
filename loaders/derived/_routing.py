"""What the operations and materials of a job say of the order: process, hours, finish, material."""

import re
from collections.abc import Mapping as Map

import numpy as np
import pandas as pd

from graphkit.plugins import Tables
from graphkit.schema import Kind
from loaders.processes import processes_of, shop_names
from loaders.values import flags, keys, newest, numbers, texts

NEEDS = {
    "Job_Operation": (
        "Job_Operation",
        "Job",
        "Work_Center",
        "WC_Vendor",
        "Vendor",
        "Operation_Service",
        "Description",
        "Sequence",
        "Inside_Oper",
        "Est_Setup_Hrs",
        "Est_Run_Hrs",
        "Est_Total_Hrs",
    ),
    "Work_Center": ("Work_Center", "Department", "Type"),
    "Material_Req": ("Job", "Material", "Description", "Est_Total_Cost", "Type"),
    "Material": ("Material", "Description"),
}
"""The tables that routings are read from, with the headings that are read of each."""

_FINISH = re.compile(
    r"anodi[sz]|\banno\b|plat(?:e\b|ed|ing)|passivat|alodine|chem ?-?film|chromate|iridite|oxide"
    r"|black ?ox|phosphat|parkeri[sz]|galvani[sz]|powder|paint|primer|coat"
    r"|polish|\bbuff|blast|peen|tumbl|vibratory|teflon|ptfe|\bnickel|\bzinc|\bchrome|cadmium|\btin\b"
    r"|\bdlc\b|\bpvd\b|hvof|thermal spray|lubri|burnish|superfinish|silk ?screen|hard ?coat",
    re.IGNORECASE,
)
_HARDENING = re.compile(
    r"heat ?-?treat|\bh/?t\b|harden|temper\b|anneal|stress ?-?reliev|nitrid|carburi[sz]|cryo"
    r"|solution|melonite|\bqpq\b|austemper|quench",
    re.IGNORECASE,
)


def topped(jobs: pd.Series, tops: Map[str, str]) -> pd.Series:
    """The top job of each job; itself where nobody says.

    Args:
        jobs: Jobs in lower case.
        tops: The top job of each.
    """
    return pd.Series([tops.get(one, one) for one in jobs], dtype=Kind.TEXT.dtype)


def of_operations(tables: Tables, tops: Map[str, str]) -> pd.DataFrame | None:
    """Hours, process and finish by top job; None without operations.

    Args:
        tables: Job_Operation, and Work_Center where it is there.
        tops: The top job of each job, in lower case.
    """
    rows = tables.get("Job_Operation")
    if rows is None:
        return None
    rows = newest(rows, "Job_Operation")
    job = keys(rows, "Job")
    at = pd.DataFrame(
        {
            "top": topped(job, tops),
            "centre": texts(rows, "Work_Center", "WC_Vendor", "Operation_Service", "Description"),
            "hours": _hours(rows),
            "sequence": numbers(rows, "Sequence"),
            "inside": flags(
                rows, "Inside_Oper", empty=(texts(rows, "Vendor") == "").to_numpy(bool)
            ),
            "finish": _finish(rows),
        }
    )
    at = at[at["top"] != ""]
    inside = at[at["inside"].to_numpy(bool)]
    hours = inside.groupby("top")["hours"].sum(min_count=1)
    found = pd.DataFrame({"Hours": hours.where(hours > 0)})
    return pd.concat(
        [found, _main_process(inside, tables), _last_finish(at[~at["inside"].to_numpy(bool)])],
        axis="columns",
    )


def _hours(rows: pd.DataFrame) -> np.ndarray:
    """Set-up and run together; the total where neither is given."""
    parts = np.stack([numbers(rows, "Est_Setup_Hrs"), numbers(rows, "Est_Run_Hrs")])
    both = np.nansum(parts, axis=0)
    total: np.ndarray = np.nan_to_num(numbers(rows, "Est_Total_Hrs"))
    return np.where(both > 0, both, total)


def _main_process(inside: pd.DataFrame, tables: Tables) -> pd.Series:
    """The process with most hours; work centres of one process add up, inspection comes last."""
    process, supports = processes_of(inside["centre"], _departments(tables), shop_names(tables))
    named = inside.assign(process=process, supports=supports)
    named = named[(named["process"] != "").to_numpy(bool)]
    sums = named.groupby(["top", "process"], as_index=False).agg(
        hours=("hours", "sum"), supports=("supports", "all"), first=("sequence", "min")
    )
    sums = sums.sort_values(
        ["supports", "hours", "first", "process"], ascending=[True, False, True, True]
    )
    return sums.drop_duplicates("top").set_index("top")["process"].rename("Process")


def _departments(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Department and type of each work centre."""
    centres = tables.get("Work_Center")
    if centres is None:
        return {}
    columns = (keys(centres, "Work_Center"), texts(centres, "Department"), texts(centres, "Type"))
    return {str(name): (str(one), str(two)) for name, one, two in zip(*columns, strict=True)}


def _finish(rows: pd.DataFrame) -> pd.Series:
    """The words of each operation that name a finish, as the shop has them; "" for none."""
    service, described = texts(rows, "Operation_Service"), texts(rows, "Description")
    vendor = texts(rows, "WC_Vendor", "Vendor")
    found = pd.Series("", index=service.index, dtype=service.dtype)
    for form in (_HARDENING, _FINISH):
        for words in (vendor, described, service):
            found = found.mask(words.map(lambda text, form=form: bool(form.search(text))), words)
    return found


def _last_finish(outside: pd.DataFrame) -> pd.Series:
    """The last finish that is put on; hardening only where nothing else is done."""
    named = outside[(outside["finish"] != "").to_numpy(bool)]
    surface = named["finish"].map(lambda text: bool(_FINISH.search(text)))
    named = named.assign(surface=surface.to_numpy(bool))
    named = named.sort_values(["surface", "sequence"], kind="stable", na_position="first")
    return named.drop_duplicates("top", keep="last").set_index("top")["finish"].rename("Finish")


def materials(tables: Tables, tops: Map[str, str]) -> pd.DataFrame | None:
    """The raw material that costs most, by top job; None without material requirements.

    Args:
        tables: Material_Req, and Material where it is there.
        tops: The top job of each job, in lower case.
    """
    rows = tables.get("Material_Req")
    if rows is None:
        return None
    job, code = keys(rows, "Job"), texts(rows, "Material")
    known = _descriptions(tables)
    described = pd.Series([known.get(one.lower(), "") for one in code], dtype=Kind.TEXT.dtype)
    own = texts(rows, "Description", "Material")
    needed = pd.DataFrame(
        {
            "top": topped(job, tops),
            "Material": described.where((described != "").to_numpy(bool), own),
            "cost": np.nan_to_num(numbers(rows, "Est_Total_Cost")),
        }
    )
    raw = keys(rows, "Type").isin(["", "r", "raw", "raw material"]).to_numpy(bool)
    needed = needed[raw & ((needed["Material"] != "") & (needed["top"] != "")).to_numpy(bool)]
    needed = needed.sort_values("cost", ascending=False, kind="stable").drop_duplicates("top")
    return needed.set_index("top")[["Material"]]


def _descriptions(tables: Tables) -> dict[str, str]:
    known = tables.get("Material")
    if known is None:
        return {}
    pairs = zip(keys(known, "Material"), texts(known, "Description"), strict=True)
    return {str(code): str(words) for code, words in pairs if words}
