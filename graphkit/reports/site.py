"""What the pages of a site share: where each is, and what its search box finds."""

import base64
import dataclasses
import functools
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Final
from urllib.parse import quote

from graphkit.findings import Ref
from graphkit.reports.network.told import node_of

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST: Final = 40
"""Letters of an id in a file name."""
_TYPES: Final = {"Company": "customer", "Industry": "industry"}
CAPACITY: Final = "capacity.html"
"""The page about all processes."""
MAP: Final = "map.html"


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A page of a site.

    Attributes:
        href: Its file.
        title: What it is called.
        kind: Customer, Industry, ...; empty for a page that stands in the navigation.
    """

    href: str
    title: str
    kind: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Site:
    """The pages of a site as one of them sees them.

    Attributes:
        here: The file of the page.
        pages: Those in the navigation, in order.
        files: Every page.
        index: What the search box finds, as JSON that no HTML ends.
        about: What the page is about, where that stands on the map.
    """

    here: str
    pages: Sequence[Entry]
    files: frozenset[str]
    index: str
    about: Ref | None = None

    def href(self, ref: Ref) -> str:
        """The file of the page about something; empty when it has none.

        Args:
            ref: A customer, industry or process.
        """
        file = CAPACITY if ref.type == "Process" else page_of(ref)
        return file if file in self.files else ""

    @property
    def on_map(self) -> str:
        """The map opened at what the page is about and all that is near it; empty without."""
        if self.about is None:
            return ""
        node = quote(node_of(self.about), safe="")
        return f"{MAP}#chosen={node}&around={quote(node, safe='')}&hops=1&panel=details"

    @property
    def script(self) -> str:
        """What makes the search box work; the same on every page."""
        return search_script()

    @property
    def script_hash(self) -> str:
        """The script as a content security policy names it."""
        digest = hashlib.sha256(search_script().encode()).digest()
        return f"sha256-{base64.b64encode(digest).decode()}"


def index_of(entries: Iterable[Entry]) -> str:
    r"""What a search box finds, as JSON that no HTML ends.

    Args:
        entries: The pages.

    >>> index_of([Entry("a.html", "</script>", "customer")])
    '[["\\u003c/script>","customer","a.html"]]'
    """
    rows = [[one.title, one.kind, one.href] for one in entries]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", " ").replace("\u2029", " ")


def page_of(ref: Ref) -> str:
    """The file of the page about something: letters that every system takes, the same every time.

    Args:
        ref: A customer, industry or process.

    >>> page_of(Ref("Company", "co-12ab", "Apex"))
    'customer-co-12ab.html'
    >>> page_of(Ref("Industry", "Oil & Gas", "Oil & Gas"))
    'industry-Oil-Gas-2cbd7e1d.html'
    """
    kind = _TYPES.get(ref.type, ref.type.lower())
    safe = _UNSAFE.sub("-", ref.id).strip("-")[:_LONGEST]
    if safe == ref.id:
        return f"{kind}-{safe}.html"
    told_apart = hashlib.sha256(ref.id.encode()).hexdigest()[:8]
    return f"{kind}-{safe}-{told_apart}.html" if safe else f"{kind}-{told_apart}.html"


@functools.cache
def search_script() -> str:
    """The script of the search box."""
    return resources.files("graphkit.reports").joinpath("templates/search.js").read_text("utf-8")
