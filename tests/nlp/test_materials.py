import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphkit.batch import Batch, Source
from graphkit.errors import UnreadableError
from graphkit.pipeline.texts import read_texts
from graphkit.schema import Material, OrderLine
from graphkit.store import open_store
from graphkit.store.base import GraphStore
from nlp.lexicon_files import read_lexicon
from nlp.materials import Families

ON_THEIR_OWN = {"graphite", "magnesium", "tungsten carbide", "zinc alloy"}


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("17-4PH H1025", ["17-4 PH stainless", "stainless steel", "steel"]),
        ("17-4 PH stainless", ["stainless steel", "steel"]),
        ("S17400", ["17-4 PH stainless", "stainless steel", "steel"]),
        ("UNS S31603 bar", ["316L", "stainless steel", "steel"]),
        ("AISI 4140", ["4140 steel", "alloy steel", "steel"]),
        ("6061-T6511 Aluminum", ["Al 6061-T6", "Al 6061", "aluminum"]),
        ("7075-T651", ["Al 7075-T6", "Al 7075", "aluminum"]),
        ("Aluminum Bronze 954", ["aluminum bronze", "bronze", "copper alloy"]),
        ("titanium", []),
        ("304 Stainless", ["304 stainless", "stainless steel", "steel"]),
        ("Delrin, black", ["acetal", "plastic"]),
        ("Customer supplied", []),
        ("", []),
    ],
)
def test_a_material_is_known_however_it_is_written(written: str, kinds: list[str]) -> None:
    assert Families().of(written) == kinds


def test_every_material_that_is_looked_for_has_a_family_or_is_one() -> None:
    [table] = read_lexicon("materials")
    names = {name for part in ("terms", "exact", "numbers") for name in table[part]}
    members = {one for those in table["families"].values() for one in those}

    assert names - members - set(table["families"]) == ON_THEIR_OWN
    assert members <= names | set(table["families"])


def test_a_shop_adds_materials_and_families_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "materials.toml").write_text(
        'label = "MATERIAL"\n[terms]\n"Kryptoloy 9" = ["K9"]\n[families]\n'
        '"cobalt alloy" = ["Kryptoloy 9"]\n"exotic metal" = ["cobalt alloy"]\n'
    )

    assert Families(str(tmp_path)).of("k-9") == ["Kryptoloy 9", "cobalt alloy", "exotic metal"]


@pytest.mark.parametrize(
    ("families", "said"),
    [
        ('"steel" = ["bar"]\n"iron" = ["bar"]', "bar: in more than one family"),
        ('"steel" = ["iron"]\n"iron" = ["steel"]', "a family of its own"),
        ('"steel" = ["steel"]', "steel: a family of its own"),
    ],
)
def test_families_that_contradict_each_other_are_refused(
    tmp_path: Path, families: str, said: str
) -> None:
    (tmp_path / "materials.toml").write_text(f'label = "MATERIAL"\n[families]\n{families}\n')

    with pytest.raises(UnreadableError, match=re.escape(said)):
        Families(str(tmp_path))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    with open_store(tmp_path / "graph.duckdb") as opened:
        yield opened


def ordered(store: GraphStore, *materials: str, run: int) -> None:
    """What a load of order lines writes."""
    source = Source.of(system="erp", kind="orders", path="o.csv", content=str(materials).encode())
    lines = {
        "id": [f"{one}-1" for one in materials],
        "order": [*materials],
        "line": ["1"] * len(materials),
        "account": ["erp:1"] * len(materials),
        "ordered_on": [dt.date(2025, 3, 5)] * len(materials),
        "material": [*materials],
        "quantity": [1.0] * len(materials),
        "row": [*range(2, len(materials) + 2)],
    }
    store.write(Batch.of(OrderLine, lines, source=source), run=run)
    store.write(Batch.of(Material, {"id": [*materials], "name": [*materials]}), run=run)


def families(store: GraphStore) -> dict[str, str]:
    rows = store.read(Material)
    return dict(zip(rows["id"], rows["family"].fillna(""), strict=True))


def test_materials_of_orders_get_their_families_without_spacy_and_keep_them(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.model.spacy_is_installed", lambda: False)
    said: list[str] = []
    ordered(store, "17-4 H900", "Unobtainium", run=1)
    read_texts(store, run=1, say=said.append)
    first = families(store)
    ordered(store, "17-4 H900", "Delrin", run=2)
    read_texts(store, run=2, say=said.append)

    assert first == {
        "17-4 H900": "17-4 PH stainless",
        "17-4 PH stainless": "stainless steel",
        "stainless steel": "steel",
        "steel": "",
        "Unobtainium": "",
    }
    later = {"Delrin": "acetal", "acetal": "plastic", "plastic": ""}
    assert families(store) == first | later
    assert not read_texts(store, run=3, say=said.append)
    assert said == []
