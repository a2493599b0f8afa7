"""Digits and number words that are no quantity: dates, clock times, names, scores, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsledger.extract.language.people import PERSON_NOUNS, base_forms
from newsledger.extract.numbers.ordinals import find_ordinals
from newsledger.extract.numbers.units import TIME_UNITS, unit_after

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
"""An English month, in full or shortened."""
YEAR = r"(?:1[6-9]\d\d|20\d\d)"
_WORD_NUMBER = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty)"
)
_CAPITAL_NUMBER = r"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Twenty)"

_DATES = (
    (
        rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–/]\s*|\s+(?:and|to|or)\s+))?\d{{1,2}}(?:st|nd|rd|"
        rf"th)?(?:\s+of)?\s+{MONTH}\b(?:,?\s+{YEAR}\b)?"
    ),
    (
        rf"\b{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:[-–]|to|and)\s*\d{{1,2}}(?:st|nd|rd|"
        rf"th)?(?![\d%,.]*\d|\s+(?:people|per)))?\b(?!,\d|\.\d|%)(?:,?\s+{YEAR}\b)?"
    ),
    rf"\b{MONTH},?\s+(?:of\s+)?{YEAR}\b",
    r"\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?\b",
    r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b(?![.,]?\d)",
    r"\b(?:19|20)\d\ds?\s*[-–/]\s*(?:(?:19|20)?\d\d)s?\b(?!,\d)",
    r"(?:\b(?:1[5-9]|20)\d0s|['’]\d0s|\b(?:mid|early|late)[- ]\d0s)\b",
    r"(?<![\w.,])['’]\d\d\b",
    r"\b(?:his|her|their|the|its|in|into|past)\s+(?:(?:early|mid|late)[- ]?)?[2-9]0s\b",
    r"\b(?:FY|Q[1-4]|H[12])\s*['’]?\d{2,4}(?:[-/]\d{2})?\b|\b[QH][1-4]\b",
    r"\b(?:9/11|24/7|7/7)\b",
    r"\b(?:the|on|of|by|until|since|from)\s+\d{1,2}(?:st|nd|rd|th)\b",
    (
        rf"\b(?:\d+|{_WORD_NUMBER}|half a|a)\s+(?:day|week|month|year|decade|century|hour|"
        rf"minute)s?\s+(?:ago|earlier)\b"
    ),
)
_TIMES = (
    (
        r"\b\d{1,2}(?:[:.]\d{2})?(?:\s*[-–]\s*\d{1,2}(?:[:.]\d{2})?)?\s*(?:[ap]\.\s?m\.?|[apAP][mM]\b|"
        r"o['’]clock)"
    ),
    r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:GMT|UTC|EST|EDT|CET|CEST|BST|IST|local time|hours|hrs)\b",
    r"\b\d{1,2}:\d{2}(?::\d{2})?\b",
    r"\b[0-2]\d{3}\s*(?:GMT|UTC|EST|EDT|CET|CEST|BST|IST|hours|hrs)\b",
    rf"\b{_WORD_NUMBER}\s+(?:o['’]clock|[ap]\.m\.)",
)
_NAMED = (
    "Phase|Article|Section|Chapter|Page|Route|Highway|Interstate|Flight|Room|Gate|Channel|Level|"
    "Category|Type|Model|"
    "Version|Windows|Stage|Group|Class|Grade|Tier|Zone|Area|District|Ward|Precinct|Unit|Block|"
    "Apartment|Apt|Suite|Line|"
    "Platform|Terminal|Runway|Pier|Exit|Resolution|Proposition|Prop|Amendment|Title|Part|Volume|"
    "Episode|Psalm|"
    "Super Bowl|Apollo|Boeing|Airbus|Sukhoi|Formula|Number|Rule|Bill|Law|Act|Order|Protocol|Reactor|"
    "Tower|Building|Camp|"
    "Season|Round|Lot|Step|Row|Table|Figure|Bay|Dock|Berth|Hall|Ward|Sector|Brigade|Division|"
    "Regiment|Squad|Case|Count|"
    "Form|Schedule|Annex|Clause|Paragraph|Item|Radio|Studio|Sub-?section|Mark|Mk|iPhone|Galaxy|"
    "PlayStation|Xbox|Falcon|"
    "Starship|Soyuz|Shenzhou|Pier|Pit|Mine|Shaft|Field|Court|Juror|Inmate|Patient|Precinct|Bus|Tram|"
    "Flat|Box|code|Surah?|iOS|Android|Web|Industry|Cat|Note|Year|Decree|Directive|Regulation|Initiative|"
    "Ordinance|Docket|Train|War|Measure|Game|Planet|Week|Heat|Race|Vol\\.?|Ep\\.?|Catch|Area|Warehouse|Cell|Hangar|Checkpoint|Psalm"
)
_LOWER_NAMED = (
    "phase|article|section|chapter|page|stage|category|level|line|number|round|tier|grade|paragraph|clause|"
    "version|step|item|case|docket|vol\\.?|fig\\.?|pp?\\.|room|scene|verse|appendix|footnote|episode|seat|gate"
)
_UNIT_AFTER_DIGITS = (
    r"(?:[kK]|m|mil|mn|mln|M|MM|bn|BN|Bn|b|B|tn|trn|km|kms|kg|kgs|mg|g|cm|mm|ft|mi|lb|lbs|oz|mph|kph|kmh|"
    r"km/h|m2|sq|ha|"
    r"MW|GW|kW|TW|MWh|GWh|kWh|TWh|GB|MB|TB|hp|cc|rpm|p|pc|pct|bps|pp|hr|hrs|min|mins|sec|secs|yr|yrs|"
    r"C|F|L|ml|l|"
    r"in|x|th|st|nd|rd|s|USD|EUR|GBP|lakh|crore|plus|odd|ish|V|W|A|Hz|kHz|MHz|GHz|Mbps|Gbps|bhp|Wh|"
    r"mAh|dB|ppm|mbps|gbps)"
)
_INDEXES = (
    r"(?i:\b(?:S\s?(?:&|and|&amp;)?\s?P(?:/ASX)?|FTSE|Nasdaq|Dow|CAC|DAX|Nikkei|Russell|Stoxx|"
    r"Topix|TSX|ASX|Ibex|CSI|Hang Seng"
    r"|Kospi|Fortune|Forbes|Euro Stoxx|SP)\s(?:Global\s)?\d{2,4})\b(?!,\d)"
)
"""Indexes and lists of companies that bear a number."""
_AIRCRAFT = (
    r"\b(?:Boeing(?:['’]?s)?\s+(?:own\s+|new\s+|newest\s+)?)?7[0-8]7(?:-\d+\w*)?"
    r"(?=[\s-](?:Dreamliner|Max|MAX|jets?|planes?|aircraft|airliners?|fleet|freighters?|program))"
)
_ERAS = (
    r"\b(?:A\.?D\.?|B\.?C\.?)\s\d{1,4}(?:\s?(?:and|to|[-–])\s?\d{1,4})?\b"
    r"|\b(?:\d{1,4}\s?(?:to|and|[-–])\s?(?:about\s|around\s)?)?\d{1,4}\s?(?:BCE?|AD|CE|B\.C\.|A\.D\.)(?!\w)"
)
_TELEPHONES = (
    r"\b1-\d{3}-\d{3}-\d{4}\b|\(0\d{2,4}\)\s?\d{3,4}\s?\d{3,4}\b|(?<![\d.,])0\d{2,4}[\s-]\d{3,4}[\s-]?\d{3,4}\b"
    r"|\bISBN[\s\d-]{10,20}"
)
_WEAPONS = r"(?<!\d)\.\d{2,3}[-\s](?:cal\w*|rifle|revolver|magnum|handgun)"
_NAMES = (
    _TELEPHONES,
    _WEAPONS,
    r"\b20[-/]20\b",
    r"\b[A-Z][a-z]+\s\d[-–]\d\s[A-Z][a-z]+\b",
    _INDEXES,
    _AIRCRAFT,
    _ERAS,
    r"\b(?:ISO|IEC|DIN|IEEE|ASTM)\s\d+(?:-\d+)?\b",
    r"\blast[-‐‑](?:16|32|64|eight|four)\b|\b(?:[Rr]ound|[Ll]ast) of (?:16|32|64)\b",
    r"https?://\S+|www\.\S+|\S+@\S+\.\w+|[#@]\w+",
    (  # G7, H5N1, A320, MH370
        r"\b(?!(?:USD|EUR|GBP|CHF|RM|PS|Rs|US|CNY|INR|JPY|AUD|CAD|HK|NZ|"
        r"KSh)\d)(?:[A-Za-z]+\d+[A-Za-z\d]*(?:[-./]\d+)*)\b"
    ),
    r"\b[A-Z][A-Za-z]{0,9}[-‐‑]\d+[A-Za-z]?\b(?![-,.]\d)",  # F-16, COVID-19, S-400
    rf"\b\d+(?!{_UNIT_AFTER_DIGITS}\b)[A-Za-z]+\d*\w*\b",  # 5G, 4x4, 3D
    r"\b7[-\s]?Eleven\b|\bCatch[-\s]22\b",
    rf"\b(?:{_NAMED})s\s+\d+(?:(?:,\s|\s(?:and|to|through|or)\s|[-–])\d+\b)+",
    (
        rf"\b(?:{_NAMED})s?\s+(?:[Nn]o\.?\s*)?#?\d+(?:[-./]\d+)*[A-Za-z]?\b(?:\(\w\))*(?!,\d{{3}}|\s*(?:%|"
        rf"per\s?cent|people|million|billion))"
    ),
    rf"\b(?:{_NAMED})\s+{_CAPITAL_NUMBER}\b",
    (
        rf"(?:\b(?:{_LOWER_NAMED})|\blines|\bpages)\s+(?:\d+(?:[-.–]\d+)*|one|two|three|four|five)\b(?!,\d|\s*(?:%|per\s?cent|"
        rf"people|million|billion))"
    ),
    r"\bNo\s\d{1,3}\b(?!\s+[a-z]+s\b|,\d)",
    rf"\b(?:[Nn]os?\.|№|#)\s?\d+(?:(?:[-/]|,\s|\sand\s)\d+)*\b|\b[Nn]umber\s(?:\d+|{_WORD_NUMBER})\b(?!\s+(?:thousand|hundred|million))",
    rf"\b(?:Group|Gang|Council|Big|Band)\s+(?:of\s+)?(?:{_CAPITAL_NUMBER}|\d+)\b",
    rf"\bChapter\s(?:\d+|{_WORD_NUMBER})\b",
    r"\b(?:top|Top|bottom)[- ](?:\d+|three|five|ten|twenty)\b(?!\s*(?:%|per\s?cent|percent))",
    (
        rf"(?<![$€£¥₹\d.,])\b(?:\d+|{_WORD_NUMBER})[-‐‑–](?:point|state|star|party|way|part|step|sided|"
        rf"tier|track|pronged|page|nation|"
        r"fold|stage|phase|dimensional|legged|seat|figure|digit|handed|hour rule|minded|time|sided|term|"
        r"match|set|over|wicket|run|goal|round|hit|under|nil|love|a-side|man)\b(?!\s+(?:lead|drop|rise|"
        r"gain|fall|increase|decline|swing|margin|majority))"
    ),
    (
        r"\b\d{1,5}(?:[-–]\d+)?\s+(?:[A-Z][\w.’']+\s+){1,3}(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|"
        r"Boulevard|Blvd\.?|Lane|Drive|Way|Square|Place|Terrace|Court|Close|Crescent)\b"
    ),
    r"\b(?:H\.?R\.?|S\.?|SB|HB|AB|UNSC|UNGA)\s?\d+\b",
    r"(?<!\w)\+\d{1,3}(?:[\s.-]?\(?\d{1,4}\)?){2,5}(?![\d,])(?=\D|$)(?<=\d{4})",
    r"(?<!\w)\+?\(?\d{2,4}\)?(?:[\s.-]\d{2,4}){2,}[\s.-]\d{2,4}(?!\d|[,.]\d)",
    r"\(?\b\d{3}\)?[\s.-]\d{3}[.-]\d{4}\b|\b\d{3}[.-]\d{4}\b",
    r"\b\d{1,3}(?:\.\d+)?°\s*\d{0,2}['’]?\s*[NSEW]\b",
    r"\b(?!\d{1,3}(?:\.\d{3}){2,}(?![\d.]))\d+(?:\.\d+){2,}\b",
    r"\[\d{1,3}\]",
    (
        r"\b(?i:net|ground|patient|sub)[- ]zero\b|\bzero[- ](?:tolerance|sum|day|hour|waste|"
        r"emissions?|covid|carbon)\b"
    ),
    r"\b(?:under|over)[-‐‑]\d{1,2}s\b|\bunder \d{1,2}s\b",
    (
        r"(?i:(?<!per )(?<!each )(?<!every )(?<!\ba )\bday\s\d{1,3}\b)(?=\s*(?:[,;:)]|\.(?!\d)|$|"
        r"(?:of|in|after|and|since)\b)(?!,\d))"
    ),
    (
        r"\bper\s+(?:100|1,?000|10,?000|100,?000|1m|1 million|one million|a million|a "
        r"thousand)\b(?!\s?(?:%|per))"
    ),
    (
        r"\b(?:one[- ](?:another|on[- ]one|off|time|sided|way|liner|upmanship)|(?:no|any|some|"
        r"every)[- ]one|one['’]s|oneself)\b"
    ),
    (
        r"\b(?:one|two) (?:way or (?:the other|another)|by (?:one|two))\b|\bat one (?:point|time|"
        r"stage)\b|\b(?:one|this|that) day\b"
    ),
    (
        r"\bone (?:of (?:the|its|his|her|their|our|my|those|these|several|many|them|us|a)\b|(?:can|could|"
        r"should|would|must|might|may|is|was|has|who|that|which|where|side|hand|day|thing)\b)"
    ),
    (
        r"\b(?i:the|this|that|which|each|every|another|first|last|only|big|new|good|latest|next|previous|"
        r"no|same|current|the wrong|the right) one\b(?! (?:in|out of) "
        r"(?:\d|every\b|(?:two|three|four|five|six|seven|eight|nine|ten|a hundred)\b))"
    ),
    (
        r"\b(?:hundred|100|110|200) (?:percent|per cent) (?:sure|certain|behind|committed|correct|right|"
        r"agree|true)\b"
    ),
    (
        r"\bsecond[- ](?:half|quarter)\b|\b(?:first|second|third|fourth|final|last|this|next|previous|"
        r"each|every|per|the|"
        r"fiscal|holiday|summer|March|June|September|December|current|past|same|prior|fourth-|third-|"
        r"second-|first-)[- ]+quarters?\b"
    ),
    (
        r"\bfirst[- ]half\b|\bhalf[- ](?:hour|time|way|mast|staff|brother|sister|hearted|day|marathon|"
        r"century|life|year)\b|\bhalfway\b"
    ),
    (
        r"\b(?:two|three) sides\b|\b(?:the|these|those|his|her|their|its|between) (?:two|three) (?:sides|"
        r"countries|nations|leaders|parties|"
        r"neighbou?rs|governments|men|women|rivals|teams|companies|presidents|ministers|states|allies|"
        r"sisters|brothers|of them)\b"
    ),
    r"\btwo[- ]thirds majority\b",
    rf"(?i:\b(?:mother|father|parent|mum|mom|dad)[- ]of[- ](?:\d+|{_WORD_NUMBER})\b)(?!\s+[a-z]+en\b)",
)
_SCORES = (
    (
        r"\b(?:won|win|wins|beat|beats|lost|lose|loses|lead|leads|led|draw|drew|defeated?|defeats|"
        r"trail(?:s|ed|ing)?|victory|score[ds]?|"
        r"thrash(?:ed)?)\b[^.;]{0,40}?\b\d{1,3}\s?[-–]\s?\d{1,3}\b(?:[,\s(]+\d{1,2}-\d{1,2}\)?)*"
    ),
    r"\b\d{1,2}[-–]\d{1,2}(?:,?\s+\d{1,2}[-–]\d{1,2})+\b",
    (
        r"\b\d{1,2}[-–]\d{1,2}\s+(?:win|victory|defeat|loss|lead|draw|score|tie|stalemate|deadlock|"
        r"triumph|rout|thriller|on aggregate|down|up|behind|ahead)\b"
    ),
    (
        r"\b(?:ended|ends|finished|finishes|it was|is|at)\s\d{1,2}[-–]\d{1,2}\b(?=\s+(?:on|at|"
        r"after|in|when|with|to)\b|[,.])(?![,.]\d)"
    ),
)
_ORDINAL = r"\b\d+(?:,\d{3})*(?:st|nd|rd|th)\b"
_YEAR_LIKE = re.compile(
    rf"(?<![\d.,$€£¥₹#/-])\b{YEAR}\b(?![,.]\d|[\s-]*(?:%|per\s?cent|percent|km|kg|million|billion|"
    rf"trillion|thousand)\b|[-–]?(?:strong|odd|plus)\b|%)"
)
_YEAR_CUE = re.compile(
    rf"(?i)(?:\b(?:in|since|of|by|until|till|from|to|during|before|after|late|early|mid|end|year|"
    rf"years|fiscal|season|spring|summer|"
    rf"autumn|fall|winter|the|this|back|around|circa|and|or|through|for|on|election|elections|"
    rf"{MONTH}|day)[\s,-]*|['’(\[–—-]\s*)$"
)
_COUNT_AFTER = re.compile(
    r"\s+(?:[a-z]+(?:ed|ing|al|ian|ous|ive|ic|ful|less)\s+)?(?!(?:was|is|has|as|this|us|its|his|"
    r"does)\b)(?P<noun>[a-z]{2,}s|people|children|men|women|dead|more|other)\b"
)
_COUNT_CUE = re.compile(
    r"(?i)\b(?:than|about|around|some|nearly|almost|least|over|approximately|roughly|most|up to|"
    r"total of|toll of|reached|exactly|another|other|all|killed|injured|wounded)\s+$"
)

_MEASURE_OF = re.compile(
    r"(?i)\b(?:average|total|toll|capacity|number|price|sum|population|salary|payment|fee|cost|"
    r"maximum|minimum|record|attendance)\s+of\s+$"
)

_MASKS = re.compile("|".join(f"(?:{pattern})" for pattern in (*_DATES, *_TIMES, *_NAMES, *_SCORES, _ORDINAL)))


def masks(text: str, stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans inside some stretches whose digits or number words state no quantity, in order."""
    spans = [span for low, high in stretches for span in _hidden(text, low, high)]
    spans += [(o.start, o.end) for o in find_ordinals(text) if text[o.end - 6 : o.end].lower() != "second"]
    spans += [match.span() for match in _YEAR_LIKE.finditer(text) if _is_year(text, match)]
    return sorted(spans)


def _hidden(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    for match in _MASKS.finditer(text, low):
        if match.start() > high:
            return
        yield match.span()


_VERBS_TOO = ("KRW", "BRL", "ZAR")
"""Currencies whose names are words of other use ("who in 2018 won a seat")."""


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Return whether four digits are a year: unless words around them show that they count something."""
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 40]
    year = int(match.group())
    unit = unit_after(text, match.end(), is_money=False, value=float(year))
    is_time = unit is not None and unit.name in TIME_UNITS and text[unit.end - 1] != "s"
    is_measured = unit is not None and unit.name not in ("age", *_VERBS_TOO) and not is_time
    if is_measured or _MEASURE_OF.search(before):
        return False
    counted = _COUNT_AFTER.match(after)
    if counted and year >= 1900 and not _COUNT_CUE.search(before):
        return base_forms(counted["noun"].lower()).isdisjoint(PERSON_NOUNS) or bool(
            re.search(r"(?i)\bthe\s+$", before)
        )
    if _COUNT_CUE.search(before) and not 1990 <= year <= 2040:
        return False
    if _COUNT_CUE.search(before) and _COUNT_AFTER.match(after):
        return False
    return bool(_YEAR_CUE.search(before)) or not _COUNT_AFTER.match(after)
