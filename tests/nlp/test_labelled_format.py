"""Labelled texts as lines of JSON."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.errors import UnreadableError
from nlp.labelled import POLARITIES, Entity, Fact, Labelled, labelled_texts, written


@st.composite
def texts(draw: st.DrawFn) -> Labelled:
    text = draw(st.text(min_size=1, max_size=40))
    count = draw(st.integers(0, 4))
    entities = []
    for _ in range(count):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        entities.append(Entity(start, end, draw(st.sampled_from(["COMPANY", "MATERIAL"])), "x"))
    ends = st.sampled_from([*range(count), "US", "ACCOUNT"])
    facts = st.builds(Fact, ends, st.just("SUPPLIES"), ends, st.sampled_from(POLARITIES))
    days = st.none() | st.dates(dt.date(1990, 1, 1))
    return Labelled(
        draw(st.text(min_size=1, max_size=5)),
        text,
        tuple(entities),
        tuple(draw(st.lists(facts, max_size=3))),
        draw(st.sampled_from(["note", "post"])),
        draw(days),
        draw(st.none() | st.just("Bolt Gear")),
    )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(texts(), max_size=4))
def test_texts_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, all_of: list[Labelled]
) -> None:
    path = tmp_path_factory.mktemp("texts") / "texts.jsonl"
    path.write_text(written(all_of), "utf-8")

    assert labelled_texts(path) == all_of


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "no text in the form that is read"),
        ("[]", "no text in the form that is read"),
        ('{"id": "a"}', "text"),
        ('{"id": "a", "text": 3}', "its text is no text"),
        ('{"id": "a", "text": "Bolt", "entities": [[0, 9, "COMPANY", "Bolt"]]}', "characters 0 to"),
        (
            '{"id": "a", "text": "Bolt", "entities": [[0, 4, "COMPANY"]]}',
            "no text in the form that is read",
        ),
        ('{"id": "a", "text": "x", "relations": [[0, "ORDERS", 1, "asserted"]]}', "not there: 0"),
        (
            '{"id": "a", "text": "x", "relations": [["US", "SUPPLIES", "US", "perhaps"]]}',
            "'perhaps' is none of",
        ),
        ('{"id": "a", "text": "x", "date": "yesterday"}', "no text in the form that is read"),
    ],
)
def test_a_line_that_is_no_labelled_text_is_refused_with_its_number(
    tmp_path: Path, line: str, why: str
) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(f'{{"id": "ok", "text": "fine"}}\n\n{line}\n', "utf-8")

    with pytest.raises(UnreadableError, match=why) as refused:
        labelled_texts(path)
    assert "line 3" in str(refused.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_bytes(b"\xff\xfe\x00\x01")

    with pytest.raises(UnreadableError, match="no UTF-8 text"):
        labelled_texts(path)
    with pytest.raises(UnreadableError, match="cannot be read"):
        labelled_texts(tmp_path / "none.jsonl")
