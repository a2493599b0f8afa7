"""Zone names as feeds write them, and the offsets they stand for.

Feed libraries know few of these names and read the others as UTC, which moves an article to another
day. Offsets are those of the IANA time zone database for the present rules of each zone.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_FIXED_MINUTES: dict[str, int] = {
    # Universal time.
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "UCT": 0,
    # Europe.
    "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120, "EEST": 180,
    "MSK": 180, "MSD": 240, "SAMT": 240, "TRT": 180, "FET": 180,
    # Middle East and Asia.
    "IDT": 180, "IRST": 210, "IRDT": 270, "AZT": 240, "AMT": 240, "GET": 240, "AFT": 270, "PKT": 300,
    "UZT": 300, "NPT": 345, "BDT": 360, "MMT": 390, "ICT": 420, "WIB": 420, "WITA": 480, "WIT": 540,
    "HKT": 480, "SGT": 480, "MYT": 480, "PHT": 480, "AWST": 480, "KST": 540, "JST": 540, "YEKT": 300,
    "VLAT": 600,
    # Africa.
    "CAT": 120, "EAT": 180, "WAT": 60, "SAST": 120,
    # Oceania.
    "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "CHST": 600,
    # The Americas (EST to PDT as RFC 822 defines them are below, with the ambiguous names).
    "EDT": -240, "MST": -420, "MDT": -360, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600,
    "NST": -210, "NDT": -150, "ADT": -180, "BRT": -180, "ART": -180, "CLT": -240, "CLST": -180,
    "COT": -300, "PET": -300, "VET": -240, "BOT": -240, "UYT": -180, "PYT": -180,
}  # fmt: skip
_AMBIGUOUS_MINUTES: dict[str, tuple[int, ...]] = {
    # The first meaning holds when nothing else decides: RFC 822's, and Britain's.
    "EST": (-300, 600),
    "CST": (-360, 480),
    "CDT": (-300, -240),
    "PST": (-480, 480, 300),
    "BST": (60, 360, 660),
}
_UNDECIDED_MINUTES: dict[str, tuple[int, ...]] = {
    "IST": (330, 120, 60),  # India, Israel, Ireland
    "AST": (-240, 180),  # Atlantic, Arabia
    "GST": (240, -120),  # Gulf, South Georgia
    "SST": (480, -660),  # Singapore, Samoa
    "ECT": (-300, -240),
    "WST": (480, 780),
}
_REGIONS = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
"""American papers write "10:30 a.m. ET" all year; the date says whether that is standard time."""

_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-\u2212])(\d{1,2}):?(\d{2})?$", re.IGNORECASE)


def zone_named(name: str | None) -> ZoneInfo | None:
    """Return the IANA zone of that name, or None for no name.

    Raises:
        ValueError: there is no such zone.
    """
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no IANA time zone (try Africa/Cairo, Europe/Paris)") from error


def zone_of(written: str, wall: datetime, home: ZoneInfo | None) -> tzinfo | None:
    """Return the zone a date states, or None where its name cannot be told.

    Args:
        written: the zone as written: ``+0200``, ``GMT+3``, ``BST``, ``ET``, ``Africa/Cairo``.
        wall: the date and time beside it, without zone; decides summer time.
        home: the feed's own zone, which decides between meanings of a name (IST, CST ...).
    """
    offset = _OFFSET.fullmatch(written.strip())
    if offset:
        return _fixed(offset)
    name = written.strip().strip("()").upper()
    if name in _FIXED_MINUTES:
        return UTC if _FIXED_MINUTES[name] == 0 else timezone(timedelta(minutes=_FIXED_MINUTES[name]), name)
    if name in _REGIONS:
        return ZoneInfo(_REGIONS[name])
    if name in _AMBIGUOUS_MINUTES or name in _UNDECIDED_MINUTES:
        return _decided(name, wall, home)
    return _iana(written.strip())


def _fixed(match: re.Match[str]) -> tzinfo | None:
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))


def _decided(name: str, wall: datetime, home: ZoneInfo | None) -> tzinfo | None:
    """Return the meaning of an ambiguous name that the feed's own zone has on that day."""
    candidates = _AMBIGUOUS_MINUTES.get(name) or _UNDECIDED_MINUTES[name]
    if home is not None:
        here = home.utcoffset(wall)
        for minutes in candidates:
            if here == timedelta(minutes=minutes):
                return timezone(timedelta(minutes=minutes), name)
        if name in _UNDECIDED_MINUTES and _standard_minutes(home, wall) in candidates:
            return home  # the name of winter time written in summer
    if name in _UNDECIDED_MINUTES:
        return None
    return timezone(timedelta(minutes=candidates[0]), name)


def _standard_minutes(zone: ZoneInfo, wall: datetime) -> float:
    """Return the zone's offset without summer time, in minutes."""
    offset, summer = zone.utcoffset(wall), zone.dst(wall)
    return ((offset or timedelta()) - (summer or timedelta())).total_seconds() / 60


def _iana(name: str) -> tzinfo | None:
    if "/" not in name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
