"""The edition in a real browser: nothing overflows, nothing fails, nobody is asked for anything.

A page of ours embeds the untouched edition at the width of a phone and of a desk, measures it and
writes the result into itself, where ``chromium --dump-dom`` finds it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from newsledger.publish import write_edition, write_latest
from schemas.config import Site
from tests.unit.publish.sample_edition import sample_edition, sample_tables
from tests.unit.publish.sample_texts import sample_texts
from tests.unit.publish.test_publish_page import hostile_edition
from tests.unit.publish.test_publish_texts import hostile_text

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium here (Debian: apt-get install chromium)"
)

MEASURE = """<!DOCTYPE html><html lang="en"><head><title>measure</title><link rel="icon" href="data:,"></head>
<body style="margin:0"><iframe id="f" src="PAGE" width="WIDTH" height="900" style="border:0"></iframe>
<pre id="result"></pre><script>
document.getElementById("f").addEventListener("load", function () {
  const page = this.contentDocument, root = page.documentElement, wide = [];
  for (const fold of page.querySelectorAll("details")) { fold.open = true; }
  for (const part of page.body.querySelectorAll("*")) {
    const box = part.getBoundingClientRect();
    if (box.right > root.clientWidth + 1 && box.width > 1 && !part.closest(".scroll, .vh")) {
      wide.push(part.tagName + "." + part.className);
    }
  }
  const links = [...page.querySelectorAll("a[href]")].map(function (a) { return a.href; });
  const tables = [...page.querySelectorAll(".scroll")].filter(
    function (s) { return s.scrollWidth > s.clientWidth + 1; }).length;
  document.getElementById("result").textContent = JSON.stringify({
    content: root.scrollWidth, window: root.clientWidth, wide: wide.slice(0, 5), links: links,
    scrolling: tables, title: page.title, cards: page.querySelectorAll("article.card").length,
    scripts: page.scripts.length, font: getComputedStyle(page.body).fontSize});
});
</script></body></html>"""


@dataclass
class Served:
    """A folder served on loopback, and the paths asked of it."""

    folder: Path
    address: str
    asked: list[str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("site")
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base's
            asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(folder, f"http://127.0.0.1:{server.server_address[1]}", asked)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def editions(served: Served) -> Path:
    for name, edition in (("rich", sample_edition()), ("hostile", hostile_edition())):
        folder = served.folder / name
        texts = sample_texts() if name == "rich" else (hostile_text(),)
        write_edition(edition, sample_tables(), site=Site(), editions_dir=folder, texts=texts)
        yesterday = replace(sample_edition(), day=sample_edition().previous_day or edition.day)
        write_edition(yesterday, sample_tables(), site=Site(), editions_dir=folder)
        write_latest(folder)
    return served.folder


def browse(served: Served, page: str, width: int, profile: Path) -> dict[str, Any]:
    """Return what the measuring page found, after the browser reported no error."""
    measure = f"measure-{page.replace('/', '-')}-{width}.html"
    text = MEASURE.replace("PAGE", f"/{page}").replace("WIDTH", str(width))
    (served.folder / measure).write_text(text)
    done = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--hide-scrollbars",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            f"--user-data-dir={profile}",
            "--window-size=1400,1000",
            "--virtual-time-budget=5000",
            "--dump-dom",
            f"{served.address}/{measure}",
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert [row for row in done.stderr.splitlines() if "CONSOLE" in row] == []
    found = re.search(r'<pre id="result">(\{.*?\})</pre>', done.stdout, re.DOTALL)
    assert found, done.stdout[-2000:]
    result: dict[str, Any] = json.loads(found.group(1).replace("&amp;", "&"))
    return result


@pytest.mark.parametrize(
    "page", ["rich/2031-03-14/index.html", "hostile/2031-03-14/index.html", "rich/index.html"]
)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_width_makes_the_page_scroll_sideways(
    served: Served, editions: Path, tmp_path: Path, page: str, width: int
) -> None:
    result = browse(served, page, width, tmp_path)
    assert result["wide"] == []
    assert result["content"] <= result["window"] == width
    assert result["scripts"] == 0


def test_the_browser_asks_for_nothing_but_the_page(served: Served, editions: Path, tmp_path: Path) -> None:
    served.asked.clear()
    result = browse(served, "rich/latest/index.html", 360, tmp_path)
    assert [path for path in served.asked if "measure" not in path] == ["/rich/latest/index.html"]
    assert result["cards"] == 16


@pytest.mark.parametrize("name", ["rich", "hostile"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_marked_text_fits_every_width_and_its_links_resolve(
    served: Served, editions: Path, tmp_path: Path, name: str, width: int
) -> None:
    folder = editions / name / "2031-03-14" / "texts"
    page = max(folder.iterdir(), key=lambda path: path.stat().st_size)
    result = browse(served, f"{name}/2031-03-14/texts/{page.name}", width, tmp_path)
    assert result["wide"] == []
    assert result["content"] <= result["window"] == width
    assert result["scripts"] == 0
    own = {link.split("#")[0] for link in result["links"] if link.startswith(served.address)}
    missing = [link for link in own if not (editions / link.removeprefix(served.address + "/")).is_file()]
    assert missing == []
