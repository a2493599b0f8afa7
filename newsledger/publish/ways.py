"""The ways every page of the site offers, from its root, and the addresses of its pages."""

from __future__ import annotations

import hashlib
import re

WAYS = (
    ("Latest day", "latest/index.html"),
    ("All days", "index.html"),
    ("Stories", "stories/index.html"),
    ("Changes", "changes/index.html"),
    ("Outlets", "outlets/index.html"),
    ("Feeds", "feeds/index.html"),
    ("Data", "data/index.html"),
    ("Audit", "audit/index.html"),
)
"""Words and addresses."""


def anchor(name: str) -> str:
    """Return an id fit for HTML and for an address, from a stable name or a key."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name) or "unnamed"


def slug(name: str) -> str:
    """Return a name as part of an address: readable, of plain letters, never that of another name."""
    plain = anchor(name).strip("-").lower()[:48] or "x"
    return f"{plain}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
