"""Files of a newsledger project that people edit: ``feeds.yml`` and ``newsledger.toml``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from schemas.codebook import Key


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Feed(_Model):
    """One feed of an outlet."""

    id: Key
    url: HttpUrl
    outlet: str
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "en"
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    kind: Literal["feed", "sitemap"] = "feed"
    tags: list[str] = []
    home: str | None = Field(None, description="the site's page, for people")
    groups: list[list[str]] = Field(
        [],
        description="where the feed stands in a reader's list, outermost group first: [[Europe, Portugal]]",
    )
    timezone: str | None = Field(None, description="zone of dates the feed writes without one")
    enabled: bool = True


class FeedsFile(_Model):
    """``feeds.yml``: the feeds that ``newsledger run`` polls."""

    feeds: list[Feed]


class Site(_Model):
    """How the edition presents itself."""

    title: str = "newsledger"
    url: str | None = Field(None, description="where the editions are served, for absolute links")
    texts: bool = Field(
        default=True,
        description="write a page with each document's whole text, marked; turn it off where you may not "
        "show whole articles to those who read the editions",
    )


class Fetching(_Model):
    """How newsledger behaves towards the sites it reads."""

    contact: str | None = Field(None, description="address or page named in the user agent")
    timeout_seconds: float = Field(20.0, gt=0, description="for one request, all redirects included")
    delay_seconds: float = Field(1.0, ge=0, description="between two requests to the same host")
    max_page_bytes: int = Field(10_000_000, gt=0)
    max_feed_bytes: int = Field(15_000_000, gt=0)
    max_items: int = Field(2_000, gt=0, description="entries read of one feed")
    revisit_days: int = Field(2, ge=0, description="days after its first sight an article is read again")
    allow_private_addresses: bool = Field(
        default=False, description="reach loopback and private networks (for a newsroom on this machine)"
    )


class Paths(_Model):
    """Where things lie, relative to the project's folder."""

    codebooks: str = "codebooks"
    feeds: str = "feeds.yml"
    state: str = ".newsledger"
    editions: str = "editions"
    snapshot: str = "newsledger.duckdb"


class Settings(_Model):
    """``newsledger.toml``: everything has a default, the file may be absent."""

    site: Site = Site()
    fetching: Fetching = Fetching()
    paths: Paths = Paths()
