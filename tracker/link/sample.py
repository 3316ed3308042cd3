"""The part of a pile that stands for it: how common a piece of a word is and what the pile is about are told from this, so that both seldom change."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

ENOUGH: Final = 800  # mentions; from 800 to all the figures for the cases are the same within .005, at 200 a tenth more strangers meet


class Sample(NamedTuple):
    """Some articles of a pile, and what their mentions print, each text once; both in order."""

    articles: list[str]
    texts: list[str]


def draw_sample(articles: Sequence[str], texts: Sequence[str]) -> Sample:
    """The articles that come first by a hash of their ids, until they have ENOUGH mentions. `articles` and `texts`: where each mention stands, what it prints.

    What is drawn hangs on nothing else: of five thousand articles with thirty mentions each, ten that are added change it once in twenty times.
    """
    own: dict[str, list[str]] = {}
    for article, text in zip(articles, texts, strict=True):
        own.setdefault(article, []).append(text)
    drawn: list[str] = []
    size = 0
    for article in sorted(own, key=lambda a: (blake2b(a.encode("utf-8", "surrogatepass"), digest_size=8).digest(), a)):
        if size >= ENOUGH:
            break
        drawn.append(article)
        size += len(own[article])
    return Sample(sorted(drawn), sorted({text for a in drawn for text in own[a]}))
