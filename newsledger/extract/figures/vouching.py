"""Who vouches for one number by the words right around it: "X put it at 40", "by X’s count", "40 (X)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsledger.extract.figures.mentions import Mention
from newsledger.extract.figures.naming import PRONOUNS, noun_phrase
from newsledger.extract.figures.speakers import BODIES, CARRIERS, can_speak
from newsledger.extract.language.clauses import Predicate, predicates
from newsledger.extract.language.tokens import Doc, Span, Token
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.reporting import REPORTING_VERBS

_COUNTING = words(
    """
    put count record register list estimate document tally report log confirm calculate reckon detect
    tabulate cite quote expect forecast predict project admit concede acknowledge
    """
)
"""Verbs whose subject vouches for the number that is their object ("the coroner counted 27 dead")."""
_GIVING = words("give publish issue release announce provide offer produce show")
"""Verbs that do so with a noun for a number between ("gave a figure of 40")."""
_SAYING = words("say claim insist maintain talk speak argue allege report counter mention state tell")
"""Verbs of saying that take a number at once ("the union says 2,000", "spoke of 40")."""
_REVISING = words("raise revise lower update increase correct cut")
"""Verbs that change a count ("raised the toll to 40")."""
_SHOWING = words("show suggest indicate find reveal")
"""Verbs of documents ("figures from the registry show that 900 ...")."""
_ASKING = words("want demand seek ask offer request propose")
"""Verbs by which somebody names what is wanted or offered ("the union wants 900")."""
_NUMBER_NOUNS = words(
    "figure number total toll count estimate tally turnout size forecast projection crowd seat"
)
_PHRASE = r"(?:[^\W\d][\w.’'&-]*\s+){0,6}?[^\W\d][\w.’'&-]*"
_COUNT_OF = (
    r"(?:count|reckoning|tally|estimates?|calculations?|figures|numbers|records|account|data|toll|census)"
)
_BY_COUNT = re.compile(
    rf"(?i)\b(?:by|on|going\s+by|according\s+to)\s+(?P<who>{_PHRASE})(?:[’']s|s[’'])\s+"
    rf"(?:(?:own|latest|official|current|first)\s+)*{_COUNT_OF}\b"
)
"""By whose count ("by the union’s reckoning")."""
_BY_COUNT_OF = re.compile(
    rf"(?i)\b(?:by|on|going\s+by|according\s+to)\s+(?:the\s+|an?\s+)?{_COUNT_OF}\s+(?:of|from|by)\s+"
    rf"(?P<who>{_PHRASE})(?=\s*[,.;)]|\s*\Z|\s+and\b)"
)
_ON_FIGURES = re.compile(
    rf"(?i)\b(?:by|on)\s+(?P<who>(?:official|police|government|army|party|company|hospital|union|un|eu))\s+"
    rf"{_COUNT_OF}\b"
)
_BRACKETS = re.compile(
    r"\((?P<label>(?i:sources?):\s*|(?i:according\s+to\s+|says\s+))?(?P<who>[^()\d;]{2,60}?)(?:[;,][^()]*)?\)"
)
_BY_AGENT = re.compile(
    rf"(?i)[^,.;:]{{0,40}}?\b(?:estimated|put|counted|recorded|registered|reported|announced|mentioned|given|"
    rf"published|confirmed|named|released|claimed|calculated|cited)\s+(?:(?:on|in|last|late)\s+\w+\s+)?by\s+"
    rf"(?P<who>{_PHRASE})(?=\s*[,.;)]|\s*\Z|\s+(?:and|at|on|in|last|this|late|earlier)\b)"
)
"""Who is named with "by" behind a number ("the 40 reported by X")."""
_BY_AGENT_BEFORE = re.compile(
    rf"(?i)\b(?:estimated|put|counted|recorded|given|calculated|projected)\s+by\s+(?P<who>{_PHRASE})\s+(?:at|as)\s+"
    rf"(?:[^\W\d]+\s+){{0,3}}\Z"
)
_LEADING = re.compile(
    r"(?:\A\W*|[;:.]\s+|[”\"]\s+|\b(?:and|but|while|whereas)\s+)(?P<who>(?:[^\W\d][\w.’'&-]*\s+){0,6}?[^\W\d][\w.’'&-]*)"
    r"(?:\s+|,\s+(?:which|who|whose)\s[^,;]*,\s+)(?:(?:now|also|still)\s+)?"
    r"(?:reckons?|reckoned|reports?|estimates?|estimated|says|said|thinks?|thought|believes?|believed|claims?|"
    r"claimed|counts|counted|concedes|conceded|admits|admitted|expects|expected)\s+(?:that\s+)?"
    r"(?:[^\W\d][\w’'-]*\s+){0,6}\Z"
)
"""A source and its verb in the words before a number, where the tagger takes the verb for a noun."""
_WITH_COUNTING = re.compile(
    rf"(?i)\bwith\s+(?P<who>{_PHRASE})\s+(?:counting|putting|reporting|recording|listing|estimating|registering|"
    r"giving|claiming)\b[^,.;]{0,60}\Z"
)
"""Who counts beside the main clause ("with the union counting 40")."""
_THAT_PUTS = re.compile(
    rf"(?i)\b(?:that|which)\s+(?P<who>{_PHRASE})\s+(?:puts?|estimates?|estimated|counted|gave|gives|reckons?|reckoned)"
    r"\s+(?:at|as|to\s+be)\s+(?:[^\W\d]+\s+){0,3}\Z"
)
"""Who counts in a clause that describes the counted ("a crowd that police put at 35,000")."""
_THAT_X_GAVE = re.compile(
    rf"(?i)(?:\s+[^\W\d][\w’'-]*){{0,3}}?(?:,\s+an?\s+\w+)?\s+(?:that|which)\s+(?P<who>{_PHRASE})\s+(?:ha[ds]\s+)?(?:mentioned|reported|gave|"
    r"given|named|cited|announced|counted|claimed|published|estimated|released|recorded|confirmed|registered|quoted)\b"
)
"""Who gives the number in a clause behind it ("the 650 that the mayor mentioned")."""
_BREAKERS = ("VBD", "VBZ", "VBP", "MD", "WDT", "WP")


def vouchers(doc: Doc, mention: Mention) -> Iterator[Span]:
    """Yield who vouches for a number by the words around it, the surest first."""
    yield from _in_brackets(doc, mention)
    yield from _behind(doc, mention)
    yield from _by_agent(doc, mention)
    yield from _by_verb(doc, mention)
    yield from _leading(doc, mention)
    yield from _by_owner(doc, mention)
    yield from _by_count(doc, mention)


def _located(doc: Doc, offset: int, match: re.Match[str]) -> Span | None:
    span = doc.char_span(offset + match.start("who"), offset + match.end("who"), alignment_mode="expand")
    return span if span is not None and len(span) else None


def _sentence(doc: Doc, mention: Mention) -> tuple[str, int]:
    first, stop = mention.sentence
    return str(doc[first:stop].text), int(doc[first].idx)


def _in_brackets(doc: Doc, mention: Mention) -> Iterator[Span]:
    """Yield the source in brackets behind a number ("40 hurt (police)", "40 hurt (source: the union)")."""
    text, offset = _sentence(doc, mention)
    for match in _BRACKETS.finditer(text, max(0, mention.number.end - offset)):
        span = _located(doc, offset, match)
        if span is None:
            continue
        head = span[-1]
        is_body = head.lower_ in BODIES and not doc[max(0, span.start - 2)].text[:1].isupper()
        if match["label"] or is_body:
            yield span
            return


def _behind(doc: Doc, mention: Mention) -> Iterator[Span]:
    """Yield who mentions the number in a clause that describes it ("the 650 that the mayor named")."""
    end = max(mention.last, mention.counted.end)
    for group in _groups(doc, mention):
        if group.form != "finite" or group.subject is None or group.opener not in ("that", "which"):
            continue
        if not mention.last <= group.opener_at <= end + 3 or group.subject <= group.opener_at:
            continue
        verb = doc[group.main]
        if REPORTING_VERBS.get(verb.lower_) or verb.lemma_.lower() in _COUNTING | _GIVING:
            yield from _speaker(doc, group.subject, group.opener_at + 1, group.start)
    yield from _in_words(doc, mention)


def _in_words(doc: Doc, mention: Mention) -> Iterator[Span]:
    """Yield who gives the number in a clause the tree may miss."""
    text, offset = _sentence(doc, mention)
    before = text[: mention.qualified.start - offset]
    after = _THAT_X_GAVE.match(text, mention.qualified.end - offset)
    for match in (after, _WITH_COUNTING.search(before), _THAT_PUTS.search(before)):
        span = _located(doc, offset, match) if match else None
        if span is not None and can_speak(span[-1]) and not any(t.tag_ in _BREAKERS for t in span):
            yield span


def _by_agent(doc: Doc, mention: Mention) -> Iterator[Span]:
    text, offset = _sentence(doc, mention)
    after = mention.qualified.end - offset
    match = _BY_AGENT.match(text, after) or _BY_AGENT_BEFORE.search(text[: mention.qualified.start - offset])
    span = _located(doc, offset, match) if match else None
    if span is not None and not any(t.like_num for t in span):
        yield span


def _leading(doc: Doc, mention: Mention) -> Iterator[Span]:
    text, offset = _sentence(doc, mention)
    match = _LEADING.search(text[: mention.qualified.start - offset])
    span = _located(doc, offset, match) if match else None
    if span is None or any(t.tag_ in _BREAKERS or t.like_num for t in span):
        return
    if span[-1].lower_ in PRONOUNS or can_speak(span[-1]):
        yield span


def _groups(doc: Doc, mention: Mention) -> list[Predicate]:
    return predicates(doc[slice(*mention.sentence)])


def _by_verb(doc: Doc, mention: Mention) -> Iterator[Span]:
    """Yield the subject of the nearest verb of counting before the number ("she put the dead at 40")."""
    before = [g for g in _groups(doc, mention) if g.end <= mention.first]
    for order in range(len(before) - 1, -1, -1):
        group = before[order]
        if group.form == "participle":
            continue
        between = doc[group.end : mention.first]
        if group.is_passive or group.is_negated or _is_cut_off(between):
            return
        if _counts(doc, group, between):
            yield from _subjects(doc, before, order, mention)
            return
        if group.form == "finite":
            return


def _is_cut_off(between: Span) -> bool:
    """Return whether a clause, a quotation or another number stands between a verb and the number."""
    if any(t.tag_ in _BREAKERS or t.text in ';“”"' for t in between):
        return True
    if any(t.text == ":" for t in between[:-1]):
        return True
    has_number = any(t.like_num for t in between)
    is_part = any(t.lower_ in ("whom", "them", "which", "including", "up", "down") for t in between)
    return has_number and any(t.text == "," for t in between) and not is_part


def _subjects(doc: Doc, groups: list[Predicate], order: int, mention: Mention) -> Iterator[Span]:
    """Yield the subject of a verb, or of the verb it is joined to; of "with X counting ..." X."""
    group = groups[order]
    subject = group.subject if group.subject is not None else _tree_subject(doc[group.main])
    while subject is None and order > 0 and groups[order].opener in ("and", "but"):
        order -= 1
        subject = groups[order].subject
    low = max(mention.sentence[0], group.opener_at + 1)
    if (
        subject is None
        and group.form == "gerund"
        and doc[group.start - 1].tag_ in ("NN", "NNS", "NNP", "NNPS")
    ):
        subject = group.start - 1
    if subject is None:
        return
    if doc[subject].tag_ in ("WP", "WDT"):
        antecedent = _antecedent(doc[group.main])
        if antecedent is not None:
            yield from _speaker(doc, antecedent, mention.sentence[0])
        return
    yield from _speaker(doc, subject, low if low <= subject else mention.sentence[0], group.start)


def _antecedent(verb: Token) -> int | None:
    """Return the noun a relative clause speaks of, an apposition taken back to what it explains."""
    for _ in range(3):
        if verb.dep_ == "conj":
            verb = verb.head
    if not verb.dep_.startswith("acl") or verb.head.i > verb.i:
        return None
    head = verb.head
    while (
        head.dep_ in ("appos", "nmod")
        and head.head.i < head.i
        and any(t.text == "," for t in head.doc[head.head.i : head.i])
    ):
        head = head.head
    return int(head.i)


def _counts(doc: Doc, group: Predicate, between: Span) -> bool:
    """Return whether a verb tells a number: by itself, with a noun for one, or said at once."""
    lemma = doc[group.main].lemma_.lower()
    nouns = {t.lemma_.lower() for t in between}
    if len(between) and between[0].lower_ in ("up", "off", "out", "down", "forward", "aside", "together"):
        return False
    is_telling = lemma in _SHOWING or REPORTING_VERBS.get(doc[group.main].lower_)
    if len(between) and between[0].lower_ == "that" and is_telling:
        return True
    if lemma in _COUNTING:
        return not any(t.lower_ == "that" for t in between)
    if lemma in _GIVING or lemma in _REVISING:
        return bool(nouns & _NUMBER_NOUNS)
    if lemma in ("speak", "talk"):
        return bool(between) and between[0].lower_ == "of"
    if lemma in _ASKING:
        return len(between) <= 3 and all(_qualifies(t) for t in between)
    return lemma in _SAYING and len(between) <= 5 and all(_qualifies(t) for t in between)


def _qualifies(token: Token) -> bool:
    return token.tag_ in ("RB", "JJR", "IN", "DT", "JJ", "RBR", "CC") or token.like_num or token.is_punct


def _tree_subject(verb: Token) -> int | None:
    return next((int(c.i) for c in verb.children if c.dep_.startswith("nsubj") and c.i < verb.i), None)


def _speaker(doc: Doc, subject: int, low: int, stop: int = 0) -> Iterator[Span]:
    """Yield the noun phrase of a subject that can vouch for a number.

    Up to ``stop``, its verb, it takes in who it is joined to, and whose count it is.
    """
    token = doc[subject]
    if token.lower_ in PRONOUNS:
        yield doc[subject : subject + 1]
        return
    span = noun_phrase(doc, subject, low)
    stop = next((t.i for t in doc[span.end : max(span.end, stop)] if t.text == ","), stop)
    rest = doc[span.end : max(span.end, stop)]
    is_joined = bool(rest) and (rest[0].lower_ == "and" or token.lemma_.lower() in CARRIERS)
    if is_joined and not any(t.is_punct or t.like_num or t.tag_ in _BREAKERS for t in rest):
        span = doc[span.start : stop]
    if can_speak(token) and not any(t.like_num for t in span):
        yield span


def _by_owner(doc: Doc, mention: Mention) -> Iterator[Span]:
    """Yield whose count is spoken of ("the government’s own toll is 51")."""
    groups = [g for g in _groups(doc, mention) if g.end <= mention.first]
    for token in doc[mention.sentence[0] : mention.first]:
        if token.lemma_.lower() not in CARRIERS or token.i <= mention.sentence[0] + 1:
            continue
        owner = token.i - 1
        while owner > mention.sentence[0] and doc[owner].tag_ in ("JJ", "JJS", "NN", "VBN"):
            owner -= 1
        if doc[owner].tag_ not in ("POS", "PRP$"):
            continue
        if sum(1 for g in groups if g.start > token.i and g.form == "finite") > 1 or _broken(
            doc, token.i, mention
        ):
            continue
        if doc[owner].tag_ == "PRP$":
            yield doc[owner : token.i + 1]
        else:
            yield from _speaker(doc, owner - 1, mention.sentence[0])


def _broken(doc: Doc, at: int, mention: Mention) -> bool:
    """Return whether a clause of its own stands between a count and the number."""
    return any(t.tag_ in ("WDT", "WP") or t.text == ";" for t in doc[at : mention.first])


def _by_count(doc: Doc, mention: Mention) -> Iterator[Span]:
    """Yield by whose count the sentence gives its numbers ("by the organisers’ reckoning")."""
    text, offset = _sentence(doc, mention)
    at = mention.number.start - offset
    for pattern in (_BY_COUNT, _BY_COUNT_OF, _ON_FIGURES):
        for match in pattern.finditer(text):
            is_led = match.start() <= 3
            if (at < match.start() or is_led) and not re.search(
                r";", text[min(at, match.start()) : max(at, match.start())]
            ):
                span = _located(doc, offset, match)
                if span is not None:
                    yield span
