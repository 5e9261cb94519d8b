"""The scorer, on readings of which is known what is right, wrong and missing."""

import dataclasses
import math

import pytest

from nlp.labelled import Entity, Fact, Labelled
from nlp.scoring import Counts, scored

TEXT = "Bolt Gear is slow to pay, wants 40 pcs of 303. Acme is not at IMTS."
BOLT = Entity(0, 9, "COMPANY", "Bolt Gear")
PIECES = Entity(32, 38, "QUANTITY", "40 ea")
STEEL = Entity(42, 45, "MATERIAL", "303 stainless")
ACME = Entity(47, 51, "COMPANY", "Acme")
SHOW = Entity(62, 66, "TRADE_SHOW", "IMTS 2026")
TRUTH = Labelled(
    "t1",
    TEXT,
    (BOLT, PIECES, STEEL, ACME, SHOW),
    (
        Fact(0, "ORDERS", 1, "asserted"),
        Fact(0, "USES_MATERIAL", 2, "asserted"),
        Fact(3, "ATTENDS", 4, "negated"),
        Fact(0, "HAS_SIGNAL", "SLOW_PAY", "asserted"),
    ),
)


def with_(**changed: object) -> Labelled:
    return dataclasses.replace(TRUTH, **changed)


def counts(found: Labelled, measure: str, label: str = "all") -> Counts:
    return scored([TRUTH], [found]).of(measure, label).counts


def test_what_is_labelled_itself_is_all_right() -> None:
    scores = scored([TRUTH], [TRUTH], given=[TRUTH], customers=frozenset({"Bolt Gear"}))

    assert all(one.counts.wrong == one.counts.missed == 0 for one in scores.scores)
    assert scores.of("entities").counts.f1 == 1.0
    assert scores.of("links to the list").counts == (1, 0, 0)
    assert (scores.polarity.right, scores.polarity.wrong) == (4, 0)


def test_entities_count_by_stretch_and_label() -> None:
    other = Entity(40, 45, "MATERIAL", "303 stainless")
    found = with_(entities=(BOLT, PIECES, other, ACME._replace(label="PERSON")), facts=())

    assert counts(found, "entities") == (2, 2, 3)
    assert counts(found, "entities", "MATERIAL") == (0, 1, 1)
    assert counts(found, "entities, overlapping", "MATERIAL") == (1, 0, 0)
    assert counts(found, "pattern labels") == (1, 1, 2)


def test_one_found_stretch_is_right_for_one_labelled_one() -> None:
    truth = with_(entities=(BOLT._replace(end=4), BOLT._replace(start=5)), facts=())
    found = with_(entities=(BOLT,), facts=())

    assert scored([truth], [found]).of("entities, overlapping").counts == (1, 0, 1)


def test_a_canonical_name_counts_without_case_and_spaces() -> None:
    close = with_(entities=(STEEL._replace(canonical="303  Stainless"),), facts=())
    wrong = with_(entities=(STEEL._replace(canonical="304 stainless"),), facts=())

    assert counts(close, "entities, with canonical", "MATERIAL") == (1, 0, 0)
    assert counts(wrong, "entities, with canonical", "MATERIAL") == (0, 1, 1)


def test_facts_count_by_what_they_are_of_and_not_by_place_in_the_list() -> None:
    turned = with_(
        entities=(SHOW, ACME, STEEL, PIECES, BOLT),
        facts=(Fact(4, "ORDERS", 3, "asserted"), Fact(1, "ORDERS", 3, "asserted")),
    )

    assert counts(turned, "relations end to end") == (1, 1, 2)
    assert counts(turned, "signals end to end") == (0, 0, 1)


def test_signals_count_by_company_and_name() -> None:
    found = with_(
        facts=(
            Fact(0, "HAS_SIGNAL", "SLOW_PAY", "asserted"),
            Fact(3, "HAS_SIGNAL", "SLOW_PAY", "asserted"),
        )
    )

    assert counts(found, "signals end to end", "SLOW_PAY") == (1, 1, 0)


def test_a_denied_fact_that_is_taken_for_asserted_is_counted() -> None:
    found = with_(
        facts=(Fact(3, "ATTENDS", 4, "asserted"), Fact(0, "ORDERS", 1, "hedged")),
    )

    polarity = scored([TRUTH], [found]).polarity
    assert dataclasses.astuple(polarity) == (0, 2, 1, 1)


def test_links_count_only_companies_of_the_list() -> None:
    found = with_(entities=(BOLT._replace(canonical="Bolt Press"), ACME), facts=())
    listed = frozenset({"Bolt Gear", "Bolt Press"})

    assert scored([TRUTH], [found], customers=listed).of("links to the list").counts == (0, 1, 1)


def test_what_was_not_asked_for_is_not_scored() -> None:
    scores = scored([TRUTH], [TRUTH])

    with pytest.raises(KeyError):
        scores.of("relations, entities given")
    with pytest.raises(KeyError):
        scores.of("links to the list")


def test_the_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    half = with_(entities=(BOLT,), facts=())
    truth, found = [TRUTH] * 20, [TRUTH, half] * 10
    one, other = (scored(truth, found).of("entities") for _ in range(2))

    assert one == other
    assert one.low < one.counts.f1 < one.high


def test_nothing_labelled_and_nothing_found_is_no_figure() -> None:
    score = scored([with_(entities=(), facts=())], [with_(entities=(), facts=())]).of("entities")

    assert math.isnan(score.counts.f1)
    assert math.isnan(score.low)


def test_other_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="not the same texts"):
        scored([TRUTH], [with_(id="t2")])
