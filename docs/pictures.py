"""Makes the pictures of README and manual from a loaded demo shop, never by hand.

Run: python docs/pictures.py WORKSPACE FOLDER   (or: make docs-demo)

The map and the reports are the pages that graphkit writes, photographed by Chromium without a
network; the terminal is what `graphkit findings --brief` prints, drawn by rich. A picture that is
larger than a page of a manual should bear is a failure.
"""

import argparse
import dataclasses
import io
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from graphkit.cli import cli

MOST_BYTES = 200_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
COLUMNS, LINES = 80, 40
SETTLED = 1500
"""Milliseconds until a map has drawn itself."""
PATIENCE = 180_000
"""Milliseconds that a busy machine may take to open a page."""


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """A page that graphkit writes, and how it is photographed.

    Attributes:
        name: Of the picture's file; a map, of many fine lines in many colours, is a JPEG.
        words: The command that writes it, without -o.
        width: Of the window.
        height: Of the window.
        scale: Pixels of the picture for each of the window: a map needs room, a page few bytes.
        dark: Whether the system is dark.
    """

    name: str
    words: Sequence[str]
    width: int = 1120
    height: int = 720
    scale: float = 1.0
    dark: bool = False


PAGES = (
    Page("map.jpg", ("map",), width=1440, height=860, scale=0.7),
    Page("weekly.png", ("report", "weekly")),
    Page("customer.png", ("report", "customer", "Aurora Falls Bearings")),
)


def printed(workspace: Path, words: Sequence[str]) -> str:
    """What a command prints in the workspace, with colours."""
    done = CliRunner().invoke(cli, ["-w", str(workspace), *words], color=True)
    if done.exit_code:
        raise RuntimeError(f"graphkit {' '.join(words)}: {done.output}")
    return done.stdout


def terminal(workspace: Path, path: Path) -> None:
    """Draw the first lines of the findings as a terminal shows them."""
    words = ("findings", "--brief")
    text = printed(workspace, words).splitlines()[:LINES]
    console = Console(width=COLUMNS, record=True, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ graphkit {' '.join(words)}", style="bold"))
    for line in text:
        console.print(Text.from_ansi(line))
    svg = console.export_svg(title="graphkit", theme=MONOKAI, unique_id="graphkit")
    path.write_text(_without_fonts(svg), "utf-8")


def _without_fonts(svg: str) -> str:
    """The drawing with the reader's own font: rich's comes from a network."""
    kept, inside = [], False
    for line in svg.splitlines():
        inside = inside or "@font-face" in line
        if not inside:
            kept.append(line.replace("Fira Code, monospace", "monospace"))
        if inside and line.strip() == "}":
            inside = False
    return "\n".join([*kept, ""])


def photograph(browser: Browser, workspace: Path, page: Page, path: Path) -> None:
    """Write the page and take its picture, with every request refused."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "page.html"
        printed(workspace, [*page.words, "-o", str(written)])
        window = browser.new_page(
            viewport={"width": page.width, "height": page.height},
            device_scale_factor=page.scale,
            color_scheme="dark" if page.dark else "light",
        )
        window.route("http*://**", lambda route: route.abort())
        window.goto(written.as_uri(), timeout=PATIENCE)
        window.wait_for_timeout(SETTLED)
        window.screenshot(path=path, timeout=PATIENCE)
        window.close()


def main() -> None:
    """Write every picture, and refuse one that is too large."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("workspace", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="names of pictures")
    given = parser.parse_args()
    wanted = [page for page in PAGES if Path(page.name).stem in given.only or not given.only]
    if "findings" in given.only or not given.only:
        terminal(given.workspace, given.folder / "findings.svg")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, BROWSERS)), None),
            args=[
                "--no-sandbox",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                "--ignore-gpu-blocklist",
            ],
        )
        for page in wanted:
            photograph(browser, given.workspace, page, given.folder / page.name)
        browser.close()
    for path in given.folder.glob("*.[jps][npv]g"):
        if path.stat().st_size > MOST_BYTES:
            raise SystemExit(f"{path}: {path.stat().st_size:,} bytes, more than {MOST_BYTES:,}")


if __name__ == "__main__":
    main()
