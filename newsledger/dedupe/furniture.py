# ruff: noqa: E501 - each rule is one line
"""Lines that an outlet prints around every article, known by what they say."""

from __future__ import annotations

import re

MAX_WORDS = 60
"""A longer line is a paragraph of the article, whatever words are in it."""
SHORT_WORDS = 25

# Each line: words of which one must be there, and what then makes the line furniture.
_RULES = r"""
newsletter newsletters inbox unsubscribe advertisement sponsored | .
rights | \ball rights reserved\b
cookie cookies | \b(?:settings|policy|accept)\b
sign | \bsign up (?:to|for|here|now)\b
subscribe subscriber subscribers subscription subscriptions | \b(?:now|today|here|from|our|to|you|with|offer)\b
become | \bbecome a (?:member|subscriber|supporter)\b
support | \bsupport (?:our|independent|local|quality)\b.*\bjournalis[mt]
app | \b(?:download|get) (?:the|our)\b.*\bapp\b
alerts notifications | \b(?:breaking news|push|e-?mail)\b
follow | \bfollow us\b|\bfollow\b.*@\w
find | \bfind us on\b
join | \bjoin (?:us on|our)\b.*\b(?:whatsapp|telegram|facebook|channel|community)\b
listen | \blisten to (?:this|the) (?:article|story|episode)\b
read | \b(?:most|also|must) read\b|\bread (?:more|also|next)\b
related | ^related\b
more | ^more (?:on this story|from)\b
share | \bshare this\b
tags topics | ^(?:tags|topics):
comments | \bcomments? (?:are )?(?:closed|open|off)\b
comment | \bleave a comment\b
forwarded | \bforwarded to you\b
policy guidelines standards code | \b(?:our|the) (?:editorial|privacy|comment|corrections?) \w+\b
council | \bpress council\b
editor newsdesk | \b(?:readers'? editor|newsdesk|letters to the editor)\b
article story report text | \bthis \w+ (?:was|is|has been) (?:originally |first )?(?:supplied|produced|provided|published)\b
article story report text | \bthis \w+ (?:was|is|has been) (?:syndicated|written|edited|translated|updated|amended)\b
article story report text | \bthis (?:article|story|report|text) (?:is|will be|is being) (?:updated|developing|free)\b
developing | \bthis is a developing story\b
thanks thank | \bthank(?:s| you) for (?:reading|following|joining|being)\b
welcome hello | \b(?:welcome|hello) (?:to|from|back)\b.*\b(?:our|the)\b
live | \blive (?:coverage|blog|page|feed|updates?|reporting)\b
we we're we'll | \bwe(?:'re| are| will|'ll)\b.*\b(?:bring you|keep you|reach you|closing|pausing|wrapping)\b
we we're we'll | \bwe(?:'re| are| will|'ll)\b.*\bback (?:in|with|at|tomorrow|on)\b
that's that is this was | \b(?:that(?:'s| is| was)|this is) (?:all|it|the end)\b.*\b(?:us|today|now|tonight|week|edition)\b
joining | \bif you(?:'re| are) just joining\b
touch | \bget in touch\b
good | \bgood (?:morning|afternoon|evening)[.,!]
see | \bsee you (?:tomorrow|next|on|again)\b
until | \buntil (?:tomorrow|next (?:time|week))\b.*\b(?:stay|you|us|we)\b
click | \bclick (?:here|on|below|the)\b
button | \bbutton below\b
back | \bcheck back\b
stay | \bstay tuned\b
refresh | \brefresh (?:this|the) page\b
view | \bview (?:comments|all|gallery)\b
"""
_SHORT = re.compile(
    r"^(?:by|from)\s+(?:our|the|[A-Z])(?!.*[.!?]$)"
    r"|^(?:published|updated|posted|last (?:updated|modified)|first published|share|comments?|save|print|image"
    r"|photo|picture|video|caption|source|getty|file)\b(?:\s*[:|]|(?!.*[.!?]$))"
    r"|\bmin(?:ute)?s? read\b"
    r"|\b(?:reporting|editing|writing) by\b|\b(?:reuters|ap|afp|epa|dpa)\s*/|\S+@\S+\.\S+|^https?://",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def _compiled() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    rules = (line.split(" | ", 1) for line in _RULES.strip().splitlines())
    return tuple((frozenset(cues.split()), re.compile(pattern)) for cues, pattern in rules)


_TABLE = _compiled()
_CUES = frozenset(cue for cues, _ in _TABLE for cue in cues)


def is_furniture(line: str) -> bool:
    """Return whether a line says that it belongs to the page, not to the article on it."""
    number = line.count(" ") + 1
    if number > MAX_WORDS:
        return False
    if line.startswith("©") or (number <= SHORT_WORDS and _SHORT.search(line)):
        return True
    plain = line.replace("’", "'").lower()
    words = _CUES.intersection(_WORD.findall(plain))
    return bool(words) and any(
        pattern.search(plain) for cues, pattern in _TABLE if not words.isdisjoint(cues)
    )
