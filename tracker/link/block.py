"""Candidate pairs: mentions that share enough telling words to be worth comparing, found without comparing all with all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from scipy import sparse

from tracker.link.terms import Weighted, distinct
from tracker.model import Ask, when_asked

COMMON = 300  # a term that stands in more mentions than this opens no pair; it still counts when a pair is scored
ALL = 400  # mentions up to which all pairs are compared: 80,000 take half a second
NEAREST = 100  # candidates a mention by shared terms, and as many by meaning, in a pile of some thousand mentions; see docs/accuracy.md for the recall
LEAST_NEAREST = 20  # of them in the largest piles
BUDGET = 800_000  # pairs by shared terms that a run can afford before candidates become fewer
BY_MEANING = 8_000  # mentions up to which neighbours by meaning are looked for: all with all, 2 seconds
STORY_LIKE = 0.2  # cosine of the words of two articles from which they tell one story; of the cases .21 to .48, of articles of two cases up to .19
ARTICLES = 10  # nearest articles whose mentions are compared all with all, itself among them
MANY = 10_000  # articles from which on only telling words say which are near: all with all would take minutes
BY_STORY = 40  # pairs a mention that this may add, and
STORY_BUDGET = 700_000  # in all; in larger piles fewer articles are looked at, in the end none
LEAST = 0.1  # sum of the two cosines below which a pair is not looked at
HERE = 3  # one batch in so many is worked on in this process, which finds near articles besides; by a timeline of both processes on 5,000 articles
BATCH = 2000  # mentions whose neighbours are found at a time


class Blocked(Protocol):
    """What blocking needs of the profiles."""

    @property
    def words(self) -> Weighted: ...
    @property
    def letters(self) -> sparse.csr_matrix: ...
    @property
    def meaning(self) -> np.ndarray: ...
    @property
    def stories(self) -> sparse.csr_matrix: ...
    @property
    def story(self) -> np.ndarray: ...


def candidate_pairs(profiles: Blocked, ask: Ask = when_asked) -> tuple[np.ndarray, np.ndarray]:
    """(left, right) row numbers of the candidate pairs, left < right, in order, each once.

    A small pile is compared all with all; in a larger one a mention meets its nearest by shared telling words and pieces of words and, while that
    can be afforded, its nearest by meaning and all mentions of the articles nearest to its own: many that put one thing share no word, but their stories do.
    Most of the neighbours are looked for by `ask`: the articles that are near are found meanwhile.
    """
    rows = sparse.hstack([_telling(profiles.words.rows), _telling(profiles.letters)]).tocsr()
    count = rows.shape[0]
    if count <= ALL:
        left, right = np.triu_indices(count, 1)
        return left.astype(np.int64), right.astype(np.int64)
    nearest = int(np.clip(BUDGET // count, LEAST_NEAREST, NEAREST))
    meaning = profiles.meaning.astype(np.float32)
    starts = range(0, count, BATCH)
    here = len(starts) if ask is when_asked else len(starts) // HERE
    beside = ask(_neighbours, rows, meaning, starts[here:], nearest) if here < len(starts) else _none
    keys = [_neighbours(rows, meaning, starts[:here], nearest), _of_one_story(profiles.stories, profiles.story), beside()]
    key = distinct(np.concatenate(keys))
    return key // count, key % count


def _none() -> np.ndarray:
    return np.zeros(0, dtype=np.int64)


def _neighbours(rows: sparse.csr_matrix, meaning: np.ndarray, starts: Sequence[int], nearest: int) -> np.ndarray:
    """Pair keys of the nearest of the mentions in the batches that begin at `starts`."""
    count, across, keys = rows.shape[0], rows.T.tocsr(), [_none()]
    for at in starts:
        near = sparse.csr_matrix(rows[at : at + BATCH] @ across)
        keys.append(_nearest(near, at, nearest, count))
        if count <= BY_MEANING:
            keys.append(_nearest_rows(meaning[at : at + BATCH] @ meaning.T, at, nearest, count))
    return np.concatenate(keys)


def _nearest(near: sparse.csr_matrix, at: int, nearest: int, count: int) -> np.ndarray:
    """Pair keys of the highest cells of each row; ties go to the lower column."""
    row = np.repeat(np.arange(at, at + near.shape[0]), np.diff(near.indptr))
    keep = (near.data >= LEAST) & (near.indices != row)
    row, column, score = row[keep], near.indices[keep].astype(np.int64), np.round(near.data[keep], 9)
    ends = np.cumsum(np.bincount(row - at, minlength=near.shape[0]))
    chosen = np.ones(len(row), dtype=bool)
    for end, size in zip(ends.tolist(), np.diff(ends, prepend=0).tolist(), strict=True):
        if size > nearest:
            own = score[end - size : end]
            least = np.partition(own, -nearest)[-nearest]
            some = np.flatnonzero(own >= least)
            chosen[end - size : end] = False
            chosen[end - size + some[np.lexsort((column[end - size : end][some], -own[some]))[:nearest]]] = True
    row, column = row[chosen], column[chosen]
    return np.asarray(np.minimum(column, row) * count + np.maximum(column, row))


def _of_one_story(stories: sparse.csr_matrix, story: np.ndarray) -> np.ndarray:
    """Pair keys of the mentions of articles that tell one story, as many of the nearest articles as can be afforded."""
    count, (told, story) = len(story), np.unique(story, return_inverse=True)
    rows, articles = stories[told], len(told)
    rows = rows if articles <= MANY else _telling(rows)
    order = np.argsort(story, kind="stable")
    bounds = np.searchsorted(story[order], np.arange(articles + 1))
    size = np.diff(bounds)
    near: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    across = rows.T.tocsr()
    for at in range(0, articles, BATCH):
        found = sparse.csr_matrix(rows[at : at + BATCH] @ across)
        row, column, score = _likest(found, ARTICLES) if articles <= MANY else _alike(found)
        row += at
        best = np.lexsort((column, -score, row))
        row, column = row[best], column[best]
        near.append((row, column, np.arange(len(row)) - np.searchsorted(row, row)))
    row, column, rank = (np.concatenate(c) for c in zip(*near, strict=True))
    for most in range(ARTICLES, 0, -1):
        key = distinct(np.minimum(row, column)[rank < most] * articles + np.maximum(row, column)[rank < most])
        a, b = key // articles, key % articles
        if int((size[a] * size[b]).sum()) <= min(BY_STORY * count, STORY_BUDGET):
            out = [np.zeros(0, dtype=np.int64)]
            for one, two in zip(a.tolist(), b.tolist(), strict=True):
                left, right = order[bounds[one] : bounds[one + 1]], order[bounds[two] : bounds[two + 1]]
                key = np.minimum.outer(left, right) * count + np.maximum.outer(left, right)
                out.append(key.ravel() if one != two else key[np.triu_indices(len(left), 1)])
            return np.concatenate(out)
    return np.zeros(0, dtype=np.int64)


def _alike(found: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, column and likeness of the articles that tell one story."""
    keep = found.data >= STORY_LIKE
    return np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))[keep], found.indices[keep].astype(np.int64), np.round(found.data[keep], 9)


def _likest(found: sparse.csr_matrix, most: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same without those that `most` others of the row are likelier than: in a pile about one thing nearly all articles are alike."""
    full = np.round(found.toarray(), 9)
    least = np.partition(full, -most, axis=1)[:, -most] if full.shape[1] > most else np.zeros(len(full))
    row, column = np.nonzero((full >= np.maximum(least, 1e-9)[:, None]) & (full >= STORY_LIKE))
    return row, column.astype(np.int64), full[row, column]


def _nearest_rows(near: np.ndarray, at: int, nearest: int, count: int) -> np.ndarray:
    """The same for full rows; likeness is rounded so that it does not hang on the machine's order of adding."""
    near = np.round(near, 4)
    here = np.arange(len(near))
    near[here, at + here] = -1.0
    least = np.partition(near, -nearest, axis=1)[:, -nearest]
    row, column = np.nonzero(near >= np.maximum(least, 1e-4)[:, None])
    return np.minimum(column, at + row).astype(np.int64) * count + np.maximum(column, at + row)


def _telling(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """The rows without the terms that stand in too many of them to open a pair."""
    counts = np.bincount(rows.indices, minlength=rows.shape[1])
    kept = sparse.csr_matrix(rows[:, counts <= COMMON])
    return kept
