"""Words that take a stance, found in text; what turns a meaning round; what conditions it.

The acts are the root classes of the PLOVER 2021 event scheme in lower case. The lists are our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from newsledger.extract.language.inflect import noun_forms, noun_table, sequences, verb_forms, verb_table
from newsledger.extract.language.mistagged import ONLY_VERBS, VERBS_LIKE_NOUNS
from newsledger.extract.language.tokens import Doc
from newsledger.extract.language.verb_groups import NEGATIONS
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.cue_words import ADJECTIVES, NEGATED_ONLY, NOUNS, VERBS

_PARTICLES = frozenset(("down", "off", "out", "up"))
_OBJECT_TAGS = ("DT", "PRP$", "PRP", "NN", "NNS", "NNP", "NNPS", "JJ", "CD", "POS", "HYPH")
_MISTAKEN = ("NN", "NNS", "JJ", "IN")
"""What a small tagger takes past forms for."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that takes a stance.

    Attributes:
        word: dictionary form ("rule out").
        act: PLOVER class in lower case.
        sign: +1 for, -1 against what it governs.
        start: first token of the cue.
        end: token after it.
        kind: ``verb``, ``noun`` or ``adjective``.
    """

    word: str
    act: str
    sign: int
    start: int
    end: int
    kind: str


FLIPPING_VERBS = verb_table(
    """
    end stop halt cease prevent block avoid abandon drop scrap cancel suspend delay postpone freeze
    reverse repeal revoke kill torpedo derail ban bar forbid undo break violate eliminate dismantle
    destroy curb forgo forego renounce relinquish avert thwart obstruct sabotage undermine withdraw
    oppose reject refuse resist quit quash overturn terminate discontinue pause hinder impede
    rescind shelve ditch axe veto outlaw prohibit discourage deter bury annul foil scupper wreck
    spoil collapse die fail stall omit exclude lack
    """
)
"""Verbs after (or before, for those without an object) which the opposite of their object is meant."""
FLIPPING_PHRASES = sequences("""
    give up; put off; call off; stave off; refrain from; desist from; do away with; back out of;
    pull out of; rule out; lay down; head off; walk away from; put an end to; put end to; opt out
    of; hold off; roll back; phase out
""")
FLIPPING_NOUNS = noun_table(
    """
    end halt stop cessation suspension lack absence obstacle ban removal delay cancellation
    abandonment rejection let-up breakdown failure reversal repeal termination prohibition collapse
    postponement moratorium freeze pause opponent alternative threat impediment barrier violation
    breach prevention
    """
)
OPAQUE_NOUNS = noun_table(
    """
    mechanism timeline timetable detail term timing modality talk negotiation discussion meeting
    issue question map phase clarification clarity information report debate dispute prospect chance
    schedule scope extent list logistics story consultation deliberation conference summit session
    round formula calendar pace news rumour rumor poll survey vote hearing study cost price impact
    effect consequence date anniversary critic supporter fate
    """
)
"""Nouns that take the stance away: who negotiates the mechanism of a thing takes no stance on the thing."""

TRANSPARENT_NOUNS = noun_table(
    """
    deal agreement accord pact plan proposal process bill measure scheme package programme program
    law legislation act option idea policy demand call rise increase hike bid offer move initiative
    effort arrangement provision clause requirement framework treaty resolution motion reform
    help aid assistance medic unit team troop personnel deployment
    project drive push step decision announcement mission
    """
)
"""Nouns a topic may modify without becoming another thing ("ceasefire proposal", "fuel tax rise")."""
JUDGING = verb_table("call brand label deem dub describe denounce condemn slam dismiss")
RENDERING = verb_table("make find think render prove keep leave")
"""Verbs that pass a judgement on their object ("called the verdict a travesty")."""
REALISING = verb_table("""
    accept add adopt allow appoint approve arrange back begin bring build buy call carry complete
    conclude conduct
    continue create cut deliver deploy do establish extend finish fulfil fund admit improve get give
    go grant have hold implement
    impose introduce join keep launch lead let levy make meet move open order organise oppose pay
    pledge press
    proceed provide pull push put raise reject release respect restore resume resign run sanction
    schedule
    see seek sell send set sign start stage stand stay stick support take tolerate uphold urge vote
    want withdraw
    win work recognise honour obey abide budge yield agree consent
""")
"""Verbs whose subject, if he will do it, brings the object about."""
INCLUDING = verb_table(
    "include contain guarantee provide ensure involve bring secure mention address mean lead"
)
IDLE = verb_table("wait speculate comment say know predict rush hurry look discuss talk worry tell ask guess "
                  "judge attend watch")  # fmt: skip
"""Verbs that even negated say nothing for or against their object ("would not wait for the election")."""
CARRYING = verb_table(
    """
    appear seem continue begin start go decide choose vote try manage rush have use come prepare
    proceed opt elect tend get keep meet gather rally march write protest travel turn unite join
    work act step remain stay act lead help intend move set say fail intervene team return
    """
)
"""Verbs that hand their subject on to the infinitive or gerund behind them ("decided to reject")."""
OPAQUE_VERBS = verb_table(
    """
    discuss negotiate renegotiate consider study review debate examine hear put talk explain clarify
    know understand describe mention investigate rewrite amend change vote decide weigh monitor
    cover ask question answer read see analyse watch await assess address scrutinise revisit
    submit table present test survey
    """
)
"""Verbs that take the stance away: whoever wants to discuss a thing is neither for nor against it."""
CLAIM_NOUNS = noun_table(
    """
    claim allegation accusation suggestion charge notion report rumour rumor assertion idea
    """
)

HAPPENING = verb_table(
    """
    happen occur go take begin start continue resume end stop come pass survive exist arise proceed
    hold stand last expire work emerge return
    """
)
"""Verbs by which a topic itself takes place; any other active verb makes it act on something else."""
OBLIGING = frozenset(["must", "should", "shall", "ought", "need", "needs", "has", "have", "had"])
COMMITTING = words("""
    will would wo 'll ’ll shall sha 'd ’d cannot can ca could
""")
CONDITIONAL_MARKERS = sequences("""
    only if; only after; only when; only once; only in exchange; unless; in exchange for; in return
    for; as long as; so long as;
    the minute they; the minute it; the moment they; the moment it; the day they;
    provided that; provided; providing; on condition that; on the
    condition; on condition; conditional on; conditioned on; contingent on; subject to; linked to;
    linked directly to; directly linked to; tied to; if; depending on; only with; not before; as
    part of a deal; dependent on; but only; only as part; only under; only on; so long; assuming;
    before; until; without; once; in exchange; in return; only by; hinges on; hinged on; hinge on;
    depends on;
    depended on; depend on; hangs on; rests on; only in; on one condition
""")
"""Longest first where one begins another; "until", "before" and "without" condition only what is negated."""
NEEDS_NEGATION = frozenset(("until", "before", "without", "as", "so"))
PAST_MARKERS = sequences("""
    previously; earlier; once; initially; formerly; originally; in the past; at first; until now;
    until recently; used to; years ago; decades ago; last year; a year ago; months ago; last
    century; until then; at the time; historically; back then; a decade ago; decade ago; year ago;
    century ago; in the last; under its last; under its former; under its previous; in those days
""")
TRAILING_PAST = PAST_MARKERS[6:]
"""Those that may also stand behind the verb."""
ANAPHORS = noun_table(
    """
    something step accusation allegation move demand arrangement condition idea proposal measure
    prospect charge requirement option scenario solution concession claim decision outcome
    suggestion provision plan course exercise initiative project
    """
)
"""Nouns that take up a topic named just before ("a step it has long resisted", "such an arrangement")."""
STATIVES = words("""
    support back want favour favor accept agree recognise intend plan hope believe-in approve-of believe
    need prefer wish tolerate consent see like love hear
""")
"""Words whose plain negation opposes ("does not want"); "did not call for" and the like take no stance."""
OPPOSING = words("oppose object resist")
"""Words whose plain negation accepts ("does not oppose"); "has not ruled out" takes no stance."""


def _table(source: dict[tuple[str, int], str]) -> dict[str, tuple[str, int]]:
    return {
        " ".join(phrase.split()): key
        for key, text in source.items()
        for phrase in text.split(";")
        if phrase.strip()
    }


@lru_cache(maxsize=1)
def _by_first() -> dict[str, list[tuple[str, tuple[str, ...], str, str, int]]]:
    """Return first word form -> (dictionary form, further words, kind, act, sign), longest phrases first."""
    table: dict[str, list[tuple[str, tuple[str, ...], str, str, int]]] = {}
    for kind, source in (("verb", VERBS), ("noun", NOUNS), ("adjective", ADJECTIVES)):
        for phrase, (act, sign) in _table(source).items():
            first, *rest = phrase.split()
            forms = {"verb": verb_forms, "noun": noun_forms}.get(kind, lambda word: frozenset((word,)))(first)
            for form in sorted(forms):
                table.setdefault(form, []).append((phrase, tuple(rest), kind, act, sign))
    for entries in table.values():
        entries.sort(key=lambda entry: (-len(entry[1]), entry[0], entry[2]))
    return table


def cues(doc: Doc, start: int, end: int) -> list[Cue]:
    """Return the stance cues among tokens ``[start, end)`` in order: at each place the longest of a kind."""
    table, found, at = _by_first(), [], start
    while at < end:
        kinds: set[str] = set()
        for cue in _cues_at(doc, at, end, table):
            if cue.kind not in kinds:
                found.append(cue)
                kinds.add(cue.kind)
        at += 1
    return found


def _cues_at(
    doc: Doc, at: int, end: int, table: dict[str, list[tuple[str, tuple[str, ...], str, str, int]]]
) -> list[Cue]:
    token = doc[at]
    out = []
    for phrase, rest, kind, act, sign in table.get(token.lower_, ()):
        if not _class_fits(token.lower_, token.tag_, kind, bool(rest)):
            continue
        if phrase in NEGATED_ONLY and not any(t.lower_ in NEGATIONS for t in doc[max(0, at - 6) : at]):
            continue
        stop = _match_rest(doc, at + 1, end, rest)
        if stop is None and is_split(doc, at, end, rest):
            stop = at + 1
        if stop is not None:
            out.append(Cue(phrase, act, sign, at, stop, kind))
    return out


def _class_fits(word: str, tag: str, kind: str, is_phrase: bool) -> bool:
    if kind == "verb":
        if tag == "NNS" and word in VERBS_LIKE_NOUNS:
            return True
        return tag.startswith("VB") or word in ONLY_VERBS or (word.endswith("ed") and tag in _MISTAKEN)
    if kind == "noun":
        return tag in ("NN", "NNS")
    return tag in ("JJ", "VBN", "IN", "VBD", "RB", "DT", "JJR") or is_phrase


def _match_rest(doc: Doc, at: int, end: int, rest: tuple[str, ...]) -> int | None:
    """Return the end of a phrase's further words; up to two adverbs or one pronoun may stand between."""
    is_vote = doc[at - 1].lower_.startswith("vot")  # "voted by 21 to 14 against", "vote its shares against"
    for order, word in enumerate(rest):
        skipped = 0
        while (
            at < end
            and doc[at].lower_ != word
            and order == 0
            and (
                (skipped < 2 and _may_stand_between(doc, at))
                or (is_vote and skipped < 6 and _tells_count(doc, at))
            )
        ):
            at += 1
            skipped += 1
        if at >= end or doc[at].lower_ != word:
            return None
        at += 1
    return at


def is_split(doc: Doc, at: int, end: int, rest: tuple[str, ...]) -> bool:
    """Return whether the object stands inside a verb and its particle ("turned the bid down")."""
    if len(rest) != 1 or rest[0] not in _PARTICLES or doc[at].tag_ in ("NN", "NNS"):
        return False
    for k in range(at + 1, min(at + 7, end)):
        if doc[k].lower_ == rest[0]:
            following = doc[k + 1] if k + 1 < end else None
            return k > at + 1 and (
                following is None or following.tag_ not in ("DT", "NN", "PRP$", "CD", "NNP")
            )
        if doc[k].tag_ not in _OBJECT_TAGS:
            return False
    return False


def _tells_count(doc: Doc, at: int) -> bool:
    """Return whether a word belongs to the result of a vote ("voted by 21 to 14 against")."""
    return doc[at].tag_ in ("CD", "HYPH", "RB", "PRP$", "NNS") or doc[at].lower_ in (
        "-",
        "–",
        "to",
        "by",
        "votes",
        "percent",
    )


def _may_stand_between(doc: Doc, at: int) -> bool:
    return doc[at].tag_ in ("RB", "RBR") or doc[at].lower_ in (
        "its",
        "his",
        "their",
        "themselves",
        "itself",
        "himself",
        "herself",
        "monday",
        "in",
        "principle",
        "once",
        "more",
        "again",
    )


def phrase_at(doc: Doc, at: int, phrases: tuple[tuple[str, ...], ...]) -> tuple[str, ...] | None:
    """Return the longest of the word sequences that stands at a token, or None."""
    for phrase in _by_word(phrases).get(doc[at].lower_, ()) if at < len(doc) else ():
        if at + len(phrase) <= len(doc) and all(
            doc[at + k].lower_ == phrase[k] for k in range(1, len(phrase))
        ):
            return phrase
    return None


_INDEXED: dict[int, tuple[tuple[tuple[str, ...], ...], dict[str, list[tuple[str, ...]]]]] = {}
"""Lists of phrases by identity, each with its phrases by first word, longest first."""


def _by_word(phrases: tuple[tuple[str, ...], ...]) -> dict[str, list[tuple[str, ...]]]:
    known = _INDEXED.get(id(phrases))
    if known is not None and known[0] is phrases:
        return known[1]
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        table.setdefault(phrase[0], []).append(phrase)
    _INDEXED[id(phrases)] = phrases, table
    return table


def is_flipping_phrase(doc: Doc, at: int) -> bool:
    """Return whether the verb at a token and the words after it turn their object round ("give up")."""
    return any(
        doc[at].lower_ in verb_forms(words[0])
        and (
            (
                at + len(words) <= len(doc)
                and all(doc[at + k].lower_ == words[k] for k in range(1, len(words)))
            )
            or is_split(doc, at, doc[at].sent.end, words[1:])
        )
        for words in FLIPPING_PHRASES
    )


def is_either_way(doc: Doc, at: int) -> bool:
    """Return whether "without" is one of two ways ("with or without a treaty")."""
    return bool(doc[at].lower_ == "without" and at and doc[at - 1].lower_ == "or")
