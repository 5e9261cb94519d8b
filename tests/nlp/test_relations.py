import pytest

from tests.nlp.conftest import Reader

T = "Tilden Ratchet"
OSPREY = "Osprey Cylinder"


@pytest.mark.parametrize(
    "text",
    [
        "Tilden Ratchet supplies Vanterra",
        "Tilden Ratchet makes brackets for Vanterra",
        "Tilden Ratchet just won a three year contract with Vanterra",
        "Tilden Ratchet won the Vanterra program",
        "Tilden Ratchet is tier 1 to Vanterra",
        "Vanterra is now Tilden Ratchet's biggest customer",
        "Tilden Ratchet's biggest account is Vanterra",
        "Vanterra buys its housings from Tilden Ratchet",
        "Vanterra awarded the housing to Tilden Ratchet",
        "Tilden Ratchet says Vanterra is the end user",
        "Tilden Ratchet: end customer is Vanterra",
        "Tilden Ratchet quoted. Their end user is Vanterra",
    ],
)
def test_a_customers_customer_is_found_however_it_is_said(read: Reader, text: str) -> None:
    assert (T, "Vanterra", "asserted") in read(text).said("SUPPLIES")


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Tilden Ratchet no longer supplies Vanterra", "negated"),
        ("Tilden Ratchet lost the Vanterra business", "negated"),
        ("Tilden Ratchet might win a contract with Vanterra", "hedged"),
        ("Tilden Ratchet is bidding on a program with Vanterra", "hedged"),
        ("Asked if Tilden Ratchet supplies Vanterra", "asked"),
        ("If Tilden Ratchet wins the Vanterra job they will need help", "conditional"),
    ],
)
def test_supply_that_is_denied_or_doubted_is_kept_as_such(
    read: Reader, text: str, polarity: str
) -> None:
    assert read(text).said("SUPPLIES") == [(T, "Vanterra", polarity)]


@pytest.mark.parametrize(
    "text",
    [
        "We won a contract with Tilden Ratchet",
        "Dropped off parts for Tilden Ratchet",
        "Quote for Tilden Ratchet",
        "Tilden Ratchet and Vanterra were both there",
        "Tilden Ratchet works for us",
    ],
)
def test_our_own_work_is_no_supply_of_a_customer(read: Reader, text: str) -> None:
    assert read(text).said("SUPPLIES") == []


def test_who_posts_supplies_whom_it_thanks(read: Reader) -> None:
    found = read("Proud to support Vanterra and Kolb Rail!", kind="post", account="c1")

    assert found.said("SUPPLIES") == [
        ("ACCOUNT", "Vanterra", "asserted"),
        ("ACCOUNT", "Kolb Rail", "asserted"),
    ]


def test_a_project_is_for_its_end_customer(read: Reader) -> None:
    found = read("Evaluating wire EDM for Vanterra", kind="project", account="c1")

    assert found.said("SUPPLIES") == [("ACCOUNT", "Vanterra", "asserted")]


def test_a_post_without_an_account_supplies_nobody(read: Reader) -> None:
    assert read("Proud to support Vanterra!", kind="post").said("SUPPLIES") == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Met Una Kerrigan of Tilden Ratchet at IMTS", {T, "Una Kerrigan"}),
        ("IMTS: Tilden Ratchet and Osprey Cylinder stopped by", {T, OSPREY}),
        ("Tilden Ratchet told me Osprey Cylinder will be at IMTS", {OSPREY}),
        ("IMTS was good. Tilden Ratchet asked about wire EDM.", {T}),
        ("Tilden Ratchet called. They are going to IMTS.", {T}),
        ("Need Tilden Ratchet's samples before IMTS", set()),
        ("Our IMTS booth is booked", set()),
    ],
)
def test_who_was_at_the_show(read: Reader, text: str, who: set[str]) -> None:
    assert {head for head, _, _ in read(text, date="2024-09-20").said("ATTENDED")} == who


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("Heading to IMTS, come see us!", "post", [("ACCOUNT", "asserted")]),
        ("Going to IMTS? Come see us!", "post", [("ACCOUNT", "asserted")]),
        ("Sadly we will not be at IMTS", "post", [("ACCOUNT", "negated")]),
        (
            "Great to see Osprey Cylinder at IMTS",
            "post",
            [(OSPREY, "asserted"), ("ACCOUNT", "asserted")],
        ),
        ("They are skipping IMTS", "note", [("ACCOUNT", "negated")]),
        ("We are all set for IMTS", "note", []),
    ],
)
def test_the_account_is_the_implied_subject(
    read: Reader, text: str, kind: str, said: list[tuple[str, str]]
) -> None:
    found = read(text, kind=kind, date="2024-08-20", account="c1").said("ATTENDED")

    assert [(head, polarity) for head, _, polarity in found] == said


def test_one_who_did_not_show_up_was_not_there(read: Reader) -> None:
    found = read("Busy week at IMTS, Osprey Cylinder never showed", date="2024-09-20")

    assert found.said("ATTENDED") == [(OSPREY, "IMTS 2024", "negated")]


@pytest.mark.parametrize(
    ("text", "label", "polarity"),
    [
        ("Tilden Ratchet is evaluating cryogenic machining", "USES_METHOD", "asserted"),
        ("Tilden Ratchet wants to try cryogenic machining", "USES_METHOD", "asserted"),
        ("Tilden Ratchet gave up on cryogenic machining", "USES_METHOD", "negated"),
        ("Tilden Ratchet might try cryogenic machining", "USES_METHOD", "hedged"),
        ("Tilden Ratchet asked about cryogenic machining", "INTERESTED_IN", "asserted"),
    ],
)
def test_using_a_method_and_asking_about_it_differ(
    read: Reader, text: str, label: str, polarity: str
) -> None:
    assert read(text).said(label) == [(T, "cryogenic machining", polarity)]


def test_a_heading_company_owns_what_follows_until_the_next(read: Reader) -> None:
    found = read("Tilden Ratchet: 250 pcs 17-4, net 45. ±.001 bore. Osprey Cylinder: 7075-T6.")

    assert found.said("USES_MATERIAL") == [
        (T, "17-4 PH stainless", "asserted"),
        (OSPREY, "Al 7075-T6", "asserted"),
    ]
    assert found.said("REQUIRES_TOLERANCE") == [(T, "±0.001 in", "asserted")]
    assert found.said("HAS_TERMS") == [(T, "net 45", "asserted")]


def test_our_own_machine_is_ours(read: Reader) -> None:
    assert read("Tilden Ratchet saw our Hermle run").said("RUNS_MACHINE") == [
        ("US", "Hermle", "asserted")
    ]


def test_evidence_lies_in_the_text(read: Reader) -> None:
    found = read("Hi. Tilden Ratchet supplies Vanterra. Bye.")
    (one,) = [item for item in found.reading.relations if item.label == "SUPPLIES"]

    assert found.text[one.start : one.end] == "Tilden Ratchet supplies Vanterra"


@pytest.mark.parametrize(
    ("text", "methods"),
    [
        ("Tilden Ratchet is evaluating plasma-assisted turning", ["plasma-assisted turning"]),
        ("Tilden Ratchet wants to try vacuum die casting next", ["vacuum die casting"]),
        ("Tilden Ratchet uses 5-axis milling", []),
        ("Tilden Ratchet is evaluating us for turning", []),
        ("Tilden Ratchet is testing robotic deburring", ["robotic deburring"]),
    ],
)
def test_a_new_method_is_known_by_being_tried(read: Reader, text: str, methods: list[str]) -> None:
    assert read(text).found("METHOD") == methods
