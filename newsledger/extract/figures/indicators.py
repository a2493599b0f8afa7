"""Which indicator of a codebook a quantity belongs to, and in words why, or why to none."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from newsledger.extract.figures.counted import is_whole
from newsledger.extract.figures.mentions import PERSON_FAMILIES, Mention, SentenceIndex
from newsledger.extract.figures.places import locatives
from newsledger.extract.language.families import EVENT_NOUNS, EXCLUSIVE, families_of, with_families
from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.text import ParsedText
from newsledger.extract.numbers.units import unit_named
from schemas.codebook import Codebook, Indicator
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


class _Compiled:
    """One indicator with its words ready to be found."""

    def __init__(self, key: str, indicator: Indicator) -> None:
        self.key = key
        self.indicator = indicator
        self.counts = Phrases(indicator.counts)
        self.counts_people = any(word.strip() == "people" for word in indicator.counts)
        self.predicates = Phrases(with_families(indicator.predicates))
        self.families = {family for word in indicator.predicates for family in families_of(word)}
        self.places = Phrases(indicator.places)
        self.context = Phrases(indicator.context)
        self.never = Phrases(indicator.never)
        self.never_context = Phrases(indicator.never_context)


class IndicatorIndex:
    """The indicators of one codebook, ready to judge quantities."""

    def __init__(self, codebook: Codebook) -> None:
        self._compiled = [_Compiled(key, indicator) for key, indicator in codebook.indicators.items()]
        self._story_places = Phrases(codebook.places)

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
        if mention.number.kind == "added":
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


def _is_money(unit: str) -> bool:
    """Return whether a unit is an ISO 4217 code."""
    return len(unit) == 3 and unit.isupper()


class _Judge:
    """Judges one quantity by one indicator."""

    def __init__(
        self,
        compiled: _Compiled,
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
            return -1.0 - (_is_money(self.c.indicator.unit) != _is_money(self.m.unit))
        if not is_other_noun:
            return 0.0
        spans = self.c.predicates.find(self.doc, *self.m.sentence)
        return 1.0 if any(set(self.m.said.strong).intersection(range(*s)) for s in spans) else 0.0

    def _unit(self) -> tuple[float | None, str, int | None]:
        wanted, unit = self.c.indicator.unit, self.m.unit
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
        for index in self._stand_ins():
            at = self.c.counts.find(self.doc, index, index + 1)
            if at:
                return 2.0, f"counts {self._words(at[0])!r}"
        if self.m.number.unit:
            measured = [s for s in self.c.counts.find(self.doc, *self.m.sentence) if self._measures(s)]
            if measured:
                return 1.5, f"measures {self._words(measured[0])!r}"
            return (1.0, f"an amount of {self.m.unit}") if self._is_bare_money() else (0.0, "")
        return (1.0, "what is counted is left unsaid") if self._may_be_unsaid() else (0.0, "")

    def _is_bare_money(self) -> bool:
        """Return whether an amount of the indicator's currency needs no noun.

        Either the currency itself is counted, or the indicator's predicate is said of money for which the
        text has no other name.
        """
        if not _is_money(self.c.indicator.unit):
            return False
        printed = self.doc[self.m.first : self.m.last].text
        if self.c.counts.found_in(printed) or self.c.indicator.unit in self.c.indicator.counts:
            return True
        if unit_named(self.c.indicator.counts) == self.c.indicator.unit:
            return True
        if self.m.counted.noun is not None or not self.c.predicates:
            return False
        after = self.doc[self.m.last : min(self.m.sentence[1], self.m.last + 2)]
        if len(after) == 2 and after[0].lower_ in ("in", "of") and after[1].tag_ in ("NN", "NNS", "JJ"):
            return False
        spans = self.c.predicates.find(self.doc, *self.m.sentence)
        return any(set(self.m.said.strong).intersection(range(*s)) for s in spans)

    def _generic(self, found: list[tuple[int, int]]) -> bool:
        """Return whether only the word "people" of the codebook names what is counted."""
        return not any(m.word != "people" for a, b in found for m in self.c.counts.matches(self.doc, a, b))

    def _measures(self, span: tuple[int, int]) -> bool:
        """Return whether a word of the clause is what money, a share or a measure is about."""
        return bool(self.m.said.clause.union(self.m.said.strong).intersection(range(*span)))

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
        return self.m.predicate in PERSON_FAMILIES or self.m.said.toll is not None

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
            return 3.0, f"said {self._words(best)!r}", best[0]
        if rival is not None:
            return None, f"it is said {self.doc[rival].text!r}", None
        loose = [
            s
            for s in spans
            if self._may_say(s)
            and self.m.said.clause.intersection(range(*s))
            and self._is_own(s)
            and not self._opens_whole(s)
        ]
        if loose and not is_whole(self.doc, self.m.first):
            return 1.0, f"the clause says {self._words(loose[0])!r}", None
        return None, "nothing of its predicates is said", None

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
            if own.intersection(range(*span)):
                return None, f"its clause says {self._words(span)!r}", None
        found = self.c.never_context.find(self.doc, *self.m.sentence)
        if found:
            return None, f"the sentence says {self._words(found[0])!r}", None
        return 0.0, "", None

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
