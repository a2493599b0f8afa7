"""What is said of a counted group: the words that govern it, describe it or follow it."""

from __future__ import annotations

from dataclasses import dataclass

from newsledger.extract.figures.counted import Counted, is_whole, number_root, toll_subject
from newsledger.extract.language.families import EXCLUSIVE, TOLL_NOUNS, families_of, family_of
from newsledger.extract.language.tokens import Doc, Token
from newsledger.extract.language.wordlist import words

_ARGUMENTS = ("nsubj", "nsubj:pass", "obj", "iobj", "csubj", "nsubj:outer")
_CLAUSES = ("acl", "acl:relcl", "amod", "appos")
_COMPLEMENTS = ("xcomp", "compound:prt", "obj", "ccomp", "obl", "advmod", "advcl", "obl:agent", "conj")
_STATE_TAGS = ("VBN", "JJ", "VBG", "VBD", "NN")
_SKIP_AFTER = words(
    """
    people others still also now already feared reported confirmed believed presumed so far as or more
    and counting , ( - — – either more severely seriously slightly critically either initially currently
    subsequently later then
    """
)
_AUXILIARIES = words(
    """
    have has had were was are is be been being will would could may might to still also now not n't n’t
    all already since believed thought feared known reported said presumed confirmed reportedly
    currently initially remain remained get got
    """
)
_CLAUSE_HEADS = ("ROOT", "ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj")


@dataclass(frozen=True, slots=True)
class Said:
    """Tokens that say something of a counted group.

    Attributes:
        strong: tokens that speak of it directly, nearest first.
        clause: all tokens of its own clause.
        toll: the noun that stands for the count ("toll"), or None.
        verb: the governing verb, or None.
    """

    strong: tuple[int, ...]
    clause: frozenset[int]
    toll: int | None
    verb: int | None


def read_said(doc: Doc, first: int, counted: Counted, start: int, stop: int, bounds: tuple[int, int]) -> Said:
    """Return what the sentence ``[start, stop)`` says of a counted group.

    Args:
        doc: the paragraph.
        first: first token of the number with its qualifier.
        counted: the counted noun phrase.
        start: first token of the sentence.
        stop: token after the sentence.
        bounds: the stretch between the figure before and the figure after, which textual evidence
            does not leave.
    """
    if counted.is_relative:
        return _of_part(doc, first, counted, start, stop)
    if is_whole(doc, first):
        return _of_whole(doc, counted, start, stop)
    root = number_root(doc, first, max(first + 1, counted.start))
    anchor = doc[counted.noun] if counted.noun is not None else root
    after = _after(doc, counted, bounds[1])
    strong: list[int] = list(after)
    strong += _before(doc, first, bounds[0])
    strong += _modifiers(doc, counted)
    verb = _governor(anchor) or _governor(root)
    for token in {anchor.i: anchor, root.i: root}.values():
        strong += _by_tree(token, first, counted.end)
    strong += _predicate_after(doc, counted, min(bounds[1] + 4, stop))
    toll = toll_subject(doc, first, start) if not after else None
    if toll is not None and toll < bounds[0]:
        toll = None
    if toll is not None:
        strong += _toll_words(doc, toll, first)
    limit = bounds[1] if _opens_part(doc, bounds[1], stop) else stop
    taken = _verb_of_next(doc, bounds[1], stop, counted.end) if bounds[1] < stop else None
    own = [i for i in dict.fromkeys(strong) if start <= i < limit and i != taken]
    own = [i for i in own if i >= bounds[0] or doc[i].lemma_.lower() not in TOLL_NOUNS]
    kept = _without_rivals(doc, own, first, counted)
    clause = frozenset(i for i in _clause(doc, anchor, start, stop) if i < limit and i != taken)
    return Said(kept, clause, toll, verb.i if verb is not None else None)


def _is_main(verb: Token) -> bool:
    """Return whether a verb taken for a clause of the noun has an auxiliary but no relative word."""
    has_auxiliary = any(c.dep_ in ("aux", "aux:pass", "cop") for c in verb.children)
    return has_auxiliary and not any(
        t.tag_ in ("WDT", "WP", "WRB") or t.lower_ == "that" for t in verb.subtree
    )


_BEFORE_NUMBER = words(
    """
    at least more than about around some nearly almost up to over as many an estimated no fewer roughly
    """
)


def _verb_of_next(doc: Doc, following: int, stop: int, end: int) -> int | None:
    """Return the verb right before the next number, which speaks of that one ("..., killing 27")."""
    at = following - 1
    while at > end and doc[at].lower_ in _BEFORE_NUMBER:
        at -= 1
    return at if end <= at < stop and doc[at].tag_ in ("VBG", "VBD") else None


def _of_whole(doc: Doc, counted: Counted, start: int, stop: int) -> Said:
    """Return what is said of a whole whose part is counted: only its own modifiers and clauses."""
    noun = doc[counted.noun] if counted.noun is not None else None
    strong = [*_modifiers(doc, counted), *_after(doc, counted, stop)]
    strong += _plural_clause(doc, noun, stop) if noun is not None else []
    for child in noun.children if noun is not None else ():
        if noun is not None and child.dep_ in _CLAUSES and child.i > noun.i and not _is_main(child):
            strong += [c.i for c in _with_complements(child, noun, 0)]
    kept = tuple(dict.fromkeys(i for i in strong if start <= i < stop))
    return Said(kept, frozenset(range(counted.start, counted.end)), None, None)


def _plural_clause(doc: Doc, noun: Token, stop: int) -> list[int]:
    """Return the verb of a relative clause in the plural, past a place ("19 shops in town that have shut").

    The tree ties it to the nearest noun; the plural verb tells that it speaks of the counted one.
    """
    at = noun.i + 1
    while at < min(stop, noun.i + 7) and doc[at].tag_ in ("IN", "DT", "NN", "NNP", "JJ"):
        if doc[at].lower_ == "that":
            break
        at += 1
    is_clause = noun.i + 2 < at + 1 < stop and doc[at].lower_ in ("that", "which", "who")
    if not is_clause or noun.tag_ not in ("NNS", "NNPS") or doc[at + 1].lower_ not in ("have", "are", "were"):
        return []
    verbs = [
        t.i for t in doc[at + 1 : min(stop, at + 5)] if t.tag_ in ("VBN", "VBG", "JJ") and t.pos_ != "AUX"
    ]
    return verbs[:1]


def _without_rivals(doc: Doc, strong: list[int], first: int, counted: Counted) -> tuple[int, ...]:
    """Leave out words for another event than the nearest: in "killing 12, injuring 30" each has its own."""
    events = [(_distance(i, first, counted.end), i) for i in strong if families_of(doc[i].lower_) & EXCLUSIVE]
    if not events:
        return tuple(strong)
    own = families_of(doc[min(events)[1]].lower_)
    rivals = {i for _, i in events if own.isdisjoint(families_of(doc[i].lower_))}
    return tuple(i for i in strong if i not in rivals)


def _distance(index: int, first: int, end: int) -> int:
    return first - index if index < first else max(0, index - end)


def _of_part(doc: Doc, first: int, counted: Counted, start: int, stop: int) -> Said:
    """Return what is said of a part of a group: only what follows ("20 of whom are alive")."""
    after = [*_after(doc, counted, stop), *_predicate_after(doc, counted, stop)]
    strong = tuple(dict.fromkeys(after or _before(doc, first, start)))
    clause = frozenset(range(counted.start, min(stop, counted.end + 8)))
    verb = next((i for i in strong if doc[i].pos_ == "VERB"), None)
    return Said(strong, clause, None, verb)


def _opens_part(doc: Doc, at: int, stop: int) -> bool:
    """Return whether the next number speaks of a part ("..., of whom 20", "..., 20 of whom")."""
    return any(
        t.lower_ in ("whom", "them") and t.i and doc[t.i - 1].lower_ == "of"
        for t in doc[max(0, at - 3) : min(stop, at + 4)]
    )


def _after(doc: Doc, counted: Counted, stop: int) -> list[int]:
    """Return state words right after the phrase: "251 [taken hostage]", "12 people [killed]"."""
    at = counted.end
    while at < min(stop, counted.end + 4) and doc[at].lower_ in _SKIP_AFTER:
        at += 1
    if _is_aside(doc, counted.end, at):
        return []
    if at < min(stop, len(doc)) and _opens_headline(doc, at, counted):
        return [at]
    found: list[int] = []
    while at < min(stop, len(doc)) and len(found) < 3 and _is_state(doc[at], is_first=not found):
        found.append(at)
        at += 1
    return found


def _is_aside(doc: Doc, end: int, at: int) -> bool:
    """Return whether a remark on the number follows a comma ("638, unchanged since Tuesday")."""
    if at >= len(doc) or not any(t.text == "," for t in doc[end:at]):
        return False
    return doc[at].tag_ == "JJ" and family_of(doc[at].lower_) is None


def _is_state(token: Token, *, is_first: bool) -> bool:
    """Return whether a word may say in what state the counted are ("dead", "taken", "hostage")."""
    if token.tag_ not in _STATE_TAGS or token.pos_ == "AUX" or token.lower_ in _SKIP_AFTER:
        return False
    return not (is_first and token.tag_ == "NN" and family_of(token.lower_) is None)


def _opens_headline(doc: Doc, at: int, counted: Counted) -> bool:
    """Return whether an untagged verb follows a bare number ("Thousands rally in capital")."""
    return (
        counted.noun is None
        and doc[at].tag_ in ("RB", "NN", "NNP", "NNS", "VB")
        and bool(families_of(doc[at].lower_))
    )


def _before(doc: Doc, first: int, start: int) -> list[int]:
    """Return the verb or label right before the number: "abducted [251]", "Dead: [41]"."""
    at = first - 1
    while at >= max(start, first - 4) and doc[at].lower_ in (
        "a",
        "the",
        "another",
        "an",
        "as",
        "many",
        "out",
        "up",
        "all",
        "some",
        "further",
    ):
        at -= 1
    if at < start:
        return []
    if doc[at].tag_ == "RP" and at > start:  # "shot down 38"
        at -= 1
    if doc[at].text == ":" and at - 1 >= 0:
        return [i for i in range(max(start, at - 8), at) if doc[i].is_alpha]
    is_verb = (
        doc[at].tag_.startswith("VB")
        or (at > start and doc[at - 1].lower_ == "to")
        or _is_event_word(doc[at])
    )
    return [at] if is_verb and doc[at].lower_ not in _AUXILIARIES else []


def _is_event_word(token: Token) -> bool:
    """Return whether a word that a headline uses as a verb was tagged as a noun ("Quake kills 12")."""
    return token.tag_ in ("NN", "NNS", "JJ", "NNP", "NNPS") and family_of(token.lower_) is not None


def _modifiers(doc: Doc, counted: Counted) -> list[int]:
    noun = counted.noun
    if noun is None:
        return []
    before = [c.i for c in doc[noun].children if c.dep_ == "amod" and c.i < counted.start]
    return [noun, *before, *(i for i in range(counted.start, noun) if doc[i].is_alpha)]


def _governor(token: Token) -> Token | None:
    """Return the verb a noun phrase depends on, through conjunctions and "of" phrases."""
    for _ in range(6):
        if token.pos_ == "VERB":
            break
        token = token.head
    return token if token.pos_ == "VERB" else None


def _by_tree(token: Token, first: int, end: int, depth: int = 0) -> list[int]:
    found = [
        c.i
        for child in token.children
        if child.dep_ in _CLAUSES and child.i >= end - 1 and not _has_counted_subject(child)
        for c in _with_complements(child, token, 0)
    ]
    head = token.head
    if depth > 3 or (head.like_num and not first <= head.i < end):
        return found
    if token.dep_ in _ARGUMENTS:
        found += [c.i for c in _with_complements(head, token, 0)]
        if head.dep_ in ("xcomp", "acl", "acl:relcl"):
            found.append(head.head.i)
    elif token.dep_.startswith("nmod") or token.dep_ in ("appos", "compound"):
        found += [head.i, *(c.i for c in head.children if c.dep_ in ("compound", "amod"))]
        found += _by_tree(head, first, end, depth + 2)
    elif token.dep_ == "nummod" or (token.dep_ == "conj" and head.pos_ not in ("VERB", "AUX")):
        found += _by_tree(head, first, end, depth + 1)
    elif token.dep_.startswith("obl"):
        found += [c.i for c in _with_complements(head, token, 0)]
    return found


def _has_counted_subject(verb: Token) -> bool:
    """Return whether a clause speaks of another number ("..., 20 of whom are alive")."""
    return any(c.dep_.startswith("nsubj") and _holds_number(c) for c in verb.children)


def _with_complements(verb: Token, argument: Token, depth: int) -> list[Token]:
    """Return a predicate and what completes it, apart from the counted argument itself."""
    found = [verb]
    if depth > 2:
        return found
    for child in verb.children:
        if child.dep_ not in _COMPLEMENTS or _holds_number(child):
            continue
        if child.dep_ == "conj" and not (
            child.pos_ == "VERB" and not any(c.dep_ in _ARGUMENTS for c in child.children)
        ):
            continue
        if child.dep_ in ("obl", "obj", "advmod"):
            found.append(child)
        else:
            found += _with_complements(child, argument, depth + 1)
    return found


def _holds_number(token: Token) -> bool:
    return token.like_num or any(child.like_num for child in token.children)


def _predicate_after(doc: Doc, counted: Counted, stop: int) -> list[int]:
    """Return the predicate after the phrase, found without the tree: "... have been killed"."""
    at, steps = counted.end, 0
    while at < min(stop, len(doc)) and steps < 14 and not _is_finite(doc[at]):
        if doc[at].tag_ in ("VBD", "WDT", "WP", ".", ":") or doc[at].lower_ in ("who", "that"):
            return []
        at, steps = at + 1, steps + 1
    found: list[int] = []
    while at < min(stop, len(doc)) and len(found) < 3:
        if doc[at].lower_ not in _AUXILIARIES and doc[at].tag_ not in ("RB", "TO", "MD"):
            if doc[at].tag_ not in ("VBN", "VBG", "VB", "JJ"):
                break
            found.append(at)
        at += 1
    return found


def _is_finite(token: Token) -> bool:
    return token.pos_ == "AUX" or token.lower_ in (
        "have",
        "has",
        "had",
        "were",
        "was",
        "are",
        "is",
        "remain",
        "remained",
    )


def _toll_words(doc: Doc, toll: int, first: int) -> list[int]:
    token = doc[toll]
    words = [toll, *(c.i for c in token.children if c.dep_ in ("compound", "amod") and c.i < first)]
    for child in token.children:
        if child.dep_.startswith("nmod") and child.i < first:
            words += [
                child.i,
                *(c.i for c in child.children if c.dep_ in ("amod", "compound", "acl", "acl:relcl")),
            ]
    if toll + 2 < first and doc[toll + 1].lower_ == "of":
        words += [
            i
            for i in range(toll + 2, min(toll + 6, first))
            if doc[i].tag_ in ("NN", "NNS", "JJ", "VBN", "NNPS")
        ]
    return words


def _clause(doc: Doc, token: Token, start: int, stop: int) -> frozenset[int]:
    """Return the tokens of the token's own clause: the clause's subtree without inner clauses."""
    head = token
    while head.dep_ not in _CLAUSE_HEADS and not _is_verb_conjunct(head):
        head = head.head
    inner: set[int] = set()
    stack = [head]
    while stack:
        current = stack.pop()
        inner.add(current.i)
        stack += [c for c in current.children if not (_is_clause_head(c) and not c.is_ancestor(token))]
    return frozenset(i for i in inner if start <= i < stop)


def _is_verb_conjunct(token: Token) -> bool:
    return bool(token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"))


def _is_clause_head(token: Token) -> bool:
    return token.dep_ in ("ccomp", "advcl", "acl:relcl", "parataxis", "csubj") or _is_verb_conjunct(token)
