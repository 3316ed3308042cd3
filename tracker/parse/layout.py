"""What each line of a page is to its story: title, story, or one of the kinds of furniture."""
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.parse.lines import Line, read_lines
from tracker.parse.prompts import POSED, form_of
from tracker.parse.teasers import mark_teasers
from tracker.text import fold, squeeze, straight

STORY: Final = ""
TITLE: Final = "title"
_HEADER_LINES: Final = 12  # lines in which a title is looked for; menus of saved pages put more than that before it only rarely
_TITLE_WORDS: Final = (3, 30)
_CLOSED: Final = re.compile(r"(?<![A-Z])\.$|[,;:]$")  # a title may end in "U.S."
_MENU_WORDS: Final = 3  # words of an entry of a site's menu; a title has more
_TAIL_WORDS: Final = 4
_FOREIGN: Final = 0.6  # share of letters outside the Latin script from which a line cannot belong to an English story
_LETTER: Final = re.compile(r"[^\W\d_]")
_NOT_LATIN: Final = re.compile(r"[^\W\d_\x00-\u024f\u1e00-\u1eff]")
_HEADLINE_WORDS: Final = (5, 20)
_CAPITALS: Final = 0.75  # share of long words with a capital in a headline in title case; prose full of names reaches .6


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a text, and the kind of each: "" is story, "title" the headline, all else furniture."""

    lines: tuple[Line, ...]
    kinds: tuple[str, ...]

    @property
    def body(self) -> int:
        """Index of the first paragraph of the story; the number of lines when there is none."""
        return next((n for n, (line, kind) in enumerate(zip(self.lines, self.kinds, strict=True)) if not kind and line.full), len(self.lines))

    @property
    def title(self) -> str:
        """The headline as printed; "" if none stands out."""
        return next((line.text for line, kind in zip(self.lines, self.kinds, strict=True) if kind == TITLE), "")


def lay_out(text: str, *, title: str = "", is_outlet: Callable[[str], bool] = lambda phrase: False) -> Layout:
    """The layout of a text; `title` is a headline known from elsewhere, `is_outlet` tells whether a whole phrase names an outlet."""
    lines = read_lines(text)
    kinds = [form_of(line.text) for line in lines]
    headline = _title(lines, kinds, fold(title))
    if headline >= 0:
        kinds[headline] = TITLE
    _mark_foreign(lines, kinds)
    _mark_repeats(lines, kinds)
    _mark_captions(lines, kinds)
    _mark_outlets(lines, kinds, is_outlet)
    _mark_menus(lines, kinds)
    mark_teasers(lines, kinds)
    _mark_headlines(lines, kinds)
    _spare_notes(lines, kinds)
    return Layout(tuple(lines), tuple(kinds))


def _first_paragraph(lines: Sequence[Line], kinds: Sequence[str]) -> int:
    return next((n for n, line in enumerate(lines) if not kinds[n] and line.full), len(lines))


def _last_paragraph(lines: Sequence[Line], kinds: Sequence[str]) -> int:
    return next((n for n in range(len(lines) - 1, -1, -1) if not kinds[n] and line_is_story(lines[n])), -1)


def line_is_story(line: Line) -> bool:
    """A paragraph, or a short sentence that stands alone."""
    return line.full or (line.stopped and line.words >= 3)


def _title(lines: Sequence[Line], kinds: Sequence[str], known: str) -> int:
    """Index of the headline, -1 if none stands out."""
    if known:
        for n, line in enumerate(lines):
            if len(line.text) < 500 and _same_title(fold(line.text), known):
                return n
    low, high = _TITLE_WORDS
    for n in range(min(_first_paragraph(lines, kinds), _HEADER_LINES)):
        if not kinds[n] and low <= lines[n].words <= high and not _CLOSED.search(lines[n].text) and _foreign_share(lines[n].text) < _FOREIGN:
            return n
    return -1


def _same_title(line: str, known: str) -> bool:
    return line == known or line.lstrip("# ") == known or (len(known) > 20 and line.startswith(known) and line[len(known):].lstrip()[:1] in "|-–—")


def _mark_foreign(lines: Sequence[Line], kinds: list[str]) -> None:
    """Lines in another script, on a page whose story is in the Latin one."""
    if _foreign_share("\n".join(line.text[:500] for line in lines[:200])) >= _FOREIGN:
        return
    for n, line in enumerate(lines):
        if not kinds[n] and _foreign_share(line.text[:500]) >= _FOREIGN:
            kinds[n] = "foreign"


def _foreign_share(text: str) -> float:
    foreign = 0 if text.isascii() else len(_NOT_LATIN.findall(text))
    return foreign / len(_LETTER.findall(text)) if foreign else 0.0


def _mark_repeats(lines: Sequence[Line], kinds: list[str]) -> None:
    """A line printed before says nothing new: titles over the picture, pull quotes."""
    seen = set()
    for n, line in enumerate(lines):
        key = squeeze(straight(line.text[:2000]).casefold()).strip("\"' ")
        if key in seen and line.words >= 3 and kinds[n] in {STORY, TITLE}:
            kinds[n] = "repeat"
        seen.add(key)


def _mark_captions(lines: Sequence[Line], kinds: list[str]) -> None:
    """The words above a picture's credit that stand in one block with it."""
    spaced = sum(line.apart for line in lines if line.full) > 0.7 * max(1, sum(line.full for line in lines))
    for n in range(1, len(lines)):
        if kinds[n] != "caption" or kinds[n - 1] or lines[n].words > 12:
            continue
        joined = spaced and not lines[n].apart and n - 1 > 0 and lines[n - 1].words <= 70
        if joined or POSED.search(lines[n - 1].text[:400]):
            kinds[n - 1] = "caption"


def _mark_outlets(lines: Sequence[Line], kinds: list[str], is_outlet: Callable[[str], bool]) -> None:
    """An outlet's name alone on a line is its masthead."""
    for n, line in enumerate(lines):
        if not kinds[n] and line.words <= 6 and len(line.text) <= 80 and not line.stopped and is_outlet(line.text.strip("|-–—•* ")):
            kinds[n] = "masthead"


def _mark_menus(lines: Sequence[Line], kinds: list[str]) -> None:
    """Runs of very short lines before the story, and what is short and unstopped after it."""
    first, last = _first_paragraph(lines, kinds), _last_paragraph(lines, kinds)
    short = [not kinds[n] and line.words <= _MENU_WORDS and not line.stopped for n, line in enumerate(lines)]
    for n in range(first):
        near = [m for m in (n - 1, n + 1) if 0 <= m < first and (short[m] or kinds[m] not in {STORY, TITLE})]
        if short[n] and near:
            kinds[n] = "label"
    for n in range(max(last + 1, 1), len(lines)):
        if not kinds[n] and lines[n].words <= _TAIL_WORDS and not lines[n].stopped and not lines[n - 1].text.endswith(":"):
            kinds[n] = "label"


def _mark_headlines(lines: Sequence[Line], kinds: list[str]) -> None:
    """Headlines of other stories between two paragraphs: title case, no stop, not quoted, not an item of a list."""
    for n in range(1, len(lines) - 1):
        line = lines[n]
        low, high = _HEADLINE_WORDS
        if kinds[n] or line.stopped or not low <= line.words <= high or not line.text[0].isalnum() or lines[n - 1].text.endswith(":"):
            continue
        between = lines[n - 1].full and not kinds[n - 1] and lines[n + 1].full and not kinds[n + 1]
        if between and _title_case(line.text):
            kinds[n] = "related"


def _title_case(text: str) -> bool:
    long = [w for w in re.findall(r"[^\W\d_][\w’'-]*", text) if len(w) > 3]
    return len(long) >= 3 and sum(w[0].isupper() for w in long) >= _CAPITALS * len(long)


def _spare_notes(lines: Sequence[Line], kinds: list[str]) -> None:
    """An emphasised line is a note on the text only at its head or foot; inside it is story."""
    for n, kind in enumerate(kinds):
        if kind == "note" and 3 <= n < len(lines) - 3:
            kinds[n] = STORY
