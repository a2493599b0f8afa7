"""Verb forms a small tagger takes for other classes of words, as data."""

from __future__ import annotations

from newsledger.extract.language.wordlist import words

ONLY_VERBS = words("""
    says insists denies rejects opposes refuses accepts agrees endorses condemns denounces hails
    seeks wants resists vetoes urges approves adopts excludes includes proposes requires allows
    believes considers remains becomes seems appears contains involves ratifies recognises
    recognizes favours favors vows warns declares welcomes applauds praises criticises criticizes defends
    embraces expects thinks believes intends prefers argues describes regards deems loathes sneers
""")
"""Third-person forms no noun shares: verbs whatever the tagger says ("an accusation Veria denies")."""
VERBS_LIKE_NOUNS = words("calls demands backs drops slams hails fights protests supports pledges")
"""Forms a tagger takes for plural nouns ("the plan calls for"); asked in verbless sentences only."""
BARE_IN_ED = words("need feed seed embed succeed proceed exceed speed breed heed weed bleed shed wed concede")
PRONOMINAL = words("many few some most all both this that these those several others")
"""Determiners that also stand alone, so that a verb may follow them."""
