"""Figures of a document: quantities with interval, counted thing, source, day, place and indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from newsledger.extract.figures.days import DayIndex
from newsledger.extract.figures.evidence import evidence_span
from newsledger.extract.figures.indicators import IndicatorIndex, Verdict, Weighed, verdict, verdicts
from newsledger.extract.figures.matching.case import Around
from newsledger.extract.figures.mentions import Mention, SentenceIndex, read_mentions
from newsledger.extract.figures.modality import is_taken_back, modality
from newsledger.extract.figures.places import nearest_place
from newsledger.extract.figures.series import Reading, settle
from newsledger.extract.figures.slips import flag_slips, passages_of
from newsledger.extract.figures.sources import SourceIndex
from newsledger.extract.figures.timing import is_rate, stated_aspect
from newsledger.extract.ids import stable_id
from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.text import ParsedText
from newsledger.extract.language.tokens import Doc
from newsledger.extract.language.wordlist import words
from newsledger.extract.numbers.units import TIME_UNITS
from newsledger.extract.voices.actor_index import ActorIndex
from newsledger.extract.voices.attribution import statements
from newsledger.extract.voices.reporting import REPORTING_VERBS
from newsledger.extract.voices.statement import Statement
from schemas.codebook import Codebook
from schemas.figure import Aspect, Figure, Modality


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the figures of one document share."""

    document_id: str
    version: int
    day: date | None
    extractor: str
    codebook_version: str


class FigureReader:
    """Reads figures for one codebook; the codebook's words are compiled once.

    Args:
        codebook: the story's codebook.
        actors: its actors ready to be found, when the caller has them.
    """

    def __init__(self, codebook: Codebook, actors: ActorIndex | None = None) -> None:
        self.codebook = codebook
        self.indicators = IndicatorIndex(codebook)
        self.actors = actors or ActorIndex(codebook)
        self.places = Phrases(codebook.places)
        self._units = frozenset(indicator.unit for indicator in codebook.indicators.values())

    def read(
        self,
        parsed: ParsedText,
        *,
        document_id: str,
        version: int,
        day: date | None,
        extractor: str,
        codebook_version: str,
    ) -> tuple[Figure, ...]:
        """Return the figures of a parsed text in order, each with verbatim evidence."""
        setting = _Setting(document_id, version, day, extractor, codebook_version)
        return flag_slips(_Reading(self, parsed, setting).figures(), passages_of(parsed), self.codebook)

    def explain(
        self,
        parsed: ParsedText,
        *,
        document_id: str,
        version: int,
        day: date | None,
        extractor: str,
        codebook_version: str,
    ) -> list[tuple[Figure, dict[str, Verdict]]]:
        """Return the figures of :meth:`read`, each with the verdict of every indicator."""
        setting = _Setting(document_id, version, day, extractor, codebook_version)
        return _Reading(self, parsed, setting).explained()

    def weigh(self, parsed: ParsedText, day: date | None) -> list[tuple[Mention, list[Weighed]]]:
        """Return the quantities of a text that are no durations, with every indicator's signals."""
        reading = _Reading(self, parsed, _Setting("", 1, day, "", ""))
        return [
            (m, self.indicators.weigh(reading.around(m, aspect)))
            for m, aspect in reading.mentions()
            if not self.is_duration(m)
        ]

    def is_duration(self, mention: Mention) -> bool:
        """Return whether a quantity is a duration or an age that no indicator counts."""
        return mention.unit in TIME_UNITS and not self.tracks(mention.unit)

    def tracks(self, unit: str) -> bool:
        """Return whether an indicator is counted in a unit."""
        return unit in self._units


def extract_figures(
    parsed: ParsedText,
    codebook: Codebook,
    *,
    document_id: str,
    version: int,
    day: date | None,
    extractor: str,
    codebook_version: str,
) -> tuple[Figure, ...]:
    """Return what :meth:`FigureReader.read` returns, with the codebook compiled for this text alone."""
    return FigureReader(codebook).read(
        parsed,
        document_id=document_id,
        version=version,
        day=day,
        extractor=extractor,
        codebook_version=codebook_version,
    )


_Looked = tuple[Mention, Aspect | None, list[Weighed]]
_DURATION = Verdict(None, 0.0, "a duration or an age")


class _Reading:
    """The reading of one document."""

    def __init__(self, reader: FigureReader, parsed: ParsedText, setting: _Setting) -> None:
        self.reader, self.parsed, self.setting = reader, parsed, setting
        self.statements = statements(parsed)
        self.sources = SourceIndex(parsed, self.statements, reader.actors)
        self.index = SentenceIndex(parsed, reader.places)
        self.days = DayIndex(parsed, setting.day)
        self.first_days = DayIndex(parsed, setting.day)

    def figures(self) -> tuple[Figure, ...]:
        """Return the figures of the text, in order."""
        return tuple(self._figure(r.mention, r.verdict, r.aspect) for r in self._settled(self._looked()))

    def explained(self) -> list[tuple[Figure, dict[str, Verdict]]]:
        """Return the figures of the text in order, each with every indicator's verdict."""
        looked = self._looked()
        figures = (self._figure(r.mention, r.verdict, r.aspect) for r in self._settled(looked))
        return [(figure, verdicts(ones)) for figure, (_, _, ones) in zip(figures, looked, strict=True)]

    def _settled(self, looked: Sequence[_Looked]) -> list[Reading]:
        """Return the quantities with their verdicts, each judged again by those around it."""
        readings = [
            Reading(m, aspect, _DURATION if self.reader.is_duration(m) else verdict(ones))
            for m, aspect, ones in looked
        ]
        year = self.setting.day.year if self.setting.day else None
        return settle(readings, self.parsed, self.reader.indicators, year)

    def mentions(self) -> Iterator[tuple[Mention, Aspect | None]]:
        """Yield the quantities with the aspect each states, those left out that count who speaks."""
        for mention in read_mentions(self.parsed):
            if not _is_source(self.parsed, mention, self.statements):
                yield mention, stated_aspect(self._doc(mention), mention)

    def _doc(self, mention: Mention) -> Doc:
        return self.parsed.paragraphs[mention.paragraph].doc

    def _looked(self) -> list[_Looked]:
        """Return the quantities with aspect and signals; durations the codebook does not count have none."""
        found = list(self.mentions())
        arounds = [self.around(m, aspect) for m, aspect in found if not self.reader.is_duration(m)]
        signals = iter(self.reader.indicators.look(arounds))
        return [(m, aspect, [] if self.reader.is_duration(m) else next(signals)) for m, aspect in found]

    def around(self, mention: Mention, aspect: Aspect | None) -> Around:
        """Return what a quantity brings along for whatever indicator."""
        doc, day = self._doc(mention), self.setting.day
        dated = self.first_days.of(mention, None)
        old = (day - dated.day).days if day and dated and dated.day else None
        return Around(
            mention, self.parsed, self.index, aspect, is_rate(doc, mention), old, day.year if day else None
        )

    def _figure(self, mention: Mention, verdict: Verdict, aspect: Aspect | None) -> Figure:
        paragraph, setting = self.parsed.paragraphs[mention.paragraph], self.setting
        doc, codebook = paragraph.doc, self.reader.codebook
        low, high = evidence_span(doc, mention, verdict.predicate)
        start, end = paragraph.start + low, paragraph.start + high
        dated = self.days.of(mention, verdict.predicate)
        indicator = codebook.indicators.get(verdict.indicator) if verdict.indicator else None
        number, qualified = mention.number, mention.qualified
        is_plain = mention.unit in ("person", "count")
        stated = modality(doc, mention, verdict, indicator)
        return Figure(
            figure_id=stable_id(
                "f",
                setting.document_id,
                setting.version,
                codebook.story,
                paragraph.start + number.start,
                end,
                verdict.indicator,
            ),
            document_id=setting.document_id,
            version=setting.version,
            story=codebook.story,
            indicator=verdict.indicator,
            counted=_counted_text(doc, mention),
            predicate=mention.predicate,
            value=number.low if number.kind in ("range", "vague") else number.value,
            value_low=qualified.low,
            value_high=qualified.high,
            qualifier=qualified.qualifier,
            unit=indicator.unit if indicator and is_plain else mention.unit,
            modality=Modality.DENIED if is_taken_back(self.parsed, mention) else stated,
            aspect=aspect or (Aspect(indicator.aspect) if indicator else Aspect.CURRENT),
            attributed_to=self.sources.of(mention),
            place=nearest_place(doc, mention.first, mention.counted.end, *mention.sentence),
            as_of=dated.day if dated else setting.day,
            as_of_source="text" if dated else "document",
            evidence=self.parsed.text[start:end],
            evidence_start=start,
            evidence_end=end,
            rule=verdict.rule,
            extractor=setting.extractor,
            codebook_version=setting.codebook_version,
        )


def _is_source(parsed: ParsedText, mention: Mention, sources: Sequence[Statement]) -> bool:
    """Return whether a number only counts who speaks ("three officials said")."""
    paragraph = parsed.paragraphs[mention.paragraph]
    noun = mention.counted.noun
    if noun is None:
        return False
    doc = paragraph.doc
    is_speaker = doc[noun].lemma_.lower() in _SPEAKERS or (mention.counted.is_person and not _acts(doc, noun))
    start, end = paragraph.start + mention.number.start, paragraph.start + mention.number.end
    if is_speaker and any(
        s.source_start <= start <= s.source_start + 30 and end <= s.source_end for s in sources
    ):
        return True
    return doc[noun].lemma_.lower() in _SPEAKERS and any(
        doc[i].lower_ in _SPEECH for i in mention.said.strong
    )


def _acts(doc: Doc, noun: int) -> bool:
    """Return whether a noun is the subject of a verb that says nothing ("20,000 workers walked out")."""
    token = doc[noun]
    head = token.head
    return token.dep_.startswith("nsubj") and head.pos_ == "VERB" and head.lower_ not in REPORTING_VERBS


_SPEAKERS = words(
    """
    source official diplomat witness analyst spokesperson spokesman aide insider expert adviser advisor
    """
)


_SPEECH = words(
    """
    say says said tell told tells confirm confirmed confirms add added spoke speak warned familiar
    briefed cited
    """
)


_LEADING = words(
    """
    of the these those their its other more others - all his her further additional
    """
)


def _counted_text(doc: Doc, mention: Mention) -> str:
    counted = mention.counted
    if counted.noun is not None:
        begin = counted.start
        while begin < counted.noun and (doc[begin].lower_ in _LEADING or doc[begin].like_num):
            begin += 1
        return str(doc[begin : counted.end].text)
    return str(doc[mention.borrowed].text) if mention.borrowed is not None else ""
