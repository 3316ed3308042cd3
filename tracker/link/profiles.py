"""What the pairs of many mentions are compared by, laid out once as matrices: no Python loop runs over pairs of mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from tracker.link.block import Weighted, weigh_words
from tracker.link.lexicon import OPPOSITES, POLARITY
from tracker.model import Vectors
from tracker.text import fold, words

RARE = 4  # a word in at most so many distinct mentions points at one event (a street, a ship), not at the story as a whole
GRAM = 3  # letters of a piece of a word: "subpoenaed" and "subpoenas" share most of theirs
Parts = Mapping[str, Any]


class Profiles(NamedTuple):
    """Rows are mentions. Sparse matrices are mentions x terms; `codes` are integers that are equal where the word is, -1 where there is none.

    `worth` has a row for each word: its weight, and that weight again where the word is rare, else 0; `weight`: weight of all words of each mention;
    `named`: how many names it has; `written`, `figured`, `dated`, `opposed`: whether it has numerals, figures, dates, words with an opposite.
    """

    parts: Sequence[Parts]
    words: Weighted
    present: sparse.csr_matrix
    worth: np.ndarray
    weight: np.ndarray
    letters: sparse.csr_matrix
    pairs: sparse.csr_matrix
    names: sparse.csr_matrix
    named: np.ndarray
    meaning: np.ndarray
    codes: Mapping[str, np.ndarray]
    heads: Mapping[str, tuple[np.ndarray, np.ndarray]]
    polarity: np.ndarray
    advice: np.ndarray
    numerals: Sequence[frozenset[str]]
    written: np.ndarray
    figured: np.ndarray
    dated: np.ndarray
    opposed: np.ndarray
    stories: sparse.csr_matrix
    story: np.ndarray


def profile(parts: Sequence[Parts], vectors: Vectors, stories: Mapping[str, Sequence[str]] | None = None) -> Profiles:
    """Profiles of these mentions. A mention's parts may have "text", its words as printed; without it its content words stand in.

    `stories` are the words of each article, and "article" among a mention's parts says which one it stands in.
    """
    stories = stories or {"": []}
    texts = [words(str(p.get("text") or " ".join(p["words"]))) for p in parts]
    weighted = weigh_words([p["words"] for p in parts])
    present = _ones(weighted.rows)
    counts = np.bincount(present.indices, minlength=present.shape[1])
    worth = np.stack([weighted.weights, np.where(counts <= RARE, weighted.weights, 0.0)], axis=1)
    names = _ones(weigh_words([p["names"] for p in parts]).rows)
    numerals = [frozenset(w for w in t if w[0].isdigit()) for t in texts]
    return Profiles(
        parts,
        weighted,
        present,
        worth,
        np.asarray(present @ weighted.weights),
        weigh_words([_grams(t) for t in texts]).rows,
        weigh_words([[f"{a} {b}" for a, b in zip(p["words"], p["words"][1:], strict=False)] for p in parts]).rows,
        names,
        np.asarray(names.sum(axis=1)).ravel(),
        mean_vectors(texts, vectors),
        {k: _codes([str(p[k]) for p in parts]) for k in ("act", "actor", "object")},
        {k: _head_vectors([str(p[k]) for p in parts], vectors) for k in ("act", "actor", "object")},
        np.asarray([polarity(p) for p in parts]),
        np.asarray([p.get("modal") == "advice" for p in parts]),
        numerals,
        np.asarray([bool(n) for n in numerals], dtype=bool),
        np.asarray([bool(p["figures"]) for p in parts], dtype=bool),
        np.asarray([bool(p["dates"]) for p in parts], dtype=bool),
        np.asarray([any(w in OPPOSITES for w in p["words"]) for p in parts], dtype=bool),
        weigh_words([stories[a] for a in sorted(stories)]).rows,
        np.searchsorted(sorted(stories), [str(p.get("article", "")) for p in parts]),
    )


def polarity(part: Parts) -> int:
    """1, or -1 where the words turn the statement round: "not", "never", "denied", "failed to"; a denial of a denial stands."""
    turns = int(bool(part["negated"])) + sum(w in POLARITY for w in part["words"])
    return -1 if turns % 2 else 1


def mean_vectors(texts: Sequence[Sequence[str]], vectors: Vectors) -> np.ndarray:
    """Sum of the word vectors of each text less the mean of all texts, at unit length; float64 (texts, dimensions).

    The mean is what the pile as a whole is about: without it every two mentions of one story are alike.
    """
    vocabulary = sorted({w for t in texts for w in t})
    table = vectors(vocabulary)
    place = {w: n for n, w in enumerate(vocabulary)}
    indptr = np.cumsum([0] + [len(t) for t in texts])
    columns = np.asarray([place[w] for t in texts for w in t], dtype=np.int64)
    counts = sparse.csr_matrix((np.ones(len(columns)), columns, indptr), shape=(len(texts), len(vocabulary)))
    rows = unit(counts @ table)
    return unit(rows - rows.mean(axis=0)) if len(texts) > 2 else rows


def unit(table: np.ndarray) -> np.ndarray:
    """Rows at unit length; zero rows stay."""
    length = np.linalg.norm(table, axis=1, keepdims=True)
    return np.asarray(table / np.where(length > 0, length, 1.0))


def _ones(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    out = rows.copy()
    out.data = np.ones_like(out.data)
    return out


def _grams(text: Sequence[str]) -> list[str]:
    """Runs of letters of each word, its borders marked."""
    return [f"_{w}_"[n : n + GRAM] for w in text for n in range(len(w) + 3 - GRAM)]


def _codes(texts: Sequence[str]) -> np.ndarray:
    numbers = {w: n for n, w in enumerate(sorted(set(texts) - {""}))}
    return np.asarray([numbers.get(w, -1) for w in texts], dtype=np.int64)


def _head_vectors(texts: Sequence[str], vectors: Vectors) -> tuple[np.ndarray, np.ndarray]:
    """(vectors of the last words that stand in the texts, unit length; place of each text among them)."""
    last = [fold(t).split()[-1] if t.split() else "" for t in texts]
    vocabulary = sorted(set(last))
    place = {w: n for n, w in enumerate(vocabulary)}
    return unit(vectors(vocabulary)), np.asarray([place[w] for w in last], dtype=np.int64)


def dot(one: sparse.csr_matrix, two: sparse.csr_matrix, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Products of row left[i] of the one with row right[i] of the other."""
    return np.asarray(one[left].multiply(two[right]).sum(axis=1)).ravel()



def shared_weights(present: sparse.csr_matrix, worth: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """For each pair of rows the sums of the columns of `worth` over the terms that both have."""
    return np.asarray(present[left].multiply(present[right]) @ worth)
