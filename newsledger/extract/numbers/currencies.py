"""Currencies: their signs, ISO 4217 codes and names, before and after a sum."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from newsledger.extract.language.wordlist import words

CODES = words(
    """
    USD EUR GBP CHF CNY JPY INR AUD CAD NZD HKD SGD BRL RUB TRY UAH ILS KRW NGN MYR KES ZAR SEK NOK DKK
    PLN HUF CZK RON BGN THB IDR AED SAR KWD BDT MXN PKR EGP PHP ARS LKR LBP COP CLP IQD VND PEN TWD GHS
    ETB UGX TZS ZMW MAD TND DZD QAR OMR BHD JOD IRR AFN GEL KZT UZS AZN AMD ISK RSD KHR LAK MMK NPR CRC
    """
)
"""ISO 4217 codes that news prints beside a sum."""
_SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₺": "TRY", "₴": "UAH",
    "₪": "ILS", "₩": "KRW", "₦": "NGN", "฿": "THB", "₫": "VND", "₱": "PHP", "₡": "CRC", "₭": "LAK",
    "₸": "KZT", "₾": "GEL", "₼": "AZN", "৳": "BDT", "₿": "BTC", "₵": "GHS", "₮": "MNT", "₲": "PYG",
}  # fmt: skip
_LETTERS = {
    "us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD",
    "r": "BRL", "mx": "MXN", "mex": "MXN", "nt": "TWD", "j": "JMD", "tt": "TTD", "fj": "FJD", "n": "NAD",
}  # fmt: skip
"""Letters before a dollar sign (R$ is the real)."""
_SHORT = {"rs": "INR", "rs.": "INR", "rmb": "CNY", "rm": "MYR", "ksh": "KES", "sh": "KES", "sek": "SEK"}
_BEFORE = re.compile(
    rf"(?:(?<![A-Za-z])(?P<dollar>[A-Za-z]{{1,3}})\$|\$(?P<behind>US|AU|A|C|CA|NZ|HK|S)|"
    rf"(?<![A-Za-z])(?P<code>{'|'.join(CODES)}|Rs\.?|RMB|RM|K[Ss]h|Sh)|(?P<sign>[{''.join(_SIGNS)}]))(?P<gap>\s?)$"
)
_MONEY = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "rupee": "INR", "ruble": "RUB", "rouble": "RUB", "peso": "MXN", "franc": "CHF", "shekel": "ILS",
    "lira": "TRY", "hryvnia": "UAH", "won": "KRW", "naira": "NGN", "rand": "ZAR", "real": "BRL",
    "reais": "BRL", "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK", "zloty": "PLN",
    "forint": "HUF", "baht": "THB", "rupiah": "IDR", "dirham": "AED", "riyal": "SAR", "dinar": "KWD",
    "shilling": "KES", "ringgit": "MYR", "taka": "BDT", "rmb": "CNY", "tenge": "KZT", "lari": "GEL",
    "birr": "ETB", "cedi": "GHS", "kwacha": "ZMW", "koruna": "CZK", "koruny": "CZK", "leu": "RON",
    "lei": "RON", "afghani": "AFN", "rial": "IRR", "guarani": "PYG", "kyat": "MMK", "riel": "KHR",
    "dong": "VND", "manat": "AZN", "bitcoin": "BTC", "buck": "USD", "quid": "GBP", "crown": "",
}  # fmt: skip
_COUNTRY_MONEY = {
    ("canadian", "dollar"): "CAD", ("australian", "dollar"): "AUD", ("hong kong", "dollar"): "HKD",
    ("singapore", "dollar"): "SGD", ("new zealand", "dollar"): "NZD", ("pakistani", "rupee"): "PKR",
    ("egyptian", "pound"): "EGP", ("philippine", "peso"): "PHP", ("argentine", "peso"): "ARS",
    ("sri lankan", "rupee"): "LKR", ("lebanese", "pound"): "LBP", ("danish", "krone"): "DKK",
    ("danish", "kroner"): "DKK", ("colombian", "peso"): "COP", ("chilean", "peso"): "CLP",
    ("iraqi", "dinar"): "IQD", ("danish", "crown"): "DKK", ("swedish", "crown"): "SEK",
    ("norwegian", "crown"): "NOK", ("czech", "crown"): "CZK", ("taiwan", "dollar"): "TWD",
    ("taiwanese", "dollar"): "TWD", ("jamaican", "dollar"): "JMD", ("syrian", "pound"): "SYP",
    ("sudanese", "pound"): "SDG", ("nepalese", "rupee"): "NPR", ("ugandan", "shilling"): "UGX",
    ("tanzanian", "shilling"): "TZS", ("moroccan", "dirham"): "MAD", ("qatari", "riyal"): "QAR",
    ("omani", "rial"): "OMR", ("jordanian", "dinar"): "JOD", ("tunisian", "dinar"): "TND",
    ("algerian", "dinar"): "DZD", ("serbian", "dinar"): "RSD", ("icelandic", "krona"): "ISK",
    ("icelandic", "kronur"): "ISK", ("cfa", "franc"): "XOF", ("congolese", "franc"): "CDF",
}  # fmt: skip
_OWN = words(
    """
    us u.s. american chinese british turkish israeli indian mexican japanese russian ukrainian swiss korean
    nigerian brazilian polish hungarian thai indonesian emirati saudi kuwaiti kenyan malaysian bangladeshi
    swedish norwegian iranian sterling
    """
)
"""Adjectives of countries whose currency is the one its plain name stands for."""
_COUNTRY = "|".join(
    sorted({re.escape(c) for c, _ in _COUNTRY_MONEY} | {re.escape(c) for c in _OWN}, key=len, reverse=True)
)
_NAME = re.compile(rf"[\s-]+(?:south\s+)?(?:(?P<country>{_COUNTRY})\s+)?(?P<word>[^\W\d_]+)", re.IGNORECASE)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}
_CODE_AFTER = re.compile(
    rf"[\s-]?(?:(?P<mega>[MB])(?=EUR|USD|GBP))?(?P<code>(?:{'|'.join(CODES)}|{'|'.join(CODES).lower()})(?![\w])|"
    rf"[{''.join(_SIGNS)}](?!\s?\d|\w))(?:\s(?P<scale>thousand|million|billion|trillion|m|bn)\b)?"
)
_VERB_TOO = words("won real rand")


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency beside a number: its code, what it multiplies the number with, where it starts and ends."""

    code: str
    factor: float
    start: int
    end: int


def currency_before(text: str, at: int) -> Currency | None:
    """Return the currency sign or code written before a number, or None."""
    match = _BEFORE.search(text, max(0, at - 6), at)
    if match is None:
        return None
    if match["gap"] and re.search(r"\d\s?\Z", text[max(0, match.start() - 2) : match.start()]):
        return None  # "10 $ 30": it belongs to the number before
    if match["dollar"]:
        letters = match["dollar"].lower()
        code = _LETTERS.get(letters) or (letters.upper() if letters.upper() in CODES else None)
        return (
            Currency(code, 1.0, match.start(), at) if code else Currency("USD", 1.0, match.end("dollar"), at)
        )
    if match["code"]:
        return Currency(_SHORT.get(match["code"].lower(), match["code"]), 1.0, match.start(), at)
    code = _LETTERS[match["behind"].lower()] if match["behind"] else _SIGNS[match["sign"]]
    return Currency(code, 1.0, match.start(), at)


def currency_after(text: str, at: int) -> Currency | None:
    """Return the currency code, sign or name written after a number, or None."""
    coded = _CODE_AFTER.match(text, at)
    if coded:
        mega = {"M": 1e6, "B": 1e9}.get(coded["mega"] or "", 1.0)
        code = _SIGNS.get(coded["code"], coded["code"].upper())
        return Currency(code, mega * _SCALES.get(coded["scale"] or "", 1.0), at, coded.end())
    match = _NAME.match(text, at)
    if match is None:
        return None
    word, low = match["word"], singular(match["word"].lower())
    if low in ("cent", "pence", "penny", "pennie"):
        return Currency("GBP" if low != "cent" else "USD", 0.01, at, match.end())
    country = " ".join((match["country"] or "").lower().split())
    code = _COUNTRY_MONEY.get((country, low)) or _MONEY.get(low)
    if not code or (low in _VERB_TOO and word != low):
        return None
    if low in ("won", "real") and not country and not _ENDS.match(text, match.end()):
        return None
    return Currency(code, 1.0, at, match.end())


_ENDS = re.compile(r"\s*(?:[.,;)]|$|in\b|to\b|for\b|a\b|\()")


def unit_named(counts: Iterable[str]) -> str | None:
    """Return the ISO code of the first word that is a currency ("euros", "€", "US dollars"), or None."""
    for word in counts:
        sign = _SIGNS.get(word) or (word.upper() if word.upper() in CODES else _SHORT.get(word.lower()))
        dollar = _LETTERS.get(word[:-1].lower()) if word.endswith("$") else None
        name = _MONEY.get(singular(word.lower().split(" ")[-1])) if word else None
        if sign or dollar or name:
            return sign or dollar or name
    return None


def singular(word: str) -> str:
    """Return a lower-case unit word without its plural s."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and word not in ("inches",) else word
