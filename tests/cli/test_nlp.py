"""What `graphkit nlp` shows of texts, and that nothing a text holds can do harm."""

import json
from pathlib import Path

import pytest

from tests.command_line import Run

NOTE = "Bolt Gear: 250 pcs 17-4, bore +/-.0005, slow to pay, might skip IMTS 2026"
HOSTILE = '<script>alert(1)</script> Bolt Gear & "Co" <img src=x onerror=alert(1)> \x1b[2J 40 pcs'


def test_a_text_is_shown_with_what_it_names_and_says(graphkit: Run) -> None:
    done = graphkit("nlp", "show", NOTE)

    assert done.code == 0
    shown = " ".join(done.out.split())
    kinds = "17-4 PH stainless, stainless steel, steel"
    assert f"Bolt Gear[COMPANY]: 250 pcs[QUANTITY 250 ea] 17-4[MATERIAL {kinds}]" in shown
    assert "Bolt Gear HAS_SIGNAL SLOW_PAY asserted 0.7" in shown
    assert "\x1b" not in done.out


def test_the_same_comes_as_json(graphkit: Run) -> None:
    told = json.loads(graphkit("nlp", "show", NOTE, "--json").out)

    assert told["text"] == NOTE
    (order,) = [one for one in told["data"] if one["says"] == "ORDERS"]
    assert 0 < order.pop("sure") <= 1
    assert order == {"who": "Bolt Gear", "says": "ORDERS", "what": "250 ea", "meant": "asserted"}
    for one in told["entities"]:
        assert NOTE[one["start"] : one["end"]]


def test_a_note_that_names_nobody_is_of_the_company_under_which_it_is_filed(graphkit: Run) -> None:
    note = ("nlp", "show", "Pays late, might skip IMTS next yr", "--date", "2025-03-31")

    nobody, filed = graphkit(*note), graphkit(*note, "--account", "Bolt Gear")

    assert "--account NAME" in nobody.err
    assert "HAS_SIGNAL" not in nobody.out
    shown = " ".join(filed.out.split())
    assert "Bolt Gear HAS_SIGNAL SLOW_PAY asserted" in shown
    assert "Bolt Gear ATTENDS IMTS 2026 hedged" in shown
    assert not filed.err


def test_a_page_shows_hostile_text_as_text_and_asks_nothing_of_a_network(graphkit: Run) -> None:
    page = graphkit("nlp", "show", HOSTILE, "--html").out

    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;img" in page
    assert "http" not in page


def test_hostile_text_cannot_take_over_a_terminal(graphkit: Run) -> None:
    assert "\x1b" not in graphkit("nlp", "show", HOSTILE).out


def test_what_is_extracted_is_what_evaluate_reads(graphkit: Run, tmp_path: Path) -> None:
    texts, read = tmp_path / "texts.jsonl", tmp_path / "read.jsonl"
    lines = [{"id": "n1", "text": NOTE, "date": "2026-03-02"}, {"id": "n2", "text": "Thx, Bob"}]
    texts.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")

    assert graphkit("nlp", "extract", texts, "-o", read).code == 0

    found = [json.loads(line) for line in read.read_text("utf-8").splitlines()]
    assert [one["id"] for one in found] == ["n1", "n2"]
    assert ["HAS_SIGNAL", "SLOW_PAY", "asserted"] in [one[1:] for one in found[0]["relations"]]
    rows = json.loads(graphkit("nlp", "evaluate", read, "--json").out)["data"]
    by_measure = {(one["measure"], one["label"]): one for one in rows}
    assert by_measure["entities", "all"]["f1"] == 1.0
    assert by_measure["relations end to end", "all"]["wrong"] == 0


def test_a_company_of_the_shops_list_is_linked_to_it(graphkit: Run, tmp_path: Path) -> None:
    listed = tmp_path / "customers.txt"
    listed.write_text("Quarry Bot Incorporated\n\nbolt gear works\n", "utf-8")

    told = json.loads(
        graphkit("nlp", "show", "QUARRY BOT wants 40 pcs", "--companies", listed, "--json").out
    )

    assert told["entities"][0]["label"] == "COMPANY"
    assert told["entities"][0]["canonical"] == "Quarry Bot"


def test_the_model_is_named_with_version_and_origin(graphkit: Run) -> None:
    rows = json.loads(graphkit("nlp", "info", "--json").out)["data"]

    (chosen,) = [one for one in rows if one["chosen"]]
    assert chosen["name"].startswith("en_core_web")
    assert chosen["version"]
    assert chosen["origin"]
    plain = json.loads(graphkit("nlp", "info", "--model", "rules", "--json").out)["data"]
    assert [one["name"] for one in plain if one["chosen"]] == ["rules"]


def test_a_model_that_is_not_there_is_refused_with_those_that_are(graphkit: Run) -> None:
    refused = graphkit("nlp", "show", NOTE, "--model", "en_core_web_xl")

    assert refused.code != 0
    assert "Did you mean 'en_core_web" in refused.err


def test_without_spacy_it_is_said_what_to_install(
    graphkit: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.model.spacy_is_installed", lambda: False)

    refused = graphkit("nlp", "show", NOTE)

    assert refused.code != 0
    assert 'pip install "graphkit-crm[nlp]"' in refused.err


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\U0001f600\U0001f44d\U0001f3fd \u2764\ufe0f",
        "\x00\x01\x07 \u202e",
        "Wir freuen uns auf die Zusammenarbeit und w\u00fcnschen frohe Feiertage.",
        "<div><br/></div>",
        "lorem ipsum " * 9_000,
    ],
)
def test_a_text_that_says_nothing_gives_no_fact_and_no_error(graphkit: Run, text: str) -> None:
    done = graphkit("nlp", "show", "--json", "--", text)

    assert done.code == 0
    assert json.loads(done.out)["data"] == []


@pytest.mark.parametrize("command", ["extract", "evaluate"])
def test_a_file_that_is_none_is_refused(graphkit: Run, tmp_path: Path, command: str) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a"\n', "utf-8")

    refused = graphkit("nlp", command, bad)

    assert refused.code == 1
    assert "bad.jsonl, line 1" in refused.err
