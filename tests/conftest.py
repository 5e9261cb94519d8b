"""What tests share: one Neo4j server for the whole run, made by tests/neo4j_server.py."""
