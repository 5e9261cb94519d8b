"""Paths grouped by the contact they lead over."""

import datetime as dt

from graphkit.analyses.paths import Hop, Path
from graphkit.findings import Ref
from graphkit.pipeline.introductions import introductions, introductions_text

GOAL = Ref("Company", "co", "Tamarack Gear, Inc.")
MARCH = dt.date(2026, 3, 1)


def path(who: str, contact: str, probability: float, over: str = "") -> Path:
    """Somebody of ours talked to a contact who works at the goal, or at a company that knows it."""
    one, other = Ref("Employee", who, who), Ref("Person", contact, contact)
    told = f"{who} (ours) talked to {contact} on {MARCH}"
    hops = [Hop(one, "TALKED_TO", other, MARCH, 0, probability, (), told)]
    for name, end in ((over, Ref("Company", over, over)),) * bool(over) + (("", GOAL),):
        del name
        start = hops[-1].end
        hops.append(Hop(start, "WORKS_AT", end, None, None, 0.9, (), f"{start.name} to {end.name}"))
    return Path(tuple(hops))


def test_the_best_path_of_each_contact_comes_first() -> None:
    paths = [
        path("Ann", "Dana", 0.5),
        path("Ann", "Dana", 0.4, over="Mill"),
        path("Ann", "Lee", 0.3),
    ]
    found = introductions(paths, 3)
    assert [one.path for one in found] == [paths[0], paths[2], paths[1]]


def test_paths_that_differ_only_in_who_of_ours_begins_are_one() -> None:
    paths = [path("Ann", "Dana", 0.5), path("Bob", "Dana", 0.4), path("Cy", "Dana", 0.3)]
    (one,) = introductions(paths, 5)
    assert "talked to Dana on 2026-03-01 (or Bob on 2026-03-01, or Cy on 2026-03-01);" in one.told
    assert one.path is paths[0]


def test_the_text_names_the_goal_once_fits_80_columns_and_points_to_the_weakest_step() -> None:
    over = "A company with quite a long name that goes on and on, Incorporated"
    found = introductions([path("Ann", "Dana", 0.2, over=over)], 1)
    text = introductions_text(found, GOAL.name)
    assert max(map(len, text.splitlines())) <= 80
    assert "weakest: step 1" in text
    assert "could carry to" not in text
