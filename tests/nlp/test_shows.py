import datetime as dt

import pytest

from nlp.components.editions import Series, Tense, stated_year, tense_of, worked_out_year
from nlp.lexicon_files import read_lexicon
from tests.nlp.conftest import Reader

BIENNIAL = Series("Even Show", every=2, held=2024, month=9)
ANNUAL = Series("Spring Show", every=1, held=2024, month=4, moved={2025: 6})


@pytest.mark.parametrize(
    ("series", "written", "sentence", "year"),
    [
        (BIENNIAL, "2024-09-20", "Great week at the show", 2024),
        (BIENNIAL, "2024-10-20", "Met them at the show", 2024),
        (BIENNIAL, "2024-10-20", "See you at the show", 2026),
        (BIENNIAL, "2025-03-01", "We met at the show", 2024),
        (BIENNIAL, "2025-03-01", "They will exhibit at the show", 2026),
        (BIENNIAL, "2024-03-01", "heading to the show next year", 2026),
        (BIENNIAL, "2025-03-01", "the show last year was packed", 2024),
        (BIENNIAL, "2024-10-01", "See you at the show in 2026", 2026),
        (BIENNIAL, "2024-10-01", "Back at the show in 2025", 2024),
        (ANNUAL, "2024-12-30", "skipping the show", 2025),
        (ANNUAL, "2025-05-10", "can't wait for the show", 2025),
        (ANNUAL, "2025-05-10", "saw them at the show", 2024),
        (ANNUAL, "2025-05-10", "What a show, thanks to all who stopped by", 2025),
        (ANNUAL, "2025-01-02", "the show this year", 2025),
        (ANNUAL, "2024-05-10", "the show", 2024),
    ],
)
def test_the_edition_follows_from_the_date_and_the_tense(
    series: Series, written: str, sentence: str, year: int
) -> None:
    day = dt.date.fromisoformat(written)

    assert worked_out_year(series, sentence, sentence.find("the show"), day)[0] == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("IMTS 2024 was", 2024),
        ("IMTS2024", 2024),
        ("IMTS24!", 2024),
        ("IMTS '24", 2024),
        ("IMTS 26.", 2026),
        ("IMTS in 2026", 2026),
        ("IMTS (2026)", 2026),
        ("IMTS 12 people", None),
        ("IMTS 2413 booth", None),
        ("IMTS at 10:30", None),
    ],
)
def test_a_year_next_to_the_name_is_read(text: str, year: int | None) -> None:
    found = stated_year(text, 0, 4)

    assert (found[0] if found else None) == year


def test_tense_is_open_when_a_sentence_says_both_or_neither() -> None:
    assert tense_of("met them") is Tense.PAST
    assert tense_of("heading there") is Tense.FUTURE
    assert tense_of("blue") is Tense.OPEN
    assert tense_of("met them and will go") is Tense.OPEN


def test_every_show_of_the_lexicon_was_held_when_it_says() -> None:
    for table in read_lexicon("shows"):
        for name, entry in table.items():
            assert entry["every"] in {1, 2, 3, 4}, name
            assert 1 <= entry["month"] <= 12, name
            for year in entry.get("moved", {}):
                assert (int(year) - entry["held"]) % entry["every"] == 0, name


@pytest.mark.parametrize(
    ("text", "date", "show"),
    [
        ("Met at IMTS", "2024-10-01", "IMTS 2024"),
        ("thanks for visiting #PackExpo", "2025-10-02", "PACK EXPO 2025"),
        ("#FABTECH2023 was a blast", "2023-09-20", "FABTECH 2023"),
        ("See us at MDM West", "2025-01-20", "MD&M West 2025"),
        ("off to conexpo con/agg", "2023-03-01", "CONEXPO 2023"),
        ("walked EASTEC", "2025-05-20", "EASTEC 2025"),
        ("at Automate 2024", "2024-05-01", "Automate 2024"),
        ("Heading to Automate", "2025-04-20", "Automate 2025"),
        ("Great week at #Automate!", "2025-05-15", "Automate 2025"),
        ("Saw them at RAPID", "2025-04-12", "RAPID + TCT 2025"),
        ("Booth at the Lakeland Pump Expo 2025", "2025-02-01", "Lakeland Pump Expo 2025"),
    ],
)
def test_a_show_is_named_with_its_edition(read: Reader, text: str, date: str, show: str) -> None:
    assert read(text, date=date).found("TRADE_SHOW") == [show]


@pytest.mark.parametrize(
    "text",
    [
        "Automate your inspection",
        "we automate the cell",
        "rapid prototyping in a week",
        "Rapid growth at the plant",
        "they want to automate",
        "wire EDM on show pieces",
        "#automate everything",
    ],
)
def test_ordinary_words_are_no_shows(read: Reader, text: str) -> None:
    assert read(text).found("TRADE_SHOW") == []
