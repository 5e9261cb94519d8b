import datetime as dt

import pandas as pd
import pytest

from graphkit import plugins
from graphkit.plugins import Known
from graphkit.schema import Employee, frame_of
from nlp import enrich, enrich_topics, model


def _known() -> Known:
    return Known(
        companies=pd.DataFrame(
            [("co1", "crm:1", "Tilden Ratchet"), ("co1", "erp:9", "TILDEN RATCHET INC")],
            columns=["company", "account", "name"],
        ),
        people=pd.DataFrame([("p1", "Una Kerrigan", "co1")], columns=["id", "name", "company"]),
        employees=frame_of(Employee, {"id": ["Mo Jansen"], "name": ["Mo Jansen"]}),
    )


def _texts(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (
                one,
                kind,
                None if kind == "Page" else dt.date(2024, 9, 20),
                text,
                account,
                "Mo Jansen" if kind == "Note" else None,
                "f1",
                number,
            )
            for number, (one, kind, text, account) in enumerate(rows)
        ],
        columns=["id", "kind", "on", "text", "account", "author", "file_id", "row"],
    )


def _rows(*rows: tuple[str, str, str, str | None]) -> dict[str, pd.DataFrame]:
    texts = _texts(*rows)
    found: dict[str, list[pd.DataFrame]] = {}
    for run in (enrich_topics.read, enrich.read):
        for batch in run(texts, _known()):
            found.setdefault(batch.entity.__name__, []).append(batch.frame)
    return {name: pd.concat(frames) for name, frames in found.items()}


def test_a_post_puts_its_account_at_the_show() -> None:
    attended = _rows(("post1", "Post", "Great week at #IMTS!", "erp:9"))["Attended"]

    (one,) = attended.itertuples(index=False)
    assert (one.from_id, one.from_type, one.to_id) == ("erp:9", "Account", "IMTS 2024")
    assert (one.polarity, one.text_id, one.file_id) == ("asserted", "post1", "f1")


def test_a_show_that_is_skipped_keeps_its_polarity() -> None:
    found = _rows(("n1", "Note", "Tilden Ratchet is skipping IMTS", None))

    assert found["Attended"][["from_id", "polarity"]].to_numpy().tolist() == [["crm:1", "negated"]]
    assert found["TradeShow"][["id", "series", "year"]].to_numpy().tolist() == [
        ["IMTS 2024", "IMTS", 2024]
    ]


def test_a_customers_customer_that_no_file_has_becomes_an_account_of_the_texts() -> None:
    found = _rows(("n1", "Note", "Tilden Ratchet supplies Vanterra Hydraulics", "crm:1"))

    assert found["Account"][["id", "name", "system"]].to_numpy().tolist() == [
        ["text:vanterra hydraulic", "Vanterra Hydraulics", "text"]
    ]
    assert found["Supplies"][["from_id", "to_id"]].to_numpy().tolist() == [
        ["crm:1", "text:vanterra hydraulic"]
    ]


def test_a_company_that_is_only_mentioned_gets_no_account() -> None:
    found = _rows(("n1", "Note", "Saw an ad of Vanterra Hydraulics", "crm:1"))

    assert found["Account"].empty
    assert found["Value"]["name"].tolist() == ["Vanterra Hydraulics"]


def test_a_project_and_its_customer_use_the_method() -> None:
    found = _rows(("pr1", "Project", "Evaluating cryogenic machining", "crm:1"))

    assert sorted(found["UsesMethod"][["from_id", "from_type"]].to_numpy().tolist()) == [
        ["crm:1", "Account"],
        ["pr1", "Project"],
    ]


def test_what_is_said_of_how_a_company_is_doing_is_stored_as_it_is_meant() -> None:
    found = _rows(
        ("n1", "Note", "Tilden Ratchet is slow to pay. They might add a second shift.", None),
        ("n2", "Note", "Tilden Ratchet never pays late", None),
        ("n3", "Note", "Vanterra Hydraulics is past due", None),
    )

    said = found["HasSignal"].sort_values(["text_id", "to_id"])
    assert said[["from_id", "to_id", "text_id", "polarity"]].to_numpy().tolist() == [
        ["crm:1", "EXPANDING", "n1", "hedged"],
        ["crm:1", "SLOW_PAY", "n1", "asserted"],
        ["crm:1", "PAYS_ON_TIME", "n2", "asserted"],
        ["crm:1", "SLOW_PAY", "n2", "negated"],
    ]
    text = "Tilden Ratchet is slow to pay. They might add a second shift."
    pay = said[(said["text_id"] == "n1") & (said["to_id"] == "SLOW_PAY")].iloc[0]
    assert text[pay["start"] : pay["end"]] == "slow to pay"
    assert set(said["to_id"]) == set(found["Signal"]["id"])


def test_a_mention_says_of_whom_it_is_said_and_how() -> None:
    found = _rows(("n1", "Note", "Tilden Ratchet wants net 60, was net 30. 4140, 250 pcs", None))

    said = found["Mentions"].set_index("canonical")
    assert said.loc["4140 steel", ["account", "says"]].tolist() == ["crm:1", "USES_MATERIAL"]
    assert said.loc["250 ea", ["account", "says"]].tolist() == ["crm:1", "ORDERS"]
    assert said.loc["net 60", "polarity"] == "hedged"
    assert said.loc["net 30", "polarity"] == "negated"
    assert said.loc["Tilden Ratchet", ["account", "says"]].isna().all()


def test_a_material_that_a_text_names_leads_to_its_family() -> None:
    found = _rows(("n1", "Note", "Tilden Ratchet wants 17-4 from now on", None))

    materials = found["Material"].set_index("id")["family"]
    (named,) = found["Mentions"].query("entity == 'MATERIAL'").itertuples(index=False)
    assert (named.to_type, named.to_id) == ("Material", "17-4 PH stainless")
    assert materials[named.to_id] == "stainless steel"
    assert materials["stainless steel"] == "steel"
    assert pd.isna(materials["steel"])


def test_who_wrote_the_note_talked_to_the_contact() -> None:
    found = _rows(("n1", "Note", "Lunch with Una Kerrigan (Tilden Ratchet)", None))

    assert found["TalkedTo"][["from_id", "to_id"]].to_numpy().tolist() == [["Mo Jansen", "p1"]]


def test_mails_pages_and_notes_share_a_topic() -> None:
    found = _rows(
        ("m1", "Campaign", "Five tips on trepanning", None),
        ("/blog/trepanning-101", "Page", "Trepanning 101 /blog/trepanning-101", None),
        ("m2", "Campaign", "Holiday hours", None),
        ("n1", "Note", "Tilden Ratchet asked about trepanning", None),
        ("n2", "Note", "Tilden Ratchet has no interest in trepanning", None),
    )

    about = found["HasTopic"]
    assert set(about["to_id"]) == {"trepanning"}
    assert sorted(about["from_id"]) == ["/blog/trepanning-101", "m1", "n1"]


def test_every_mention_leads_to_a_node_and_into_its_text() -> None:
    text = "Una Kerrigan of Tilden Ratchet: 250 pcs 4140, net 30, at IMTS"
    found = _rows(("n1", "Note", text, None))
    mentions = found["Mentions"]

    assert set(mentions["entity"]) >= {"PERSON", "COMPANY", "QUANTITY", "MATERIAL", "TRADE_SHOW"}
    for one in mentions.itertuples():
        assert 0 <= one.start < one.end <= len(text)
        assert one.sentence == text
        nodes = found.get(one.to_type)
        assert one.to_type in {"Account", "Person"} or one.to_id in set(nodes["id"])


def test_nothing_to_read_gives_nothing() -> None:
    assert all(frame.empty for frame in _rows().values())


def test_without_spacy_the_enricher_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = plugins.ENRICHERS["texts"]
    assert reader.unavailable() == ""
    assert plugins.ENRICHERS["topics"].unavailable() == ""

    monkeypatch.setattr(model, "spacy_is_installed", lambda: False)

    assert reader.unavailable() == 'spaCy is not installed: pip install "graphkit-crm[nlp]"'


def test_the_version_names_model_and_lexicons() -> None:
    assert "en_core_web" in plugins.ENRICHERS["texts"].version()
    assert plugins.ENRICHERS["topics"].version() == plugins.ENRICHERS["topics"].version()
