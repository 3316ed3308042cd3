"""Rows of terms as sparse matrices: counted, and weighed by how much each term tells."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse

EXACT = 4  # counts up to which one more tells
STEPS = 8  # between two powers of two, for the number of all rows: their weights hang on it


class Counted(NamedTuple):
    """Rows x terms, how often each term stands in each row; columns are in the terms' order."""

    rows: sparse.csr_matrix
    vocabulary: Mapping[str, int]


class Weighted(NamedTuple):
    """Rows x terms, rows of unit length, and the weight of each term."""

    rows: sparse.csr_matrix
    vocabulary: Mapping[str, int]
    weights: np.ndarray


class _Codes(dict[str, int]):
    """Terms to numbers in order of their coming."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


def count_terms(rows: Iterable[Sequence[str]]) -> Counted:
    """The rows as a matrix; a row is read once and forgotten."""
    codes, flat, ends = _Codes(), array("q"), array("q", [0])
    for row in rows:
        flat.extend(map(codes.__getitem__, row))
        ends.append(len(flat))
    vocabulary = {term: n for n, term in enumerate(sorted(codes))}
    order = np.asarray([vocabulary[term] for term in codes], dtype=np.int64)
    columns = order[np.frombuffer(flat, dtype=np.int64)] if len(flat) else np.zeros(0, dtype=np.int64)
    table = sparse.csr_matrix((np.ones(len(columns)), columns, np.frombuffer(ends, dtype=np.int64)), shape=(len(ends) - 1, len(vocabulary)))
    table.sum_duplicates()
    return Counted(table, vocabulary)


def weigh(counted: Counted, *, among: np.ndarray | None = None, roughly: bool = False) -> Weighted:
    """TF-IDF rows of unit length; rare terms weigh more, and a term that comes twice counts once.

    How rare a term is, is told from the rows `among`, or from all; `roughly`: from counts that are rounded, which seldom change when rows are added.
    """
    rows = counted.rows
    told = rows if among is None else rows[among]
    count, total = np.bincount(told.indices, minlength=rows.shape[1]), float(told.shape[0])
    if roughly:
        count, total = rounded(count), rounded_total(told.shape[0])
    weights = np.log((1 + total) / (1 + count)) + 1.0
    rows = sparse.csr_matrix((weights[rows.indices], rows.indices, rows.indptr), shape=rows.shape)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    rows.data = rows.data / np.repeat(lengths, np.diff(rows.indptr))
    return Weighted(rows, counted.vocabulary, weights)


def rounded(counts: np.ndarray, steps: int = 1) -> np.ndarray:
    """Counts above EXACT as the nearest power of two, or the nearest of so many `steps` between two of these."""
    return np.where(counts > EXACT, np.exp2(np.round(np.log2(np.maximum(counts, 1)) * steps) / steps), counts)


def rounded_total(rows: int) -> float:
    """About as many rows: of five thousand, ten more change it once in forty times."""
    return float(rounded(np.asarray(rows), STEPS))


def spread_of(rows: sparse.csr_matrix) -> np.ndarray:
    """In what share of all rows each term may stand, judged from these by their count and its spread: a term that is in none of them need not be rare."""
    count = np.bincount(rows.indices, minlength=rows.shape[1]) + 1.0
    return np.asarray((count + np.sqrt(count)) / (rows.shape[0] + 1))


def weigh_words(words: Iterable[Sequence[str]]) -> Weighted:
    """TF-IDF rows of these words."""
    return weigh(count_terms(words))


def distinct(keys: np.ndarray) -> np.ndarray:
    """The values in order, each once: as np.unique, which since numpy 2.3 goes by hashes and takes forty times as long for a million integers."""
    ordered = np.sort(keys)
    new = np.ones(len(ordered), dtype=bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return np.asarray(ordered[new])
