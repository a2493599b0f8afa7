"""Serve an invented newsroom on loopback and let newsledger walk through it, day by day, over HTTP.

``make run`` starts this. Progress goes to standard error, the last edition to standard output.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from examples.newsroom import DEFAULT_PORT, Newsroom
from flows.report import RunReport
from schemas.errors import NewsledgerError, UsageError

EXAMPLE = Path(__file__).parent / "port-merrow"
SETTINGS = """[site]
title = "newsledger example: {title}"

[fetching]
# The newsroom of the example answers on this machine and at once.
allow_private_addresses = true
delay_seconds = 0
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk through the example and print its last edition; return the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        reports = walk(asked.folder, asked.out or asked.folder / "site", port=asked.port)
    except NewsledgerError as error:
        _say(f"error: {error}" + (f"\nhint: {error.hint}" if error.hint else ""))
        return int(error.exit_code)
    return _show(reports)


def walk(folder: Path, site: Path, *, port: int = DEFAULT_PORT) -> list[RunReport]:
    """Return the report of each day's run over the newsroom of an example folder.

    Args:
        folder: holds ``codebook.yml``, ``feeds.yml`` and ``newsroom/``.
        site: the project folder to write; made anew each time.
        port: where the newsroom answers; another one is taken, and said, where it is not free.

    Raises:
        UsageError: the folder holds no example, or the site folder is no former example.
    """
    if not (folder / "newsroom" / "newsroom.yml").exists():
        raise UsageError(f"{folder}: no newsroom/newsroom.yml in it", hint="name an example with --folder")
    newsroom = Newsroom(folder / "newsroom")
    days = newsroom.programme.days
    with newsroom.serve(newsroom.programme.run_instant(days[0]), port):
        _tell_where(newsroom, port)
        prepare(folder, site, newsroom)
        return _run_days(newsroom, site)


def prepare(folder: Path, site: Path, newsroom: Newsroom) -> None:
    """Write the project the runs work in: settings, codebook, and feeds at the newsroom's address.

    Raises:
        UsageError: the folder exists and was not made by this script; nothing in it is touched.
    """
    if site.exists() and any(site.iterdir()) and not (site / "newsledger.toml").exists():
        raise UsageError(f"{site}: not empty, and no example site", hint="name an empty folder with --out")
    if site.exists():
        shutil.rmtree(site)
    (site / "codebooks").mkdir(parents=True)
    settings = SETTINGS.format(title=newsroom.programme.title.replace('"', "'"))
    (site / "newsledger.toml").write_text(settings, encoding="utf-8")
    book = (folder / "codebook.yml").read_text(encoding="utf-8")
    (site / "codebooks" / f"{folder.name}.yml").write_text(book, encoding="utf-8")
    feeds = (folder / "feeds.yml").read_text(encoding="utf-8")
    (site / "feeds.yml").write_text(feeds.replace("http://127.0.0.1:PORT", newsroom.root), encoding="utf-8")


def _run_days(newsroom: Newsroom, site: Path) -> list[RunReport]:
    """Return one report per day. All runs share one engine: starting it takes longer than a run."""
    from flows.engine import engine  # noqa: PLC0415 - what the engine needs takes seconds to import
    from flows.project import open_project  # noqa: PLC0415

    reports = []
    with engine(open_project(site).state, announce=_say):
        from flows.run import run_project  # noqa: PLC0415 - Prefect reads its settings when imported

        for day in newsroom.programme.days:
            now = newsroom.programme.run_instant(day)
            newsroom.set_clock(now)
            started = time.monotonic()
            reports.append(run_project(site, now=now))
            _say_day(day, reports[-1], time.monotonic() - started)
    return reports


def _say_day(day: date, report: RunReport, seconds: float) -> None:
    _say(f"{day:%a} {day}: {report.line} ({seconds:.1f} s)")


def _tell_where(newsroom: Newsroom, port: int) -> None:
    _say(f"{newsroom.programme.title}: {len(newsroom.articles)} articles of {len(newsroom.outlets)} outlets")
    moved = "" if newsroom.root.endswith(f":{port}") or not port else f" (port {port} is taken; names differ)"
    _say(f"the newsroom answers at {newsroom.root}{moved}")


def _show(reports: Sequence[RunReport]) -> int:
    """Print the last edition's Markdown and where its page lies."""
    paths = [path for report in reports for path in report.edition_paths]
    if not paths:
        print("nothing changed: the editions stand as they were")
        return 0
    last = max(path.resolve() for path in paths)
    print((last / "edition.md").read_text(encoding="utf-8"))
    print(f"{last / 'index.html'}\n{(last / 'index.html').as_uri()}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.run_example", description=__doc__)
    parser.add_argument("--folder", type=Path, default=EXAMPLE, help="the example (default: port-merrow)")
    parser.add_argument(
        "--out", "--keep", type=Path, help="project folder to write anew (default: site/ in the example)"
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port of the newsroom on loopback")
    return parser


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
