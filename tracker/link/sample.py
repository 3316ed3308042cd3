"""The mentions that stand for their pile: how common a piece of a word is and what the pile is about are told from these, so that both seldom change."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

import numpy as np

ENOUGH: Final = 1_500  # mentions; of 500 to all the figures for the cases are the same within .005, see docs/accuracy.md


def sampled(articles: Sequence[str], wording: np.ndarray) -> np.ndarray:
    """The wordings, in order, of articles drawn by their ids until they have ENOUGH mentions; all of a smaller pile.

    `articles` and `wording` tell where each mention stands and which wording it has. What is drawn hangs on nothing but the ids: of five thousand
    articles with thirty mentions each, ten that are added change the draw once in ten times.
    """
    if len(articles) <= ENOUGH:
        return np.unique(wording)
    own: dict[str, list[int]] = {}
    for article, number in zip(articles, wording.tolist(), strict=True):
        own.setdefault(article, []).append(number)
    drawn: list[int] = []
    for article in sorted(own, key=lambda a: (blake2b(a.encode("utf-8", "surrogatepass"), digest_size=8).digest(), a)):
        if len(drawn) >= ENOUGH:
            break
        drawn += own[article]
    return np.unique(drawn)
