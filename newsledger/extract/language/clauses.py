"""The predicates of a sentence: verb groups with their negation, modal, opening word and subject.

Read from word classes and word order first, because a small parser places a verb under the wrong head more
often than it mistakes the word class; the tree is asked for the subject and checked against the order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from newsledger.extract.language.auxiliaries import MODALS
from newsledger.extract.language.mistagged import ONLY_VERBS, VERBS_LIKE_NOUNS
from newsledger.extract.language.roles import OWN_MINDS, SPEAKING_ROLES, TITLES
from newsledger.extract.language.tokens import Doc, Span, Token
from newsledger.extract.language.verb_groups import (
    NEGATIONS,
    QUOTES,
    is_no_longer,
    is_past_form,
    is_verbal,
    verb_groups,
)
from newsledger.extract.language.wordlist import words

_COPULAS = frozenset(["be", "is", "are", "was", "were", "am", "been", "being", "'s", "'re", "’s", "’re"])
CONDITIONS = words("if unless until till once whether provided assuming lest")
_ADVERBIALS = words("""
    because as while although though when after before since whereas even despite
""")
_RELATIVES = frozenset(["who", "which", "whose", "whom", "where", "what", "how", "why"])
_COORDINATORS = frozenset(["and", "but", "or", "nor", "yet", ";", "—", "–"])
OPENERS = CONDITIONS | _ADVERBIALS | _RELATIVES | _COORDINATORS | {"that", "than", "so"}
_KEPT = "newsledger.predicates"
TIME_NOUNS = words("""
    monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow month week
    year night
""")
_PREPOSITIONS = words("in on at by for with from of about over under after before during to into near")
_OBJECTIVE = frozenset(["him", "them", "me", "us", "whom"])
"""Pronouns that are never subjects."""
_NOMINAL = ("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "WP", "WDT")
_OBJECT_START = ("DT", "PRP$", "NN", "NNS", "NNP", "NNPS", "JJ", "PRP", "CD")
_INSIDE_NP = (*_NOMINAL[:4], "JJ", "JJR", "JJS", "CD", "DT", "PRP$", "POS", "VBN", "VBG", "HYPH", "PDT")
_HYPHENS = "-‐‑–"


@dataclass(frozen=True, slots=True)
class Predicate:
    """One verb group.

    Attributes:
        main: token of the main verb (of the form of "be" when a noun or adjective follows it).
        start: first token of the group, auxiliaries included.
        end: token after the group.
        form: ``finite``, ``infinitive``, ``gerund`` or ``participle``.
        is_negated: whether the group holds a negation.
        modals: the modal verbs of the group in lower case.
        is_passive: whether a form of "be" and a participle make it passive.
        is_copula: whether it is a form of "be" with a noun or adjective after it.
        opener: the word that opens its clause ("that", "if", "who", "and" ...), or "".
        opener_at: that word's token, or -1.
        subject: the token that heads its own subject, or None.
    """

    main: int
    start: int
    end: int
    form: str
    is_negated: bool
    modals: frozenset[str]
    is_passive: bool
    is_copula: bool
    opener: str
    opener_at: int
    subject: int | None


def predicates(sentence: Span) -> list[Predicate]:
    """Return the predicates of a sentence from left to right, read once and kept with the paragraph."""
    kept: dict[tuple[int, int], list[Predicate]] = sentence.doc.user_data.setdefault(_KEPT, {})
    span = sentence.start, sentence.end
    if span not in kept:
        kept[span] = _read(sentence)
    return list(kept[span])


def _read(sentence: Span) -> list[Predicate]:
    doc = sentence.doc
    found: list[Predicate] = []
    previous_end = sentence.start
    for group in list(verb_groups(sentence)) or _only_verb(sentence):
        predicate = _predicate(doc, group, previous_end, sentence)
        found.append(_as_joined(doc, found, _as_infinitive(found, predicate)))
        previous_end = predicate.end
    return _with_main_verb(doc, found, sentence)


def _only_verb(sentence: Span) -> list[list[Token]]:
    """Return the participle between two noun phrases as the verb of a sentence that shows no other.

    A small tagger takes the verb of a short sentence or headline for one ("Qatar voiced optimism").
    """
    for token in sentence[1:-1]:
        is_participle = token.tag_ in ("VBN", "VBD") and token.nbor(1).tag_ in _OBJECT_START
        is_plural = token.lower_ in VERBS_LIKE_NOUNS and (
            token.nbor(1).tag_ in _OBJECT_START or token.nbor(1).lower_ == "for"
        )
        if (is_participle or is_plural) and is_noun(token.nbor(-1)):
            return [[token]]
    return []


def _as_infinitive(found: list[Predicate], predicate: Predicate) -> Predicate:
    """Return a bare verb joined to an infinitive as one ("to end the war and begin the exchange")."""
    is_joined = predicate.opener in ("and", "or") and predicate.subject is None
    is_bare = predicate.form == "finite" and predicate.end - predicate.start <= 2 and not predicate.modals
    if found and found[-1].form == "infinitive" and is_joined and is_bare:
        return replace(predicate, form="infinitive")
    return predicate


def _as_joined(doc: Doc, found: list[Predicate], predicate: Predicate) -> Predicate:
    """Return a "participle" joined to a finite verb as finite ("balked at pay but offered training")."""
    is_joined = predicate.opener in ("and", "but") and predicate.opener_at >= predicate.start - 2
    has_object = predicate.end < len(doc) and (
        doc[predicate.end].tag_ in _OBJECT_START or doc[predicate.end].lower_ == "for"
    )
    is_bare = predicate.form == "participle" and predicate.end - predicate.start == 1
    if (
        is_bare
        and is_joined
        and has_object
        and found
        and found[-1].form == "finite"
        and not found[-1].is_passive
    ):
        return replace(predicate, form="finite")
    return predicate


def _with_main_verb(doc: Doc, found: list[Predicate], sentence: Span) -> list[Predicate]:
    """Return the predicates with a participle taken as the main verb where a sentence has no other.

    A small tagger reads "accused" in "A court last month accused Veria" as a participle.
    """
    if any(_stands_alone(p) for p in found):
        return found
    bare = [
        n
        for n, p in enumerate(found)
        if p.form == "participle" and p.opener in ("", "and") and not p.is_passive
    ]
    bare.sort(key=lambda n: doc[min(found[n].end, len(doc) - 1)].lower_ == "by")
    for number in bare:
        predicate = found[number]
        first = min(found[n].start for n in bare if found[n].start <= predicate.start)
        subject = nominal_before(doc, first, sentence.start)
        if subject is None:
            continue
        after = doc[predicate.end] if predicate.end < sentence.end else None
        found[number] = replace(predicate, form="finite", subject=subject, is_passive=not _is_active(after))
        return found
    return found


def _stands_alone(predicate: Predicate) -> bool:
    """Return whether a predicate is the verb of a main clause; one joined by "and" needs one before it."""
    if predicate.form != "finite":
        return False
    is_joined = predicate.opener in ("and", "but") and predicate.subject is not None
    return predicate.opener == "" or is_joined


def _is_active(after: Token | None) -> bool:
    """Return whether an object or a preposition other than "by" follows a verb."""
    if after is None:
        return False
    return after.tag_ in (*_OBJECT_START, "VBG") or (
        after.tag_ in ("IN", "TO", "RP") and after.lower_ != "by"
    )


def _predicate(doc: Doc, group: list[Token], previous_end: int, sentence: Span) -> Predicate:
    verbs = [token for token in group if is_verbal(token)] or group
    main, first = verbs[-1], verbs[0]
    start, end = group[0].i, group[-1].i + 1
    form = _form(group, first)
    opener_at, opener = _opener(doc, previous_end, start)
    forms_of_be = [v for v in verbs[:-1] if v.lower_ in _COPULAS]
    is_passive = bool(forms_of_be) and main.tag_ in ("VBN", "VBD")
    is_copula = main.lower_ in _COPULAS
    before = doc[previous_end:start]
    is_negated = any(t.lower_ in NEGATIONS or is_no_longer(t) for t in group) or _is_negated_after(
        doc, end, sentence, is_copula
    )
    is_negated |= bool(before) and before[-1].lower_ in ("never", "not", "nor")
    is_negated |= doc[sentence.start].lower_ == "nor" and not any(t.lower_ == "that" for t in before)
    is_negated |= start > sentence.start + 1 and doc[start - 2 : start].text.lower() == "no longer"
    subject = _subject(doc, verbs, (opener_at, previous_end), sentence) if form == "finite" else None
    if subject is None and form == "finite" and previous_end == sentence.start and opener == "":
        subject = _opening_name(doc, start, sentence)
    modals = frozenset(t.lower_ for t in verbs if t.lower_ in MODALS)
    return Predicate(
        main.i, start, end, form, is_negated, modals, is_passive, is_copula, opener, opener_at, subject
    )


def _opening_name(doc: Doc, start: int, sentence: Span) -> int | None:
    """Return the first word of a sentence where the tagger does not see that it is a name ("Norvania/RB")."""
    first = doc[sentence.start]
    is_odd = first.tag_ in ("RB", "JJ", "VB", "VBP", "UH", "FW", "NNS") and first.text[:1].isupper()
    follower = doc[sentence.start + 1] if start > sentence.start else None
    return first.i if is_odd and follower is not None and follower.text != "," else None


def _is_negated_after(doc: Doc, end: int, sentence: Span, is_copula: bool) -> bool:
    """Return whether the word after the group negates it ("is not ready", "will accept nothing")."""
    if is_copula and end + 1 < sentence.end and doc[end].text in QUOTES:
        end += 1  # is “not on the table”
    if not is_copula or end >= sentence.end:
        return False
    return doc[end].lower_ in NEGATIONS or (
        doc[end].lower_ == "no" and doc[end].nbor(1).lower_ == "longer" if end + 1 < sentence.end else False
    )


def _form(group: list[Token], first: Token) -> str:
    if any(token.tag_ == "TO" for token in group if token.i < first.i):
        return "infinitive"
    if first.tag_ in ("MD", "VBP", "VBZ") or first.lower_ in ONLY_VERBS or first.lower_ in VERBS_LIKE_NOUNS:
        return "finite"
    if is_past_form(first):
        return "finite"
    if first.tag_ == "VBD":
        return "participle" if first.dep_ in ("acl", "amod") and len(group) == 1 else "finite"
    if first.tag_ == "VBG":
        return "gerund"
    if first.tag_ == "VBN":
        has_subject = any(child.dep_.startswith("nsubj") and child.i < first.i for child in first.children)
        return "finite" if has_subject else "participle"
    return "infinitive" if not _has_plain_subject(first) else "finite"


def _has_plain_subject(verb: Token) -> bool:
    """Return whether a bare form has a subject of its own: "that Veria disarm" (demanded)."""
    return any(child.dep_.startswith("nsubj") and child.i < verb.i for child in verb.children)


def _opener(doc: Doc, previous_end: int, start: int) -> tuple[int, str]:
    """Return place and word of the last word between two predicates that opens a clause.

    Before the first predicate "and" can only join nouns.
    """
    has_predicate = previous_end > doc[start].sent.start
    for at in range(start - 1, previous_end - 1, -1):
        low = doc[at].lower_
        if low == "once" and at + 1 < len(doc) and doc[at + 1].tag_ in ("VBD", "VBN"):
            continue
        if low == "once" and any(doc[k].text == "," for k in range(at + 1, start)):
            continue  # "The ministry, once a champion of the merger, now opposes it"
        if low in ("and", "or", "nor") and not has_predicate and at > doc[start].sent.start:
            continue
        if low in OPENERS and not _is_inside_phrase(doc, at, (previous_end, start)):
            return at, low
    return -1, ""


def _is_inside_phrase(doc: Doc, at: int, region: tuple[int, int]) -> bool:
    """Return whether a word that can open a clause only joins nouns here ("Veria and Mirea agreed")."""
    word, (low, verb) = doc[at].lower_, region
    if word in ("and", "or", "—", "–"):
        return at > low and at + 1 < len(doc) and _joins_nouns(doc, at)
    if word in ("as", "after", "before", "since", "until", "than", "so", "yet"):
        return doc[at].tag_ == "IN" and doc[at].dep_ == "case" and not _leads_to(doc, at, verb)
    return bool(word == "that" and doc[at].dep_ == "det")


def _leads_to(doc: Doc, at: int, verb: int) -> bool:
    """Return whether the phrase behind "after" ends at a verb without another subject ("after X left")."""
    has_subject = any(child.dep_.startswith("nsubj") and child.i < at for child in doc[verb].children)
    return not has_subject and doc[at].head.i in (verb - 1, verb)


def _joins_nouns(doc: Doc, at: int) -> bool:
    """Return whether "and" stands between two parts of one subject."""
    left, right = doc[at - 1], doc[at + 1]
    if left.tag_ not in _NOMINAL or right.tag_ not in (*_NOMINAL, "JJ", "PRP$", "VBG"):
        return False
    following = range(at + 1, min(at + 6, len(doc)))
    return any(doc[k].dep_ == "conj" and doc[k].head.i < at and doc[k].tag_ in _NOMINAL for k in following)


def _subject(doc: Doc, verbs: list[Token], bounds: tuple[int, int], sentence: Span) -> int | None:
    opener_at, previous_end = bounds
    low = max(opener_at + 1, sentence.start)
    nearest = _nearest_after_comma(doc, verbs[0].i, low)
    if nearest is not None:
        return nearest
    for verb in reversed(verbs):
        for child in verb.children:
            if child.dep_.startswith("nsubj") and child.i < verbs[0].i and child.tag_ in _NOMINAL:
                if child.lower_ in TIME_NOUNS or child.lower_ in _OBJECTIVE:
                    continue
                if _is_in_aside(doc, child.i) and doc[verbs[0].i - 1].text == ",":
                    continue
                if child.i >= min(low, previous_end) or _spans_only_aside(doc, child.i, verbs[0].i):
                    return int(child.i)
    is_shared = (
        opener_at >= 0 and doc[opener_at].lower_ in ("and", "but", "or") and opener_at + 1 >= verbs[0].i - 2
    )
    if is_shared and not any(doc[k].tag_ in _NOMINAL for k in range(opener_at + 1, verbs[0].i)):
        return None
    is_aside = opener_at < 0 and verbs[0].i > sentence.start and doc[verbs[0].i - 1].text in (",", "—", "–")
    floor = sentence.start if is_aside else max(low, previous_end if opener_at < 0 else low)
    return nominal_before(doc, verbs[0].i, floor)


def _nearest_after_comma(doc: Doc, verb: int, low: int) -> int | None:
    """Return the head of a plain noun phrase between a comma and the verb ("While ..., ministers say")."""
    at = verb - 1
    while at >= low and doc[at].tag_ in ("RB", "MD"):
        at -= 1
    if at < low or not is_noun(doc[at]):
        return None
    start = phrase_start(doc, at, low)
    return at if start - 1 >= low and doc[start - 1].text == "," and doc[at].tag_ != "CD" else None


def _spans_only_aside(doc: Doc, subject: int, verb: int) -> bool:
    """Return whether what lies between a subject and its verb is set off by commas or dashes."""
    opens = any(doc[k].text in (",", "—", "–", "(") for k in range(subject + 1, min(subject + 6, verb)))
    return doc[verb - 1].text in (",", "—", "–", ")", "”", '"') and opens and not _is_in_aside(doc, subject)


def _is_in_aside(doc: Doc, at: int) -> bool:
    """Return whether a token stands in a relative clause between commas ("X, whose country ..., says")."""
    low = doc[at].sent.start
    for k in range(at - 1, max(low, at - 8) - 1, -1):
        if doc[k].lower_ in ("whose", "who", "which", "whom", "where"):
            return True
        if doc[k].text in (",", ";"):
            return False
    return False


def nominal_before(doc: Doc, verb: int, low: int) -> int | None:
    """Return the head of the noun phrase before a verb, asides and prepositional phrases jumped over."""
    at = verb - 1
    while at >= low and doc[at].tag_ in ("RB", "MD", "TO", "RBR"):
        at -= 1
    if at >= low and doc[at].text in (",", "—", "–"):
        at = _before_aside(doc, at, low)
    while at >= low:
        if doc[at].tag_ in ("NN", "NNS", "NNP", "NNPS", "PRP", "WP", "DT") or _is_role(doc[at]):
            start = phrase_start(doc, at, low)
            if doc[at].lower_ in TIME_NOUNS:
                at = (start if doc[start].lower_ in ("last", "this", "late", "early") else at) - 1
                continue
            if start - 1 >= low and doc[start - 1].lower_ in _PREPOSITIONS:
                at = start - 2
                continue
            return at
        if doc[at].text in (",", ";", ":", "“", '"'):
            return None
        at -= 1
    return None


def _before_aside(doc: Doc, at: int, low: int) -> int:
    """Return the token before the comma that opens the aside which ends at a comma."""
    mark = doc[at].text
    for k in range(at - 1, low, -1):
        if doc[k].text == mark:
            return k - 1
    return at - 1


def phrase_start(doc: Doc, head: int, low: int) -> int:
    """Return the first token of the noun phrase that ends at a head."""
    at = head
    if doc[head].tag_ == "PRP":
        return head
    while at - 1 >= low and (
        doc[at - 1].tag_ in _INSIDE_NP or doc[at - 1].text in _HYPHENS[:3] or doc[at].text in _HYPHENS[:3]
    ):
        if _meets_another(doc, at):
            break
        at -= 1
        if doc[at].tag_ in ("DT", "PRP$"):
            break
    return at


def _meets_another(doc: Doc, at: int) -> bool:
    """Return whether a name follows a noun that is no title: two phrases meet ("a charge Veria denies")."""
    before = doc[at - 1]
    return (
        doc[at].tag_ == "NNP"
        and before.tag_ in ("NN", "NNS")
        and before.lower_ not in SPEAKING_ROLES
        and before.lower_ not in TITLES
        and before.lower_ not in OWN_MINDS
        and before.dep_ not in ("compound", "amod", "nmod:desc")
    )


def is_noun(token: Token) -> bool:
    """Return whether a token can head a noun phrase."""
    return token.tag_ in ("NN", "NNS", "NNP", "NNPS", "PRP") or _is_role(token)


def _is_role(token: Token) -> bool:
    """Return whether an "adjective" is an office that ends its phrase ("Its chief executive, X, said")."""
    if token.tag_ != "JJ" or token.lower_ not in SPEAKING_ROLES or token.i == token.sent.start:
        return False
    after = token.nbor(1) if token.i + 1 < token.sent.end else None
    return after is not None and (after.text == "," or after.tag_ in ("NNP", "VBD", "VBZ"))
