"""Blocks of a page that are made: what commands print in the demo shop, and recipes in Cypher.

`<!-- shown: COMMAND -->` or `<!-- shown, N lines: COMMAND -->`, and `<!-- recipe: NAME -->`; what
follows each up to `<!-- end -->` is written by `make docs`, never by hand.
"""

import re
import shlex
from collections.abc import Callable

from click.testing import CliRunner

from graphkit.cli import cli
from graphkit.recipes import find_recipe

_SHOWN = re.compile(
    r"<!-- shown(?:, (?P<most>\d+) lines)?: (?P<line>graphkit [^\n]*?) -->\n.*?<!-- end -->",
    re.DOTALL,
)
_RECIPE = re.compile(r"<!-- recipe: (?P<name>[a-z-]+) -->\n.*?<!-- end -->", re.DOTALL)
_WORKSPACE = re.compile(r"graphkit -w (?:\"[^\"]*\"|\S+) ")


def with_recipes(page: str) -> str:
    """A page whose blocks of recipes are those that graphkit has.

    Args:
        page: The page as Markdown.
    """

    def block(found: re.Match[str]) -> str:
        recipe = find_recipe(found["name"])
        said = (
            f'<details markdown="1"><summary>{recipe.question}</summary>\n\n'
            f"`graphkit query run {recipe.name}`, or paste it into Neo4j Browser. "
            f"Look for: {recipe.look[0].lower()}{recipe.look[1:]}\n\n"
            f"```cypher\n{recipe.statement}\n```\n\n</details>"
        )
        return f"{_comment(found)}\n{said}\n<!-- end -->"

    return _RECIPE.sub(block, page)


def shown_lines(page: str) -> list[str]:
    """The commands whose output a page shows."""
    return [found["line"] for found in _SHOWN.finditer(page)]


def with_output(page: str, printed: Callable[[str], str]) -> str:
    """A page whose blocks hold what their commands print.

    Args:
        page: The page as Markdown.
        printed: A command line to what it prints.
    """

    def block(found: re.Match[str]) -> str:
        most = int(found["most"] or 0)
        lines = printed(found["line"]).rstrip().splitlines()
        if 0 < most < len(lines):
            lines = [*lines[:most], "..."]
        text = "\n".join(line.rstrip() for line in lines)
        return f"{_comment(found)}\n```text\n$ {found['line']}\n{text}\n```\n<!-- end -->"

    return _SHOWN.sub(block, page)


def _comment(found: re.Match[str]) -> str:
    return found[0].partition("\n")[0]


def printed_in(workspace: str) -> Callable[[str], str]:
    """What a command prints in a workspace, as it would with the workspace as folder.

    Args:
        workspace: The folder of a loaded shop.
    """

    def printed(line: str) -> str:
        words = shlex.split(_WORKSPACE.sub("graphkit ", line))[1:]
        done = CliRunner().invoke(cli, ["-w", workspace, *words])
        if done.exit_code:
            raise RuntimeError(f"{line}: {done.exception}\n{done.output}")
        return _WORKSPACE.sub("graphkit ", done.stdout)

    return printed
