import pytest
import spacy

from nlp.components import companies, names, sentences
from nlp.components.document import reading
from tests.nlp.conftest import Reader

assert companies
assert sentences


def _linked(text: str, *known: tuple[str, str]) -> list[tuple[str, str | None]]:
    nlp = spacy.blank("en")
    nlp.add_pipe("graphkit_sentences")
    nlp.add_pipe("graphkit_companies", config={"known": [list(one) for one in known]})
    return [
        (text[one.start : one.end], one.node)
        for one in reading(nlp(text)).mentions
        if one.label == "COMPANY"
    ]


def test_several_spellings_are_one_company(read: Reader) -> None:
    assert read("Brass Lantern Works called; Brasslantern is fine").nodes("COMPANY") == ["c5", "c5"]


def test_the_legal_form_belongs_to_the_name(read: Reader) -> None:
    assert read("Tilden Ratchet, Inc. called").surfaces("COMPANY") == ["Tilden Ratchet, Inc"]


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("Granite Peak Gear is late", "c3"),
        ("granite harbor gear is late", "c4"),
        ("Grannite Peak Gear is late", "c3"),
        ("Osprey Cylnder is late", "c2"),
        ("Granite Gear is late", None),
        ("Granite Pike Gear Systems is late", None),
    ],
)
def test_companies_that_share_a_word_are_not_confused(
    read: Reader, text: str, node: str | None
) -> None:
    assert [one for one in read(text).nodes("COMPANY") if one] == ([node] if node else [])


def test_the_full_name_wins_over_a_shorter_one() -> None:
    text = "Bolt Gear Systems and Bolt"

    assert _linked(text, ("a", "Bolt"), ("b", "Bolt Gear Systems")) == [
        ("Bolt Gear Systems", "b"),
        ("Bolt", "a"),
    ]


def test_the_first_word_alone_means_the_one_company_that_has_it() -> None:
    known = (("a", "Tilden Ratchet"), ("b", "Osprey Cylinder"))

    assert _linked("Tilden wants more", *known) == [("Tilden", "a")]


def test_a_first_word_that_two_companies_share_is_not_guessed() -> None:
    known = (("a", "Harrow Pins"), ("b", "Harrow Press"))

    assert _linked("Harrow wants more", *known) == []


def test_a_shared_first_word_means_the_company_already_named() -> None:
    known = (("a", "Harrow Pins"), ("b", "Harrow Press"))

    assert _linked("Harrow Pins called. Harrow wants more", *known) == [
        ("Harrow Pins", "a"),
        ("Harrow", "a"),
    ]


def test_a_name_of_two_companies_means_the_one_the_text_is_filed_under() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("graphkit_companies", config={"known": [["a", "Twin Mfg"], ["b", "Twin Mfg Inc"]]})

    assert [one.node for one in reading(nlp("Twin Mfg called")).mentions] == [None]


def test_an_unknown_company_is_found_and_stays_unlinked(read: Reader) -> None:
    found = read("Visited Northmoor Hydraulics GmbH today")

    assert found.nodes("COMPANY") == [None]
    assert found.found("COMPANY") == ["Northmoor Hydraulics"]


def test_a_company_named_like_a_material_is_a_company(read: Reader) -> None:
    found = read("Brass Lantern Works wants 303 sleeves, no brass")

    assert found.surfaces("COMPANY") == ["Brass Lantern Works"]
    assert found.found("MATERIAL") == ["303 stainless", "brass"]


def test_an_ordinary_word_is_no_company(read: Reader) -> None:
    assert read("Use the standard bore").nodes("COMPANY") == []
    assert read("Standard called about it").nodes("COMPANY") == ["c6"]


def test_names_end_before_possessives_and_begin_after_openers() -> None:
    text = "Called Bolt Gear's plant. I met Ann. ASAP"

    found = [text[a:b] for a, b in names.names_in(text, 0, len(text))]

    assert found == ["Bolt Gear", "Ann"]


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Acme: 250 pcs 17-4, bore +/-.0005, wants it by EOM", ["Acme"]),
        ("Kestrane - pays late", ["Kestrane"]),
        ("Route today\nAcme: 40 pcs\nStatus: open", ["Acme"]),
        ("Ashford returned 25 sleeves", ["Ashford"]),
        ("Linda returned 25 sleeves", []),
        ("Update: 40 pcs", []),
        ("Linda: 40 pcs", []),
    ],
)
def test_a_name_that_stands_before_a_note_is_a_company(
    read: Reader, text: str, company: list[str]
) -> None:
    assert read(text).found("COMPANY") == company


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("They make struts for Collins and Garmin", ["Collins Aerospace", "Garmin"]),
        ("Barlow Winch PO 4471 is in", ["Barlow Winch"]),
        ("Rita Copper, purchasing, called", []),
        ("RFQ PEEK & Ultem rings", []),
        ("FAI AS9102 required", []),
        ("Golf w/ Jim Haas (Meridian Packaging)", ["Meridian Packaging"]),
    ],
)
def test_a_name_on_no_list_is_known_by_its_look(
    read: Reader, text: str, company: list[str]
) -> None:
    assert read(text).found("COMPANY") == company


def test_a_company_before_a_note_has_what_follows(read: Reader) -> None:
    found = read("Acme: 250 pcs 17-4, bore +/-.0005, wants it by EOM")

    assert found.said("ORDERS") == [("Acme", "250 ea", "asserted")]
    assert found.said("REQUIRES_TOLERANCE") == [("Acme", "\u00b10.0005 in", "asserted")]
