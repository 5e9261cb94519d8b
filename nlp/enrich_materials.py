"""Families of the materials that order lines name. Needs no spaCy."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from graphkit.batch import Batch
from graphkit.plugins import Known, enricher
from nlp.lexicon_files import lexicon_version
from nlp.materials import Families

VERSION: Final = "1"


@enricher("materials", version=lambda: f"{VERSION} {lexicon_version()}")
def read(texts: pd.DataFrame, known: Known) -> Iterator[Batch]:  # noqa: ARG001 - as every enricher
    """What each material of an order line is: 17-4 PH is stainless steel is steel.

    Args:
        texts: Every text to read, with the columns that an Enricher gets; what order lines call
            a material is one.
        known: What the shop knows by name; not needed here.
    """
    yield Families().nodes(texts.loc[texts["kind"] == "Material", "text"])
