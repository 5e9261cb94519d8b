"""Records that a system only keeps to say that they were deleted."""

import numpy as np

from graphkit.schema import Kind
from loaders.cells import FLAG
from loaders.shape import Field, Rows, mask_of

DELETED = Field("deleted", "whether it was deleted", "IsDeleted, Deleted", FLAG)


def deleted(rows: Rows) -> dict[str, np.ndarray]:
    """The rows that were deleted in their system."""
    return {"deleted in their system": mask_of(rows.get("deleted", Kind.FLAG))}
