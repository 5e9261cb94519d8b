"""Where each node of a map stands: clusters first, then what is inside each."""
