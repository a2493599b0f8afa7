"""Which language a text is in."""

from __future__ import annotations

import functools
from typing import Any

MIN_CHARACTERS = 120
"""Shorter texts are not judged by their letters: names alone look like another language."""
SURE = 0.7
"""Confidence from which the detector is believed over what the page declares."""
_SAMPLE = 6_000


@functools.cache
def _detector() -> Any:  # noqa: ANN401 - the library has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads a model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str, declared: str | None = None) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None where nothing decides.

    Args:
        text: the article's text.
        declared: what the page or the file says ("en-GB"), believed for short or unclear texts.
    """
    stated = (declared or "").replace("_", "-").partition("-")[0].strip().lower()[:3] or None
    if len(text) < MIN_CHARACTERS:
        return stated
    code, confidence = _detector().classify(text[:_SAMPLE])
    if confidence >= SURE:
        return str(code)
    return stated
