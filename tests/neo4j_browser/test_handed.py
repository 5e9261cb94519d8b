"""What Neo4j Browser is given: whole, in order, and harmless."""

import io
import json
import os
import socket
import urllib.error
import urllib.request
import zipfile
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from graphkit.browser import favourites, handshake
from graphkit.browser.guide import guide
from graphkit.browser.site import FIRST, files, in_order, site
from graphkit.browser.style import caption, grass, style
from graphkit.colors import COLORS
from graphkit.recipes import FOLDERS, recipes
from graphkit.schema import TYPES, Company, Node, TradeShow

ORIGIN = "http://127.0.0.1:7474"
LOGIN = {"username": "neo4j", "password": "not a word of any command line"}


def test_the_guide_has_a_page_for_every_recipe_with_its_question_query_and_what_to_look_for():
    page = guide(in_order())

    assert page.count("<slide>") == len(recipes()) + 1
    for one in recipes().values():
        assert one.statement in unescape(page)
        assert one.look in unescape(page)
        assert unescape(page).count(one.question) >= 2


def test_text_in_a_recipe_is_text_in_the_guide():
    page = guide(in_order())

    assert "<-[" not in page
    assert "&lt;-[" in page


def test_every_label_has_a_colour_and_a_caption_and_companies_those_of_the_map():
    sheet = style()

    labels = {one.label for one in TYPES.values() if issubclass(one, Node)}
    assert {f"node.{label}" for label in (*labels, "Customer")} <= set(sheet)
    assert sheet["node.Customer"]["color"] == COLORS["Customer"]
    assert sheet["node.Company"]["color"] == COLORS["End customer"]
    assert list(sheet).index("node.Customer") > list(sheet).index("node.Company")
    assert caption(TradeShow) == "{series} {year}"
    assert caption(Company) == "{name}"


def test_a_caption_names_columns_that_the_type_has():
    for entity in TYPES.values():
        if issubclass(entity, Node):
            wanted = {one.split("}")[0] for one in caption(entity).split("{")[1:]}
            assert wanted
            assert wanted <= set(entity.properties), entity


def test_the_style_as_a_file_says_the_same():
    text = grass(style())

    for selector, properties in style().items():
        rule = text.split(f"{selector} {{\n")[1].split("\n}")[0]
        assert rule.count(";") == len(properties)
    assert "caption: '{name}';" in text


def test_saved_queries_stand_in_their_folders_and_are_named_by_their_question():
    folders = {one["id"]: one["name"] for one in favourites.folders(in_order())}
    documents = {one["id"]: one for one in favourites.documents(in_order())}

    assert list(folders.values()) == list(FOLDERS)
    assert len(documents) == len(recipes())
    late = documents["graphkit-who-pays-late"]
    assert folders[late["folder"]] == "Money"
    assert late["content"].splitlines()[0] == "// Who pays late, and since when?"


def test_the_archive_has_the_same_queries_and_the_same_bytes_each_time():
    made = favourites.archive(in_order())

    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.read("Money/who-pays-late.cypher").decode().startswith("// Who pays late")
        assert len(archive.namelist()) == len(recipes())
    assert favourites.archive(in_order()) == made


def test_browser_is_served_whole_with_our_files_and_made_only_once(tmp_path):
    jar = tmp_path / "neo4j-browser-1.jar"
    with zipfile.ZipFile(jar, "w") as made:
        made.writestr("browser/index.html", "theirs")
        made.writestr("META-INF/MANIFEST.MF", "not served")

    served = site(jar, tmp_path)

    assert (served / "browser" / "index.html").read_text() == "theirs"
    assert not (served / "META-INF").exists()
    for name, content in files().items():
        assert (served / "browser" / "graphkit" / name).read_bytes() == content
    before = served.stat().st_mtime_ns
    (served / "browser" / "graphkit" / "open.js").write_text("somebody else's")
    assert site(jar, tmp_path) == served
    assert served.stat().st_mtime_ns == before
    assert (served / "browser" / "graphkit" / "open.js").read_bytes() == files()["open.js"]
    assert {one.name for one in tmp_path.iterdir()} == {jar.name, served.name}
    ours = json.loads((served / "browser" / "graphkit" / "ours.json").read_text())
    assert recipes()[FIRST].statement in ours["begin"]


def ask(page, origin=ORIGIN, word=None):
    """What our page would fetch: the answer, or the number of the refusal."""
    leading = Path(unquote(page.removeprefix("file://"))).read_text("utf-8")
    address = leading.split("url=")[1].split('"')[0]
    place, _, given = address.partition("#")
    port, _, known = given.partition("/")
    assert place == f"{ORIGIN}/browser/graphkit/open.html"
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/{word or known}", headers={"Origin": origin}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code


def port_of(page):
    leading = Path(unquote(page.removeprefix("file://"))).read_text("utf-8")
    return int(leading.split("#")[1].split("/")[0])


def test_user_and_password_are_given_once_to_the_page_that_was_opened(tmp_path):
    answers = []

    def show(page):
        (file,) = tmp_path.iterdir()
        assert file.stat().st_mode & 0o077 == 0 or os.name == "nt"
        assert LOGIN["password"] not in file.read_text("utf-8")
        answers.append(ask(page, word="guessed"))
        answers.append(ask(page, origin="http://127.0.0.1:9999"))
        answers.append(ask(page))
        answers.append(ask(page))

    assert handshake.open_logged_in(ORIGIN, LOGIN, tmp_path, show)
    assert answers == [404, 404, LOGIN, 404]
    assert list(tmp_path.iterdir()) == []


def test_who_connects_and_says_nothing_holds_nobody_up(tmp_path):
    answers = []

    def show(page):
        with socket.create_connection(("127.0.0.1", port_of(page))):
            answers.append(ask(page))

    assert handshake.open_logged_in(ORIGIN, LOGIN, tmp_path, show)
    assert answers == [LOGIN]


def test_a_web_browser_that_never_comes_is_not_waited_for_longer_than_said(tmp_path):
    shown = []

    def show(page):
        shown.append(port_of(page))

    assert not handshake.open_logged_in(ORIGIN, LOGIN, tmp_path, show, seconds=0.1)
    assert not handshake.open_logged_in(ORIGIN, LOGIN, tmp_path, lambda _: False, seconds=3600)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", shown[0]))
