"""Whether a push comes from the hub that was told the secret (WebSub, 8)."""

from __future__ import annotations

import hashlib
import hmac

METHODS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
"""The methods the recommendation registers."""


def sign(body: bytes, secret: str, method: str = "sha256") -> str:
    """Return the value of ``X-Hub-Signature`` for a body."""
    return f"{method}={hmac.new(secret.encode(), body, METHODS[method]).hexdigest()}"


def is_signed(body: bytes, header: str | None, secret: str) -> bool:
    """Return whether a push's signature is right; a missing one, or one of an unknown method, is not.

    Args:
        body: the push as it came.
        header: ``X-Hub-Signature``, or None.
        secret: what the hub was told with the subscription.
    """
    method, equals, told = (header or "").strip().partition("=")
    if not equals or method.lower() not in METHODS:
        return False
    right = hmac.new(secret.encode(), body, METHODS[method.lower()]).hexdigest()
    return hmac.compare_digest(right.encode(), told.strip().lower().encode())
