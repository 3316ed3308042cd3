"""Shingles: every run of so many words of a text as a number, so that what two texts share can be counted.

The measure is A. Z. Broder's ("On the resemblance and containment of documents", SEQUENCES 1997). Two different runs get the same number with a chance of
about 2^-64 a pair.
"""
from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")


@lru_cache(maxsize=16)
def _mix(size: int) -> Hashes:
    return np.array([int.from_bytes(blake2b(f"mix {n}".encode(), digest_size=8).digest(), "big") | 1 for n in range(size)], dtype=np.uint64)


def word_hashes(words: Sequence[str]) -> Hashes:
    """A number for each word."""
    return np.fromiter(map(_word_hash, words), dtype=np.uint64, count=len(words))


def runs(row: Hashes, size: int) -> Hashes:
    """A number for each run of `size` words, given their hashes: as many as words less `size` - 1."""
    if len(row) < size:
        return np.zeros(0, dtype=np.uint64)
    mixed = np.zeros(len(row) - size + 1, dtype=np.uint64)
    for n, by in enumerate(_mix(size)):
        mixed += row[n:n + len(mixed)] * by
    return np.asarray(mixed ^ (mixed >> np.uint64(29)))


def runs_of_pieces(pieces: Sequence[Sequence[str]], size: int) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """The numbers of all runs that lie inside one piece, and the place of that piece."""
    lengths = np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces))
    found = runs(word_hashes(list(chain.from_iterable(pieces))), size)
    piece = np.repeat(np.arange(len(pieces)), lengths)
    if not len(found):
        return found, np.zeros(0, dtype=np.int64)
    inside = piece[:len(found)] == piece[size - 1:]
    return found[inside], piece[:len(found)][inside]
