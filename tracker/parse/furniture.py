"""Spans of a text that are the site's and not the story's."""
from __future__ import annotations

import re
from typing import Final

from tracker.parse.credits import find_openings
from tracker.parse.layout import TITLE, Layout
from tracker.parse.lines import Line, Span, merge

_INSIDE: Final = tuple(re.compile(p, re.IGNORECASE) for p in (
    r"\bread (?:the )?(?:full|whole|original|entire|complete) (?:article|story|text|report) (?:at|on|in|from|here)\s*:?\s*\S{0,80}\.?$",
    r"\b(?:this )?(?:article|story|post) (?:was )?(?:first|originally) (?:appeared|published) (?:on|in|at|by) [\w .'-]{2,60}\.?$",
    r"\[(?:\.{3}|…)\]$", r"\bcontinue reading(?: .{0,40})?\s*[→»…]?$", r"(?<=[.!?”\"]) ?read more:? .{0,120}$", r"!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)",
    r"\((?:additional )?(?:reporting|writing|editing) by [^()]{3,400}\)$",
    r"\(?\bpic\.twitter\.com/\w+\)?", r"https?://t\.co/\w+"))
_GLUED_CREDIT: Final = re.compile(r"(?<=[.!?”])(?:Photo|Image)?Credit[A-Z][^.!?]{2,80}$")


def find_furniture(text: str, layout: Layout) -> list[Span]:
    """Merged spans of `text` in order: whole lines that are furniture, and furniture inside lines of the story (datelines, "Read more at")."""
    spans = []
    for line, kind in zip(layout.lines, layout.kinds, strict=True):
        spans += [(line.start, line.end)] if kind and kind != TITLE else _inside(line)
    spans += [(opening.start, opening.end) for opening in find_openings(layout)]
    return merge(spans)


def _inside(line: Line) -> list[Span]:
    """Furniture inside a line of the story; only its last stretch is looked at, where such things stand."""
    cut = max(0, len(line.text) - 1_000)
    tail = line.text[cut:]
    return [(line.start + cut + m.start(), line.start + cut + m.end()) for p in (*_INSIDE, _GLUED_CREDIT) for m in p.finditer(tail)]
