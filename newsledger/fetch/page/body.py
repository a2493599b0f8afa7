"""The running text of an article page."""

from __future__ import annotations

import trafilatura

from newsledger.fetch.page.blocks import Element, article_tree
from newsledger.fetch.page.lead import standfirsts, with_standfirst

SHORT = 600
"""Characters; below that the careful extraction is compared with the ordinary one."""


def running_text(
    tree: Element, url: str | None, *, descriptions: tuple[str, ...] = (), title: str = ""
) -> str:
    """Return the article's text: the extraction that leaks least, unless it finds too little.

    Args:
        tree: the parsed page, left as it is.
        url: its address, or None.
        descriptions: what the page says of itself in a sentence; finds the standfirst.
        title: the headline.
    """
    page = article_tree(tree)
    leads = standfirsts(page, descriptions)
    careful = _extract(page, url, precise=True)
    if len(careful) >= SHORT:
        return with_standfirst(careful, leads, title)
    ordinary = _extract(page, url, precise=False)
    return with_standfirst(ordinary if len(ordinary) > 1.5 * len(careful) else careful, leads, title)


def _extract(page: Element, url: str | None, *, precise: bool) -> str:
    found = trafilatura.extract(
        page,
        url=url,
        favor_precision=precise,
        include_comments=False,
        include_tables=False,
        with_metadata=False,
    )
    return str(found or "")
