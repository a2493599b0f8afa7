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
    conditional: Literal["auto", "both", "etag", "last-modified", "off"] = Field(
        "auto",
        description="validators sent: `auto` finds out what the server honours, `off` always asks for all",
    )
    minutes: float | None = Field(
        None, gt=0, description="a fixed pause between two polls, instead of a learned one"
    )
    sitemap: HttpUrl | None = Field(
        None, description="a news sitemap read when the feed may have missed items"
    )


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
    read_timeout_seconds: float = Field(10.0, gt=0, description="for one silence inside a request")
    delay_seconds: float = Field(1.0, ge=0, description="between two requests to the same host")
    requests_per_host: int = Field(2, ge=1, le=20, description="requests at once to the same host")
    connections: int = Field(32, ge=1, le=500, description="requests at once to all hosts")
    patience_seconds: float = Field(
        60.0, ge=0, description="how long a run waits for a host that asked for rest; beyond it, the next run"
    )
    max_page_bytes: int = Field(10_000_000, gt=0)
    max_feed_bytes: int = Field(15_000_000, gt=0)
    max_items: int = Field(2_000, gt=0, description="entries read of one feed")
    revisit_days: int = Field(
        2, ge=0, le=60, description="days after its last change an article is looked at again for another"
    )
    allow_private_addresses: bool = Field(
        default=False, description="reach loopback and private networks (for a newsroom on this machine)"
    )
    proxy: Annotated[str, Field(pattern=r"^((https?|socks5h?)://.+|environment)$")] | None = Field(
        None,
        description="an HTTP or SOCKS5 proxy, or `environment` for what HTTPS_PROXY, HTTP_PROXY, ALL_PROXY"
        " and NO_PROXY say",
    )
    ca_file: str | None = Field(None, description="PEM file of authorities trusted beside the known ones")
    obey_tdm: bool = Field(
        default=True, description="leave out pages whose publisher reserves text and data mining"
    )
    obey_ai: bool = Field(
        default=False, description="leave out pages whose publisher wants no training of models"
    )
    keep_raw_days: int = Field(14, ge=0, description="days every answer is kept as WARC; 0: until it is read")
    retries: int = Field(10, ge=0, description="times a failed article is tried again before it is given up")


class Scheduling(_Model):
    """How often feeds are asked."""

    start_minutes: float = Field(60.0, gt=0, description="between two polls of a feed nothing is known of")
    least_minutes: float = Field(10.0, gt=0, description="between two polls of the busiest feed")
    most_minutes: float = Field(1440.0, gt=0, description="between two polls of the quietest feed")
    hint_minutes: float = Field(
        180.0,
        ge=0,
        description="the longest pause a publisher's ttl, sy:updatePeriod or Cache-Control imposes",
    )
    push_minutes: float = Field(360.0, gt=0, description="between two polls of a feed whose hub pushes it")
    jitter: float = Field(0.1, ge=0, le=0.5, description="share by which a pause is shortened or lengthened")
    failing_days: float = Field(30.0, gt=0, description="the longest pause of a feed that keeps failing")


class Auditing(_Model):
    """Thresholds of the audit that belong to the whole project; those of a story stand in its codebook."""

    undated_share: float = Field(
        0.1, ge=0, le=1, description="share of documents without a publication date that is warned of"
    )
    reprint_share: float = Field(
        0.9, ge=0, le=1, description="share of documents that repeat another text that is warned of"
    )
    garbled_share: float = Field(
        0.002,
        ge=0,
        le=1,
        description="share of a text's characters that may be control characters or wrongly decoded; two may",
    )
    longest_evidence: int = Field(2_000, gt=0, description="characters of the longest evidence believed")
    copies: int = Field(
        3, ge=1, description="documents of one outlet with the very same text; further ones are held"
    )
    stale_days: float = Field(
        7.0, gt=0, description="days without anything new after which a feed or a busy outlet is warned of"
    )
    volume_factor: float = Field(
        5.0, gt=1, description="times its usual documents a day above which an outlet is warned of"
    )
    volume_least: int = Field(
        20, ge=1, description="documents of an outlet on a day below which nobody is warned of many"
    )


class Keeping(_Model):
    """What is kept of old files, and how much space must be free."""

    snapshots: int = Field(
        1, ge=0, description="former snapshots kept in .newsledger/snapshots, each a whole copy"
    )
    backups: int = Field(3, ge=1, description="backups of the ledger kept, made before each migration")
    free_mb: int = Field(
        100, ge=0, description="megabytes that must stay free beside what a run is about to write"
    )


class Serving(_Model):
    """What ``newsledger serve`` does beside the runs."""

    host: str = Field("127.0.0.1", description="address it listens on; 0.0.0.0 for all of the machine")
    port: int = Field(8080, ge=0, le=65535, description="port of the editions, the receiver and the metrics")
    public_url: str | None = Field(
        None, description="where hubs reach the receiver from outside; without it no hub is subscribed to"
    )
    settle_seconds: float = Field(
        2.0, ge=0, description="a file of the inbox is read when it has not changed for so long"
    )
    snapshot: bool = Field(default=True, description="offer newsledger.duckdb for download and ATTACH")


class Paths(_Model):
    """Where things lie, relative to the project's folder."""

    codebooks: str = "codebooks"
    feeds: str = "feeds.yml"
    inbox: str = "inbox"
    subscriptions: str = "subscriptions.yml"
    state: str = ".newsledger"
    corrections: str = "corrections.yml"
    editions: str = "editions"
    snapshot: str = "newsledger.duckdb"


class Settings(_Model):
    """``newsledger.toml``: everything has a default, the file may be absent."""

    site: Site = Site()
    fetching: Fetching = Fetching()
    scheduling: Scheduling = Scheduling()
    auditing: Auditing = Auditing()
    keeping: Keeping = Keeping()
    serving: Serving = Serving()
    paths: Paths = Paths()
