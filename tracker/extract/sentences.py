"""Paragraphs, sentences and quoted stretches of a text, as exact offsets."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen maj lt col sgt capt cpl adm cmdr brig hon rev fr st mt ft jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue wed thu fri sat sun vs v etc inc corp co ltd llc bros no nos vol fig art al e.g i.e u.s u.k u.n e.u d.c a.m p.m n.j n.y l.a ph.d "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo "
    "approx est dept univ assn bldg jr sr pres supt asst".split()
)
# Abbreviations that often end a sentence: a break when the next word is a common sentence opener.
_EITHER = frozenset("u.s u.k u.n e.u d.c a.m p.m n.j n.y etc inc corp co ltd jr sr".split())
_OPENERS = frozenset("the a an he she they it we i but and in on at this that these those his her their its as when while after before for if".split())
_STOP = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s+["'“‘«(\[]*[A-Z0-9À-ÞЀ-Я@#$€£]|\s*$)|[.!?]["”](?=\s)""")
_QUOTE_OPEN = "“\"„«'`"
_QUOTE_CLOSE = '”"“»'
_MARK = re.compile("[“”\"„«»]|''|``")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's span and the number of its paragraph (0 is the first line)."""

    start: int
    end: int
    paragraph: int


def split_paragraphs(text: str, skipped: Sequence[Span] = ()) -> list[Span]:
    """Spans of paragraphs, white space and skipped stretches cut away.

    A line break ends a paragraph unless the text is hard-wrapped, when only a blank line does.
    """
    breaks = r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*" if _hard_wrapped(text) else r"(?:\r\n?|\n|\u2028|\u2029)\s*"
    spans, at = [], 0
    for found in re.finditer(breaks, text):
        spans.append((at, found.start()))
        at = found.end()
    spans.append((at, len(text)))
    return [part for span in spans for part in _without(text, span, skipped)]


def _hard_wrapped(text: str) -> bool:
    """Most lines are of one length and stop in mid-sentence."""
    lines = [line.rstrip() for line in text.splitlines()]
    inner = [a for a, b in itertools.pairwise(lines) if a and b]
    if len(inner) < 3:
        return False
    open_ended = sum(a[-1].isalnum() or a[-1] in ",;-" for a in inner)
    return open_ended > 0.6 * len(inner) and max(map(len, inner)) <= 120  # 120: no editor wraps later; news paragraphs are longer


def _without(text: str, span: Span, skipped: Sequence[Span]) -> Iterator[Span]:
    """The parts of a span outside the skipped stretches, trimmed, empty ones left out."""
    at, end = span
    cuts = sorted(s for s in skipped if s[1] > at and s[0] < end)
    for left, right in [*cuts, (end, end)]:
        start, stop = at, min(left, end)
        while start < stop and text[start].isspace():
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if start < stop:
            yield start, stop
        at = max(at, right)


def split_sentences(text: str, skipped: Sequence[Span] = ()) -> list[Sentence]:
    """Sentences of a text in order, skipped stretches left out."""
    out = []
    for number, (start, end) in enumerate(split_paragraphs(text, skipped)):
        at = start
        for stop in _stops(text, start, end):
            out.append(Sentence(at, stop, number))
            at = stop
            while at < end and text[at].isspace():
                at += 1
        if at < end:
            out.append(Sentence(at, end, number))
    return out


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets where sentences end inside a paragraph, the paragraph's own end left out."""
    for found in _STOP.finditer(text, start, end):
        stop = found.end()
        if stop < end and not _abbreviated(text, start, found.start(), stop, end):
            yield stop


def _abbreviated(text: str, start: int, dot: int, stop: int, end: int) -> bool:
    """The full stop belongs to an abbreviation, an initial or an inner quotation that goes on."""
    following = re.match(r"\s*[\"'“‘«(\[]*([\w’']+)", text[stop : min(end, stop + 60)])
    next_word = following.group(1) if following else ""
    closed = text[dot:stop].rstrip("\"'”’»)]") != text[dot:stop]
    if closed and next_word[:1].islower():
        return True
    if text[dot] != "." or closed:
        return False
    before = re.search(r"([\w.&’'-]+)$", text[max(start, dot - 20) : dot])
    word = before.group(1) if before else ""
    low = word.lower().strip("'’")
    if re.fullmatch(r"[A-Z]", word) or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        return not (low in _EITHER and next_word.lower() in _OPENERS and next_word[:1].isupper())
    if low in _ABBREVIATIONS:
        return not (low in _EITHER and next_word.lower() in _OPENERS and next_word[:1].isupper())
    return False


def find_quotes(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """Spans inside double quotation marks, marks included; a paragraph whose quotation never closes is quoted to its end.

    Typewriter marks of two apostrophes count too. A running quotation opens every paragraph and closes only the last one, as newspapers print it.
    """
    out: list[Span] = []
    for start, end in paragraphs:
        opened, mark = -1, ""
        for found in _MARK.finditer(text, start, end):
            at, here = found.start(), found.group()
            if opened < 0 and here[0] in _QUOTE_OPEN and not _measure(here, text[max(start, at - 1) : at]):
                opened, mark = at, here
            elif opened >= 0 and _closes(here, mark):
                out.append((opened, found.end()))
                opened = -1
        if opened >= 0 and end - opened > 2:
            out.append(_left_open(text, start, opened, end))
    return out


def _left_open(text: str, start: int, mark: int, end: int) -> Span:
    """What a mark without a partner quotes: the paragraph after it, or, where it stands like a closing one (`... here," she said`), that before it."""
    closing = mark > start + 1 and not text[mark - 1].isspace() and text[mark - 1] not in "(-—–[" and (mark + 1 == end or text[mark + 1].isspace())
    return (start, mark + 1) if closing else (mark, end)


def _measure(here: str, before: str) -> bool:
    """A mark that opens nothing: the inches of 6" and the apostrophes after a plural."""
    return (here == '"' and before.isdigit()) or (here == "''" and before.isalnum())


def _closes(here: str, mark: str) -> bool:
    """This mark ends a quotation that `mark` opened: two apostrophes end only what two apostrophes or backticks opened."""
    if len(here) == 2 or len(mark) == 2:
        return here == "''" and len(mark) == 2
    return here in _QUOTE_CLOSE and not (here == mark == "“")


def quoted_share(span: Span, quotes: Sequence[Span]) -> float:
    """Share of a span that lies inside quotation marks; quotes must be in order."""
    start, end = span
    if end <= start:
        return 0.0
    first = max(0, bisect_right(quotes, (start, start)) - 1)
    inside = 0
    for left, right in quotes[first:]:
        if left >= end:
            break
        inside += max(0, min(end, right) - max(start, left))
    return inside / (end - start)
