"""A cluster is told by its name and a few members, in sentences with one full stop."""

from graphkit.analyses.clustering.traits import Trait
from graphkit.analyses.clustering.words import advice, listed, sentence, statement


def trait(type_, name):
    return Trait(
        cluster=0,
        type=type_,
        aspect=type_,
        name=name,
        inside=6,
        known_inside=8,
        outside=2,
        known_outside=40,
        odds=9.0,
        q=0.01,
        having=(),
        lacking=(),
        sources=(),
    )


def test_two_clusters_of_one_size_are_told_apart_by_their_names_and_members():
    told = statement("Valves", 8, [trait("industry", "Valves")], ["Acme", "Bolt", "Crane", "Dyn"])
    assert told.startswith("Valves: 8 customers, such as Acme, Bolt and Crane, belong together. ")
    assert "Dyn" not in told


def test_advice_says_what_to_do_in_plain_words():
    said = advice(None, [trait("end customer", "Atlas Inc."), trait("method", "honing")])
    assert "6 of them supply Atlas Inc.: if it slows, they slow." in said
    assert "Talk to all of them about honing: 6 of 8 already work on it." in said


def test_a_name_that_ends_in_a_full_stop_gets_no_second_one():
    assert sentence("Write to Acme Inc.") == "Write to Acme Inc."
    assert advice(None, [trait("opened", "Acme Inc.")]) == "Write to them about Acme Inc."


def test_names_with_commas_are_told_apart():
    assert listed(["A, Inc.", "B, LLC", "C"]) == "A, Inc.; B, LLC and C"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(["A"]) == "A"
