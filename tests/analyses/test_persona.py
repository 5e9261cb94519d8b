"""The persona of a cluster: medians and shares over its members, and where they come from."""

import pytest

from graphkit.analyses.persona import cluster_called, personas
from graphkit.errors import UnknownNameError
from graphkit.findings import Evidence, Finding, Level, Ref
from graphkit.schema import Attended, TradeShow
from graphkit.store import open_store
from tests.graph_rows import put
from tests.shop import END, Customer, Shop

MEMBERS = {"a": 10, "b": 20, "c": 30, "d": 40, "e": 5000}
OTHERS = [f"other {number}" for number in range(5)]


def cluster(members=tuple(MEMBERS)):
    return Finding(
        kind="customer-cluster",
        level=Level.ALERT,
        subject=Ref("Cluster", "cl-1", "Wire EDM"),
        statement="Wire EDM: 5 customers belong together.",
        as_of=END,
        evidence=(Evidence("members", len(members)),),
        details={
            "members": [{"id": one, "name": one, "strength": 0.9} for one in members],
            "between": ["other 0"],
            "traits": [
                {
                    "told": "lean to Wire EDM",
                    "inside": 4,
                    "known_inside": 5,
                    "outside": 0,
                    "known_outside": 5,
                    "odds": 33.0,
                }
            ],
        },
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The persona of five members, one of them far larger than the others."""
    with open_store(tmp_path_factory.mktemp("persona") / "graph.duckdb") as store:
        shop = Shop(store).fill(
            [
                *(Customer(one, [2] * 24, late=15, pieces=size) for one, size in MEMBERS.items()),
                *(Customer(one, [5] * 24, late=0, pieces=7) for one in OTHERS),
            ]
        )
        put(store, TradeShow, id=["IMTS", "MDM"], series=["IMTS", "MDM"], year=[2026, 2026])
        went = [("a", "IMTS"), ("b", "IMTS"), ("c", "IMTS"), ("other 0", "IMTS"), ("d", "MDM")]
        put(
            store,
            Attended,
            from_id=[f"erp:{one}" for one, _ in went],
            from_type=["Account"] * len(went),
            to_id=[show for _, show in went],
            on=[END] * len(went),
            polarity=["asserted"] * len(went),
        )
        yield personas(shop.snapshot(), [cluster()])[0]


def said(page, key):
    return next(one for one in page.sections if one.key == key).sentences


def test_every_member_counts_once_so_that_the_largest_is_not_the_persona(page):
    year, change, lot = said(page, "orders")

    assert "a member orders 24 times (90 % interval 24 to 24) for 72,000 USD" in year.text
    assert change.text.startswith("0 of 5 members ordered less often")
    assert lot.text == "A usual lot of a member is 30 pieces (90 % interval 10 to 5,000)."
    assert len(year.sources) == 5 * 24
    assert len(lot.sources) == 5 * 48


def test_the_usual_delay_is_that_of_the_members_and_not_of_the_shop(page):
    delay, owed = said(page, "pays")

    days = int(delay.text.split(" paid by ")[1].split()[0])
    assert days == pytest.approx(15, abs=2)
    assert owed.text.startswith("Together they owe ")


def test_shares_have_intervals_and_the_others_beside_them(page):
    assert [one.text for one in said(page, "shows")] == [
        "3 of 5 were at IMTS (60 %, 90 % interval 27 to 86 %), against 1 of 5 others."
    ]  # where only one member was is not typical
    assert len(said(page, "shows")[0].sources) == 3
    trait = said(page, "traits")[1]
    assert trait.text.startswith("4 of 5 lean to Wire EDM (80 %, 90 % interval ")
    assert trait.finding is not None


def test_every_sentence_of_a_persona_cites_something_or_says_unknown(page):
    every = [one for section in page.sections for one in section.sentences]

    assert all(one.sources or one.finding or one.basis or one.unknown for one in every)
    assert said(page, "supplies")[0].unknown
    assert [one.text for one in said(page, "members")] == [
        "Members, the surest first: a, b, c, d and e.",
        "Between this and another cluster: other 0.",
    ]


def test_a_cluster_is_found_by_its_name_its_id_or_a_member():
    found = [cluster()]

    assert {cluster_called(found, name, "").subject.id for name in ("wire edm", "cl-1")} == {"cl-1"}
    assert cluster_called(found, "whatever", "a") is found[0]
    with pytest.raises(UnknownNameError, match="Did you mean 'Wire EDM'"):
        cluster_called(found, "Wire ED", "")
