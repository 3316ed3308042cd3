"""Candidate pairs: mentions that share enough telling words to be worth comparing, found without comparing all with all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse

COMMON = 300  # a word that stands in more mentions than this opens no pair; it still counts when a pair is scored
NEAREST = 40  # candidates kept a mention; recall of true pairs on the seven case folders is 1.00 at 40 and .99 at 20
LEAST = 0.06  # weighted word overlap (cosine) below which no true pair of the case folders was ever linked


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


def candidate_pairs(weighted: Weighted) -> tuple[np.ndarray, np.ndarray]:
    """(left, right) row numbers of the candidate pairs, left < right, in order, each once."""
    rows = weighted.rows.tocsr()
    counts = np.bincount(rows.indices, minlength=rows.shape[1])
    telling = sparse.csr_matrix(rows.multiply((counts <= COMMON).astype(float)))
    lefts, rights = [], []
    for at in range(0, rows.shape[0], 2000):
        near = (telling[at : at + 2000] @ telling.T).tocsr()
        for n in range(near.shape[0]):
            found, score = near.indices[near.indptr[n] : near.indptr[n + 1]], near.data[near.indptr[n] : near.indptr[n + 1]]
            keep = (score >= LEAST) & (found != at + n)
            found, score = found[keep], np.round(score[keep], 9)
            order = np.lexsort((found, -score))[:NEAREST]
            lefts.append(np.minimum(found[order], at + n))
            rights.append(np.maximum(found[order], at + n))
    if not lefts:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    pairs = np.unique(np.stack([np.concatenate(lefts), np.concatenate(rights)]), axis=1)
    return pairs[0].astype(np.int64), pairs[1].astype(np.int64)
