"""The world's news agencies, by the names papers print for them."""

from __future__ import annotations

import re

_NAMES = """
AP: Associated Press, The Associated Press, A.P.
Reuters: Thomson Reuters, Reuters News Agency, Reuters Staff, Reuters Health, Reuters Breakingviews
AFP: Agence France-Presse, Agence France Presse, Agence-France Presse, AFP Relaxnews
UPI: United Press International
dpa: Dpa, Deutsche Presse-Agentur, dpa-AFX, German Press Agency
EFE: Agencia EFE, EFE News
ANSA: Agenzia ANSA
AGI: Agenzia Italia
Xinhua: Xinhua News Agency, XINHUA
CNS: China News Service
TASS: ITAR-TASS
RIA Novosti: RIA, Ria Novosti
Sputnik: Sputnik News
Interfax: Interfax-Ukraine
Ukrinform: Ukrinform News Agency
UNIAN: Unian
BelTA: BELTA
PTI: Press Trust of India
ANI: Asian News International
IANS: Indo-Asian News Service
UNI: United News of India
APP: Associated Press of Pakistan
BSS: Bangladesh Sangbad Sangstha
UNB: United News of Bangladesh
Kyodo: Kyodo News
Jiji Press: Jiji
Yonhap: Yonhap News Agency, Yonhap News
KCNA: Korean Central News Agency
CNA: Central News Agency
Antara: ANTARA, Antara News
Bernama: BERNAMA
VNA: Vietnam News Agency
PNA: Philippine News Agency
AAP: Australian Associated Press
NZPA: New Zealand Press Association
PA: PA Media, Press Association, PA news agency
Canadian Press: The Canadian Press, CP
Bloomberg: Bloomberg News
Dow Jones: Dow Jones Newswires, Dow Jones Newswire
Anadolu: AA, Anadolu Agency, Anadolu Ajansi
DHA: Demiroren News Agency
IHA: Ihlas News Agency
MENA: Middle East News Agency
WAFA: Wafa, Palestinian News Agency
SANA: Syrian Arab News Agency
NNA: National News Agency
Petra: PETRA, Jordan News Agency
SPA: Saudi Press Agency
KUNA: Kuwait News Agency
QNA: Qatar News Agency
WAM: Emirates News Agency
BNA: Bahrain News Agency
ONA: Oman News Agency
INA: Iraqi News Agency
IRNA: Islamic Republic News Agency
ISNA: Iranian Students News Agency
MNA: Mehr News Agency
Tasnim: Tasnim News Agency
Fars: Fars News Agency
JTA: Jewish Telegraphic Agency
JNS: Jewish News Syndicate
TPS: Tazpit Press Service
MAP: Maghreb Arabe Presse
APS: Algerie Presse Service
TAP: Tunis Afrique Presse
LANA: Libyan News Agency
SUNA: Sudan News Agency
ENA: Ethiopian News Agency
SONNA: Somali National News Agency
GNA: Ghana News Agency
NAN: News Agency of Nigeria
KNA: Kenya News Agency
SAnews: South African Government News Agency
ANA: Africa News Agency, African News Agency
APA: Austria Presse Agentur, Austria Press Agency
SDA: Keystone-SDA, Swiss News Agency
ANP: Algemeen Nederlands Persbureau
Belga: BELGA, Belga News Agency
TT: TT News Agency
NTB: Norsk Telegrambyra
Ritzau: RITZAU
STT: STT-Lehtikuva
PAP: Polish Press Agency
CTK: Czech News Agency
MTI: Hungarian News Agency
AGERPRES: Agerpres
BTA: Bulgarian News Agency
Hina: HINA
Tanjug: TANJUG
ANA-MPA: Athens News Agency
CNA Cyprus: Cyprus News Agency
Lusa: LUSA, Lusa News Agency
Europa Press: Europa Press Agency
Agencia Brasil: ABr
Telam: TELAM
Notimex: NOTIMEX
Prensa Latina: PL
IRIN: IRIN News
The New Humanitarian: TNH
Thomson Reuters Foundation: TRF, Context News
IPS: Inter Press Service
CNN Newsource: CNN Wire, CNN
States Newsroom: Stateline
KFF Health News: KHN
Tribune News Service: TNS
"""


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _NAMES.strip().splitlines():
        name, _, others = line.partition(":")
        for written in (name, *others.split(",")):
            table[written.strip()] = name.strip()
    return table


AGENCIES = _table()
"""Name as printed -> the short name the ledger uses."""

_FOLDED = {written.casefold(): name for written, name in AGENCIES.items()}
_LONG = {w: n for w, n in _FOLDED.items() if len(w) > 4}
_SHOUTED = frozenset({"pa", "cp", "pl", "tt", "ana", "map", "tap", "apa", "pap", "una", "uni", "mena", "cna"})
"""Abbreviations that are words or names when not in capitals."""
_CUT = re.compile(r"\s*(?:/|,|;|\||&|\band\b|\bvia\b|\bwith\b|\+)\s*")


def agency_named(printed: str) -> str | None:
    """Return the agency a short piece of text names, or None.

    "AP", "Agence France-Presse", "Reuters/AFP" (the first), but not "told Reuters". Short names count
    only in the capitals they are printed in.
    """
    for piece in _CUT.split(printed.strip(" .()[]/*-–—|:•\u00a0")):
        name = piece.strip(" .()[]")
        found = AGENCIES.get(name) or _LONG.get(name.casefold())
        if found is None and name.isupper() and name.casefold() not in _SHOUTED:
            found = _FOLDED.get(name.casefold())
        if found is not None:
            return found
    return None
