"""A real Chromium with the network cut, for tests of pages."""

import os
import shutil

import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def chromium():
    """A running browser; in CI a missing one is a failure, elsewhere a skip that says so."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        message = "no Chromium on this machine: install it to test the pages"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where pages are tested

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                # WebGL without a graphics card
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                "--ignore-gpu-blocklist",
            ],
        )
        yield browser
        browser.close()


class Visit:
    """A page opened from a file, with what it asked of the network and what it complained about."""

    def __init__(self, browser, path, **options):
        self.requests = []
        self.complaints = []
        self.page = browser.new_page(**options)
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))
        self.page.route("http://**", self._abort)
        self.page.route("https://**", self._abort)
        self.page.goto(path.as_uri())

    def _note(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _abort(self, route):
        self.requests.append(route.request.url)
        route.abort()


@pytest.fixture
def visit(chromium):
    opened = []

    def go(path, **options):
        opened.append(Visit(chromium, path, **options))
        return opened[-1]

    yield go
    for one in opened:
        one.page.close()
