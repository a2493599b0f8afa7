"""Which document an article is: addresses, versions, reprints."""

from newsledger.dedupe.identify import Identified, document_id_of, identify
from newsledger.dedupe.relation import Comparison, relation
from newsledger.dedupe.shelf import Shelf
from newsledger.dedupe.sketch import Size, sketch, text_sha256
from newsledger.feeds.urls import identity_key, normalise_url

__all__ = [
    "Comparison",
    "Identified",
    "Shelf",
    "Size",
    "document_id_of",
    "identify",
    "identity_key",
    "normalise_url",
    "relation",
    "sketch",
    "text_sha256",
]
