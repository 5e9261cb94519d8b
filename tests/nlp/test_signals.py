"""How companies are doing: which words tell it, of whom, and how they are meant."""

from pathlib import Path

import pytest

from nlp.components.document import Context
from nlp.components.pipeline import Known, build, read_all
from nlp.model import Model
from tests.nlp.conftest import Read, Reader

RULES = Model("rules", "", "")


def told(one: Read) -> set[tuple[str, str, str]]:
    names = {-1: "US", -2: "ACCOUNT"}
    return {
        (
            names.get(each.head) or one.reading.mentions[each.head].canonical,
            each.name,
            each.polarity,
        )
        for each in one.reading.signals
    }


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Tilden Ratchet is 60 days past due again", "SLOW_PAY"),
        ("Tilden Ratchet had the money to us same day we shipped", "PAYS_ON_TIME"),
        ("Tilden Ratchet postponed releases 3 thru 6", "ORDERS_DOWN"),
        ("Tilden Ratchet signed a 3 yr blanket", "ORDERS_UP"),
        ("Tilden Ratchet splits it into small lots", "LOT_SIZE_DOWN"),
        ("Tilden Ratchet: a PO every other Tuesday now, was 4 a year", "ORDER_FREQ_UP"),
        ("Tilden Ratchet took the lease next door", "EXPANDING"),
        ("Tilden Ratchet walked forty people to the gate", "LAYOFFS"),
        ("Tilden Ratchet now grinds the pins themselves, grinding in house", "INSOURCING"),
        ("Tilden Ratchet wants domestic castings, done with the Ningbo foundry", "RESHORING"),
        ("Tilden Ratchet is lining up a backup for our parts", "CHURN_RISK"),
        ("Tilden Ratchet sent 12 of the 60 back for burrs", "QUALITY_ISSUE"),
        ("Tilden Ratchet can't stop asking about wire EDM", "NEW_METHOD_INTEREST"),
        ("Tilden Ratchet came by our booth at IMTS", "BOOTH_VISIT"),
    ],
)
def test_each_signal_is_told_of_the_company_that_the_sentence_speaks_of(
    read: Reader, text: str, signal: str
) -> None:
    assert ("Tilden Ratchet", signal, "asserted") in told(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Tilden Ratchet needs an expanding mandrel, D2",
        "Scratch what I wrote of Tilden Ratchet's phone number",
        "Tilden Ratchet manifolds must be leak tight",
        "The buyer at Tilden Ratchet owes me a coffee",
        "Caught up with Tilden Ratchet over lunch",
    ],
)
def test_words_that_only_look_like_a_signal_tell_none(read: Reader, text: str) -> None:
    assert told(read(text)) == set()


@pytest.mark.parametrize(
    ("text", "signal", "polarity"),
    [
        # Said by words that deny by themselves.
        ("Everybody kept their job at Tilden Ratchet", "LAYOFFS", "negated"),
        ("Tilden Ratchet never pays late", "SLOW_PAY", "negated"),
        # Denied, or doubted, before and after, in the next sentence too.
        ("False alarm, Tilden Ratchet is not cutting jobs: no layoffs", "LAYOFFS", "negated"),
        ("Heard Tilden Ratchet was letting folks go. Not so.", "LAYOFFS", "negated"),
        ("Tilden Ratchet past due? Nope.", "SLOW_PAY", "negated"),
        ("Tilden Ratchet broke ground on a plant. Nothing official.", "EXPANDING", "hedged"),
        ("Tilden Ratchet is flirting with doing the pins themselves", "INSOURCING", "hedged"),
        ("Rumor has it that Tilden Ratchet lays off 40", "LAYOFFS", "reported"),
        # A doubt ends with its clause.
        ("Tilden Ratchet may haggle but pays like clockwork", "PAYS_ON_TIME", "asserted"),
    ],
)
def test_a_signal_is_meant_as_the_words_around_it_say(
    read: Reader, text: str, signal: str, polarity: str
) -> None:
    assert ("Tilden Ratchet", signal, polarity) in told(read(text))


def test_what_is_said_of_the_next_company_denies_nothing_of_this_one(read: Reader) -> None:
    found = told(read("Tilden Ratchet pays late. Osprey Cylinder never pays late."))

    assert ("Tilden Ratchet", "SLOW_PAY", "asserted") in found
    assert ("Osprey Cylinder", "SLOW_PAY", "negated") in found


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Tilden Ratchet cut the order from 800 pcs to 300 pcs", "ORDERS_DOWN"),
        ("Tilden Ratchet took 1,200 pcs, was 300 pcs last year", "ORDERS_UP"),
        ("Tilden Ratchet: lots of 40 pcs instead of 200 pcs", "LOT_SIZE_DOWN"),
    ],
)
def test_two_figures_tell_a_change(read: Reader, text: str, signal: str) -> None:
    assert ("Tilden Ratchet", signal, "asserted") in told(read(text))


def test_larger_lots_are_no_signal(read: Reader) -> None:
    assert told(read("Tilden Ratchet: lots of 200 pcs instead of 40 pcs")) == set()


def test_who_posts_does_not_visit_its_own_booth(read: Reader) -> None:
    post = "What a week at IMTS! Thank you to everyone who came by our booth."

    assert told(read(post, kind="post", account="c1")) == set()


def test_a_shop_adds_its_own_words_and_lists(tmp_path: Path) -> None:
    (tmp_path / "signals.toml").write_text(
        '[lists]\nabroad = ["atlantis"]\n\n[SLOW_PAY]\ncues = ["pays in {shells|beads}"]\n', "utf-8"
    )
    nlp = build(RULES, Known((("c1", "Tilden Ratchet"),), lexicons=str(tmp_path)))
    texts = ["Tilden Ratchet pays in shells", "Tilden Ratchet is back from Atlantis"]

    readings = [one for _, one in read_all(nlp, [(each, Context()) for each in texts])]

    assert [[one.name for one in each.signals] for each in readings] == [
        ["SLOW_PAY"],
        ["RESHORING"],
    ]


@pytest.mark.parametrize(
    ("text", "signals"),
    [
        ("Tilden Ratchet pays late", {"SLOW_PAY"}),
        ("Tilden Ratchet pays 30 days late", {"SLOW_PAY"}),
        ("Tilden Ratchet: hiring freeze", {"LAYOFFS"}),
        ("Tilden Ratchet forecast down 20%, Osprey Cylinder flat", {"ORDERS_DOWN"}),
    ],
)
def test_the_opposite_of_what_is_said_is_not_read_too(
    read: Reader, text: str, signals: set[str]
) -> None:
    found = {one[1] for one in told(read(text)) if one[2] == "asserted"}

    assert found == signals
