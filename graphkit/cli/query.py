"""Questions in Cypher: recipes, or your own, read-only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from graphkit import recipes
from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.options import redact, results
from graphkit.errors import UsageError


@click.group("query")
def command() -> None:
    """Ask the graph in Cypher; needs Neo4j (graphkit neo4j up, then graphkit neo4j push).

    \b
    Examples:
      graphkit query list
      graphkit query run who-pays-late --param grace=5
      graphkit query cypher "MATCH (c:Customer) RETURN c.name AS customer"
    """


@command.command("list")
@results
@click.pass_obj
def list_(context: Context) -> None:
    """List the recipes and the question that each answers.

    \b
    Examples:
      graphkit query list
    """
    rows = [
        {"recipe": one.name, "question": one.question, "parameters": sorted(one.defaults)}
        for one in recipes.recipes().values()
    ]
    context.emit("query.list", rows, title="Recipes: graphkit query run RECIPE")


@command.command("show")
@click.argument("recipe", shell_complete=completing.recipes)
@results
@click.pass_obj
def show(context: Context, recipe: str) -> None:
    """Print the recipe RECIPE, to paste into Neo4j Browser.

    \b
    Examples:
      graphkit query show who-pays-late
    """
    found = recipes.find_recipe(recipe)
    row = {
        "recipe": found.name,
        "question": found.question,
        "returns": list(found.returns),
        "parameters": dict(found.defaults),
        "cypher": found.text,
    }
    context.emit("query.show", [row], text=found.text)


@command.command("run")
@click.argument("recipe", shell_complete=completing.recipes)
@click.option(
    "-p",
    "--param",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value for one of its parameters.",
)
@redact
@results
@click.pass_obj
def run(context: Context, recipe: str, *, given: tuple[str, ...]) -> None:
    """Run the recipe RECIPE.

    \b
    Examples:
      graphkit query run slowing-industries
      graphkit query run near --param customer=jessamine --json
    """
    found = recipes.find_recipe(recipe)
    parameters = found.parameters(_pairs(given))
    with _neo4j(context) as store:
        rows = store.query(found.cypher, parameters).to_dict("records")
        why = [] if rows else _why_nothing(store, found.name)
    context.emit(f"query.{found.name}", _told(context, rows), title=found.question, warnings=why)


def _told(context: Context, rows: list[dict[Any, Any]]) -> list[dict[str, Any]]:
    """Rows as they are shown: a table names nodes and chains, JSON has all that they hold."""
    if context.form == "json":
        return rows
    from graphkit.cli.graph_words import in_words

    return [{name: in_words(value) for name, value in row.items()} for row in rows]


def _why_nothing(store: Any, recipe: str) -> list[str]:  # a GraphStore, imported late as below
    """What to say instead of an empty table: what no export has, or that nobody is meant."""
    from graphkit.pipeline.questions import unanswerable

    limits = f"graphkit query show {recipe} shows with which limits"
    nobody = f"Nothing in the graph answers this question as it is asked; {limits}."
    return unanswerable(store, recipe) or [nobody]


@command.command("cypher")
@click.argument("text")
@click.option(
    "-p", "--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter, as text."
)
@redact
@results
@click.pass_obj
def cypher(context: Context, text: str, *, given: tuple[str, ...]) -> None:
    """Run the query TEXT; it can read but not change the graph.

    \b
    Examples:
      graphkit query cypher "MATCH (c:Customer) RETURN c.name AS customer ORDER BY customer"
      graphkit query cypher "MATCH (c {name: \\$name}) RETURN c" --param name="Umber Linkage Ltd"
    """
    with _neo4j(context) as store:
        rows = store.query(text, dict(_pairs(given))).to_dict("records")
    context.emit("query.cypher", _told(context, rows))


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign:
            raise UsageError(f"--param needs NAME=VALUE, not '{one}'.")
        pairs[name] = value
    return pairs


@contextmanager
def _neo4j(context: Context) -> Iterator[Any]:  # a GraphStore, imported late as in Context
    """The Neo4j that --store names, else the workspace's own server."""
    if "://" in context.store:
        with context.open_store() as store:
            yield store
        return
    from graphkit.schema import File
    from graphkit.workspace import Workspace

    with Workspace.at(context.folder).open_cypher(say=context.say) as store:
        if store.count(File) == 0:
            context.say("This Neo4j is empty. Try: graphkit neo4j push")
        yield context.shown(store)
