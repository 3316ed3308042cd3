"""Dates of publication: values of markup and columns, and the stamps that pages print; never a guess from prose."""
from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

Stamp = tuple[str, str]
"""A time as the tables hold it and its grain: ("2024-10-14", "day"), ("2024-10-14T09:30Z", "minute"), ("", "")."""

NONE: Final[Stamp] = ("", "")
_MONTHS: Final = {name: n for n, names in enumerate(
    ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august", "sep sept september", "oct october",
        "nov november", "dec december"), 1)
    for name in names.split()}
# Minutes east of Greenwich. Letters with two meanings on the wires (IST, CST of China, BST of Bangladesh) are left out: the day stays, the minute goes.
_ZONES: Final = {"z": 0, "gmt": 0, "utc": 0, "wet": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180, "kst": 540, "jst": 540,
    "hkt": 480, "sgt": 480,
                 "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "et": None, "pt": None, "ct": None, "ist": None,
                 "cst": None, "local": None}
_M: Final = (r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?)\.?")
_Y: Final = r"(?P<year>(?:19|20)\d\d)"
_D: Final = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_T: Final = (r"(?P<hour>[0-2]?\d)(?:[:.h](?P<minute>[0-5]\d))?(?:[:.][0-5]\d(?:[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?m\.?)?\s*"
             r"(?P<zone>\(?(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d\d)?\)?|[+-][01]\d:?[0-5]\d|\(?(?:z|gmt|utc|wet|bst|cet|cest|eet|eest|msk|kst|jst|hkt|sgt|e[sd]?t|"
             r"c[sd]?t|m[sd]t|p[sd]?t|ist|local(?: time)?)\b\)?)?")
_DAYS: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_FORMS: Final = (rf"{_Y}[-/.](?P<mon>[01]?\d)[-/.](?P<day>[0-3]?\d)", rf"{_DAYS}{_M}\s+{_D},?\s+{_Y}", rf"{_DAYS}{_D}[\s-]+(?:of\s+)?{_M},?[\s-]+{_Y}",
                 rf"{_DAYS}(?P<one>[0-3]?\d)[./-](?P<two>[0-3]?\d)[./-]{_Y}", r"(?P<year>(?:19|20)\d\d)(?P<mon>[01]\d)(?P<day>[0-3]\d)")
_BETWEEN: Final = r"(?:\s*(?:,|-|–|—|\||•|·|at|T|/|;)?\s*)"
_DATED: Final = tuple(re.compile(rf"{form}(?:{_BETWEEN}{_T}(?!\d))?", re.IGNORECASE) for form in _FORMS)
_TIMED: Final = tuple(re.compile(rf"{_T}{_BETWEEN}(?:on\s+)?{form}(?!\d)", re.IGNORECASE) for form in _FORMS[:4])
_YEARLESS: Final = tuple(re.compile(rf"\W*(?:published|posted|updated)?:?\W*{form}\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{{2,4}})?\W*", re.IGNORECASE)
                         for form in (rf"{_DAYS}{_M}\s+{_D}", rf"{_DAYS}{_D}\s+{_M}", r"[0-2]?\d:[0-5]\d"))
_LEAD: Final = re.compile(
    r"\W*(?:(?:first |last |originally )?(?:published|posted|updated|modified|created|release[sd]?|issued|date|time|added|filed|uploaded|edited|"
    r"print edition)(?:\s+(?:on|at|date|time))?\s*[:|-]?\s*|on\s+)?", re.IGNORECASE)
_UPDATED: Final = re.compile(r"\W*(?:last )?(?:updated|modified|edited)\b", re.IGNORECASE)
_REST: Final = re.compile(r"\W*(?:(?:last )?(?:updated|modified|edited|published).{0,50})?\W*(?:\d+ min(?:ute)?s? read)?\W*", re.IGNORECASE)
_FIRST_YEAR: Final = 1900
_LONGEST: Final = 120  # characters of a line that can be nothing but a stamp


def read_stamp(text: str) -> Stamp:
    """The time that a value of markup, a column or a manifest gives; a minute only where its zone is known, nothing when day and month may be swapped."""
    value = text.strip()[:_LONGEST]
    if re.fullmatch(r"\d{10}|\d{13}", value):
        return _minute(datetime.fromtimestamp(int(value[:10]), UTC))
    found = re.match(rf"\W*{_DAYS}", value, re.IGNORECASE)
    return _at(value, found.end() if found and found.end() and not value[: found.end()].strip().isdigit() else 0)[0]


def is_stamp(line: str) -> bool:
    """Whether a line is nothing but a date or a time of publication."""
    return len(line) <= _LONGEST and (_line_stamp(line) is not None or any(p.fullmatch(line) for p in _YEARLESS))


def stamp_in(line: str) -> Stamp:
    """The time that a stamp line prints; ("", "") for other lines."""
    found = _line_stamp(line) if len(line) <= _LONGEST else None
    return found or NONE


def is_update(line: str) -> bool:
    """Whether a stamp line tells of a later change and not of the publication."""
    return bool(_UPDATED.match(line))


def stamp_after(line: str) -> Stamp:
    """A date at the end of a byline: "By Ann Lee | Oct 14, 2024", "Published: 3 March 2024 in World"."""
    if len(line) > 2 * _LONGEST:
        return NONE
    found = re.search(r"(?:[|•·—–]|\s-|,|\bon\b|\b(?:published|posted):?)\s*(?=\S)", line, re.IGNORECASE)
    while found:
        stamp, end = _at(line, found.end())
        if stamp[0] and _REST.fullmatch(line[end:]):
            return stamp
        found = re.compile(r"[|•·—–]\s*|\s-\s*|,\s*|\bon\s+|:\s*").search(line, found.end())
    return NONE


def stamp_of_url(url: str) -> Stamp:
    """The day that stands in an address as a path: /2024/10/14/ or /2024-10-14-."""
    found = re.search(r"/((?:19|20)\d\d)([/-])([01]\d)\2([0-3]\d)(?:[/-]|$)", url[:2000])
    return _day(int(found[1]), int(found[3]), int(found[4])) if found else NONE


def _line_stamp(line: str) -> Stamp | None:
    lead = _LEAD.match(line)
    stamp, end = _at(line, lead.end() if lead else 0)
    return stamp if end and _REST.fullmatch(line[end:]) else None


def _at(text: str, start: int) -> tuple[Stamp, int]:
    """The time that is written from `start` on, and where it ends (0: none is)."""
    best: tuple[Stamp, int] = (NONE, 0)
    for pattern in (*_DATED, *_TIMED):
        found = pattern.match(text, start)
        if found and found.end() > best[1]:
            stamp = _stamp(found.groupdict())
            if stamp is not None:
                best = (stamp, found.end())
    return best


def _stamp(parts: dict[str, str | None]) -> Stamp | None:
    """A match as a time; None when it is no date, ("", "") when it is one that cannot be told."""
    year = int(parts["year"] or 0)
    if parts.get("one"):
        one, two = int(parts["one"] or 0), int(parts["two"] or 0)
        if one <= 12 and two <= 12 and one != two:
            return NONE
        month, day = (two, one) if one > 12 or one == two else (one, two)
    else:
        month = int(parts["mon"] or 0) if parts.get("mon") else _MONTHS[(parts["month"] or "").lower().rstrip(".")]
        day = int(parts["day"] or 0)
    whole = _day(year, month, day)
    if not whole[0]:
        return None
    return _timed(date(year, month, day), parts) or whole


def _timed(day: date, parts: dict[str, str | None]) -> Stamp | None:
    """The minute in UTC, when hour, minute and zone are printed."""
    zone = _zone(parts.get("zone") or "")
    if not parts.get("hour") or zone is None or not (parts.get("minute") or parts.get("half")):
        return None
    hour = int(parts["hour"] or 0)
    half = (parts.get("half") or "")[:1].lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23:
        return None
    try:
        moment = datetime(day.year, day.month, day.day, hour, int(parts.get("minute") or 0), tzinfo=UTC) - timedelta(minutes=zone)
    except OverflowError:
        return None
    return _minute(moment)


def _zone(text: str) -> int | None:
    """Minutes east of Greenwich; None when unknown."""
    name = text.strip("() ").lower()
    found = re.fullmatch(r"(?:gmt|utc)?\s?([+-])(\d{1,2}):?(\d\d)?", name)
    if found:
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return minutes if found[1] == "+" else -minutes
    return _ZONES.get(name)


def _minute(moment: datetime) -> Stamp:
    return (moment.strftime("%Y-%m-%dT%H:%MZ"), "minute") if moment.year >= _FIRST_YEAR else NONE


def _day(year: int, month: int, day: int) -> Stamp:
    try:
        return (date(year, month, day).isoformat(), "day") if year >= _FIRST_YEAR else NONE
    except ValueError:
        return NONE
