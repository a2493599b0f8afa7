# ruff: noqa: E501 - an article's sentences read better whole
"""Short articles of our own on four unlike stories, with their stances labelled before they were first read.

What the reader missed in ``HELD_OUT`` was never looked at before the rules were final, in contrast to ``TUNED``.
The author of the articles also wrote the rules, so both flatter: real coverage by strangers is harder.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.codebook import Codebook
from tests.unit.extract.position_cases import codebook_of

Stances = frozenset[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its story's codebook, its text and the stances a careful reader finds."""

    name: str
    codebook: Codebook
    text: str
    gold: Stances


def _gold(text: str) -> Stances:
    """Return (actor, issue, stance) of lines "actor issue stance"."""
    rows = [line.split() for line in text.strip().splitlines()]
    return frozenset((actor, issue, stance) for actor, issue, stance in rows)


AIRPORT = codebook_of("airport", {
    "airport": {"name": "Brenlow Airport", "kind": "organisation", "aliases": ["Brenlow"], "descriptions": ["the airport", "the operator"]},
    "council": {"name": "Tarn Valley Council", "kind": "organisation", "aliases": ["Tarn Valley"], "descriptions": ["the council"]},
    "residents": {"name": "Quiet Skies", "kind": "organisation", "descriptions": ["the residents' group", "the campaigners"]},
    "airline": {"name": "Fennair", "kind": "organisation", "descriptions": ["the airline", "the carrier"]},
    "ida-morrow": {"name": "Ida Morrow", "kind": "person", "speaks_for": "airport"},
    "piers-lund": {"name": "Piers Lund", "kind": "person", "speaks_for": "residents"},
    "greta-voll": {"name": "Greta Voll", "kind": "person", "own_voice": True, "descriptions": ["the transport minister"]},
}, {
    "night-ban": {"proposition": "Night flights are banned", "topics": ["night flight ban", "ban on night flights", "night-time ban", "ban night flights"]},
    "runway": {"proposition": "A second runway is built", "topics": ["second runway", "new runway", "runway expansion"]},
    "levy": {"proposition": "Airlines pay a noise levy", "topics": ["noise levy", "noise charge"]},
})  # fmt: skip
FEVER = codebook_of("fever", {
    "ministry": {"name": "Health Ministry", "kind": "organisation", "aliases": ["the Ministry of Health"], "descriptions": ["the ministry"]},
    "teachers": {"name": "National Teachers' League", "kind": "organisation", "aliases": ["the Teachers' League"], "descriptions": ["the league", "the teachers' union"]},
    "doctors": {"name": "Medical Chamber", "kind": "organisation", "descriptions": ["the chamber"]},
    "opposition": {"name": "Reform Party", "kind": "organisation", "descriptions": ["the opposition"]},
    "odile-marsh": {"name": "Odile Marsh", "kind": "person", "speaks_for": "ministry", "descriptions": ["the health minister"]},
    "bram-teller": {"name": "Bram Teller", "kind": "person", "speaks_for": "teachers"},
    "nils-arden": {"name": "Nils Arden", "kind": "person", "speaks_for": "opposition"},
}, {
    "mandate": {"proposition": "Vaccination becomes compulsory", "topics": ["compulsory vaccination", "vaccine mandate", "mandatory vaccination", "mandatory jabs"]},
    "closure": {"proposition": "Schools close", "topics": ["school closures", "closure of schools", "close schools", "closing schools"], "contrary": ["reopening of schools", "reopen schools", "reopening schools"]},
    "border": {"proposition": "The border is shut", "topics": ["border closure", "close the border", "shut the border"], "contrary": ["reopen the border"]},
})  # fmt: skip
RECOUNT = codebook_of("recount", {
    "commission": {"name": "Electoral Commission", "kind": "organisation", "descriptions": ["the commission"]},
    "unity": {"name": "Unity Bloc", "kind": "organisation", "descriptions": ["the bloc"]},
    "harvest": {"name": "Harvest Party", "kind": "organisation", "aliases": ["Harvest"]},
    "observers": {"name": "Regional Observer Mission", "kind": "organisation", "descriptions": ["the mission"]},
    "ana-duarte": {"name": "Ana Duarte", "kind": "person", "speaks_for": "unity"},
    "jon-pell": {"name": "Jon Pell", "kind": "person", "speaks_for": "harvest"},
    "rosa-hime": {"name": "Rosa Hime", "kind": "person", "speaks_for": "commission"},
}, {
    "recount": {"proposition": "The votes are counted again", "topics": ["recount", "count the votes again", "recount of the votes"]},
    "rerun": {"proposition": "The election is held again", "topics": ["new election", "fresh election", "rerun of the election"]},
    "coalition": {"proposition": "A grand coalition governs", "topics": ["grand coalition", "coalition government", "power-sharing"]},
})  # fmt: skip
DAM = codebook_of("dam", {
    "power": {"name": "Selm Power", "kind": "organisation", "aliases": ["Selm"], "descriptions": ["the utility", "the company"]},
    "farmers": {"name": "Lower Selm Farmers", "kind": "organisation", "aliases": ["the farmers"], "descriptions": ["the farmers' association"]},
    "upland": {"name": "Uplandia", "kind": "country", "adjectives": ["Uplandian"]},
    "plain": {"name": "Plainmark", "kind": "country", "adjectives": ["Plainmarkan"]},
    "una-krell": {"name": "Una Krell", "kind": "person", "speaks_for": "upland"},
    "oto-brand": {"name": "Oto Brand", "kind": "person", "speaks_for": "plain"},
    "eli-stroud": {"name": "Eli Stroud", "kind": "person", "speaks_for": "power"},
}, {
    "filling": {"proposition": "The reservoir is filled this year", "topics": ["filling of the reservoir", "fill the reservoir", "filling the reservoir"]},
    "payout": {"proposition": "Displaced families are compensated", "topics": ["compensation", "payout", "compensate * families"]},
    "treaty": {"proposition": "The water-sharing treaty is signed", "topics": ["water treaty", "water-sharing treaty", "treaty"]},
})  # fmt: skip

TUNED: tuple[Article, ...] = (
    Article("airport-1", AIRPORT, """Council backs night flight ban at Brenlow

TARN (Valley Wire) — Tarn Valley Council voted on Tuesday for a ban on night flights after two years of complaints from villages under the flight path.

Brenlow Airport immediately rejected the night-time ban. Its managing director, Ida Morrow, said it would cost 400 jobs. She urged the council to approve a second runway instead.

“A noise levy is the only fair answer,” Morrow told reporters. “We are ready to pay our share.”

Quiet Skies, which has campaigned against the runway expansion since 2019, welcomed the vote. Its founder, Piers Lund, said the group would never accept a new runway.

Fennair declined to comment on the noise levy. The airline runs 18 departures a day from Brenlow.

The transport minister, Greta Voll, has not ruled out a noise charge, her office said.
""", _gold("""
council night-ban supports
airport night-ban opposes
airport runway supports
airport levy supports
residents runway opposes
""")),
    Article("fever-1", FEVER, """Teachers refuse vaccine mandate

The National Teachers' League will not accept a vaccine mandate unless the government guarantees sick pay, its president, Bram Teller, said on Monday.

The Health Ministry wants mandatory vaccination for all school staff by the autumn. Odile Marsh, the health minister, called the measure essential to stop the fever that has killed 61 people.

“We do not want to close schools again,” Marsh told parliament. “Closing schools would be a disaster for children.”

Nils Arden of the Reform Party accused the ministry of hypocrisy over its own record on masks. He said his party opposed mandatory jabs but would back them in hospitals.

The Medical Chamber is to discuss compulsory vaccination on Friday. In a statement the chamber praised the reopening of schools in the south.
""", _gold("""
teachers mandate conditional
ministry mandate supports
ministry closure opposes
opposition mandate opposes
doctors closure opposes
""")),
    Article("recount-1", RECOUNT, """Duarte demands recount

Ana Duarte, the Unity Bloc's candidate, demanded a recount of the votes on Sunday after losing by 812 ballots.

The Electoral Commission dismissed the idea. “There will be no recount,” said Rosa Hime, who chairs it.

Harvest Party leader Jon Pell ruled out a fresh election. He said Harvest would join a grand coalition only if the bloc dropped its call for a recount.

The Regional Observer Mission, in a report, called the count orderly. It said a rerun of the election was unnecessary.

Duarte's lawyers said protests aimed to pressure the commission for a new election. The commission said it was considering the complaint and would answer within a week.
""", _gold("""
unity recount supports
commission recount opposes
harvest rerun opposes
harvest coalition conditional
harvest recount opposes
observers rerun opposes
""")),
    Article("dam-1", DAM, """Uplandia to fill reservoir despite protest

Uplandia will begin to fill the reservoir in June, Una Krell, its water minister, said on Wednesday, rejecting calls for a delay.

“We will fill the reservoir this year, with or without a treaty,” she told reporters.

Plainmark, which lies downstream, opposes the filling of the reservoir before a water treaty is signed. Foreign Minister Oto Brand said his country wanted a binding treaty.

The farmers demanded compensation for lost fields. Selm Power agreed to a payout for 300 families, but said it would not compensate other families.

Both countries are to negotiate the details of a water-sharing treaty in May.
""", _gold("""
upland filling supports
plain filling conditional
plain treaty supports
farmers payout supports
power payout supports
power payout opposes
""")),
    Article("airport-2", AIRPORT, """Fennair: no noise levy

Fennair said on Thursday that it would leave Brenlow if ministers imposed a noise levy.

The airline's plan calls for a second runway by 2034, a document seen by the Valley Wire shows.

Piers Lund, who leads Quiet Skies, said the residents' group supported the noise charge. “We want a night flight ban too,” he said.

Greta Voll, the transport minister, said she backed the second runway in principle. But she would not support it unless Brenlow Airport accepted a ban on night flights, she said.

The council has yet to vote on the runway expansion.
""", _gold("""
airline levy opposes
residents levy supports
residents night-ban supports
greta-voll runway supports
greta-voll runway conditional
greta-voll night-ban supports
""")),
    Article("fever-2", FEVER, """Ministry: schools stay open

MARSH: We will not close schools.
ARDEN: My party supports the border closure.
TELLER: Our members reject mandatory vaccination.

The exchange opened a debate that lasted four hours. Odile Marsh said the ministry would reopen the border once cases fall below 100 a day. Bram Teller said the league's members wanted school closures in three districts. The Reform Party's Nils Arden is expected to oppose them.
""", _gold("""
ministry closure opposes
opposition border supports
teachers mandate opposes
ministry border conditional
teachers closure supports
""")),
)  # fmt: skip

HELD_OUT: tuple[Article, ...] = (
    Article("recount-2", RECOUNT, """Harvest opens door to power-sharing

Jon Pell said on Friday that his Harvest Party was open to power-sharing with the Unity Bloc, a reversal of its refusal to govern with its rival.

“We support a coalition government that reflects the vote,” Pell said after a party meeting in the capital.

Unity, which had earlier rejected the offer, responded cautiously. Ana Duarte said the bloc could accept a grand coalition if a recount took place first. She repeated her demand for a recount in every district.

The Electoral Commission refuses to count the votes again, saying that the law does not allow it. Its chairwoman, Rosa Hime, warned against a rerun of the election, which she described as a waste of money.

A survey by the Regional Observer Mission found that 44 percent of voters favoured a new election.
""", _gold("""
harvest coalition supports
unity coalition conditional
unity recount supports
commission recount opposes
commission rerun opposes
""")),
    Article("dam-2", DAM, """Plainmark rejects Uplandian dam offer

Plainmark on Monday rejected an Uplandian proposal to delay the filling of the reservoir by two months, saying that it fell short.

Oto Brand insisted that Uplandia must sign a water treaty first. “Without a treaty there can be no trust,” he said.

In Uplandia, Una Krell said the government remained committed to the water-sharing treaty but would not sign it until Plainmark withdrew its complaint.

Selm Power, the utility that owns the dam, defended filling the reservoir this summer. Eli Stroud, its chief executive, said the company had offered compensation to every family that lost a home.

The farmers' association says the payout is an insult.
""", _gold("""
plain treaty supports
upland treaty conditional
power filling supports
power payout supports
""")),
    Article("airport-3", AIRPORT, """Minister approves second runway

Greta Voll approved a second runway at Brenlow Airport on Monday, ending a decade of argument.

The transport minister said the airport must accept a noise levy in return. Ida Morrow welcomed the decision and said the operator would pay the noise levy as long as airlines shared the cost.

Tarn Valley Council, which opposed the new runway, said it would challenge the decision in court. The council also renewed its call for a night flight ban.

“This is a betrayal,” said Piers Lund of Quiet Skies. He vowed that the campaigners would fight the runway expansion. Fennair hailed the second runway as a milestone. The carrier said nothing about the night-time ban.
""", _gold("""
greta-voll runway supports
greta-voll levy supports
airport levy conditional
council runway opposes
council night-ban supports
residents runway opposes
airline runway supports
""")),
    Article("fever-3", FEVER, """Doctors call for border closure

The Medical Chamber called on Tuesday for the government to close the border to stop the fever. It also recommended compulsory vaccination for nurses.

Odile Marsh said the Health Ministry had no plans to shut the border. She added that the ministry would consider a vaccine mandate in the autumn.

The National Teachers' League criticised the chamber. “Nobody wants school closures,” said Bram Teller. The league would support mandatory vaccination provided that teachers could choose their own doctor, he said.

Nils Arden said the Reform Party would vote against mandatory jabs. The opposition, he said, had always opposed closing schools.
""", _gold("""
doctors border supports
doctors mandate supports
ministry border opposes
teachers mandate conditional
opposition mandate opposes
opposition closure opposes
""")),
    Article("recount-3", RECOUNT, """Commission agrees to partial recount

The Electoral Commission agreed on Wednesday to a recount in nine districts after the Regional Observer Mission recommended one.

Rosa Hime said the commission would publish the result by Sunday. Harvest criticised the recount as pointless, and Jon Pell told supporters that his party would not recognise it.

The Unity Bloc welcomed the recount but continued to press for a fresh election. “A new election is the only way out,” Ana Duarte told a rally.

Harvest opposes a grand coalition, a spokesman said. The bloc did not respond to a request for comment on power-sharing.
""", _gold("""
commission recount supports
observers recount supports
harvest recount opposes
unity recount supports
unity rerun supports
harvest coalition opposes
""")),
    Article("dam-3", DAM, """Farmers block road over dam payout

Hundreds of people blocked the road to the Selm dam on Saturday. The farmers want compensation for fields that will be flooded.

Selm Power said it was willing to discuss a payout. Eli Stroud refused to say whether the company would go ahead with the filling of the reservoir.

Oto Brand, Plainmark's foreign minister, urged Uplandia not to fill the reservoir until both countries had signed a treaty.

Uplandia rejected the demand. Una Krell said filling the reservoir was vital for its power supply. Her government, she said, supported compensation for displaced families and hoped for a treaty by winter.
""", _gold("""
farmers payout supports
plain filling conditional
plain treaty supports
upland filling supports
upland payout supports
upland treaty supports
""")),
)  # fmt: skip
