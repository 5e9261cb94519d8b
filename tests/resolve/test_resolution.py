import itertools
import random
from collections.abc import Callable

import pandas as pd
import pytest

from graphkit.errors import UnknownNameError
from graphkit.resolve import explain
from tests.resolve.conftest import Shop

New = Callable[..., Shop]
NAMES = ("Alder", "Birch", "Corliss", "Dunmar", "Eskwater", "Fennimore", "Gorse", "Hazel")


def test_every_spelling_of_a_crowd_finds_its_company_and_no_other(crowd: Shop) -> None:
    groups = crowd.groups()

    assert len(groups) == 30
    assert all(len({one.partition(":")[2].strip("~C") for one in group}) == 1 for group in groups)


def test_a_different_second_word_is_a_different_company(crowd: Shop) -> None:
    crowd.add("notes:~a", "Corliss Optical Coatings")

    assert crowd.groups() >= {frozenset({"notes:~a"})}


@pytest.mark.parametrize(
    "spelling",
    [
        "Corlisss Optics",
        "Coorliss Optics",
        "Corliss Optcs",
        "CORLISS OPTICS LLC",
        "Corliss Opt., Inc.",
        "Optics Corliss",
        "corlissoptics",
    ],
)
def test_a_slip_of_the_pen_is_the_same_company(crowd: Shop, spelling: str) -> None:
    crowd.add("crm:700", spelling)

    assert crowd.one("crm:700", "erp:C12", "web:~12")


def test_a_first_word_misspelt_in_all_its_names_is_no_second_family(crowd: Shop) -> None:
    crowd.add("crm:1", "Eskwaterr Optics").add("crm:2", "Eskwaterr Pumps")

    assert crowd.one("crm:1", "erp:C22")
    assert crowd.one("crm:2", "erp:C23")
    assert not crowd.one("crm:1", "crm:2")


def test_a_cut_off_name_is_the_company_that_the_system_has_not_yet(crowd: Shop) -> None:
    del crowd.rows["books:~13"]
    crowd.add("books:~cut", "Corliss Pu.")
    crowd.add("books:~even", "Fennimore.")

    assert crowd.one("books:~cut", "erp:C13")
    assert frozenset({"books:~even"}) in crowd.groups()  # the books have all five of them


def test_a_cut_off_name_that_fits_two_companies_waits_for_a_person(crowd: Shop) -> None:
    del crowd.rows["books:~13"], crowd.rows["books:~12"]
    crowd.add("books:~cut", "Corliss., Inc.")

    found = crowd.resolved()

    assert frozenset({"books:~cut"}) in crowd.groups()
    assert "books:~cut" in {*found.review["first"], *found.review["second"]}


def test_a_short_name_is_the_only_company_that_it_fits(shop: New) -> None:
    made = shop(("erp", "TAMBRIDGE VALVE WORKS INC"), ("erp", "OAKHOLLOW PUMPS LLC"))
    made.add("notes:~t", "Tambridge")

    assert made.one("erp:0", "notes:~t")


def test_two_ids_in_one_system_stay_two_companies_unless_they_share_a_contact(shop: New) -> None:
    made = shop().add("erp:1", "Tambridge Valve Inc").add("erp:2", "TAMBRIDGE VALVE")
    assert not made.one("erp:1", "erp:2")

    made.add("erp:1", "Tambridge Valve Inc", phone="(414) 555-0100")
    made.add("erp:2", "TAMBRIDGE VALVE", phone="414.555.0100 x12")
    assert made.one("erp:1", "erp:2")


def test_a_list_that_has_companies_twice_says_little_by_two_ids(shop: New) -> None:
    made = shop()
    streets = ("Harrow", "Quill", "Larch", "Mercer", "Dover", "Osprey", "Fallow", "Tarn")
    for i, (first, street) in enumerate(zip(NAMES, streets, strict=True)):
        made.add(f"crm:{i}a", f"{first} Optics", address=f"{i + 1} N. {street} St, Suite 2")
        made.add(f"crm:{i}b", f"{first.upper()} OPTICS LLC", address=f"{i + 1} {street} Street")
    made.add("crm:8", "Tambridge Valve Inc").add("crm:9", "TAMBRIDGE VALVE")
    for i in range(8):
        made.add(f"erp:{i}", f"Weldon{i} Pumps", phone=f"414-555-01{i:02}")
    made.add("erp:8", "Oakhollow Gear Inc").add("erp:9", "OAKHOLLOW GEAR")

    assert made.one("crm:0a", "crm:0b")
    assert made.one("crm:8", "crm:9")
    assert not made.one("erp:8", "erp:9")  # the ERP has nobody twice


def test_sites_of_one_name_at_different_streets_and_telephones_keep_apart_by_their_ids(
    shop: New,
) -> None:
    made = shop().add("crm:1", "Tambridge Valve", phone="414-555-0100", address="1 Harrow St")
    made.add("crm:2", "Tambridge Valve", phone="262-555-0177", address="88 Quill Rd")

    assert not made.one("crm:1", "crm:2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 N Harrow St", "12 North Harrow Street, Suite 400"),
        ("12-16 Harrow Avenue", "12 Harrow Ave. 2nd floor"),
        ("9 W. North Ave", "9 West North Avenue"),
        ("P.O. Box 771", "PO BOX 771, Erie"),
        ("40 St. Clair Rd", "40 St Clair Road Unit B"),
    ],
)
def test_one_street_address_is_recognised_however_it_is_written(
    shop: New, one: str, other: str
) -> None:
    made = shop().add("erp:1", "Tambridge Vlv", address=one, phone="414-555-0100 ext. 4")
    made.add("crm:1", "Oakhollow Tambridge Valve", address=other, phone="+1 (414) 555-0100")
    joined = made.resolved().joined

    found = explain(made.accounts(), joined, made.decisions(), "erp:1", "crm:1")

    assert {one.name for one in found.pair.signals if one.weight > 1} >= {"address", "phone"}


def test_a_third_account_does_not_chain_two_ids_together(shop: New) -> None:
    made = shop().add("erp:1", "Tambridge Valve Inc").add("erp:2", "TAMBRIDGE VALVE LLC")
    made.add("crm:9", "Tambridge Valve", domain="tambridgevalve.com")

    assert not made.one("erp:1", "erp:2")


def test_accounts_without_a_name_are_found_by_domain_and_handle(shop: New) -> None:
    made = shop(("erp", "TAMBRIDGE VALVE INC")).add("web:~1", domain="www.tambridge-valve.co.uk")
    made.add("social:~1", handle="TambridgeValve")
    made.add("crm:5", "TV Holdings", domain="tvgroup.com").add("mail:~1", domain="tvgroup.com")

    assert made.groups() == {
        frozenset({"erp:0", "web:~1", "social:~1"}),
        frozenset({"crm:5", "mail:~1"}),
    }


def test_a_mail_provider_joins_nobody(shop: New) -> None:
    made = shop().add("crm:1", "Tambridge Valve", email="pat@gmail.com")
    made.add("erp:1", "Oakhollow Pumps", email="sam@gmail.com")

    assert not made.one("crm:1", "erp:1")


def test_a_telephone_that_many_names_share_says_little(shop: New) -> None:
    made = shop()
    for i, first in enumerate(("Alder", "Birch", "Corliss", "Dunmar", "Eskwater", "Fennimore")):
        made.add(f"crm:{i}", f"{first} Optics", phone="414-555-0100")

    assert len(made.groups()) == 6


def test_parent_and_subsidiary_are_linked_and_not_merged(shop: New) -> None:
    made = shop().add("crm:1", "Tambridge Group Holdings", domain="tambridge.com")
    made.add("crm:2", "Tambridge Valve", domain="tambridge.com")
    made.add(
        "crm:2", "Tambridge Valve", domain="tambridge.com", parent_name="Tambridge Group Holdings"
    )

    companies = made.resolved().companies.set_index("id")

    assert made.company("crm:1") != made.company("crm:2")
    assert companies.loc[made.company("crm:2"), "parent"] == made.company("crm:1")


def test_a_subsidiary_stays_one_whatever_it_shares_with_its_parent(shop: New) -> None:
    same = {"domain": "kestrelcoil.com", "phone": "414-555-0100", "address": "1 Harrow St"}
    made = shop().add("crm:1", "Kestrel-coil", **same)
    made.add("crm:2", "Kestrel-coil Europe", parent_name="Kestrel-coil", **same)
    made.add("erp:7", "KESTREL-COIL INC", phone="414-555-0100").add("erp:8", "KESTREL-COIL EUROPE")

    companies = made.resolved().companies.set_index("id")

    assert made.groups() == {frozenset({"crm:1", "erp:7"}), frozenset({"crm:2", "erp:8"})}
    assert companies.loc[made.company("crm:2"), "parent"] == made.company("crm:1")
    assert pd.isna(companies.loc[made.company("crm:1"), "parent"])


def test_an_id_names_the_parent_even_of_one_that_has_the_same_name(shop: New) -> None:
    made = shop().add("crm:1", "Tambridge Valve", phone="414-555-0100", address="1 Harrow St")
    made.add("crm:2", "Tambridge Valve", phone="414-555-0100", address="1 Harrow St", parent_id="1")
    made.add("crm:3", "Oakhollow Pumps", parent_id="1").add("crm:4", "Gorse Gear", parent_id="9")

    companies = made.resolved().companies.set_index("id")

    assert companies.loc[made.company("crm:2"), "parent"] == made.company("crm:1")
    assert companies.loc[made.company("crm:3"), "parent"] == made.company("crm:1")
    assert pd.isna(companies.loc[made.company("crm:4"), "parent"])  # nobody has that id


def test_a_row_that_names_itself_as_its_group_has_none(shop: New) -> None:
    made = shop().add("crm:1", "Tambridge Valve", parent_id="1", parent_name="Tambridge Valve Inc")

    assert made.resolved().companies["parent"].isna().all()


def test_a_company_has_its_fullest_readable_name_and_all_its_spellings(shop: New) -> None:
    made = shop().add("erp:1", "TAMBRIDGE VALVE INC").add("books:~1", "Tambridge Val., Inc.")
    made.add(
        "crm:1",
        "Tambridge Valve, Inc.",
        domain="tambridgevalve.com",
        city="Erie",
        industry="Oil & Gas",
    )
    made.add("notes:~1", "Tambridgge Valve")

    row = made.resolved(customers=["erp:1"]).companies.iloc[0]

    assert row["name"] == "Tambridge Valve, Inc."
    assert sorted(row["aliases"]) == sorted(
        ["TAMBRIDGE VALVE INC", "Tambridge Val., Inc.", "Tambridge Valve, Inc.", "Tambridgge Valve"]
    )
    assert (row["domain"], row["city"], row["industry"]) == (
        "tambridgevalve.com",
        "Erie",
        "Oil & Gas",
    )
    assert row["is_customer"]


def test_a_name_that_exists_only_in_upper_case_is_made_readable(shop: New) -> None:
    found = shop(("erp", "TAMBRIDGE VALVE LLC")).resolved().companies

    assert found["name"].tolist() == ["Tambridge Valve LLC"]
    assert [list(one) for one in found["aliases"]] == [["TAMBRIDGE VALVE LLC"]]


@pytest.mark.parametrize("blank", ["Unknown", "other", "N/A", "-", " ", "Not specified"])
def test_a_vague_industry_is_no_industry(shop: New, blank: str) -> None:
    made = shop().add("crm:1", "Tambridge Valve", industry=blank)
    made.add("crm:2", "Oakhollow Pumps", industry="medical devices")
    made.add("crm:3", "Eskwater Optics", industry="Medical Devices")
    made.add("crm:4", "Corliss Optics", industry="Medical Devices")

    found = made.resolved()

    assert found.companies["industry"].dropna().tolist() == ["Medical Devices"] * 3
    assert found.industries["id"].tolist() == ["Medical Devices"]


def test_the_order_of_rows_changes_nothing(crowd: Shop) -> None:
    before = crowd.resolved()
    crowd.last = None
    rows = list(crowd.rows.items())
    random.Random(3).shuffle(rows)  # noqa: S311 - an order, no secret
    crowd.rows = dict(rows)

    after = crowd.resolved()

    pd.testing.assert_frame_equal(before.companies, after.companies)
    pd.testing.assert_frame_equal(before.joined, after.joined)
    pd.testing.assert_frame_equal(before.review, after.review)


def test_resolving_again_changes_nothing(crowd: Shop) -> None:
    first = crowd.resolved()
    again = crowd.resolved()

    pd.testing.assert_frame_equal(first.companies, again.companies)
    pd.testing.assert_frame_equal(first.joined, again.joined)
    assert again.redirects == {}


def test_a_company_keeps_its_id_when_an_earlier_account_comes(shop: New) -> None:
    made = shop(("erp", "TAMBRIDGE VALVE INC"))
    made.resolved()
    before = made.company("erp:0")
    made.add("books:~1", "Tambridge Valve, Inc.")  # sorts before the account that gave the id

    made.resolved()

    assert {made.company("erp:0"), made.company("books:~1")} == {before}


def test_a_merge_keeps_the_elders_id_and_redirects_the_other(shop: New) -> None:
    made = shop(("erp", "Oakhollow Pumps"), ("books", "Tambridge Valve"))
    made.add("erp:0", "Oakhollow Pumps")
    made.resolved()
    old, young = made.company("books:1"), made.company("erp:0")
    accounts = made.accounts()
    accounts["run"] = [2 if one == "erp:0" else 1 for one in accounts["id"]]
    made.accounts = lambda: accounts  # type: ignore[method-assign]

    found = made.decide("merge", "erp:0", "books:1").resolved()

    assert made.company("erp:0") == made.company("books:1") == old
    assert found.redirects == {young: old}


def test_a_split_leaves_the_id_with_the_larger_part(shop: New) -> None:
    made = shop(
        ("erp", "TAMBRIDGE VALVE"), ("books", "Tambridge Valve"), ("crm", "Tambridge Valve")
    )
    made.resolved()
    before = made.company("erp:0")

    made.decide("split", "erp:0", "books:1").decide("split", "erp:0", "crm:2").resolved()

    assert made.company("books:1") == made.company("crm:2") == before
    assert made.company("erp:0") != before


def test_decisions_win_over_scores_and_outlive_reloads(shop: New) -> None:
    made = shop(
        ("erp", "Tambridge Valve"), ("crm", "Oakhollow Pumps"), ("books", "Tambridge Valve")
    )
    made.decide("merge", "erp:0", "crm:1").decide("never", "erp:0", "books:2")

    for _ in range(2):
        assert made.groups() == {frozenset({"erp:0", "crm:1"}), frozenset({"books:2"})}


def test_the_later_of_two_contradicting_decisions_holds(shop: New) -> None:
    made = shop(
        ("erp", "Tambridge Valve"), ("crm", "Oakhollow Pumps"), ("books", "Eskwater Optics")
    )
    made.decide("merge", "erp:0", "crm:1").decide("merge", "crm:1", "books:2")
    assert made.one("erp:0", "books:2")

    made.decide("split", "erp:0", "books:2")
    assert made.groups() == {frozenset({"erp:0"}), frozenset({"crm:1", "books:2"})}


def test_what_was_merged_can_be_taken_apart_without_loss(crowd: Shop) -> None:
    before = crowd.groups()
    crowd.decide("merge", "erp:C00", "erp:C01")
    assert len(crowd.groups()) == len(before) - 1

    crowd.decided.clear()

    assert crowd.groups() == before


def test_every_account_has_one_company_and_says_why(crowd: Shop) -> None:
    found = crowd.resolved()

    assert sorted(found.joined["from_id"]) == sorted(crowd.rows)
    assert set(found.joined["to_id"]) == set(found.companies["id"])
    assert found.joined["score"].between(0, 1).all()
    assert (found.joined["reason"].str.len() > 0).all()


def test_nothing_resolves_to_nothing(shop: New) -> None:
    found = shop().resolved()

    assert found.companies.empty
    assert found.joined.empty
    assert found.review.empty


def test_why_names_each_signal_and_they_add_up(crowd: Shop) -> None:
    joined = crowd.resolved().joined

    found = explain(crowd.accounts(), joined, crowd.decisions(), "erp:C12", "books:~12")

    assert found.together
    assert {one.name for one in found.pair.signals} >= {"name", "legal form"}
    assert sum(one.weight for one in found.pair.signals) == pytest.approx(found.pair.log_odds)
    assert "one company" in found.verdict


def test_why_shows_the_chain_between_two_accounts_that_say_nothing_of_each_other(shop: New) -> None:
    made = shop().add("crm:1", "TV Holdings", domain="tambridge.com")
    made.add("mail:~1", domain="tambridge.com").add("erp:1", "Tambridge")
    joined = made.resolved().joined
    assert made.one("crm:1", "mail:~1", "erp:1") or not made.one("crm:1", "erp:1")

    found = explain(made.accounts(), joined, made.decisions(), "mail:~1", "crm:1")

    assert [(one.first, one.second) for one in found.chain] == [("mail:~1", "crm:1")]


def test_why_tells_of_a_decision(shop: New) -> None:
    made = shop(("erp", "Tambridge Valve"), ("books", "Tambridge Valve"))
    made.decide("never", "erp:0", "books:1")
    joined = made.resolved().joined

    found = explain(made.accounts(), joined, made.decisions(), "erp:0", made.company("books:1"))

    assert not found.together
    assert found.decision is not None
    assert "kim" in found.verdict


def test_why_of_nobody_names_the_nearest(crowd: Shop) -> None:
    joined = crowd.resolved().joined

    with pytest.raises(UnknownNameError, match="erp:C"):
        explain(crowd.accounts(), joined, crowd.decisions(), "erp:C0l", "erp:C02")


def test_review_pairs_are_two_companies_and_fall_in_score(crowd: Shop) -> None:
    crowd.add("crm:1", "Corliss Optics Castings").add("crm:2", "Birchgate Machine Optics")

    found = crowd.resolved()

    scores = found.review["score"].tolist()
    assert scores == sorted(scores, reverse=True)
    pairs = zip(found.review["first"], found.review["second"], strict=True)
    assert all(crowd.company(a) != crowd.company(b) for a, b in pairs)


def why(made: Shop, first: str, second: str) -> str:
    joined = made.resolved().joined
    return explain(made.accounts(), joined, made.decisions(), first, second).verdict


def test_why_names_the_accounts_that_keep_two_alike_ones_apart(shop: New) -> None:
    made = shop().add("erp:1", "Tambridge Valve Inc").add("erp:2", "TAMBRIDGE VALVE LLC")
    made.add("crm:9", "Tambridge Valve", domain="tambridgevalve.com")
    far = next(one for one in ("erp:1", "erp:2") if not made.one(one, "crm:9"))

    said = why(made, far, "crm:9")

    assert "look like one company" in said
    assert "are not: erp has two ids" in said
    assert "Decide with merge or never" in said


def test_why_names_the_decision_that_joined_others(shop: New) -> None:
    made = shop(
        ("erp", "Tambridge Valve"), ("crm", "Oakhollow Pumps"), ("books", "Oakhollow Pumps")
    )
    made.decide("merge", "erp:0", "crm:1")

    assert why(made, "erp:0", "books:2") == (
        "'Tambridge Valve' and 'Oakhollow Pumps' are one company, since 'Tambridge Valve' and "
        "'Oakhollow Pumps' are merged: kim decided so on 2025-01-01."
    )


def test_why_names_the_group_of_a_subsidiary(shop: New) -> None:
    made = shop().add("crm:1", "Kestrel-coil", domain="kestrelcoil.com")
    made.add("crm:2", "Kestrel-coil Europe", domain="kestrelcoil.com", parent_id="1")
    joined = made.resolved().joined

    found = explain(made.accounts(), joined, made.decisions(), "crm:1", "crm:2")

    assert "one is the group of the other: linked, not merged" in {
        one.said for one in found.pair.signals
    }
    assert "under 1% that they are one" in found.verdict


def test_a_pair_that_is_never_one_is_not_asked_about_again(shop: New) -> None:
    made = shop().add("erp:1", "Tambridge Valve").add("erp:2", "Tambridge Valve")
    assert len(made.resolved().review) == 1

    assert made.decide("never", "erp:1", "erp:2").resolved().review.empty


def test_confusable_trades_never_mix(shop: New) -> None:
    made = shop()
    trades = (
        "Instruments",
        "Implements",
        "Controls",
        "Control Systems",
        "Tool",
        "Tool & Die",
        "Optics",
    )
    for i, trade in enumerate(trades):
        made.add(f"erp:{i}", f"HOLLOWAY CREEK {trade} LLC".upper())
        made.add(f"books:~{i}", f"Holloway Creek {trade}, LLC")

    groups = made.groups()

    assert len(groups) == len(trades)
    for i, j in itertools.combinations(range(len(trades)), 2):
        assert not any({f"erp:{i}", f"books:~{j}"} <= group for group in groups)
