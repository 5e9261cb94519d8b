import pytest

from nlp.components.assertion import phrase_pattern, strongest
from tests.nlp.conftest import Reader


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Tilden Ratchet is going to IMTS", "asserted"),
        ("Tilden Ratchet is skipping IMTS", "negated"),
        ("Tilden Ratchet will not be at IMTS", "negated"),
        ("Tilden Ratchet wont be at IMTS", "negated"),
        ("Tilden Ratchet isn't going to IMTS", "negated"),
        ("Tilden Ratchet passed on IMTS this time", "negated"),
        ("Tilden Ratchet pulled out of IMTS", "negated"),
        ("Tilden Ratchet didn't make it to IMTS", "negated"),
        ("Nobody from Tilden Ratchet is at IMTS", "negated"),
        ("Tilden Ratchet: IMTS is off the table", "negated"),
        ("Tilden Ratchet might go to IMTS", "hedged"),
        ("Tilden Ratchet might skip IMTS", "hedged"),
        ("Tilden Ratchet is thinking about IMTS", "hedged"),
        ("Not sure if Tilden Ratchet goes to IMTS", "hedged"),
        ("Tilden Ratchet at IMTS? TBD", "asked"),
        ("Asked whether Tilden Ratchet goes to IMTS", "asked"),
        ("Will Tilden Ratchet be at IMTS?", "asked"),
        ("If Tilden Ratchet goes to IMTS we meet there", "conditional"),
        ("Rumor has it Tilden Ratchet will be at IMTS", "reported"),
        ("Tilden Ratchet used to exhibit at IMTS", "past"),
        ("Tilden Ratchet can't wait for IMTS", "asserted"),
        ("Tilden Ratchet wouldn't miss IMTS", "asserted"),
        ("Tilden Ratchet not only goes to IMTS, they sponsor it", "asserted"),
        ("They don't pay late, Tilden Ratchet exhibits at IMTS", "asserted"),
    ],
)
def test_a_show_is_meant_as_it_is_said(read: Reader, text: str, polarity: str) -> None:
    (show,) = [one for one in read(text).reading.mentions if one.label == "TRADE_SHOW"]

    assert show.polarity == polarity


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        (
            "Tilden Ratchet skips IMTS but goes to FABTECH",
            {"IMTS 2024": "negated", "FABTECH 2025": "asserted"},
        ),
        (
            "Tilden Ratchet skips IMTS, FABTECH and EASTEC",
            {"IMTS 2024": "negated", "FABTECH 2025": "negated", "EASTEC 2025": "negated"},
        ),
        (
            "Tilden Ratchet skips IMTS and Osprey Cylinder is at FABTECH",
            {"IMTS 2024": "negated", "FABTECH 2025": "asserted"},
        ),
    ],
)
def test_a_cue_speaks_of_its_clause_and_of_a_whole_list(
    read: Reader, text: str, shows: dict[str, str]
) -> None:
    found = read(text).reading.mentions
    said = {one.canonical.split(" 20")[0]: one.polarity for one in found}

    for show, polarity in shows.items():
        assert said[show.split(" 20")[0]] == polarity


def test_no_material_is_a_negated_material(read: Reader) -> None:
    found = read("303 sleeves, no brass").reading.mentions

    assert [(one.canonical, one.polarity) for one in found] == [
        ("303 stainless", "asserted"),
        ("brass", "negated"),
    ]


def test_the_longest_cue_counts() -> None:
    assert phrase_pattern(["not", "not sure"]).findall("not sure, not me") == ["not sure", "not"]
    assert strongest(["asserted", "hedged", "negated"]) == "negated"
    assert strongest([]) == "asserted"


def test_without_phrases_nothing_is_found() -> None:
    assert phrase_pattern([]).search("anything at all") is None


def test_a_material_to_a_hardness_is_not_replaced(read: Reader) -> None:
    found = read("Tilden Ratchet needs shafts in 4140 HT to 28-32 Rockwell C")

    assert found.said("USES_MATERIAL") == [("Tilden Ratchet", "4140 steel", "asserted")]
