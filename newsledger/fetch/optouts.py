"""What sites say about text and data mining and the training of models, wherever they say it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsledger.fetch.robots import Rules

AI_AGENTS = (
    "GPTBot", "CCBot", "Google-Extended", "ClaudeBot", "anthropic-ai", "Applebot-Extended", "Bytespider",
    "PerplexityBot", "Meta-ExternalAgent", "FacebookBot", "Amazonbot", "cohere-ai",
    "cohere-training-data-crawler", "Diffbot", "omgili", "omgilibot", "ImagesiftBot", "AI2Bot", "Timpibot",
    "DeepSeekBot", "ChatGPT-User",
)  # fmt: skip
"""Product tokens that gather text for models, as their operators publish them; a site that shuts them out
by name says that it wants no training."""
TDMREP = "/.well-known/tdmrep.json"
"""Where the TDM Reservation Protocol (W3C community group report of 2024) puts a site's wishes."""
_SIGNAL = re.compile(r"^[ \t]*content-(signal|usage)[ \t]*:[ \t]*([^\n#]+)", re.IGNORECASE | re.MULTILINE)
_META = re.compile(rb"<meta\b[^>]{0,600}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""\b(name|content)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_NO_AI = frozenset({"noai", "noimageai", "noml"})
_HEAD_BYTES = 100_000
"""Meta elements stand in a page's head; what comes later is not searched."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish as a site states it.

    Attributes:
        kind: ``tdm`` or ``ai``.
        source: ``robots.txt``, ``tdmrep.json``, ``header`` or ``meta``.
        value: the words.
    """

    kind: str
    source: str
    value: str


def robots_wishes(rules: Rules, url: str) -> Iterator[Wish]:
    """Yield what a robots.txt says about models: crawlers for them shut out by name, content signals."""
    for agent in AI_AGENTS:
        if agent.lower() in rules.named and not rules.allows(url, agent):
            yield Wish("ai", "robots.txt", agent)
    for name, words in _SIGNAL.findall(rules.text):
        settings = re.sub(r"\s", "", words.lower())
        if "ai-train=no" in settings or "train-ai=n" in settings:  # Cloudflare's and the IETF's spelling
            yield Wish("ai", "robots.txt", f"Content-{name.capitalize()}: {words.strip()}")


def tdmrep_wishes(body: str, url: str) -> Iterator[Wish]:
    """Yield what ``tdmrep.json`` says about an address: the first rule whose location fits counts."""
    try:
        rules = json.loads(body)
    except (ValueError, RecursionError):
        return  # no file of the protocol: sites answer unknown addresses with a page
    path = urlsplit(url).path or "/"
    for rule in rules if isinstance(rules, list) else []:
        if isinstance(rule, dict) and _fits(str(rule.get("location", "")), path):
            if str(rule.get("tdm-reservation", "")) == "1":
                yield Wish("tdm", "tdmrep.json", f"tdm-reservation: 1 for {rule['location']}")
            return


def _fits(location: str, path: str) -> bool:
    pattern = "".join(
        ".*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", location.rstrip("$"))
    )
    return bool(location) and re.match(pattern + ("$" if location.endswith("$") else ""), path) is not None


def header_wishes(headers: Mapping[str, str], product: str) -> Iterator[Wish]:
    """Yield what an answer's headers say, ``tdm-reservation: 0`` included: it overrides the site's file."""
    reservation = headers.get("tdm-reservation", "").strip()
    if reservation in ("0", "1"):
        yield Wish("tdm" if reservation == "1" else "no tdm", "header", f"tdm-reservation: {reservation}")
    agent = ""
    for part in headers.get("x-robots-tag", "").lower().split(","):
        name, colon, rest = part.strip().partition(":")
        agent, tag = (name.strip(), rest.strip()) if colon else (agent, name)
        if tag in _NO_AI and agent in ("", "*", product):
            yield Wish("ai", "header", f"X-Robots-Tag: {tag}")


def meta_wishes(body: bytes) -> Iterator[Wish]:
    """Yield what a page's own meta elements say, ``tdm-reservation`` 0 included."""
    for element in _META.findall(body[:_HEAD_BYTES]):
        found = {k.lower(): v.strip(b"\"' ").lower() for k, v in _ATTRIBUTE.findall(element)}
        name, content = found.get(b"name", b""), found.get(b"content", b"").decode("ascii", "replace")
        if name == b"tdm-reservation" and content in ("0", "1"):
            yield Wish("tdm" if content == "1" else "no tdm", "meta", f"tdm-reservation: {content}")
        elif name in (b"robots", b"newsledger"):
            for tag in sorted({part.strip() for part in content.split(",")} & _NO_AI):
                yield Wish("ai", "meta", f"robots: {tag}")


def in_force(wishes: list[Wish]) -> list[Wish]:
    """Return the wishes that hold; of reservations, the page's word goes before the header's and the file's.

    Args:
        wishes: all that were met for one address.
    """
    order = ("meta", "header", "tdmrep.json")
    stated = sorted((w for w in wishes if w.kind.endswith("tdm")), key=lambda w: order.index(w.source))
    reserved = [w for w in stated if w.kind == "tdm"] if stated and stated[0].kind == "tdm" else []
    return [w for w in wishes if w.kind == "ai"] + reserved
