"""From an address or a file to a draft of an article.

``client`` fetches safely and politely, ``poll`` reads a feed, ``article`` reads a page, ``files`` reads
what lies on the disk, ``dateline`` reads place, agency and day from a text. Import those modules
themselves: the page reader is slow to import.
"""
