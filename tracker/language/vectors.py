"""The word table of the link stage: words to vectors with numpy alone (docs/models/word_vectors.md)."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np

from tracker.model import Vectors
from tracker.text import fold

TABLE = Path(__file__).parent / "vectors.npz"
LONGEST = 40  # letters of a word; longer ones are web addresses and noise and get no vector


def pieces_of(word: str, entries: Container[str]) -> list[str]:
    """The word itself if it is an entry, else the longest entries that make it up from the left ("##" marks pieces inside a word)."""
    if word in entries:
        return [word]
    out, at = [], 0
    while at < len(word) <= LONGEST:
        end = next((e for e in range(len(word), at, -1) if ("##" if at else "") + word[at:e] in entries), 0)
        if end:
            out.append(("##" if at else "") + word[at:end])
        at = end or at + 1
    return out


@lru_cache(maxsize=1)
def load_table() -> tuple[dict[str, int], np.ndarray]:
    """(place of each entry, float32 table)."""
    with np.load(TABLE) as data:
        table = data["table"].astype(np.float32) * data["scale"][:, None]
        return {w: n for n, w in enumerate(bytes(data["words"]).decode("ascii").split())}, table


def load_vectors() -> Vectors:
    """Words to a float64 array (words, 256); a rare word is the sum of its pieces, and the length of a vector is how much the word tells."""
    place, table = load_table()

    @lru_cache(maxsize=200_000)  # a run asks for the words of its mentions, of its acts and of its articles
    def rows_of(word: str) -> tuple[int, ...]:
        return tuple(place[p] for part in fold(word).split() for p in pieces_of(part.strip(".'"), place))

    def look_up(words: Sequence[str]) -> np.ndarray:
        out = np.zeros((len(words), table.shape[1]))
        rows = [rows_of(word) for word in words]
        count = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
        piece = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(count.sum()))
        first = np.cumsum(count) - count
        for nth in range(int(count.max(initial=0))):  # the first pieces of all words, the second ones, ...
            some = np.flatnonzero(count > nth)
            out[some] += table[piece[first[some] + nth]]
        return out

    return look_up
