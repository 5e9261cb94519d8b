"""The mathematics of customer clusters, on plain arrays."""
