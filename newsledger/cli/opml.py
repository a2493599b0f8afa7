"""``newsledger feeds import|export|discover``: lists of feeds in and out, and the feeds of a site."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, ProjectOption, emit
from schemas.errors import ConfigError, ExitCode, UsageError

if TYPE_CHECKING:
    from newsledger.feeds.content import FeedContent
    from newsledger.fetch.client import Client


def import_(
    file: Annotated[Path, Parameter(help="an OPML file, or - for standard input")],
    /,
    *,
    dry_run: Annotated[bool, Parameter(negative="", help="print the entries, change nothing")] = False,
    project: ProjectOption = Path(),
) -> int:
    """Add the feeds of an OPML file to feeds.yml, in their groups and with their categories.

    Feeds whose address is listed already are passed over. Leaves with 4 when an outline could not be read.
    """
    from flows.project import read_settings  # noqa: PLC0415
    from newsledger.feeds.listing import add_feeds, listed_as_yaml, load_feeds  # noqa: PLC0415
    from newsledger.feeds.opml import read_opml  # noqa: PLC0415
    from newsledger.feeds.trouble import FeedError  # noqa: PLC0415

    path = project / read_settings(project).paths.feeds
    held = load_feeds(path).feeds if path.exists() else []
    try:
        opml = read_opml(_bytes_of(file), taken=[feed.id for feed in held])
    except FeedError as error:
        raise ConfigError(f"{file}: {error}", hint="export the list again as OPML 2.0") from error
    addresses = {str(feed.url) for feed in held}
    fresh = [feed for feed in opml.feeds if str(feed.url) not in addresses]
    for name, reason in opml.refused:
        sys.stderr.write(f"not taken: {name}: {reason}\n")
    if dry_run:
        sys.stdout.write(listed_as_yaml(fresh))
    elif fresh:
        add_feeds(path, fresh)
    known = len(opml.feeds) - len(fresh)
    sys.stderr.write(f"{len(fresh)} new, {known} listed already, {len(opml.refused)} not taken: {path}\n")
    return ExitCode.DEGRADED if opml.refused else ExitCode.OK


def _bytes_of(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise UsageError(f"{file}: no such file", hint="name the OPML file your reader exported") from error


def export_(*, project: ProjectOption = Path()) -> int:
    """Print the feeds of feeds.yml as OPML 2.0, for another reader."""
    from flows.project import read_settings  # noqa: PLC0415
    from newsledger.feeds.listing import load_feeds  # noqa: PLC0415
    from newsledger.feeds.opml import write_opml  # noqa: PLC0415

    settings = read_settings(project)
    path = project / settings.paths.feeds
    if not path.exists():
        raise UsageError(f"{path}: no such file", hint="newsledger feeds import FILE")
    sys.stdout.buffer.write(write_opml(load_feeds(path).feeds, title=settings.site.title))
    sys.stdout.buffer.flush()
    return ExitCode.OK


def discover_(url: str, /, *, project: ProjectOption = Path(), form: FormatOption = "table") -> int:
    """Find the feeds of a site: those its page declares, else links to, else the usual addresses.

    Every address printed was fetched and read as a feed. Leaves with 4 when there is none.

    Parameters
    ----------
    url
        The site's front page, a section's page, or a feed.
    """
    from flows.project import read_settings  # noqa: PLC0415
    from newsledger.feeds.discover import discover  # noqa: PLC0415
    from newsledger.feeds.isolation import FeedReader  # noqa: PLC0415
    from newsledger.fetch.client import Client  # noqa: PLC0415

    address = url if "://" in url else f"https://{url}"
    with Client(read_settings(project).fetching) as client, FeedReader() as reader:

        def read(body: bytes, at: str, content_type: str | None) -> FeedContent:
            """Return what the reading process finds in a body."""
            return reader.read(body, url=at, content_type=content_type)

        found = discover(address, _getter(client), read)
    emit([asdict(feed) for feed in found], ["url", "title", "kind", "how"], form)
    if not found:
        sys.stderr.write(
            f"no feed found at {address}\n  try: the page of a section, or the site's help page\n"
        )
    return ExitCode.OK if found else ExitCode.DEGRADED


def _getter(client: Client) -> Callable[[str], tuple[bytes, str | None, str] | None]:
    """Return a function that fetches an address, and says on stderr why one could not be had."""
    from newsledger.fetch.trouble import FetchFailed  # noqa: PLC0415

    def get(url: str) -> tuple[bytes, str | None, str] | None:
        """Return body, content type and final address, or None."""
        try:
            answer = client.get(url, limit=client.settings.max_feed_bytes)
        except FetchFailed as error:
            sys.stderr.write(f"{url}: {error.reason}\n")
            return None
        return answer.body, answer.content_type, answer.url

    return get
