from nlp.components.phrases import PhraseTable, words


def _found(table: PhraseTable[str], text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[one.start : one.end], one.values) for one in table.find(text, words(text))]


def test_hyphens_spaces_and_capitals_do_not_matter() -> None:
    table: PhraseTable[str] = PhraseTable()
    table.add("5-axis milling", "5-axis")

    for written in ("5-axis milling", "5 Axis Milling", "5AXIS milling", "5-AXIS-MILLING"):
        assert _found(table, f"the {written} cell") == [(written, ("5-axis",))]


def test_the_longest_phrase_wins_and_a_word_is_not_cut() -> None:
    table: PhraseTable[str] = PhraseTable()
    table.add("wire", "wire")
    table.add("wire EDM", "wire EDM")

    assert _found(table, "wire EDM and wires") == [("wire EDM", ("wire EDM",))]


def test_the_stop_of_an_abbreviation_does_not_part_a_name() -> None:
    table: PhraseTable[str] = PhraseTable()
    table.add("St Louis Gear", "c")

    assert _found(table, "met St. Louis Gear") == [("St. Louis Gear", ("c",))]
    assert _found(table, "at the St. Louis gear plant")[0][1] == ("c",)


def test_a_sentence_end_parts_a_name() -> None:
    table: PhraseTable[str] = PhraseTable()
    table.add("hydraulics north", "c")

    assert _found(table, "sells hydraulics. North of here") == []


def test_two_things_of_one_name_are_both_given() -> None:
    table: PhraseTable[str] = PhraseTable()
    table.add("Acme", "a")
    table.add("ACME", "b")
    table.add("...", "nothing")

    assert _found(table, "acme") == [("acme", ("a", "b"))]
