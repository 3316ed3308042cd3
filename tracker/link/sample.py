"""The part of a pile that stands for it: how common a piece of a word is and what the pile is about are told from this, so that both seldom change."""

from __future__ import annotations

from collections import Counter
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
    count, drawn, size = Counter(articles), set[str](), 0
    for article in sorted(count, key=lambda a: (blake2b(a.encode("utf-8", "surrogatepass"), digest_size=8).digest(), a)):
        if size >= ENOUGH:
            break
        drawn.add(article)
        size += count[article]
    found: dict[int, str] = {}
    for n in [n for n, article in enumerate(articles) if article in drawn]:
        found[wordings[n]] = min(found.get(wordings[n], texts[n]), texts[n])
    return Sample(sorted(drawn), sorted(found.values()))
