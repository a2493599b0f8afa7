"""Attributions in the middle of what they attribute: "A levy, she told reporters, is overdue"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsledger.extract.language.clauses import Predicate, nominal_before, phrase_start
from newsledger.extract.language.inflect import verb_table
from newsledger.extract.language.tokens import Doc, Span

_SPEAKING = verb_table("""
    say tell add insist argue note claim warn write reply explain contend declare think believe hope stress
    acknowledge concede admit report announce maintain suggest assert allege joke tweet post remark observe
    state     reckon sneer shout whisper
""")
_CALLING = verb_table("call describe term label brand dub")
_LONGEST = 16
"""Tokens of an attribution in the middle, with source and whom it was said to."""
_MARKS = frozenset((",", "—", "–", "”", '"', "''"))


def without_asides(sentence: Span, groups: list[Predicate]) -> list[Predicate]:
    """Return the predicates without those of attributions set off by commas.

    A predicate behind such an attribution gets the subject that stands before it.
    """
    found = [g for g in groups if not _names_only(sentence.doc, g)]
    for start, end, group in _asides(sentence, groups):
        if group not in found:
            continue
        at = found.index(group)
        found.pop(at)
        if at < len(found) and not _has_clause(found[:at]):
            follower = found[at]
            is_lost = follower.subject is None or start <= follower.subject < end
            if is_lost or follower.opener_at in range(start, end):
                subject = nominal_before(sentence.doc, start, sentence.start)
                found[at] = replace(follower, subject=subject, opener="", opener_at=-1, form="finite")
    return found


def _names_only(doc: Doc, group: Predicate) -> bool:
    """Return whether a predicate only gives somebody's word for a thing ("what she called the “lie” of")."""
    return group.opener == "what" and doc[group.main].lower_ in _CALLING and not group.is_passive


def _has_clause(groups: list[Predicate]) -> bool:
    return any(g.form == "finite" and g.opener not in ("who", "which", "whose", "that") for g in groups)


def _asides(sentence: Span, groups: list[Predicate]) -> Iterator[tuple[int, int, Predicate]]:
    doc = sentence.doc
    for group in groups:
        if doc[group.main].lower_ not in _SPEAKING or group.form != "finite" or group.is_passive:
            continue
        if (
            group.modals
            or group.is_negated
            or doc[min(group.end, len(doc) - 1)].lower_ in ("it", "them", "this")
        ):
            continue
        start = _start(doc, group, sentence)
        if start is None or start - 1 <= sentence.start:
            continue
        end = _end(doc, group, groups, sentence)
        if (
            end is not None
            and doc[end - 1].text in _MARKS
            and any(t.is_alpha for t in doc[end : sentence.end])
        ):
            yield start - 1, end, group


def _start(doc: Doc, group: Predicate, sentence: Span) -> int | None:
    """Return where the words of an attribution start, whichever way round source and verb stand."""
    if doc[group.start - 1].text in _MARKS and (group.subject is None or group.subject > group.main):
        return group.start
    if group.subject is None or group.subject > group.start:
        return None
    start = phrase_start(doc, group.subject, sentence.start)
    return start if start > sentence.start and doc[start - 1].text in _MARKS else None


def _end(doc: Doc, group: Predicate, groups: list[Predicate], sentence: Span) -> int | None:
    """Return the token after the mark that closes an attribution, or None where a clause follows at once."""
    verbs = {g.start for g in groups}
    for k in range(group.end, min(group.end + _LONGEST, sentence.end)):
        if doc[k].text in _MARKS:
            return k + 1
        if k in verbs or doc[k].lower_ in ("that", "if", "whether"):
            return None
    return None


def label_of(sentence: Span) -> int | None:
    """Return the last token of the label that opens a sentence ("The bank: called on ..."), or None."""
    doc = sentence.doc
    for k in range(sentence.start + 1, min(sentence.start + 8, sentence.end - 1)):
        if doc[k].text == ":":
            return k - 1 if sentence.start == 0 else None
        if doc[k].tag_.startswith("VB") or doc[k].tag_ == "MD" or doc[k].text in (",", ";", "“", '"'):
            return None
    return None


def labelled(sentence: Span, groups: list[Predicate]) -> list[Predicate]:
    """Return the predicates, the first behind a label with the label as its subject where it has none."""
    head = label_of(sentence)
    if head is None or not groups:
        return groups
    first = groups[0]
    is_bare = first.start == head + 2 and not first.is_passive
    if not is_bare or first.form not in ("finite", "participle"):
        return groups
    return [replace(first, form="finite", subject=head), *groups[1:]]
