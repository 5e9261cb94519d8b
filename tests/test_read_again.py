"""Rows that stand in an export as they stood before are not read again; nothing differs by it."""

import shutil
from pathlib import Path
from random import Random
from types import MappingProxyType

import duckdb
import openpyxl
import pytest

import loaders.reading
from graphkit.pipeline.load import load
from graphkit.pipeline.mappings import loaders_for
from graphkit.schema import TYPES, Account, File, Order, OrderLine, Part, Process
from graphkit.store.embedded import EmbeddedStore
from loaders.again import stored_again

pytestmark = pytest.mark.slow

HEADER = "SO Number,Line,Order Date,Customer ID,Customer Name,Part Number,Process,Qty Ordered,"
HEADER += "Unit Price,Promise Date,Status"
PROCESSES = ("Milling", "Turning", "Grinding")
UNREADABLE = "some"
PARTIAL = ["K1", "Corliss", "P-1", "Milling", "5", "2.50", "12/31/2025", "Open"]
"""The cells of a line after its day."""


def chances(seed):
    return Random(seed)  # noqa: S311 - a course of events, no secret


def order(number, chance):
    """The lines of an order, as an ERP prints them."""
    customer = chance.randrange(5)
    day = f"{chance.randrange(1, 13):02}/{chance.randrange(13, 29)}/2025"
    return [
        [
            f"SO-{number}",
            str(line),
            day,
            f"K{customer}",
            f"Corliss {customer} Valve",
            f"P-{chance.randrange(9)}",
            chance.choice(PROCESSES),
            chance.choice([*map(str, range(1, 90)), UNREADABLE]),
            f"{chance.randrange(1, 900)}.50",
            "12/31/2025",
            "Open",
        ]
        for line in range(1, chance.randrange(2, 5))
    ]


def changed(lines, chance):
    """The same export some weeks later: rows changed, gone, new and doubled, in another order."""
    later = [list(line) for line in lines if chance.random() > 0.05]
    later = [line for line in later if line[0] != lines[0][0]]
    for line in later:
        if chance.random() < 0.1:
            line[chance.choice([7, 8])] = chance.choice(["7", "11", UNREADABLE])
        if chance.random() < 0.1:
            line[10] = "Shipped"
    names = {line[3]: line[4] for line in later} | {"K2": f"Corliss {chance.randrange(9)} Pumps"}
    later += [list(line) for line in chance.sample(later, 3)]
    for number in range(900, 903):
        later += order(number, chance)
    chance.shuffle(later)
    return [[*line[:4], names.get(line[3], line[4]), *line[5:]] for line in later]


def written(path, lines, header=HEADER):
    path.write_text("\n".join([header, *map(",".join, lines)]) + "\n", encoding="utf-8")
    return path


class Shop:
    """A store that loads files."""

    def __init__(self, folder):
        self.path = Path(folder) / "graph.duckdb"

    def load(self, *files, processes=MappingProxyType({})):
        with EmbeddedStore(self.path) as store:
            return load(store, files, processes=processes)

    def copied_from(self, other):
        """Have what another shop has, as if it had loaded the same."""
        shutil.copy(other.path, self.path)

    def forget_cells(self):
        """Let every row be read again."""
        with duckdb.connect(str(self.path)) as connection:
            connection.execute('UPDATE "OrderLine" SET cells = NULL')

    def rows(self, entity):
        with EmbeddedStore(self.path, read_only=True) as store:
            return store.read(entity)

    def everything(self, without=MappingProxyType({})):
        """All that is stored, but for some columns by type."""
        with EmbeddedStore(self.path, read_only=True) as store:
            found = {entity.__name__: store.read(entity) for entity in TYPES.values()}
        found["File"] = found["File"].drop(columns=["loaded_at"])
        found.pop("Run")  # knows the time
        found["OrderLine"] = found["OrderLine"].drop(columns=["cells"])
        return {
            name: frame.drop(columns=without.get(name, [])).to_csv(index=False)
            for name, frame in found.items()
        }


def written_by(outcome):
    """What a load wrote, by type; of lines and orders also how many stayed as they were."""
    [done] = outcome.changes.values()
    found = {name: (one.added, one.changed, one.removed) for name, one in done.items()}
    return found, done["OrderLine"], done["Order"], outcome.files


@pytest.fixture
def shops(tmp_path):
    """A shop that knows its rows again, and one that reads all of them."""
    made = []
    for name in ("knows", "reads"):
        (tmp_path / name).mkdir()
        made.append(Shop(tmp_path / name))
    return made


@pytest.fixture
def read(monkeypatch):
    """How many rows were read, file by file."""
    counts = []

    def counting(*args, **names):
        found = stored_again(*args, **names)
        counts.append(int((~found.mask).sum()))
        return found

    monkeypatch.setattr(loaders.reading, "stored_again", counting)
    return counts


@pytest.mark.parametrize("seed", [0])
def test_a_later_export_ends_in_the_same_graph_as_if_all_of_it_were_read(tmp_path, shops, seed):
    chance = chances(seed)
    first = [line for number in range(100, 130) for line in order(number, chance)]
    second = changed(first, chance)
    third = changed(second, chance)
    files = [
        written(tmp_path / name, lines)
        for name, lines in (
            ("a.csv", first),
            ("b.csv", second),
            ("c.csv", third),
            ("d.csv", [*first, *order(200, chance)]),
        )
    ]
    assert_same_end(shops, files)


def assert_same_end(shops, files):
    """A shop that knows its rows and one that reads all of them tell and hold the same."""
    knows, reads = shops
    knows.load(files[0])
    reads.copied_from(knows)
    reads.forget_cells()
    for file in files[1:]:
        told = [written_by(one.load(file)) for one in shops]
        assert told[0] == told[1]
        there = [one.everything() for one in shops]
        assert there[0] == there[1]
        reads.forget_cells()


def test_only_orders_of_which_a_row_changed_are_read_again(tmp_path, shops, read):
    chance = chances(3)
    lines = [line for number in range(100, 160) for line in order(number, chance)]
    lines = [[*line[:7], "5", *line[8:]] for line in lines]
    shops[0].load(written(tmp_path / "a.csv", lines))
    later = [list(line) for line in lines]
    later[0][9] = "12/30/2025"
    of_it = sum(line[0] == later[0][0] for line in later)
    chance.shuffle(later)
    outcome = shops[0].load(written(tmp_path / "b.csv", later))

    assert read == [len(lines), of_it]
    [done] = outcome.changes.values()
    assert (done["OrderLine"].changed, done["OrderLine"].unchanged) == (1, len(lines) - 1)
    assert outcome.files[0].rows == len(lines)


def test_a_row_that_becomes_what_it_was_is_so_again(tmp_path, shops):
    line = order(100, chances(1))[:1]
    line[0][7] = "5"
    other = [[*line[0][:4], "Corliss Valve", "P-1", "Milling", "9", *line[0][8:]]]
    one, two = (
        written(tmp_path / name, lines) for name, lines in (("a.csv", line), ("b.csv", other))
    )
    shop = shops[0]
    for file in (one, two):
        shop.load(file)
    assert shop.rows(OrderLine)["quantity"].tolist() == [9]
    again = written(tmp_path / "c.csv", [*line, ["SO-1", "1", *line[0][2:]]])
    shop.load(again)
    assert dict(
        zip(*(shop.rows(OrderLine)[name] for name in ("order", "quantity")), strict=True)
    ) == {
        "erp:SO-100": 5,
        "erp:SO-1": 5,
    }


def test_what_is_no_column_of_the_line_is_noticed_and_noticed_again(tmp_path, shops):
    header = HEADER + ",Description"
    line = order(100, chances(1))[0]
    line[7] = "5"
    shop = shops[0]
    found = []
    for turn, word in enumerate(("Valve seat", "Seat of a valve", "Valve seat")):
        rows = [[*line, word], ["SO-7", str(turn), *line[2:], word]]
        shop.load(written(tmp_path / f"{turn}.csv", rows, header))
        found += shop.rows(Part)["description"].tolist()
    assert found == ["Valve seat", "Seat of a valve", "Valve seat"]


def test_rows_are_read_again_when_the_file_writes_dates_otherwise(tmp_path, shops):
    line = order(100, chances(1))[0]
    line[7], line[2], line[9] = "5", "03/04/2025", "05/06/2025"
    shop = shops[0]
    shop.load(written(tmp_path / "a.csv", [line]))
    decides = [*line[:2], "13/04/2025", *line[3:9], "15/06/2025", line[10]]
    shop.load(written(tmp_path / "b.csv", [line, ["SO-7", *decides[1:]]]))

    days = shop.rows(OrderLine).set_index("order")["ordered_on"]
    assert days["erp:SO-100"].isoformat() == "2025-04-03"


def test_of_overlapping_exports_in_one_load_the_later_counts_whichever_is_known(tmp_path, shops):
    line = order(100, chances(1))[0]
    line[7] = "5"
    folder = tmp_path / "exports"
    folder.mkdir()
    written(folder / "2025-01.csv", [line])
    written(folder / "2025-02.csv", [[*line[:10], "Shipped"]])
    shop = shops[0]
    shop.load(folder)
    written(folder / "2025-03.csv", [["SO-7", *line[1:]]])
    shop.load(folder)

    assert shop.rows(Order).set_index("id")["status"].to_dict() == {
        "erp:SO-100": "shipped",
        "erp:SO-7": "open",
    }


def test_a_process_has_one_spelling_whichever_rows_are_read(tmp_path, shops):
    lines = [order(number, chances(number))[0] for number in range(100, 110)]
    for place, line in enumerate(lines):
        line[6], line[7] = ("CNC MILLING", "cnc milling", "CNC Milling")[place % 3], "5"
    shop = shops[0]
    shop.load(written(tmp_path / "a.csv", lines))
    lines[1][9] = "12/30/2025"
    outcome = shop.load(written(tmp_path / "b.csv", lines[::-1]))

    assert shop.rows(Process)["name"].tolist() == ["CNC Milling"]
    [done] = outcome.changes.values()
    assert done["OrderLine"].changed == 1


def test_amounts_and_days_of_a_file_are_those_of_all_its_rows(tmp_path, shops):
    chance = chances(5)
    lines = [line for number in range(100, 120) for line in order(number, chance)]
    shop = shops[0]
    shop.load(written(tmp_path / "a.csv", lines))
    shop.load(written(tmp_path / "b.csv", lines[::-1]))

    books = shop.rows(File).drop(
        columns=["id", "path", "content", "loaded_at", "run", "replaces"], errors="ignore"
    )
    assert len(books) == 2
    assert books.iloc[0].fillna("").tolist() == books.iloc[1].fillna("").tolist()


def test_a_partial_export_makes_no_order_shipped_of_which_another_line_is_open(tmp_path, shops):
    lines = [["SO-1", line, "01/20/2025", *PARTIAL] for line in "123"]
    lines[1][-1] = "Shipped"
    whole = written(tmp_path / "a.csv", lines)
    shop = shops[0]
    shop.load(whole)
    shop.load(written(tmp_path / "b.csv", [[*lines[1][:9], "12/30/2025", "Shipped"]]))
    assert shop.rows(Order)["status"].tolist() == ["open"]

    later = [[*line[:9], "12/29/2025", "Shipped"] for line in lines]
    shop.load(written(tmp_path / "c.csv", later))
    assert shop.rows(Order)["status"].tolist() == ["shipped"]


def test_an_order_of_which_two_files_of_a_load_have_lines_says_what_both_say(tmp_path, shops):
    folder = tmp_path / "exports"
    folder.mkdir()
    written(folder / "a.csv", [["SO-1", "1", "01/20/2025", *PARTIAL]])
    written(folder / "b.csv", [["SO-1", "2", "02/20/2025", *PARTIAL[:-1], "Shipped"]])
    shops[0].load(folder)

    [order] = shops[0].rows(Order).to_dict("records")
    assert (order["status"], order["ordered_on"].isoformat()) == ("open", "2025-01-20")


def test_a_customer_has_the_name_of_the_last_export_though_its_rows_are_known(tmp_path, shops):
    shop = shops[0]
    found = []
    for turn, (order_number, name) in enumerate(
        (("SO-1", "Corliss"), ("SO-2", "Corliss Valve"), ("SO-1", "Corliss"))
    ):
        line = [order_number, "1", "01/20/2025", "K1", name, *PARTIAL[2:]]
        more = [[f"SO-{turn}7", "1", "01/20/2025", "K9", "Tamarack", *PARTIAL[2:]]]
        shop.load(written(tmp_path / f"{turn}.csv", [line, *more]))
        found.append(shop.rows(Account).set_index("native_id")["name"]["K1"])
    assert found == ["Corliss", "Corliss Valve", "Corliss"]


@pytest.mark.parametrize("processes", [{}, {"turning": "Lathe"}])
def test_a_changed_row_writes_its_process_as_the_known_rows_of_its_file_do(
    tmp_path, shops, processes
):
    lines = [[f"SO-{at}", "1", "01/20/2025", *PARTIAL] for at in range(4)]
    for line, word in zip(lines, ("Milling", "milling", "MILLING", "milling"), strict=True):
        line[6] = word
    shop = shops[0]
    shop.load(written(tmp_path / "a.csv", lines), processes=processes)
    lines[1][7] = "9"
    shop.load(written(tmp_path / "b.csv", lines), processes=processes)
    assert set(shop.rows(OrderLine)["process"]) == {"Milling"}

    shop.load(written(tmp_path / "c.csv", lines[1:2]), processes=processes)
    assert set(shop.rows(OrderLine)["process"]) == {"Milling", "milling"}


def test_rows_are_left_out_by_the_column_that_tells_though_another_once_held_the_same(
    tmp_path, shops
):
    mapping = tmp_path / "own.toml"
    mapping.write_text(
        """system = "own"
kind = "orders"
[leave_out.templates]
column = "Template"
is = "no"
because = "templates"
[leave_out.samples]
column = "Sample"
is = "yes"
because = "samples"
""",
        encoding="utf-8",
    )
    lines = [[*partial("SO-1", "1"), "yes"], [*partial("SO-2", "1"), "maybe"]]
    loaders = loaders_for(tmp_path, mappings=[mapping])
    for column in ("Template", "Sample"):
        file = written(tmp_path / f"{column}.csv", lines, f"{HEADER},{column}")
        with EmbeddedStore(shops[0].path) as store:
            outcome = load(store, [file], loaders=loaders)
    assert dict(outcome.files[0].nothing) == {"samples": 1}
    assert states(shops[0]) == {"own:SO-2": "open"}


def test_an_order_whose_number_is_spaced_otherwise_in_a_row_is_read_as_a_whole(tmp_path, shops):
    lines = [["SO-1", "1", "01/20/2025", *PARTIAL], [" SO-1", "2", "01/20/2025", *PARTIAL]]
    lines[1][-1] = "Shipped"
    shops[0].load(written(tmp_path / "a.csv", lines[:1]))
    shops[1].copied_from(shops[0])
    shops[1].forget_cells()
    told = [written_by(one.load(written(tmp_path / "b.csv", lines))) for one in shops]
    assert told[0] == told[1]
    assert shops[0].everything() == shops[1].everything()


def test_lines_without_numbers_are_numbered_as_the_last_export_has_them(tmp_path, shops):
    header = HEADER.replace(",Line", "")
    lines = [["SO-1", "01/20/2025", *PARTIAL], ["SO-1", "01/20/2025", *PARTIAL]]
    lines[1][6] = "11"
    shop = shops[0]
    for name, some in (("a.csv", lines), ("b.csv", lines[::-1])):
        shop.load(written(tmp_path / name, some, header))
    assert shop.rows(OrderLine).set_index("line")["quantity"].to_dict() == {"1": 11, "2": 5}


@pytest.mark.parametrize("seed", [1])
def test_overlapping_parts_of_exports_end_in_the_same_graph_too(tmp_path, shops, seed):
    chance = chances(seed)
    lines = [line for number in range(100, 112) for line in order(number, chance)]
    files = []
    for turn in range(5):
        names = {f"K{at}": f"Corliss {chance.randrange(3)} Valve" for at in range(5)}
        some = [line for line in lines if chance.random() < chance.choice((0.5, 1))]
        some = [[*line[:4], names.get(line[3], line[4]), *line[5:]] for line in some]
        files.append(written(tmp_path / f"{turn}.csv", some))
        lines = changed(lines, chance)
    assert_same_end(shops, files)


def test_a_row_without_its_line_number_is_rejected_and_a_column_without_any_is_none(
    tmp_path, shops
):
    lines = [["SO-1", line, "01/20/2025", *PARTIAL] for line in ("1", "", "3")]
    outcome = shops[0].load(written(tmp_path / "a.csv", lines))
    [why] = outcome.files[0].reasons
    assert (outcome.files[0].loaded, why.column, why.row) == (2, "Line", 3)

    none = [["SO-7", "", "01/20/2025", *PARTIAL[:4], str(at), *PARTIAL[5:]] for at in (5, 9)]
    shops[1].load(written(tmp_path / "b.csv", none))
    shops[1].load(written(tmp_path / "c.csv", none[::-1]))
    assert shops[1].rows(OrderLine).set_index("line")["quantity"].to_dict() == {"1": 9, "2": 5}


def partial(number, line, status="Open", day="01/20/2025"):
    """A line of an order."""
    return [number, line, day, *PARTIAL[:-1], status]


def in_folder(folder, **files):
    """A folder of exports by name."""
    folder.mkdir(exist_ok=True)
    for name, lines in files.items():
        written(folder / f"{name}.csv", lines)
    return folder


def states(shop):
    return shop.rows(Order).set_index("id")["status"].to_dict()


def test_a_line_that_another_file_brings_counts_though_all_other_lines_are_known(tmp_path, shops):
    shipped = [partial("SO-1", line, "Shipped") for line in "12"]
    folder = in_folder(tmp_path / "exports", b=shipped)
    shops[0].load(folder)
    in_folder(folder, a=[partial("SO-1", "3"), partial("SO-2", "1")])
    shops[0].load(folder)
    assert states(shops[0]) == {"erp:SO-1": "open", "erp:SO-2": "open"}


def test_an_order_on_two_sheets_of_a_workbook_says_what_both_say(tmp_path, shops):
    lines = {
        "January": [partial("SO-1", "1")],
        "February": [partial("SO-1", "2", "Shipped", day="02/20/2025")],
    }
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in lines.items():
        sheet = book.create_sheet(name)
        for row in (HEADER.split(","), *rows):
            sheet.append(row)
    book.save(tmp_path / "orders.xlsx")
    shops[0].load(tmp_path / "orders.xlsx")

    [order] = shops[0].rows(Order).to_dict("records")
    assert (order["status"], order["ordered_on"].isoformat()) == ("open", "2025-01-20")


def test_an_order_that_loses_a_line_to_a_newer_export_follows_from_those_of_another(
    tmp_path, shops
):
    days = ("01/02/2025", "01/30/2025")
    others = [partial(f"SO-9{at}", "1", day=day) for at, day in enumerate(days)]
    shop = shops[0]
    shop.load(written(tmp_path / "b.csv", [partial("SO-1", "2", "Shipped", day="02/20/2025")]))
    shop.load(written(tmp_path / "a.csv", [*others, partial("SO-1", "1")]))
    assert states(shop)["erp:SO-1"] == "open"

    shop.load(written(tmp_path / "later.csv", others))
    orders = shop.rows(Order).set_index("id")
    assert orders["status"]["erp:SO-1"] == "shipped"
    assert orders["ordered_on"]["erp:SO-1"].isoformat() == "2025-02-20"


def test_an_order_goes_with_its_last_line_whichever_file_wrote_it_last(tmp_path, shops):
    days = ("01/02/2025", "01/30/2025")
    others = [partial(f"SO-9{at}", "1", day=day) for at, day in enumerate(days)]
    shop = shops[0]
    shop.load(written(tmp_path / "a.csv", [*others, partial("SO-1", "1")]))
    site = HEADER + ",Site"  # of which the line says nothing, so that only the order is b's
    shop.load(written(tmp_path / "b.csv", [[*partial("SO-1", "1"), "Works"]], site))
    outcome = shop.load(written(tmp_path / "later.csv", others))

    assert (
        {*shop.rows(OrderLine)["order"]}
        == {*shop.rows(Order)["id"]}
        == {
            "erp:SO-90",
            "erp:SO-91",
        }
    )
    [done] = outcome.changes.values()
    assert (done["OrderLine"].removed, done["Order"].removed) == (1, 1)


@pytest.mark.parametrize("seed", [3])
def test_exports_of_which_several_are_in_each_load_end_in_the_same_graph_too(tmp_path, shops, seed):
    chance = chances(seed)
    lines = [line for number in range(100, 110) for line in order(number, chance)]
    knows, reads = shops
    folder = tmp_path / "exports"
    for turn in range(3):
        some = {
            name: [line for line in changed(lines, chance) if chance.random() < 0.8]
            for name in chance.sample("abc", 2)
        }
        in_folder(folder, **some)
        knows.load(folder)
        if not turn:
            reads.copied_from(knows)
            reads.forget_cells()
            continue
        reads.load(folder)
        told = [shop.everything(without={"Order": ["file_id", "row"]}) for shop in shops]
        assert told[0] == told[1]
        assert set(knows.rows(Order)["id"]) == set(knows.rows(OrderLine)["order"])
        reads.forget_cells()
