"""The folder that a local server serves as Neo4j Browser: Browser itself, and what we add to it.

Neo4j serves the first `browser` that its class path has. A folder that holds Browser's own files
and ours, put before the jars, is therefore served by Neo4j itself: same origin, no second server.
"""

import hashlib
import importlib.resources
import json
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from graphkit.browser import favourites
from graphkit.browser.guide import guide
from graphkit.browser.style import grass, style
from graphkit.recipes import FOLDERS, Recipe, find_recipe, recipes

PLACE = "graphkit"
"""Folder of ours within Browser's."""
FIRST = "picture-alarming"
"""The recipe that Browser shows when it opens."""
GUIDE = f"/browser/{PLACE}/guide.html"
OPEN = f"/browser/{PLACE}/open.html"
FOR_ANY = {
    "queries.zip": "saved queries in folders: drop it on Neo4j Browser",
    "graph.grass": "colours and captions: drop it on Neo4j Browser",
    "guide.html": "one page a question: serve it, then :guide http://.../guide.html",
}
"""What serves a Browser of another server, too, and how."""
_STATIC = ("open.html", "open.js")


def files() -> Mapping[str, bytes]:
    """What we add, by name: the guide, the style, the saved queries, and the page that opens."""
    listed = in_order()
    ours = {
        "mark": favourites.OURS,
        "style": style(),
        "begin": favourites.pasted(find_recipe(FIRST)),
        "folders": favourites.folders(listed),
        "documents": favourites.documents(listed),
    }
    package = importlib.resources.files(__package__)
    return {
        **{name: (package / name).read_bytes() for name in _STATIC},
        "guide.html": guide(listed).encode(),
        "graph.grass": grass(style()).encode(),
        "queries.zip": favourites.archive(listed),
        "ours.json": json.dumps(ours).encode(),
    }


def in_order() -> list[Recipe]:
    """Every recipe, folder by folder."""
    return sorted(recipes().values(), key=lambda one: FOLDERS.index(one.folder))


def site(browser: Path, folder: Path) -> Path:
    """A folder for the class path that serves Browser with our files; made once for each content.

    Args:
        browser: Neo4j Browser's jar.
        folder: Where to keep it, the same for all workspaces.

    Returns:
        The folder; whole, or not there at all.
    """
    ours = files()
    digest = hashlib.sha256(browser.name.encode())
    for name in sorted(ours):
        digest.update(name.encode() + ours[name])
    made = folder / f"served-{digest.hexdigest()[:16]}"
    if made.is_dir():
        _renew(made, ours)  # a page of ours is handed a password: nobody may have changed it
        return made
    # A draft of its own: two commands may make it at the same time, and the first one wins.
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=folder))
    try:
        with zipfile.ZipFile(browser) as jar:
            jar.extractall(draft, [one for one in jar.namelist() if one.startswith("browser/")])
        _renew(draft, ours)
        draft.rename(made)
    except OSError:
        if not made.is_dir():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return made


def _renew(folder: Path, ours: Mapping[str, bytes]) -> None:
    """Write those of our files that are not there, or say something else."""
    place = folder / "browser" / PLACE
    place.mkdir(exist_ok=True)
    for name, content in ours.items():
        if not (place / name).is_file() or (place / name).read_bytes() != content:
            (place / name).write_bytes(content)
