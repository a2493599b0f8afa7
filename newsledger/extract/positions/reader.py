"""Positions: which actor takes which stance on which issue of a codebook, with the words that prove it."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date

from newsledger.extract.ids import codebook_version
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Span
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.conditions import condition_of
from newsledger.extract.positions.demands import Bargain
from newsledger.extract.positions.frame import is_light
from newsledger.extract.positions.holders import Holder
from newsledger.extract.positions.loose import WANTING, LooseReader, taken_up
from newsledger.extract.positions.near import Recent
from newsledger.extract.positions.path import Path
from newsledger.extract.positions.reconcile import reconciled
from newsledger.extract.positions.record import Reading
from newsledger.extract.positions.scope import Scope
from newsledger.extract.positions.stance import JUDGING
from newsledger.extract.positions.topic import Topic
from newsledger.extract.positions.topics import TopicIndex, with_anaphors
from newsledger.extract.positions.trust import weights
from newsledger.extract.positions.wording import root
from newsledger.extract.voices.actors import ActorIndex
from newsledger.extract.voices.content import sentences
from newsledger.extract.voices.statement import Statement
from schemas.codebook import Codebook
from schemas.document import Document
from schemas.position import Position, Refusal

_ASSERTING_REJECTIONS = frozenset(("deny", "threaten"))
_STRONG_REPORTS = {
    "insist": "request", "demand": "request", "urge": "request", "vow": "agree", "pledge": "agree",
    "promise": "agree", "swear": "agree", "propose": "request", "recommend": "request", "agree": "agree",
    "hope": "support", "call": "request",
}  # fmt: skip
"""Reporting verbs that show a stance whatever the clause they report says in which mood."""


_OPENING_MARKS = frozenset(("“", '"', "«", "‘", "'", "''", ":", ",", "—", "–"))
_SUSPICIONS = words(
    "fear suspect expect predict believe think doubt guess reckon forecast hope estimate wonder speculate "
    "worry"
)


class PositionReader:
    """Reads positions for one codebook; the codebook's words are compiled once."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.actors = ActorIndex(codebook)
        self.topics = TopicIndex(codebook)
        self.version = codebook_version(codebook)

    def read(
        self, document: Document, parsed: ParsedText, day: date | None
    ) -> tuple[list[Position], list[Refusal]]:
        """Return the positions of a document and what looked like one and was refused."""
        dated = copy.copy(self)
        dated.actors = self.actors.on(day)
        return _Reader(dated, document, parsed, day).read()


def extract_positions(
    document: Document, codebook: Codebook, parsed: ParsedText, *, day: date | None
) -> tuple[list[Position], list[Refusal]]:
    """Return the positions a document states on the codebook's issues, and the candidates refused.

    Args:
        document: the document; its text is the one that was parsed.
        codebook: the story's actors and issues.
        parsed: the parsed text.
        day: the publication day, from which weekdays are counted back; None when unknown.

    Returns:
        Positions in order of their evidence, each once for actor, issue, stance and evidence; and refusals.
    """
    return PositionReader(codebook).read(document, parsed, day)


class _Reader(LooseReader):
    """The stances of one document, found topic by topic."""

    def __init__(
        self, reader: PositionReader, document: Document, parsed: ParsedText, day: date | None
    ) -> None:
        super().__init__((reader.codebook, reader.actors, reader.version), document, parsed, day)
        self.reader = reader
        self._signs: dict[str, int] = {}
        """Issue -> the sign of the stance last read on it."""
        self._named_at: dict[int, dict[int, frozenset[str]]] = {}

    def read(self) -> tuple[list[Position], list[Refusal]]:
        """Return the positions of the document that stand, and the refusals, in order of their evidence."""
        before: list[Topic] = []
        index = self.reader.topics
        self._named_at = actors = self._actors_by_token()
        found: list[list[Topic]] = []
        earlier: tuple[str, ...] = ()
        for number, paragraph in enumerate(self.parsed.paragraphs):
            found.append(index.topics(paragraph.doc, actors.get(number), earlier))
            earlier = tuple(root(t.text) for t in paragraph.doc if t.text[:1].isalnum())
        named = frozenset(t.issue for topics in found for t in topics)
        recent = Recent(named, signs=self._signs)
        for number, paragraph in enumerate(self.parsed.paragraphs):
            topics = index.with_short(paragraph.doc, found[number], named)
            is_same = False
            for sentence in sentences(paragraph.doc):
                inside = [t for t in topics if sentence.start <= t.start < sentence.end]
                if inside or before:
                    inside = with_anaphors(sentence, inside, before, before if is_same else [])
                    inside = [self._as_wanted(sentence, t) for t in inside]
                unread = self._sentence(number, paragraph, sentence, inside)
                self._guess(number, paragraph, sentence, inside, unread, recent)
                recent.note(sentence, [t for t in inside if not t.is_anaphor])
                before, is_same = [t for t in inside if not t.is_stance], True
        standing = [*reconciled(self.positions.values(), self.marks), *self._trusted(weights())]
        ordered = sorted(standing, key=lambda p: (p.evidence_start, p.actor, p.issue, p.stance))
        return ordered, sorted(self.refusals.values(), key=lambda r: (r.evidence_start, r.reason))

    def _actors_by_token(self) -> dict[int, dict[int, frozenset[str]]]:
        """Return paragraph -> token -> the actors meant there."""
        found: dict[int, dict[int, frozenset[str]]] = {}
        for mention in self.mentions:
            tokens = found.setdefault(mention.paragraph, {})
            for k in range(mention.first, mention.last):
                tokens[k] = tokens.get(k, frozenset()) | {mention.actor}
        return found

    def _as_wanted(self, sentence: Span, topic: Topic) -> Topic:
        """Return a topic with the sign of the stance last read where "the demand" takes it up."""
        if not topic.is_anaphor or sentence.doc[topic.end - 1].lower_ not in WANTING:
            return topic
        return replace(topic, sign=self._signs.get(topic.issue, topic.sign))

    def _guess(
        self,
        number: int,
        paragraph: Paragraph,
        sentence: Span,
        topics: list[Topic],
        unread: list[Topic],
        recent: Recent,
    ) -> None:
        """Note what a sentence may say of an issue, where no rule is sure of it."""
        if _asks(sentence):
            return
        named = frozenset(t.issue for t in topics)
        index = self.reader.topics
        near = index.near.find(sentence, self._named_at.get(number, {}), recent, named)
        near = [t for t in near if not index.is_barred(sentence, t)]
        near += taken_up(sentence, recent, named | {t.issue for t in near})
        if not near and not unread:
            return
        scope = Bargain(sentence)
        for topic in near:
            outcome = self._reading(number, paragraph, scope, topic)
            if isinstance(outcome, Reading):
                denied = ("read:denied",) if "deny" in outcome.rule.split() else ()
                self._doubt(paragraph, sentence, topic, outcome, (f"read:{outcome.how}", *denied))
            elif outcome is None:
                self._guess_at(number, paragraph, scope, topic)
        for topic in unread:
            self._guess_at(number, paragraph, scope, replace(topic, signals=("topic:named",)))

    def _guess_at(self, number: int, paragraph: Paragraph, scope: Bargain, topic: Topic) -> None:
        found = self._loosely(number, paragraph, scope, topic)
        if found is not None:
            self._doubt(paragraph, scope.sentence, topic, found.reading, found.signals)

    def _sentence(
        self, number: int, paragraph: Paragraph, sentence: Span, topics: list[Topic]
    ) -> list[Topic]:
        """Read the stances on the topics of a sentence; return the topics on which none is read."""
        if not topics or _asks(sentence):
            return []
        unread = []
        scope = Bargain(sentence)
        for topic in topics:
            outcome = self._reading(number, paragraph, scope, topic)
            if isinstance(outcome, str):
                self._refuse(paragraph, sentence, outcome)
            elif outcome is not None:
                self._keep(paragraph, sentence, topic, outcome)
                self._signs[topic.issue] = outcome.sign
            else:
                unread.append(topic)
            outer = self._beyond(number, paragraph, scope, topic)
            if isinstance(outer, Reading):
                self._keep(paragraph, sentence, topic, outer)
        return unread

    def _reading(
        self, number: int, paragraph: Paragraph, scope: Bargain, topic: Topic
    ) -> Reading | str | None:
        """Return the stance on a topic, the reason why one is refused, or None where none is taken."""
        if topic.is_stance:
            return self._by_words(number, paragraph, scope, topic)
        offset = paragraph.start + scope.doc[topic.start].idx
        demand = scope.demand(topic)
        if demand is not None:
            return self._by_cue(number, scope, demand, offset)
        path = scope.path(topic)
        if path.stop:
            return path.stop if path.stop in ("clause cut",) else None
        if scope.is_unanswered(topic):
            return None
        if path.cue is not None:
            return self._by_cue(number, scope, path, offset)
        return self._by_statement(number, paragraph, scope, path, topic)

    def _beyond(
        self, number: int, paragraph: Paragraph, scope: Bargain, topic: Topic
    ) -> Reading | str | None:
        """Return the stance of whoever answers to another's stance ("X rejected Y's demand for it")."""
        if topic.is_stance or scope.demand(topic) is not None:
            return None
        inner = scope.path(topic)
        if inner.stop or inner.cue is None or inner.cue.kind != "noun":
            return None
        path = scope.path(topic, is_outer=True)
        if path.stop or path.cue is None or path.cue.kind != "verb" or path.holder == inner.holder:
            return None
        return self._by_cue(number, scope, path, paragraph.start + scope.doc[topic.start].idx)

    def _by_cue(self, number: int, scope: Scope, path: Path, offset: int) -> Reading | str | None:
        """Return the stance of the subject or owner of a stance word."""
        assert path.cue is not None
        if path.holder is None or any(path.low <= k < path.high for k in scope.is_non_answer):
            return None
        holders = self.holders.at(number, path.holder, path.predicate, offset)
        if not holders or _is_cut(scope):
            return "clause cut" if holders else None
        is_unsure = path.is_unsure and condition_of(scope.sentence, path, scope.groups) is None
        if is_unsure or self._is_long_past(scope, path):
            return None
        if self._is_denied(offset, path.cue_offset(self.parsed, number)):
            deniers = self.holders.sources(offset, path.cue_offset(self.parsed, number), is_noun_cue=False)
            if not deniers or not all(self._speaks_for_itself(h, deniers) for h in holders):
                return "denied"
            if path.sign < 0:
                return None  # who denies that he is against it need not be for it
            path.flip("deny")
        if self._is_suspected(offset, path.cue_offset(self.parsed, number), holders):
            return "ascribed by another"
        sources = self.holders.sources(
            offset, path.cue_offset(self.parsed, number), is_noun_cue=path.cue.kind == "noun"
        )
        kept = [self._with_speaker(h, offset) for h in holders if self._speaks_for_itself(h, sources)]
        if not kept:
            return "ascribed by another"
        made = self._made(scope, path, tuple(kept), path.act, path.cue.word)
        return replace(made, how=f"cue {path.cue.kind}")

    def _is_long_past(self, scope: Scope, path: Path) -> bool:
        """Return whether a year before the publication year dates the stance ("In 2019, she backed it")."""
        if self.day is None:
            return False
        numbers = [t for t in scope.sentence if t.text.isdigit() and len(t) == 4]
        years = [t for t in numbers if 1900 <= int(t.text) < self.day.year]
        return any(t.i > scope.sentence.start and t.nbor(-1).lower_ in ("in", "of") for t in years) and any(
            t.i < path.low or t.i - path.high <= 4 for t in years
        )

    def _is_suspected(self, offset: int, cue_offset: int, holders: tuple[Holder, ...]) -> bool:
        """Return whether somebody else only fears, thinks or expects the stance."""
        for said in self.holders.enclosing(offset):
            if said.cue_lemma in _SUSPICIONS and said.content_start <= cue_offset < said.content_end:
                own = self.holders.of_source(said)
                if not any(self.reader.actors.same_side(a.actor, b.actor) for a in own for b in holders):
                    return True
        return False

    def _is_denied(self, offset: int, cue_offset: int) -> bool:
        """Return whether the stance stands in what somebody denies."""
        around = [s for s in self.holders.enclosing(offset) if s.content_start <= cue_offset < s.content_end]
        return any(s.cue_lemma == "deny" for s in around)

    def _with_speaker(self, holder: Holder, offset: int) -> Holder:
        """Return a holder with the person who says it for him, where the statement names one."""
        found = self.holders.speaker(offset)
        for source in found[1] if found else ():
            if source.actor == holder.actor and source.speaker in self.reader.codebook.actors:
                return source
        return holder

    def _speaks_for_itself(self, holder: Holder, sources: list[str]) -> bool:
        return all(self.reader.actors.same_side(holder.actor, source) for source in sources)

    def _by_statement(
        self, number: int, paragraph: Paragraph, scope: Scope, path: Path, topic: Topic
    ) -> Reading | str | None:
        """Return the stance of whoever says the clause, where it obliges, commits or judges."""
        offset = paragraph.start + scope.doc[topic.start].idx
        found = self.holders.speaker(offset) or self.holders.speaker(
            paragraph.start + scope.doc[topic.end - 1].idx
        )
        if found is None:
            return self._by_commitment(number, scope, path, offset)
        statement, holders = found
        act = _STRONG_REPORTS.get(statement.cue_lemma)
        is_rejection = statement.cue_lemma in _ASSERTING_REJECTIONS
        condition = None if path.is_threat else condition_of(scope.sentence, path, scope.groups)
        is_order = self._is_order(scope, path)
        if act is None and not is_rejection and not is_order:
            bound = condition is not None and path.is_commitment
            if not self._is_stance(number, path, holders, offset, is_bound=bound):
                return None
        if statement.cue_lemma == "deny":
            path.flip("deny")
        if not holders:
            return None
        if _is_cut(scope):
            return "clause cut"
        self._cover_cue(paragraph, scope, path, statement)
        act = act or ("support" if path.sign > 0 else "reject")
        return replace(self._made(scope, path, holders, act, statement.cue_lemma, condition), how="said")

    def _by_commitment(self, number: int, scope: Scope, path: Path, offset: int) -> Reading | str | None:
        """Return the stance of an actor who, the reporter says, will not do it, or will on a condition."""
        is_own = path.is_act and not self._is_long_past(scope, path)
        if not (path.is_commitment or path.is_dropping or is_own) or path.subject is None or _is_cut(scope):
            return None
        if not (
            is_own or path.is_negated or path.is_dropping or condition_of(scope.sentence, path, scope.groups)
        ):
            return None
        holders = self.holders.at(number, path.subject, path.predicate, offset)
        return (
            self._made(
                scope, path, holders, "reject" if path.is_negated or path.is_dropping else "agree", "will"
            )
            if holders
            else None
        )

    def _is_order(self, scope: Scope, path: Path) -> bool:
        """Return whether the topic stands in an imperative ("Open the border tonight")."""
        group = path.predicate
        if group is None or scope.doc[group.start].tag_ not in ("VB", "VBP") or group.subject is not None:
            return False
        before = scope.doc[group.start - 1] if group.start > scope.sentence.start else None
        return before is None or before.text in _OPENING_MARKS or before.lower_ in ("and", "please", "so")

    def _is_stance(
        self, number: int, path: Path, holders: tuple[Holder, ...], offset: int, *, is_bound: bool = False
    ) -> bool:
        """Return whether a bare assertion takes a stance.

        "must", a judgement, or "we will" of its own subject.
        """
        if path.is_commitment and path.is_negated and not path.is_flagged and path.subject is not None:
            others = self.holders.at(number, path.subject, path.predicate, offset)
            if others and not any(
                self.reader.actors.same_side(a.actor, b.actor) for a in others for b in holders
            ):
                return False  # what another is said not to do
        if path.is_flagged or (path.is_commitment and path.is_negated) or self._goes_on(path):
            return True
        if is_bound and path.subject is not None:
            named = self.holders.at(number, path.subject, path.predicate, offset)
            return not named or any(
                self.reader.actors.same_side(a.actor, b.actor) for a in named for b in holders
            )
        if not (path.is_commitment or path.is_dropping or path.is_act) or path.subject is None:
            return False
        subjects = self.holders.at(number, path.subject, path.predicate, offset)
        return any(self.reader.actors.same_side(a.actor, b.actor) for a in subjects for b in holders)

    def _goes_on(self, path: Path) -> bool:
        """Return whether the topic itself says that a thing will go on ("the fair would go ahead")."""
        group = path.predicate
        is_now = group is not None and not group.modals and self._is_present(path)
        return path.goes_on and (path.is_commitment or is_now) and not path.is_negated

    def _is_present(self, path: Path) -> bool:
        """Return whether the topic's own verb is in the present ("The curfew stays")."""
        return path.tense in ("VBZ", "VBP", "NNS")

    def _cover_cue(self, paragraph: Paragraph, scope: Scope, path: Path, statement: Statement) -> None:
        """Widen the path over the words that attribute the clause, when they stand in its sentence."""
        for token in scope.sentence:
            at = paragraph.start + token.idx
            if (
                statement.cue_start <= at < statement.cue_end
                or statement.source_start <= at < statement.source_end
            ):
                path.cover(token.i, token.i + 1)

    def _by_words(
        self, number: int, paragraph: Paragraph, scope: Scope, topic: Topic
    ) -> Reading | str | None:
        """Return the stance that words of the issue show by themselves."""
        offset = paragraph.start + scope.doc[topic.start].idx
        place, role = scope.place(topic)
        group = scope.groups[place] if place is not None else None
        holders: tuple[Holder, ...] = ()
        path = Path(topic.sign, topic.start, topic.end)
        if group is not None:
            if group.is_negated and role != "subject":
                path.flip("not")
            scope.scan(
                path,
                topic.start - 1,
                max(group.end, topic.start - 4) if role == "object" else topic.start - 3,
            )
            if (role != "verb" and group.modals & {"may", "might", "could"}) or group.opener in (
                "if",
                "unless",
                "whether",
            ):
                return None
            path.cover(group.start, group.end)
            path.predicate = group
            holders = self._of_words(number, scope, place, role, offset)
        if not holders:
            found = self.holders.speaker(offset)
            holders = found[1] if found else ()
        if not holders:
            return None
        sources = self.holders.sources(offset, None, is_noun_cue=False)
        holders = tuple(h for h in holders if self._speaks_for_itself(h, sources))
        if not holders:
            return "ascribed by another"
        act = "support" if path.sign > 0 else "reject"
        return Reading(holders, path.sign, act, path.low, path.high, None, topic.word)

    def _of_words(
        self, number: int, scope: Scope, place: int | None, role: str, offset: int
    ) -> tuple[Holder, ...]:
        """Return who shows the stance: the subject of "be", "voice" or of a stance or accusing verb."""
        if place is None or role == "subject":
            return ()
        group = scope.groups[place]
        word = scope.doc[group.main].lower_
        if not (is_light(word) or role == "verb" or word in JUDGING or scope.cue_of(group) is not None):
            return ()
        subject = scope.subject_of(place)
        return self.holders.at(number, subject, group, offset) if subject is not None else ()

    def _made(
        self,
        scope: Scope,
        path: Path,
        holders: tuple[Holder, ...],
        act: str,
        word: str,
        condition: tuple[int, int] | None = None,
    ) -> Reading:
        """Return the reading of a path; a condition found before the path was widened is passed in."""
        condition = condition or (
            None if path.is_threat else condition_of(scope.sentence, path, scope.groups)
        )
        low, high = path.low, path.high
        if condition is not None:
            low, high = min(low, condition[0]), max(high, condition[1])
        rule = " > ".join([*path.trail, word]) if word not in path.trail else " > ".join(path.trail)
        if path.sign < 0 and path.is_negated and act in ("agree", "support", "concede"):
            act = "reject"  # "agreed not to", "cannot support"
        first = path.predicate.start if path.predicate is not None else low
        is_past = scope.doc[first].lower_ in ("had", "'d", "’d") and scope.doc[first + 1].tag_ != "TO"
        return Reading(holders, path.sign, act or "support", low, high, condition, rule, is_past)


def _asks(sentence: Span) -> bool:
    return bool(sentence.text.rstrip("”\"’' ").endswith("?"))


def _is_cut(scope: Scope) -> bool:
    """Return whether a sentence breaks off, so that what turns its meaning may be missing."""
    text = scope.sentence.text.rstrip("”\"’')] ")
    return str(text).endswith(("…", "...", "[…]", " that", " unless", " if", " not", " without"))
