import datetime as dt
import subprocess
import sys

import pandas as pd
import pytest

from graphkit.errors import UnknownNameError
from nlp import model
from nlp.reader import ACCOUNT, Facts, read_texts


def _texts(*texts: str, kind: str = "note", account: str | None = None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": [f"t{number}" for number in range(len(texts))],
            "kind": kind,
            "date": dt.date(2024, 9, 20),
            "text": texts,
            "account": account,
            "author": None,
        }
    )


def _read(*texts: str, kind: str = "note", account: str | None = None) -> Facts:
    return read_texts(_texts(*texts, kind=kind, account=account), [("c1", "Tilden Ratchet")])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\U0001f600\U0001f600\U0001f680",
        "\x00\x01\x02",
        "<div></div>",
        "Wir liefern nächste Woche, danke und schöne Grüße.",
        "...!!!???",
        "a" * 100_000,
        "word " * 30_000,
        "((((((((((" * 500,
        ", and " * 2000,
    ],
)
def test_a_text_that_says_nothing_gives_no_fact_and_no_error(text: str) -> None:
    facts = _read(text)

    assert facts.relations.empty
    assert facts.mentions.empty


def test_spans_point_into_the_text_as_stored() -> None:
    text = "<p>Tilden&nbsp;Ratchet wants <b>4140</b>,\u00a0bore &plusmn;.0005</p>"
    mentions = _read(text).mentions

    shown = {row.label: text[row.start : row.end] for row in mentions.itertuples()}
    assert shown["COMPANY"] == "Tilden&nbsp;Ratchet"
    assert shown["MATERIAL"] == "4140"
    assert shown["TOLERANCE"] == "&plusmn;.0005"


def test_a_relation_names_its_sentence_and_its_ends() -> None:
    facts = _read("Hello. They are at IMTS. Bye.", account="c1")
    (one,) = facts.relations.itertuples(index=False)

    assert (one.type, one.head, one.polarity) == ("ATTENDED", ACCOUNT, "asserted")
    assert one.sentence == "They are at IMTS."
    tail = facts.mentions[facts.mentions["number"] == one.tail].iloc[0]
    assert tail["canonical"] == "IMTS 2024"
    assert tail["component"].startswith("graphkit_shows/")


def test_the_same_texts_give_the_same_facts_in_the_same_order() -> None:
    texts = ("Met Una Kerrigan of Tilden Ratchet at IMTS", "Tilden Ratchet supplies Vanterra")

    first, again = _read(*texts), _read(*texts)

    pd.testing.assert_frame_equal(first.mentions, again.mentions)
    pd.testing.assert_frame_equal(first.relations, again.relations)


def test_texts_are_read_without_a_model_too() -> None:
    frame = _texts("Tilden Ratchet (a customer) skips IMTS")

    facts = read_texts(frame, [("c1", "Tilden Ratchet")], model="rules")

    assert facts.model.name == "rules"
    assert facts.relations["polarity"].tolist() == ["negated"]


def test_a_model_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownNameError, match="No language model 'en_core_web_xl'"):
        read_texts(_texts("x"), model="en_core_web_xl")


def test_without_a_model_the_reader_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_MODELS", {})

    assert "graphkit-crm[nlp]" in model.chosen_model().warning


def test_the_model_says_where_it_comes_from() -> None:
    chosen = model.chosen_model()

    assert chosen.name.startswith("en_core_web")
    assert chosen.version.startswith("3.8")
    assert chosen.origin


def test_spacy_is_not_imported_before_a_text_is_read() -> None:
    code = "import sys, nlp.enrich, nlp.enrich_topics; assert 'spacy' not in sys.modules"

    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code
