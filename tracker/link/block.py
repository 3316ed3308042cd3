"""Candidate pairs: mentions that share enough telling words to be worth comparing, found without comparing all with all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from scipy import sparse

COMMON = 300  # a term that stands in more mentions than this opens no pair; it still counts when a pair is scored
ALL = 400  # mentions up to which all pairs are compared: 80,000 take half a second
NEAREST = 40  # candidates kept a mention beyond that; see docs/accuracy.md for the recall
LEAST = 0.1  # sum of the two cosines below which a pair is not looked at
BATCH = 1000  # mentions whose neighbours are found at a time


class Blocked(Protocol):
    """What blocking needs of the profiles."""

    @property
    def words(self) -> Weighted: ...
    @property
    def letters(self) -> sparse.csr_matrix: ...


class Weighted(NamedTuple):
    """Mentions x words, rows of unit length, and the weight of each word."""

    rows: sparse.csr_matrix
    vocabulary: dict[str, int]
    weights: np.ndarray


def weigh_words(words: Sequence[Sequence[str]]) -> Weighted:
    """TF-IDF rows of unit length; rare words weigh more."""
    vocabulary = {w: n for n, w in enumerate(sorted({w for row in words for w in row}))}
    indptr: list[int] = [0]
    indices: list[int] = []
    for row in words:
        indices.extend(vocabulary[w] for w in sorted(set(row)))
        indptr.append(len(indices))
    columns = np.asarray(indices, dtype=np.int64)
    counts = np.bincount(columns, minlength=len(vocabulary))
    weights = np.log((1 + len(words)) / (1 + counts)) + 1.0
    data = weights[columns]
    rows = sparse.csr_matrix((data, columns, np.asarray(indptr)), shape=(len(words), len(vocabulary)))
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return Weighted(sparse.diags(1.0 / lengths) @ rows, vocabulary, weights)


def candidate_pairs(profiles: Blocked) -> tuple[np.ndarray, np.ndarray]:
    """(left, right) row numbers of the candidate pairs, left < right, in order, each once.

    A small pile is compared all with all; in a larger one a mention meets the NEAREST mentions by shared telling words and pieces of words.
    """
    rows = sparse.hstack([_telling(profiles.words.rows), _telling(profiles.letters)]).tocsr()
    count = rows.shape[0]
    if count <= ALL:
        left, right = np.triu_indices(count, 1)
        return left.astype(np.int64), right.astype(np.int64)
    keys = []
    for at in range(0, count, BATCH):
        near = (rows[at : at + BATCH] @ rows.T).tocoo()
        a, b, score = near.row.astype(np.int64) + at, near.col.astype(np.int64), np.round(near.data, 9)
        keep = (score >= LEAST) & (a != b)
        a, b, score = a[keep], b[keep], score[keep]
        order = np.lexsort((b, -score, a))
        a, b = a[order], b[order]
        rank = np.arange(len(a)) - np.searchsorted(a, a)
        a, b = a[rank < NEAREST], b[rank < NEAREST]
        keys.append(np.unique(np.minimum(a, b) * count + np.maximum(a, b)))
    key = np.unique(np.concatenate(keys))
    return key // count, key % count


def _telling(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """The rows without the terms that stand in too many of them to open a pair."""
    counts = np.bincount(rows.indices, minlength=rows.shape[1])
    kept = sparse.csr_matrix(rows[:, counts <= COMMON])
    return kept
