"""Where articles of past days come from: one interface, :class:`newsledger.fetch.sources.source.Source`.

``files`` reads folders and JSON dumps, ``warc`` archives in WARC files (``frames`` takes damaged ones
apart), ``sitemaps`` what sites list by date, ``wayback`` captures through a CDX server; ``choose`` makes a
source of its name.
"""
