# ruff: noqa: E501 - one case a line reads better than a folded one
"""Passages in the manner of newspapers, with codebooks as an editor writes them, labelled before they were read.

Of every third case (``UNSEEN``) only the score was looked at, before the rules were worked on and after.
"""

from __future__ import annotations

from tests.unit.extract.position_cases import codebook_of
from tests.unit.extract.trap_cases import Cases

PENSIONS = codebook_of("pensions", {
    "government": {"name": "Government of Arlonia", "kind": "country", "aliases": ["Arlonia's government", "the Arlonian government"], "descriptions": ["the government", "the cabinet"]},
    "prime-minister": {"name": "Claire Vasseur", "speaks_for": "government", "aliases": ["Prime Minister Claire Vasseur"], "descriptions": ["the prime minister"]},
    "labour": {"name": "Labour Confederation", "kind": "organisation", "aliases": ["LC"], "descriptions": ["the confederation", "the union"]},
    "simon-bertel": {"name": "Simon Bertel", "speaks_for": "labour", "descriptions": ["the union leader"]},
    "conservatives": {"name": "Republican Party", "kind": "organisation", "aliases": ["the Republicans"]},
    "court": {"name": "Constitutional Court", "kind": "organisation", "descriptions": ["the court"]},
    "employers": {"name": "Employers' Federation", "kind": "organisation", "descriptions": ["the employers", "the federation"]},
}, {
    "pension-age": {"proposition": "The pension age is raised to 64", "topics": ["raise the pension age", "pension reform", "retire later", "higher pension age"], "contrary": ["keep 62", "withdraw the reform"]},
    "referendum": {"proposition": "A referendum on the reform is held", "topics": ["referendum", "let the people vote"]},
    "strike": {"proposition": "The strikes go on", "topics": ["strike", "walkout", "stoppages"], "contrary": ["return to work", "end the strike"]},
    "wealth-tax": {"proposition": "A wealth tax is introduced", "topics": ["wealth tax", "tax the rich", "levy on large fortunes"]},
})  # fmt: skip

WAR = codebook_of("border-war", {
    "norvania": {"name": "Norvania", "kind": "country", "adjectives": ["Norvanian"]},
    "estrel": {"name": "Estrel", "kind": "country", "adjectives": ["Estreli"]},
    "union": {"name": "Continental Union", "kind": "organisation", "aliases": ["CU"], "descriptions": ["the bloc"]},
    "un": {"name": "United Nations", "kind": "organisation", "aliases": ["UN", "the U.N."]},
    "maren-dahl": {"name": "Maren Dahl", "speaks_for": "norvania", "descriptions": ["the president"]},
    "idris-olten": {"name": "Idris Olten", "speaks_for": "estrel", "descriptions": ["the foreign minister"]},
    "aid-agencies": {"name": "Relief Now", "kind": "organisation", "descriptions": ["the aid group", "the charity"]},
}, {
    "ceasefire": {"proposition": "A ceasefire is agreed", "topics": ["ceasefire", "truce", "stop the fighting", "lay down arms"], "contrary": ["fight on", "continue the war"]},
    "aid-corridor": {"proposition": "Aid is let into Port Sella", "topics": ["aid corridor", "let aid in", "open the port to aid", "humanitarian access"], "contrary": ["blockade", "siege"]},
    "sanctions": {"proposition": "Norvania is put under sanctions", "topics": ["sanctions", "embargo on Norvania", "freeze Norvanian assets"], "contrary": ["lift the sanctions"]},
    "membership": {"proposition": "Estrel joins the Continental Union", "topics": ["join the union", "membership", "accession", "candidate status"]},
})  # fmt: skip

DEAL = codebook_of("chip-deal", {
    "halden": {"name": "Halden Chips", "kind": "organisation", "aliases": ["Halden"], "descriptions": ["the chipmaker", "the company"]},
    "orbis": {"name": "Orbis", "kind": "organisation", "aliases": ["Orbis Group"], "descriptions": ["the suitor", "the bidder"]},
    "watchdog": {"name": "Competition Authority", "kind": "organisation", "descriptions": ["the watchdog", "the regulator"]},
    "workers": {"name": "Electronics Union", "kind": "organisation", "descriptions": ["the union", "the workers"]},
    "lena-frey": {"name": "Lena Frey", "speaks_for": "halden", "descriptions": ["the chief executive"]},
    "fund": {"name": "Alder Capital", "kind": "organisation", "aliases": ["Alder"], "descriptions": ["the hedge fund", "the investor"]},
    "economy-ministry": {"name": "Economy Ministry", "kind": "organisation", "descriptions": ["the ministry"]},
}, {
    "takeover": {"proposition": "Orbis takes over Halden", "topics": ["takeover", "buy Halden", "takeover bid", "acquisition"], "contrary": ["stay independent"]},
    "plant": {"proposition": "The plant in Merrow is closed", "topics": ["close the plant", "plant closure", "shut Merrow"], "contrary": ["keep the plant open"]},
    "subsidy": {"proposition": "The state pays Halden a subsidy", "topics": ["subsidy", "state aid", "public money for Halden"]},
    "export-ban": {"proposition": "Chip exports are banned", "topics": ["export ban", "ban exports of chips", "export controls"]},
})  # fmt: skip

ASYLUM = codebook_of("asylum", {
    "home-office": {"name": "Interior Ministry", "kind": "organisation", "aliases": ["Interior Minister"], "descriptions": ["the ministry", "the minister"]},
    "bishops": {"name": "Bishops' Conference", "kind": "organisation", "aliases": ["the bishops"]},
    "city": {"name": "City of Lorne", "kind": "organisation", "aliases": ["Lorne", "Lorne's council"], "descriptions": ["the city", "the council"]},
    "mayor": {"name": "Ada Brink", "speaks_for": "city", "descriptions": ["the mayor"]},
    "liberals": {"name": "Liberal Party", "kind": "organisation", "aliases": ["the Liberals"], "descriptions": ["the opposition"]},
    "high-court": {"name": "High Court", "kind": "organisation", "descriptions": ["the court", "the judges"]},
    "jonas-weil": {"name": "Jonas Weil", "own_voice": True, "descriptions": ["the prosecutor"]},
    "police-union": {"name": "Police Federation", "kind": "organisation", "descriptions": ["the federation"]},
}, {
    "camp": {"proposition": "A camp for asylum seekers is built in Lorne", "topics": ["camp", "asylum centre", "house asylum seekers in Lorne"]},
    "deport": {"proposition": "Rejected asylum seekers are deported", "topics": ["deport", "deportation", "deportation flights", "send them back"], "contrary": ["halt deportations", "let them stay"]},
    "inquiry": {"proposition": "The shooting at the border is investigated", "topics": ["inquiry", "investigate the shooting", "independent investigation"]},
    "resign": {"proposition": "The police chief resigns", "topics": ["resign", "step down", "resignation of the police chief"], "contrary": ["stay on"]},
})  # fmt: skip

PENSION_CASES: Cases = (
    ("Prime Minister Claire Vasseur on Tuesday refused to rule out a referendum on the reform.", []),
    ("The Labour Confederation hit back within hours. “This reform is a robbery of the old,” said Simon Bertel, its general secretary. “We will fight it in the streets.”", ["labour pension-age opposes"]),
    ("Addressing parliament on Wednesday, Claire Vasseur stood by her plan to raise the pension age to 64.", ["government pension-age supports"]),
    ("The Republican Party, long sceptical of strikes, urged rail workers to go back to their jobs.", ["conservatives strike opposes"]),
    ("Asked whether he would call off the strike, Simon Bertel said: “Not a chance.”", ["labour strike supports"]),
    ("The Employers' Federation hailed the pension reform as “long overdue” but warned against a wealth tax.", ["employers pension-age supports", "employers wealth-tax opposes"]),
    ("The Republicans have tabled a motion for a referendum.", ["conservatives referendum supports"]),
    ("The confederation wants the pension reform scrapped. Simon Bertel of the Labour Confederation said it would only talk once it was withdrawn.", ["labour pension-age opposes"]),
    ("Taxing the rich was no answer, the Employers' Federation said.", ["employers wealth-tax opposes"]),
    ("“People live longer, so they must work longer,” Claire Vasseur told the broadcaster. “Raising the pension age is a question of fairness.”", ["government pension-age supports"]),
    ("The government would be ready to discuss a levy on large fortunes, provided unions ended their walkout, the prime minister, Claire Vasseur, hinted.", ["government wealth-tax conditional", "government strike opposes"]),
    ("The Labour Confederation vowed to keep up the strikes until the reform is buried.", ["labour strike supports", "labour pension-age opposes"]),
    ("The Constitutional Court threw out the opposition's request for a referendum.", ["court referendum opposes"]),
    ("The Republican Party said it would abstain. Its leader would not say how he felt about the pension reform.", []),
    ("Claire Vasseur ruled out a wealth tax in an interview published on Sunday. The government had earlier signalled that it might consider one.", ["government wealth-tax opposes"]),
    ("The Employers' Federation dismissed the idea of a referendum as “a gift to populists”.", ["employers referendum opposes"]),
    ("The Labour Confederation put forward a wealth tax as an alternative to the reform. The government rejected the proposal out of hand.", ["labour wealth-tax supports", "government wealth-tax opposes"]),
    ("To the Labour Confederation, working until 64 is unacceptable.", ["labour pension-age opposes"]),
    ("According to Simon Bertel, the strike will last “as long as it takes”.", ["labour strike supports"]),
    ("The Republicans accused the Labour Confederation of wanting to bring down the government.", []),
    ("Years ago the Republican Party campaigned for a higher pension age.", []),
    ("The Labour Confederation said no to the higher pension age and yes to a wealth tax.", ["labour pension-age opposes", "labour wealth-tax supports"]),
    ("Nothing will make the confederation accept the pension reform, said Simon Bertel of the Labour Confederation.", ["labour pension-age opposes"]),
    ("The prime minister, Claire Vasseur, has not asked the unions to end the strike.", []),
)  # fmt: skip

WAR_CASES: Cases = (
    ("Norvania on Friday turned down a truce proposed by the United Nations.", ["norvania ceasefire opposes", "un ceasefire supports"]),
    ("Estrel's foreign minister, Idris Olten, called on the Continental Union to impose sanctions on Norvania without delay.", ["estrel sanctions supports"]),
    ("“There can be no ceasefire while a single foreign soldier stands on our soil,” said Idris Olten.", ["estrel ceasefire conditional"]),
    ("Norvanian officials insist that the blockade of Port Sella will stay in place.", ["norvania aid-corridor opposes"]),
    ("The Continental Union stopped short of backing Estrel's bid for membership.", []),
    ("Norvania denounced the sanctions as economic warfare.", ["norvania sanctions opposes"]),
    ("President Maren Dahl vowed that her country would fight on.", ["norvania ceasefire opposes"]),
    ("The United Nations pleaded for humanitarian access to the besieged port. Norvania did not respond to the appeal.", ["un aid-corridor supports"]),
    ("Maren Dahl said that Norvania would open the port to aid if Estrel withdrew its artillery.", ["norvania aid-corridor conditional"]),
    ("Relief Now, an aid group, begged both armies to lay down their arms.", ["aid-agencies ceasefire supports"]),
    ("After months of refusing, Norvania has accepted the ceasefire, its president, Maren Dahl, announced.", ["norvania ceasefire supports"]),
    ("Sanctions would only hurt ordinary people, argued Maren Dahl.", ["norvania sanctions opposes"]),
    ("The Continental Union opened the door to Estrel's accession on Monday.", ["union membership supports"]),
    ("Estrel wants to join the union by 2030, Idris Olten told reporters.", ["estrel membership supports"]),
    ("Norvania's president claims that Estrel opposes any ceasefire.", []),
    ("If Norvania were to accept a truce, prices would fall, economists say.", []),
    ("The U.N. urged the two sides to silence their guns.", ["un ceasefire supports"]),
    ("Estrel signed up to the truce on Thursday, and Norvania followed suit a day later.", ["estrel ceasefire supports", "norvania ceasefire supports"]),
    ("The charity Relief Now condemned the siege as a crime.", ["aid-agencies aid-corridor supports"]),
    ("Norvania said it would never recognise Estrel's membership of the Continental Union.", ["norvania membership opposes"]),
    ("Idris Olten declined to be drawn on whether Estrel would agree to a ceasefire.", []),
    ("The Continental Union extended its sanctions against Norvania for another six months.", ["union sanctions supports"]),
    ("A ceasefire, Maren Dahl said, was out of the question.", ["norvania ceasefire opposes"]),
    ("Norvania has agreed in principle to let aid into Port Sella, the United Nations said.", ["norvania aid-corridor supports"]),
)  # fmt: skip

DEAL_CASES: Cases = (
    ("Halden Chips on Monday rejected a takeover bid from Orbis, saying the offer undervalued the company.", ["halden takeover opposes"]),
    ("Lena Frey, chief executive of Halden, said she was not interested in selling to Orbis.", ["halden takeover opposes"]),
    ("The Electronics Union said it would not stand for the closure of the Merrow plant.", ["workers plant opposes"]),
    ("Alder Capital, which owns 9% of the chipmaker, threw its weight behind the acquisition.", ["fund takeover supports"]),
    ("The Competition Authority cleared the takeover on Friday, on condition that Orbis keeps the plant open.", ["watchdog takeover conditional", "watchdog plant opposes"]),
    ("The Economy Ministry plans to ban exports of chips from July, an official at the ministry said.", ["economy-ministry export-ban supports"]),
    ("Export controls are “the wrong tool”, according to Lena Frey.", ["halden export-ban opposes"]),
    ("The union is demanding that the state step in with aid for Halden. “Without public money, Merrow dies,” the Electronics Union said in a statement.", ["workers subsidy supports"]),
    ("Orbis has pledged not to close the plant in Merrow before 2033.", ["orbis plant opposes"]),
    ("Orbis raised its offer. Halden's board has yet to say whether it will recommend it.", []),
    ("The Economy Ministry has granted Halden state aid of 300 million.", ["economy-ministry subsidy supports"]),
    ("Alder Capital criticised the export ban as “madness”. The Economy Ministry defended the measure.", ["fund export-ban opposes", "economy-ministry export-ban supports"]),
    ("The Competition Authority is examining the takeover and will publish its findings in May.", []),
    ("Halden may be forced to shut Merrow, analysts fear.", []),
    ("Lena Frey of Halden told staff that the company intended to remain on its own.", ["halden takeover opposes"]),
    ("The Electronics Union, which had once fought the acquisition, is now in favour of it.", ["workers takeover supports"]),
    ("Orbis denied that it planned to close the plant.", ["orbis plant opposes"]),
    ("Halden would be better off without subsidies, Alder Capital wrote to shareholders.", ["fund subsidy opposes"]),
    ("“Let me be clear: no job and no machine will leave Merrow,” said Lena Frey of Halden. “The plant stays open.”", ["halden plant opposes"]),
    ("Shares in Halden rose 4% after the Electronics Union criticised the deal's timing.", []),
    ("The Economy Ministry warned that a sale of Halden to Orbis would endanger national security.", ["economy-ministry takeover opposes"]),
    ("Orbis welcomed the regulator's ruling and said it would press ahead with the acquisition.", ["orbis takeover supports"]),
    ("Alder Capital will vote its shares against the takeover unless Orbis pays more.", ["fund takeover conditional"]),
    ("The ministry's demand for export controls met with silence. The Economy Ministry then dropped the idea.", []),
)  # fmt: skip

ASYLUM_CASES: Cases = (
    ("Lorne's council voted 31 to 12 against the asylum centre late on Tuesday.", ["city camp opposes"]),
    ("The Interior Ministry said it would go ahead with the camp “whatever the city thinks”.", ["home-office camp supports"]),
    ("The bishops pleaded with the ministry to halt deportations over the winter.", ["bishops deport opposes"]),
    ("Mayor Ada Brink said Lorne could house asylum seekers if the state paid the bill.", ["city camp conditional"]),
    ("The Liberal Party called the deportation flights “a stain on this country” and demanded an independent investigation into the shooting.", ["liberals deport opposes", "liberals inquiry supports"]),
    ("The High Court ordered the ministry to stop deporting families.", ["high-court deport opposes"]),
    ("“I am going nowhere,” said Jonas Weil. He was asked about the investigation of the shooting.", []),
    ("The Police Federation sees no reason for the chief to step down.", ["police-union resign opposes"]),
    ("The Liberals want the police chief gone. The Police Federation stood by him.", ["liberals resign supports", "police-union resign opposes"]),
    ("Jonas Weil promised to get to the bottom of the shooting at the border and opened an inquiry.", ["jonas-weil inquiry supports"]),
    ("The Interior Ministry backed down on Thursday and agreed to an independent investigation.", ["home-office inquiry supports"]),
    ("Ada Brink, the mayor, has long resisted the camp; on Friday she gave in.", ["city camp supports"]),
    ("The Liberals say the Interior Ministry is against an inquiry.", []),
    ("Those whose claims fail must be sent home, the Interior Minister said.", ["home-office deport supports"]),
    ("The Police Federation will not cooperate with an inquiry as long as its members are named in public.", ["police-union inquiry conditional"]),
    ("The bishops expressed their unease about the camp.", ["bishops camp opposes"]),
    ("The council unanimously endorsed the mayor's refusal to host the asylum centre. The City of Lorne has 40,000 inhabitants.", ["city camp opposes"]),
    ("The Interior Ministry accepted the findings but left open whether the camp would be built.", []),
    ("Lorne does not want the camp. It said so again on Monday.", ["city camp opposes"]),
    ("The Liberals came out in support of the asylum centre, a move that surprised Lorne.", ["liberals camp supports"]),
    ("Deportations will resume next week, the Interior Ministry confirmed.", ["home-office deport supports"]),
    ("The High Court has yet to rule on the camp.", []),
    ("The Bishops' Conference joined calls for the police chief to go.", ["bishops resign supports"]),
    ("Asked about deportation flights, Ada Brink said her city would “take no part in them”.", ["city deport opposes"]),
)  # fmt: skip

CASES = (
    *((PENSIONS, *case) for case in PENSION_CASES), *((WAR, *case) for case in WAR_CASES),
    *((DEAL, *case) for case in DEAL_CASES), *((ASYLUM, *case) for case in ASYLUM_CASES),
)  # fmt: skip
SEEN = tuple(case for n, case in enumerate(CASES) if n % 3 != 2)
UNSEEN = tuple(case for n, case in enumerate(CASES) if n % 3 == 2)
