"""Words by which a text says who says something."""

from __future__ import annotations

from newsledger.extract.language.inflect import noun_table, sequences, verb_table
from newsledger.extract.language.wordlist import words

REPORTING_VERBS = verb_table(
    """
    say tell state declare announce add note explain claim assert allege insist maintain argue
    contend believe think warn caution stress emphasise underline underscore reiterate repeat affirm
    reaffirm confirm acknowledge admit concede deny suggest indicate signal hint imply propose
    recommend report write tweet post reply respond answer ask wonder joke quip shout whisper remark
    comment observe recall recount describe predict forecast expect estimate hope fear vow pledge
    promise swear threaten demand urge call conclude find agree disagree complain lament protest
    testify reveal disclose disclose clarify boast brag counter retort reason opine proclaim
    pronounce advise inform remind assure convince tell pray muse read reckon guess decry point
    concur mention specify continue conclude charge accuse rule order disagree plead bemoan jest
    text cite relay convey suspect speculate worry trumpet sneer scoff snap thunder fume rage roar mutter warn
    """
)
"""Verb forms that can introduce what somebody says or holds, and their dictionary forms."""

CLAUSE_ONLY = words("""
    believe think expect hope fear estimate find agree call rule order charge point signal indicate
    suggest read pray describe threaten demand urge continue reckon guess respond report accuse cite
    relay convey ask recall post text plead reveal admit imply answer mention
""")
"""Verbs that report only with a that-clause or a quotation, not with any object."""

ADDRESSEE_VERBS = frozenset(["tell", "inform", "remind", "assure", "advise", "warn", "convince"])
"""Verbs that name who is told before what is told."""

STATEMENT_NOUNS = noun_table(
    """
    statement post message letter interview speech briefing tweet comment remark address
    announcement communique report testimony filing press_release broadcast video article memo op-ed
    column
    """
)
"""Nouns for what carries words ("a statement put out by the group")."""

NON_ANSWERS = sequences("""
    declined to comment; declined to say; refused to comment; said nothing; says nothing; made no
    mention; makes no mention; no comment; not comment; not immediately comment; not respond; not
    say whether; not immediately respond; would not say; did not say; did not mention; not address;
    not be drawn; left open whether; leaves open whether; sidestepped; sidesteps; dodged;
    avoided the question;
    would not be drawn; remained silent;
    stayed silent; kept silent; without mentioning; undecided; no position on; not taken a position;
    has yet to; have yet to; had yet to; neither confirmed nor denied; stopped short of; stops short
    of; stopping short of
""")
"""Words that say that no position was taken."""
