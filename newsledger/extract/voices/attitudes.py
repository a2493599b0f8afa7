"""What somebody is told to want, praise, attack or speak of, where no clause reports his words.

"She praised the plan", "their call for a vote", "the plan was hailed by ministers": the object is what the
attitude is about. A speech verb that introduces a clause or a quotation is read elsewhere, before this.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsledger.extract.language.clauses import Predicate, is_noun, phrase_start
from newsledger.extract.language.inflect import noun_table, verb_table
from newsledger.extract.language.roles import OWN_MINDS, SPEAKING_ROLES
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.content import OPENING
from newsledger.extract.voices.sources import phrase_end, source_before
from newsledger.extract.voices.statement import Found

ATTITUDE_VERBS = verb_table(
    """
    accept accuse acknowledge address admire admit advocate announce applaud approve argue ask assail
    assert assure attack  bemoan blame blast boast brag call castigate caution  champion
    charge cheer chide cite claim commend complain concede condemn confirm congratulate consider
    contradict counter credit criticise debate decline decry defend demand denounce deny deride describe
    detail disavow disclose  dismiss dispute doubt echo  emphasise encourage endorse
    envision estimate evaluate expect explain express fault favour favor fear flag forecast  hail
    highlight hint hope imagine insist insult interpret    judge label lambast lambaste
    lament laud lampoon liken  loathe  lobby love hate mention mock mourn  note object offer
    oppose order outline pan petition pitch plead pledge point portray praise predict prefer press
    promise  propose prove question quote   rebuff rebuke rebut recall recommend recount
    reference refer refuse refute regard reiterate reject remember remind renew repeat report
    repudiate request resist respond restate reveal ridicule rip salute sanction scoff scold see seek
    show signal slam stress suggest support sympathise talk tease thank threaten title tout
    trash trumpet trust tweet underline underscore unveil urge vent  voice vow want warn welcome
    weigh wish push backpedal lash disagree fret gripe tease vouch hypothesise opine favour wonder worry
    summarise specify skewer savage
    """
)
"""Verbs of attitude and speech whose object is what is said, wanted or judged."""

_PARTICLES: dict[str, frozenset[str]] = {
    "point": words("to out"), "refer": words("to"), "respond": words("to"), "object": words("to"),
    "call": words("for on upon"), "press": words("for"), "plead": words("for with"),
    "lobby": words("for against"), "talk": words("about of up"), "complain": words("about of"),
    "warn": words("of about against"), "worry": words("about"), "boast": words("of about"),
    "brag": words("about of"), "scoff": words("at"), "hint": words("at"), "hope": words("for"),
    "wish": words("for"), "argue": words("for against"), "insist": words("on upon"),
    "weigh": words("in"), "agree": words("with to on"), "approve": words("of"),
    "sympathise": words("with"), "decline": words("to"), "refuse": words("to"),
    "ask": words("for about"), "caution": words("against about"), "push": words("for"),
    "backpedal": words("on from"), "lash": words("out at"), "disagree": words("with"),
    "fret": words("about over"), "gripe": words("about"), "vouch": words("for"),
}  # fmt: skip
_NEEDS_PARTICLE = words("""
    point refer respond object talk complain worry boast brag scoff hint long wish argue insist approve
    sympathise plead lobby press hope call push backpedal lash disagree fret gripe vouch
""")
_WEAK = words(
    "see show consider name join raise offer issue want love long view list prove mean judge rate ask"
)
"""Verbs as often used of things done as of things said: a person or body must be the subject, close by."""
_PERSONAL = words("he she they we who i side one nobody everyone everybody many some most others")
_PAPERS = noun_table("poll survey study report data figure result document record email letter memo analysis "
                     "video statistic transcript research")  # fmt: skip
_TELLING = verb_table("show find put reveal suggest indicate")
_SEEMING = words("seem seems seemed appear appears appeared")
_HELD = words("expected believed thought known considered seen said reported scheduled")
_STATES = words("""
    concerned worried opposed critical supportive sceptical skeptical confident happy glad unhappy angry upset
    afraid
    sure certain unsure optimistic pessimistic hopeful wary proud ashamed grateful aware convinced
    disappointed doubtful
    eager enthusiastic excited furious outraged pleased puzzled surprised suspicious uneasy willing
    unwilling interested
""")
_STATE_LINKS = words("about of with by that to at for in")
_OBJECT = ("DT", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "JJ", "JJR", "JJS", "CD", "VBG", "WP", "WDT",
           "WRB", "TO", "PDT", "EX")  # fmt: skip
_CLOSING = words(
    "but while whereas although though because when after before since until as if unless despite amid"
)

ATTITUDE_NOUNS = noun_table(
    """
    accusation allegation announcement  approval argument assertion assumption attack backing belief
     call claim comment complaint concern condemnation contention criticism decision demand denial
    denunciation desire disapproval disdain doubt embrace endorsement expectation explanation fear
    frustration hope insistence objection observation  opposition optimism outrage
    plea pledge praise prediction preference promise proposal push rebuke  rejection
    scepticism skepticism  suggestion support suspicion swipe view vow warning wish worry
    """
)
_NOUN_LINKS = words("that of for to on about over against with from")


def attitudes(sentence: Span, groups: list[Predicate], taken: frozenset[int]) -> Iterator[Found]:
    """Yield the attitudes of a sentence; verbs whose token is ``taken`` have a statement already."""
    doc = sentence.doc
    for order, group in enumerate(groups):
        lemma = ATTITUDE_VERBS.get(doc[group.main].lower_)
        if lemma is None or group.main in taken or _is_nominal(doc, group):
            continue
        found = (
            _by_agent(doc, group, lemma, sentence)
            if group.is_passive or (group.form == "participle" and _has_agent(doc, group, sentence))
            else _by_subject(doc, groups, order, lemma, sentence)
        )
        if found is not None:
            yield found
    yield from _by_noun(sentence, groups)
    yield from _impersonal(sentence, groups)
    yield from _by_state(sentence, groups)


def _impersonal(sentence: Span, groups: list[Predicate]) -> Iterator[Found]:
    """Yield what nobody named holds ("the bank is expected to rule"); the source is empty."""
    doc = sentence.doc
    for order, group in enumerate(groups):
        low = doc[group.main].lower_
        is_held = group.is_passive and low in _HELD and doc[min(group.end, len(doc) - 1)].lower_ == "to"
        if group.subject is None or group.form != "finite" or not (low in _SEEMING or is_held):
            continue
        if group.subject >= group.start or doc[group.subject].lower_ in ("i", "we", "who", "which"):
            continue
        start = phrase_start(doc, group.subject, sentence.start)
        stop = (
            clause_end(doc, groups, order, group.end, sentence) if group.end < sentence.end else sentence.end
        )
        yield Found((start, start), (group.start, group.end), low, ((start, stop),))


def _by_state(sentence: Span, groups: list[Predicate]) -> Iterator[Found]:
    """Yield "X is concerned about Y": a state of mind and what it is about."""
    doc = sentence.doc
    for order, group in enumerate(groups):
        at = next(
            (k for k in range(group.main, min(group.end + 3, sentence.end)) if doc[k].lower_ in _STATES), None
        )
        is_linked = (
            group.is_copula
            or group.is_passive
            or doc[group.main].lower_ in ("remain", "remains", "remained", "feel", "feels", "felt")
        )
        if at is None or not is_linked or at + 2 >= sentence.end or doc[at + 1].lower_ not in _STATE_LINKS:
            continue
        source = source_before(doc, groups, order, sentence)
        start = at + 1 if doc[at + 1].lower_ in ("that", "to") else at + 2
        stop = clause_end(doc, groups, order, start, sentence)
        if source is not None and stop > start:
            yield Found(source, (group.start, at + 1), doc[at].lower_, ((start, stop),))


def _is_nominal(doc: Doc, group: Predicate) -> bool:
    """Return whether a participle only describes the noun behind it ("the expected deal")."""
    main = doc[group.main]
    return main.dep_ in ("amod", "compound") and group.form in ("participle", "gerund")


def _by_subject(doc: Doc, groups: list[Predicate], order: int, lemma: str, sentence: Span) -> Found | None:
    group = groups[order]
    end, has_particle = _with_particle(doc, group.end, lemma, sentence)
    if (lemma in _NEEDS_PARTICLE and not has_particle) or end >= sentence.end:
        return None
    if doc[end].tag_ not in _OBJECT and doc[end].text not in OPENING:
        return None
    source = source_before(doc, groups, order, sentence)
    if source is None or (lemma in _WEAK and not _is_mind(doc, source, group)):
        return None
    stop = clause_end(doc, groups, order, end, sentence)
    if stop <= end:
        return None
    return Found(source, (group.start, end), lemma, ((end, stop),))


def _is_mind(doc: Doc, source: tuple[int, int], group: Predicate) -> bool:
    head = doc[source[1] - 1]
    is_near = group.start - source[1] <= 3
    is_paper = head.lower_ in _PAPERS and doc[group.main].lower_ in _TELLING
    is_body = head.lower_ in SPEAKING_ROLES or head.lower_ in OWN_MINDS or head.lower_ in _PERSONAL
    return is_near and (head.tag_ in ("NNP", "NNPS", "NNS") or is_body or is_paper)


def _with_particle(doc: Doc, at: int, lemma: str, sentence: Span) -> tuple[int, bool]:
    """Return the token behind the preposition that belongs to a verb, and whether there is one."""
    allowed = _PARTICLES.get(lemma, frozenset())
    k = at
    while k < sentence.end and doc[k].tag_ == "RB" and k - at < 2:
        k += 1
    if k < sentence.end and doc[k].lower_ in allowed:
        return k + 1, True
    return k, False


def _has_agent(doc: Doc, group: Predicate, sentence: Span) -> bool:
    return bool(group.end < sentence.end and doc[group.end].lower_ == "by")


def _by_agent(doc: Doc, group: Predicate, lemma: str, sentence: Span) -> Found | None:
    """Return the attitude told in the passive ("The plan was praised by ministers")."""
    at = group.end
    if at + 1 >= sentence.end or doc[at].lower_ != "by" or group.subject is None:
        return None
    end = phrase_end(doc, at + 1, sentence)
    if end <= at + 1 or lemma in _WEAK:
        return None
    start = phrase_start(doc, group.subject, sentence.start)
    return Found((at + 1, end), (group.start, group.end), lemma, ((start, group.subject + 1),))


def clause_end(doc: Doc, groups: list[Predicate], order: int, start: int, sentence: Span) -> int:
    """Return the token after what a verb governs: where another clause of the reporter begins."""
    depth_verbs = {g.main for g in groups}
    for k in range(start + 1, sentence.end):
        text, low = doc[k].text, doc[k].lower_
        if text in ";" or text in ("—", "–", "--"):
            return k
        if text == "," and k + 1 < sentence.end and _leaves(doc, groups, order, k + 1, sentence):
            return k
        if low in ("and", "but") and _joins_verb(doc, groups, order, k):
            return k
        if (
            low in _CLOSING
            and k > start + 1
            and low not in ("as", "if", "when", "before", "because", "since")
        ):
            return k
        if low == "after" and k + 1 in depth_verbs:
            return k
    end = sentence.end
    while end > start and doc[end - 1].text in (".", "!", "?"):
        end -= 1
    return int(end)


def _leaves(doc: Doc, groups: list[Predicate], order: int, at: int, sentence: Span) -> bool:
    """Return whether behind a comma something else is told than what the verb governs."""
    low = doc[at].lower_
    if low in _CLOSING or low in ("but", "and", "saying", "adding", "calling", "according", "even", "with"):
        return low != "and" or _joins_verb(doc, groups, order, at)
    if doc[at].tag_ == "VBG":
        return True
    following = [g for g in groups if g.start >= at and g.form == "finite"]
    if not following or following[0].start - at > 6:
        return False
    return doc[at].tag_ in ("PRP", "DT", "NNP", "NNS") and following[0].opener == ""


def _joins_verb(doc: Doc, groups: list[Predicate], order: int, at: int) -> bool:
    """Return whether "and" joins another verb of the same or another subject."""
    own = groups[order]
    following = next((g for g in groups if g.start > at), None)
    if following is None or following.opener_at != at:
        return False
    inner = [g for g in groups if own.end <= g.start < at and g.form == following.form]
    return following.form == "finite" and not inner


def _by_noun(sentence: Span, groups: list[Predicate]) -> Iterator[Found]:
    """Yield "X's call for Y", "their claim that Y", "criticism of Y by X"."""
    doc = sentence.doc
    for token in sentence:
        lemma = ATTITUDE_NOUNS.get(token.lower_)
        at = token.i + 1
        if lemma is None or not is_noun(token) or at + 1 >= sentence.end:
            continue
        if doc[at].lower_ not in _NOUN_LINKS:
            continue
        source = _owner(doc, token.i, sentence)
        if source is None:
            continue
        end = _nominal_end(doc, groups, at + 1, sentence)
        if end > at + 1:
            yield Found(source, (token.i, at), lemma, ((at + 1, end),))


def _owner(doc: Doc, noun: int, sentence: Span) -> tuple[int, int] | None:
    """Return the words of whose attitude a noun names: "X's", "their", "the X"."""
    start = phrase_start(doc, noun, sentence.start)
    for k in range(noun - 1, start - 1, -1):
        if doc[k].tag_ == "PRP$":
            return k, k + 1
        if doc[k].tag_ == "POS" and k > start:
            return phrase_start(doc, k - 1, sentence.start), k
    return None


def _nominal_end(doc: Doc, groups: list[Predicate], start: int, sentence: Span) -> int:
    """Return the token after what a noun of attitude is about."""
    is_clause = doc[start - 1].lower_ in ("that", "to")
    verbs = {g.start for g in groups if g.form == "finite"}
    for k in range(start + 1, sentence.end):
        if doc[k].text in ",;—–.:" or doc[k].lower_ in _CLOSING:
            return k
        if not is_clause and k in verbs:
            return k
    return int(sentence.end)
