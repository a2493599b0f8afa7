"""Feeds: which there are, what they list, and the spelling of the addresses they name."""

from newsledger.feeds.listing import load_feeds
from newsledger.feeds.parse import parse_feed
from newsledger.feeds.trouble import FeedError

__all__ = ["FeedError", "load_feeds", "parse_feed"]
