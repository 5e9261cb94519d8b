"""Every chart is one small SVG: the same twice, told in words, safe whatever it shows."""

import re

import pandas as pd
import pytest

from graphkit.drawing import Chart
from graphkit.pipeline.charting import drawer
from visualizations.vega.names import short

HOSTILE = "</svg><script>alert(1)</script>\u202e\x07"


def months(count=36, first=2023 * 12 + 6):
    table = pd.DataFrame(
        {
            "at": range(first, first + count),
            "orders": [at % 7 for at in range(count)],
            "lot": [None if at == 4 else 20.0 + at for at in range(count)],
            "age": ["early"] * (count - 24) + ["before"] * 12 + ["now"] * 12,
        }
    )
    marks = {"baseline": 3.8, "from": first, "to": first + 31, "since": first + 31}
    return Chart("orders-over-time", HOSTILE, HOSTILE, table, {"orders": "Orders"}, marks)


@pytest.fixture(scope="module")
def drawn():
    return drawer()(months())


def test_the_same_chart_is_the_same_text_and_small(drawn):
    assert drawer()(months()) == drawn
    assert len(drawn) < 30_000


def test_title_and_description_are_read_to_those_who_cannot_see(drawn):
    told = re.match(
        r'<svg [^>]*role="img"[^>]*aria-labelledby="(\S+) (\S+)">'
        r'<title id="\1">([^<]*)</title><desc id="\2">([^<]*)</desc>',
        drawn,
    )

    said = "&lt;/svg&gt;&lt;script&gt;alert(1)&lt;/script&gt;\ufffd"
    assert told.groups()[2:] == (said, said)


def test_a_hostile_text_stays_text(drawn):
    assert "<script" not in drawn
    assert drawn.count("</svg>") == 1
    assert "href" not in drawn


def test_words_are_text_in_the_readers_own_type_and_the_picture_has_no_fixed_size(drawn):
    assert "2025</text>" in drawn
    head = drawn[: drawn.index("<title")]
    assert 'width="100%"' in head
    assert "height=" not in head


def test_two_charts_on_a_page_share_no_id(drawn):
    other = drawer()(months(30))
    ids = [set(re.findall(r'id="([^"]+)"', one)) for one in (drawn, other)]
    assert ids[0]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Acme", "Acme"),
        ("A" * 300, "A" * 9 + "\u2026"),
        ("\U0001f600" * 30, "\U0001f600" * 4 + "\u2026"),
        ("\u05e9" * 30, "\u05e9" * 9 + "\u2026"),
    ],
)
def test_a_long_name_ends_in_an_ellipsis_and_between_characters(name, shown):
    assert short(name, 10) == shown
