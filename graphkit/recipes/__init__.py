"""Recipes: one Cypher question per file, to run from the command line or by paste in Browser.

A file begins with one line each of `// question:`, `// folder:` (one of FOLDERS), `// look:` (what
to look for in the answer) and `// returns:` (its columns), and one `// param: NAME: meaning` line
for each parameter. A parameter stands in the query as its default with its name, `12 /*months*/`:
so the file is one plain statement that runs wherever it is pasted (Browser shows no rows for
several statements at once, as `:param` would need), and from the command line it is a true
parameter.
"""

import importlib.resources
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from graphkit.errors import UnknownNameError, UsageError

_HEADER = re.compile(r"// (question|folder|look|returns|param): (.+)")
FOLDERS = (
    "Findings",
    "Pictures",
    "Customers",
    "Orders",
    "Money",
    "Work",
    "Interest",
    "People and shows",
)
"""What recipes are about, in the order in which they are shown."""
_ONCE = ("question", "folder", "look", "returns")
_MARKED = re.compile(r"('[^']*'|-?\d+(?:\.\d+)?) /\*(\w+)\*/")


@dataclass(frozen=True)
class Recipe:
    """One question.

    Attributes:
        name: The file's name without its ending.
        question: In words.
        folder: Under which Browser lists it.
        look: What to look for in the answer.
        returns: The columns of its answer.
        meanings: What each parameter means.
        defaults: The value of each parameter when none is given, in the order of their meanings.
        text: The whole file, as it is pasted into Browser.
    """

    name: str
    question: str
    folder: str
    look: str
    returns: tuple[str, ...]
    meanings: Mapping[str, str]
    defaults: Mapping[str, object]
    text: str

    @property
    def statement(self) -> str:
        """The query as it is pasted, without the lines of the header."""
        lines = self.text.splitlines()
        return "\n".join(one for one in lines if not _HEADER.fullmatch(one)).strip()

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
    headers: dict[str, list[str]] = {one: [] for one in (*_ONCE, "param")}
    for line in text.splitlines():
        if header := _HEADER.fullmatch(line):
            headers[header[1]].append(header[2])
    for one in _ONCE:
        if len(headers[one]) != 1:
            raise ValueError(f"{name}: needs one {one} line")
    found: dict[str, set[str]] = {}
    for literal, parameter in _MARKED.findall(text):
        found.setdefault(parameter, set()).add(literal)
    meanings = dict(one.split(": ", 1) for one in headers["param"])
    if meanings.keys() != found.keys() or any(len(one) > 1 for one in found.values()):
        raise ValueError(f"{name}: each parameter needs a meaning and one default")
    defaults = {one: json.loads(found[one].pop().replace("'", '"')) for one in meanings}
    question, folder, look, returns = (headers[one][0] for one in _ONCE)
    if folder not in FOLDERS:
        raise ValueError(f"{name}: folder is one of {', '.join(FOLDERS)}")
    columns = tuple(returns.split(", "))
    return Recipe(name, question, folder, look, columns, meanings, defaults, text)


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
