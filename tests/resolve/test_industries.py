"""Spellings of one industry, values that say nothing, and what names and titles speak for."""

import pytest

from graphkit.resolve.industries import (
    in_the_shops_words,
    industry_of,
    known_industries,
    named_industries,
    spellings,
)


@pytest.mark.parametrize(
    "vague",
    ["Manufacturing", "other", "UNKNOWN", "General", "N/A", "Misc.", "Industrial", "General Mfg",
     "industrial manufacturing", "Job Shop", "OEM", "-", "", "#N/A"],
)  # fmt: skip
def test_a_value_that_fits_everybody_is_no_industry(vague):
    assert industry_of(vague) == ""
    assert spellings([vague]) == {}


def test_every_spelling_of_one_industry_gets_the_name_most_often_used():
    said = [
        "Aerospace & Defense", "Aerospace & Defense", "Aerospace and Defense",
        "aerospace/defence", "Defense, Aerospace", "AEROSPACE_DEFENSE", "Aerospase & Defense",
    ]  # fmt: skip

    assert set(spellings(said).values()) == {"Aerospace & Defense"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Medical Devices", "Medical Device"),
        ("Food Processing", "Food Procesing"),
        ("Semiconductor Equipment", "Semiconductor Equip."),
        ("Agricultural Equipment", "Agriculture Equipment"),
        ("Packaging Technology", "packaging technolgy"),
    ],
)
def test_a_typing_error_does_not_name_an_industry_even_if_it_is_as_frequent(right, wrong):
    assert spellings([wrong, right, wrong, right])[wrong] == right


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Printing", "Painting"),
        ("Aerospace", "Aerospace & Defense"),
        ("Mining", "Marine"),
        ("Metals", "Medical"),
        ("Oil & Gas", "Gas Turbines"),
        ("Molding", "Welding"),
    ],
)
def test_two_industries_stay_two(one, other):
    assert len(set(spellings([one, other]).values())) == 2


@pytest.mark.parametrize(
    ("name", "domain", "industry"),
    [
        ("Keel & Anchor Marine LLC", "", "Marine"),
        ("Hollow Turbine Inc", "", "Power Generation"),
        ("KETTLE AERO", "", "Aerospace"),
        ("Ridgeback Ag Supply", "", "Agricultural Equipment"),
        ("Larch Implement Co", "", "Agricultural Equipment"),
        ("Quill Surgical", "", "Medical Devices"),
        ("Osprey Hydraulics", "", "Fluid Power"),
        ("Dover Packaging", "", "Packaging Machinery"),
        ("Tarn Foundry", "", "Foundries"),
        ("Mercer Group", "mercerrobotics.com", "Robotics & Automation"),
    ],
)
def test_words_of_a_name_or_domain_speak_for_an_industry(name, domain, industry):
    assert list(named_industries(name, domain)) == [industry]


def test_letters_within_a_word_speak_for_nothing():
    assert named_industries("Magna Cartwright", "magnacartwright.com") == {}


def test_a_suggestion_is_made_in_the_shops_own_words():
    own = ["Aerospace & Defense", "Farm Machinery", "Med Devices"]

    assert in_the_shops_words("aerospace", own) == "Aerospace & Defense"
    assert in_the_shops_words("agriculture", own) == "Farm Machinery"
    assert in_the_shops_words("Medical Equipment and Supplies Manufacturing", own) == (
        "Medical Devices"  # nothing of the shop's is near enough
    )
    assert in_the_shops_words("rail", []) == "Rail"
    assert in_the_shops_words("motor racing", []) == "Motor racing"


def test_no_title_belongs_to_two_industries():
    keys = [key for one in known_industries() for key in one.keys]

    assert len(keys) == len(set(keys))
