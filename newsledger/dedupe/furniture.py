"""Lines that an outlet prints around every article, known by what they say."""

from __future__ import annotations

import re

MAX_WORDS = 60
"""A longer line is a paragraph of the article, whatever words are in it."""

_ALWAYS = re.compile(
    r"\bnewsletters?\b|\b(?:in|to) your inbox\b|\ball rights reserved\b|^©|\bcookies?\b.*\b(?:settings|policy|accept)\b"
    r"|\bsign up (?:to|for|here|now)\b|\bsubscri(?:be|bers?|ptions?)\b.*\b(?:now|today|here|from|our|to|you|with|offer)\b"
    r"|\bbecome a (?:member|subscriber|supporter)\b|\bsupport (?:our|independent|local|quality)\b.*\bjournalis[mt]"
    r"|\b(?:download|get) (?:the|our)\b.*\bapp\b|\bbreaking news alerts?\b|\bpush notifications?\b"
    r"|\bfollow us\b|\bfind us on\b|\bjoin (?:us on|our)\b.*\b(?:whatsapp|telegram|facebook|channel|community)\b"
    r"|\blisten to (?:this|the) (?:article|story|episode)\b|\b(?:most|also|must) read\b|^related\b|\bread (?:more|also|next)\b"
    r"|\bmore (?:on this story|from)\b|\bshare this\b|\badvertisement\b|\bsponsored\b|^tags?:|^topics?:"
    r"|\bcomments? (?:are )?(?:closed|open|off)\b|\bleave a comment\b|\bforwarded to you\b|\bunsubscribe\b"
    r"|\b(?:our|the) (?:editorial|privacy|comment|corrections?) (?:policy|guidelines|standards|code)\b|\bpress council\b"
    r"|\b(?:readers'? editor|newsdesk|letters to the editor)\b|\bthis article (?:was|is|has been) (?:originally |first )?"
    r"(?:supplied|produced|provided|published|syndicated|written|edited|translated|updated|amended)\b"
    r"|\bthis (?:story|report|text|article) (?:has been|is being|will be|was|is) (?:updated|edited|developing|free)\b"
    r"|\bfree (?:to read|of charge)\b.*\b(?:you|every|reader)|\bthanks? (?:you )?for (?:reading|following|joining|being)\b"
    r"|\b(?:welcome|hello) (?:to|from|back)\b.*\b(?:our|the)\b|\blive (?:coverage|blog|page|feed|updates?|reporting)\b"
    r"|\bwe(?:'re| are| will|'ll)\b.*\b(?:bring you|back (?:in|with|at|tomorrow|on)|closing|pausing|wrapping|keep you|reach you)\b"
    r"|\b(?:that(?:'s| is| was)|this is) (?:all|it|the end|the corner)\b.*\b(?:us|today|now|tonight|week|edition)\b"
    r"|\bif you(?:'re| are) just joining\b|\bget in touch\b|\bgood (?:morning|afternoon|evening)[.,!]"
    r"|\bsee you (?:tomorrow|next|on|again)\b|\buntil (?:tomorrow|next (?:time|week))\b|\bclick (?:here|on|below|the)\b"
    r"|\bbutton below\b|\bcheck back\b|\bstay tuned\b|\brefresh (?:this|the) page\b|\bview (?:comments|all|gallery)\b",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"^(?:by|from)\s+(?:our|the|[A-Z])|^(?:published|updated|posted|last (?:updated|modified)|first published|share|"
    r"comments?|save|print|image|photo|picture|video|caption|source|getty|file)\b|\bmin(?:ute)?s? read\b|\b(?:reporting|editing|writing) by\b"
    r"|\b(?:reuters|ap|afp|epa|dpa)\s*/|\bnewsroom@|\S+@\S+\.\S+|^https?://|\bfollow\b.*@\w+",
    re.IGNORECASE,
)
_SHORT_WORDS = 25


def is_furniture(line: str) -> bool:
    """Return whether a line says that it belongs to the page, not to the article on it."""
    words = line.count(" ") + 1
    if words > MAX_WORDS:
        return False
    folded = line.replace("’", "'")
    return bool(_ALWAYS.search(folded)) or (words <= _SHORT_WORDS and bool(_SHORT.search(folded)))
