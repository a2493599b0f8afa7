"""Whom "he", "she", "it" and "they" mean, inside one document.

The nearest fitting subject is taken, where nothing speaks against it: the grammar ("him" is not the subject
of the same clause), the sex that a title or the codebook tells, a nearer noun that fits as well, a quotation,
in which a pronoun seldom means the one who speaks. What is doubtful stays unresolved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsledger.extract.language.clauses import Predicate, is_noun, predicates
from newsledger.extract.language.inflect import verb_table
from newsledger.extract.language.roles import MOUTHPIECES, SPEAKING_ROLES
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Doc, Span, Token
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.actor_index import CONFIDENCE, ActorIndex, Mention
from newsledger.extract.voices.content import sentences
from newsledger.extract.voices.quotes import quotations
from newsledger.extract.voices.subjects import (
    PERSONAL,
    PLURAL,
    Subject,
    strangers_in,
    subjects_of,
)

_NEUTER = frozenset(["it", "its", "itself"])
_SEX = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "herself"), "she"),
}
_HIS = words("mr sir lord king prince baron duke father brother son husband chairman spokesman businessman")
_HERS = words("""
    mrs ms miss dame lady queen princess baroness duchess mother sister daughter wife chairwoman spokeswoman
    businesswoman congresswoman
""")
_OBJECTS = frozenset(["him", "them", "it", "her"])
_FOR_BODIES = verb_table(
    "urge accuse tell ask press pressure blame warn sue force allow help order oblige push"
)
"""Verbs whose object is somebody, so that "it" behind them is a body."""
_BE = frozenset(["is", "was", "'s", "’s", "be", "been", "would", "will", "may", "might", "could", "can"])
_UNMEANT = words("""
    clear unclear important possible impossible likely unlikely necessary needed time hard difficult true
    easy crucial vital essential too not wrong right better best enough obvious known believed thought
    understood
    unknown worth comic the a an
""")
"""What follows "it is" where "it" means nobody ("it is unclear whether", "it was the biggest march")."""
_PASSED = words("not also still now just only always never simply really")
"""Adverbs between "it is" and what follows."""
_UNITS = words("""
    euros dollars pounds francs crowns cents points days hours weeks months years minutes kilometres metres
    miles tonnes tons acres hectares
""")
"""Plural nouns that measure, which "they" does not mean."""
_AHEAD = words("as while when after before though although since if because once despite whereas in")
"""Words that open a clause in which "he" may stand before the name ("As he spoke, Trump became")."""
_SURE_IN_SENTENCE = 0.85
"""Confidence of a pronoun whose antecedent stands in its own sentence."""


class PronounReader:
    """Reads the pronouns of one text paragraph by paragraph, from the first to the last.

    Args:
        index: the codebook's actors.
        parsed: the parsed text.
        named: the mentions by name, which tell who is "Mr" and who "Mrs".
    """

    def __init__(self, index: ActorIndex, parsed: ParsedText, named: list[Mention]) -> None:
        self.index, self.parsed = index, parsed
        self.strangers = strangers_in(parsed)
        self.quoted = [(q.start, q.end) for q in quotations(parsed)]
        self.sexes: dict[str, str] = {k: a.pronoun for k, a in index.actors.items() if a.pronoun}
        self._learn(named)
        self._before: list[Subject] = []

    def _learn(self, named: list[Mention]) -> None:
        """Note the sex of those whom a title or noun right before the name tells."""
        for mention in named:
            if mention.how not in ("name", "surname") or not self.index.is_person(mention.actor):
                continue
            doc = self.parsed.paragraphs[mention.paragraph].doc
            told = {t.lower_.rstrip(".") for t in doc[max(0, mention.first - 1) : mention.first + 1]}
            sex = "she" if told & _HERS else "he" if told & _HIS else ""
            if sex:
                self.sexes.setdefault(mention.actor, sex)

    def read(self, number: int, paragraph: Paragraph, local: list[Mention]) -> Iterator[Mention]:
        """Yield the resolved pronouns of a paragraph, the one before it known."""
        recent: list[Subject] = self._before
        here: list[Subject] = []
        for sentence in sentences(paragraph.doc):
            subjects = subjects_of(self.index, sentence, local, self.strangers)
            resolved: dict[int, str] = {}
            for token in sentence:
                if token.lower_ not in PERSONAL | _NEUTER | PLURAL:
                    continue
                found = self._resolve(paragraph, sentence, token, local, (subjects, here, recent), resolved)
                if found is None:
                    continue
                actor, sure = found
                resolved[token.i] = actor
                yield _mention(number, paragraph, (token.i, token.i + 1), actor, "pronoun", sure)
                yield from _through_office(number, paragraph, token.i, actor)
            here += [self._with_pronoun(s, resolved) for s in subjects]
        self._before = here

    def _resolve(
        self,
        paragraph: Paragraph,
        sentence: Span,
        token: Token,
        local: list[Mention],
        known: tuple[list[Subject], list[Subject], list[Subject]],
        resolved: dict[int, str],
    ) -> tuple[str, float] | None:
        """Return whom a pronoun means and how sure that is, or None where that is unknown."""
        subjects = known[0]
        if self._is_nobody(sentence, token):
            return None
        ahead = self._ahead(sentence, token, subjects)
        if ahead is not None:
            return ahead, _SURE_IN_SENTENCE
        is_quoted = self._is_quoted(paragraph, token)
        own = self._antecedent(token, subjects, [], resolved)
        actor, sure = own, _SURE_IN_SENTENCE
        if actor is None and not (is_quoted and token.lower_ not in PERSONAL):
            actor, sure = self._from_before(token, local, known, resolved), CONFIDENCE["pronoun"]
            if token.lower_ == "them" or (
                token.lower_ == "they" and _nearer_plural(sentence, token, "", local)
            ):
                return None
        if actor is None or self._speaks_against(paragraph, sentence, token, actor, local, resolved):
            return None
        if is_quoted and own is not None and not self._is_same_quote(paragraph, token, subjects, actor):
            return None
        return actor, sure

    def _from_before(
        self,
        token: Token,
        local: list[Mention],
        known: tuple[list[Subject], list[Subject], list[Subject]],
        resolved: dict[int, str],
    ) -> str | None:
        """Return the antecedent in the sentences before: of the paragraph, else of the one before it."""
        subjects, here, recent = known
        actor = self._antecedent(token, subjects, here, resolved)
        near = [s for s in [*here, *subjects] if s.at < token.i and not s.is_inner]
        if actor is not None or any(self._fits(token, s) for s in near):
            return actor
        actor = self._only_person(token, local)
        if actor is None and not self._has_persons(token, local):
            actor = self._antecedent(token, [], [*recent, *here], resolved)
        return actor

    def _antecedent(
        self, token: Token, subjects: list[Subject], seen: list[Subject], resolved: dict[int, str]
    ) -> str | None:
        """Return the nearest fitting subject before a pronoun, or None where that is unknown."""
        for subject in reversed([s for s in subjects if s.at < token.i]):
            if subject.at in resolved:
                if self._fits_resolved(token, resolved[subject.at]):
                    return resolved[subject.at]
                continue
            if self._fits(token, subject):
                return subject.actor
        fitting = [s for s in seen if self._fits(token, s)]
        outer = [s for s in fitting if not s.is_inner] or fitting
        return outer[-1].actor if outer else None

    def _fits(self, token: Token, subject: Subject) -> bool:
        word, actor = token.lower_, subject.actor
        if word in PERSONAL:
            is_office = actor is not None and self.index.is_person(actor)
            if actor is not None and self.sexes.get(actor, _SEX[word]) != _SEX[word]:
                return False
            return (subject.is_person or is_office) and not subject.is_plural
        if word in PLURAL:
            return subject.is_plural or (actor is not None and not self.index.is_person(actor))
        if word == "its" and not subject.is_body and _owns_people(token):
            return False
        return not subject.is_person and not subject.is_plural

    def _fits_resolved(self, token: Token, actor: str) -> bool:
        word = token.lower_
        if self.index.is_person(actor) != (word in PERSONAL):
            return False
        return word not in PERSONAL or self.sexes.get(actor, _SEX[word]) == _SEX[word]

    def _only_person(self, token: Token, local: list[Mention]) -> str | None:
        """Return the one person named before "she" in a paragraph, wherever in its sentence, or None."""
        if token.lower_ not in PERSONAL:
            return None
        persons = self._persons(token, local, ("name",))
        return next(iter(persons & set(self.index.actors)), None) if len(persons) == 1 else None

    def _has_persons(self, token: Token, local: list[Mention]) -> bool:
        """Return whether several persons are named before "he" in a paragraph: then none of them is taken."""
        return token.lower_ in PERSONAL and len(self._persons(token, local, ("name", "surname"))) > 1

    def _persons(self, token: Token, local: list[Mention], ways: tuple[str, ...]) -> set[str]:
        sex = _SEX[token.lower_]
        named = {
            m.actor for m in local if m.last <= token.i and m.how in ways and self.index.is_person(m.actor)
        }
        return {actor for actor in named if self.sexes.get(actor, sex) == sex}

    def _with_pronoun(self, subject: Subject, resolved: dict[int, str]) -> Subject:
        actor = resolved.get(subject.at)
        if actor is None:
            return subject
        return replace(subject, at=-1, actor=actor, is_person=self.index.is_person(actor))

    def _ahead(self, sentence: Span, token: Token, subjects: list[Subject]) -> str | None:
        """Return the person named after "he" in "As he spoke, X became", or None."""
        first = sentence[0] if sentence[0].tag_ != "``" or len(sentence) < 2 else sentence[1]
        if token.lower_ not in PERSONAL or first.lower_ not in _AHEAD or first.i >= token.i:
            return None
        if any(s.at < token.i and s.is_person and s.at >= 0 for s in subjects):
            return (
                None if sentence.doc[token.i].lower_ in ("he", "she") else self._same_ahead(token, subjects)
            )
        later = [s for s in subjects if s.at > token.i and not s.is_inner]
        if not later or "," not in [t.text for t in sentence.doc[token.i : later[0].at]]:
            return None
        return later[0].actor if self._fits(token, later[0]) else None

    def _same_ahead(self, token: Token, subjects: list[Subject]) -> str | None:
        """Return whom "his" means where "he" before it in the opening clause already looked ahead."""
        before = [s for s in subjects if s.at < token.i]
        later = [s for s in subjects if s.at > token.i and not s.is_inner]
        is_same = before and all(token.doc[s.at].lower_ in ("he", "she") for s in before if s.is_person)
        return later[0].actor if is_same and later and self._fits(token, later[0]) else None

    def _is_nobody(self, sentence: Span, token: Token) -> bool:
        """Return whether a pronoun means no actor, whatever stands before it."""
        doc, word = token.doc, token.lower_
        before = doc[token.i - 1] if token.i > sentence.start else None
        if word == "them" and before is not None and before.lower_ in ("of", "among"):
            return True
        if word != "it":
            return False
        groups = predicates(sentence)
        own = next((g for g in groups if g.start in (token.i + 1, token.i + 2)), None)
        if own is None or (own.subject is not None and own.subject != token.i):
            verb = before.lower_ if before is not None else ""
            return verb not in _FOR_BODIES
        after = [t.lower_ for t in doc[token.i + 1 : min(token.i + 5, sentence.end)]]
        while after and (after[0] in _BE or after[0] in _PASSED or not after[0].isalpha()):
            after.pop(0)
        is_copula = token.i + 1 < sentence.end and doc[token.i + 1].lower_ in _BE
        return is_copula and bool(after) and after[0] in _UNMEANT

    def _speaks_against(
        self,
        paragraph: Paragraph,
        sentence: Span,
        token: Token,
        actor: str,
        local: list[Mention],
        resolved: dict[int, str],
    ) -> bool:
        """Return whether grammar or a nearer noun speaks against an antecedent."""
        word = token.lower_
        if word in _OBJECTS and self._is_own_subject(sentence, token, actor, local, resolved):
            return True
        if word in ("them", "their") and _nearer_plural(sentence, token, actor, local):
            return True
        return word == "its" and not _owns_people(token) and self._has_rival(sentence, token, actor, local)

    def _is_own_subject(
        self, sentence: Span, token: Token, actor: str, local: list[Mention], resolved: dict[int, str]
    ) -> bool:
        """Return whether an object pronoun would mean its own clause's subject ("X may campaign for him")."""
        if token.lower_ == "her" and token.i + 1 < sentence.end and is_noun(token.nbor(1)):
            return False
        groups = predicates(sentence)
        own = _clause_of(groups, token)
        if (
            any(g.subject == token.i for g in groups)
            or own is None
            or own.subject is None
            or own.subject >= token.i
        ):
            return False
        if resolved.get(own.subject) == actor:
            return True
        return any(m.actor == actor and m.first <= own.subject < m.last for m in local)

    def _has_rival(self, sentence: Span, token: Token, actor: str, local: list[Mention]) -> bool:
        """Return whether another body is named between a subject and "its" in a later clause."""
        own = [m for m in local if m.actor == actor and sentence.start <= m.first and m.last <= token.i]
        groups = predicates(sentence)
        clause = _subject_of(groups, token) or _clause_of(groups, token)
        if not own or clause is None or clause.opener in ("", "and"):
            return False
        low = max(m.last for m in own)
        return any(
            m.actor != actor and low <= m.first and m.last <= token.i and not self.index.is_person(m.actor)
            for m in local
        )

    def _is_quoted(self, paragraph: Paragraph, token: Token) -> bool:
        return self._quote_at(paragraph.start + token.idx) is not None

    def _quote_at(self, offset: int) -> tuple[int, int] | None:
        return next((q for q in self.quoted if q[0] <= offset < q[1]), None)

    def _is_same_quote(self, paragraph: Paragraph, token: Token, subjects: list[Subject], actor: str) -> bool:
        """Return whether the subject a quoted pronoun would mean is quoted with it."""
        quote = self._quote_at(paragraph.start + token.idx)
        places = [s.at for s in subjects if 0 <= s.at < token.i and s.actor in (actor, None)]
        return any(self._quote_at(paragraph.start + token.doc[at].idx) == quote for at in places)


def _owns_people(token: Token) -> bool:
    """Return whether "its" owns somebody, as only a body does ("its chairman")."""
    return any(t.lower_ in SPEAKING_ROLES for t in token.doc[token.i + 1 : token.i + 4])


def _clause_of(groups: list[Predicate], token: Token) -> Predicate | None:
    """Return the predicate in whose clause an object stands: the last one that begins before it."""
    before = [g for g in groups if g.start < token.i]
    while before and before[-1].subject is None and len(before) > 1 and before[-1].form != "finite":
        before.pop()
    return before[-1] if before else None


def _subject_of(groups: list[Predicate], token: Token) -> Predicate | None:
    """Return the predicate in whose subject a possessive stands ("if its shareholders bore losses")."""
    return next((g for g in groups if g.subject is not None and token.i < g.subject <= token.i + 4), None)


def _nearer_plural(sentence: Span, token: Token, actor: str, local: list[Mention]) -> bool:
    """Return whether a plural noun that names no actor stands between an antecedent and "them" or "their"."""
    own = [m for m in local if m.actor == actor and sentence.start <= m.first and m.last <= token.i]
    low = max((m.last for m in own), default=sentence.start)
    covered = {k for m in local for k in range(m.first, m.last)}
    between = token.doc[low : token.i]
    plurals = [t for t in between if t.tag_ in ("NNS", "NNPS") and t.lower_ not in _UNITS]
    return any(t.i not in covered for t in plurals)


def _through_office(number: int, paragraph: Paragraph, at: int, actor: str) -> Iterator[Mention]:
    """Yield "his office", "their negotiators": people of whom the pronoun stands for."""
    doc = paragraph.doc
    if doc[at].lower_ not in ("his", "her", "its", "their"):
        return
    table = SPEAKING_ROLES if doc[at].lower_ in ("its", "their") else MOUTHPIECES
    for k in range(at + 1, min(at + 4, len(doc))):
        if doc[k].lower_ in table and (k + 1 == len(doc) or not is_noun(doc[k + 1])):
            yield _mention(number, paragraph, (at, k + 1), actor, "people", CONFIDENCE["pronoun"])
            return
        if doc[k].tag_ not in ("JJ", "NN", "NNP"):
            return


def _mention(
    number: int, paragraph: Paragraph, span: tuple[int, int], actor: str, how: str, sure: float
) -> Mention:
    doc: Doc = paragraph.doc
    first, last = span
    start = paragraph.start + doc[first].idx
    end = paragraph.start + doc[last - 1].idx + len(doc[last - 1])
    return Mention(start, end, actor, how, number, first, last, last - 1, sure)
