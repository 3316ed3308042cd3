"""Headlines in capitals, written as the article's own prose writes the same words, so that the parser sees verbs and not names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tracker.extract.lexicon import HEADLINE_WORDS
from tracker.extract.sentences import Sentence, Span

HEADLINE_SHARE = 0.6  # share of capitalised words of four letters and more from which a line is in headline style; prose stays below .3
SCARE = 3  # words of a quotation that is a term in somebody's words and not a statement
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_SMALL = frozenset(
    "a an the of in on at to for and or but as by from with over after before into "
    "out up off about that who which is are was were be has have had will would not no "
    "his her its their he she they it this these those than more most new says say said could may might must down under against between during".split()
)


def lower_headlines(text: str, sentences: Sequence[Sentence]) -> str:
    """The text with headline words in small letters where the body prints them so; same length."""
    heads = [s for s in sentences if _is_headline(text[s.start : s.end])]
    if not heads:
        return text
    marked = {(s.start, s.end) for s in heads}
    small, capital = Counter[str](), Counter[str]()
    for s in sentences:
        if (s.start, s.end) not in marked:
            for n, found in enumerate(_WORD.finditer(text[s.start : s.end])):
                word = found.group()
                if word[0].islower():
                    small[word] += 1
                elif n:
                    capital[word.lower()] += 1
    out = list(text)
    for s in heads:
        for found in _WORD.finditer(text, s.start, s.end):
            low = found.group().lower()
            if low == found.group() or found.group().isupper() and len(low) > 1:
                continue
            if low in _SMALL or small[low] > capital[low] or (not capital[low] and (low in HEADLINE_WORDS or _inflected(low, small))):
                out[found.start() : found.end()] = low
    return "".join(out)


def blank_scare_quotes(text: str, lowered: str, quotes: Sequence[Span]) -> str:
    """The text with the marks round a few quoted words inside a sentence made spaces; same length.

    The parser reads `the "so-called" plan` better without them. A quotation that ends in a comma or full stop, or has a verb's room, keeps its marks.
    """
    out = list(lowered)
    for start, end in quotes:
        inside = text[start + 1 : end - 1].strip()
        before, after = text[start - 1 : start], text[end : end + 2].strip()[:1]
        if 0 < len(inside.split()) <= SCARE and inside[-1].isalnum() and before == " " and after.isalpha() and text[end : end + 1] == " ":
            out[start] = out[end - 1] = " "
    return "".join(out)


def _inflected(word: str, small: Counter[str]) -> bool:
    """The body has the word in small letters in another regular form."""
    stem = re.sub(r"(?:ing|ed|es|s)$", "", word)
    return len(stem) >= 4 and any(small[stem + ending] for ending in ("", "e", "s", "es", "ed", "d", "ing"))


def _is_headline(line: str) -> bool:
    words = [w for w in _WORD.findall(line) if len(w) >= 4]
    return len(words) >= 3 and line[-1:] not in ".!" and sum(w[0].isupper() for w in words) >= HEADLINE_SHARE * len(words)
