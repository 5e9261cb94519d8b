"""Parts that order lines and quotes name."""

import pandas as pd

from graphkit.batch import Batch
from graphkit.schema import Part
from loaders.shape import Rows


def parts(rows: Rows) -> tuple[pd.Series, Batch]:
    """Ids and nodes of the parts in the column `part`, described by the column `description`."""
    numbers = rows.get("part")
    ids = rows.source.key(numbers)
    frame = pd.DataFrame({"id": ids, "number": numbers, "description": rows.get("description")})
    frame = frame[~frame.duplicated().to_numpy(bool) & frame["id"].notna().to_numpy(bool)]
    described = frame.sort_values("description", kind="stable", na_position="last")
    once = described.drop_duplicates("id").sort_index().reset_index(drop=True)
    return ids, Batch.of(Part, once)
