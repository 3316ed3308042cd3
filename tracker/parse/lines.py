"""A text as lines: one line a paragraph, or a block of hard-wrapped lines, with its exact place."""
from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Span = tuple[int, int]

_BREAK: Final = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_STOP: Final = re.compile(r"[.!?…:][\"'”’»)\]*_]*$|[.!?…,][\"'”’»][)\]]?$")
_WORD: Final = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_WRAPPED_AT: Final = 120  # characters; no editor wraps later, and news paragraphs are longer
_FULL: Final = 8  # words from which a line that ends in a stop is a paragraph of the story; captions and prompts are told by their form
_LONG: Final = 30  # words from which a line is a paragraph though its stop was lost


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph-like piece of text: its place, its words, and whether a blank line stands before it."""

    start: int
    end: int
    text: str
    words: int
    apart: bool

    @property
    def stopped(self) -> bool:
        """Ends as a sentence ends."""
        return bool(_STOP.search(self.text[-6:]))

    @property
    def full(self) -> bool:
        """Has the form of a paragraph of a story."""
        return self.words >= _LONG or (self.words >= _FULL and self.stopped)


def read_lines(text: str) -> list[Line]:
    """The lines of a text that hold more than white space, in order; hard-wrapped lines are put together."""
    rows, at = [], 0
    for found in _BREAK.finditer(text):
        rows.append((at, found.start()))
        at = found.end()
    rows.append((at, len(text)))
    pieces = _trimmed(text, rows)
    return [_line(text, start, end, apart) for start, end, apart in (_blocks(pieces) if _hard_wrapped(text, pieces) else pieces)]


def _trimmed(text: str, rows: list[Span]) -> list[tuple[int, int, bool]]:
    """Rows without the white space round them; the flag tells a blank row before."""
    pieces, apart = [], True
    for start, end in rows:
        row = text[start:end]
        bare = row.strip(" \t\u00a0\ufeff\u200b\x0b\x0c")
        if bare:
            first = start + row.index(bare)
            pieces.append((first, first + len(bare), apart))
        apart = not bare
    return pieces


def _hard_wrapped(text: str, pieces: list[tuple[int, int, bool]]) -> bool:
    """Most lines inside blocks stop in mid-sentence, and none is long."""
    inner = [text[a[0]: a[1]] for a, b in pairwise(pieces) if not b[2]]
    if len(inner) < 4 or max(map(len, inner)) > _WRAPPED_AT:
        return False
    long = [row for row in inner if len(row) >= 40]  # 40: menus and bylines are shorter, wrapped lines of prose longer
    return len(long) > 0.6 * len(inner) and sum(row[-1].isalnum() or row[-1] in ",;-" for row in long) > 0.6 * len(long)


def _blocks(pieces: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    blocks: list[tuple[int, int, bool]] = []
    for start, end, apart in pieces:
        if apart or not blocks:
            blocks.append((start, end, True))
        else:
            blocks[-1] = (blocks[-1][0], end, True)
    return blocks


def _line(text: str, start: int, end: int, apart: bool) -> Line:
    row = text[start:end]
    return Line(start, end, row, sum(1 for _ in _WORD.finditer(row)), apart)


def merge(spans: list[Span]) -> list[Span]:
    """Spans in order, overlapping ones as one, empty ones left out."""
    out: list[Span] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
