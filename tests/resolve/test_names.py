import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.resolve.matching import Likeness, Matcher, Rarity
from graphkit.resolve.names import names_of, site_of, stem_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CORLISS OPTICS LLC", "Corliss Optics, L.L.C."),
        ("The Corliss Optics Company", "Corliss Optics Co."),
        ("Müller Drehteile GmbH & Co. KG", "MUELLER DREHTEILE".replace("UE", "U")),
        ("O'Hara Int'l", "OHARA INTERNATIONAL"),
        ("J. K. Tool", "JK Tool"),
        ("Smith & Sons", "Smith and Sons"),
        ("Corliss Optics (inactive)", "Corliss Optics"),
        ("Two Harbors Mfg", "2 Harbors Manufacturing"),
        ("Øster A/S", "Oster AS"),
    ],
)
def test_legal_forms_accents_and_punctuation_do_not_make_another_name(one: str, other: str) -> None:
    assert names_of(one)[0].words == names_of(other)[0].words


def test_a_name_that_is_nothing_but_a_legal_form_stays() -> None:
    assert names_of("Limited")[0].words == ("limited",)


@given(st.text(max_size=60))
def test_any_text_can_be_a_name(text: str) -> None:
    for name in names_of(text):
        assert name.words
        assert all(position < len(name.words) for position in name.cut)


@given(st.text(max_size=40))
def test_any_text_can_be_a_domain(text: str) -> None:
    assert "/" not in site_of(text)
    stem_of(site_of(text))


@pytest.fixture
def likeness() -> Matcher:
    names = ("Corliss Optics", "Corliss Pumps", "Dunmarrow Actuation", "Birchgate Actuation")
    more = ("Eskwater Activation", "Fennimore Activation", "Corliss Tool & Die")
    return Matcher(Rarity(name for one in (*names, *more) for name in names_of(one)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Corliss Optics", "CORLISS OPTICS INC", Likeness.SAME),
        ("Corliss Optics", "Corlisss Optics", Likeness.TYPO),
        ("Corliss Optics", "Crliss Optics", Likeness.TYPO),
        ("Corliss Optics", "Corliss Opt.", Likeness.ABBREVIATED),
        ("Corliss Hydraulics", "Corliss Hydrlcs", Likeness.ABBREVIATED),
        ("Corliss Optics", "Corliss Optics Group", Likeness.ABBREVIATED),
        ("Corliss", "Corliss Optics", Likeness.PART),
        ("Corliss Optics", "Corliss Pumps", Likeness.DIFFERENT),
        ("Dunmarrow Actuation", "Dunmarrow Activation", Likeness.DIFFERENT),
        ("Bolt Optics", "Belt Optics", Likeness.DIFFERENT),
        ("Corliss Plant 1", "Corliss Plant 2", Likeness.DIFFERENT),
    ],
)
def test_names_are_alike_in_the_way_a_reader_says(
    likeness: Matcher, one: str, other: str, expected: Likeness
) -> None:
    (first,), (second,) = names_of(one), names_of(other)

    found = likeness.match(first, second)

    assert found.likeness is expected
    assert likeness.match(second, first) == found


def test_a_rare_word_says_more_than_a_common_one(likeness: Matcher) -> None:
    rare, common = names_of("Eskwater")[0], names_of("Precision")[0]

    assert likeness.match(rare, rare).weight > likeness.match(common, common).weight + 0.5
