"""Recipes: one Cypher question per file, to run from the command line or by paste in Browser.

A file begins with `// question:` and `// returns:` lines and one `// param: NAME: meaning` line for
each parameter. A parameter stands in the query as its default with its name, `12 /*months*/`: so
the file is one plain statement that runs wherever it is pasted (Browser shows no rows for several
statements at once, as `:param` would need), and from the command line it is a true parameter.
"""

import importlib.resources
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from graphkit.errors import UnknownNameError, UsageError

_HEADER = re.compile(r"// (question|returns|param): (.+)")
_MARKED = re.compile(r"('[^']*'|-?\d+(?:\.\d+)?) /\*(\w+)\*/")


@dataclass(frozen=True)
class Recipe:
    """One question.

    Attributes:
        name: The file's name without its ending.
        question: In words.
        returns: The columns of its answer.
        meanings: What each parameter means.
        defaults: The value of each parameter when none is given, in the order of their meanings.
        text: The whole file, as it is pasted into Browser.
    """

    name: str
    question: str
    returns: tuple[str, ...]
    meanings: Mapping[str, str]
    defaults: Mapping[str, object]
    text: str

    @cached_property
    def cypher(self) -> str:
        """The query with true parameters, for a driver."""
        return _MARKED.sub(r"$\2", self.text).rstrip().removesuffix(";")

    def parameters(self, given: Mapping[str, str]) -> dict[str, object]:
        """Values of all parameters, of the types that their defaults have.

        Args:
            given: Texts by parameter, as typed on the command line.

        Raises:
            UsageError: There is no such parameter, or the text is not of its type.
        """
        values = dict(self.defaults)
        for name, text in given.items():
            if name not in values:
                raise UnknownNameError.of(f"parameter of {self.name}", name, list(values))
            values[name] = self._typed(name, text)
        return values

    def _typed(self, name: str, text: str) -> object:
        default = self.defaults[name]
        if isinstance(default, str):
            return text
        try:
            value = json.loads(text)
        except json.JSONDecodeError:
            value = None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UsageError(
                f"{name} must be a number such as {default}, not '{text}'.",
                next_step=f"graphkit query show {self.name}",
            )
        return value


def parse(name: str, text: str) -> Recipe:
    """A recipe from its file's text.

    Args:
        name: The file's name without its ending.
        text: What stands in it.

    Raises:
        ValueError: The header is not whole.
    """
    headers: dict[str, list[str]] = {"question": [], "returns": [], "param": []}
    for line in text.splitlines():
        if header := _HEADER.fullmatch(line):
            headers[header[1]].append(header[2])
    if len(headers["question"]) != 1 or len(headers["returns"]) != 1:
        raise ValueError(f"{name}: needs one question and one returns line")
    found: dict[str, set[str]] = {}
    for literal, parameter in _MARKED.findall(text):
        found.setdefault(parameter, set()).add(literal)
    meanings = dict(one.split(": ", 1) for one in headers["param"])
    if meanings.keys() != found.keys() or any(len(one) > 1 for one in found.values()):
        raise ValueError(f"{name}: each parameter needs a meaning and one default")
    defaults = {one: json.loads(found[one].pop().replace("'", '"')) for one in meanings}
    returns = tuple(headers["returns"][0].split(", "))
    return Recipe(name, headers["question"][0], returns, meanings, defaults, text)


def recipes() -> dict[str, Recipe]:
    """Every recipe by name, sorted."""
    folder = importlib.resources.files(__package__)
    found = {}
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        name, _, ending = path.name.rpartition(".")
        if ending == "cypher":
            found[name] = parse(name, path.read_text("utf-8"))
    return found


def find_recipe(name: str) -> Recipe:
    """The recipe of that name.

    Raises:
        UnknownNameError: There is none; names the nearest ones.
    """
    known = recipes()
    if name not in known:
        raise UnknownNameError.of("recipe", name, list(known))
    return known[name]
