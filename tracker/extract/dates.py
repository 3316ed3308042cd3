"""Dates in prose, resolved against the article's own date by calendar arithmetic alone: no clock, no guess.

A date is given as ISO text at its grain: "2024-10-14" (day), "2024-10" (month), "2024" (year); a day without a year in an undated article
is "--10-14". Vague words ("recently", "earlier") give nothing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = {
    m: n
    for n, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for m in names.split()
}
_DAYS = {
    d: n
    for n, names in enumerate(("mon monday", "tue tues tuesday", "wed wednesday", "thu thur thurs thursday", "fri friday", "sat saturday", "sun sunday"))
    for d in names.split()
}
_MONTH = "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_PATTERNS = [
    re.compile(p, re.I)
    for p in (
        r"\b(?P<year>(?:19|20)\d\d)-(?P<mon>\d\d)-(?P<day>\d\d)\b",
        rf"\b{_MONTH}\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}\b\.?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
        rf"\b(?P<rel>last|this|next)\s+{_MONTH}\b",
        rf"\b(?:in|since|of|until|by|early|late|mid)[\s-]+{_MONTH}\b\.?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
        r"\b(?P<word>yesterday|today|tomorrow|tonight)\b",
        r"\b(?P<rel>last|this|next|previous)\s+(?P<unit>week|month|year)\b",
        r"\b(?:(?P<rel>last|next)\s+)?(?P<weekday>mon|tues?|wednes|thurs?|fri|satur|sun)day\b",
        r"\b(?P<year>(?:19|20)\d\d)\b(?![\d-])",
    )
]


def find_dates(text: str, published: str) -> list[str]:
    """ISO texts of the dates a passage names, in order of appearance, each once; `published` is the article's date or ""."""
    base = _parse(published)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, str]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < e and match.end() > s for s, e in taken):
                continue
            value = _resolve(match.groupdict(), base)
            if value and match.group(0).lower() != "may":
                taken.append(match.span())
                found.append((match.start(), value))
    out: list[str] = []
    for _, value in sorted(found):
        if value not in out:
            out.append(value)
    return out


def _parse(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _resolve(parts: dict[str, str | None], base: date | None) -> str:
    """One match as ISO text, "" when it cannot be resolved."""
    year = int(str(parts["year"])) if parts.get("year") else None
    if parts.get("mon"):
        return f"{year}-{parts['mon']}-{parts['day']}"
    if parts.get("month"):
        return _of_month(_MONTHS[str(parts["month"]).lower().rstrip(".")], parts.get("day"), year, parts.get("rel"), base)
    if parts.get("word"):
        shift = {"yesterday": -1, "tomorrow": 1}.get(str(parts["word"]).lower(), 0)
        return (base + timedelta(days=shift)).isoformat() if base else ""
    if parts.get("unit"):
        return _of_unit(str(parts["unit"]).lower(), str(parts["rel"]).lower(), base)
    if parts.get("weekday"):
        return _of_weekday(str(parts["weekday"]).lower(), (parts.get("rel") or "").lower(), base)
    return str(year) if year else ""


def _of_month(month: int, day: str | None, year: int | None, rel: str | None, base: date | None) -> str:
    if day is not None and not 1 <= int(day) <= 31:
        return ""
    if year is None and base is None:
        return f"--{month:02d}-{int(day):02d}" if day else f"--{month:02d}"
    if year is None and base is not None:
        year = base.year
        ahead = (month, int(day or 1)) > (base.month, base.day)
        # News names the nearer past unless it says "next"; a month up to two ahead is more often a plan than a year ago.
        if rel == "last" and (month >= base.month) or ahead and rel is None and month - base.month > 2:
            year -= 1
        elif rel == "next" and month <= base.month:
            year += 1
    return f"{year}-{month:02d}-{int(day):02d}" if day else f"{year}-{month:02d}"


def _of_unit(unit: str, rel: str, base: date | None) -> str:
    if base is None or unit == "week":
        return ""
    step = {"last": -1, "previous": -1, "next": 1}.get(rel, 0)
    if unit == "year":
        return str(base.year + step)
    months = base.year * 12 + base.month - 1 + step
    return f"{months // 12}-{months % 12 + 1:02d}"


def _of_weekday(stem: str, rel: str, base: date | None) -> str:
    if base is None:
        return ""
    wanted = _DAYS[stem + "day"]
    back = (base.weekday() - wanted) % 7
    if rel == "next":
        return (base + timedelta(days=(wanted - base.weekday() - 1) % 7 + 1)).isoformat()
    return (base - timedelta(days=back)).isoformat()
