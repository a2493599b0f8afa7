"""Which indicator of a codebook a quantity belongs to, and in words why, or why to none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from newsledger.extract.figures.amounts import Amounts
from newsledger.extract.figures.compiled import CompiledIndicator, is_money
from newsledger.extract.figures.matching.case import Around, Case, Signal
from newsledger.extract.figures.matching.context import context_signals, distance
from newsledger.extract.figures.matching.echo import echo_signals
from newsledger.extract.figures.matching.never import never_refusal, never_signals
from newsledger.extract.figures.matching.noun import is_unit_left_out, noun_signals
from newsledger.extract.figures.matching.plain import plain_signals
from newsledger.extract.figures.matching.predicate import (
    label_signals,
    predicate_signals,
    toll_signals,
    verb_signals,
)
from newsledger.extract.figures.matching.setting import refusal as setting_refusal
from newsledger.extract.figures.matching.setting import setting_signals
from newsledger.extract.figures.matching.subject import subject_signals
from newsledger.extract.figures.matching.tense import tense_signals
from newsledger.extract.figures.matching.weights import shares, tables, total
from newsledger.extract.figures.mentions import Mention
from schemas.codebook import Codebook

FAR_OUT = 3.0
"""Times a bound of the codebook beyond which a quantity is another matter, not an implausible value."""
LEAST = 0.5
"""Probability from which a quantity is taken for an indicator's."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the indicators made of a quantity.

    Attributes:
        indicator: the one it belongs to, or None.
        score: the probability of it, or of the one that came nearest (-1: it cannot be meant).
        rule: why, in words.
        predicate: the token of its predicate, or None.
    """

    indicator: str | None
    score: float
    rule: str
    predicate: int | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """One indicator's signals for a quantity.

    Attributes:
        key: the indicator.
        refusal: why the indicator cannot be meant whatever else is seen, or "".
        signals: what was seen, when it can.
        far: how far a refused indicator is from being meant: 2 for another unit, 1 for another currency.
        predicate: the token of the predicate that was found, or None.
    """

    key: str
    refusal: str
    signals: tuple[Signal, ...] = ()
    predicate: int | None = None
    far: int = 0


class IndicatorIndex:
    """The indicators of one codebook, ready to judge quantities."""

    def __init__(self, codebook: Codebook) -> None:
        self._compiled = [CompiledIndicator(key, one, codebook) for key, one in codebook.indicators.items()]

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

    def aspects(self) -> dict[str, str]:
        """Return the aspect of every indicator."""
        return {c.key: c.indicator.aspect for c in self._compiled}

    def weigh(self, around: Around) -> list[Weighed]:
        """Return every indicator's signals for a quantity, in the codebook's order."""
        cases = [Case(compiled, around) for compiled in self._compiled]
        plain = plain_signals(around)
        found = [_weighed(case, plain) for case in cases]
        nearest = _nearest_context(cases, found)
        kinds = [frozenset(k for k in _RIVAL_KINDS if _has(one.signals, k)) for one in found]
        seen: frozenset[str] = frozenset().union(*kinds)
        return [
            _with_rivals(one, [k for k in _RIVAL_KINDS if k in seen - own], nearest)
            for one, own in zip(found, kinds, strict=True)
        ]

    def look(self, arounds: Sequence[Around]) -> list[list[Weighed]]:
        """Return every indicator's signals for each quantity of a text, those of the others among them."""
        weighed = [self.weigh(around) for around in arounds]
        return second_look([around.m for around in arounds], weighed, tables().first, self.aspects())


def verdict(ones: Sequence[Weighed]) -> Verdict:
    """Return the best indicator for a quantity with the reason, or none with what came nearest."""
    chances = _chances(ones, tables().second)
    if not chances:
        nearest = min(ones, key=lambda one: one.far, default=None)
        refusal = f"not {nearest.key}: {nearest.refusal}" if nearest else "the codebook has no indicators"
        return Verdict(None, 0.0, refusal)
    best = max((one for one in ones if not one.refusal), key=lambda one: chances[one.key])
    return _judged(best, chances[best.key])


def verdicts(ones: Sequence[Weighed]) -> dict[str, Verdict]:
    """Return what became of each indicator for a quantity, for whoever wants to see all of it."""
    chances = _chances(ones, tables().second)
    return {
        one.key: Verdict(None, -1.0, f"not {one.key}: {one.refusal}")
        if one.refusal
        else _judged(one, chances[one.key])
        for one in ones
    }


def _judged(one: Weighed, chance: float) -> Verdict:
    """Return an indicator's verdict from its probability."""
    if chance >= LEAST:
        return Verdict(one.key, chance, "; ".join(_reasons(one, +1)), one.predicate)
    against = "; ".join(_reasons(one, -1)) or "too little speaks for it"
    return Verdict(None, chance, f"not {one.key}: {against}")


def second_look(
    mentions: Sequence[Mention],
    weighed: Sequence[Sequence[Weighed]],
    first: dict[str, float],
    aspects: Mapping[str, str],
) -> list[list[Weighed]]:
    """Return the signals of every quantity with its echoes, the first weights having judged the others."""
    chances = [_chances(ones, first) for ones in weighed]
    return [
        [
            replace(one, signals=_echoed(one, echo_signals(at, one.key, mentions, chances, aspects[one.key])))
            if not one.refusal
            else one
            for one in ones
        ]
        for at, ones in enumerate(weighed)
    ]


def _echoed(one: Weighed, echoes: Sequence[Signal]) -> tuple[Signal, ...]:
    """Return an indicator's signals with its echoes: a bare claim beside another count is a rival count."""
    names = {s.name for s in (*one.signals, *echoes)}
    claim = next((n for n in names if n.startswith("claim:")), None)
    joined = (
        [Signal(f"{claim} & beside", "another count of the figure before")]
        if "echo:beside" in names and claim
        else []
    )
    return (*one.signals, *echoes, *joined)


def _chances(ones: Sequence[Weighed], table: dict[str, float]) -> dict[str, float]:
    """Return the probability of every indicator that may be meant."""
    open_ones = [one for one in ones if not one.refusal]
    chances = shares([total((s.name for s in one.signals), table) for one in open_ones])
    return {one.key: chance for one, chance in zip(open_ones, chances, strict=True)}


def _reasons(one: Weighed, sign: int) -> Iterator[str]:
    """Yield in words the signals that speak for (+1) or against (-1) an indicator."""
    for signal in one.signals:
        if signal.reason and tables().second.get(signal.name, 0.0) * sign >= 0:
            yield signal.reason


def _weighed(case: Case, plain: tuple[Signal, ...]) -> Weighed:
    key = case.c.key
    if not _is_unit(case):
        wanted, unit = case.c.indicator.unit, case.m.unit
        return Weighed(
            key, f"it is in {unit}, not {wanted}", far=1 if is_money(wanted) and is_money(unit) else 2
        )
    refusal = _refusal(case)
    if refusal:
        return Weighed(key, refusal)
    nouns = tuple(noun_signals(case))
    said, token = predicate_signals(case)
    hopeless = _hopeless(nouns, said)
    if hopeless:
        return Weighed(key, hopeless)
    signals = (
        *nouns,
        *said,
        *toll_signals(case),
        *label_signals(case),
        *setting_signals(case),
        *never_signals(case),
        *context_signals(case),
        *verb_signals(case),
        *subject_signals(case),
        *(s for s in plain if not (case.c.indicator.event_on and s.name.startswith("time:"))),
        *tense_signals(case, token),
        *_bounds_signals(case),
    )
    return Weighed(key, "", signals, token)


_STRANGE = frozenset(("noun:other", "noun:other person", "noun:borrowed other"))
_LOOSE = frozenset(
    (
        "said:nothing",
        "said:rival",
        "said:above",
        "said:before",
        "said:in the clause",
        "said:in the sentence",
        "said:of another number",
    )
)


def _hopeless(nouns: Sequence[Signal], said: Sequence[Signal]) -> str:
    """Return why nothing else can make a quantity the indicator's, or "".

    Another measure, or another noun of which nothing is said directly.
    """
    noun, names = nouns[0], {s.name for s in said}
    if noun.name == "noun:other measure":
        return noun.reason
    if noun.name in _STRANGE and names <= _LOOSE:
        return noun.reason
    return ""


def _nearest_context(cases: Sequence[Case], found: Sequence[Weighed]) -> frozenset[str]:
    """Return the indicators whose context stands nearest to the number."""
    far = {
        c.c.key: d
        for c, one in zip(cases, found, strict=True)
        if not one.refusal and (d := distance(c)) is not None
    }
    return frozenset(key for key, d in far.items() if d == min(far.values()))


_RIVAL_KINDS = ("noun:same", "said:first", "said:directly", "place:own")


def _with_rivals(one: Weighed, rivals: Sequence[str], nearest: frozenset[str]) -> Weighed:
    """Return an indicator's signals with the kinds that only others, not refused, have seen."""
    own = {s.name for s in one.signals}
    more: list[Signal] = []
    if nearest and "context:not asked" not in own:
        more.append(Signal("context:nearest" if one.key in nearest else "context:another is nearer"))
    more += [Signal(f"rival {kind}") for kind in rivals]
    more += _joined(own)
    return replace(one, signals=(*one.signals, *more))


_IN_CONTEXT = {"context:subject", "context:in the clause", "subject:context"}


def _joined(own: set[str]) -> Iterator[Signal]:
    """Yield pairs of signals that mean something else together than each by itself."""
    nouns = [n for n in own if n.startswith("noun:")]
    unsaid = [n for n in own if n in ("said:nothing", "said:before", "said:above", "said:of another number")]
    near = ", in context" if own & _IN_CONTEXT else ""
    for noun in nouns:
        if unsaid:
            yield Signal(f"{noun} & unsaid{near}")
        if "increment" in own:
            yield Signal(f"{noun} & increment")
    if "toll:some" in own and own & {"said:first", "said:directly", "said:in the subject", "subject:counts"}:
        yield Signal("toll says it")
    labels = [n for n in own if n.startswith("label:")] or ["label:none"]
    if unsaid:
        yield Signal(f"unsaid & {labels[0]}{near}")
    for place in own:
        if place.startswith("context:") and "context:nearest" in own:
            yield Signal(f"{place} & nearest")


def _has(signals: Sequence[Signal], kind: str) -> bool:
    return any(s.name.startswith(kind) for s in signals)


def _is_unit(case: Case) -> bool:
    """Return whether a quantity has the indicator's unit, or leaves the currency out."""
    wanted, unit, plain = case.c.indicator.unit, case.m.unit, ("person", "count")
    if wanted == unit or (wanted in plain and unit in plain):
        return True
    if wanted in plain:  # "104,000 hectares" for an indicator that counts hectares
        return bool(case.spans(case.c.counts, case.m.first, case.m.last))
    return is_unit_left_out(case.m) or (
        is_money(wanted) and Amounts(case.c, case.m, case.around.parsed).is_amount_of()
    )


def _refusal(case: Case) -> str:
    """Return why an indicator cannot be meant: its bounds, its own "never" words, what lies around."""
    value = case.m.number.value
    low, high = case.c.indicator.low, case.c.indicator.high
    if (low is not None and value < low / FAR_OUT) or (high is not None and value > high * FAR_OUT):
        return f"{value:g} is far from plausible"
    return never_refusal(case) or setting_refusal(case)


def _bounds_signals(case: Case) -> Iterator[Signal]:
    low, high, value = case.c.indicator.low, case.c.indicator.high, case.m.number.value
    if (low is not None and value < low) or (high is not None and value > high):
        yield Signal("out of bounds", f"{value:g} is not plausible")
