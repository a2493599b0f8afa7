"""An article's page taken apart: which blocks are the article, and what they say.

``blocks`` tells foreign blocks from the article's, ``body`` returns the running text, ``people`` the authors,
``states`` live blogs and corrections; :func:`newsledger.fetch.page.reading.read_article` is the whole of it.
"""
