"""Pages that are no article, and articles that are only the beginning of one."""

from __future__ import annotations

import re
from typing import Any

from newsledger.feeds.urls import is_home
from newsledger.fetch.metadata import PageFacts

MIN_WORDS = 25
"""Fewer words of running text are no article; the shortest real briefs have about thirty."""
TEASER_WORDS = 150
"""A text behind a paywall, or one that ends with an invitation to subscribe, is whole above that."""
SUMMARY_WORDS = 60
"""A text no longer than that, all of it in the feed's own summary, is taken for the summary."""

_CHALLENGE = re.compile(
    r"just a moment|attention required|checking your browser|are you (?:a )?(?:human|robot)|not a robot"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|pardon our interruption|access denied|request blocked"
    r"|security check|enable javascript and cookies|unusual traffic|ddos protection",
    re.IGNORECASE,
)
_CHALLENGE_MARKUP = re.compile(
    r"cf-challenge|_cf_chl_opt|challenge-platform/h|captcha-delivery\.com|px-captcha|distil_r_captcha",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"\b(?:404|410|500|503)\b.*\b(?:error|not found)|page (?:not|can.?t be) found|not found$|"
    r"(?:page|article|story) (?:is )?(?:no longer|not) available|something went wrong|under maintenance",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"before you continue to|(?:please )?(?:enable|turn on|activate) (?:javascript|cookies)\b"
    r"|(?:javascript|cookies) (?:is|are) (?:disabled|required|not enabled)|requires javascript"
    r"|we (?:value|care about) your privacy|(?:manage|accept) (?:all )?cookies"
    r"|not available in your (?:country|region)"
    r"|unavailable (?:in|from) (?:your|the) (?:country|region|european)",
    re.IGNORECASE,
)
"""Pages that ask for a consent, for scripts or for another country; a news text so short says none of it."""
_INVITATION = re.compile(
    r"(?:read (?:more|the full (?:story|article))|continue reading|keep reading"
    r"|(?:subscribe|sign in|sign up|log in|register)\b[^.\n]{0,80}"
    r"|to (?:read|continue)[^.\n]{0,60}(?:subscribe|subscription|account)[^.\n]{0,40}"
    r"|already a subscriber[^\n]{0,40}"
    r"|(?:this (?:article|content|story) is )?(?:only for|for|exclusive to) subscribers[^\n]{0,40}"
    r"|\[?…\]?|\.\.\.|\[\.\.\.\])[\s.!»>→]*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


def no_article(
    tree: Any,  # noqa: ANN401 - an lxml element
    facts: PageFacts,
    body: str,
    *,
    url: str | None,
    raw: str,
) -> tuple[str, str] | None:
    """Return why a page is no article (reason, detail), or None where it may be one.

    Args:
        tree: the parsed page.
        facts: what it says of itself.
        body: the running text found.
        url: its address, or None for a file.
        raw: the page's markup, looked at for the marks of challenge pages.
    """
    words = len(_WORD.findall(body))
    shown = tree.xpath("string(//title)") or facts.title
    if words < 200 and (_CHALLENGE.search(shown) or _CHALLENGE_MARKUP.search(raw)):
        return "challenge page", "the site asked for a proof of being human instead of showing the article"
    if words < 100 and not facts.is_article and _ERROR.search(shown.strip()):
        return "error page", f"the page says {shown.strip()[:80]!r}"
    if words < 100 and _WALL.search(f"{shown}\n{body[:600]}"):
        return "consent or script wall", "the site shows a question or a blank page instead of the article"
    if url and is_home(url):
        return "home page", "the address is the site's front page"
    if _is_index(tree, facts, body):
        return "index page", "mostly links, hardly any running text"
    if words < MIN_WORDS:
        return "no article text", f"{words} words of running text"
    return None


def _is_index(tree: Any, facts: PageFacts, body: str) -> bool:  # noqa: ANN401 - an lxml element
    """Return whether most of a page's words are links and few paragraphs run on."""
    running = [line for line in body.splitlines() if len(line) >= 80 and line.rstrip()[-1:] in ".!?\"”’'"]
    if facts.is_list and len(running) < 5:
        return True
    if facts.is_article or len(running) >= 3:
        return False
    everything = len(" ".join(tree.xpath("string(//body)").split()))
    linked = sum(len(" ".join(a.text_content().split())) for a in tree.iter("a"))
    return linked > 0.5 * max(everything, 1) and len(list(tree.iter("a"))) >= 15


def teaser(body: str, *, is_free: bool | None, summary: str) -> str | None:
    """Return why a text is only the beginning of an article, or None where it seems whole.

    Args:
        body: the running text.
        is_free: what the page says of itself in JSON-LD, or None.
        summary: the feed's own text of the item, or "".
    """
    words = [w.casefold() for w in _WORD.findall(body)]
    if len(words) < TEASER_WORDS and is_free is False:
        return f"the page calls itself not free and shows {len(words)} words"
    if len(words) < TEASER_WORDS and _INVITATION.search(body.rstrip()):
        return f"{len(words)} words, ending with an invitation to read on elsewhere"
    known = {w.casefold() for w in _WORD.findall(summary)}
    if known and len(words) < SUMMARY_WORDS and sum(w in known for w in words) >= 0.9 * len(words):
        return "the text is the feed's summary and no more"
    return None
