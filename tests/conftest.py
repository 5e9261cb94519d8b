"""What tests share: a real browser, a real Neo4j and PostgreSQL, and small known shops."""

import importlib.util

pytest_plugins = [
    name
    for name in (
        "tests.browser",
        "tests.command_line",
        "tests.neo4j_server",
        "tests.postgres_server",
        "tests.shop",
    )
    if importlib.util.find_spec(name)
]
