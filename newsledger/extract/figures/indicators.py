"""Which indicator of a codebook a quantity belongs to, and in words why, or why to none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from newsledger.extract.figures.amounts import Amounts
from newsledger.extract.figures.compiled import CompiledIndicator, is_money
from newsledger.extract.figures.counted import is_whole
from newsledger.extract.figures.mentions import PERSON_FAMILIES, Mention, SentenceIndex
from newsledger.extract.figures.places import locatives
from newsledger.extract.language.families import (
    EVENT_NOUNS,
    EXCLUSIVE,
    families_of,
)
from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.text import ParsedText
from newsledger.extract.language.wordlist import words
from schemas.codebook import Codebook
from schemas.figure import Aspect

FAR_OUT = 3.0
"""Times a bound of the codebook beyond which a quantity is another matter, not an implausible value."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an indicator made of a quantity: its score (None: refused), why, and the predicate's token."""

    indicator: str | None
    score: float
    rule: str
    predicate: int | None = None


_SHARES = frozenset(("percent", "per cent", "%", "percentage"))
_MORE_THAN_BEFORE = re.compile(
    r"(?i)(?:\s+[^\W\d]+)?\s+(?:more|fewer|less|higher|lower)\s+than\s+(?:on|in|at|the|their|its|his|her|a|an|"
    r"last|yesterday|before|previously|first|initially|expected|originally)\b"
)
"""Behind a number that only tells how far a count is from another ("three more than on Sunday")."""
_LINKING = frozenset(("RB", "WP", "MD"))
_LINKING_WORDS = words("is are was were be been being have has had , got get")
"""What may stand between a bare number and what is said of the persons it counts."""


class IndicatorIndex:
    """The indicators of one codebook, ready to judge quantities."""

    def __init__(self, codebook: Codebook) -> None:
        self._compiled = [CompiledIndicator(key, indicator) for key, indicator in codebook.indicators.items()]
        self._story_places = Phrases(codebook.places)

    def asked(self, question: str) -> str | None:
        """Return the one indicator of a count whose predicates a question says, or None."""
        keys = [
            c.key
            for c in self._compiled
            if c.indicator.unit in ("person", "count") and c.predicates and c.predicates.found_in(question)
        ]
        return keys[0] if len(keys) == 1 else None

    def aspect_of(self, key: str) -> str:
        """Return the aspect of an indicator."""
        return next(c.indicator.aspect for c in self._compiled if c.key == key)

    def verdicts(
        self,
        mention: Mention,
        parsed: ParsedText,
        index: SentenceIndex,
        aspect: Aspect | None,
        *,
        is_rate: bool = False,
    ) -> dict[str, Verdict]:
        """Return what each indicator makes of a quantity by itself, for whoever wants to see all of it."""
        return {
            c.key: _Judge(c, mention, parsed, index, aspect, is_rate=is_rate).verdict()
            for c in self._compiled
        }

    def judge(
        self,
        mention: Mention,
        parsed: ParsedText,
        index: SentenceIndex,
        aspect: Aspect | None,
        *,
        is_rate: bool = False,
    ) -> Verdict:
        """Return the best indicator for a quantity with the reason, or none with what was nearest to fit."""
        doc = parsed.paragraphs[mention.paragraph].doc
        behind = doc.text[mention.number.end :]
        if mention.number.kind == "added" or _MORE_THAN_BEFORE.match(behind):
            return Verdict(None, 0.0, "what was added to a count")
        if mention.number.kind == "old":
            return Verdict(None, 0.0, "the value before a change")
        fits: list[Verdict] = []
        refusals: list[Verdict] = []
        for compiled in self._compiled:
            verdict = _Judge(compiled, mention, parsed, index, aspect, is_rate=is_rate).verdict()
            (fits if verdict.indicator else refusals).append(verdict)
        if fits:
            return max(fits, key=lambda v: v.score)
        nearest = max(refusals, key=lambda v: v.score, default=None)
        return nearest or Verdict(None, 0.0, "the codebook has no indicators")


class _Judge:
    """Judges one quantity by one indicator."""

    def __init__(
        self,
        compiled: CompiledIndicator,
        mention: Mention,
        parsed: ParsedText,
        index: SentenceIndex,
        aspect: Aspect | None,
        *,
        is_rate: bool,
    ) -> None:
        self.is_rate = is_rate
        self.c = compiled
        self.m = mention
        self.parsed = parsed
        self.index = index
        self.aspect = aspect
        self.doc: Doc = parsed.paragraphs[mention.paragraph].doc
        self.amounts = Amounts(compiled, mention, parsed)

    def verdict(self) -> Verdict:
        """Return the indicator with score and reason, or a refusal with how far it came."""
        reasons: list[str] = []
        total = 0.0
        predicate: int | None = None
        for step in (
            self._unit,
            self._plausible,
            self._counts,
            self._predicates,
            self._aspect,
            self._never,
            self._context,
            self._places,
        ):
            score, reason, token = step()
            if score is None:
                came = self._came_near(is_other_unit=step == self._unit, is_other_noun=step == self._counts)
                return Verdict(None, total + came, f"not {self.c.key}: {reason}")
            total += score
            predicate = token if token is not None else predicate
            if reason:
                reasons.append(reason)
        if self.c.indicator.part_of:
            total += 0.5
        return Verdict(self.c.key, total, "; ".join(reasons), predicate)

    def _came_near(self, *, is_other_unit: bool, is_other_noun: bool) -> float:
        """Return what a refusal is worth beside others: an indicator whose predicate is said is nearest."""
        if is_other_unit:
            return -1.0 - (is_money(self.c.indicator.unit) != is_money(self.m.unit))
        if not is_other_noun:
            return 0.0
        spans = self.c.predicates.find(self.doc, *self.m.sentence)
        return 1.0 if any(set(self.m.said.strong).intersection(range(*s)) for s in spans) else 0.0

    def _unit(self) -> tuple[float | None, str, int | None]:
        wanted, unit = self.c.indicator.unit, self.m.unit
        if is_money(wanted) and self.amounts.is_amount_of():
            return 0.0, "", None
        plain = ("person", "count")
        if wanted == unit or (wanted in plain and unit in plain):
            return 0.0, "", None
        return None, f"it is in {unit}, not {wanted}", None

    def _plausible(self) -> tuple[float | None, str, int | None]:
        """Refuse what lies far outside the codebook's bounds; a slip of a digit still gets to the audit."""
        low, high, value = self.c.indicator.low, self.c.indicator.high, self.m.number.value
        if (low is not None and value < low / FAR_OUT) or (high is not None and value > high * FAR_OUT):
            return None, f"{value:g} is far from plausible", None
        outside = (low is not None and value < low) or (high is not None and value > high)
        return (-2.0 if outside else 0.0), "", None

    def _counts(self) -> tuple[float | None, str, int | None]:
        counted = self.m.counted
        found = self.c.counts.find(self.doc, counted.start, max(counted.start, counted.end))
        found = [s for s in found if not self.m.number.unit or not self.amounts.is_in_name(s)]
        refusal = self._not_the_count(found)
        if refusal:
            return None, refusal, None
        score, reason = self._by_noun(found)
        if not score:
            score, reason = self._by_other_words()
        if score:
            return score, reason, None
        noun = self.doc[counted.noun].text if counted.noun is not None else "nothing named"
        return None, f"it counts {noun}", None

    def _not_the_count(self, found: list[tuple[int, int]]) -> str:
        """Return why a number is only a part of a count or was added to it, or ""."""
        if self.c.indicator.unit not in ("person", "count"):
            return ""
        if self._is_increment():
            return "it is what was added to the count"
        if self._is_part() and (not found or self._generic(found)):
            return "it is a part of the figure before it"
        return ""

    def _by_noun(self, found: list[tuple[int, int]]) -> tuple[float, str]:
        """Return the score of the number's own noun phrase."""
        noun = self.m.counted.noun
        if not found or noun is None:
            return 0.0, ""
        if any(a <= noun < b for a, b in found):
            named = 0.0 if self._generic(found) else 0.25
            return 3.0 + named, f"counts {self._words(found[-1])!r}"
        is_near = any(b <= noun for _, b in found) and not self.m.counted.is_person
        return (1.5, f"counts {self._words(found[-1])!r}") if is_near else (0.0, "")

    def _by_other_words(self) -> tuple[float, str]:
        """Return the score where the number's own noun is left out or is not what is measured."""
        if self.amounts.has_other_measure():
            return 0.0, ""
        for index in self._stand_ins():
            at = self.c.counts.find(self.doc, index, index + 1)
            if at:
                return 2.0, f"counts {self._words(at[0])!r}"
        if self.m.number.unit or (is_money(self.c.indicator.unit) and self.amounts.is_amount_of()):
            measured = [s for s in self.c.counts.find(self.doc, *self.m.sentence) if self.amounts.measures(s)]
            if measured:
                return 1.5, f"measures {self._words(measured[0])!r}"
            if self.m.unit == "share" and not _SHARES.isdisjoint(self.c.indicator.counts):
                return 1.0, "a share"
            return (1.0, f"an amount of {self.m.unit}") if self.amounts.is_bare() else (0.0, "")
        if self.m.said.toll is not None and self.m.unit in ("person", "count"):
            derived = self._derived()
            if derived is not None:
                return 1.5, f"counts {self.doc[derived].text!r}"
        if self._is_named_before():
            return 0.75, "what is counted is named before"
        return (1.0, "what is counted is left unsaid") if self._may_be_unsaid() else (0.0, "")

    def _generic(self, found: list[tuple[int, int]]) -> bool:
        """Return whether only the word "people" of the codebook names what is counted."""
        return not any(m.word != "people" for a, b in found for m in self.c.counts.matches(self.doc, a, b))

    def _stand_ins(self) -> list[int]:
        """Return tokens that name the counted when the number's own noun does not."""
        if self.m.counted.noun is None:
            own = [self.m.borrowed] if self.m.borrowed is not None else []
            return [*own, *self.m.said.strong]
        if self._is_event_noun():
            return list(self.m.said.strong)
        head = self.doc[self.m.counted.noun].head  # "the bodies of 10 people"
        is_bearer = head.lemma_.lower() in EVENT_NOUNS and self.m.first - 5 <= head.i < self.m.first
        return [head.i] if is_bearer else []

    def _is_event_noun(self) -> bool:
        """Return whether the noun is itself what happened: "41 deaths", "300 injuries"."""
        noun = self.m.counted.noun
        return noun is not None and self.doc[noun].lemma_.lower() in EVENT_NOUNS

    def _may_be_unsaid(self) -> bool:
        if self.m.number.unit or not self.c.counts_people:
            return False
        if self.m.counted.noun is not None:
            return self._is_event_noun()
        return (
            self.m.predicate in PERSON_FAMILIES or self.m.said.toll is not None or self._is_said_of_persons()
        )

    def _is_said_of_persons(self) -> bool:
        """Return whether a predicate of persons stands by a bare number ("236 aboard", "2,000 are ill")."""
        if self.c.indicator.unit != "person" or self.m.said.verb == self.m.first - 1:
            return False
        end, stop = self.m.counted.end, self.m.bounds[1]
        spans = self.c.predicates.find(self.doc, end, min(stop, end + 5))
        return any(
            all(t.tag_ in _LINKING or t.lower_ in _LINKING_WORDS for t in self.doc[end : s[0]]) for s in spans
        )

    def _is_named_before(self) -> bool:
        """Return whether the paragraph so far names what a bare count of the same predicate counts."""
        if self.m.number.unit or self.m.counted.noun is not None or self.m.borrowed is not None:
            return False
        before = self.doc[: self.m.sentence[0]].text or self.index.before(self.m.paragraph, 0)
        heading = self.index.heading(self.m.paragraph)
        if self.c.counts_people or not any(self.c.counts.found_in(text) for text in (before, heading)):
            return False
        if self.doc[self.m.last : self.m.last + 1].text.lower() in ("more", "others", "other"):
            return False
        spans = self.c.predicates.find(self.doc, self.m.counted.end, self.m.bounds[1])
        return any(set(self.m.said.strong).intersection(range(*s)) for s in spans)

    def _predicates(self) -> tuple[float | None, str, int | None]:
        if not self.c.predicates:
            return 0.0, "", None
        if self._is_left_out():
            return self._left_out()
        strong = set(self.m.said.strong)
        spans = self.c.predicates.find(self.doc, *self.m.sentence)
        direct = [s for s in spans if strong.intersection(range(*s)) and self._may_say(s)]
        rival = self._rival()
        if direct and (rival is None or not self._governs(rival)):
            best = min(direct, key=lambda s: min(self._rank(i) for i in range(*s)))
            is_named_only = all(s[0] == self.m.counted.noun for s in direct)
            return 2.75 if is_named_only else 3.0, f"said {self._words(best)!r}", best[0]
        if rival is not None:
            return None, f"it is said {self.doc[rival].text!r}", None
        derived = self._derived()
        if derived is not None:
            return 2.0, f"said by {self.doc[derived].text!r}", None
        loose = [
            s
            for s in spans
            if self._may_say(s)
            and self.amounts.clause().intersection(range(*s))
            and self._is_own(s)
            and not self._opens_whole(s)
        ]
        if loose and not is_whole(self.doc, self.m.first):
            return 1.0, f"the clause says {self._words(loose[0])!r}", None
        return None, "nothing of its predicates is said", None

    def _derived(self) -> int | None:
        """Return a noun made of a predicate: "the number of strikers", "40,000 signatures", or None."""
        stems = [
            w.lower().removesuffix("e") for w in self.c.indicator.predicates if " " not in w and len(w) > 3
        ]
        toll, noun = self.m.said.toll, self.m.counted.noun
        if toll is not None:
            agents = tuple(stem + ending for stem in stems for ending in ("er", "or"))
            return next((i for i in self.m.said.strong if self.doc[i].lemma_.lower() in agents), None)
        if noun is None or self.m.counted.is_person or self.m.counted.is_partitive:
            return None
        acts = tuple(stem + ending for stem in stems for ending in ("ature", "ation", "ion", "ment", "al"))
        return noun if self.doc[noun].lemma_.lower() in acts else None

    def _is_left_out(self) -> bool:
        """Return whether the number is who the predicate does not speak of ("all but four were found")."""
        at = self.m.first
        return at >= 2 and self.doc[at - 2].lower_ == "all" and self.doc[at - 1].lower_ == "but"

    def _left_out(self) -> tuple[float | None, str, int | None]:
        """Return that who is not accounted for is missing; of others left out nothing is said."""
        behind = [t for t in self.doc[self.m.counted.end : self.m.sentence[1]] if t.lower_ == "accounted"]
        if behind and "missing" in self.c.families:
            return 3.0, "said of all but these 'accounted for'", behind[0].i
        return None, "it is who the predicate leaves out", None

    def _may_say(self, span: tuple[int, int]) -> bool:
        return not self._names_whole(span) and not self._ends_state(span)

    def _ends_state(self, span: tuple[int, int]) -> bool:
        """Return whether a past release ends the state an indicator of who is held counts."""
        token = self.doc[span[0]]
        if "held" not in self.c.families or "released" not in families_of(token.lower_):
            return False
        is_planned = token.i > 0 and self.doc[token.i - 1].lower_ == "be"
        return token.tag_ in ("VBD", "VBN") and not is_planned

    def _names_whole(self, span: tuple[int, int]) -> bool:
        """Return whether a word says something of the whole of which this is a part ("11 of the dead")."""
        return self.m.counted.is_partitive and self.m.counted.start <= span[0] < self.m.counted.end

    def _opens_whole(self, span: tuple[int, int]) -> bool:
        """Return whether a word belongs to the whole that is named first ("Of 31 killed, 12 were women")."""
        first = self.m.sentence[0]
        head = self.doc[first : min(first + 4, self.m.first)]
        return span[1] <= self.m.first and self.doc[first].lower_ == "of" and any(t.like_num for t in head)

    def _is_own(self, span: tuple[int, int]) -> bool:
        """Return whether no other number stands between the words and this number."""
        low, high = (span[1], self.m.first) if span[1] <= self.m.first else (self.m.counted.end, span[0])
        return not any(token.like_num for token in self.doc[low:high])

    def _is_part(self) -> bool:
        """Return whether the number is a part of a figure before it ("among them 19 children")."""
        if self.is_rate and self.c.indicator.aspect == "period":
            return False
        before = [t.lower_ for t in self.doc[max(self.m.sentence[0], self.m.first - 6) : self.m.first]]
        return "among" in before or any(
            w in ("including", "includes", "included", "include") for w in before[-3:]
        )

    def _is_increment(self) -> bool:
        """Return whether the number is what was added to a count ("three more bodies")."""
        around = self.doc[max(0, self.m.first - 2) : min(len(self.doc), self.m.counted.start + 1)]
        before = self.doc[max(self.m.sentence[0], self.m.first - 2) : self.m.first]
        if self.c.indicator.aspect == "cumulative" and any(t.lemma_.lower() == "add" for t in before):
            return True
        if not any(
            t.lower_ in ("more", "further", "additional", "new") and not self._is_than(t.i) for t in around
        ):
            return False
        wanted = self.c.indicator.aspect
        return wanted == "cumulative" or any(
            t.lemma_.lower() in ("toll", "tally", "total") for t in self.doc[slice(*self.m.sentence)]
        )

    def _is_than(self, index: int) -> bool:
        return index + 1 < len(self.doc) and self.doc[index + 1].lower_ == "than"

    def _rank(self, index: int) -> int:
        return self.m.said.strong.index(index) if index in self.m.said.strong else 99

    def _governs(self, index: int) -> bool:
        """Return whether a word is the verb right before the number ("trapped 16 workers")."""
        return self.m.first - 4 <= index < self.m.first and self.doc[index].tag_.startswith("VB")

    def _rival(self) -> int | None:
        """Return the token of a word said of the group that excludes this indicator's predicates."""
        for index in self.m.said.strong:
            own = families_of(self.doc[index].lower_)
            if own & EXCLUSIVE and own.isdisjoint(self.c.families):
                return index
        return None

    def _aspect(self) -> tuple[float | None, str, int | None]:
        if self.aspect is None or self.c.indicator.event_on is not None:
            return 0.0, "", None
        wanted = self.c.indicator.aspect
        if (self.is_rate and wanted == "cumulative") or (
            self.aspect is Aspect.CUMULATIVE and wanted == "period"
        ):
            return None, f"it is {self.aspect.value}, not {wanted}", None
        if self.aspect is Aspect.PERIOD and wanted == "cumulative":
            return -1.0, "", None  # "killed on Friday": the day of one event, or a day's share of many
        return (0.25 if self.aspect.value == wanted else 0.0), "", None

    def _never(self) -> tuple[float | None, str, int | None]:
        own = self.m.said.clause.union(self.m.said.strong, range(self.m.first, self.m.counted.end))
        for span in self.c.never.find(self.doc, *self.m.sentence):
            if own.intersection(range(*span)) and not self._only_modifies(span):
                return None, f"its clause says {self._words(span)!r}", None
        found = self.c.never_context.find(self.doc, *self.m.sentence)
        if found:
            return None, f"the sentence says {self._words(found[0])!r}", None
        return 0.0, "", None

    def _only_modifies(self, span: tuple[int, int]) -> bool:
        """Return whether a word is part of the name of another thing than the counted ("a car ferry")."""
        last = self.doc[span[1] - 1]
        is_compound = last.dep_ == "compound" and last.head.i > last.i
        return bool(is_compound and last.head.i != self.m.counted.noun and last.tag_ in ("NN", "NNP", "NNS"))

    def _context(self) -> tuple[float | None, str, int | None]:
        if not self.c.context:
            return 0.0, "", None
        own = self.c.context.find(self.doc, *self.m.sentence)
        if own:
            return 1.0, f"context {self._words(own[0])!r}", None
        for where, text in (
            ("sentence before", self.index.before(self.m.paragraph, self.m.sentence[0])),
            ("heading", self.index.heading(self.m.paragraph)),
        ):
            if self.c.context.found_in(text):
                return 0.5, f"context in the {where}", None
        return None, "none of its context is near", None

    def _places(self) -> tuple[float | None, str, int | None]:
        if not self.c.places:
            return 0.0, "", None
        near = self.m.said.clause.union(self.m.said.strong, range(self.m.first, self.m.counted.end))
        spans = self.c.places.find(self.doc, *self.m.sentence)
        if any(near.intersection(range(*span)) for span in spans):
            return 1.0, f"in {self._words(spans[0])!r}", None
        others = [s for s in locatives(self.doc, *self.m.sentence) if near.intersection(range(*s))]
        if others:
            return None, f"it is in {self._words(others[0])!r}", None
        if spans:
            return 0.75, f"in {self._words(spans[0])!r}", None
        return self._distant_places()

    def _distant_places(self) -> tuple[float | None, str, int | None]:
        before = self.index.before(self.m.paragraph, self.m.sentence[0])
        if self.c.places.found_in(before) or self.c.places.found_in(self.index.heading(self.m.paragraph)):
            return 0.5, "place in the sentence before or the heading", None
        if self.c.places.found_in(self.parsed.text):
            return 0.0, "place of the story", None
        return None, "none of its places is named", None

    def _words(self, span: tuple[int, int]) -> str:
        return str(self.doc[span[0] : span[1]].text)
