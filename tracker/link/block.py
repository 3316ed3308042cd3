"""Candidate pairs: mentions that share enough telling words to be worth comparing, found without comparing all with all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, Protocol

import numpy as np
from scipy import sparse

from tracker.link.near import BATCH, SPARE, UNIT, Near, Table, find_near, in_whole_numbers, renew, together
from tracker.link.terms import Weighted, distinct, seldom
from tracker.model import Ask, when_asked

COMMON = 256  # a term that stands in more mentions than about this opens no pair; it still counts when a pair is scored
ALL = 400  # mentions up to which all pairs are compared: 80,000 take half a second
NEAREST = 100  # candidates a mention by shared terms, and as many by meaning, in a pile of some thousand mentions; see docs/accuracy.md for the recall
LEAST_NEAREST = 20  # of them in the largest piles
BUDGET = 800_000  # pairs by shared terms that a run can afford before candidates become fewer
BY_MEANING = 8_000  # mentions up to which neighbours by meaning are looked for: all with all, 2 seconds
ARTICLES = 10  # nearest articles whose mentions are compared all with all, itself among them
MANY = 10_000  # articles from which on only telling words say which are near: all with all would take minutes
BY_STORY = 40  # pairs a mention that this may add, and
STORY_BUDGET = 700_000  # in all; in larger piles fewer articles are looked at, in the end none
LEAST = 0.1  # sum of the two cosines below which a pair is not looked at
LEAST_MEANING = 0.0001  # the same for meanings
STORY_LIKE = 0.25  # likeness of two articles from which they may tell one story; of the cases .38 and more, of two cases up to .19
HERE = 3  # one batch in so many is worked on in this process, which finds near articles besides; by a timeline of both processes on 5,000 articles


class Blocked(Protocol):
    """What blocking needs of the profiles."""

    @property
    def words(self) -> Weighted: ...
    @property
    def letters(self) -> Weighted: ...
    @property
    def meaning(self) -> np.ndarray: ...
    @property
    def tales(self) -> Weighted: ...
    @property
    def story(self) -> np.ndarray: ...


class Neighbours(NamedTuple):
    """Nearest mentions by shared terms and by meaning, and nearest articles; None where they were not looked for."""

    terms: Near | None = None
    meaning: Near | None = None
    articles: Near | None = None


class Moved(NamedTuple):
    """What was found for a pile whose mentions, and the articles they stand in, are now, in the same order, at these places, -1 where they are gone."""

    near: Neighbours
    mentions: np.ndarray
    articles: np.ndarray


def candidate_pairs(profiles: Blocked, ask: Ask = when_asked, moved: Moved | None = None) -> tuple[np.ndarray, np.ndarray, Neighbours]:
    """(left, right) row numbers of the candidate pairs, left < right, in order, each once; and the neighbours that they were made from.

    A small pile is compared all with all; in a larger one a mention meets its nearest by shared telling words and pieces of words and, while that
    can be afforded, its nearest by meaning and all mentions of the articles nearest to its own: many that put one thing share no word, but their stories do.
    Most of the neighbours are looked for by `ask`: the articles that are near are found meanwhile. Those of an earlier pile that has `moved` are
    renewed where mentions are new.
    """
    count = len(profiles.story)
    if count <= ALL:
        left, right = np.triu_indices(count, 1)
        return left.astype(np.int64), right.astype(np.int64), Neighbours()
    most = int(np.clip(BUDGET // count, LEAST_NEAREST, NEAREST))
    terms, meaning = _terms(profiles), in_whole_numbers(profiles.meaning, LEAST_MEANING) if count <= BY_MEANING else None
    find = _ask_near(terms, meaning, most, ask, moved)
    articles, keys = _of_one_story(profiles, moved)
    by_terms, by_meaning = find()
    near = [n.first(most) for n in (by_terms, by_meaning) if n is not None]
    key = distinct(np.concatenate([keys, *(np.minimum(row, column) * count + np.maximum(row, column) for row, column, _ in near)]))
    return key // count, key % count, Neighbours(by_terms, by_meaning, articles)


def opening(terms: Weighted) -> np.ndarray:
    """Which words, or pieces of words, may open a pair of mentions."""
    return seldom(terms.rows, COMMON)


def telling(tales: Weighted, told: np.ndarray) -> np.ndarray:
    """Which words say which of these articles are near."""
    return seldom(tales.rows[told], COMMON) if len(told) > MANY else np.ones(tales.rows.shape[1], dtype=bool)


def _terms(profiles: Blocked) -> Table:
    """Mentions x terms that may open a pair."""
    return Table(sparse.hstack([t.rows[:, opening(t)] for t in (profiles.words, profiles.letters)]).tocsr(), int(LEAST * UNIT))


def _wide(most: int) -> int:
    return most + int(most * SPARE)


def _ask_near(terms: Table, meaning: Table | None, most: int, ask: Ask, moved: Moved | None) -> Callable[[], tuple[Near, Near | None]]:
    """Nearest mentions by terms and by meaning, found when called: renewed where enough of them has only `moved`, else most batches are worked on by `ask`,
    which begins at once."""
    if moved is not None and (found := _renewed(terms, meaning, most, moved)) is not None:
        return partial(_as_found, *found)
    batches = -(-terms.size // BATCH)
    here = (batches if ask is when_asked else batches // HERE) * BATCH
    rows = np.arange(terms.size)
    beside = ask(_near, terms, meaning, rows[here:], _wide(most)) if here < len(rows) else None

    def join() -> tuple[Near, Near | None]:
        mine = _near(terms, meaning, rows[:here], _wide(most))
        if beside is None:
            return mine
        (one, two), (theirs, also) = mine, beside()
        return together([one, theirs]), together([two, also]) if two is not None and also is not None else None

    return join


def _as_found(terms: Near, meaning: Near | None) -> tuple[Near, Near | None]:
    return terms, meaning


def _near(terms: Table, meaning: Table | None, some: np.ndarray, wide: int) -> tuple[Near, Near | None]:
    return find_near(terms, wide, some), find_near(meaning, wide, some) if meaning is not None else None


def _renewed(terms: Table, meaning: Table | None, most: int, moved: Moved) -> tuple[Near, Near | None] | None:
    """The same from what was found before, if that can be done and spares something."""
    new = _new(moved.mentions, terms.size)
    if moved.near.terms is None or 2 * len(new) > terms.size or (meaning is not None and moved.near.meaning is None):
        return None
    by_terms = renew(terms, moved.near.terms, moved.mentions, new, most, _wide(most))
    if meaning is None or moved.near.meaning is None:
        return by_terms, None
    return by_terms, renew(meaning, moved.near.meaning, moved.mentions, new, most, _wide(most))


def _new(place: np.ndarray, count: int) -> np.ndarray:
    """The rows that no old row came to."""
    fresh = np.ones(count, dtype=bool)
    fresh[place[place >= 0]] = False
    return np.flatnonzero(fresh)


def _near_articles(table: Table, most: int, moved: Moved | None) -> Near:
    if moved is not None and moved.near.articles is not None:
        new = _new(moved.articles, table.size)
        if 2 * len(new) <= table.size:
            return renew(table, moved.near.articles, moved.articles, new, most, _wide(most))
    return find_near(table, _wide(most))


def _of_one_story(profiles: Blocked, moved: Moved | None) -> tuple[Near, np.ndarray]:
    """Nearest articles, and pair keys of the mentions of those that tell one story, as many of the nearest articles as can be afforded."""
    told, story = np.unique(profiles.story, return_inverse=True)
    rows, count, articles = profiles.tales.rows[told][:, telling(profiles.tales, told)], len(story), len(told)
    table, most = Table(sparse.csr_matrix(rows), int(STORY_LIKE * UNIT)), ARTICLES - 1
    near = _near_articles(table, most, moved)
    order = np.argsort(story, kind="stable")
    bounds = np.searchsorted(story[order], np.arange(articles + 1))
    size = np.diff(bounds)
    row, column, rank = near.first(most)
    own = np.arange(articles)
    row, column, rank = (np.concatenate(c) for c in ((own, row), (own, column), (np.zeros(articles, dtype=np.int64), rank + 1)))
    for fewer in range(ARTICLES, 0, -1):
        key = distinct(np.minimum(row, column)[rank < fewer] * articles + np.maximum(row, column)[rank < fewer])
        a, b = key // articles, key % articles
        if int((size[a] * size[b]).sum()) <= min(BY_STORY * count, STORY_BUDGET):
            out = [np.zeros(0, dtype=np.int64)]
            for one, two in zip(a.tolist(), b.tolist(), strict=True):
                left, right = order[bounds[one] : bounds[one + 1]], order[bounds[two] : bounds[two + 1]]
                key = np.minimum.outer(left, right) * count + np.maximum.outer(left, right)
                out.append(key.ravel() if one != two else key[np.triu_indices(len(left), 1)])
            return near, np.concatenate(out)
    return near, np.zeros(0, dtype=np.int64)
