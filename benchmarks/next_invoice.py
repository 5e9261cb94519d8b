"""Whether the next invoice will be late, foretold from the customer's own past, on real invoices.

Run: python benchmarks/next_invoice.py FILE [--mapping examples/ibm] [--record]

FILE is IBM's sample of invoices with due and settled dates. Each invoice is foretold on its day
from those of the customer that had fallen due before (`chance_of_next`, the figure of `payments
--by customer`); of customers with fewer than three nothing is foretold. Prints the AUC (asked:
.86), and that of the share of everybody's invoices so far, which knows nothing of the customer.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
from results import Results, record_option

from graphkit.analyses.measures.lateness import lateness
from graphkit.pipeline.load import load
from graphkit.pipeline.mappings import loaders_for
from graphkit.schema import Invoice
from graphkit.snapshot import Snapshot, days_of, latest_day
from graphkit.statistics.proportions import chance_of_next
from graphkit.statistics.ranking import auc_within
from graphkit.workspace import Workspace

LEAST_KNOWN = 3

Floats = npt.NDArray[np.float64]


def area(score: Floats, late: npt.NDArray[np.bool_]) -> float:
    """How often a late one has the higher score; nan where none or all are late."""
    found = auc_within(score, late, np.zeros(len(late), dtype=np.int64), np.arange(len(late)))
    return found.value if found else float("nan")


def foretold(snap: Snapshot) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Of each invoice the chance by the customer's own past, that by everybody's, and the truth."""
    customers = sorted(set(snap.frame(Invoice)["company"].dropna()))
    late = lateness(snap, customers)
    bills = snap.frame(Invoice).set_index("id").loc[late.rows["id"]]
    billed, due = days_of(bills["invoiced_on"]), late.due
    truth, who = late.times.days > 0, late.times.customer
    own, everybody, outcome = [], [], []
    for at in np.argsort(billed, kind="stable").tolist():
        before = due < billed[at]
        its = before & (who == who[at])
        if its.sum() < LEAST_KNOWN:
            continue
        usual = float(truth[before].mean())
        hits, of = float(truth[its].sum()), float(its.sum())
        own.append(float(chance_of_next(np.array(hits), np.array(of), usual)))
        everybody.append(usual)
        outcome.append(bool(truth[at]))
    return np.array(own), np.array(everybody), np.array(outcome)


def main() -> None:
    """Load the file, foretell every invoice, print how well."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    record_option(parser)
    parser.add_argument("--mapping", type=Path, default=Path("examples/ibm"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace, _ = Workspace.create(Path(folder))
        loaders = loaders_for(Path(folder), mappings=[given.mapping])
        with workspace.open_store() as store:
            load(store, [given.file], loaders=loaders, say=lambda _: None)
            own, everybody, truth = foretold(Snapshot(store, latest_day(store)))
    print(f"{len(truth):,} invoices after {LEAST_KNOWN} that were due, {truth.mean():.0%} late")
    print(f"AUC by the customer's own past  {area(own, truth):.3f}  (asked: .86)")
    print(f"AUC by everybody's past         {area(everybody, truth):.3f}")
    if given.record:
        results = Results("next-invoice", "IBM's sample of invoices", real=True)
        results.add(
            "How often, of a late and a punctual invoice, the late one was foretold (AUC)",
            area(own, truth),
            f"{len(truth):,} invoices",
            unit="",
            peer="the share late of everybody",
            peer_value=area(everybody, truth),
            asked="0.86",
        )
        results.write()


if __name__ == "__main__":
    main()
