"""What help, README and status tell to type can be typed."""

import re
import shlex
from pathlib import Path

import click
import pytest

import graphkit
from graphkit.cli import cli
from graphkit.errors import GraphkitError
from graphkit.manual.commands import check_line, every_command, typed_lines
from graphkit.pipeline.asked import QUESTIONS
from graphkit.pipeline.questions import COLUMNS, EXPORTS
from graphkit.recipes import recipes
from graphkit.schema import TYPES
from graphkit.simulator import simulate

ROOT = Path(graphkit.__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
_NAME = re.compile(r'"([^"]+)"')
_DOMAIN = re.compile(r"\b[a-z-]+\.com\b")


def words_of(line: str) -> list[str]:
    """The words that follow graphkit, without the workspace."""
    words = shlex.split(line)[1:]
    return words[2:] if words[0] == "-w" else words


def examples() -> list[str]:
    """Every graphkit command line in help texts and pages."""
    texts = [command.help or "" for _, command in every_command()]
    texts += [page.read_text("utf-8") for page in PAGES]
    return sorted({line for text in texts for line in typed_lines(text)})


@pytest.fixture(scope="module")
def said_in_the_demo() -> set[str]:
    """Every cell of the exports of the shop that graphkit demo makes."""
    shop = simulate(seed=7)
    cells = {
        str(cell).casefold()
        for table in shop.tables
        for column in table.frame.columns
        for cell in table.frame[column].unique()
    }
    return cells | {name.casefold() for names in shop.truth.spellings.values() for name in names}


def test_every_name_in_an_example_is_in_the_demo_shop(said_in_the_demo: set[str]) -> None:
    named = [
        name
        for line in examples()
        if ("why" in line or "cypher" not in line) and "nlp show" not in line
        for name in [*_NAME.findall(line), *_DOMAIN.findall(line.partition("//")[0])]
        if "[" not in name and "://" not in line
    ]
    assert len(named) > 10
    assert [name for name in named if name.casefold() not in said_in_the_demo] == []


def test_every_question_names_a_command_or_recipe_that_exists() -> None:
    known = dict(every_command())
    for one in QUESTIONS:
        words = words_of(one.ask)
        assert words[0] in known, one.ask
        assert not one.recipe or one.recipe in recipes(), one.recipe
        if words[:2] == ["query", "run"]:
            assert words[2] == one.recipe, one.ask
        assert len(one.ask) <= 70, one.ask


def test_every_question_that_needs_neo4j_says_what_tells_of_it_without() -> None:
    known = dict(every_command())
    files = {
        f"{label}.csv"
        for entity in TYPES.values()
        for label in (entity.label, *(item.relation for item in entity.properties.values()))
    }
    for one in QUESTIONS:
        assert bool(one.without) == one.ask.startswith("graphkit query"), one.text
        if one.without:
            assert words_of(one.without)[0] in set(known) - {"query", "neo4j"}, one.text
            assert {*re.findall(r"\w+\.csv", one.without)} <= files, one.text


def test_every_command_line_shown_can_be_typed() -> None:
    found = examples()
    assert len(found) > 100
    for line in found:
        check_line(line)


def test_every_recipe_in_a_command_line_exists() -> None:
    for line in examples():
        words = words_of(line)
        if words[:2] == ["query", "run"] and words[2:3] and words[2].islower():
            assert words[2] in recipes(), line


@pytest.mark.parametrize(
    "line",
    [
        "graphkit ordres",
        "graphkit orders --buy process",
        "graphkit companies splitt A",
        "graphkit -z",
    ],
)
def test_a_command_line_that_cannot_be_typed_is_noticed(line: str) -> None:
    with pytest.raises(click.UsageError):
        check_line(line)


def test_no_command_takes_an_option_that_has_no_effect_on_it() -> None:
    options = {
        name: {option for one in command.params for option in one.opts}
        for name, command in every_command()
    }
    looks_at_a_day = {
        "backtest",
        "clusters",
        "concentration",
        "findings",
        "influence",
        "forecast",
        "leanings",
        "map",
        "orders",
        "paths",
        "payments",
        "persona",
        "profile",
        "quotes",
        "report capacity",
        "report cluster",
        "report customer",
        "report industry",
        "report proof",
        "report site",
        "report weekly",
        "similar",
        "shows",
        "slowdown",
        "spread",
        "topics",
    }
    assert {name for name, taken in options.items() if "--as-of" in taken} == looks_at_a_day
    pages = {name for name in options if name.startswith("report ")}
    rowless = {"completion", "demo", "init", "map", "neo4j logs", "nlp extract", "rebuild"} | pages
    groups = {name for name, one in every_command() if isinstance(one, click.Group)}
    assert {name for name, taken in options.items() if "--json" not in taken} == rowless | groups


def test_no_command_in_a_list_is_cut_in_the_middle_of_its_sentence() -> None:
    listed = [("graphkit", cli), *every_command()]
    for name, group in listed:
        if isinstance(group, click.Group):
            told = group.get_help(click.Context(group, info_name=name, terminal_width=80))
            lines = told.partition("Commands:")[2].strip().splitlines()
            assert len(lines) >= 1
            assert [line for line in lines if line.rstrip().endswith(("...", "\u2026"))] == [], name


def test_the_page_on_commands_has_every_exit_code() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    told = {int(code) for code in re.findall(r"(?m)^\| (\d+) \|", page)}
    kinds = [GraphkitError]
    for one in kinds:  # grows while it is walked: subclasses of subclasses too
        kinds += one.__subclasses__()
    assert told == {one.exit_code for one in kinds} | {0, 5, 130}


def test_what_a_question_needs_is_brought_by_an_export_that_is_named() -> None:
    needed = {group[0] for one in QUESTIONS for group in one.needs}
    assert {need.partition(".")[0] for need in needed} <= {*EXPORTS}
    assert {need for need in needed if "." in need} <= {*COLUMNS}
