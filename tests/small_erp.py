"""A small ERP in a database, whose answer is known to the cent."""

from pathlib import Path

from graphkit.schema import File, OrderLine
from graphkit.store import open_store

TABLES = (
    "CREATE TABLE buyer (id INTEGER PRIMARY KEY, called VARCHAR(80))",
    "CREATE TABLE sales (no VARCHAR(20) PRIMARY KEY, buyer INTEGER, day DATE, state VARCHAR(20))",
    """CREATE TABLE item (
    sale VARCHAR(20), pos INTEGER, part VARCHAR(80), qty NUMERIC(12, 3), each NUMERIC(14, 4),
    note VARCHAR(80), PRIMARY KEY (sale, pos)
)""",
    """INSERT INTO buyer VALUES
    (1, 'Ostrava Pump Works'), (2, 'O''Neil; DROP TABLE item; --'), (3, '=HYPERLINK("http://x")')""",
    """INSERT INTO sales VALUES
    ('A-1', 1, '2025-02-03', 'closed'), ('A-2', 2, '2025-02-17', 'open'),
    ('A-3', 3, '2025-03-31', 'open')""",
    """INSERT INTO item VALUES
    ('A-1', 1, 'P-10', 12, 0.1, NULL), ('A-1', 2, 'P-11', 3, 1999.99, ''),
    ('A-2', 1, 'P-10', 1000000, 0.07, '50% down'), ('A-3', 1, 'P-12', 1.5, 200.0000, NULL)""",
)
AMOUNTS = {
    "plant:A-1/1": 1_2000,
    "plant:A-1/2": 5999_9700,
    "plant:A-2/1": 70_000_0000,
    "plant:A-3/1": 300_0000,
}
"""In ten-thousandths."""
BUYERS = ['=HYPERLINK("http://x")', "O'Neil; DROP TABLE item; --", "Ostrava Pump Works"]
QUERY = """
-- One line of an order a row; the ; in this comment ends nothing.
SELECT sales.no, item.pos, sales.day, buyer.called, item.part, item.qty, item.each, sales.state
FROM item JOIN sales ON sales.no = item.sale JOIN buyer ON buyer.id = sales.buyer
WHERE sales.state <> 'x;y' AND coalesce(item.note, '') NOT LIKE '%zz'
ORDER BY sales.no, item.pos;
"""
MAPPING = """
system = "plant"
kind = "orders"
database = "erp"
query = '''{query}'''

[columns]
number = "no"
line = "pos"
ordered_on = "day"
customer = "called"
quantity = "qty"
unit_price = "each"
status = "state"
"""


def written(folder: Path, query: str = QUERY, name: str = "orders.toml") -> Path:
    """A mapping that asks the database called erp."""
    path = folder / name
    path.write_text(MAPPING.format(query=query), "utf-8")
    return path


def workspace(folder: Path, address: str) -> Path:
    """A workspace that knows where the database called erp is."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "graphkit.toml").write_text(f"[databases]\nerp = '{address}'\n", "utf-8")
    return folder


def lines(work: Path) -> dict[str, tuple[int, int, int]]:
    """Amount, row and run of each order line, by id."""
    with open_store(work / "graph.duckdb", read_only=True) as store:
        rows = store.read(OrderLine)
    columns = (rows[name].tolist() for name in ("amount", "row", "run"))
    return dict(zip(rows["id"], zip(*columns, strict=True), strict=True))


def books(work: Path) -> list[dict[str, object]]:
    """What the store says of its files."""
    with open_store(work / "graph.duckdb", read_only=True) as store:
        return store.read(File).to_dict("records")
