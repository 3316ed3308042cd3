"""What a line says by its form alone: labels and menus, prompts to readers, captions, bylines, stamps, copyright lines."""
from __future__ import annotations

import re
from typing import Final

from tracker.parse.phrases import COPYRIGHT, DESK_NAMES, DESK_NOTES, HEADINGS, LABELS, PROMPTS, RIGHTS, STRONG
from tracker.parse.stamps import is_stamp
from tracker.text import straight

_LONGEST: Final = 700  # characters of a line that may be furniture as a whole; a longer one is a paragraph, whatever it starts with
_COPYRIGHT_WORDS: Final = 45
_PROMPT_WORDS: Final = 45
_CAPTION_WORDS: Final = 90  # captions of agencies name place, people and date in up to three sentences

_NAME: Final = r"[A-Z][\w'.-]*(?: (?:[A-Z][\w'.-]*|de|van|von|der|al|bin|el|la|and|&)){0,5}"
_AGENCY: Final = (r"(?:AP(?: Photo)?|AFP|Reuters|REUTERS|EPA|EFE|dpa|DPA|ANSA|UPI|TASS|Tass|Sputnik|Xinhua|KCNA|Yonhap|Kyodo|PA|ANI|PTI|Getty(?: Images)?|"
    r"Pool|POOL|Shutterstock|iStock|"
                  r"Alamy|Bloomberg|Anadolu|NurPhoto|Zuma|Handout|File|Wikimedia Commons|Unsplash)")
_SAID: Final = re.compile(r"\b(?:said|says|told|added|according to|reported|announced|wrote|warned|urged|called)\b", re.IGNORECASE)

# "(X / AFP via Getty Images)", "[Image source=X]", "CreditX/Reuters", "Photo: X", "X/Reuters" at the end of a line.
_CREDITS: Final = tuple(re.compile(p) for p in (
    rf"[(\[]\s*(?:{_NAME}\s*/\s*){{1,3}}{_NAME}(?:\s+via\s+{_NAME})?\s*[)\]]\.?$",
    r"[(\[]\s*(?:Photos?|Images?|Pictures?|Credits?|AP Photo|File|Handout|Screenshot)\b[^()\[\]]{0,80}[)\]]\.?$",
    rf"(?:^|[.!?”’\"\s)])(?:Photo|Image|Picture)?(?:Credit|Photograph by|Photo by|Image by|Photo:|Credit:)\s?(?:\.\.\.)?{_NAME}(?:\s?(?:/|,|for|via|"
    rf"-)\s?{_NAME}){{0,4}}\.?$",
    rf"(?:^|[.!?”\"(])\s*{_NAME}\s*(?:/|via|\|)\s*{_AGENCY}(?:\s*(?:via|/)\s*{_NAME})?\s*\)?\.?$",
    rf"(?:^|[.!?”\"(])\s*{_AGENCY}\s*/\s*{_NAME}\)?\.?$",
    r"(?i:(?:^|via |[/©(:] ?)getty(?: images)?\)?\.?$)",
    r"(?i:(?:^|[.!?”\"(\[|—–-])\s*(?:photo|photograph|image|picture|pic|credit|file photo|screen ?(?:shot|grab))s?\s*(?:credit|source|by|courtesy|"
    r"from)?\s*[:=].{0,60}$)",
    r"(?i:[.!?”\"(\[|]\s*(?:file|handout|courtesy) (?:photo|image|picture)[^.]{0,40}[)\]]?\.?$)",
    r"(?i:(?:^|[.!?”\"(\[|])\s*(?:photo|image|picture)s? (?:courtesy|provided) (?:of|by) .{1,50}$)"))
_SHOWN: Final = re.compile(
    r"(?:in this (?:[\w-]+[ ,]{1,2}){0,5}(?:photo(?:graph)?|image|picture|handout|frame|still|screen ?(?:shot|grab))\b|"
    r"(?:file|handout|pool|undated|representative|illustrative|archive|stock|courtesy) (?:photo(?:graph)?|image|picture|footage)\b|"
    r"(?:photo|image|picture|caption|pictured|file)(?: \d+)?\s*[:|]|\[?(?:image|photo) (?:source|credit)\b|illustration(?: by|:)|a (?:general view|"
    r"file photo)\b|"
    r"this (?:combination (?:of )?|file |handout |undated |satellite ){1,3}(?:photo(?:graph)?|image|picture)s?\b)", re.IGNORECASE)
POSED: Final = re.compile(
    r"\((?:left|right|centre|center|l|r|c|top|bottom|second (?:from )?(?:left|right)|2nd [lr]|(?:from |front |far )(?:left|right))\)|, (?:left|right|center|"
    r"centre),", re.IGNORECASE)
"""How captions say who stands where."""

_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
BYLINE: Final = re.compile(
    rf"(?i:by|written by|from|posted by|author:?|reported by|story by|text by)[: ]\s*(?!{_WEEKDAY}|(?:January|February|March|April|June|July|August|September|"
    rf"October|November|December)\b)(?P<who>{_NAME}(?:\s*(?:,|and|&|\||/|·|•|—|–|-|in|for)\s*{_NAME}){{0,6}})"
    rf"(?:\s*[|•·—–(/].{{0,60}}|,?\s+(?:on |published |updated )?(?:\d{{1,2}} [A-Z][a-z]{{2}}|\d{{1,4}}[-./:]\d|[A-Z][a-z]{{2,8}}\.? \d{{1,2}},|"
    rf"{_WEEKDAY}).{{0,40}}"
    r"|,?\s+(?:[\w-]+ ){0,3}(?:writer|reporter|correspondent|editor|analyst|contributor|columnist|staff|chief)\b.{0,30}|\s+@\w+)?")
_LINKING: Final = frozenset("additional and at by contributed contributing editing edited for from in of on report reported reporting story the this to "
    "translation with writing written".split())
_VIEWS: Final = re.compile(r"(?:[A-Z][\w.'-]* ){1,4}(?:[Vv]iews?|[Pp]osts?|\d+ (?:followers|articles|posts))")
_NOTE: Final = re.compile(r"([*_]{1,2})[^*_].{3,300}\1")
_LINKED: Final = (
    r"(?:https?://\S+|www\.\S+|@\w{2,30}|#\w{2,40}|!\[[^\]]{0,300}\]\([^)]{0,500}\)|<[^<>]{1,300}>|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,64}|"
    r"pic\.twitter\.com/\S+)")
_LINK: Final = re.compile(rf"{_LINKED}(?:[\s|,]{{1,5}}{_LINKED}){{0,20}}", re.IGNORECASE)
_RULE: Final = re.compile(r"[\W_]+")


def form_of(text: str) -> str:
    """What a line is by its form: "label", "heading", "prompt", "caption", "copyright", "byline", "stamp", "desk", "note", "link"; "" is none of these."""
    if len(text) > _LONGEST:
        return ""
    plain = straight(text).strip()
    size = len(plain.split())
    if _RULE.fullmatch(plain):
        return "label"
    short = _short(plain, size) if size <= 16 else ""
    if short:
        return short
    if size <= _COPYRIGHT_WORDS and (COPYRIGHT.fullmatch(plain) or RIGHTS.search(plain)):
        return "copyright"
    if size <= _CAPTION_WORDS and _is_caption(plain):
        return "caption"
    if plain.startswith('"'):
        return ""
    if DESK_NOTES.fullmatch(plain) or (DESK_NAMES.fullmatch(plain) and _only_names(plain)):
        return "desk"
    if size <= _PROMPT_WORDS and PROMPTS.match(plain) and (STRONG.search(plain) or not _SAID.search(plain)):
        return "prompt"
    return "note" if _NOTE.fullmatch(plain) else ""


def _short(plain: str, size: int) -> str:
    """The forms that only short lines have."""
    if is_stamp(plain):
        return "stamp"
    if size <= 10 and HEADINGS.fullmatch(plain):
        return "heading"
    if LABELS.fullmatch(plain) or _VIEWS.fullmatch(plain):
        return "label"
    if _LINK.fullmatch(plain):
        return "link"
    if BYLINE.fullmatch(plain) and plain[-1] not in "?!":
        return "byline"
    return ""


def _only_names(plain: str) -> bool:
    """Nothing but names and the words that link them: a list of credits, not a sentence."""
    return all(not w[0].islower() or w in _LINKING for w in re.findall(r"[^\W\d_][\w'-]*", plain)[1:])


def _is_caption(plain: str) -> bool:
    """A picture's caption or credit."""
    tail = plain[-160:]
    return bool(_SHOWN.match(plain)) or any(p.search(tail) for p in _CREDITS)
