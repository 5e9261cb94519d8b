"""What tests share: a real browser, a real Neo4j and PostgreSQL, and small known shops.

Also how `pytest` spreads all tests over processes.
"""

import functools
import importlib.util
import re

import pytest

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

NEO4J = "neo4j"
_SHARED = re.compile(r"(?<!tests\.)\b(empty_neo4j|neo4j_server)\b")
"""The fixtures of the one server of a process."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """No other process for what is named on the command line: it starts at once, in a debugger."""
    return 0 if config.args_source is pytest.Config.ArgsSource.ARGS else None


def pytest_collection_modifyitems(items):
    """Quick files first, slow ones last; between them those that wait for a server."""
    items.sort(key=_turn)


def _turn(item):
    if item.get_closest_marker("slow"):
        return 2
    return int(_needs_neo4j(item.path))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """One process runs all tests of a file, which share what they made, and all files on one Neo4j.

    Each of those empties the one server that there is; files with a server of their own do not.
    """
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - where tests run side by side

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            return NEO4J if _shares_neo4j(config.rootpath / file) else file

    return ByFile(config, log)


@functools.cache
def _needs_neo4j(path):
    return f"pytest.mark.{NEO4J}" in path.read_text("utf-8")


@functools.cache
def _shares_neo4j(path):
    return _needs_neo4j(path) and bool(_SHARED.search(path.read_text("utf-8")))
