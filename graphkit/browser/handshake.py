"""Log the user's own web browser in at Neo4j Browser, without a password on any command line.

The web browser is shown a file that only the user can read. It leads to our page, with a word that
works once and for a minute; with it, the page fetches user and password from this process, over the
loopback address. Neo4j Browser keeps them as it keeps those that somebody types.
"""

import http.server
import json
import secrets
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from graphkit.browser.site import OPEN
from graphkit.passwords import write_private

LOOPBACK: Final = "127.0.0.1"
_PAGE: Final = "open-browser.html"
_LEADING: Final = (
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={}">'
)
SECONDS: Final = 60.0
"""How long the word works."""


def open_logged_in(
    origin: str,
    credentials: Mapping[str, str],
    folder: Path,
    show: Callable[[str], object],
    *,
    seconds: float = SECONDS,
) -> bool:
    """Open Neo4j Browser, logged in, with our guide, style and saved queries.

    Args:
        origin: Where Browser is served, such as http://127.0.0.1:7474.
        credentials: username and password, as Browser names them.
        folder: Where the file may stand: not hidden, or some web browsers may not read it.
        show: Opens an address in the user's web browser; False when there is none.
        seconds: How long to wait for the web browser to ask.

    Returns:
        Whether it asked; if not, the user logs in by hand.
    """
    word = secrets.token_urlsafe(24)
    asked = threading.Event()

    class Once(http.server.BaseHTTPRequestHandler):
        timeout = 2.0  # of who connects and says nothing

        def do_GET(self) -> None:
            known = secrets.compare_digest(self.path.encode(), f"/{word}".encode())
            if not known or self.headers.get("Origin") != origin or asked.is_set():
                self.send_error(404)
                return
            asked.set()
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", origin)
            self.send_header("Cache-Control", "no-store")
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(dict(credentials)).encode())

        def log_message(self, *_: object) -> None:
            """Nothing: the word would stand in it."""

    with http.server.HTTPServer((LOOPBACK, 0), Once) as server:
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        page = folder / _PAGE
        write_private(page, _LEADING.format(f"{origin}{OPEN}#{server.server_port}/{word}"))
        try:
            # The standard library's opener says False at once where there is no web browser.
            if show(page.resolve().as_uri()) is not False:
                asked.wait(seconds)
        finally:
            page.unlink(missing_ok=True)
            server.shutdown()
            serving.join()
    return asked.is_set()
