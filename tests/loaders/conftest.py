"""Sheets of a few rows, read the way `graphkit load` reads them."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from graphkit import registry
from graphkit.batch import Reading, Source
from graphkit.pipeline.choose import Choice, choose
from graphkit.pipeline.sources import example_tables
from graphkit.plugins import Loader
from graphkit.schema import Entity
from graphkit.sheets.files import read_sheets

Read = Callable[..., Reading]


@pytest.fixture
def chosen(tmp_path: Path) -> Callable[[str], Choice]:
    """The loader chosen for a CSV text."""

    def one(text: str) -> Choice:
        path = tmp_path / "export.csv"
        path.write_text(text.lstrip("\n"), encoding="utf-8")
        return choose(read_sheets(path)[0], registry.loaders())

    return one


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """What a loader, by default the one chosen for it, makes of a CSV text."""

    def one(text: str, *, by: Loader | None = None) -> Reading:
        path = tmp_path / "export.csv"
        path.write_text(text.lstrip("\n"), encoding="utf-8")
        sheet = read_sheets(path)[0]
        loader = by or choose(sheet, registry.loaders()).loader
        source = Source.of(
            system=loader.system,
            kind=loader.kind,
            path="export.csv",
            content=path.read_bytes(),
        )
        return loader.read(sheet, source, example_tables(loader))

    return one


@pytest.fixture
def frame() -> Callable[[Reading, type[Entity]], pd.DataFrame]:
    """The rows of one type in a reading, whatever number of batches they came in."""

    def one(reading: Reading, entity: type[Entity]) -> pd.DataFrame:
        parts = [batch.frame for batch in reading.batches if batch.entity is entity]
        return pd.concat(parts, ignore_index=True)

    return one
