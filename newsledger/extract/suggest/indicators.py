"""Numbers of no indicator that recur: which noun, what is said of it, in how many texts and outlets.

Everything here is made from records of figures; no text is read again. What comes out is then tried on the
codebook by :mod:`newsledger.extract.suggest.holding`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from newsledger.extract.language.families import FAMILIES, families_of, with_families
from newsledger.extract.language.people import base_forms
from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.text import sentence_starts
from newsledger.extract.language.wordlist import words
from newsledger.extract.numbers.units import TIME_UNITS
from schemas.codebook import Codebook

LONGEST_EXAMPLE = 260
"""Characters of a sentence that serves as an example; longer ones tell an editor too much at once."""
MOST_EXAMPLES = 5
"""Sentences of one suggestion that are tried as its example."""

_NO_SUBJECT = words(
    "say tell have be come go get put take do make bring reach see give add show ask leave want"
)
"""Verbs too light to tell what happened to the counted."""
_EVENTS = words(
    """
    killed wounded arrested charged convicted infected vaccinated rescued released evacuated abducted
    destroyed damaged recovered fired intercepted elected voted pledged paid
    """
)
"""Families of what happened once and for all: their counts add up, as those of states do not."""
_CUT = re.compile(r"[,;:(\u2013\u2014]|\s(?:of|who|whom|that|which|in|on|at|from|with|for|and|or|to)\s")
_MONEY_WORDS = {"EUR": "euros", "USD": "dollars", "GBP": "pounds", "JPY": "yen", "CNY": "yuan"}
_VAGUE = words("time name thing way reason kind sort type part half side case point step word example issue")
"""Nouns that recur in any coverage and are no matter to follow by themselves."""
LEAST_ALONE = 3
"""Independent texts that a noun must stand in when nothing in particular is said of it."""


@dataclass(frozen=True, slots=True)
class Untracked:
    """A figure of no indicator, with the words around it.

    Attributes:
        counted: the counted noun phrase as printed, or "".
        predicate: what is said of it, or "".
        unit: the figure's unit.
        aspect: its aspect.
        value: its value.
        text_id: the document, or the one whose text it repeats, so that reprints count once.
        outlet: the document's outlet.
        day: its publication day in ISO 8601, or "".
        paragraph: the words around it, up to the ends of its line or some hundred characters.
        at: where its evidence starts in ``paragraph``.
        is_cut: whether the line began before ``paragraph``.
    """

    counted: str
    predicate: str
    unit: str
    aspect: str
    value: float
    text_id: str
    outlet: str
    day: str
    paragraph: str
    at: int
    is_cut: bool

    @property
    def sentence(self) -> str:
        """The sentence it stands in, or "" where its beginning was cut off."""
        starts = [*sentence_starts(self.paragraph), len(self.paragraph)]
        start = max(s for s in starts[:-1] if s <= self.at) if self.at >= starts[0] else 0
        if start == starts[0] and self.is_cut:
            return ""
        return self.paragraph[start : next(s for s in starts if s > start)].strip()


@dataclass(frozen=True, slots=True)
class IndicatorIdea:
    """An indicator worth adding.

    Attributes:
        key: a key the codebook does not have.
        label: what readers see.
        unit: its unit.
        aspect: a guess.
        counts: what is counted.
        predicates: what is said of it; empty where that differs from text to text.
        examples: sentences and the value each states, best first; the first is the one to write down.
        documents: independent texts that state such a number.
        outlets: their outlets.
        quotes: two sentences, each of another text where there are two, with outlet and day.
    """

    key: str
    label: str
    unit: str
    aspect: str
    counts: tuple[str, ...]
    predicates: tuple[str, ...]
    examples: tuple[tuple[str, float], ...]
    documents: int
    outlets: int
    quotes: tuple[tuple[str, str, str], ...]


def indicator_ideas(rows: Sequence[Untracked], codebook: Codebook, least: int) -> list[IndicatorIdea]:
    """Return indicators the codebook could have, most useful first.

    What counts is in how many outlets and independent texts a pair of noun and predicate stands. Inflections
    of a noun are one noun. A pair that an indicator's own words match is left out: why such a number was
    refused is told by ``newsledger codebook explain``.

    Args:
        rows: the story's figures of no indicator.
        codebook: the story's codebook as it is now.
        least: independent texts a pair must stand in.
    """
    covered = _Covered(codebook)
    nouns = _Nouns(row.counted for row in rows)
    usable = [row for row in rows if row.unit not in TIME_UNITS and row.unit != "percentage point"]
    pairs: dict[tuple[str, str, str], list[Untracked]] = {}
    for row in usable:
        noun = nouns.of(row.counted)
        if (noun or row.unit not in ("person", "count")) and not covered.has(row, noun):
            pairs.setdefault((row.unit, noun, _predicate(row)), []).append(row)
    groups = [(key, found) for key, found in pairs.items() if key[2] and _texts(found) >= least]
    groups += _by_noun_alone(pairs, least)
    taken = set(codebook.indicators)
    ideas = []
    for (unit, noun, predicate), found in sorted(groups, key=_usefulness):
        idea = _idea(unit, noun, predicate, found, taken)
        if idea is not None:
            taken.add(idea.key)
            ideas.append(idea)
    return ideas


_Group = tuple[tuple[str, str, str], list[Untracked]]
"""Unit, noun and predicate, and the figures that have them."""


def _texts(rows: Iterable[Untracked]) -> int:
    return len({row.text_id for row in rows})


def _usefulness(group: _Group) -> tuple[bool, int, int, int, str]:
    """Return a key that sorts pairs of noun and predicate first, and among them the most reported."""
    (unit, noun, predicate), rows = group
    outlets = len({row.outlet for row in rows})
    return not (noun and predicate), -outlets, -_texts(rows), -len(rows), f"{noun}/{predicate}/{unit}"


def _by_noun_alone(pairs: dict[tuple[str, str, str], list[Untracked]], least: int) -> Iterator[_Group]:
    """Yield nouns that recur although nothing in particular is said of them often enough."""
    rest: dict[tuple[str, str], list[Untracked]] = {}
    for (unit, noun, predicate), found in pairs.items():
        is_followed = base_forms(noun).isdisjoint(_VAGUE) and noun not in ("", "people")
        if is_followed and not (predicate and _texts(found) >= least):
            rest.setdefault((unit, noun), []).extend(found)
    for (unit, noun), found in rest.items():
        if _texts(found) >= max(least, LEAST_ALONE):
            yield (unit, noun, ""), found


def _predicate(row: Untracked) -> str:
    return "" if row.predicate in _NO_SUBJECT else row.predicate


class _Nouns:
    """Merges the inflections of the counted nouns: each is named by its commonest form."""

    def __init__(self, counted: Iterable[str]) -> None:
        self._named: dict[str, str] = {}
        counts = Counter(noun for phrase in counted if (noun := head_noun(phrase)))
        for noun in sorted(counts, key=lambda word: (-counts[word], word)):
            forms = _forms(noun)
            name = next((self._named[form] for form in sorted(forms) if form in self._named), noun)
            for form in forms:
                self._named.setdefault(form, name)

    def of(self, counted: str) -> str:
        """Return the noun that stands for a counted phrase, or ""."""
        forms = sorted(_forms(head_noun(counted)))
        return next((self._named[form] for form in forms if form in self._named), "")


def _forms(noun: str) -> frozenset[str]:
    """Return a noun's forms; the words for persons in general are one noun."""
    return frozenset(("people",)) if noun in ("people", "persons", "person") else base_forms(noun)


def head_noun(counted: str) -> str:
    """Return the noun of a counted phrase in lower case ("people, mostly civilians" -> "people"), or ""."""
    head = _CUT.split(counted, maxsplit=1)[0].split()
    noun = head[-1].lower() if head else ""
    return noun if re.fullmatch(r"[^\W\d_][\w’'-]+", noun) and len(noun) > 2 else ""


class _Covered:
    """Whether an indicator of the codebook names a noun together with a predicate."""

    def __init__(self, codebook: Codebook) -> None:
        self._own = [
            (one.unit, Phrases(one.counts), Phrases(with_families(one.predicates)))
            for one in codebook.indicators.values()
        ]

    def has(self, row: Untracked, noun: str) -> bool:
        """Return whether an indicator's own words match the pair."""
        plain = ("person", "count")
        return any(
            (unit == row.unit or (unit in plain and row.unit in plain))
            and (counts.found_in(noun or row.counted) or not noun)
            and (not predicates or predicates.found_in(row.predicate))
            for unit, counts, predicates in self._own
        )


def _idea(
    unit: str, noun: str, predicate: str, rows: Sequence[Untracked], taken: set[str]
) -> IndicatorIdea | None:
    spoken = sorted(
        ((row, sentence) for row in rows if 0 < len(sentence := row.sentence) <= LONGEST_EXAMPLE),
        key=lambda pair: (len(pair[1]), pair[1], pair[0].value),
    )
    if not spoken:
        return None
    counts = _counts(unit, noun)
    label = _label(noun or f"{unit}s", predicate, spoken[0][1])
    examples = dict.fromkeys((sentence, row.value) for row, sentence in spoken)
    return IndicatorIdea(
        key=_free_key(label, taken),
        label=label,
        unit=unit,
        aspect=_aspect(predicate, rows),
        counts=counts,
        predicates=(predicate,) if predicate else (),
        examples=tuple(examples)[:MOST_EXAMPLES],
        documents=_texts(rows),
        outlets=len({row.outlet for row in rows}),
        quotes=_quotes(spoken),
    )


def _counts(unit: str, noun: str) -> tuple[str, ...]:
    if noun:
        return (noun,)
    return (_MONEY_WORDS.get(unit, "percent" if unit == "share" else unit),)


def _aspect(predicate: str, rows: Sequence[Untracked]) -> str:
    """Return the aspect most of the figures were read with; a toll where nothing else was said."""
    common = Counter(row.aspect for row in rows).most_common(1)[0][0]
    return "cumulative" if common == "current" and predicate in _EVENTS else common


def _label(counted: str, predicate: str, sentence: str) -> str:
    """Return what readers see: "Ships waiting", the predicate as a sentence prints it, or its family."""
    printed = re.findall(r"[^\W\d_]+", sentence.lower())
    if predicate in FAMILIES:  # its name where the sentence says it otherwise ("lives lost")
        fits = [w for w in printed if w.endswith(("ed", "en")) and predicate in families_of(w)]
    else:
        fits = [w for w in printed if predicate in base_forms(w)]
    said = fits[0] if fits else predicate
    return f"{counted[:1].upper()}{counted[1:]} {said}".strip()


def _free_key(label: str, taken: set[str]) -> str:
    key = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") or "number"
    return key if key not in taken else next(k for n in range(2, 10_000) if (k := f"{key}-{n}") not in taken)


def _quotes(spoken: Sequence[tuple[Untracked, str]]) -> tuple[tuple[str, str, str], ...]:
    """Return the first sentence and the next one of another text and, if there is one, another outlet."""
    first, sentence = spoken[0]
    others = [(row, words) for row, words in spoken if row.text_id != first.text_id and words != sentence]
    others.sort(key=lambda pair: pair[0].outlet == first.outlet)
    return tuple((words, row.outlet, row.day) for row, words in [(first, sentence), *others[:1]])


def shortened(idea: IndicatorIdea, example: int) -> IndicatorIdea:
    """Return an idea whose first example is the one at an index of its examples."""
    return replace(idea, examples=(idea.examples[example],))
