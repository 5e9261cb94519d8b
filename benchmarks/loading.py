"""What loading a million order lines costs beside DuckDB's own read_csv, in time and memory.

Also: the same file again; the same lines in another order with one in a hundred changed; and a
workbook beside calamine's own reading. Every step is a process of its own, so that its memory is
its own, and the figures are ratios within one run, since machines differ.

Run: python benchmarks/loading.py [LINES]
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import python_calamine
from resolution import word

from graphkit import registry
from graphkit.batch import Source
from graphkit.pipeline.choose import choose
from graphkit.pipeline.load import load
from graphkit.schema import OrderLine
from graphkit.sheets.files import read_sheets
from graphkit.store.embedded import EmbeddedStore

CUSTOMERS, PARTS, LINES_AN_ORDER, SHEET_LINES, ONE_IN = 2_000, 60_000, 3, 100_000, 100
FIRST_DAY, DAYS = np.datetime64("2019-01-02"), 2_000
TRADES = ("Machining, Inc.", "Hydraulics LLC", "Castings Corp.", "Aerospace Co", "Valve Ltd")
PROCESSES = ("CNC Milling", "CNC Turning", "Gear Hobbing", "Broaching", "Wire EDM", "Grinding")
MATERIALS = ("6061 Aluminum", "4140 Steel", "316 Stainless", "Ti-6Al-4V", "PEEK", "8620 Steel")
FINISHES = ("None", "Anodize", "Passivate", "Black Oxide", "Electropolish", "Carburize")
TOLERANCES = ("+/- .005", "+/- .0005", "±0.01 mm", "+.000/-.002", "±0.05 mm", "+/- .001", "")
STATUSES = ("Shipped", "Shipped", "Shipped", "Open", "Cancelled")
ROUNDS = 3
UNREADABLE = "a few"
"""A quantity that is none; one line in 10,000 has it."""
SHEETS = {"lines": "orders.csv", "changed": "orders_later.csv", "workbook": "orders.xlsx"}


def order_lines(count: int) -> pa.Table:
    """Order lines as an ERP prints them, in the order of their days."""
    chance = np.random.default_rng(7)
    order = np.arange(count) // LINES_AN_ORDER
    orders = int(order[-1]) + 1
    customer = (chance.beta(1, 4, orders) * CUSTOMERS).astype(int)[order]
    day = FIRST_DAY + np.sort(chance.integers(0, DAYS, orders))[order]
    part = chance.integers(0, PARTS, count)
    price = np.exp(chance.normal(3.5, 1.2, PARTS))
    minutes = np.round(chance.gamma(2.0, 4.0, PARTS), 1)
    quantity = chance.integers(1, 2_500, count)
    quantity[chance.random(count) < 1 / 10_000] = 0
    letters = random.Random(7)  # noqa: S311 - names for a benchmark
    names = [f"{word(letters)} {letters.choice(TRADES)}".upper() for _ in range(CUSTOMERS)]
    columns = {
        "SO Number": pa.array(order + 70_000).cast(pa.string()),
        "Line": pa.array(np.arange(count) % LINES_AN_ORDER + 1).cast(pa.string()),
        "Order Date": american(day),
        "Customer ID": taken([f"K{one:05}" for one in range(CUSTOMERS)], customer),
        "Customer Name": taken(names, customer),
        "Part Number": taken([f"P-{one:05}-{one % 7}" for one in range(PARTS)], part),
        "Process": taken(PROCESSES, part % 6),
        "Material": taken(MATERIALS, part % 5),
        "Finish": taken(FINISHES, part % 4),
        "Tolerance": taken(TOLERANCES, chance.integers(0, len(TOLERANCES), count)),
        "Qty Ordered": taken([UNREADABLE, *(f"{one:,}" for one in range(1, 2_500))], quantity),
        "Unit Price": taken([f"${one:,.2f}" for one in price], part),
        "Est Minutes": pa.array(minutes[part]).cast(pa.string()),
        "Promise Date": american(day + chance.integers(14, 60, count)),
        "Status": taken(STATUSES, chance.integers(0, len(STATUSES), count)),
    }
    return pa.table(columns)


def taken(values: list[str] | tuple[str, ...], positions: np.ndarray) -> pa.Array:
    """The value at each position."""
    return pa.array(values, pa.string()).take(pa.array(positions))


def american(days: np.ndarray) -> pa.Array:
    """Days as 03/31/2026."""
    return pc.strftime(pa.array(days.astype("datetime64[s]")), format="%m/%d/%Y")


def exported_again(lines: pa.Table) -> pa.Table:
    """The lines in another order, one in ONE_IN promised a day later."""
    chance = np.random.default_rng(8)
    readable = np.flatnonzero(np.asarray(pc.not_equal(lines["Qty Ordered"], UNREADABLE)))
    later = np.zeros(lines.num_rows, dtype=bool)
    later[chance.choice(readable, lines.num_rows // ONE_IN, replace=False)] = True
    days = pc.strptime(lines["Promise Date"], format="%m/%d/%Y", unit="s").to_numpy()
    promised = american(days + later * np.timedelta64(1, "D"))
    at = lines.column_names.index("Promise Date")
    fresh = lines.set_column(at, "Promise Date", promised)
    return fresh.take(pa.array(chance.permutation(lines.num_rows)))


def write_files(folder: Path, count: int) -> dict[str, float]:
    """The exports; the workbook has numbers and days as a spreadsheet keeps them."""
    lines = order_lines(count)
    for name, table in (("lines", lines), ("changed", exported_again(lines))):
        duckdb.from_arrow(table).write_csv(str(folder / SHEETS[name]))
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Order lines")
    sheet.append(lines.column_names)
    few = lines.slice(0, SHEET_LINES)
    for name, number in (("Line", pa.int64()), ("Est Minutes", pa.float64())):
        at = few.column_names.index(name)
        few = few.set_column(at, name, few[name].cast(number))
    for name in ("Order Date", "Promise Date"):
        at = few.column_names.index(name)
        days = pc.strptime(few[name], format="%m/%d/%Y", unit="s").cast(pa.date32())
        few = few.set_column(at, name, days)
    for row in zip(*(column.to_pylist() for column in few.columns), strict=True):
        sheet.append(row)
    book.save(folder / SHEETS["workbook"])
    return {}


@contextmanager
def timed(found: dict[str, float]) -> Iterator[None]:
    """Note how long the block took, and the most memory the process had."""
    wall, processor = time.perf_counter(), time.process_time()
    yield
    found["seconds"] = time.perf_counter() - wall
    found["processor"] = time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found["megabytes"] = peak / 1024


def by_duckdb(folder: Path) -> dict[str, float]:
    """DuckDB's own reading, types found by itself, into a file."""
    found: dict[str, float] = {}
    with timed(found), duckdb.connect(str(folder / "plain.duckdb")) as plain:
        plain.execute(
            "CREATE TABLE lines AS SELECT * FROM read_csv(?)", [str(folder / SHEETS["lines"])]
        )
    return found


def by_graphkit(folder: Path, name: str) -> dict[str, float]:
    """A load as `graphkit load` does it, and how many order lines it wrote."""
    found: dict[str, float] = {}
    with timed(found), EmbeddedStore(folder / "graph.duckdb") as store:
        load(store, [folder / name])
    with EmbeddedStore(folder / "graph.duckdb", read_only=True) as store:
        runs = store.read(OrderLine, ["run"])["run"]
    found["stored"], found["written"] = len(runs), int((runs == runs.max()).sum())
    return found


def book_by_calamine(folder: Path) -> dict[str, float]:
    """The workbook's cells as calamine hands them out."""
    found: dict[str, float] = {}
    with timed(found):
        book = python_calamine.CalamineWorkbook.from_path(folder / SHEETS["workbook"])
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return found


def book_by_graphkit(folder: Path) -> dict[str, float]:
    """The workbook recognised and read into checked batches."""
    found: dict[str, float] = {}
    loaders = registry.loaders()
    source = Source.of(system="erp", kind="orders", path="orders.xlsx", content=b"")
    with timed(found):
        for sheet in read_sheets(folder / SHEETS["workbook"]):
            reading = choose(sheet, loaders).loader.read(sheet, source)
    found["stored"] = reading.rows
    return found


STEPS: dict[str, Callable[[Path], dict[str, float]]] = {
    "duckdb": by_duckdb,
    "first": lambda folder: by_graphkit(folder, SHEETS["lines"]),
    "again": lambda folder: by_graphkit(folder, SHEETS["lines"]),
    "later": lambda folder: by_graphkit(folder, SHEETS["changed"]),
    "calamine": book_by_calamine,
    "book": book_by_graphkit,
}


def apart(folder: Path, step: str, lines: int) -> dict[str, float]:
    """What a step gives when a process of its own takes it."""
    command = [sys.executable, __file__, str(lines), "--step", step, "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ourselves
    return dict(json.loads(done.stdout))


def compare(lines: int) -> None:
    """Take every step in turn, several times, and print the promises beside the best of each."""
    took: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        apart(folder, "files", lines)
        for _ in range(ROUNDS):  # another process may share the cores
            for store in folder.glob("*.duckdb*"):
                store.unlink()
            for step in STEPS:
                found = apart(folder, step, lines)
                took[step] = min(took.get(step, found), found, key=lambda one: one["seconds"])
    for step, found in took.items():
        print(
            f"{step:9} {found['seconds']:6.2f} s, {found['processor']:6.2f} s of processors,"
            f" {found['megabytes']:6,.0f} MB"
        )

    def ratio(one: str, other: str) -> float:
        return took[one]["seconds"] / took[other]["seconds"]

    print(f"{lines:,} lines, stored {took['first']['stored']:,.0f}")
    print(f"first load / DuckDB   {ratio('first', 'duckdb'):.2f} (at most 6)")
    print(f"first load, memory    {took['first']['megabytes']:,.0f} MB (under 2,000)")
    print(f"same file again       {ratio('again', 'first'):.3f} of the first (under .05)")
    print(f"1 % changed           {ratio('later', 'first'):.2f} of the first (under .60)")
    print(f"1 % changed, written  {took['later']['written']:,.0f} (exactly {lines // ONE_IN:,})")
    print(f"workbook / calamine   {ratio('book', 'calamine'):.2f} (at most 2)")


def main() -> None:
    """Take one step and print its figures, or all of them and print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if not asked.step:
        compare(asked.lines)
    elif asked.step == "files":
        print(json.dumps(write_files(asked.folder, asked.lines)))
    else:
        print(json.dumps(STEPS[asked.step](asked.folder)))


if __name__ == "__main__":
    main()
