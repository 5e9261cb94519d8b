from pathlib import Path

import pytest
import spacy

from graphkit.errors import UnreadableError
from nlp.components import lexicon
from nlp.components.document import reading
from nlp.lexicon_files import LEXICONS, lexicon_version, read_lexicon

assert lexicon


def _read(text: str, folder: str | None = None) -> list[tuple[str, str]]:
    nlp = spacy.blank("en")
    nlp.add_pipe("graphkit_lexicon", config={"folder": folder})
    return [(one.label, one.canonical) for one in reading(nlp(text)).mentions]


@pytest.mark.parametrize(
    ("text", "label", "canonical"),
    [
        ("five axis work", "PROCESS", "5-axis milling"),
        ("on the 5axis", "PROCESS", "5-axis milling"),
        ("gun-drilled? no, gundrill", "PROCESS", "gun drilling"),
        ("174PH and", "MATERIAL", "17-4 PH stainless"),
        ("some 17-4 PH", "MATERIAL", "17-4 PH stainless"),
        ("TI-6AL-4V bar", "MATERIAL", "Ti-6Al-4V"),
        ("in 2024-T3 sheet", "MATERIAL", "Al 2024-T3"),
        ("500 ea 303 sleeves", "MATERIAL", "303 stainless"),
        ("clear alodine", "FINISH", "chromate conversion"),
        ("hardcoat black", "FINISH", "hard anodize type III"),
        ("trialling MQL", "METHOD", "minimum quantity lubrication"),
        ("a Haas VF-4", "MACHINE", "Haas VF-4"),
        ("AS9100 shop", "CERT", "AS9100"),
        ("oil & gas is soft", "INDUSTRY", "oil and gas"),
    ],
)
def test_what_people_write_is_found_under_its_canonical_name(
    text: str, label: str, canonical: str
) -> None:
    assert (label, canonical) in _read(text)


@pytest.mark.parametrize(
    "text",
    [
        "303 pcs",
        "PO 4140",
        "job #6061",
        "$316",
        "booth 1018",
        "the d2 exit",
        "303 people",
        "4140 parts",
    ],
)
def test_a_bare_number_that_counts_something_is_no_alloy(text: str) -> None:
    assert [one for one in _read(text) if one[0] == "MATERIAL"] == []


def test_a_shop_adds_words_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "processes.toml").write_text(
        'label = "PROCESS"\n[terms]\n"trepanning" = ["trepan"]\n'
    )

    assert _read("trepan the blanks", str(tmp_path)) == [("PROCESS", "trepanning")]
    assert lexicon_version(str(tmp_path)) != lexicon_version()


def test_a_broken_lexicon_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "finishes.toml").write_text("label = FINISH")

    with pytest.raises(UnreadableError, match=r"finishes\.toml.*not TOML"):
        _read("x", str(tmp_path))


def test_a_lexicon_without_a_label_is_refused(tmp_path: Path) -> None:
    (tmp_path / "finishes.toml").write_text("[terms]\n")

    with pytest.raises(UnreadableError, match="no label"):
        _read("x", str(tmp_path))


@pytest.mark.parametrize("name", LEXICONS)
def test_no_spelling_of_a_lexicon_means_two_things(name: str) -> None:
    seen: dict[str, str] = {}
    for table in read_lexicon(name):
        for canonical, spellings in table["terms"].items():
            for one in (canonical, *spellings):
                assert seen.setdefault(one.lower(), canonical) == canonical
