"""Who says what: statements with their source, cue and content.

Quotation marks and comma patterns are read before the tree, whose parataxis and apposition are weak. The
division into source, cue and content follows the PARC/PolNeAR corpora.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newsledger.extract.language.clauses import Predicate, predicates
from newsledger.extract.language.inflect import verb_forms
from newsledger.extract.language.mistagged import ONLY_VERBS
from newsledger.extract.language.text import ParsedText
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.attitudes import attitudes
from newsledger.extract.voices.content import CLOSING, OPENING, QUOTES, closes, sentences
from newsledger.extract.voices.quotes import Quoted, quotations
from newsledger.extract.voices.reporting import (
    ADDRESSEE_VERBS,
    CLAUSE_ONLY,
    REPORTING_VERBS,
    STATEMENT_NOUNS,
)
from newsledger.extract.voices.sources import inverted_source, phrase_end, source_before
from newsledger.extract.voices.statement import Found, Statement, placed

_PHRASES = {
    form: tuple(tuple(rest.split()) for rest in rests)
    for verb, rests in {
        "make": ("clear", "it clear", "plain", "it plain", "it known", "no secret of the fact"),
        "leave": ("no doubt", "little doubt", "no one in doubt", "nobody in doubt"),
        "take": ("the view", "the position", "the line"), "have": ("no doubt", "made it clear", "made clear"),
        "be": ("adamant", "convinced", "certain", "sure", "clear", "confident", "of the opinion"),
    }.items()
    for form in verb_forms(verb)
}  # fmt: skip
"""Words behind a verb that with it report a clause with "that"."""
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
_NAMING = frozenset(("call", "describe", "cite"))
_PIECE_ENDS = frozenset((",", ".", ";", "—", "–")) | CLOSING
_RESUMING = frozenset((",", ";", ":", "—", "–")) | OPENING
_SPEAKER_LABEL = re.compile(r"[\"“]?(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}):\s+(?=\S)")


def statements(parsed: ParsedText) -> list[Statement]:
    """Return the statements of a text in order of their content; contents may lie inside each other."""
    quoted = quotations(parsed)
    found: list[Statement] = []
    for number, paragraph in enumerate(parsed.paragraphs):
        inside = [q for q in quoted if q.paragraph == number]
        for sentence in sentences(paragraph.doc):
            for piece in _in_sentence(sentence):
                found += placed(paragraph, piece, inside)
    found += _labelled(parsed)
    found += _continued(parsed, quoted, found)
    return sorted(_unique(found), key=lambda s: (s.content_start, s.content_end, s.cue_start))


def attributions(parsed: ParsedText) -> list[Statement]:
    """Return who says, thinks or wants what as a reader would mark it, in order: statements and attitudes.

    What is told inside another's quotation ("I think", "they say") is the quotation's, and an attitude told
    inside a statement is the statement's.
    """
    spoken = [(q.start, q.end) for q in quotations(parsed)]
    found = statements(parsed)
    cues = {s.cue_start for s in found}
    said = [(s.content_start, s.content_end) for s in found]
    plain = [(s.content_start, s.content_end) for s in found if s.kind == "according"]
    kept = [s for s in found if not _is_within(s.cue_start, [*spoken, *plain])]
    for paragraph in parsed.paragraphs:
        for sentence in sentences(paragraph.doc):
            groups = predicates(sentence)
            taken = frozenset(g.main for g in groups if paragraph.start + sentence.doc[g.start].idx in cues)
            new = [s for piece in attitudes(sentence, groups, taken) for s in placed(paragraph, piece, [])]
            kept += [s for s in new if not _is_within(s.cue_start, [*spoken, *said])]
    return sorted(_unique(kept), key=lambda s: (s.content_start, s.content_end, s.cue_start))


def _is_within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


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


def _in_sentence(sentence: Span) -> Iterator[Found]:
    yield from _according(sentence)
    groups = predicates(sentence)
    for order, group in enumerate(groups):
        lemma = REPORTING_VERBS.get(sentence.doc[group.main].lower_) or _by_phrase(sentence, group)
        if lemma and not group.is_passive and not _is_nominal_use(sentence, group):
            yield from _by_verb(sentence, groups, order, lemma)


def _by_phrase(sentence: Span, group: Predicate) -> str:
    """Return "say" where several words say it ("made it clear that", "left no doubt that"), or ""."""
    for phrase in _PHRASES.get(sentence.doc[group.main].lower_, ()):
        end = group.end + len(phrase)
        if end < sentence.end and [t.lower_ for t in sentence.doc[group.end : end]] == list(phrase):
            return "say" if sentence.doc[end].lower_ == "that" else ""
    return ""


def _is_nominal_use(sentence: Span, group: Predicate) -> bool:
    """Return whether a reporting verb only describes a noun ("the expected deal", "reported deaths")."""
    return group.form == "participle" and group.main + 1 < sentence.end and group.start == group.main


def _by_verb(sentence: Span, groups: list[Predicate], order: int, lemma: str) -> Iterator[Found]:
    doc, group = sentence.doc, groups[order]
    inverted = inverted_source(doc, group, lemma, sentence)
    if inverted is not None:
        contents = _before_and_after(doc, group.start, inverted[1], sentence)
        if contents:
            yield Found(inverted, (group.start, group.end), lemma, contents)
        return
    source = source_before(doc, groups, order, sentence)
    if source is None:
        return
    contents = _contents(doc, source, group, lemma, sentence)
    if contents:
        yield Found(source, (group.start, group.end), lemma, contents)


def _contents(
    doc: Doc, source: tuple[int, int], group: Predicate, lemma: str, sentence: Span
) -> tuple[tuple[int, int], ...]:
    """Return the content of "X said ...", or what stands around a trailing ", X said"."""
    after = _after_cue(doc, group.end, lemma, sentence)
    if lemma in _NAMING and after is not None and after[0] > group.end + 1:
        after = None  # "called the levy “theft”": an attitude to the levy
    before = source[0] - 1
    is_trailing = (
        (lemma not in _NEVER_TRAILING or (after is None and group.end >= sentence.end - 2))
        and before > sentence.start
        and closes(doc, before)
        and not _opens_clause(doc, source, sentence)
    )
    if closes(doc, before) and before > sentence.start and _is_in_the_middle(doc, group, sentence):
        return _around(doc, source[0], group.end, sentence)
    is_quoted = doc[before].text in CLOSING or (before > sentence.start and doc[before - 1].text in CLOSING)
    if is_trailing and (after is None or is_quoted or _is_rest(doc, group.end, sentence)):
        return _before_and_after(doc, source[0], group.end, sentence)
    return (after,) if after is not None else ()


def _is_in_the_middle(doc: Doc, group: Predicate, sentence: Span) -> bool:
    """Return whether behind ", X said," the verb of what stands before goes on (", is the right thing")."""
    at = group.end
    if at < sentence.end - 2 and doc[at].text == "," and doc[at + 1].text not in OPENING:
        return True
    while at < min(group.end + 8, sentence.end - 1) and doc[at].text != ",":
        if doc[at].tag_ in ("VBZ", "VBD", "VBP", "MD", "WDT", "WP") or doc[at].lower_ == "that":
            return False
        at += 1
    following = doc[at + 1] if at + 1 < sentence.end and doc[at].text == "," else None
    return following is not None and (
        following.tag_ in ("VBZ", "VBP", "MD")
        or following.lower_ in ONLY_VERBS
        or following.lower_ in ("was", "were", "had")
    )


def _around(doc: Doc, first: int, last: int, sentence: Span) -> tuple[tuple[int, int], ...]:
    """Return what stands before and behind an attribution in the middle."""
    at = next(k for k in range(last, sentence.end) if doc[k].text == ",")
    return (sentence.start, first), (at + 1, sentence.end)


def _opens_clause(doc: Doc, source: tuple[int, int], sentence: Span) -> bool:
    """Return whether only an opening phrase ("On Monday,", "Meanwhile,") stands before the source."""
    before = [t for t in doc[sentence.start : source[0]] if t.text not in QUOTES]
    has_quote = any(t.text in CLOSING for t in doc[sentence.start : source[0]])
    has_verb = any(t.tag_.startswith("VB") or t.tag_ == "MD" for t in before)
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in before)
    return not has_quote and (
        not has_verb or not finite or before[0].lower_ in ("while", "although", "as", "when")
    )


def _is_rest(doc: Doc, at: int, sentence: Span) -> bool:
    """Return whether after the cue only a time, a place or a new piece after a comma follows."""
    while at < sentence.end and doc[at].text not in _PIECE_ENDS:
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
    while at < sentence.end and doc[at].text not in _RESUMING:
        at += 1
    rest = doc[at + 1 : sentence.end]
    if at < sentence.end and _goes_on(doc, at, sentence) and any(t.is_alpha for t in rest):
        pieces.append((at + 1, sentence.end))
    return tuple(pieces)


def _goes_on(doc: Doc, at: int, sentence: Span) -> bool:
    """Return whether the content goes on behind the attribution: quoted, or a clause of its own."""
    following = [t for t in doc[at : min(at + 4, sentence.end)] if t.text in OPENING]
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
        if token.text in OPENING or token.text == ":":
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


def _according(sentence: Span) -> Iterator[Found]:
    """Yield "according to X" and "a statement put out by X": the rest of the sentence is the content."""
    doc = sentence.doc
    for at in range(sentence.start, sentence.end - 2):
        if doc[at].lower_ != "according" or doc[at + 1].lower_ != "to":
            continue
        end = phrase_end(doc, at + 2, sentence)
        source = _carrier_source(doc, at + 2, end, sentence) or (at + 2, end)
        end = max(end, source[1])
        if source[0] == source[1]:
            continue
        before, after = (sentence.start, at), (end, sentence.end)
        content = before if any(t.is_alpha for t in doc[before[0] : before[1]]) else after
        yield Found(source, (at, at + 2), "according to", (content,), "according")


def _carrier_source(doc: Doc, start: int, end: int, sentence: Span) -> tuple[int, int] | None:
    """Return who put out "a statement", where the source named is only what carries the words."""
    if not any(token.lower_ in STATEMENT_NOUNS for token in doc[start:end]):
        return None
    for at in range(end, min(end + 8, sentence.end - 1)):
        if doc[at].lower_ in ("by", "from"):
            return at + 1, phrase_end(doc, at + 1, sentence)
    return None


def _continued(parsed: ParsedText, quoted: list[Quoted], known: list[Statement]) -> Iterator[Statement]:
    """Yield quotations without a cue of their own: they go to the speaker of the same or last paragraph."""
    for quote in quoted:
        covered = [s for s in known if s.content_start <= quote.start and quote.end <= s.content_end]
        if covered or not _is_sentence(parsed.text[quote.start : quote.end]):
            continue
        spoken = [(q.start, q.end) for q in quoted if q.paragraph in (quote.paragraph - 1, quote.paragraph)]
        before = [s for s in known if s.content_start < quote.start and not _is_within(s.cue_start, spoken)]
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
