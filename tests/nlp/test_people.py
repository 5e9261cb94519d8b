import pytest

from tests.nlp.conftest import Reader


def test_a_known_contact_is_linked(read: Reader) -> None:
    assert read("Dale Whitcomb called").nodes("PERSON") == ["p1"]


def test_of_two_people_of_one_name_the_company_decides(read: Reader) -> None:
    assert read("Ruth Ames (Granite Peak Gear) called").nodes("PERSON") == ["p3"]
    assert read("Ruth Ames called", account="c2").nodes("PERSON") == ["p2"]
    assert read("Ruth Ames called").nodes("PERSON") == [None]


def test_a_first_name_means_the_contact_of_the_company(read: Reader) -> None:
    assert read("Called Dale at Tilden Ratchet").nodes("PERSON") == ["p1"]


def test_our_own_people_are_not_contacts(read: Reader) -> None:
    found = read("Mo Jansen visited Osprey Cylinder")

    assert (found.nodes("EMPLOYEE"), found.nodes("PERSON")) == (["e1"], [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Met Una Kerrigan at the plant", "Una Kerrigan"),
        ("Lunch with Piet van Osprey? no, with Una Kerrigan (Osprey Cylinder)", "Una Kerrigan"),
        ("Una @ Osprey Cylinder wants more", "Una"),
        ("Una Kerrigan, buyer at Osprey Cylinder, called", "Una Kerrigan"),
        ("thanks - Una", "Una"),
        ("Una says it will slip", "Una"),
        ("Rita Copper, purchasing at Osprey Cylinder, called", "Rita Copper"),
        ("Ship it by Friday. Jost, Osprey Cylinder", "Jost"),
        ("Tino, Osprey Cylinder: 5 at a time", "Tino"),
    ],
)
def test_a_name_treated_as_a_persons_is_one(read: Reader, text: str, name: str) -> None:
    assert name in read(text).found("PERSON")


def test_a_title_belongs_to_a_name(read: Reader) -> None:
    assert read("Met Mr. Kerrigan at the plant").surfaces("PERSON") == ["Mr. Kerrigan"]


def test_who_works_where(read: Reader) -> None:
    for text in (
        "Una Kerrigan at Osprey Cylinder called",
        "Una Kerrigan (Osprey Cylinder) called",
        "Osprey Cylinder's Una Kerrigan called",
        "Una Kerrigan just joined Osprey Cylinder",
        "Osprey Cylinder buyer Una Kerrigan called",
    ):
        assert ("Una Kerrigan", "Osprey Cylinder", "asserted") in read(text).said("WORKS_AT"), text


def test_who_left_does_not_work_there(read: Reader) -> None:
    for text in (
        "Una Kerrigan left Osprey Cylinder",
        "Una Kerrigan is no longer with Osprey Cylinder",
        "Una Kerrigan moved from Osprey Cylinder to Tilden Ratchet",
    ):
        assert ("Una Kerrigan", "Osprey Cylinder", "negated") in read(text).said("WORKS_AT"), text


def test_a_voicemail_is_no_talk(read: Reader) -> None:
    assert read("Called Dale Whitcomb, left voicemail").said("TALKED_TO") == []
    assert read("Met Dale Whitcomb for lunch").said("TALKED_TO") == [
        ("US", "Dale Whitcomb", "asserted")
    ]
    assert read("Met Dale Whitcomb", kind="post").said("TALKED_TO") == []


def test_a_post_names_people_whom_only_the_model_knows(read: Reader) -> None:
    text = "Taylor Swiftwater was fun tonight , so was Obama"

    assert "Obama" in read(text, kind="post").found("PERSON")
    assert "Obama" not in read(text).found("PERSON")


def test_a_company_of_the_list_stays_one_in_a_post(read: Reader) -> None:
    found = read("Great day with Granite Peak Gear", kind="post")

    assert (found.found("COMPANY"), found.found("PERSON")) == (["Granite Peak Gear"], [])
