"""Suggestions as YAML that an editor pastes into a codebook."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

import yaml

from newsledger.extract.suggest.indicators import IndicatorIdea
from newsledger.extract.suggest.sources import ActorIdea

LONGEST_QUOTE = 200
_CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def suggestions_yaml(story: str, indicators: Sequence[IndicatorIdea], actors: Sequence[ActorIdea]) -> str:
    """Return suggestions for a story as YAML, each under a comment that tells how often and in what words.

    Hostile text stays a comment or a string: no line break or control character of it gets out.
    """
    lines = [f"# Suggestions for the story {story}. Paste what you want below the same key of its codebook,"]
    lines.append("# mend label and aspect, then run: newsledger codebook check")
    if indicators:
        lines.append("indicators:")
        lines += [line for idea in indicators for line in _indicator(idea)]
    if actors:
        lines.append("actors:")
        lines += [line for idea in actors for line in _actor(idea)]
    if not indicators and not actors:
        lines.append("# Nothing recurs that the codebook does not know.")
    return "\n".join(lines) + "\n"


def _indicator(idea: IndicatorIdea) -> Iterator[str]:
    yield from _comment(idea.documents, idea.outlets, idea.quotes)
    yield f"  {idea.key}:"
    yield f"    label: {_scalar(idea.label)}"
    if idea.unit != "person":
        yield f"    unit: {_scalar(idea.unit)}"
    yield f"    aspect: {idea.aspect}"
    yield f"    counts: {_list(idea.counts)}"
    if idea.predicates:
        yield f"    predicates: {_list(idea.predicates)}"
    yield "    examples:"
    for text, value in idea.examples[:1]:
        yield f"      - text: {_scalar(text)}"
        yield f"        value: {_scalar(_plain(value))}"


def _actor(idea: ActorIdea) -> Iterator[str]:
    yield from _comment(idea.documents, idea.outlets, idea.quotes)
    yield f"  {idea.key}:"
    yield f"    name: {_scalar(idea.name)}"
    yield f"    kind: {idea.kind}"
    if idea.aliases:
        yield f"    aliases: {_list(idea.aliases)}"


def _comment(documents: int, outlets: int, quotes: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    texts = f"{documents} independent text{'s' if documents != 1 else ''}"
    yield f"  # {texts}, {outlets} outlet{'s' if outlets != 1 else ''}"
    for sentence, outlet, day in quotes:
        words = _line(sentence)
        words = words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE].rstrip()}…"
        yield f"  # “{words}” ({', '.join(filter(None, (_line(outlet), day)))})"


def _line(text: str) -> str:
    return _CONTROLS.sub("", " ".join(text.split()))


def _plain(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def _scalar(value: str | float) -> str:
    """Return a value as YAML on one line, quoted where it must be."""
    return _dumped(value, value if isinstance(value, str) else "").removesuffix("\n...")


def _list(values: Sequence[str]) -> str:
    return _dumped(list(values), "".join(values))


def _dumped(value: str | float | list[str], text: str) -> str:
    """Return YAML on one line; text with control characters or other ends of lines is escaped."""
    style = '"' if _CONTROLS.search(text) else None
    dumped = yaml.safe_dump(
        value, allow_unicode=True, width=math.inf, default_flow_style=True, default_style=style
    )
    return str(dumped).removesuffix("\n")
