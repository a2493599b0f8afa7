"""An invented day of invented outlets, with every kind of change, for the tests of the publish room.

Nothing in it is real: the Tarn valley floods and the dock strike of Port Alder happened nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pyarrow as pa

from schemas.audit import Check
from schemas.edition import (
    AttendanceRow,
    Disagreement,
    DocumentRow,
    Edition,
    FigureChange,
    HeldRow,
    OutcomeCount,
    OutletRow,
    PositionChange,
    ReadingRow,
    Side,
    StanceSide,
    StandRow,
    StoryHead,
)
from schemas.reading import Quote

DAY = date(2031, 3, 14)
BEFORE = date(2031, 3, 13)
FLOODS, STRIKE = "tarn-floods", "alder-strike"


@dataclass(frozen=True)
class Article:
    """An invented article with the text its quotes are cut from."""

    key: str
    outlet: str | None
    title: str
    text: str
    published_at: str | None
    precision: str = "second"
    source: str = "json-ld"
    agency: str | None = None
    dateline: str | None = None
    language: str | None = "en"
    has_page: bool = True
    reprint_of: str | None = None
    relation: str | None = None
    version: int = 1

    @property
    def url(self) -> str | None:
        slug = self.title.lower().replace(" ", "-").replace("’", "")
        return f"https://{self.key}.example/news/{slug}" if self.has_page else None


ARTICLES = {
    article.key: article
    for article in (
        Article(
            "courier",
            "Valley Courier",
            "Toll in Tarn floods climbs as river falls",
            "Toll in Tarn floods climbs as river falls\n"
            "ALDERSUND (Norvia Press) — The floods in the Tarn valley have killed at least 1,183 people, the "
            "civil protection agency said on Friday, and about 40% of homes in the upper valley are without "
            "power.\nRescuers said 48 people are still missing in Aldersund, where the old bridge gave "
            "way on "
            "Monday night. Some 12,400 people are sleeping in schools and sports halls, down from 15,000 on "
            "Thursday.\n“We will not reopen the lower sluice until every family is out,” governor Ilse Marn "
            "told reporters.\nThe government has promised $1.2 billion for repairs.",
            "2031-03-14T06:40:00+01:00",
            agency="Norvia Press",
            dateline="ALDERSUND",
        ),
        Article(
            "lakeside",
            "Lakeside Tribune",
            "Missing in Aldersund put at 47",
            "Missing in Aldersund put at 47\nThe fire brigade of Aldersund counted 47 missing people "
            "on Friday "
            "morning, one fewer than the civil protection agency. Nearly 170 bridges are damaged, "
            "according to "
            "the roads office, which had never given a number before.\nThe death toll stands at 1,138 after "
            "officials in Hallen twice counted one village, the paper said in a correction of its report on "
            "Thursday.\nThe Valley Farmers’ League said it would accept the reopening of the lower sluice if "
            "the state pays for lost cattle.",
            "2031-03-14T08:15:00+01:00",
        ),
        Article(
            "harbour",
            "Harbour Gazette",
            "Dockers reject night shifts",
            "Dockers reject night shifts\nPORT ALDER — The dockers’ union threw out the port "
            "authority’s plan "
            "for night shifts on Friday. “There will be no night shifts, with or without a bonus,” said its "
            "chair, Tomas Reuel.\nBetween 10 and 15 ships are waiting outside the harbour, the pilots’ "
            "office "
            "said. The port authority dropped its demand for a no-strike pledge and now backs arbitration.\n"
            "Shipowners’ association delegate Anna Vey arrived in Port Alder for Saturday’s round, which "
            "mediator Per Olin is to chair.",
            "2031-03-14T11:05:00+01:00",
            dateline="PORT ALDER",
        ),
        Article(
            "evening",
            "Evening Dispatch",
            "Floods: what we know",
            "Floods: what we know\nThe floods in the Tarn valley have killed at least 1,183 people, "
            "the civil "
            "protection agency said on Friday. Rescuers said 48 people are still missing in Aldersund.",
            "2031-03-14T00:00:00+01:00",
            precision="day",
            source="text",
            agency="Norvia Press",
            has_page=False,
            reprint_of="courier",
            relation="abridged",
        ),
        Article(
            "radio",
            "Radio Norvia",
            "Le port d’Alder toujours bloqué",
            "Le port d’Alder toujours bloqué\nL’armateur Vey accepte l’arbitrage, selon la radio. "
            "Tens of thousands of containers are stranded, the shipowners’ association said; the state’s "
            "mediator spoke of 3,800 workers on strike.",
            "2031-03-14T17:30:00+01:00",
            language="fr",
            version=2,
        ),
        Article(
            "leaflet",
            None,
            "Union leaflet",
            "Union leaflet\nWe back arbitration only if the dismissed crane drivers return to work first.",
            None,
            precision="unknown",
            source="unknown",
            has_page=False,
        ),
        Article(
            "yesterday",
            "Valley Courier",
            "More than a thousand dead in Tarn floods",
            "More than a thousand dead in Tarn floods\nMore than 1,000 people have died in the floods, "
            "the civil "
            "protection agency said. It put the missing in Aldersund at 48. About 15,000 people are in "
            "emergency "
            "housing, and 30% of homes lack power. The death toll stands at 1,318, a reporter in "
            "Hallen counted. "
            "Governor Ilse Marn said the lower sluice could reopen if the dam inspectors agree. Some 3,500 "
            "workers are on strike, the mediator said. The union would talk about night shifts if the "
            "bonus is "
            "doubled. The farmers’ league wants the sluice reopened at once. The port authority backs "
            "arbitration if the union signs a no-strike pledge. Two dykes broke.",
            "2031-03-13T19:20:00+01:00",
        ),
    )
}


def quote(
    key: str,
    evidence: str,
    value: float | None = None,
    qualifier: str | None = None,
    attributed_to: str | None = None,
) -> Quote:
    """Return a quote cut from an article, so that its offsets hold."""
    article = ARTICLES[key]
    start = article.text.index(evidence)
    end = start + len(evidence)
    return Quote(
        record_id=f"f-{key}-{start}",
        document_id=f"d-{key}",
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        source_path=None if article.has_page else f"inbox/{key}.txt",
        published_at=article.published_at,
        evidence=evidence,
        evidence_start=start,
        evidence_end=end,
        before=article.text[max(0, start - 160) : start],
        after=article.text[end : end + 160],
        value=value,
        qualifier=qualifier if value is not None else None,
        attributed_to=attributed_to,
        is_reprint=article.reprint_of is not None,
        published_at_precision=article.precision,
    )


def side(
    quotes: Sequence[Quote],
    value: float,
    qualifier: str = "exact",
    low: float | None = None,
    high: float | None = None,
) -> Side:
    """Return a figure's side; an exact one asserts its value."""
    ends = (value, value) if qualifier == "exact" else (low, high)
    return Side(
        value, *ends, qualifier, len([q for q in quotes if not q.is_reprint]), _outlets(quotes), tuple(quotes)
    )


def stance(quotes: Sequence[Quote], name: str, condition: str | None = None) -> StanceSide:
    """Return a position's side."""
    return StanceSide(name, condition, len(quotes), _outlets(quotes), tuple(quotes))


def _outlets(quotes: Sequence[Quote]) -> tuple[str, ...]:
    return tuple(sorted({q.outlet for q in quotes if q.outlet}))


_AGENCY = "the civil protection agency"
KILLED = side(
    [
        quote("courier", "killed at least 1,183 people", 1183, "at_least", _AGENCY),
        quote("evening", "killed at least 1,183 people", 1183, "at_least", _AGENCY),
    ],
    1183,
    "at_least",
    1183,
)
KILLED_BEFORE = side(
    [quote("yesterday", "More than 1,000 people have died", 1000, "more_than", _AGENCY)],
    1000,
    "more_than",
    1000,
)
MISSING = side(
    [
        quote("courier", "48 people are still missing", 48, "exact", "rescuers"),
        quote("evening", "48 people are still missing", 48, "exact", "rescuers"),
    ],
    48,
)
MISSING_OTHER = side([quote("lakeside", "counted 47 missing people", 47, "exact", "the fire brigade")], 47)
MISSING_BEFORE = side([quote("yesterday", "put the missing in Aldersund at 48", 48, "exact")], 48)
SHELTERED = side([quote("courier", "Some 12,400 people", 12400, "about")], 12400, "about", 11780, 13020)
SHELTERED_BEFORE = side(
    [quote("yesterday", "About 15,000 people", 15000, "about")], 15000, "about", 14250, 15750
)
POWER = side([quote("courier", "about 40% of homes", 0.4, "about")], 0.4, "about", 0.38, 0.42)
POWER_BEFORE = side([quote("yesterday", "30% of homes lack power", 0.3)], 0.3)
BRIDGES = side(
    [quote("lakeside", "Nearly 170 bridges", 170, "nearly", "the roads office")], 170, "nearly", None, 170
)
HALLEN = side([quote("lakeside", "The death toll stands at 1,138", 1138)], 1138)
HALLEN_BEFORE = side([quote("yesterday", "The death toll stands at 1,318", 1318)], 1318)
DYKES_BEFORE = side([quote("yesterday", "Two dykes broke", 2)], 2)
MONEY = side([quote("courier", "$1.2 billion for repairs", 1.2e9)], 1.2e9)
SHIPS = side([quote("harbour", "Between 10 and 15 ships", 10, "range")], 10, "range", 10, 15)
STRIKERS = side([quote("radio", "3,800 workers on strike", 3800, "exact", "the state’s mediator")], 3800)
STRIKERS_BEFORE = side([quote("yesterday", "Some 3,500 workers", 3500, "about")], 3500, "about", 3325, 3675)
BOXES = side(
    [quote("radio", "Tens of thousands of containers", 10000, "vague")], 10000, "vague", 10000, 99999
)


def _figure(
    kind: str,
    indicator: str,
    label: str,
    before: Side | None,
    after: Side | None,
    severity: float,
    *,
    story: str = FLOODS,
    unit: str = "person",
    against: tuple[Side, ...] = (),
) -> FigureChange:
    return FigureChange(
        change_id=f"c-{kind}-{indicator}",
        story=story,
        indicator=indicator,
        label=label,
        unit=unit,
        kind=kind,
        previous_day=BEFORE if before else None,
        before=before,
        after=after,
        against=against,
        severity=severity,
    )


FIGURE_CHANGES = (
    _figure("refined", "killed", "People killed by the floods", KILLED_BEFORE, KILLED, 0.84),
    _figure(
        "disputed",
        "missing",
        "People missing in Aldersund",
        MISSING_BEFORE,
        MISSING,
        0.72,
        against=(MISSING_OTHER,),
    ),
    _figure("fall", "sheltered", "People in emergency housing", SHELTERED_BEFORE, SHELTERED, 0.4),
    _figure("rise", "without-power", "Homes without power", POWER_BEFORE, POWER, 0.38, unit="share"),
    _figure("new", "bridges-damaged", "Bridges damaged", None, BRIDGES, 0.3, unit="count"),
    _figure("corrected", "killed-hallen", "People killed in Hallen", HALLEN_BEFORE, HALLEN, 0.66),
    _figure("dropped", "dykes-broken", "Dykes broken", DYKES_BEFORE, None, 0.05, unit="count"),
    _figure("settled", "strikers", "Dockers on strike", STRIKERS_BEFORE, STRIKERS, 0.2, story=STRIKE),
)

MARN = "“We will not reopen the lower sluice until every family is out,”"
LEAGUE = "it would accept the reopening of the lower sluice if the state pays for lost cattle"
UNION = "“There will be no night shifts, with or without a bonus,”"
PORT = "The port authority dropped its demand for a no-strike pledge and now backs arbitration."
SLUICE = "The lower sluice reopens"
NIGHTS = "The port works night shifts"
ARBITRATION = "An arbitrator decides the dispute"
LEAFLET = "We back arbitration only if the dismissed crane drivers return to work first"


def _position(
    kind: str,
    actor: tuple[str, str],
    issue: tuple[str, str],
    before: StanceSide | None,
    after: StanceSide,
    severity: float,
    *,
    story: str = STRIKE,
    against: tuple[StanceSide, ...] = (),
) -> PositionChange:
    return PositionChange(
        change_id=f"p-{kind}-{actor[0]}",
        story=story,
        actor=actor[0],
        actor_name=actor[1],
        issue=issue[0],
        proposition=issue[1],
        kind=kind,
        previous_day=BEFORE if before else None,
        before=before,
        after=after,
        against=against,
        severity=severity,
    )


POSITION_CHANGES = (
    _position(
        "shifted",
        ("dockers-union", "Dockers’ union"),
        ("night-shifts", NIGHTS),
        stance(
            [quote("yesterday", "The union would talk about night shifts if the bonus is doubled")],
            "conditional",
            "if the bonus is doubled",
        ),
        stance([quote("harbour", UNION, attributed_to="Tomas Reuel")], "opposes"),
        0.9,
    ),
    _position(
        "conditioned",
        ("farmers-league", "Valley Farmers’ League"),
        ("sluice", SLUICE),
        stance([quote("yesterday", "The farmers’ league wants the sluice reopened at once")], "supports"),
        stance([quote("lakeside", LEAGUE)], "conditional", "if the state pays for lost cattle"),
        0.5,
        story=FLOODS,
    ),
    _position(
        "unconditioned",
        ("port-authority", "Port authority"),
        ("arbitration", ARBITRATION),
        stance(
            [
                quote(
                    "yesterday", "The port authority backs arbitration if the union signs a no-strike pledge"
                )
            ],
            "conditional",
            "if the union signs a no-strike pledge",
        ),
        stance([quote("harbour", PORT)], "supports"),
        0.55,
    ),
    _position(
        "settled",
        ("ilse-marn", "Ilse Marn"),
        ("sluice", SLUICE),
        stance(
            [quote("yesterday", "the lower sluice could reopen if the dam inspectors agree")],
            "conditional",
            "if the dam inspectors agree",
        ),
        stance([quote("courier", MARN, attributed_to="Ilse Marn")], "opposes"),
        0.45,
        story=FLOODS,
    ),
    _position(
        "new",
        ("dockers", "Dockers of the leaflet"),
        ("arbitration", ARBITRATION),
        None,
        stance(
            [quote("leaflet", LEAFLET)], "conditional", "if the dismissed crane drivers return to work first"
        ),
        0.35,
    ),
    _position(
        "disputed",
        ("shipowners", "Shipowners’ association"),
        ("arbitration", ARBITRATION),
        None,
        stance([quote("radio", "L’armateur Vey accepte l’arbitrage")], "supports"),
        0.6,
        against=(stance([quote("harbour", "Shipowners’ association delegate Anna Vey")], "opposes"),),
    ),
)


def documents() -> tuple[DocumentRow, ...]:
    """Return the day's sources (the one of the day before is not among them)."""
    return tuple(
        DocumentRow(
            document_id=f"d-{a.key}",
            version=a.version,
            outlet=a.outlet,
            title=a.title,
            url=a.url,
            source_path=None if a.has_page else f"inbox/{a.key}.txt",
            published_at=a.published_at,
            published_at_source=a.source,
            published_at_precision=a.precision,
            agency=a.agency,
            dateline=a.dateline,
            language=a.language,
            word_count=len(a.text.split()),
            reprint_of=f"d-{a.reprint_of}" if a.reprint_of else None,
            reprint_relation=a.relation,
            figures=3,
            positions=1,
        )
        for a in ARTICLES.values()
        if a.key != "yesterday"
    )


def checks() -> tuple[Check, ...]:
    """Return an audit in which one expectation held rows back and one warns."""
    return (
        Check("documents", "text_not_empty", "text", "critical", True, 6, 0, "", "every document has a text"),
        Check(
            "figures",
            "evidence_is_verbatim",
            "evidence",
            "critical",
            True,
            18,
            0,
            "",
            "the evidence stands at its offsets",
        ),
        Check(
            "figures",
            "no_digits_exchanged",
            "value",
            "row",
            False,
            18,
            1,
            "f-courier-94",
            "no value is another value of the same document with two digits exchanged",
        ),
        Check(
            "documents",
            "is_dated",
            "published_at",
            "warning",
            False,
            6,
            1,
            "d-leaflet",
            "every document has a publication day",
        ),
    )


HELD = (
    HeldRow(
        FLOODS,
        "figure",
        "no_digits_exchanged",
        "1,138 is 1,183 of the same day with two digits exchanged: probably a slip of the keyboard",
        "People killed by the floods",
        quote("lakeside", "The death toll stands at 1,138", 1138, "exact"),
    ),
    HeldRow(
        "",
        "document",
        "is_dated",
        "no publication day could be read: inbox/leaflet.txt",
        "Union leaflet",
        None,
    ),
)

ATTENDANCE = (
    AttendanceRow(
        STRIKE,
        "anna-vey",
        "Anna Vey",
        "delegate",
        "Shipowners’ association",
        "arrived",
        "Port Alder",
        quote("harbour", "Shipowners’ association delegate Anna Vey arrived in Port Alder"),
    ),
    AttendanceRow(
        STRIKE,
        None,
        "Per Olin",
        "mediator",
        None,
        "expected",
        None,
        quote("harbour", "mediator Per Olin is to chair"),
    ),
)


def sample_edition(revision: int = 1, revised_because: str = "") -> Edition:
    """Return the invented day."""
    readings = [
        ReadingRow(c.story, c.indicator, c.label, c.unit, c.after, c.kind == "disputed")
        for c in FIGURE_CHANGES
        if c.after is not None
    ]
    readings += [
        ReadingRow(FLOODS, "repair-money", "Money promised for repairs", "USD", MONEY, False),
        ReadingRow(STRIKE, "ships-waiting", "Ships waiting", "count", SHIPS, False),
        ReadingRow(STRIKE, "containers", "Containers stranded", "count", BOXES, False),
    ]
    stands = [
        StandRow(c.story, c.actor, c.actor_name, c.issue, c.proposition, c.after, c.kind == "disputed")
        for c in POSITION_CHANGES
    ]
    shipowners = POSITION_CHANGES[-1]
    return Edition(
        day=DAY,
        revision=revision,
        revised_because=revised_because,
        previous_day=BEFORE,
        next_day=None,
        run_id="20310314T170000Z-4f1d",
        published_at=datetime(2031, 3, 14, 17, 0, tzinfo=UTC),
        data_as_of="2031-03-14T16:30:00+00:00",
        feeds_polled=5,
        feeds_failed=1,
        stories=(
            StoryHead(FLOODS, "Floods in the Tarn valley", "Europe/Oslo", "1 (5f0c1a)"),
            StoryHead(STRIKE, "Dock strike at Port Alder", "Europe/Oslo", "3 (90ab77)"),
        ),
        figure_changes=FIGURE_CHANGES,
        position_changes=POSITION_CHANGES,
        disagreements=(
            Disagreement(
                FLOODS,
                "figure",
                "missing",
                "People missing in Aldersund",
                "person",
                (MISSING, MISSING_OTHER),
                (),
            ),
            Disagreement(
                STRIKE,
                "position",
                "shipowners/arbitration",
                f"Shipowners’ association: {ARBITRATION}",
                "",
                (),
                (shipowners.after, *shipowners.against),
            ),
        ),
        readings=tuple(readings),
        stands=tuple(stands),
        held=HELD,
        attendance=ATTENDANCE,
        outlets=(
            OutletRow("Evening Dispatch", 1, 1, 2, 0, 0, 0),
            OutletRow("Harbour Gazette", 1, 0, 3, 2, 0, 0),
            OutletRow("Lakeside Tribune", 1, 0, 3, 1, 1, 0),
            OutletRow("Radio Norvia", 1, 0, 2, 1, 0, 2),
            OutletRow("Valley Courier", 1, 0, 5, 1, 0, 0),
        ),
        documents=documents(),
        outcomes=(
            OutcomeCount("stored", "", 5),
            OutcomeCount("new version", "", 1),
            OutcomeCount("reprint", "abridged", 1),
            OutcomeCount("not an article", "teaser page", 1),
            OutcomeCount("failed", "http 404", 1),
            OutcomeCount("failed", "timeout", 1),
        ),
        checks=checks(),
    )


def sample_tables() -> dict[str, pa.Table]:
    """Return small tables of figures and positions with the awkward values real ones have."""
    figures = pa.table(
        {
            "figure_id": ["f-1", "f-2", "f-3"],
            "value": pa.array([1183.0, 48.0, 0.4]),
            "value_high": pa.array([None, 48.0, 0.42]),
            "counted": ["people", "", 'homes, mostly "old"\nones\r'],
            "is_latest": [True, True, False],
            "as_of": pa.array([DAY, None, BEFORE]),
            "seen_at": pa.array([datetime(2031, 3, 14, 6, tzinfo=UTC)] * 3, pa.timestamp("us", "UTC")),
            "evidence": ["killed at least 1,183 people", "48 people", "ابقَ “هنا”"],
        }
    )
    positions = pa.table(
        {"position_id": ["p-1"], "stance": ["opposes"], "stories": pa.array([[FLOODS, STRIKE]])}
    )
    return {"figures": figures, "positions": positions}
