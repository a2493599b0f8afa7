"""Lines that stand in an article's text and are not part of it."""

from __future__ import annotations

import re

_OTHER_ARTICLE = re.compile(
    r"^\W{0,3}(?:read (?:more|also|next|the full story)|also read|see also|related(?: (?:stories"
    r"|articles|news))?"
    r"|more (?:on|from) this|recommended(?: for you)?|watch(?: (?:live|more|also))?|listen|don.t miss"
    r"|you may also like"
    r"|auch lesen|lesen sie (?:auch|mehr|hier)|lesetipp|mehr zum thema|weiterlesen|das (?:thema )?k(?:ö"
    r"|oe)nnte (?:dich|sie)[^:]*"
    r"|lire (?:aussi|également)|à lire(?: aussi)?|voir aussi|le puede interesar|lea (?:también|más)|leer más"
    r"|lee también|te puede interesar|leia (?:também|mais)|leggi anche|lees ook|czytaj (?:też|także|więcej))"
    r"\b[^\n]{0,30}?(?::|>|»|→|\||$)",
    re.IGNORECASE,
)
_LIST_FOLLOWS = re.compile(
    r"^\W{0,3}(?:you (?:may|might) (?:also )?(?:like|be interested in)|related(?: (?:stories|articles"
    r"|posts|news))?"
    r"|more (?:stories|news|from [\w ]{2,30})|recommended(?: (?:for you|stories|reading))?|most (?:read"
    r"|popular)"
    r"|trending(?: now)?|auch interessant|mehr zum thema"
    r"|weitere (?:aktuelle )?(?:artikel|themen|meldungen|beitr(?:ä|ae)ge|nachrichten)[^.]{0,40}"
    r"|você pode gostar|veja também|artículos relacionados|noticias relacionadas|articles similaires"
    r"|sur le même thème"
    r"|leggi anche|about the author|comments?|kommentare|leave a (?:comment|reply))\W{0,4}$",
    re.IGNORECASE,
)
_APPEAL = re.compile(
    r"^\W{0,3}(?:(?:please )?(?:subscribe|sign up|register|log in|follow (?:us|him|her|them)\b"
    r"|download (?:the|our)"
    r"|get (?:the latest|our|all the latest)|click here|tap here|join (?:us|our)|share this"
    r"|support (?:us|our)|first-time subscribers?|if you.re (?:seeing this|(?:already )?a subscriber)"
    r"|for the latest (?:news|stories|updates|headlines)|to (?:view|read|continue reading) the (?:full|whole)"
    r"|written permission must|no part of this (?:article|story|publication|content|site|page))"
    r"|(?:have|got) a (?:tip|story)|for more stories"
    r"|follow [\w.’' ]{2,30} on (?:twitter|x|facebook|instagram)"
    r"|the latest news in your inbox|s[ií]guenos|suscr[ií]bete|abonnez-vous|folgen sie)"
    r"\b[^\n]{0,200}$",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"^\W{0,3}(?:\(?(?:photo|image|picture|foto|bild|video|crédits? photos?|foto:|titelbild"
    r"|beitragsbild|image credit"
    r"|file photo|screenshot|illustration)s?(?:\s*(?:by|credit|source|via|von))?\s*[:/|©][^\n]{0,120}"
    r"|\((?:photo|image|illustration)s? (?:by|from) [^\n]{0,160}\)"
    r"|[^\n]{0,80}(?:getty images|shutterstock|/ ?reuters|/ ?afp|afp via getty|picture alliance"
    r"|imago images)\)?)\W*$",
    re.IGNORECASE,
)
_FIRST = 0.4
"""A list of other articles is not expected in that first part of a text."""


def without_foreign_lines(text: str) -> str:
    """Return a text without invitations to other articles, appeals, picture credits and lists at its end.

    Only whole lines leave, and of appeals and credits only short ones; a sentence that speaks of reading,
    following or a photo stays.

    Args:
        text: the running text, one line per block.
    """
    lines = text.splitlines()
    end = next(
        (at for at, line in enumerate(lines) if at > _FIRST * len(lines) and _LIST_FOLLOWS.match(line)), None
    )
    return "\n".join(line for line in lines[:end] if not _is_foreign(line))


def _is_foreign(line: str) -> bool:
    if len(line) > 260:
        return False
    return bool(_OTHER_ARTICLE.match(line) or _APPEAL.match(line) or _PICTURE.match(line))
