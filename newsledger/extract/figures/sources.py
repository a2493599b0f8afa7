"""Who says a figure, and how far a statement reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsledger.extract.figures.mentions import Mention
from newsledger.extract.figures.naming import PRONOUNS, SourceNames, head_of
from newsledger.extract.figures.speakers import CARRIERS, can_speak
from newsledger.extract.figures.vouching import vouchers
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Span
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.actor_index import ActorIndex
from newsledger.extract.voices.quotes import quotations
from newsledger.extract.voices.statement import Statement

_JOINED = re.compile(r"\s+(?:and|or)\s+[^\W\d][^,;:“”\"\n]{1,40}?(?=,|\s\Z)")
"""The rest of a pair of sources that was cut before "and" ("witnesses [and local officials] said")."""
_SAID = (
    r"(?:said|says|say|added|adds|reported|reports|confirmed|announced|reckons?|reckoned|estimates?|estimated|"
    r"believes?|believed|notes?|noted|wrote|writes|told\s+[^,.]{2,40})"
)
_CLOSING = re.compile(
    rf",\s+(?P<who>[^,.;:“”\"]{{2,70}}?)\s+{_SAID}"
    r"(?:\s+(?:on|in|late|early|earlier)\s+[^,.]{2,40}|\s+[A-Z][a-z]+day)?(?:[.!?]?[”\"]?\s*$|;)"
)
_MIDDLE = re.compile(rf",\s+(?P<who>[^,.;:“”\"\d]{{2,50}}?)\s+{_SAID}(?:\s+[^,.;]{{0,25}})?,\s")
"""Who is named in the middle of what is said ("The debt, he says, has passed ...")."""
_INVERTED = re.compile(r",\s+(?:said|says|adds|added|notes|noted)\s+(?P<who>[^,.;:“”\"\d]{2,60}?),\s")
_ASIDE = re.compile(
    r",\s+(?:which|whose|who|whom|where|when)\b[^,;“”\"]*\Z"
    r"|,\s+an?\s+(?:(?!has|have|had|is|are|was|were|will|would)[^\W\d][\w’'-]*\s+){1,6}?(?:of|with|that|which|where)\s"
    r"(?:(?!has\b|have\b|had\b|is\b|are\b|was\b|were\b|will\b|would\b)[^,;“”\"])*\Z"
    r"|[\w’'-]\s+(?:which|where)\s[^,;“”\"]*\Z"
)
"""A clause in which the reporter explains a word of what is said ("Kolun, a town of ...")."""
_REQUESTS = words(
    "ask urge call demand order threaten promise pledge vow fear hope agree accuse describe propose warn"
)
_NARRATES = re.compile(r",?\s+(?:as|while|after|when|amid)\s")
"""How the reporter goes on behind ", X said"."""
_BEYOND_REQUEST = re.compile(r"(?i)\b(?:after|as|because|since|while|when)\b")
_AS_WELL = re.compile(r",\s+as\s+well\s+as\b[^.;\n]*")
_RESUMED = re.compile(
    r"(?i)(?:the|that|this|its)\s+(?:\w+\s+)?(?:tolls?|figures?|counts?|tally|totals?|numbers?)\s+"
    r"(?:(?:also|only)\s+)?(?:include|exclude|cover|do(?:es)? not|did not|comprise|range|is|was|"
    r"are|were|has|had)"
)
_PART = re.compile(
    r"(?i)\W*(?:(?:about|around|nearly|almost|some|at\s+least|more\s+than|roughly|only)\s+)?"
    r"(?:(?:[\w,.-]+\s+){1,2}of\s+(?:them|these|those|whom)\b|of\s+(?:them|these|those)\b|"
    r"the\s+(?:other|remaining)\s+[\d,.]+)"
)
"""A sentence that goes on about a part of the number before ("Nine of them are minors")."""
_TAIL = re.compile(
    r"(?i)\A[^.;]{0,60}?,\s*(?:(?:and\s+)?(?:including|among\s+them|of\s+(?:whom|which|them)|up\s+from|down\s+from|"
    r"compared\s+with|with|a\s+\w+\s+of)\b|and\s+(?:about|around|some|nearly|almost|at\s+least|more\s+than|a\s+further|another)?\s*\Z)"
)
"""How what is said goes on behind "according to X"."""
_FEW = 3
"""Sentences for which the source of "the figures were read out by X" still speaks."""
_READ_OUT = re.compile(
    r"(?i)\b(?:figures?|numbers?|tolls?|data|counts?|totals?)\b[^.;]*\b(?:read\s+out|given(?:\s+out)?|released|"
    r"announced|published|compiled|provided|supplied|issued)\s+by\s+(?P<who>[^,.;:“”\"]{2,70}?)[.:]?\s*\Z"
)
_HEADER = re.compile(
    r"(?i)\A\W*(?:according\s+to\s+(?P<a>[^:]{2,60})|(?P<b>[^:]{2,60}?)[’']s?\s+(?:\w+\s+){0,2}(?:figures|"
    r"numbers|count|tally|toll|data|list|estimates?|summary)(?:\s[^:]{0,40})?|(?P<c>[^:,]{2,60}?)\s+(?:said|says|"
    r"say|reports?|reported|put\s+the\s+figures\s+at))\s*:\s*\Z"
)
"""A line whose source speaks for the list below it ("The ministry’s figures:")."""


class SourceIndex:
    """Finds who vouches for a figure of one document; asked for its figures in their order.

    Args:
        parsed: the text.
        statements: what the text says that somebody says.
        actors: the codebook's actors.
    """

    def __init__(self, parsed: ParsedText, statements: Sequence[Statement], actors: ActorIndex) -> None:
        self.parsed = parsed
        self.statements = [s for s in statements if not _says_nothing(parsed, s)]
        self.names = SourceNames(parsed, self.statements, actors)
        self._quotes = [q for q in quotations(parsed) if q.end - q.start > 15]
        self._lists = dict(self._headed())
        self._said: dict[tuple[int, int], str] = {}

    def of(self, mention: Mention) -> str | None:
        """Return who says a figure, or None where nobody does or nobody can be named."""
        found = self._own(mention) or self._going_on(mention)
        if found is not None:
            self._said.setdefault((mention.paragraph, mention.sentence[0]), found)
        return found

    def _own(self, mention: Mention) -> str | None:
        """Return who vouches for a figure in its own sentence."""
        paragraph = self.parsed.paragraphs[mention.paragraph]
        last: str | None = None
        for span in vouchers(paragraph.doc, mention):
            label = self.names.of_span(span)
            if label and not _is_document(span):
                return label
            last = last or label
        return (
            self._around(paragraph, mention)
            or last
            or self._trailing(paragraph, mention)
            or self._by_pattern(paragraph, mention)
        )

    def _going_on(self, mention: Mention) -> str | None:
        """Return who vouches for a figure by what stands before its sentence."""
        return self._quoted(mention) or self._resumed(mention) or self._lists.get(mention.paragraph)

    def _around(self, paragraph: Paragraph, mention: Mention) -> str | None:
        """Return the source of the smallest statement that holds the number and names somebody."""
        start, end = paragraph.start + mention.number.start, paragraph.start + mention.number.end
        around = [s for s in self.statements if s.content_start <= start and self._holds(s, end)]
        last: str | None = None
        for statement in sorted(around, key=lambda s: (s.content_end - s.content_start, s.content_start)):
            label = self._label(statement) if self._reaches(paragraph, statement, start) else None
            span = self.names.span(statement.source_start, statement.source_end)
            if label and (span is None or not _is_document(span)):
                return label
            last = last or label
        return last

    def _holds(self, statement: Statement, end: int) -> bool:
        """Return whether a statement reaches to an offset, or goes on to it with "as well as"."""
        if end <= statement.content_end:
            return True
        return _AS_WELL.fullmatch(self.parsed.text[statement.content_end : end]) is not None

    def _reaches(self, paragraph: Paragraph, statement: Statement, start: int) -> bool:
        """Return whether the number is part of what is said, and not the reporter's own remark in it."""
        if self._in_quotes(start):
            return True
        low = max(statement.content_start, paragraph.start)
        said = max(statement.cue_end, statement.source_end)
        if low < statement.cue_start < start:
            low = statement.cue_end
        if said < start and _NARRATES.match(self.parsed.text, said):
            return False
        if paragraph.kind == "headline":
            low = min(low, statement.cue_end)
        lead = self.parsed.text[low:start]
        if statement.cue_lemma in ("pledge", "promise", "vow") and not re.search(
            r"[a-z]{2}\s.*\b(?:to|will|would|that)\b", lead
        ):
            return False
        if statement.cue_lemma in _REQUESTS and _BEYOND_REQUEST.search(lead):
            return False
        if paragraph.kind == "headline" and re.search(r"\s(?:as|after|while)\s", lead):
            return False
        return _ASIDE.search(lead) is None

    def _in_quotes(self, at: int) -> bool:
        return any(q.start <= at < q.end for q in self._quotes)

    def _label(self, statement: Statement) -> str | None:
        end = statement.source_end
        rest = _JOINED.match(self.parsed.text[end : max(end, statement.cue_start)])
        end += rest.end() if rest else 0
        span = self.names.span(statement.source_start, end)
        if span is None:
            return None
        label = self.names.of_span(span)
        if self.parsed.text[statement.cue_start : statement.cue_end] == ":":
            is_name = len(span) > 1 or self.names.is_actor(span) or self.names.knows(span.text)
            return label if is_name else None
        is_plain = statement.cue_lemma in ("say", "tell", "add", "according to")
        is_speaker = span.text.lower() in PRONOUNS or can_speak(head_of(span)) or is_plain
        return label if is_speaker else None

    def _trailing(self, paragraph: Paragraph, mention: Mention) -> str | None:
        """Return who closes the sentence ("..., police said"), or stands before its last part."""
        text = self.parsed.text
        start, end = paragraph.start + mention.number.start, paragraph.start + mention.number.end
        sentence = paragraph.doc[slice(*mention.sentence)]
        low, high = paragraph.start + sentence.start_char, paragraph.start + sentence.end_char
        for statement in sorted(self.statements, key=lambda s: s.cue_start):
            first = min(statement.source_start, statement.cue_start)
            last = max(statement.source_end, statement.cue_end)
            if not low <= first < high:
                continue
            if first >= end and self._closes(first, last, end) and not _ASIDE.search(text[low:start]):
                return self._label(statement)
            is_behind = last <= start and statement.cue_lemma == "according to" and first > low + 3
            if is_behind and _TAIL.match(text[last:start]) and not re.search(r"[.;]", text[last:start]):
                return self._label(statement)
        return None

    def _closes(self, first: int, last: int, end: int) -> bool:
        text = self.parsed.text
        if first - end > 400 or re.search(r"[.!?]\s|\n", text[end:first]):
            return False
        is_last = re.match(r"[^.!?,;]{0,25}(?:[.!?;\n]|$)", text[last:]) is not None
        return is_last and text[:first].rstrip().endswith(",")

    def _by_pattern(self, paragraph: Paragraph, mention: Mention) -> str | None:
        """Return who closes or breaks the sentence where the tree misses it ("..., police said.")."""
        sentence = paragraph.doc[slice(*mention.sentence)]
        at = mention.number.end - sentence.start_char
        lead = sentence.text[: mention.number.start - sentence.start_char]
        closing = _CLOSING.search(sentence.text, max(0, at))
        found = closing if closing is not None and ";" not in sentence.text[at : closing.start()] else None
        found = found or _MIDDLE.search(sentence.text)
        if found is None or _ASIDE.search(lead):
            return None
        if any(char in '“"' for char in sentence.text[: found.start()]) and found.end() < len(sentence.text):
            return None
        return self._named(paragraph, sentence.start_char, found)

    def _named(
        self, paragraph: Paragraph, offset: int, found: re.Match[str], group: str = "who"
    ) -> str | None:
        begin = paragraph.start + offset
        span = self.names.span(begin + found.start(group), begin + found.end(group))
        if span is None or any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in span[:-1]):
            return None
        is_speaker = can_speak(head_of(span)) or can_speak(span[-1]) or span.text.lower() in PRONOUNS
        return self.names.of_span(span) if is_speaker else None

    def _quoted(self, mention: Mention) -> str | None:
        """Return who speaks a quotation without a cue: who was named last in its paragraph before it."""
        paragraph = self.parsed.paragraphs[mention.paragraph]
        start = paragraph.start + mention.number.start
        quote = next((q for q in self._quotes if q.start <= start < q.end), None)
        if quote is None:
            return None
        lead = self.parsed.text[paragraph.start : quote.start]
        inverted = list(_INVERTED.finditer(lead))
        if inverted:
            return self._named(paragraph, 0, inverted[-1])
        if re.search(r":\s*[“\"«]\Z", lead):
            return self.names.last_before(paragraph.start, quote.start)
        sentence = paragraph.doc[slice(*mention.sentence)]
        return self.names.last_before(paragraph.start + sentence.start_char, quote.start)

    def _resumed(self, mention: Mention) -> str | None:
        """Return the source of the sentence before, where this one goes on about its count."""
        doc = self.parsed.paragraphs[mention.paragraph].doc
        first = mention.sentence[0]
        text = doc[slice(*mention.sentence)].text
        if first == 0:
            return None
        before = int(doc[first - 1].sent.start)
        if _RESUMED.match(text) or _PART.match(text):
            return self._said.get((mention.paragraph, before)) or self._only_source(mention, before)
        return self._read_out(mention)

    def _only_source(self, mention: Mention, before: int) -> str | None:
        """Return the one source of the statements of a sentence, or None."""
        paragraph = self.parsed.paragraphs[mention.paragraph]
        sentence = paragraph.doc[before].sent
        low, high = paragraph.start + sentence.start_char, paragraph.start + sentence.end_char
        inside = [s for s in self.statements if low <= s.cue_start < high]
        labels = {label for s in inside if (label := self._label(s))}
        return labels.pop() if len(labels) == 1 else None

    def _read_out(self, mention: Mention) -> str | None:
        """Return who gave out the figures of a paragraph ("The figures were read out by X.")."""
        paragraph = self.parsed.paragraphs[mention.paragraph]
        sentences = [s for s in paragraph.doc.sents if s.start < mention.sentence[0]]
        for sentence in sentences[-_FEW:]:
            if match := _READ_OUT.search(sentence.text):
                return self._named(paragraph, sentence.start_char, match)
        return None

    def _headed(self) -> Iterator[tuple[int, str]]:
        """Yield the paragraphs of lists under a line that names their source, with that source."""
        label: str | None = None
        for number, paragraph in enumerate(self.parsed.paragraphs):
            if label is not None and paragraph.kind in ("bullet", "label"):
                yield number, label
                continue
            match = _HEADER.match(paragraph.doc.text)
            label = None
            if match is not None:
                group = next(name for name in ("a", "b", "c") if match[name])
                label = self._named(paragraph, 0, match, group)


def _is_document(span: Span) -> bool:
    """Return whether only an unnamed document speaks ("surveys suggested"), behind whom somebody may be."""
    head = head_of(span)
    is_owned = any(t.tag_ in ("POS", "IN", "NNP") for t in span)
    return head.lemma_.lower() in CARRIERS and head.tag_ in ("NN", "NNS") and not is_owned


def _says_nothing(parsed: ParsedText, statement: Statement) -> bool:
    """Return whether the verb says nothing here: "claimed 40 lives", "adds up to", "charged 29 people"."""
    content = parsed.text[statement.content_start : statement.content_end]
    if statement.cue_lemma == "claim" and re.search(r"\blives\b", content[:60]) is not None:
        return True
    if statement.cue_lemma in ("charge", "rule", "order") and not re.search(
        r"\bthat\b", parsed.text[statement.cue_end : statement.cue_end + 40]
    ):
        return True
    return statement.cue_lemma == "add" and parsed.text[statement.cue_end :].startswith(" up")
