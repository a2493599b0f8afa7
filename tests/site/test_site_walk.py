"""The whole site in a real browser: links, plots and their tables, keyboard, console, network, axe.

Screenshots are kept where ``NEWSLEDGER_SHOTS`` names a folder, for people to look at.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from tests.site.example_site import build_hostile, build_site

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium here (Debian: apt-get install chromium)"
)

WIDTHS = (320, 768, 1280)
WALKED = ("plain", "hostile")
SHOTS = os.environ.get("NEWSLEDGER_SHOTS")


@dataclass
class Web:
    """Two sites served on loopback."""

    folder: Path
    address: str
    pages: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("web")
    for name, build in (("plain", build_site), ("hostile", build_hostile)):
        work = tmp_path_factory.mktemp(name)
        shutil.copytree(build(work).editions, folder / name)

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Web(folder, f"http://127.0.0.1:{server.server_address[1]}")
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright_api.sync_playwright() as api:
        opened = api.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def kinds(web: Web, name: str) -> list[str]:
    """Return one page of each kind, the greatest of its kind where there are many."""
    root = web.folder / name
    patterns = (
        "index.html", "latest/index.html", "2031-05-12/index.html", "2031-05-11/index.html",
        "2031-05-*/revisions/*/index.html", "2031-05-*/texts/*.html", "stories/index.html",
        "stories/*/index.html", "stories/*/indicators/*.html", "stories/*/issues/*.html",
        "stories/*/actors/*.html", "outlets/index.html", "outlets/*-*.html", "changes/index.html",
        "changes/20*.html", "changes/c*.html", "days/*.html", "feeds/index.html", "data/index.html",
        "data/dictionary.html", "audit/index.html",
    )  # fmt: skip
    found = [
        sorted(root.glob(pattern), key=lambda path: (-path.stat().st_size, path)) for pattern in patterns
    ]
    return sorted({str(paths[0].relative_to(root)) for paths in found if paths})


def opened(browser: Any, **options: Any) -> tuple[Any, list[str], list[str]]:
    """Return a page with the lists of what it complained of and what it asked for."""
    page = browser.new_context(**options).new_page()
    troubles: list[str] = []
    asked: list[str] = []
    page.on("console", lambda said: troubles.append(said.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: troubles.append(f"dialog {dialog.message}"))
    return page, troubles, asked


@pytest.mark.parametrize("name", WALKED)
def test_every_link_of_every_page_resolves(web: Web, name: str) -> None:
    root = web.folder / name
    ids: dict[Path, set[str]] = {}
    broken = []
    pages = sorted(root.rglob("*.html"))
    assert len(pages) > 25
    for path in pages:
        base = path.relative_to(root).as_posix()
        tree = html.document_fromstring(path.read_bytes())
        for link in tree.xpath("//@href | //@src"):
            if urlsplit(link).scheme in ("http", "https", "data"):
                continue
            assert urlsplit(link).scheme == "", f"{base}: {link}"
            target = urljoin(base, link)
            place, _, fragment = target.partition("#")
            file = root / unquote(place or base)
            if not file.is_file():
                broken.append(f"{base}: {link}")
            elif fragment and file.suffix == ".html":
                if file not in ids:
                    ids[file] = set(html.document_fromstring(file.read_bytes()).xpath("//@id"))
                if unquote(fragment) not in ids[file]:
                    broken.append(f"{base}: {link} has no such place")
    assert broken == []


@pytest.mark.parametrize("name", WALKED)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways_complains_or_asks_a_stranger(
    web: Web, browser: Any, name: str, width: int
) -> None:
    page, troubles, asked = opened(browser, viewport={"width": width, "height": 900})
    for path in kinds(web, name):
        page.goto(f"{web.address}/{name}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        wide = page.evaluate(
            """() => [...document.body.querySelectorAll("*")].filter(part => {
                const box = part.getBoundingClientRect();
                return box.right > document.documentElement.clientWidth + 1 && box.width > 1
                    && !part.closest(".scroll, .vh, pre, svg");
            }).slice(0, 3).map(part => part.tagName + "." + part.className)"""
        )
        assert (path, wide) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}-{path.replace('/', '_')}.png", full_page=True)
    page.context.close()
    assert troubles == []
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {
        urlsplit(web.address).netloc
    }


@pytest.mark.parametrize("name", WALKED)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_no_violation(web: Web, browser: Any, name: str, width: int, scheme: str) -> None:
    page, _, _ = opened(browser, viewport={"width": width, "height": 900}, color_scheme=scheme)
    axe = axe_api.Axe()
    for path in kinds(web, name):
        page.goto(f"{web.address}/{name}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        found = axe.run(page).response["violations"]
        told = [
            (v["id"], v["nodes"][0]["html"][:200], v["nodes"][0].get("failureSummary", "")[:300])
            for v in found
        ]
        assert (path, told) == (path, [])
    page.context.close()


def test_every_plot_has_its_table_and_a_name(web: Web, browser: Any) -> None:
    page, _, _ = opened(browser)
    plots = 0
    for path in kinds(web, "plain"):
        page.goto(f"{web.address}/plain/{path}")
        found = page.evaluate(
            """() => [...document.querySelectorAll("svg[role=img]")].map(plot => {
                if (!plot.getAttribute("aria-label")) { return "no name"; }
                if (plot.closest("table, article.card")) { return "in its table"; }
                let next = plot.closest("figure");
                while (next && next.nextElementSibling) {
                    next = next.nextElementSibling;
                    if (next.matches("table") || next.querySelector("table")) { return "table"; }
                }
                return "no table";
            })"""
        )
        assert (path, [told for told in found if told.startswith("no ")]) == (path, [])
        plots += len(found)
    assert plots > 10


def test_the_keyboard_reaches_everything_and_shows_where_it_is(web: Web, browser: Any) -> None:
    page, _, _ = opened(browser, viewport={"width": 1280, "height": 900})
    for path in (
        "latest/index.html",
        "stories/harbour/index.html",
        "stories/harbour/indicators/strikers.html",
    ):
        page.goto(f"{web.address}/plain/{path}")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.url.endswith("#main")
        wanted = page.evaluate("document.querySelectorAll('a[href], summary, [tabindex=\"0\"]').length")
        reached = set()
        for _ in range(wanted + 5):
            page.keyboard.press("Tab")
            told = page.evaluate(
                """() => { const at = document.activeElement;
                    const all = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')];
                    return [all.indexOf(at), getComputedStyle(at).outlineStyle]; }"""
            )
            if told[0] >= 0:
                assert told[1] != "none", path
                reached.add(told[0])
        assert len(reached) > wanted / 2, path


def test_the_search_finds_by_words_and_by_keyboard_alone(web: Web, browser: Any) -> None:
    page, troubles, _ = opened(browser)
    page.goto(f"{web.address}/plain/changes/index.html")
    page.keyboard.press("/")
    page.keyboard.type("killed rise")
    page.locator("form.search tbody tr").first.wait_for()
    rows = page.locator("form.search tbody tr")
    assert rows.count() >= 1
    assert all("rise" in rows.nth(n).inner_text() for n in range(rows.count()))
    link = rows.first.locator("a")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/changes/c*.html")
    assert page.title().startswith("killed, rise")
    page.goto(f"{web.address}/plain/changes/index.html?q=nothingofthekind")
    page.get_by_text("Nothing found.").wait_for()
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert page.locator("#q").input_value() == ""
    page.context.close()
    assert troubles == []


def test_hostile_words_found_by_the_search_stay_words(web: Web, browser: Any) -> None:
    page, troubles, _ = opened(browser)
    page.goto(f"{web.address}/hostile/changes/index.html?q=script")
    page.locator("form.search tbody tr").first.wait_for()
    assert "<script>" in page.locator("form.search tbody").inner_text()
    assert page.evaluate("document.querySelectorAll('form.search script').length") == 0
    page.context.close()
    assert troubles == []


@pytest.mark.parametrize("path", ["changes/index.html", "latest/index.html", "stories/harbour/index.html"])
def test_a_page_is_complete_without_scripts(web: Web, browser: Any, path: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{web.address}/plain/{path}")
    assert page.locator("main > .scroll table, main section table").first.is_visible()
    assert page.locator("form.search").count() == 0 or not page.locator("form.search").is_visible()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_print_is_dark_on_white_and_leaves_the_ways_out(web: Web, browser: Any, scheme: str) -> None:
    page, _, _ = opened(browser, color_scheme=scheme)
    page.goto(f"{web.address}/plain/stories/harbour/indicators/strikers.html")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert not page.locator("nav").first.is_visible()
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/print-{scheme}.png", full_page=True)
    page.context.close()


def test_dark_pages_are_dark(web: Web, browser: Any) -> None:
    page, _, _ = opened(browser, color_scheme="dark")
    for path in ("latest/index.html", "stories/harbour/index.html"):
        page.goto(f"{web.address}/plain/{path}")
        red, green, blue = page.evaluate(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
        )
        assert red + green + blue < 150, path
    page.context.close()


def test_no_page_is_heavier_than_a_phone_likes(web: Web) -> None:
    heavy = {str(path): path.stat().st_size for path in (web.folder / "plain").rglob("*.html")}
    assert {path: size for path, size in heavy.items() if size > 150_000} == {}
