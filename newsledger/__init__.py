"""newsledger: the pure steps from a feed to an edition, over the records of :mod:`schemas`."""

__version__ = "0.1.0"
