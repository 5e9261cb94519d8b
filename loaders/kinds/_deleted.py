"""Records that a system only keeps to say that they were deleted."""

from graphkit.schema import Kind
from loaders.cells import FLAG
from loaders.shape import Complaint, Field, Rows, mask_of

DELETED = Field("deleted", "whether it was deleted", "IsDeleted, Deleted", FLAG)


def deleted(rows: Rows) -> Complaint:
    """The rows that were deleted in their system."""
    mask = mask_of(rows.get("deleted", Kind.FLAG))
    return Complaint(mask, "deleted", "it was deleted in its system, so left out")
