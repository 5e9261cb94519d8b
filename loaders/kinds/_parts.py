"""Parts that order lines and quotes name."""

import numpy as np
import pandas as pd

from graphkit.batch import Batch
from graphkit.encoded import decoded, together
from graphkit.schema import Part
from loaders.shape import Rows


def parts(rows: Rows) -> tuple[pd.Series, Batch]:
    """Ids and nodes of the parts in the column `part`, described by the column `description`."""
    numbers, descriptions = rows.encoded("part"), rows.encoded("description")
    ids = rows.source.key(numbers)
    again = pd.Series(together([numbers, descriptions])).duplicated().to_numpy(bool)
    at = np.flatnonzero(~again & ids.notna().to_numpy(bool))
    named = {"id": ids, "number": numbers, "description": descriptions}
    frame = pd.DataFrame({name: decoded(one.iloc[at]) for name, one in named.items()})
    described = frame.sort_values("description", kind="stable", na_position="last")
    once = described.drop_duplicates("id").sort_index().reset_index(drop=True)
    return ids, Batch.of(Part, once)
