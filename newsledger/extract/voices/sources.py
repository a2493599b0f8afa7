"""Whose words they are: the words that name the source of a reporting verb."""

from __future__ import annotations

from newsledger.extract.language.clauses import Predicate, phrase_start
from newsledger.extract.language.roles import SPEAKING_ROLES
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.voices.content import CLOSING, closes
from newsledger.extract.voices.reporting import ADDRESSEE_VERBS

_NAMEABLE = ("NN", "NNS", "NNP", "NNPS", "PRP", "DT", "CD")
_INSIDE = (*_NAMEABLE, "JJ", "JJS", "JJR", "PRP$", "POS", "VBN", "HYPH", "IN", "VBG")
_HYPHENS = ("-", "‐", "‑")
_SIDE = frozenset(
    ("after", "because", "when", "which", "who", "as", "while", "before", "since", "that", "if")
)
_OBJECT_VERBS = frozenset(
    ("call", "describe", "accuse", "cite", "expect", "charge", "find", "order", "threaten")
)
"""Verbs whose noun behind them is what they speak of, never who speaks."""


def inverted_source(doc: Doc, group: Predicate, lemma: str, sentence: Span) -> tuple[int, int] | None:
    """Return the source of '"...", said X', or None."""
    if not _has_words_before(doc, group, sentence):
        return None
    if group.start <= sentence.start or not closes(doc, group.start - 1) or group.end - group.start > 1:
        return None
    at = group.end
    if at >= sentence.end or doc[at].tag_ not in (
        "NNP",
        "NNPS",
        "DT",
        "PRP",
        "JJ",
        "NN",
        "NNS",
        "CD",
        "PRP$",
    ):
        is_name = at + 1 == sentence.end and doc[at].text[:1].isupper()  # "No deal, says Moro"
        return (at, at + 1) if is_name else None
    if doc[at].lower_ in ("it", "them", "him", "her", "me", "us") or lemma in ADDRESSEE_VERBS | _OBJECT_VERBS:
        return None
    end = phrase_end(doc, at, sentence)
    if end + 1 < sentence.end and doc[end].lower_ in ("and", "or"):
        end = max(end, phrase_end(doc, end + 1, sentence))
    following = doc[end] if end < sentence.end else None
    if following is not None and (
        following.tag_ in ("VBD", "VBZ", "MD", "VBP") or following.lower_ == "that"
    ):
        return None
    return (at, end) if any(t.tag_ in ("NNP", "NNPS", "NN", "NNS", "PRP") for t in doc[at:end]) else None


def _has_words_before(doc: Doc, group: Predicate, sentence: Span) -> bool:
    """Return whether more than a name with its title stands before a verb ("X, a lawyer, said")."""
    before = doc[sentence.start : group.start]
    if any(t.text in CLOSING for t in before):
        return True
    is_own = group.subject is not None and group.subject < group.start
    return not is_own or any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in before)


def phrase_end(doc: Doc, at: int, sentence: Span) -> int:
    """Return the end of a noun phrase with its "of", "from" and "for" parts."""
    k = at
    while k < sentence.end:
        token = doc[k]
        is_link = token.lower_ in ("of", "from", "for") and k > at
        is_hyphen = token.text in _HYPHENS and not token.whitespace_
        if (token.tag_ in _INSIDE and token.tag_ not in ("IN", "VBN")) or is_link or is_hyphen:
            k += 1
            continue
        break
    while k > at and doc[k - 1].lower_ in ("of", "from", "for"):
        k -= 1
    return k


def source_before(doc: Doc, groups: list[Predicate], order: int, sentence: Span) -> tuple[int, int] | None:
    """Return the words of the subject of a reporting verb: its own, or that of the verb it is joined to."""
    group = groups[order]
    subject = group.subject
    owner = group
    k = order
    while (
        subject is None
        and k > 0
        and (group.form in ("gerund", "infinitive") or group.opener in ("and", "but"))
    ):
        k -= 1
        is_side = group.form == "gerund" and groups[k].opener in _SIDE and k > 0
        if groups[k].form == "finite" and not (is_side and doc[group.start - 1].text == ","):
            subject, owner = groups[k].subject, groups[k]
    if subject is None and group.form == "finite" and group.start > sentence.start and group.opener == "":
        near = doc[group.start - 1]
        if near.tag_ in ("NN", "NNS", "NNP", "NNPS", "PRP") or near.lower_ in SPEAKING_ROLES:
            subject = near.i
    if (
        subject is None
        or doc[subject].tag_ in ("WDT",)
        or (doc[subject].lower_ in ("it", "there") and not groups)
    ):
        return None
    if doc[subject].tag_ == "WP":
        return _antecedent(doc, subject, sentence)
    for k in range(owner.start - 2, subject, -1):
        if doc[k].text in ("”", '"', "’") and closes(
            doc, k - 1
        ):  # the tree took the subject of the quotation
            stop = phrase_end(doc, k + 1, sentence)
            return _with_aside(doc, k + 1, stop, owner.start) if k + 1 < stop <= owner.start else None
    start = phrase_start(doc, subject, max(sentence.start, owner.opener_at + 1))
    end = subject + 1
    while (
        end < owner.start and (doc[end].tag_ in _INSIDE or doc[end].text in _HYPHENS) and doc[end].text != ","
    ):
        end += 1
    return _with_aside(doc, start, end, owner.start)


def _antecedent(doc: Doc, subject: int, sentence: Span) -> tuple[int, int] | None:
    """Return the noun phrase before "who"; "members of his party who" are the members."""
    at = subject - 1
    while at >= sentence.start and doc[at].text == ",":
        at -= 1
    if at < sentence.start or doc[at].tag_ not in _NAMEABLE:
        return None
    end, start = at + 1, phrase_start(doc, at, sentence.start)
    while (
        start - 2 >= sentence.start
        and doc[start - 1].lower_ in ("of", "from")
        and doc[start - 2].tag_ in _NAMEABLE
    ):
        start = phrase_start(doc, start - 2, sentence.start)
    return start, end


def _with_aside(doc: Doc, start: int, end: int, verb: int) -> tuple[int, int]:
    """Return the source with its apposition: "X, the minister," up to the verb, when it is short."""
    if end < verb and doc[end].text == "," and verb - end <= 12 and doc[verb - 1].text == ",":
        return start, verb - 1
    return start, end
