"""The room that turns an edition record into what people read and load: page, Markdown, JSON, tables.

The names below are loaded when first used, because :func:`write_edition` needs pyarrow and Jinja2 while
the terminal's ``diff`` only needs :func:`summary`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.publish.folder import write_edition
    from newsledger.publish.listing import write_latest
    from newsledger.publish.markdown import Line, summary
    from newsledger.publish.site.build import write_site

__all__ = ["Line", "summary", "write_edition", "write_latest", "write_site"]

_HOMES = {
    "write_edition": "folder",
    "write_latest": "listing",
    "Line": "markdown",
    "summary": "markdown",
    "write_site": "site.build",
}


def __getattr__(name: str) -> object:
    """Return a public name from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
