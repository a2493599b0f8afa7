"""Sentences written for each trap of reading a stance, before anybody looked at what the reader makes of them
(six were corrected afterwards because what they wanted was wrong).

Three unlike stories: a dam, a hospital merger, two countries at odds. Each case is a text and what it must
show, as "actor issue stance"; an empty list must show nothing.
"""

from __future__ import annotations

from typing import Any

from tests.unit.extract.position_cases import codebook_of

Cases = tuple[tuple[str, list[str]], ...]
_ACTORS: dict[str, Any] = {
    "lomar": {"name": "Lomar", "kind": "country", "aliases": ["Castel"], "adjectives": ["Lomari"]},
    "tessia": {"name": "Tessia", "kind": "country", "adjectives": ["Tessian"]},
    "rena-oduya": {"name": "Rena Oduya", "speaks_for": "lomar", "descriptions": ["the foreign minister"]},
    "league": {
        "name": "River League",
        "kind": "organisation",
        "descriptions": ["the league", "the alliance of states"],
    },
    "nurses": {
        "name": "Nurses' Federation",
        "kind": "organisation",
        "aliases": ["NF"],
        "descriptions": ["the federation", "the union"],
    },
    "ivan-brandt": {"name": "Ivan Brandt", "speaks_for": "nurses"},
    "calder": {
        "name": "Calder Health",
        "kind": "organisation",
        "aliases": ["Calder"],
        "descriptions": ["the company", "the hospital group"],
    },
    "ministry": {"name": "Health Ministry", "kind": "organisation", "descriptions": ["the ministry"]},
    "liberals": {
        "name": "Liberal Party",
        "kind": "organisation",
        "aliases": ["the Liberals"],
        "adjectives": ["Liberal"],
    },
}
_ISSUES: dict[str, Any] = {
    "dam": {
        "proposition": "The Orsk dam is built",
        "topics": ["Orsk dam", "build the dam", "dam project", "construction of the dam"],
    },
    "troops": {
        "proposition": "Tessia withdraws its troops",
        "topics": ["withdrawal", "withdraw * troops", "pull out * troops", "troop pullout"],
    },
    "treaty": {
        "proposition": "A water treaty is signed",
        "topics": ["water treaty", "treaty on the river", "sign the treaty"],
    },
    "merger": {
        "proposition": "The two hospitals merge",
        "topics": ["merger", "merge the hospitals", "hospital merger"],
    },
    "job-cuts": {
        "proposition": "Nursing jobs are cut",
        "topics": ["job cuts", "cut jobs", "layoffs", "redundancies"],
        "contrary": ["keep every job", "no layoffs"],
    },
    "inquiry": {
        "proposition": "An independent inquiry is held",
        "topics": ["independent inquiry", "public inquiry", "inquiry"],
    },
}
BOOK = codebook_of("traps", _ACTORS, _ISSUES)

NEGATION: Cases = (
    ("Tessia will not sign a water treaty.", ["tessia treaty opposes"]),
    ("The Nurses' Federation never supported the merger.", ["nurses merger opposes"]),
    ("Calder said it had no intention of holding an inquiry.", ["calder inquiry opposes"]),
    ("Neither Lomar nor Tessia wants the Orsk dam.", ["lomar dam opposes", "tessia dam opposes"]),
    ("The ministry does not oppose the merger.", ["ministry merger supports"]),
    ("The Liberals see no point in a public inquiry.", ["liberals inquiry opposes"]),
    ("Lomar would no longer accept the dam project.", ["lomar dam opposes"]),
    (
        "Under no circumstances would Calder agree to an independent inquiry, it said.",
        ["calder inquiry opposes"],
    ),
    ("The federation said there must be no job cuts.", ["nurses job-cuts opposes"]),
    ("Ivan Brandt said nurses could not live with redundancies.", ["nurses job-cuts opposes"]),
    ("“There is no case for a merger,” the Health Ministry said.", ["ministry merger opposes"]),
    ("Lomar's officials will not build the dam, they said.", ["lomar dam opposes"]),
    ("Nothing would make Tessia accept a withdrawal, its president said.", ["tessia troops opposes"]),
    ("The Liberals are not against the merger.", ["liberals merger supports"]),
    ("Rena Oduya said Lomar was in no mood to sign the treaty.", ["lomar treaty opposes"]),
    (
        "“Not one job cut,” Ivan Brandt told the crowd, “and no merger.”",
        ["nurses job-cuts opposes", "nurses merger opposes"],
    ),
    ("The company is anything but keen on an inquiry.", ["calder inquiry opposes"]),
)
MODALS: Cases = (
    ("The ministry may support the merger.", []),
    ("Lomar might yet sign the treaty, diplomats think.", []),
    ("Calder must hold an independent inquiry, the Liberals said.", ["liberals inquiry supports"]),
    ("Tessia should withdraw its troops, Rena Oduya said.", ["lomar troops supports"]),
    ("The federation could back the merger, observers say.", []),
    ("“We will build the dam,” a Tessian official told reporters.", ["tessia dam supports"]),
    ("Ivan Brandt said the merger ought to be stopped.", ["nurses merger opposes"]),
    ("The Liberal Party would welcome a public inquiry.", ["liberals inquiry supports"]),
    ("The Health Ministry can hardly object to an inquiry, an editor wrote.", []),
    ("Calder shall not cut jobs, the federation demanded.", ["nurses job-cuts opposes"]),
    ("Rena Oduya said a water treaty had to be signed before winter.", ["lomar treaty supports"]),
    ("The River League said the Orsk dam needed to be built.", ["league dam supports"]),
    ("Tessia may have to withdraw its troops.", []),
    ("The Liberals said they would vote for the merger.", ["liberals merger supports"]),
    ("It is possible that the ministry will oppose the merger.", []),
)
CONDITIONS: Cases = (
    (
        "The federation would accept the merger only if every nurse kept her contract.",
        ["nurses merger conditional"],
    ),
    (
        "Lomar will sign the treaty as long as the river stays open, Rena Oduya said.",
        ["lomar treaty conditional"],
    ),
    ("Tessia said it would withdraw its troops in exchange for a port.", ["tessia troops conditional"]),
    ("Unless Lomar pays, Tessia will not withdraw its troops.", ["tessia troops conditional"]),
    ("The Liberals will back the merger provided that no clinic closes.", ["liberals merger conditional"]),
    (
        "Calder agreed to an inquiry on condition that it is held behind closed doors.",
        ["calder inquiry conditional"],
    ),
    (
        "The ministry would approve the merger once prices are capped, it said.",
        ["ministry merger conditional"],
    ),
    (
        "Only after a full survey would Lomar support the Orsk dam, Rena Oduya said.",
        ["lomar dam conditional"],
    ),
    (
        "The River League would endorse the treaty if both sides opened their books.",
        ["league treaty conditional"],
    ),
    ("“We will not accept the merger without guarantees,” Ivan Brandt said.", ["nurses merger conditional"]),
    ("Tessia made its withdrawal conditional on a ceasefire.", ["tessia troops conditional"]),
    (
        "Calder said it could live with a public inquiry so long as its patients were not named.",
        ["calder inquiry conditional"],
    ),
    (
        "The Health Ministry supports the merger, but only if the price is cut.",
        ["ministry merger conditional"],
    ),
    (
        "Lomar says it will not sign a water treaty until Tessian troops have left.",
        ["lomar treaty conditional"],
    ),
    (
        "If the dam is lowered by ten metres, Lomar will drop its opposition to the dam project, Oduya said.",
        ["lomar dam conditional"],
    ),
    (
        "The Liberals’ support for the merger hinges on a promise to keep the clinics open.",
        ["liberals merger conditional"],
    ),
)
REVERSALS: Cases = (
    ("Having long refused a water treaty, Lomar now says it will sign one.", ["lomar treaty supports"]),
    ("Calder, which had fought an inquiry for years, agreed to one on Monday.", ["calder inquiry supports"]),
    ("The Liberals withdrew their support for the merger.", ["liberals merger opposes"]),
    ("Tessia dropped its objections to the treaty on the river.", ["tessia treaty supports"]),
    ("The ministry, once a champion of the merger, now opposes it.", ["ministry merger opposes"]),
    ("Lomar changed course on Friday and rejected the Orsk dam.", ["lomar dam opposes"]),
    ("The federation no longer objects to the merger.", ["nurses merger supports"]),
    ("In a U-turn, the Health Ministry backed an independent inquiry.", ["ministry inquiry supports"]),
    ("Calder backed away from the merger.", ["calder merger opposes"]),
    ("The Liberals came round to the merger after a night of talks.", ["liberals merger supports"]),
    (
        "Tessia reversed itself and said it would not withdraw its troops after all.",
        ["tessia troops opposes"],
    ),
    ("The company went back on its promise to hold an inquiry.", ["calder inquiry opposes"]),
    ("After years of saying no, Tessia said yes to a water treaty.", ["tessia treaty supports"]),
    ("Lomar abandoned its resistance to the Orsk dam.", ["lomar dam supports"]),
    ("The federation gave up its opposition to job cuts.", ["nurses job-cuts supports"]),
    ("The Liberals used to want the merger; today they reject it.", ["liberals merger opposes"]),
)
CONCESSION: Cases = (
    ("Although it dislikes the price, the ministry backs the merger.", ["ministry merger supports"]),
    ("While admitting that some costs are high, Lomar still opposes the Orsk dam.", ["lomar dam opposes"]),
    ("The federation grudgingly accepted the merger.", ["nurses merger supports"]),
    ("Despite its doubts, the Liberal Party will vote for the merger.", ["liberals merger supports"]),
    ("Calder bowed to an independent inquiry.", ["calder inquiry supports"]),
    ("Even if it costs a port, Tessia wants the treaty, its officials said.", ["tessia treaty supports"]),
    ("Tessia yielded and agreed to withdraw its troops.", ["tessia troops supports"]),
    (
        "Ivan Brandt conceded that the merger had merits but said his federation would fight it.",
        ["nurses merger opposes"],
    ),
    ("The ministry, though critical of Calder, does not object to the merger.", ["ministry merger supports"]),
    ("Lomar reluctantly signed the water treaty.", ["lomar treaty supports"]),
    ("Much as they like the hospitals, the Liberals reject the merger.", ["liberals merger opposes"]),
    ("The company gave in to calls for a public inquiry.", ["calder inquiry supports"]),
    ("However costly, the Orsk dam must be built, Tessian officials said.", ["tessia dam supports"]),
    ("The River League, for all its reservations, endorsed the water treaty.", ["league treaty supports"]),
    ("Nurses can live with the merger, Ivan Brandt said, hard as it is.", ["nurses merger supports"]),
)
REAFFIRMATION: Cases = (
    ("Lomar repeated its rejection of the Orsk dam.", ["lomar dam opposes"]),
    (
        "Ivan Brandt reiterated that the federation would not accept redundancies.",
        ["nurses job-cuts opposes"],
    ),
    ("Tessia renewed its offer to withdraw its troops.", ["tessia troops supports"]),
    ("The Liberals again called for a public inquiry.", ["liberals inquiry supports"]),
    ("Calder stands by the merger.", ["calder merger supports"]),
    ("The ministry reaffirmed its support for the merger.", ["ministry merger supports"]),
    ("The federation sticks to its demand for an independent inquiry.", ["nurses inquiry supports"]),
    ("Rena Oduya restated Lomar's demand that Tessia withdraw its troops.", ["lomar troops supports"]),
    ("Tessia remains opposed to a water treaty.", ["tessia treaty opposes"]),
    ("The River League continues to back the treaty on the river.", ["league treaty supports"]),
    ("The company insisted once more on the merger.", ["calder merger supports"]),
    ("Lomar has not moved an inch in its opposition to the dam project.", ["lomar dam opposes"]),
    ("The Liberals maintain that the merger is wrong.", ["liberals merger opposes"]),
    ("The Nurses' Federation keeps pressing for an inquiry.", ["nurses inquiry supports"]),
    ("Tessia stuck to its refusal to sign the treaty.", ["tessia treaty opposes"]),
    ("The Health Ministry confirmed that it favours the merger.", ["ministry merger supports"]),
)
NON_ANSWERS: Cases = (
    ("The ministry declined to say whether it supports the merger.", []),
    ("Calder would not be drawn on an inquiry.", []),
    ("Lomar has yet to decide on the treaty on the river.", []),
    ("Tessia neither confirmed nor denied a withdrawal.", []),
    ("Asked about the merger, Ivan Brandt said the federation would study it.", []),
    ("The Liberals have not taken a position on the merger.", []),
    ("The River League stopped short of endorsing the water treaty.", []),
    ("Rena Oduya sidestepped a question about the Orsk dam.", []),
    ("The company did not comment on job cuts.", []),
    ("The ministry is still weighing the merger.", []),
    ("The Liberals are divided over the merger.", []),
    ("“We will look at the merger and report in May,” the ministry said.", []),
    ("Calder left open whether it would hold an inquiry.", []),
    ("Tessia kept silent on the water treaty.", []),
    ("The federation is consulting its members on the merger.", []),
    ("It is unclear whether Lomar supports the Orsk dam.", []),
    ("Does the ministry want the merger?", []),
)
HISTORY: Cases = (
    ("In 2019 Lomar supported the Orsk dam.", []),
    ("Years ago the federation had called for a merger.", []),
    ("The Liberals, who opposed the merger in the last parliament, have not said what they will do.", []),
    ("Tessia once offered a withdrawal.", []),
    ("A decade ago Calder rejected a merger.", []),
    ("The former minister had welcomed the job cuts.", []),
    ("Back then Lomar wanted a water treaty.", []),
    ("Under its last chairman, Calder fought every inquiry.", []),
    ("The federation used to favour a merger.", []),
    ("Before the war, Tessia promised to sign the treaty.", []),
    ("Initially the ministry objected to the merger.", []),
    ("Lomar had previously agreed to the dam project.", []),
    ("In the 1990s the River League campaigned for the Orsk dam.", []),
    ("At the time, the Liberals hailed the merger as a triumph.", []),
    ("Until last year Calder resisted an independent inquiry.", []),
)
HYPOTHETICALS: Cases = (
    ("If Lomar rejects the treaty on the river, farmers will suffer.", []),
    ("Should the federation oppose the merger, the price may fall.", []),
    ("A merger that the ministry opposes would be dead.", []),
    ("Were Tessia to withdraw its troops, the road would open.", []),
    ("Suppose the Liberals backed the merger.", []),
    ("Diplomats fear that Tessia will refuse a withdrawal.", []),
    ("Nobody knows what happens if Calder refuses an inquiry.", []),
    ("The talks would collapse if Lomar demanded a withdrawal.", []),
    ("Whether the ministry approves the merger will be known in May.", []),
    ("Imagine that Lomar signs the water treaty.", []),
    ("Investors hope the ministry will clear the merger.", []),
    ("Even if the federation accepted redundancies, the price would not work.", []),
    ("It would help if the Liberals supported an inquiry.", []),
    ("Lomar is expected to reject the dam project.", []),
    ("A vote by the Liberals against the merger would end the affair.", []),
)
ASCRIBED: Cases = (
    ("Rena Oduya said Tessia wanted to wreck the water treaty.", []),
    ("The federation accused Calder of planning redundancies.", []),
    ("Lomar says that Tessia is against a treaty on the river.", []),
    ("According to the Liberals, the ministry secretly supports the merger.", []),
    ("Ivan Brandt claimed that Calder opposes an inquiry.", []),
    ("Calder alleged that the federation wanted to block the merger.", []),
    ("“Tessia will never withdraw its troops,” Rena Oduya said.", []),
    ("The Liberals said Calder was refusing an inquiry.", []),
    ("The ministry, the federation claims, favours job cuts.", []),
    ("Tessian officials said Lomar had agreed to the Orsk dam.", []),
    ("Lomar accuses Tessia of rejecting the treaty on the river.", []),
    ("Rena Oduya denied that Lomar supports the Orsk dam.", ["lomar dam opposes"]),
    ("Calder rejected claims that it opposes an inquiry.", []),
    ("The federation suspects that the ministry wants layoffs.", []),
    ("In the words of the Liberals, Calder fears an inquiry.", []),
)
ACTS: Cases = (
    (
        "Lomar and Tessia signed the water treaty on Friday.",
        ["lomar treaty supports", "tessia treaty supports"],
    ),
    ("The Liberals voted against the merger.", ["liberals merger opposes"]),
    ("The ministry vetoed the merger.", ["ministry merger opposes"]),
    ("Calder ordered an independent inquiry.", ["calder inquiry supports"]),
    ("Tessia walked out of talks over the water treaty.", []),
    ("The federation launched a campaign against the merger.", ["nurses merger opposes"]),
    ("Nurses from the federation marched against job cuts.", []),
    ("The Nurses' Federation went to court to stop the merger.", ["nurses merger opposes"]),
    ("The Health Ministry approved the merger.", ["ministry merger supports"]),
    ("Lomar blocked the Orsk dam at the River League.", ["lomar dam opposes"]),
    ("The River League voted 9 to 2 for the treaty on the river.", ["league treaty supports"]),
    ("Calder shelved the merger.", ["calder merger opposes"]),
    ("The Liberals tabled a motion for a public inquiry.", ["liberals inquiry supports"]),
    ("Tessia ratified the treaty on the river.", ["tessia treaty supports"]),
    ("The federation handed in a petition for an independent inquiry.", ["nurses inquiry supports"]),
    ("Lomar filed a complaint against the dam project.", ["lomar dam opposes"]),
)
VALUE: Cases = (
    ("A public inquiry is the only way to restore trust, Ivan Brandt said.", ["nurses inquiry supports"]),
    ("“The merger would be a betrayal of our patients,” the federation said.", ["nurses merger opposes"]),
    ("An independent inquiry is long overdue, according to the Liberals.", ["liberals inquiry supports"]),
    ("Rena Oduya called the dam project a catastrophe for the valley.", ["lomar dam opposes"]),
    ("For Calder the merger is a matter of survival.", ["calder merger supports"]),
    ("The ministry described the merger as a blessing for patients.", ["ministry merger supports"]),
    ("Job cuts, Ivan Brandt said, were the last thing the wards needed.", ["nurses job-cuts opposes"]),
    ("“Redundancies are theft,” said Ivan Brandt.", ["nurses job-cuts opposes"]),
    ("Calder said a public inquiry would serve nobody.", ["calder inquiry opposes"]),
    ("A water treaty, Rena Oduya said, would benefit both countries.", ["lomar treaty supports"]),
    ("The Liberals think the merger is a terrible idea.", ["liberals merger opposes"]),
    ("The River League believes that the treaty on the river deserves a chance.", ["league treaty supports"]),
    ("Lomar regards the Orsk dam as a threat to its farmers.", ["lomar dam opposes"]),
    ("The hospital group hailed the merger as a milestone.", ["calder merger supports"]),
    ("“The Orsk dam makes sense,” a Tessian minister said.", ["tessia dam supports"]),
    ("The merger makes no sense, the Liberals said.", ["liberals merger opposes"]),
    ("To the federation, job cuts are unacceptable.", ["nurses job-cuts opposes"]),
)
TRAPS: dict[str, Cases] = {
    "negation": NEGATION, "modals": MODALS, "conditions": CONDITIONS, "reversals": REVERSALS,
    "concession": CONCESSION, "reaffirmation": REAFFIRMATION, "non-answers": NON_ANSWERS, "history": HISTORY,
    "hypotheticals": HYPOTHETICALS, "ascribed": ASCRIBED, "acts": ACTS, "value": VALUE,
}  # fmt: skip
