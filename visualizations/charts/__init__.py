"""One kind of chart per module, drawn with what NEEDS names; none of it is imported before."""

OWNED_BY = "graphkit-crm"
NEEDS = ("altair", "vl_convert")
