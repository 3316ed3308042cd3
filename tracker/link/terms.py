"""Rows of terms as sparse matrices: counted, and weighed by how much each term tells."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse

EXACT = 4  # counts up to which one more tells
MOST = 14  # power of two: more rows than that do not make a term rarer; in a pile of about so many the cases are told apart as well as alone
LEAST = 0.1  # weight of a term that stands in nearly all rows, or in more than those


class Counted(NamedTuple):
    """Rows x terms, how often each term stands in each row; columns are in the terms' order."""

    rows: sparse.csr_matrix
    vocabulary: Mapping[str, int]


class Weighted(NamedTuple):
    """Rows x terms, rows of unit length, and how much each term weighs."""

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


def weigh(counted: Counted) -> Weighted:
    """TF-IDF rows of unit length; rare terms weigh more, and a term that comes twice counts once.

    Counts are rounded, so that most rows stay as they are when some are added: the number of rows counts as the nearest power of two, up to MOST.
    """
    rows = counted.rows
    count = rounded(np.bincount(rows.indices, minlength=rows.shape[1]))
    total = 2.0 ** min(np.round(np.log2(max(rows.shape[0], 1))), MOST)
    weights = np.maximum(np.log((1 + total) / (1 + count)) + 1.0, LEAST)
    return Weighted(at_unit_length(rows, weights[rows.indices]), counted.vocabulary, weights)


def at_unit_length(rows: sparse.csr_matrix, cells: np.ndarray) -> sparse.csr_matrix:
    """Rows with these cells in place of theirs, at unit length; empty rows stay."""
    out = sparse.csr_matrix((cells, rows.indices, rows.indptr), shape=rows.shape)
    lengths = np.sqrt(np.asarray(out.multiply(out).sum(axis=1)).ravel())
    out.data = out.data / np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(out.indptr))
    return out


def rounded(counts: np.ndarray) -> np.ndarray:
    """Counts above EXACT as the nearest power of two."""
    return np.where(counts > EXACT, np.exp2(np.round(np.log2(np.maximum(counts, 1)))), counts)


def seldom(rows: sparse.csr_matrix, most: int) -> np.ndarray:
    """Which terms stand in at most about so many rows."""
    return np.asarray(rounded(np.bincount(rows.indices, minlength=rows.shape[1])) <= most)


def distinct(keys: np.ndarray) -> np.ndarray:
    """The values in order, each once: as np.unique, which since numpy 2.3 goes by hashes and takes forty times as long for a million integers."""
    ordered = np.sort(keys)
    new = np.ones(len(ordered), dtype=bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return np.asarray(ordered[new])
