"""Auxiliary and modal verbs, contracted forms included, as data."""

from __future__ import annotations

from newsledger.extract.language.wordlist import words

AUXILIARIES = words("""
    be is are was were am been being 's 're ’s ’re has have had having 've ’ve 'd ’d do does did get
    gets got will would shall should can could may might must ca wo sha 'll ’ll need ought dare
""")
MODALS = words("""
    will would shall should can could may might must ca wo sha 'll ’ll ought 'd ’d
""")
