"""Stable names: of records, made from what they are and nothing else, and of readings."""

from __future__ import annotations

import hashlib

from schemas.codebook import Codebook

EXTRACTOR = "rules 1.1"
"""Name and version of the default extractor; raise it when what it reads changes."""


def stable_id(prefix: str, *parts: object) -> str:
    """Return a one-letter prefix and 16 hex digits that are the same for the same parts on every machine."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return prefix + hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def codebook_version(codebook: Codebook) -> str:
    """Return the codebook's version and 8 hex digits of a digest of its content and of who reads with it.

    Another extractor reads other things with the same codebook, so what it reads is kept apart.
    """
    told = f"{codebook.model_dump_json()}\x1f{EXTRACTOR}"
    return f"{codebook.version}+{hashlib.sha256(told.encode()).hexdigest()[:8]}"
