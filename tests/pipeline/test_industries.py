"""Suggested and confirmed industries, on a real store."""

import datetime as dt

import pytest

from graphkit.batch import Batch
from graphkit.pipeline.derive import derive, resolve_all
from graphkit.pipeline.industries import confirm, standings
from graphkit.schema import Account, Company, Industry, Is, Mentions, Note, Order, Supplies
from graphkit.store import open_store

DAY = dt.date(2025, 3, 4)


def accounts(**named):
    """Accounts of a CRM: name and industry by native id."""
    return {
        "id": [f"crm:{one}" for one in named],
        "system": ["crm"] * len(named),
        "native_id": list(named),
        "name": [name for name, _ in named.values()],
        "industry": [industry for _, industry in named.values()],
    }


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "graph.duckdb") as opened:
        yield opened


def load(store, rows, *more):
    with store.next_run("load") as run:
        store.write(Batch.of(Account, rows), run=run)
        for entity, columns in more:
            store.write(Batch.of(entity, columns), run=run)
        resolve_all(store, run=run)


def standing(store, name):
    return next(one for one in standings(store) if one.name == name)


def company(store, account):
    return store.read(Is, where=("from_id", [account]))["to_id"].item()


def industries(store):
    rows = store.read(Company, ["name", "industry"])
    return dict(zip(rows["name"], rows["industry"].fillna(""), strict=True))


def test_a_vague_industry_makes_no_node_and_is_suggested_better_from_the_name(store):
    load(
        store,
        accounts(
            a=("Salt Fork Marine", "Manufacturing"),
            b=("Tambridge Valve", "Unknown"),
            c=("Heron Boats", "Ship Building"),
        ),
    )

    found = standing(store, "Salt Fork Marine")

    assert store.read(Industry)["id"].tolist() == ["Ship Building"]
    assert (found.industry, found.said) == ("", ("Manufacturing",))
    best = found.suggestions[0]
    assert best.evidence == ("its name has 'marine'",)
    assert 0.3 < best.sure < 0.8


def test_what_a_companys_texts_mention_speaks_for_it_and_denied_mentions_do_not(store):
    texts = {
        "id": ["n1", "n2", "n3"],
        "account": ["crm:a"] * 3,
        "written_on": [DAY] * 3,
        "text": ["They make rail cars.", "Busy with rail.", "Not in nuclear at all."],
    }
    mentions = {
        "from_id": ["n1", "n2", "n3"],
        "from_type": ["Note"] * 3,
        "to_id": ["rail", "rail", "nuclear"],
        "to_type": ["Industry"] * 3,
        "on": [DAY] * 3,
        "start": [10, 10, 7],
        "end": [14, 14, 14],
        "entity": ["INDUSTRY"] * 3,
        "canonical": ["rail", "rail", "nuclear"],
        "sentence": texts["text"],
        "polarity": ["asserted", "asserted", "negated"],
        "confidence": [0.9] * 3,
        "component": ["lexicon@1"] * 3,
    }
    load(
        store,
        accounts(a=("Tambridge", None), b=("Oakhollow", "Railway")),
        (Note, texts),
        (Mentions, mentions),
    )

    (found,) = standing(store, "Tambridge").suggestions

    assert found.industry == "Railway"  # as the shop calls it
    assert found.evidence == ("2 texts about it mention rail",)


def test_whom_it_supplies_and_whom_it_is_called_like_speak_for_its_industry(store):
    supplies = {
        "from_id": ["crm:x"],
        "to_id": ["crm:y"],
        "on": [DAY],
        "polarity": ["asserted"],
        "text_id": [""],
        "confidence": [1.0],
    }
    load(
        store,
        accounts(
            x=("Tambridge Couplers", None),
            y=("Great Western", "Rail"),
            p=("Oakhollow Couplers", "Rail"),
            q=("Quarry Couplers", "Rail"),
            r=("Gorse Couplers", "Rail"),
        ),
        (Supplies, supplies),
    )

    best = standing(store, "Tambridge Couplers").suggestions[0]

    assert best.industry == "Rail"
    assert set(best.evidence) >= {
        "it supplies Great Western, in Rail",
        "3 of 3 others with 'couplers' in their names are in it",
    }


def test_evidence_that_proves_wrong_in_this_shop_counts_less(store):
    load(store, accounts(a=("Salt Fork Marine", None)))
    before = standing(store, "Salt Fork Marine").suggestions[0].sure
    wrong = {f"w{i}": (f"Harbor{i} Marine{'s' * (i % 2)}", "Food Processing") for i in range(40)}

    load(store, accounts(a=("Salt Fork Marine", None), **wrong))

    found = {one.industry: one.sure for one in standing(store, "Salt Fork Marine").suggestions}
    assert found["Marine"] < before * 0.6


def test_what_a_person_confirms_wins_over_exports_reloads_and_rebuilds(store):
    rows = accounts(a=("Tambridge Valve", "Unknown"), b=("Oakhollow", "Oil & Gas"))
    load(store, rows)
    with store.next_run("industry") as run:
        confirm(store, company(store, "crm:a"), "oil and gas", who="kim", run=run)
        resolve_all(store, run=run)
    assert industries(store)["Tambridge Valve"] == "Oil & Gas"  # spelt as the shop does

    load(store, rows | {"industry": ["Food Processing", "Oil & Gas"]})
    with store.next_run("rebuild") as run:
        derive(store, run=run)

    assert industries(store) == {"Tambridge Valve": "Oil & Gas", "Oakhollow": "Oil & Gas"}
    assert store.read(Industry)["id"].tolist() == ["Oil & Gas"]


def test_the_latest_word_holds_and_a_split_keeps_it_on_both_sides(store):
    rows = accounts(a=("Tambridge Valve", None))
    rows = {key: [*values, "erp" if key == "system" else values[0]] for key, values in rows.items()}
    rows["id"] = ["crm:a", "erp:a"]
    load(store, rows)
    whole = company(store, "crm:a")
    assert whole == company(store, "erp:a")

    with store.next_run("industry") as run:
        for said in ("Marine", "Rail"):
            confirm(store, whole, said, who="kim", run=run)
        resolve_all(store, run=run)
    load(store, rows | {"name": ["Tambridge Valve", "Oakhollow Pumps"]})

    assert company(store, "crm:a") != company(store, "erp:a")
    assert set(industries(store).values()) == {"Rail"}


def test_customers_come_first(store):
    order = {"id": ["o1"], "number": ["1"], "account": ["crm:z"], "ordered_on": [DAY]}
    load(store, accounts(a=("Alder", None), z=("Zinnia", None)), (Order, order))

    assert [one.name for one in standings(store)] == ["Zinnia", "Alder"]


def test_nothing_stored_has_no_standings(store):
    assert standings(store) == []
