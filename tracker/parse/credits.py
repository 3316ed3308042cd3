"""Which wires a text says it comes from: datelines, bylines, closing lines. A picture's credit credits a picture and is not read here."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.parse.layout import TITLE, Layout
from tracker.parse.lines import Line
from tracker.parse.styles import find_styles
from tracker.registry import Registry
from tracker.text import slug, straight

_PLACE: Final = r"(?:[A-Z][\w'.-]*(?:[ -][A-Z][\w'.-]*){0,4})"
_SHOUT: Final = r"(?:[A-Z]{2}[A-Z'.-]*|[A-Z]\.(?:[A-Z]\.)+|ST\.?)(?:[ /-](?:[A-Z][A-Z'.-]+)){0,4}"
_WHERE: Final = rf"(?P<place>{_PLACE}(?:/{_PLACE}){{0,3}})(?:,\s?[A-Z][\w.]*(?: [A-Z][\w.]*){{0,2}})?"
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WHEN: Final = rf"(?:[,.]?\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?(?:{_MONTH}\.? \d{{1,2}}|\d{{1,2}} {_MONTH})\.?(?:,? (?:19|20)\d\d)?)"
_DASH: Final = r"\s*(?:—|–|--|-|:|\.\s?-{1,2}|\.)\s+"
_AGENCY: Final = r"\s*[(\[](?P<wire>[A-Z][\w&.' -]{1,40}(?:\s?[/,&]\s?[A-Z][\w&.' -]{1,40}){0,3}|[a-z]{3,4})[)\]]"
_OPENINGS: Final = (
    re.compile(rf"(?:{_WHERE}(?i:{_WHEN})?,?)?{_AGENCY}(?:{_DASH}|\s*[—–-]+\s*)"),  # KYIV, Jan 3 (AP) —
    re.compile(rf"(?i:{_MONTH}\.? \d{{1,2}},?){_AGENCY}{_DASH}"),  # Jan 3 (AP) —
    re.compile(rf"{_WHERE}(?i:{_WHEN})?\s*[./—–-]*\s*/(?P<wire>[A-Z][\w. -]{{1,30}})/\s*[.—–:-]*\s*"),  # MOSCOW, October 14. /TASS/.
    re.compile(rf"(?P<shout>{_SHOUT})(?:,\s?[A-Z][\w.]*(?: [A-Z][\w.]*){{0,2}})?(?i:{_WHEN})?\s*(?:—|–|--|\s-\s)\s*"),  # WASHINGTON —
    re.compile(rf"(?P<shout>{_SHOUT})(?:,\s?[A-Z][\w.]*(?: [A-Z][\w.]*){{0,2}})?(?i:{_WHEN})?:\s+(?=[A-Z])"),  # NEW DELHI:
    re.compile(rf"{_WHERE}(?i:{_WHEN})\s*(?:—|–|--|-)\s*"),  # Seoul, Oct. 14 —
)
# What stands in capitals before a dash or colon without being a place.
_NO_PLACE: Final = frozenset("update updated breaking exclusive opinion analysis watch video live editor editorial note correction urgent flash recap "
                             "explainer factbox column interview review q a nato eu un us uk usa fbi cia nis hur sbu who opec imf ceo pm mp nsa doj "
                             "dhs".split())
_PARTS: Final = re.compile(r"\s*(?:[/,&]|\band\b)\s*")
_CLOSING: Final = re.compile(r"(?:[(\[—–-]\s*|/)(?P<wire>[A-Z][\w&.' -]{1,40}(?:[/,]\s?[A-Z][\w&.' -]{1,40}){0,3}|dpa)\s*[)\]/]\.?$")
_BY_LINE: Final = re.compile(r"^\W*(?:by|from|story by|reported by)[: ]", re.IGNORECASE)
_HELPED: Final = re.compile(r"\bcontribut|\bwith (?:additional )?(?:reporting|inputs?|files|material|information|contributions?|agenc|wires?)|"
                            r"\badditional reporting|\binputs? (?:from|by)|\bmaterials? (?:from|of|by)|\breporting by\b|\bincludes? (?:reporting|material|"
                            r"information)", re.IGNORECASE)
_SOURCE: Final = re.compile(r"^\W*sources?:\s*(?P<wire>.{2,60}?)\W*$", re.IGNORECASE)
_FIRST_APPEARED: Final = re.compile(r"\b(?:originally|first)\s+(?:appeared|published)|\brepublished\b|\bsyndicated\b", re.IGNORECASE)
_READ_AT: Final = 240  # characters in which a dateline stands


@dataclass(frozen=True, slots=True)
class Opening:
    """A dateline: its span, and the wires it names as printed."""

    start: int
    end: int
    wires: tuple[str, ...]


def find_openings(layout: Layout) -> list[Opening]:
    """Datelines at the head of paragraphs, in order; one without an agency only before the first two paragraphs."""
    found, paragraphs = [], 0
    for line, kind in zip(layout.lines, layout.kinds, strict=True):
        if kind or not line.full:
            continue
        opening = _opening(line, first=paragraphs < 2)
        paragraphs += 1
        if opening:
            found.append(opening)
    return found


def _opening(line: Line, *, first: bool) -> Opening | None:
    head = line.text[:_READ_AT]
    for pattern in _OPENINGS:
        match = pattern.match(head)
        if not match or match.end() > 120:
            continue
        parts = match.groupdict()
        wires = tuple(p for p in _PARTS.split(parts.get("wire") or "") if p)
        place = (parts.get("shout") or parts.get("place") or "").lower()
        if (not wires and not first) or set(re.split(r"[ /-]", place)) & _NO_PLACE:
            continue
        return Opening(line.start, line.start + match.end(), wires)
    return None


def find_credits(layout: Layout, registry: Registry, *, byline: str = "", outlet_id: str = "") -> list[str]:
    """Wires credited for the text, as "dateline:reuters", "byline:ap", "contributed:afp", "closing:ani", "copyright:ap", "source:x", "republished:x",
    "style:ap".

    Each once, sorted; an outlet that credits itself is left out. Unregistered agencies in a dateline are given by their slug.
    """
    found = [f"dateline:{registry.by_name(w) or slug(w)}" for opening in find_openings(layout) for w in opening.wires if _may_be_wire(w, registry)]
    found += [f"byline:{o}" for o in _in_byline(byline, registry, outlet_id)]
    for line, kind in zip(layout.lines, layout.kinds, strict=True):
        found += _in_line(line, kind, registry, outlet_id)
    if _is_roundup(layout):
        found = [c for c in found if not c.startswith("closing:")]
    found += find_styles("\n".join(line.text for line in layout.lines), registry)
    return sorted({c for c in found if c.partition(":")[2] not in {"", outlet_id}})


def _may_be_wire(printed: str, registry: Registry) -> bool:
    """"(Reuters)" or an unknown "(Coast Wire)"; not "(pictured)", and not a registered ministry."""
    known = registry.by_name(printed)
    if known:
        return registry.kind(known) != "official"
    return len(slug(printed)) >= 2 and not re.search(r"\b(?:Update|Photo|File|Ret|Inc|Ltd|Part|R|D|[RD]-\w+)\b", printed)


def _in_byline(byline: str, registry: Registry, outlet_id: str) -> list[str]:
    """Agencies in a byline; another outlet only when the article's own outlet is known."""
    names = {o for _, _, o in registry.find_names(byline[:300])} | {registry.by_name(p) for p in re.split(r"\s*(?:,|\||/|;|\band\b)\s*", byline[:300])}
    return [o for o in names if o and (registry.kind(o) == "agency" or (outlet_id and registry.kind(o) not in {"official", "research", "company", "party"}))]


def _in_line(line: Line, kind: str, registry: Registry, outlet_id: str) -> Iterator[str]:
    if kind == "byline":
        yield from (f"byline:{o}" for o in _in_byline(_BY_LINE.sub("", line.text), registry, outlet_id))
    elif kind == "masthead":
        yield from (f"byline:{o}" for o in [registry.by_name(line.text.strip("|-–—•* "))] if registry.kind(o) == "agency")
    elif kind == "copyright":
        yield from (f"copyright:{o}" for _, _, o in registry.find_names(line.text[:400]) if registry.kind(o) == "agency")
    elif kind == "desk":
        yield from _at_desk(straight(line.text), registry)
    elif kind in {"", TITLE} and line.words > 3:
        closing = _CLOSING.search(line.text[-80:])
        yield from (f"closing:{o}" for o in [registry.by_name(closing["wire"]) if closing else ""] if registry.kind(o) == "agency")


def _is_roundup(layout: Layout) -> bool:
    """Paragraphs close with several names ("... [AP]", "... [Times]"): each credits its own item, none the whole."""
    closed = {m["wire"].strip(". ").lower() for line in layout.lines if line.words > 3 for m in [_CLOSING.search(line.text[-80:])] if m}
    return len(closed) > 1


def _at_desk(text: str, registry: Registry) -> Iterator[str]:
    """Credits in the lines of the desk: "With reporting by AFP", "Source: Xinhua", "First appeared in ..."."""
    source = _SOURCE.match(text)
    how = "source" if source else "republished" if _FIRST_APPEARED.search(text) else "contributed" if _HELPED.search(text) else ""
    if how:
        yield from (f"{how}:{o}" for _, _, o in registry.find_names(text[:600]) if registry.kind(o) != "official")


def wire_of(credit: Sequence[str], registry: Registry) -> str:
    """The agency whose copy an article is, by its credits: a dateline, byline, closing line or copyright line that names one, else its style; "" for none.

    "With reporting by AFP" and "Source: Xinhua" are no copy: the outlet wrote the story with it.
    """
    order = {how: rank for rank, how in enumerate(("dateline", "byline", "closing", "copyright", "style"))}
    found = [(order[how], wire) for how, _, wire in (c.partition(":") for c in credit) if how in order and registry.kind(wire) == "agency"]
    return min(found, default=(0, ""))[1]
