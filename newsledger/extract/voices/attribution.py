"""Who says what: statements with their source, cue and content.

Quotation marks and comma patterns are read before the tree, whose parataxis and apposition are weak. The
division into source, cue and content follows the PARC/PolNeAR corpora.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from newsledger.extract.language.clauses import Predicate, phrase_start, predicates
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.content import (
    QUOTES,
    chars,
    content_kind,
    inside_own_quote,
    narrated_end,
    sentences,
    trimmed,
    whole_quote,
)
from newsledger.extract.voices.quotes import Quoted, quotations
from newsledger.extract.voices.reporting import (
    ADDRESSEE_VERBS,
    CLAUSE_ONLY,
    REPORTING_VERBS,
    STATEMENT_NOUNS,
)

_NAMEABLE = ("NN", "NNS", "NNP", "NNPS", "PRP", "DT", "CD")
_INSIDE = (*_NAMEABLE, "JJ", "JJS", "JJR", "PRP$", "POS", "VBN", "HYPH", "IN", "VBG")
_HYPHENS = ("-", "‐", "‑")
_NEVER_TRAILING = words("""
    deny demand threaten order urge accuse fear hope agree disagree protest
""")
_TO_DO = words("urge promise pledge vow threaten call ask swear")
"""Verbs whose infinitive is what is said ("urged the bank to wait")."""
_TIME_WORDS = words("""
    monday tuesday wednesday thursday friday saturday sunday today yesterday tonight late early
    earlier later on in at a an the this last statement interview post social media televised
    remarks comments evening morning night afternoon week month x twitter facebook telegram
    reporters by to of and television speaking news conference january february march april may june
    july august september october november december , after during
""")


_SPEAKER_LABEL = re.compile(r"[\"“]?(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}):\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Statement:
    """Something somebody says, with absolute offsets.

    Attributes:
        source_start: start of the words that name the source ("a Verian official").
        source_end: their end. A continued quotation has the source of the one it continues.
        cue_start: start of the words that say that it is said ("said", "according to").
        cue_end: their end.
        cue_lemma: dictionary form of the cue ("say", "according to").
        content_start: start of what is said, quotation marks left out at the ends.
        content_end: its end.
        kind: ``direct`` (all quoted), ``indirect``, ``mixed`` (partly quoted) or ``according``.
    """

    source_start: int
    source_end: int
    cue_start: int
    cue_end: int
    cue_lemma: str
    content_start: int
    content_end: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Found:
    """Token spans of one attribution inside a paragraph: source, cue and the pieces of content."""

    source: tuple[int, int]
    cue: tuple[int, int]
    lemma: str
    contents: tuple[tuple[int, int], ...]
    kind: str = ""


def statements(parsed: ParsedText) -> list[Statement]:
    """Return the statements of a text in order of their content; contents may lie inside each other."""
    quoted = quotations(parsed)
    found: list[Statement] = []
    for number, paragraph in enumerate(parsed.paragraphs):
        inside = [q for q in quoted if q.paragraph == number]
        for sentence in sentences(paragraph.doc):
            for piece in _in_sentence(sentence):
                found += _placed(paragraph, piece, inside)
    found += _labelled(parsed)
    found += _continued(parsed, quoted, found)
    return sorted(_unique(found), key=lambda s: (s.content_start, s.content_end, s.cue_start))


def _labelled(parsed: ParsedText) -> Iterator[Statement]:
    """Yield what stands behind a label: "PENCE: We ..." in a transcript, "Ostby: No ..." in a headline."""
    for paragraph in parsed.paragraphs:
        text = paragraph.doc.text
        match = _SPEAKER_LABEL.match(text)
        if match is None or not (paragraph.kind == "headline" or match["name"].isupper()):
            continue
        start = paragraph.start
        first, colon = start + match.start("name"), start + match.end("name")
        yield Statement(first, colon, colon, colon + 1, "say", start + match.end(), paragraph.end, "indirect")


def _in_sentence(sentence: Span) -> Iterator[_Found]:
    yield from _according(sentence)
    groups = predicates(sentence)
    for order, group in enumerate(groups):
        lemma = REPORTING_VERBS.get(sentence.doc[group.main].lower_)
        if lemma and not group.is_passive and not _is_nominal_use(sentence, group):
            yield from _by_verb(sentence, groups, order, lemma)


def _is_nominal_use(sentence: Span, group: Predicate) -> bool:
    """Return whether a reporting verb only describes a noun ("the expected deal", "reported deaths")."""
    return group.form == "participle" and group.main + 1 < sentence.end and group.start == group.main


def _by_verb(sentence: Span, groups: list[Predicate], order: int, lemma: str) -> Iterator[_Found]:
    doc, group = sentence.doc, groups[order]
    inverted = _inverted_source(doc, group, lemma, sentence)
    if inverted is not None:
        contents = _before_and_after(doc, group.start, inverted[1], sentence)
        if contents:
            yield _Found(inverted, (group.start, group.end), lemma, contents)
        return
    source = _source_before(doc, groups, order, sentence)
    if source is None:
        return
    contents = _contents(doc, source, group, lemma, sentence)
    if contents:
        yield _Found(source, (group.start, group.end), lemma, contents)


def _contents(
    doc: Doc, source: tuple[int, int], group: Predicate, lemma: str, sentence: Span
) -> tuple[tuple[int, int], ...]:
    """Return the content of "X said ...", or what stands around a trailing ", X said"."""
    after = _after_cue(doc, group.end, lemma, sentence)
    before = source[0] - 1
    is_trailing = (
        lemma not in _NEVER_TRAILING
        and before > sentence.start
        and _closes(doc, before)
        and not _opens_clause(doc, source, sentence)
    )
    if is_trailing and (after is None or _is_rest(doc, group.end, sentence)):
        return _before_and_after(doc, source[0], group.end, sentence)
    return (after,) if after is not None else ()


def _closes(doc: Doc, at: int) -> bool:
    return doc[at].text in (",", "”", '"', "»", "’", "'", "?", "!", "—", "–")


def _opens_clause(doc: Doc, source: tuple[int, int], sentence: Span) -> bool:
    """Return whether only an opening phrase ("On Monday,", "Meanwhile,") stands before the source."""
    before = [t for t in doc[sentence.start : source[0]] if t.text not in QUOTES]
    has_quote = any(t.text in '”"»' for t in doc[sentence.start : source[0]])
    has_verb = any(t.tag_.startswith("VB") or t.tag_ == "MD" for t in before)
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in before)
    return not has_quote and (
        not has_verb or not finite or before[0].lower_ in ("while", "although", "as", "when")
    )


def _is_rest(doc: Doc, at: int, sentence: Span) -> bool:
    """Return whether after the cue only a time, a place or a new piece after a comma follows."""
    while at < sentence.end and doc[at].text not in ',.;”"—–':
        if doc[at].lower_ not in _TIME_WORDS and doc[at].tag_ not in ("NNP", "CD", "NN"):
            return False
        at += 1
    return True


def _before_and_after(doc: Doc, first: int, last: int, sentence: Span) -> tuple[tuple[int, int], ...]:
    """Return the content before and, after a comma, behind an attribution in the middle."""
    pieces = []
    if first > sentence.start:
        pieces.append((sentence.start, first))
    at = last
    while at < sentence.end and doc[at].text not in ',;:“"—–':
        at += 1
    rest = doc[at + 1 : sentence.end]
    if at < sentence.end and _goes_on(doc, at, sentence) and any(t.is_alpha for t in rest):
        pieces.append((at + 1, sentence.end))
    return tuple(pieces)


def _goes_on(doc: Doc, at: int, sentence: Span) -> bool:
    """Return whether the content goes on behind the attribution: quoted, or a clause of its own."""
    following = [t for t in doc[at : min(at + 4, sentence.end)] if t.text in '“"«']
    if following:
        return True
    word = doc[at + 1] if at + 1 < sentence.end else None
    return word is not None and word.lower_ in (
        "and",
        "but",
        "with",
        "which",
        "because",
        "while",
        "as",
        "though",
    )


def _after_cue(doc: Doc, at: int, lemma: str, sentence: Span) -> tuple[int, int] | None:
    """Return the content behind "X said": a that-clause, a bare clause or a quotation."""
    start = at
    limit = min(sentence.end, at + 14)
    has_mark = False
    for k in range(at, limit):
        token = doc[k]
        if token.lower_ == "that" and token.tag_ in ("IN", "WDT", "DT") and k + 1 < sentence.end:
            start, has_mark = k + 1, True
            break
        if token.text in '“"«' or token.text == ":":
            start, has_mark = k if token.text != ":" else k + 1, True
            break
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
    if not has_mark:
        bare = _bare_clause(doc, at, lemma, sentence)
        if bare is None:
            return None
        start = bare
    end = sentence.end
    return (start, end) if any(t.is_alpha for t in doc[start:end]) else None


def _bare_clause(doc: Doc, at: int, lemma: str, sentence: Span) -> int | None:
    """Return where a clause without "that" starts behind a reporting verb, or None."""
    start = at
    if lemma in ADDRESSEE_VERBS:
        start = _after_phrase(doc, at, sentence)
    else:
        start = _after_adjuncts(doc, at, sentence)
    rest = doc[start : sentence.end]
    if not rest or (doc[start].text in ",.;”" and lemma != "say"):
        return None
    finite = next((t for t in rest if t.tag_ in ("VBD", "VBZ", "VBP", "MD")), None)
    to_be = next((t for t in rest if t.tag_ == "TO"), None)
    if to_be is not None and lemma in _TO_DO and (finite is None or to_be.i < finite.i) and to_be.i - at <= 8:
        return int(to_be.i)
    if finite is None or (to_be is not None and to_be.i < finite.i and to_be.i - start < 3):
        return None
    if lemma in CLAUSE_ONLY and not _has_subject_soon(doc, start, finite.i):
        return None
    return start


def _has_subject_soon(doc: Doc, start: int, verb: int) -> bool:
    between = doc[start:verb]
    opens = {t.lower_ for t in between} & words("unless if because after when until before")
    is_broken = any(t.text in ",;" or t.tag_ in ("WDT", "WP") for t in between)
    return 0 < len(between) <= 8 and not opens and not is_broken


def _after_phrase(doc: Doc, at: int, sentence: Span) -> int:
    """Return the token behind the noun phrase that names who is told."""
    if at < sentence.end and doc[at].tag_ == "PRP":
        return at + 1
    k = at
    while k < sentence.end and doc[k].tag_ in ("DT", "JJ", "NNP", "NNPS", "POS", "PRP$", "NN", "NNS", "HYPH"):
        k += 1
        if doc[k - 1].tag_ in ("NNP", "NNPS", "NNS", "NN") and doc[min(k, sentence.end - 1)].tag_ not in (
            "NNP",
            "NNPS",
            "POS",
            "NN",
            "NNS",
            "HYPH",
        ):
            break
    return _after_adjuncts(doc, k, sentence)


def _after_adjuncts(doc: Doc, at: int, sentence: Span) -> int:
    """Return the token behind times and places that stand between a cue and its clause ("on Monday")."""
    k = at
    while k < sentence.end and (
        doc[k].lower_ in _TIME_WORDS and doc[k].lower_ not in ("a", "an", "the", "this")
    ):
        k += 1
        while (
            k < sentence.end
            and doc[k - 1].lower_ in ("on", "in", "at", "to", "during", "after")
            and (doc[k].tag_ in ("DT", "JJ", "NN", "NNP", "NNS", "CD", "PRP$", "POS", "NNPS", "HYPH"))
        ):
            k += 1
            if doc[k - 1].tag_ in ("NN", "NNP", "NNS", "CD") and doc[min(k, sentence.end - 1)].tag_ not in (
                "NN",
                "NNS",
                "NNP",
                "CD",
            ):
                break
    return k


def _inverted_source(doc: Doc, group: Predicate, lemma: str, sentence: Span) -> tuple[int, int] | None:
    """Return the source of '"...", said X', or None."""
    if group.start <= sentence.start or not _closes(doc, group.start - 1) or group.end - group.start > 1:
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
    if doc[at].lower_ in ("it", "them", "him", "her", "me", "us") or lemma in ADDRESSEE_VERBS:
        return None
    end = _phrase_end(doc, at, sentence)
    following = doc[end] if end < sentence.end else None
    if following is not None and (
        following.tag_ in ("VBD", "VBZ", "MD", "VBP") or following.lower_ == "that"
    ):
        return None
    return (at, end) if any(t.tag_ in ("NNP", "NNPS", "NN", "NNS", "PRP") for t in doc[at:end]) else None


def _phrase_end(doc: Doc, at: int, sentence: Span) -> int:
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


def _source_before(doc: Doc, groups: list[Predicate], order: int, sentence: Span) -> tuple[int, int] | None:
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
        if groups[k].form == "finite":
            subject, owner = groups[k].subject, groups[k]
    if (
        subject is None
        or doc[subject].tag_ in ("WDT",)
        or (doc[subject].lower_ in ("it", "there") and not groups)
    ):
        return None
    if doc[subject].tag_ == "WP":
        return _antecedent(doc, subject, sentence)
    for k in range(owner.start - 2, subject, -1):
        if doc[k].text in ("”", '"', "’") and _closes(
            doc, k - 1
        ):  # the tree took the subject of the quotation
            stop = _phrase_end(doc, k + 1, sentence)
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


def _according(sentence: Span) -> Iterator[_Found]:
    """Yield "according to X" and "a statement put out by X": the rest of the sentence is the content."""
    doc = sentence.doc
    for at in range(sentence.start, sentence.end - 2):
        if doc[at].lower_ != "according" or doc[at + 1].lower_ != "to":
            continue
        end = _phrase_end(doc, at + 2, sentence)
        source = _carrier_source(doc, at + 2, end, sentence) or (at + 2, end)
        end = max(end, source[1])
        if source[0] == source[1]:
            continue
        before, after = (sentence.start, at), (end, sentence.end)
        content = before if any(t.is_alpha for t in doc[before[0] : before[1]]) else after
        yield _Found(source, (at, at + 2), "according to", (content,), "according")


def _carrier_source(doc: Doc, start: int, end: int, sentence: Span) -> tuple[int, int] | None:
    """Return who put out "a statement", where the source named is only what carries the words."""
    if not any(token.lower_ in STATEMENT_NOUNS for token in doc[start:end]):
        return None
    for at in range(end, min(end + 8, sentence.end - 1)):
        if doc[at].lower_ in ("by", "from"):
            return at + 1, _phrase_end(doc, at + 1, sentence)
    return None


def _placed(paragraph: Paragraph, found: _Found, quoted: list[Quoted]) -> Iterator[Statement]:
    """Yield one statement for every piece of content, in absolute offsets."""
    source = chars(paragraph, found.source)
    cue = chars(paragraph, found.cue)
    for piece in found.contents:
        start, end = trimmed(paragraph, *chars(paragraph, piece))
        start, end = whole_quote(start, end, quoted)
        start, end = inside_own_quote(cue, start, end, quoted)
        end = narrated_end(paragraph, start, end, quoted)
        if end > start:
            kind = found.kind or content_kind(start, end, quoted)
            yield Statement(*source, *cue, found.lemma, start, end, kind)


def _continued(parsed: ParsedText, quoted: list[Quoted], known: list[Statement]) -> Iterator[Statement]:
    """Yield quotations without a cue of their own: they go to the speaker of the same or last paragraph."""
    for quote in quoted:
        covered = [s for s in known if s.content_start <= quote.start and quote.end <= s.content_end]
        if covered or not _is_sentence(parsed.text[quote.start : quote.end]):
            continue
        before = [s for s in known if s.content_start < quote.start]
        after = [
            s for s in known if quote.resumes is False and s.content_start > quote.end and quote.continues
        ]
        last = (
            min(after, key=lambda s: s.content_start)
            if after
            else max(before, key=lambda s: (s.content_start, s.content_end), default=None)
        )
        if last is not None and _is_near(parsed, last, quote):
            yield replace(last, content_start=quote.start, content_end=quote.end, kind="direct")


def _is_sentence(words: str) -> bool:
    """Return whether quoted words are speech of their own, and not a quoted term."""
    return len(words.split()) >= 4 and bool(re.match(r"[A-Z]", words)) and words.rstrip()[-1:] in ".!?,…"


def _is_near(parsed: ParsedText, last: Statement, quote: Quoted) -> bool:
    number = next(
        i for i, p in enumerate(parsed.paragraphs) if p.start <= last.cue_start < max(p.end, p.start + 1)
    )
    return abs(quote.paragraph - number) <= 1


def _unique(found: list[Statement]) -> list[Statement]:
    """Return one statement for each cue and content."""
    return list({(s.cue_start, s.content_start, s.content_end): s for s in found}.values())
