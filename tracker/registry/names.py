"""Outlet names in printed words: an index of names and aliases, compiled once, and the rules for what counts as a name."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tracker.registry.entries import Entry
from tracker.text import fold, squeeze, straight

MAX_NAME: Final = 200  # characters of a phrase that by_name looks at; the longest built-in alias has 60
MAX_WORDS: Final = 14

_TOKEN: Final = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
_TRIM: Final = " \t\r\n\"'()[]{}<>,.;:!?-*|/\\"
_PRESS: Final = frozenset(
    "agencies agency bulletin broadcaster channel chain daily group journal magazine media network news newspaper newswire online outlet paper portal press "
    "programme publication radio service site station tabloid telegraph television tv website weekly wire".split())
_LEADING: Final = _PRESS | frozenset(
    "s based backed controlled funded influential leading local national official owned private public run semi state".split())
_JOINTS: Final = frozenset("and at by for from in of on or to with".split())
_VERBS: Final = frozenset(
    "added cited cites claimed claims confirmed noted notes published publishes quoted quotes reported reporting reports revealed reveals said says "
    "writes wrote".split())
_OPENERS: Final = frozenset("after and as because but if in meanwhile since so that the then though when while yet".split())
# A lower-case "the" before a name that is also an everyday word: only after these is it the paper ("told the Guardian").
_CUE: Final = re.compile(r"(?:\b(?:told|citing|quoting|via|according to|(?:obtained|published|quoted|reported|reviewed|seen) by|interviews? (?:with|to)|"
                         r"(?:wrote|writing|reported|published|report|article|column|story) in))\s+$", re.IGNORECASE)
_GENERIC: Final = frozenset({"agency", "official", "state-media"})  # kinds whose names several countries share
_STOP: Final = ".!?:\"'\n\r|(["


@dataclass(frozen=True, slots=True)
class Name:
    """One name or alias of an outlet, cut into words; `exact`: an acronym, good only in this very case."""

    outlet_id: str
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    exact: bool
    everyday: bool
    the: bool

    def fits(self, printed: list[str], gaps: list[str]) -> bool:
        """The printed words are this name: letters agree, capitals stand where the name has them, nothing odd stands between."""
        if gaps != list(self.gaps):
            return False
        if self.exact:
            return printed == list(self.words)
        return all(p[0].isupper() or not w[0].isupper() for p, w in zip(printed, self.words, strict=True))


def _fold(word: str) -> str:
    """The folded word; most words are plain, and for those a lower case is all there is to do."""
    return word.lower() if word.isascii() else fold(word)


def _cut(printed: str) -> tuple[list[str], list[str]]:
    """The words of a name and what stands between them."""
    found = list(_TOKEN.finditer(printed))
    return [m.group() for m in found], [_gap(printed[a.end(): b.start()]) for a, b in pairwise(found)]


def _gap(between: str) -> str:
    """What stands between two words, with line breaks and hyphens as blanks; a full stop stays, so that no name spans two sentences."""
    if len(between) > 40 or between.count("\n") > 1:
        return "\n"  # a paragraph ends between the two
    return squeeze(straight(between).replace("-", " ")) or (" " if between else "")


def _name(entry: Entry, printed: str) -> Name | None:
    """A compiled name; None if it has no words."""
    words, gaps = _cut(unicodedata.normalize("NFC", printed))
    the = len(words) > 1 and words[0].lower() == "the"
    if the:
        words, gaps = words[1:], gaps[1:]
    if not words:
        return None
    one = len(words) == 1
    exact = one and len(words[0]) <= 5 and (sum(c.isupper() for c in words[0]) > 1 or words[0].islower())
    return Name(entry.id, tuple(words), tuple(gaps), exact, entry.ordinary and one and not exact, the)


class Names:
    """Finds outlets by what they are called."""

    def __init__(self, entries: Sequence[Entry], countries: Mapping[str, str]) -> None:
        self.countries = dict(countries)
        self.at_home = {e.id: e.country for e in entries if e.country and e.kind in _GENERIC}  # "Kenya's X" is not Korea's X
        self.official = {e.id for e in entries if e.kind == "official"}
        self.index: dict[tuple[str, ...], list[Name]] = {}
        for entry in entries:
            for printed in (entry.name, *entry.aliases):
                name = _name(entry, printed)
                if name is not None:
                    self._add(name)
        self.first = {key[0]: max(len(k) for k in keys) for key, keys in self._by_first().items()}

    def _add(self, name: Name) -> None:
        held = self.index.setdefault(tuple(fold(w) for w in name.words), [])
        if held and held[0].outlet_id != name.outlet_id:
            held.clear()  # a registry that extends another comes later and wins
        if name not in held:
            held.append(name)

    def _by_first(self) -> dict[tuple[str], list[tuple[str, ...]]]:
        grouped: dict[tuple[str], list[tuple[str, ...]]] = {}
        for key in self.index:
            grouped.setdefault((key[0],), []).append(key)
        return grouped

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Every place where a name is printed: (start, end, outlet id), longest first where they overlap, in reading order."""
        tokens = list(_TOKEN.finditer(text))
        found, n = [], 0
        while n < len(tokens):
            word = tokens[n].group()
            reach = self.first.get(_fold(word), 0)
            hit = self._longest(text, tokens, n, reach) if reach else None
            if hit is None:
                n += 1
                continue
            name, length = hit
            found.append((self._start(text, tokens, n, name), tokens[n + length - 1].end(), name.outlet_id))
            n += length
        return found

    def _longest(self, text: str, tokens: list[re.Match[str]], n: int, reach: int) -> tuple[Name, int] | None:
        window = [t.group() for t in tokens[n: n + reach]]
        folded = [_fold(w) for w in window]
        for length in range(len(window), 0, -1):
            for name in self.index.get(tuple(folded[:length]), ()):
                gaps = [_gap(text[a.end(): b.start()]) for a, b in pairwise(tokens[n: n + length])]
                if name.fits(window[:length], gaps) and self._means_it(text, tokens, n, length, name):
                    return name, length
        return None

    def _start(self, text: str, tokens: list[re.Match[str]], n: int, name: Name) -> int:
        """Where the name begins: with its article, if that belongs to it and is printed."""
        if name.the and n and tokens[n - 1].group().lower() == "the" and _gap(text[tokens[n - 1].end(): tokens[n].start()]) == " ":
            return tokens[n - 1].start()
        return tokens[n].start()

    def _means_it(self, text: str, tokens: list[re.Match[str]], n: int, length: int, name: Name) -> bool:
        """The words mean the outlet here, and not a star, a surname or another country's ministry."""
        if name.exact and _shouted(text, tokens[n].start()):
            return False
        if name.outlet_id in self.at_home:
            apart = n == 0 or _gap(text[tokens[n - 1].end(): tokens[n].start()]) != " "
            if not apart and self._foreign([t.group() for t in tokens[max(0, n - 4): n]], name):
                return False
        return not name.everyday or _everyday(text, tokens, n, length, name)

    def _foreign(self, before: list[str], name: Name) -> bool:
        """The words before name a country that is not the body's own; for agencies only a possessive does ("Ukrainian AP reporters")."""
        words = [fold(w) for w in before]
        possessive = bool(words) and words[-1] == "s"
        if possessive:
            words.pop()
        elif name.outlet_id not in self.official:
            return False
        for size in (3, 2, 1):
            country = self.countries.get(" ".join(words[-size:])) if len(words) >= size else None
            if country:
                return country != self.at_home.get(name.outlet_id, country)
        return False

    def named(self, phrase: str) -> str:
        """The outlet that a whole phrase names, whatever article, possessive or "news agency" stands round the name; else ""."""
        words, gaps = _cut(straight(phrase).strip(_TRIM)) if len(phrase) <= MAX_NAME else ([], [])
        if words and words[-1] == "s" and gaps and gaps[-1] == "'":
            words, gaps = words[:-1], gaps[:-1]
        if not words or len(words) > MAX_WORDS:
            return ""
        folded = [fold(w) for w in words]
        for start, end in _windows(len(words)):
            for name in self.index.get(tuple(folded[start:end]), ()):
                if gaps[start: end - 1] == list(name.gaps) and self._whole(words, folded, start, end, name):
                    return name.outlet_id
        return ""

    def _whole(self, words: list[str], folded: list[str], start: int, end: int, name: Name) -> bool:
        lead, tail = folded[:start], folded[end:]
        if name.exact and tuple(words[start:end]) != name.words:
            return False
        if any(t not in _PRESS for t in tail) or (name.outlet_id in self.at_home and self._foreign(words[:start], name)):
            return False
        article = lead[-1:] == ["the"]
        lead = lead[:-1] if article else lead
        if lead and (_JOINTS & set(lead) or (lead[-1] not in _LEADING and not any(" ".join(lead[-k:]) in self.countries for k in (1, 2, 3)))):
            return False  # "a spokesman for the Kremlin" is not the Kremlin
        press = bool(tail) or bool(lead and lead[-1] in _PRESS)
        return not name.everyday or press or (words[start][0].isupper() and (article or not name.the))


def _windows(n: int) -> Iterator[tuple[int, int]]:
    """All runs of n words, longest first, then leftmost."""
    for length in range(n, 0, -1):
        for start in range(n - length + 1):
            yield start, start + length


def _shouted(text: str, at: int) -> bool:
    """The line is all capitals, so that an acronym cannot be told from a word."""
    line = text[max(0, at - 200): at].rpartition("\n")[2] + text[at: at + 200].partition("\n")[0]
    return line.upper() == line and len(line.split()) > 3


def _everyday(text: str, tokens: list[re.Match[str]], n: int, length: int, name: Name) -> bool:
    """A name that is also an everyday word or a surname is the outlet only in its full form, or where the words round it say so."""
    after = tokens[n + length] if n + length < len(tokens) else None
    follows = after.group() if after and _gap(text[tokens[n + length - 1].end(): after.start()]) == " " else ""
    if follows.lower() in _PRESS and follows.islower():
        return True
    begin = tokens[n].start()
    article = ""
    if n and tokens[n - 1].group().lower() == "the" and _gap(text[tokens[n - 1].end(): begin]) == " ":
        article, begin, n = tokens[n - 1].group(), tokens[n - 1].start(), n - 1
    before = text[max(0, begin - 40): begin].rstrip(" \t")
    opens = not before or before[-1] in _STOP
    previous = tokens[n - 1].group() if n else ""
    joined = {" ", "."} if len(previous) <= 3 else {" "}  # "Mr." and initials belong to the word after them
    if not article and previous[:1].isupper() and previous.lower() not in _OPENERS and _gap(text[tokens[n - 1].end(): begin]) in joined:
        return False  # "Vincent Sun", "Mr. Forbes", "New York Sun"
    if follows.lower() in _VERBS:
        return not name.the or bool(article)
    if follows[:1].isupper():
        return False  # "Time Warner", "Guardian Life"
    cued = bool(_CUE.search(text[max(0, begin - 40): begin]))
    if name.the:
        return (cued and bool(article)) or (article == "The" and not opens)
    return cued or (not opens and not article)
