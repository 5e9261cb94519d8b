"""Cells become a value or a reason, and nothing else."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.schema import MONEY_UNIT
from loaders.amounts import (
    COUNT,
    MONEY,
    NUMBER,
    SECONDS,
    SHARE,
    TOLERANCE,
    says_decimal_comma,
)
from loaders.cells import DOMAIN, EMAIL, FLAG, TEXT, Habits, distinct, parse
from loaders.days import DAY, TIME, day_first_votes

PARSERS = [TEXT, EMAIL, DOMAIN, FLAG, MONEY, NUMBER, COUNT, SHARE, SECONDS, TOLERANCE, DAY, TIME]
CELLISH = st.text(alphabet="0123456789.,-+/: $€£()%±JanFebuaryPM@\u00a0xmi\"'", max_size=24)


def one(parser, text, **habits):
    """The value of a cell, or "bad"."""
    parsed = parse(parser, pa.array([text]), Habits(**habits))
    return "bad" if parsed.bad[0] else parsed.values.to_pylist()[0]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=20), CELLISH), max_size=5), st.booleans(), st.booleans())
def test_any_text_gives_a_value_an_empty_cell_or_a_bad_one(texts, day_first, decimal_comma):
    cells = pa.array(texts, pa.string())
    for parser in PARSERS:
        parsed = parse(parser, cells, Habits(day_first, decimal_comma))
        plain = pa.array(parsed.values.to_pylist(), parser.kind.arrow)
        assert parsed.values.type in (plain.type, plain.dictionary_encode().type)
        assert len(parsed.values) == len(parsed.bad) == len(texts)
        assert not (parsed.bad & ~np.asarray(parsed.values.is_null())).any()


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_money_comes_back_to_the_last_ten_thousandth_however_it_is_written(units):
    value = abs(units) / MONEY_UNIT
    for text in (f"${value:,.4f}", f"{value:.4f}", f"USD {value:,.4f}"):
        written = text if units >= 0 else f"({text})"
        assert abs(one(MONEY, written) - units) <= abs(units) * 1e-15


@settings(max_examples=100, deadline=None)
@given(st.dates(min_value=dt.date(1970, 1, 1), max_value=dt.date(2060, 1, 1)))
def test_a_date_comes_back_however_it_is_written(day):
    for form in ("%Y-%m-%d", "%m/%d/%Y", "%b %d, %Y", "%d %B %Y", "%d.%m.%Y", "%Y%m%d", "%d-%b-%y"):
        if form != "%d-%b-%y" or day.year >= 1970:
            assert one(DAY, day.strftime(form)) == day
    assert one(DAY, day.strftime("%d/%m/%Y"), day_first=True) == day


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$1,234.50", 1234.50),
        ("(50.00)", -50),
        ("($1,050.00)", -1050),
        ("-$5", -5),
        ("$-5", -5),
        ("5.00-", -5),
        ("\u22125", -5),
        ("1.234,50", 1234.50),
        ("1\u00a0234,50 \u20ac", 1234.50),
        (".5", 0.5),
        ("USD 12", 12),
    ],
)
def test_money_is_read_as_people_write_it(text, value):
    assert one(MONEY, text) == value * MONEY_UNIT


@pytest.mark.parametrize(
    "text", ["$-9O.9", "(5", "--5", "-(5)", "twelve", "1,2,3", "$", "1e5", "nan"]
)
def test_what_is_no_money_is_bad(text):
    assert one(MONEY, text) == "bad"


def test_one_and_two_three_four_is_read_as_the_other_rows_of_the_file_write_it():
    assert says_decimal_comma(pa.array(["1.234", "17,5"])) > 0
    assert says_decimal_comma(pa.array(["1.234", "17.5"])) < 0
    assert one(MONEY, "1.234") == 12340
    assert one(MONEY, "1.234", decimal_comma=True) == 12340000


@pytest.mark.parametrize("text", ["", "  ", "n/a", "N/A", "-", "--", "#N/A", "\u2014", "NULL"])
def test_what_stands_for_nothing_is_empty_and_not_bad(text):
    assert [one(parser, text) for parser in PARSERS] == [None] * len(PARSERS)


@pytest.mark.parametrize(
    ("text", "millimetres"),
    [
        ("+/- .0005", 0.0127),
        ("+/-.001", 0.0254),
        ("\u00b10.0005 in", 0.0127),
        ("\u00b10.01 mm", 0.01),
        ("\u00b10,01 mm", 0.01),
        ("+.000/-.002", 0.0254),
        ("+0.002 -0.000", 0.0254),
        ("+.001/-.001", 0.0254),
        ("\u00b15 \u00b5m", 0.005),
        ("half a thou", "bad"),
        ("0", "bad"),
        ("\u00b1 0.5 thou", 0.0127),
        ('.0005"', 0.0127),
    ],
)
def test_a_tolerance_is_half_its_band_in_millimetres(text, millimetres):
    assert one(TOLERANCE, text) == millimetres


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Jun 09, 2018 09:30 pm", dt.datetime(2018, 6, 9, 21, 30)),  # noqa: DTZ001 - wall time
        ("2024-01-20T14:30:00Z", dt.datetime(2024, 1, 20, 14, 30)),  # noqa: DTZ001
        ("12/31/2024 12:05 AM", dt.datetime(2024, 12, 31, 0, 5)),  # noqa: DTZ001
        ("2024-01-20 25:00", "bad"),
    ],
)
def test_a_time_is_read_as_the_wall_clock_that_is_written(text, value):
    assert one(TIME, text) == value


@pytest.mark.parametrize("text", ["13/45/2024", "02/30/2024", "00/01/2024", "2024-13-01", "soon"])
def test_a_day_that_is_in_no_calendar_is_bad(text):
    assert one(DAY, text) == "bad"


def test_day_or_month_first_is_told_by_the_rows_that_can_only_be_one():
    cells = distinct(
        pa.array(["03/04/2024", "25/04/2024", "04/25/2024", "26/04/2024", "13/45/2024"])
    )

    assert day_first_votes(cells) == (2, 1)


def test_pieces_may_carry_their_unit_and_a_count_is_whole():
    assert [one(NUMBER, text) for text in ("1,250", "12 pcs", "5 EA", "twelve")] == [
        1250,
        12,
        5,
        "bad",
    ]
    assert [one(COUNT, text) for text in ("12", "1,200", "1.5")] == [12, 1200, "bad"]


def test_seconds_are_read_from_clocks_and_words():
    assert [one(SECONDS, text) for text in ("75", "1:15", "00:01:15", "1m 15s", "long")] == [
        75,
        75,
        75,
        75,
        "bad",
    ]


def test_a_web_domain_loses_scheme_www_path_and_case():
    texts = (
        "https://www.HollowRock.com/a?b",
        "hollowrock.com",
        "info@hollowrock.com",
        "hollowrock",
    )
    assert [one(DOMAIN, text) for text in texts] == ["hollowrock.com"] * 3 + ["bad"]
