"""What customers lean to, in shops of known truth."""

import numpy as np
import pytest

from graphkit.analyses.leaning.mix import KINDS, TIGHTER
from graphkit.analyses.leanings import leanings
from graphkit.errors import UnknownNameError
from graphkit.findings import Level
from tests.analyses.traded import MONTHS, lines_by_month, traded

__all__ = ["traded"]

LATE = MONTHS - 10
PROCESSES = ("Milling", "Turning", "Wire EDM")
FAMILIES = {"17-4": "stainless", "316L": "stainless", "stainless": "steel", "steel": None}


def lines_of(name, months=MONTHS, *, seed=1, rate=6, process=None, void=False, **columns):
    """Lines of a customer: what each month has of each column is drawn from what a function says.

    A function takes the month and a generator, and gives the value of one line.
    """
    chance = np.random.default_rng(seed)
    told = {"process": process or (lambda _, draw: draw.choice(PROCESSES[:2]))} | columns

    def drawn(month):
        return {key: of(month, chance) for key, of in told.items()} | {"void": void}

    return lines_by_month(name, months, lambda: chance.poisson(rate), drawn)


def background(count=15, **columns):
    return [
        line for at in range(count) for line in lines_of(f"Steady {at}", seed=100 + at, **columns)
    ]


LEANINGS = tuple(KINDS.values())


def found(snap, kinds=LEANINGS, level=Level.ALERT, **options):
    told = leanings(snap, permutations=1999, **options)
    return {
        (one.subject.name, one.object.name if one.object else None): one
        for one in told
        if one.kind in kinds and one.level is level
    }


def moves_to_edm(month, chance):
    return "Wire EDM" if month >= LATE and chance.random() < 0.6 else chance.choice(PROCESSES[:2])


def test_who_moves_to_a_process_is_the_only_alert(traded):
    alerts = found(traded([*background(), *lines_of("Badger", process=moves_to_edm)]))

    assert min(alerts, key=lambda one: alerts[one].p) == ("Badger", "Wire EDM")
    assert len(alerts) <= 2  # one in ten of the alerts is expected to be false
    one = alerts["Badger", "Wire EDM"]
    assert one.effect.low <= one.effect.value <= one.effect.high
    assert one.effect.value == pytest.approx(60, abs=15)
    assert one.p <= one.q <= 0.10
    assert one.kind == "process-shift"
    assert one.statement.startswith("Badger leans to Wire EDM: ")
    assert "where it was 0% before" in one.statement
    assert '(:Process {id: "Wire EDM"})' in one.cypher
    before, now = one.evidence
    assert before.value == 0
    assert now.value == pytest.approx(one.effect.value / 100, abs=1e-3)
    assert len(before.sources) + len(now.sources) == one.n


def test_what_everybody_orders_more_of_is_nobodys_leaning(traded):
    rows = [*background(process=moves_to_edm), *lines_of("Badger", process=moves_to_edm)]

    assert not [what for what in found(traded(rows)) if what[1] == "Wire EDM"]


def test_a_material_is_told_by_its_widest_kind_and_no_finish_is_an_answer(traded):
    usual = {"material": lambda *_: "PEEK", "finish": lambda *_: None}
    alone = {
        "material": lambda month, draw: (
            str(draw.choice(["17-4", "316L"])) if month >= LATE else "PEEK"
        ),
        "finish": lambda month, _: "Zinc" if month >= LATE else None,
    }
    alerts = found(traded([*background(**usual), *lines_of("Badger", **alone)], families=FAMILIES))

    kinds = {value: one.kind for (name, value), one in alerts.items() if name == "Badger"}
    assert kinds == {"steel": "material-shift", "Zinc": "finish-shift"}
    assert "KIND_OF" in alerts["Badger", "steel"].cypher


def test_tolerances_that_halve_are_told_and_those_that_hardly_move_are_not(traded):
    def scattered(size):
        return lambda month, draw: size(month) * float(np.exp(draw.normal(0, 0.3)))

    rows = [
        *background(tolerance=scattered(lambda _: 0.1)),
        *lines_of("Badger", tolerance=scattered(lambda month: 0.03 if month >= LATE else 0.1)),
        *lines_of("Cedar", tolerance=scattered(lambda month: 0.08 if month >= LATE else 0.1)),
    ]
    alerts = found(traded(rows), (TIGHTER,))

    assert list(alerts) == [("Badger", None)]
    one = alerts["Badger", None]
    assert one.effect.low <= 0.3 <= one.effect.high
    assert one.statement.startswith(
        "Badger asks for tighter tolerances: \u00b10.03 mm (\u00b10.001 in) on average"
    )


def test_lines_tighter_than_the_shop_holds_are_counted_where_it_says_what_it_holds(traded):
    def halved(month, draw):
        return (0.03 if month >= LATE else 0.1) * float(np.exp(draw.normal(0, 0.3)))

    rows = [
        *background(tolerance=lambda _, draw: 0.1 * float(np.exp(draw.normal(0, 0.3)))),
        *lines_of("Badger", tolerance=halved, process=lambda *_: "Milling"),
    ]
    snap = traded(rows)
    unsaid = found(snap, (TIGHTER,))["Badger", None]
    told = found(snap, (TIGHTER,), capability={"milling": 0.03})["Badger", None]

    tighter, judged = told.evidence[2:]
    recent = [one for one in rows if one["company"] == "Badger"][-int(judged.value) :]
    assert tighter.value == sum(one["tolerance"] < 0.03 for one in recent)
    assert len(tighter.sources) == tighter.value > 0
    of = f"; of {judged.value} lines since in processes with a stated capability, "
    assert f"{of}{tighter.value} tighter than we hold." in told.statement
    assert "another machine" in told.advice
    assert len(unsaid.evidence) == 2
    assert "than we hold" not in unsaid.statement
    with pytest.raises(UnknownNameError, match=r"\[capability\].*'Miling'.*Milling"):
        found(snap, (TIGHTER,), capability={"Miling": 0.03})


def test_lines_without_a_process_are_left_out(traded):
    def seldom_said(month, draw):
        return "Milling" if month >= LATE and draw.random() < 0.3 else None

    assert found(traded([*background(), *lines_of("Badger", process=seldom_said)])) == {}


def test_in_a_shop_where_nothing_happens_hardly_anything_is_told(traded):
    snap = traded(background(60))

    assert found(snap) == {}
    assert len(found(snap, level=Level.WATCH)) <= 0.1 * 60


def test_of_who_ordered_little_it_is_said_when_there_will_be_enough(traded):
    few = lines_of("Few", months=6, rate=1)
    snap = traded([*background(), *few])
    told = found(snap, ("process-shift",), Level.CANNOT_TELL)["Few", None]

    assert found(snap, ("finish-shift",), Level.CANNOT_TELL) == {}  # no line names a finish
    assert told.n == len(few)
    assert "enough by " in told.statement
    assert len(told.evidence[0].sources) == len(few)


def test_what_was_cancelled_counts_for_nobody(traded):
    rows = [*background(), *lines_of("Badger", process=moves_to_edm, void=True)]

    assert found(traded(rows)) == {}
