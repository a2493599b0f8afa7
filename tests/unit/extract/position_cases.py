# ruff: noqa: E501 - one case a line reads better than a folded one
"""Short texts of our own about unlike stories, with small codebooks: what must and must not be read in them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from newsledger.extract.language.text import load_model, parse
from newsledger.extract.positions.reader import extract_positions
from schemas.codebook import Codebook
from schemas.document import DateSource, Document
from schemas.position import Position, Refusal

DAY = date(2031, 3, 14)  # a Friday


def document_of(text: str) -> Document:
    """Return a document that holds a text."""
    instant = datetime(2031, 3, 14, 9, tzinfo=UTC)
    return Document(
        document_id="d0123456789abcdef", key="file:x", url=None, canonical_url=None, outlet="The Harbour Post",
        title="", byline="", agency=None, dateline=None, language="en", published_at=instant,
        published_at_source=DateSource.FILE, published_at_precision="day", first_seen_at=instant, version=1,
        text=text, text_sha256="", word_count=len(text.split()), source_path="x.txt", feed_id=None, sketch=(),
    )  # fmt: skip


def codebook_of(story: str, actors: dict[str, Any], issues: dict[str, Any]) -> Codebook:
    """Return a codebook with the given actors and issues."""
    return Codebook.model_validate(
        {
            "story": story,
            "title": story,
            "version": "1",
            "match": {"any": ["x"]},
            "actors": actors,
            "issues": issues,
        }
    )


def read(codebook: Codebook, text: str) -> tuple[list[Position], list[Refusal]]:
    """Return the positions and refusals of a text; every evidence is checked to be verbatim."""
    found, refused = extract_positions(document_of(text), codebook, parse(text, load_model()), day=DAY)
    for position in found:
        assert text[position.evidence_start : position.evidence_end] == position.evidence
    return found, refused


def stances(codebook: Codebook, text: str) -> set[tuple[str, str, str]]:
    """Return (actor, issue, stance) of every position in a text."""
    return {(p.actor, p.issue, p.stance.value) for p in read(codebook, text)[0]}


STRIKE = codebook_of(
    "dock-strike",
    {
        "dockers": {"name": "Dockers' Union", "kind": "organisation", "aliases": ["the dockers", "DU"],
                    "descriptions": ["the union"], "adjectives": ["union"]},
        "port": {"name": "Havenport Authority", "kind": "organisation", "aliases": ["Havenport"],
                 "descriptions": ["the authority", "the employer", "management"]},
        "mara-lindqvist": {"name": "Mara Lindqvist", "speaks_for": "dockers"},
        "tomas-okoro": {"name": "Tomas Okoro", "speaks_for": "port"},
        "government": {"name": "the government", "kind": "organisation", "aliases": ["ministers"]},
    },
    {
        "pay-rise": {"proposition": "Dockers get the pay rise", "topics": ["pay rise", "wage increase", "raise * wages", "higher pay"],
                     "contrary": ["pay freeze", "wage cut"]},
        "strike": {"proposition": "The strike goes on", "topics": ["strike", "walkout", "stoppage", "industrial action"],
                   "contrary": ["return to work", "go back to work"]},
        "automation": {"proposition": "Cranes are automated", "topics": ["automation", "automated cranes", "automate * cranes"]},
    },
)  # fmt: skip

BUDGET = codebook_of(
    "budget-fight",
    {
        "greens": {"name": "Green Alliance", "kind": "organisation", "aliases": ["the Greens"], "adjectives": ["Green"]},
        "liberals": {"name": "Liberal Party", "kind": "organisation", "aliases": ["the Liberals"], "adjectives": ["Liberal"]},
        "finance-ministry": {"name": "Finance Ministry", "kind": "organisation", "descriptions": ["the ministry"]},
        "irena-voss": {"name": "Irena Voss", "speaks_for": "finance-ministry", "own_voice": True},
        "paul-desta": {"name": "Paul Desta", "own_voice": True},
    },
    {
        "fuel-tax": {"proposition": "The fuel tax is raised", "topics": ["fuel tax", "fuel duty", "petrol tax"]},
        "budget": {"proposition": "The budget is adopted", "topics": ["budget", "spending plan", "budget bill"]},
        "cuts": {"proposition": "Spending on schools is cut", "topics": ["school cuts", "cuts to schools", "cut * school funding"]},
    },
)  # fmt: skip

MERGER = codebook_of(
    "merger",
    {
        "norvik": {"name": "Norvik", "kind": "organisation", "descriptions": ["the airline", "the carrier"]},
        "skyline": {"name": "Skyline Air", "kind": "organisation", "aliases": ["Skyline"]},
        "regulator": {"name": "Competition Commission", "kind": "organisation", "descriptions": ["the regulator", "the commission"]},
        "helga-brandt": {"name": "Helga Brandt", "speaks_for": "norvik"},
    },
    {
        "merger": {"proposition": "The airlines merge", "topics": ["merger", "takeover", "tie-up", "deal"]},
        "slots": {"proposition": "Airport slots are sold", "topics": ["sale of slots", "sell * slots", "divest* * slots", "give up * slots"]},
    },
)  # fmt: skip

COURT = codebook_of(
    "court",
    {
        "prosecutors": {"name": "the prosecution", "kind": "group", "aliases": ["prosecutors"]},
        "defence": {"name": "the defence", "kind": "group", "aliases": ["defence lawyers"]},
        "lena-hart": {"name": "Lena Hart", "own_voice": True},
        "court": {"name": "Supreme Court", "kind": "organisation", "descriptions": ["the court"]},
    },
    {
        "bail": {"proposition": "The accused is released on bail", "topics": ["bail", "release on bail"], "contrary": ["detention", "custody"]},
        "guilt": {"proposition": "The accused took bribes", "topics": ["bribery", "taking bribes", "took bribes"]},
        "appeal": {"proposition": "The verdict is overturned", "topics": ["overturn * verdict", "quash * verdict"], "contrary": ["verdict"]},
    },
)  # fmt: skip

CLIMATE = codebook_of(
    "climate",
    {
        "islands": {"name": "Island States", "kind": "group", "aliases": ["the islands"], "adjectives": ["island"]},
        "brazil": {"name": "Brazil", "kind": "country", "adjectives": ["Brazilian"]},
        "india": {"name": "India", "kind": "country", "aliases": ["New Delhi"], "adjectives": ["Indian"]},
        "saudi": {"name": "Saudi Arabia", "kind": "country", "aliases": ["Riyadh"], "adjectives": ["Saudi"]},
        "eu": {"name": "European Union", "kind": "organisation", "aliases": ["EU", "Brussels"], "adjectives": ["EU", "European"]},
    },
    {
        "phase-out": {"proposition": "Fossil fuels are phased out", "topics": ["phase out fossil fuels", "fossil fuel phase-out", "phase-out of coal", "phase out coal", "end to fossil fuels"]},
        "fund": {"proposition": "Rich countries pay for loss and damage", "topics": ["loss and damage fund", "damage fund", "climate fund"]},
    },
)  # fmt: skip

PEACE = codebook_of(
    "hills-talks",
    {
        "veria": {"name": "Veria", "kind": "country", "adjectives": ["Verian"]},
        "hill-front": {"name": "Hill Front", "kind": "organisation", "descriptions": ["the rebels", "the group", "the movement"], "adjectives": ["rebel"]},
        "anton-reyes": {"name": "Anton Reyes", "speaks_for": "veria", "own_voice": True, "descriptions": ["the president"]},
        "dita-moro": {"name": "Dita Moro", "speaks_for": "hill-front"},
    },
    {
        "truce": {"proposition": "The fighting stops", "topics": ["truce", "ceasefire", "end the war", "end of the war"], "contrary": ["offensive", "shelling", "keep fighting"]},
        "amnesty": {"proposition": "Fighters get an amnesty", "topics": ["amnesty", "pardon"]},
        "observers": {"proposition": "Foreign observers are let in", "topics": ["observers", "monitors"]},
    },
)  # fmt: skip

PLANT = codebook_of("plant", {
 "union": {"name":"Metal Workers Union","kind":"organisation","aliases":["MWU"],"descriptions":["the union"],"adjectives":["union"]},
 "company": {"name":"Corvane Steel","kind":"organisation","aliases":["Corvane"],"descriptions":["the company","the firm","the steelmaker"]},
 "holt": {"name":"Dagny Holt","kind":"person","speaks_for":"company"},
 "pence": {"name":"Rufus Pence","kind":"person","speaks_for":"union"},
 "government": {"name":"the government","kind":"organisation","aliases":["ministers","Government"]},
 "ostby": {"name":"Lena Ostby","kind":"person","own_voice":True,"descriptions":["the mayor"]},
 "council": {"name":"Aldemar Council","kind":"organisation","aliases":["the council"]},
 "greens": {"name":"Green List","kind":"organisation","aliases":["the Greens"]},
 "un-probe": {"name":"UN probe","kind":"organisation","aliases":["UN"]},
},{
 "job-cuts": {"proposition":"The job cuts go ahead","topics":["job cuts","cut * jobs","redundancies","layoffs"]},
 "strike": {"proposition":"The strike goes on","topics":["strike","walkout"],"contrary":["suspend * strike","call off * strike","return to work"]},
 "inquiry": {"proposition":"An independent inquiry is held","topics":["independent inquiry","public inquiry","inquiry"]},
 "vote": {"proposition":"A vote is held","topics":["ballot","vote on the offer","a vote"]},
 "merger": {"proposition":"The merger goes ahead","topics":["merger","takeover"]},
 "border": {"proposition":"The border reopens","topics":["reopen* the border","reopening of the border","border reopening"]},
 "taxes": {"proposition":"Taxes go up","topics":["new taxes","tax rise","wealth tax"]},
 "pay": {"proposition":"The pay offer is taken","topics":["pay offer"]},
 "school": {"proposition":"The schools close","topics":["close* * schools","school closures","close * schools"]},
})  # fmt: skip
