"""`--redact`: nobody of the graph stands in anything that is written."""

import csv
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.privacy import RedactedStore, Redaction
from graphkit.schema import Company, Person
from graphkit.store import open_store
from tests.command_line import loaded
from tests.visualizations.pages import readable

pytestmark = pytest.mark.slow

NAMES = st.sampled_from(["Jane Doe", "Ottoline A. Quillfeather", "José Müller-Sánchez", "Bo Ek"])
FILLER = st.text(st.characters(codec="utf-8", exclude_characters="@"), max_size=20)


@pytest.fixture(scope="module")
def shop(all_exports, tmp_path_factory):
    """A workspace with a small shop, and everybody in it."""
    folder = loaded(tmp_path_factory.mktemp("redacted"), all_exports)
    with open_store(folder / "graph.duckdb", read_only=True) as store:
        people, companies = store.read(Person), store.read(Company)
    return folder, people, companies


def told(text, people):
    """Which e-mail addresses, phones and full names stand in a text."""
    secrets = [*people["email"].dropna(), *people["phone"].dropna(), *people["name"].dropna()]
    assert secrets
    low = text.casefold()
    return [one for one in secrets if one.casefold() in low]


COMMANDS = [
    ("findings", "--json"),
    ("findings", "--csv"),
    ("findings", "--all"),
    ("slowdown", "--json"),
    ("clusters", "--json"),
    ("report", "cluster"),
    ("report", "cluster", "--format", "html"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_nobody_of_the_graph_stands_in_what_a_command_prints(graphkit, shop, words):
    folder, people, _ = shop

    done = graphkit("-w", folder, *words, "--redact")

    assert done.code == 0
    assert told(done.out, people) == []


@pytest.mark.parametrize("engine", ["sigma", "pyvis"])
def test_the_map_shows_people_only_by_number(graphkit, shop, tmp_path, engine):
    folder, people, companies = shop

    graphkit("-w", folder, "map", "--engine", engine, "--redact", "-o", tmp_path / "map.html")

    page = readable((tmp_path / "map.html").read_text("utf-8"))
    assert told(page, people) == []
    customers = companies[companies["is_customer"].astype(bool)]
    assert all(one in page for one in customers["name"])


def test_exported_tables_still_join_and_keep_their_companies(graphkit, shop, tmp_path):
    folder, people, companies = shop

    assert graphkit("-w", folder, "export", tmp_path / "out", "--redact").code == 0

    pages = {one.stem: one.read_text("utf-8") for one in (tmp_path / "out").iterdir()}
    assert {name: told(page, people) for name, page in pages.items() if told(page, people)} == {}
    rows = list(csv.DictReader(pages["Person"].splitlines()))
    ids = {row["id"] for row in rows}
    assert len(ids) == len(people)
    opened = list(csv.DictReader(pages["OPENED"].splitlines()))
    assert {row["from_id"] for row in opened} <= ids
    assert all(re.fullmatch(r"person \d+", row["name"]) for row in rows if row["name"])
    written = {row["name"] for row in csv.DictReader(pages["Company"].splitlines())}
    assert set(companies["name"]) <= {one.removeprefix("'") for one in written}


def test_what_is_written_back_is_not_masked(graphkit, shop):
    folder, people, _ = shop

    graphkit("-w", folder, "findings", "--redact", "--json")

    with open_store(folder / "graph.duckdb", read_only=True) as store:
        assert store.read(Person)["name"].tolist() == people["name"].tolist()


def test_a_masked_store_is_asked_with_masked_values_and_never_written(shop):
    folder, _, _ = shop
    with open_store(folder / "graph.duckdb", read_only=True) as opened:
        store = RedactedStore(opened, Redaction.of(opened))
        rows = store.read(Person)

        again = store.read(Person, where=("id", [rows["id"][0]]))

        assert again["id"].tolist() == [rows["id"][0]]
        with pytest.raises(RuntimeError):
            store.remove(Person, [])


def test_what_is_read_from_a_text_stands_where_it_stands_in_the_masked_text(graphkit, tmp_path):
    texts = tmp_path / "texts.jsonl"
    line = "Met Ottoline Quillfeather of Bolt Gear, o@bolt.example, 555-555-0142. 250 pcs 17-4."
    lines = [{"id": "n1", "text": line}, {"id": "n2", "text": "Met Ottoline Quillfeather again."}]
    texts.write_text("\n".join(json.dumps(one) for one in lines), "utf-8")
    names = tmp_path / "names.txt"
    names.write_text("Bolt Gear\n", "utf-8")

    done = graphkit("nlp", "extract", texts, "--companies", names, "--model", "rules", "--redact")

    read = [json.loads(one) for one in done.out.splitlines()]
    assert [one["text"] for one in read] == [
        "Met person 1 of Bolt Gear, e-mail 1, phone 1. 250 pcs 17-4.",
        "Met person 1 again.",
    ]
    shown = {one["text"][start:end] for one in read for start, end, _, _ in one["entities"]}
    assert {"person 1", "Bolt Gear", "250 pcs", "17-4"} <= shown
    whole = graphkit("nlp", "show", line, "--redact", "--model", "rules")
    assert whole.code == 0
    assert "Quillfeather" not in whole.out
    assert "555-0142" not in whole.out


@given(before=FILLER, name=NAMES, after=FILLER)
def test_a_known_name_is_masked_wherever_words_surround_it(before, name, after):
    redaction = Redaction([name])

    text = redaction.redacted(f"{before} {name}, {after}")

    assert name not in text


@given(
    before=FILLER,
    mail=st.from_regex(r"\A[a-z]{1,8}[.+_-]?[a-z0-9]{1,8}@[a-z0-9-]{1,10}\.(com|co\.uk)\Z"),
    phone=st.from_regex(r"\A(\+1 )?\(?[2-9][0-9]{2}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}\Z"),
    after=FILLER,
)
def test_a_known_address_or_number_is_masked_in_any_text(before, mail, phone, after):
    redaction = Redaction(mails=[mail], phones=[phone])

    text = redaction.redacted(f"{before} {mail} {after} | {phone} {after}")

    assert mail not in text
    assert phone not in text


@given(text=st.text())
def test_redacting_twice_is_redacting_once(text):
    redaction = Redaction(["Jane Doe"], ["j@d.example"], ["555-555-0142"], ["Doe Tools"])
    once = redaction.redacted(text)

    assert redaction.redacted(once) == once


def test_companies_and_our_own_people_stay():
    redaction = Redaction(["Jane", "Mark Doe"], kept=["Jane Tools Inc", "Jane Smith"])

    assert redaction.redacted(
        "Jane of Jane Tools Inc told Jane Smith; Doe, Mark will mark it."
    ) == ("person 1 of Jane Tools Inc told Jane Smith; person 2 will mark it.")


def test_a_long_text_takes_time_as_it_is_long():
    redaction = Redaction(["Jane Doe"], phones=["555-555-0142"])

    assert redaction.redacted("a." * 50_000 + " Jane Doe " + "1-" * 50_000).count("person 1") == 1
