# ruff: noqa: E501 - texts and statements stand on one line
"""The labelled reprint set: texts of `tests/eval/reprints`, and pairs of them with what they are to each
other.

Stories, live blogs, newsletters and bulletins are invented and written for this set; the edits that need no
writer (furniture, house style, cuts, insertions) are put together here, always in the same way. ``part`` is
``tuned`` for what was looked at while rules were written and ``apart`` for what was only scored at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

from newsledger.fetch.dateline import read_dateline
from schemas.document import DateSource, Draft

FOLDER = Path(__file__).parent / "reprints"
START = datetime(2031, 10, 6, 6, tzinfo=UTC)
NO_RELATION: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Article:
    """One text of the set as an outlet published it."""

    name: str
    outlet: str
    at: datetime
    text: str
    part: str

    @property
    def draft(self) -> Draft:
        """The text as a page would give it."""
        line = read_dateline(self.text)
        return Draft(
            key=f"https://{re.sub(r'[^a-z]', '', self.outlet.casefold())}.example/{self.name}",
            url=None,
            canonical_url=None,
            outlet=self.outlet,
            title=self.text.partition("\n")[0][:80],
            byline="",
            agency=line.agency,
            dateline=line.place,
            language="en",
            published_at=self.at,
            published_at_source=DateSource.JSON_LD,
            published_at_precision="minute",
            text=self.text,
        )


@dataclass(frozen=True)
class Pair:
    """Two articles, the held one first, and the relations either may rightly be given; none: no reprint."""

    held: Article
    new: Article
    kind: str
    relations: frozenset[str]

    @property
    def part(self) -> str:
        """``tuned`` or ``apart``; a pair over both parts is ``apart``."""
        return "tuned" if self.held.part == self.new.part == "tuned" else "apart"


def sections(path: Path) -> dict[str, list[str]]:
    """Return the lines of each ``== name`` section of a file."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            lines = found.setdefault(line[3:].strip(), [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line.strip())
    return found


OUTLETS = {
    name.strip(): (above.strip(), [line.strip() for line in below.split("|")])
    for name, above, below in (
        line.split("|", 2)
        for line in (FOLDER / "outlets.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
}
FILLERS = (FOLDER / "fillers.txt").read_text(encoding="utf-8").splitlines()


def furnished(paragraphs: list[str], outlet: str) -> str:
    """Return a text with the lines its outlet prints around every article."""
    above, below = OUTLETS[outlet]
    return "\n".join([*([above] if above else []), *paragraphs, *below])


_STYLE = (
    (r" percent\b", " per cent"), (r"\bcenter", "centre"), (r"\bmeters\b", "metres"), (r"\bp\.m\.", "pm"),
    (r"\ba\.m\.", "am"), (r"\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", "yesterday"), (r"\babout (?=\d)", "around "),
    (r"\bpromised\b", "pledged"), (r"\btold reporters\b", "said"), (r"\bsaid\b(?=[^.]*\.$)", "says"),
    (r"\bU\.S\.", "US"), (r'"([^"]*)"', r"“\1”"), (r"\bSome (?=\d)", "About "), (r"\bmore than (?=\d)", "over "),
)  # fmt: skip


def styled(paragraph: str) -> str:
    """Return a paragraph in another house's style: its quotation marks, spellings and small words."""
    for pattern, other in _STYLE:
        paragraph = re.sub(pattern, other, paragraph)
    return paragraph


def without_dateline(paragraph: str) -> str:
    """Return a first paragraph without place, date and agency."""
    return paragraph[read_dateline(paragraph).body_start :]


class Story:
    """A wire story with what its file says of it."""

    def __init__(self, path: Path, nth: int) -> None:
        """Read the file; ``nth`` decides its day and which fillers go with it."""
        self.name, self.nth = path.stem, nth
        self._parts = sections(path)
        facts = dict(line.split(": ", 1) for line in self._parts["facts"])
        self.agency, self.part = facts["agency"], facts["part"]
        self._sentences = [line.split("|") for line in self._parts["wire"]]
        self.wire = [" ".join(sentences) for sentences in self._sentences]
        self.start = START + timedelta(days=nth)

    def written(self, section: str) -> list[str]:
        """Return the paragraphs of a section, references to the wire filled in."""
        return [re.sub(r"\{(\d)\.(\d)\}", self._quoted, line) for line in self._parts[section]]

    def _quoted(self, match: re.Match[str]) -> str:
        return self._sentences[int(match[1]) - 1][int(match[2]) - 1]

    def fillers(self, offset: int, number: int) -> list[str]:
        """Return short news that have nothing to do with the story."""
        at = self.nth * 7 + offset
        return [FILLERS[(at + n) % len(FILLERS)] for n in range(number)]

    def article(self, kind: str, outlet: str, hours: float, text: str) -> Article:
        """Return one text of the story as an article."""
        return Article(f"{self.name}-{kind}", outlet, self.start + timedelta(hours=hours), text, self.part)


def blog_frame(kind: str, part: str) -> tuple[str, list[str], list[str]]:
    """Return the outlet of a part's live blogs or newsletters, and the lines before and after the news."""
    for head, lines in sections(FOLDER / "frames.txt").items():
        name, of, outlet = (word.strip() for word in head.split("|"))
        if (name, of) == (kind, part):
            at = lines.index("...")
            return outlet, lines[:at], lines[at + 1 :]
    raise LookupError(kind, part)


def copies(story: Story) -> Iterator[tuple[Article, frozenset[str]]]:
    """Yield the edits of a story's wire text, each with the relations that are right for it."""
    wire, lead = story.wire, without_dateline(story.wire[0])
    same, abridged, extended, embeds = (frozenset({r}) for r in ("same", "abridged", "extended", "embeds"))
    house = [styled(p) for p in [lead, *wire[1:]]]
    yield story.article("furniture", "Daily Lantern", 1, furnished(wire, "Daily Lantern")), same
    yield story.article("style", "Vesper Online", 2, furnished(house, "Vesper Online")), same
    yield story.article("cut", "Northern Star", 3, furnished([lead, *wire[1:4]], "Northern Star")), abridged
    thinned = [" ".join(story._sentences[n][:1]) for n in range(len(wire)) if n != 4]
    yield (
        story.article(
            "thinned", "Harbour Post", 3, furnished([styled(p) for p in [lead, *thinned[1:]]], "Harbour Post")
        ),
        abridged,
    )
    yield story.article("lead", "The Corner", 1, furnished(wire[:2], "The Corner")), abridged
    local = story.written("local")
    yield (
        story.article("extended", "The Lindau Echo", 4, furnished([*wire, *local], "The Lindau Echo")),
        extended,
    )
    yield (
        story.article(
            "local-lead", "Northern Star", 5, furnished([local[0], *house, *local[1:]], "Northern Star")
        ),
        extended,
    )
    rewrite = frozenset({"same", "abridged"})
    yield (
        story.article("rewrite", "Harbour Post", 6, furnished(story.written("rewrite"), "Harbour Post")),
        rewrite,
    )
    outlet, above, below = blog_frame("blog", story.part)
    posts = [*story.fillers(0, 3), *wire[:5], *story.fillers(3, 3)]
    yield story.article("blog", outlet, 7, "\n".join([*above, *posts, *below])), embeds
    items = [*story.fillers(6, 4), *[styled(p) for p in [lead, *wire[1:]]], *story.fillers(10, 5)]
    yield story.article("roundup", "Daily Lantern", 8, furnished(items, "Daily Lantern")), embeds


def newsletter(story: Story) -> Article:
    """Return the day's newsletter, which has nothing of the story."""
    outlet, above, below = blog_frame("newsletter", story.part)
    return story.article("newsletter", outlet, 1, "\n".join([*above, *story.fillers(14, 4), *below]))


def story_pairs(story: Story) -> Iterator[Pair]:
    """Yield the pairs of one story."""
    wire = story.article("wire", story.agency, 0, "\n".join(story.wire))
    update = story.article("update", story.agency, 7, "\n".join(story.written("update")))
    own = story.article("own", "The Lindau Echo", 6, furnished(story.written("own"), "The Lindau Echo"))
    followup = story.article("followup", story.agency, 50, "\n".join(story.written("followup")))
    made = {article.name.partition("-")[2]: (article, relations) for article, relations in copies(story)}
    for kind, (article, relations) in made.items():
        yield Pair(wire, article, kind, relations)
    yield Pair(wire, update, "update", frozenset({"update"}))
    any_relation = frozenset({"same", "abridged", "extended", "embeds", "update"})
    for one, other in (("cut", "extended"), ("style", "rewrite"), ("lead", "blog"), ("furniture", "roundup")):
        yield Pair(made[one][0], made[other][0], f"{one}+{other}", any_relation)
    for one in ("style", "rewrite", "blog"):
        yield Pair(made[one][0], own, f"own report+{one}", NO_RELATION)
    yield Pair(wire, own, "own report", NO_RELATION)
    yield Pair(wire, followup, "follow-up", NO_RELATION)
    yield Pair(update, followup, "follow-up+update", NO_RELATION)


def look_alike_pairs(stories: list[Story]) -> Iterator[Pair]:
    """Yield pairs of live blogs, of newsletters, and of other stories in one outlet's furniture."""
    for one, other in combinations(stories, 2):
        if one.part != other.part:
            continue
        mine, its = ({a.name.partition("-")[2]: a for a, _ in copies(s)} for s in (one, other))
        if other.nth - one.nth == 1:
            yield Pair(mine["blog"], its["blog"], "live blogs", NO_RELATION)
            yield Pair(newsletter(one), newsletter(other), "newsletters", NO_RELATION)
            yield Pair(mine["lead"], newsletter(other), "newsletter+lead", NO_RELATION)
            yield Pair(mine["lead"], its["lead"], "furniture of briefs", NO_RELATION)
            yield Pair(mine["rewrite"], its["thinned"], "furniture in common", NO_RELATION)


def series_pairs() -> Iterator[Pair]:
    """Yield pairs of bulletins: issues of one series, and an issue with its copy elsewhere."""
    for head, lines in sections(FOLDER / "series.txt").items():
        name, part, outlet, step = (word.strip() for word in head.split("|"))
        template = [line for line in lines if not re.match(r"\w+=", line)]
        issues = []
        for nth, line in enumerate(line for line in lines if re.match(r"\w+=", line)):
            values = dict(re.findall(r"(\w+)=(.*?)(?=\s\w+=|$)", line))
            at = START + timedelta(days=nth * (7 if step == "week" else 1), hours=2)
            text = "\n".join(p.format(**values) for p in template)
            issues.append(Article(f"{name}-{nth + 1}", outlet, at, text, part))
        for one, other in combinations(issues, 2):
            yield Pair(one, other, "bulletins", NO_RELATION)
        second = issues[1]
        text = furnished([styled(p) for p in second.text.splitlines()], "Northern Star")
        copy = Article(f"{name}-copy", "Northern Star", second.at + timedelta(hours=2), text, part)
        yield Pair(second, copy, "bulletin's copy", frozenset({"same"}))
        yield Pair(issues[0], copy, "bulletin elsewhere", NO_RELATION)


def unspaced_pairs() -> Iterator[Pair]:
    """Yield pairs of texts in scripts without spaces between words."""
    for nth, (head, lines) in enumerate(sections(FOLDER / "unspaced.txt").items()):
        code, part = (word.strip() for word in head.split("|"))
        texts = dict(line.split("=", 1) for line in lines)
        day = START + timedelta(days=nth)
        wire = Article(f"{code}-wire", f"Agency {code}", day, texts["wire"], part)
        half = texts["wire"][: len(texts["wire"]) // 2]
        edits = (("cut", half, frozenset({"abridged"})), ("rewrite", texts["rewrite"], frozenset({"same", "abridged"})),
                 ("own", texts["own"], NO_RELATION))  # fmt: skip
        for hours, (kind, text, relations) in enumerate(edits, 1):
            article = Article(
                f"{code}-{kind}", f"Paper {code} {kind}", day + timedelta(hours=hours), text, part
            )
            yield Pair(wire, article, f"{kind} unspaced", relations)
        issues = [Article(f"{code}-{b}", f"Bulletin {code}", day + timedelta(days=n), texts[b], part)
                  for n, b in enumerate(("b1", "b2"))]  # fmt: skip
        yield Pair(issues[0], issues[1], "bulletins unspaced", NO_RELATION)


def all_pairs() -> list[Pair]:
    """Return the whole set, always in the same order."""
    stories = [Story(path, nth) for nth, path in enumerate(sorted((FOLDER / "stories").glob("*.txt")))]
    stories.sort(key=lambda s: s.part != "tuned")
    for nth, story in enumerate(stories):
        story.nth, story.start = nth, START + timedelta(days=nth)
    made = [pair for story in stories for pair in story_pairs(story)]
    return [*made, *look_alike_pairs(stories), *series_pairs(), *unspaced_pairs()]
