"""The part of a pile that stands for it: how common a piece of a word is and what the pile is about are told from this, so that both seldom change."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

ENOUGH: Final = 800  # mentions; from 800 to all the figures for the cases are the same within .005, at 200 a tenth more strangers meet


class Sample(NamedTuple):
    """Some articles of a pile, and a text for each wording of their mentions; both in order."""

    articles: list[str]
    texts: list[str]


def draw_sample(articles: Sequence[str], texts: Sequence[str], wordings: Sequence[int]) -> Sample:
    """The articles that come first by a hash of their ids, until they have ENOUGH mentions.

    `articles`, `texts`, `wordings`: where each mention stands, what it prints, and a number that mentions of one wording share. What is drawn hangs on
    nothing else: of five thousand articles with thirty mentions each, ten that are added change it once in twenty times.
    """
    own: dict[str, dict[int, str]] = {}
    count: dict[str, int] = {}
    for article, text, wording in zip(articles, texts, wordings, strict=True):
        count[article] = count.get(article, 0) + 1
        mine = own.setdefault(article, {})
        mine[wording] = min(mine.get(wording, text), text)
    drawn: dict[int, str] = {}
    chosen: list[str] = []
    size = 0
    for article in sorted(own, key=lambda a: (blake2b(a.encode("utf-8", "surrogatepass"), digest_size=8).digest(), a)):
        if size >= ENOUGH:
            break
        chosen.append(article)
        size += count[article]
        for wording, text in own[article].items():
            drawn[wording] = min(drawn.get(wording, text), text)
    return Sample(sorted(chosen), sorted(drawn.values()))
