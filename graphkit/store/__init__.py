"""Where the graph is kept: an embedded DuckDB file, or a Neo4j; one contract."""
