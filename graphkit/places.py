"""The files of a workspace."""

SETTINGS_FILE = "graphkit.toml"
STORE_FILE = "graph.duckdb"
