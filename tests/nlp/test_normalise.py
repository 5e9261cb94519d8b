import pytest

from nlp.components.normalise import normalise


@pytest.mark.parametrize(
    ("stored", "clean"),
    [
        ("bore <.500 and OD >.750", "bore <.500 and OD >.750"),
        ("<p>Net&nbsp;30</p>", "\nNet 30\n"),
        ("Smith &amp; Sons", "Smith & Sons"),
        ("won\u2019t \u201cquote\u201d", 'won\'t "quote"'),
        ("17\u20114\u00a0PH", "17-4 PH"),
        ("a\x00b\x07c", "a b c"),
        ("zero\u200bwidth", "zerowidth"),
        ("<style>p {color: red}</style>hello", "hello"),
        ("above" + "-" * 40 + "below", "above below"),
        ("", ""),
    ],
)
def test_what_is_not_text_is_taken_out_and_dimensions_stay(stored: str, clean: str) -> None:
    assert normalise(stored).text == clean


def test_a_span_leads_back_to_the_text_as_stored() -> None:
    stored = "<div>Call\u200b Tilden&nbsp;Ratchet &amp; ask</div> about <b>4140</b>"
    clean = normalise(stored)

    for word in ("Tilden Ratchet", "4140", "ask"):
        at = clean.text.index(word)
        start, end = clean.span(at, at + len(word))
        assert normalise(stored[start:end]).text == word


def test_an_untouched_text_keeps_its_offsets() -> None:
    assert normalise("plain text").span(2, 5) == (2, 5)
    assert normalise("plain text").span(4, 4) == (4, 4)
