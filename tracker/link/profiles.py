"""What the pairs of many mentions are compared by, laid out once as matrices: no Python loop runs over pairs of mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from tracker.link.lexicon import OPPOSITES, POLARITY, WRONGDOING
from tracker.link.terms import Counted, Weighted, at_unit_length, count_terms, weigh
from tracker.model import Encoder, Vectors
from tracker.text import fold, words

RARE = 4  # a word in at most so many distinct mentions points at one event (a street, a ship), not at the story as a whole
GRAM = 3  # letters of a piece of a word: "subpoenaed" and "subpoenas" share most of theirs
TELLING = 2  # "one" gives no figure that the other side would have to give
VAGUE = 1.5  # ends of a range that are further apart than this are those of a vague word; "about 40" is 36 to 44
PIECE = 2_048  # pairs whose vectors are multiplied at a time: they stay in the processor's cache, which takes less than half the time
ROWS = 20_000  # mentions whose vectors are summed at a time: their words have 100 MB
WORDS = 50_000  # words whose vectors are looked up at a time: 100 MB
ASIDE = 1.5  # times the mean meaning of its article that is taken from a mention's; 1 to 3 give left-out AP within .006, b3_f1 is best here
STEADY = 5  # mentions of no meaning that are added to an article before its mean is taken: what few mentions share need not be the story
ADVISES = {"advice": 1.0, "duty": 0.4}  # how far a modal is from telling that it is so: treaties and laws tell what is so with "must"; set, not fitted
Parts = Mapping[str, Any]


class Profiles(NamedTuple):
    """Rows are mentions. Sparse matrices are mentions x terms; `codes` are integers that are equal where the word is, -1 where there is none.

    `worth` has a row for each word: its weight, and that weight again where the word is rare, else 0; `weight`: weight of all words of each mention;
    `named`: how many names it has; `things`: its words that name no party; `listed`: codes of its figures and dates; `written`, `figured`, `opposed`:
    whether it has numerals, figures of two or more, words with an opposite; `tales`: articles x words; `story`: the article of each mention.

    Of the pile as a whole they hang on the rounded counts of words alone (`weigh`): all else comes from a mention and its article.
    """

    parts: Sequence[Parts]
    words: Weighted
    present: sparse.csr_matrix
    worth: np.ndarray
    weight: np.ndarray
    letters: Weighted
    pairs: sparse.csr_matrix
    names: sparse.csr_matrix
    named: np.ndarray
    things: sparse.csr_matrix
    meaning: np.ndarray
    codes: Mapping[str, np.ndarray]
    heads: Mapping[str, tuple[np.ndarray, np.ndarray]]
    polarity: np.ndarray
    advice: np.ndarray
    ahead: np.ndarray
    wrong: np.ndarray
    numerals: Sequence[frozenset[str]]
    written: np.ndarray
    figured: np.ndarray
    listed: Mapping[str, np.ndarray]
    opposed: np.ndarray
    tales: Weighted
    story: np.ndarray


def profile(
    parts: Sequence[Parts], vectors: Vectors, stories: Mapping[str, Sequence[str]] | None = None, encoder: Encoder | None = None,
) -> Profiles:
    """Profiles of these mentions. A mention's parts may have "text", its words as printed; without it its content words stand in.

    With an `encoder` meaning is its vector of the text and not the sum of the vectors of the words.

    `stories` are the words of each article, and "article" among a mention's parts says which one it stands in.
    """
    stories = stories or {"": []}
    texts = [str(p.get("text") or " ".join(p["words"])) for p in parts]
    printed = count_terms(map(words, texts))
    pieces = _grams(printed)
    weighed = weigh(count_terms(p["words"] for p in parts))
    present = _ones(weighed.rows)
    counts = np.bincount(present.indices, minlength=present.shape[1])
    worth = np.stack([weighed.weights, np.where(counts <= RARE, weighed.weights, 0.0)], axis=1)
    names = _ones(count_terms(p["names"] for p in parts).rows)
    numerals = _numerals(printed)
    codes, heads = _roles(parts, vectors)
    told = count_terms(stories[a] for a in sorted(stories))
    story = np.searchsorted(sorted(stories), [str(p.get("article", "")) for p in parts])
    return Profiles(
        parts,
        weighed,
        present,
        worth,
        np.asarray(present @ weighed.weights),
        Weighted(at_unit_length(pieces.rows, np.ones(pieces.rows.nnz)), pieces.vocabulary, np.ones(len(pieces.vocabulary))),
        weigh(count_terms(map(_neighbours, parts))).rows,
        names,
        np.asarray(names.sum(axis=1)).ravel(),
        _ones(count_terms(map(_things, parts)).rows),
        _apart_from(_encoded(texts, encoder) if encoder else _word_sums(printed, vectors), story),
        codes,
        heads,
        np.asarray([polarity(p) for p in parts]),
        np.asarray([ADVISES.get(p.get("modal", ""), 0.0) for p in parts]),
        np.asarray([bool(p.get("ahead")) for p in parts], dtype=bool),
        np.asarray([p["act"] == WRONGDOING for p in parts], dtype=bool),
        numerals,
        np.asarray([bool(n) for n in numerals], dtype=bool),
        np.asarray([not p.get("known") and any(_tells(low, high) for low, high, _ in p["figures"]) for p in parts], dtype=bool),
        {k: _codes([repr(p[k]) if p[k] else "" for p in parts]) for k in ("figures", "dates")},
        np.asarray([any(w in OPPOSITES for w in p["words"]) for p in parts], dtype=bool),
        _tales(told, vectors),
        story,
    )


def _things(part: Parts) -> list[str]:
    """The words of a mention that are no names and do not say who acts."""
    parties = {*part["names"], *str(part["actor"]).split(), *words(str(part["actor"]))}
    return [w for w in part["words"] if w not in parties]


def polarity(part: Parts) -> int:
    """1, or -1 where the words turn the statement round: "not", "never", "denied", "failed to"; a denial of a denial stands."""
    turns = int(bool(part["negated"])) + sum(w in POLARITY for w in part["words"])
    return -1 if turns % 2 else 1


def _encoded(texts: Sequence[str], encoder: Encoder) -> np.ndarray:
    """Vectors of the texts; one that comes again is encoded once."""
    place = {text: n for n, text in enumerate(dict.fromkeys(texts))}
    return np.asarray(encoder(list(place))[[place[text] for text in texts]])


def _word_sums(counted: Counted, vectors: Vectors) -> np.ndarray:
    """Sum of the vectors of the words of each row, added in order of the words, so that it hangs on no other row."""
    vocabulary, out = list(counted.vocabulary), []
    for at in range(0, max(1, counted.rows.shape[0]), ROWS):
        some = counted.rows[at : at + ROWS]
        own, column = np.unique(some.indices, return_inverse=True)
        few = sparse.csr_matrix((some.data, column, some.indptr), shape=(some.shape[0], len(own)))
        out.append(few @ vectors([vocabulary[n] for n in own.tolist()]))
    return np.concatenate(out)


def _apart_from(rows: np.ndarray, story: np.ndarray) -> np.ndarray:
    """The rows, of mentions of these articles, less what their article as a whole is about, at unit length: else all mentions of one story are alike."""
    rows, count = unit(rows), np.bincount(story)
    own = sparse.csr_matrix((np.ones(len(story)), (story, np.arange(len(story)))), shape=(len(count), len(story)))
    mean = (own @ rows) * (ASIDE / (count + STEADY))[:, None]
    for at in range(0, len(rows), ROWS):
        rows[at : at + ROWS] -= mean[story[at : at + ROWS]]
    return unit(rows).astype(np.float32)


def unit(table: np.ndarray) -> np.ndarray:
    """Rows at unit length; zero rows stay."""
    length = np.linalg.norm(table, axis=1, keepdims=True)
    return np.asarray(table / np.where(length > 0, length, 1.0))


def _tales(told: Counted, vectors: Vectors) -> Weighted:
    """Articles x words at unit length, each word by the logarithm of its count and the length of its vector, which is how much it tells.

    Of two articles this gives the same likeness in every pile; by rarity two reports of one event are as unlike as strangers where the pile holds few.
    """
    vocabulary = list(told.vocabulary)
    parts = [np.linalg.norm(vectors(vocabulary[n : n + WORDS]), axis=1) for n in range(0, max(1, len(vocabulary)), WORDS)]
    weights = np.concatenate(parts)
    return Weighted(at_unit_length(told.rows, np.log1p(told.rows.data) * weights[told.rows.indices]), told.vocabulary, weights)


def _ones(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    out = rows.copy()
    out.data = np.ones(len(out.data))
    return out


def _grams(printed: Counted) -> Counted:
    """Mentions x runs of letters of their words, the borders of a word marked."""
    pieces = count_terms([f"_{w}_"[n : n + GRAM] for n in range(len(w) + 3 - GRAM)] for w in printed.vocabulary)
    rows = sparse.csr_matrix(printed.rows @ pieces.rows)
    rows.sort_indices()
    return Counted(rows, pieces.vocabulary)


def _neighbours(part: Parts) -> list[str]:
    return [f"{a} {b}" for a, b in zip(part["words"], part["words"][1:], strict=False)]


def _tells(low: float | None, high: float | None) -> bool:
    """A figure of two or more that is no vague word: "several" may be left out by the other side."""
    return (low or 0) >= TELLING or (high or 0) >= TELLING if low is None or high is None else high >= TELLING and high <= VAGUE * low


def _numerals(printed: Counted) -> list[frozenset[str]]:
    """The words of each text that begin with a digit."""
    figure = {n: w for w, n in printed.vocabulary.items() if w[0].isdigit()}
    marked = np.isin(printed.rows.indices, np.asarray(sorted(figure), dtype=np.int64))
    row = np.repeat(np.arange(printed.rows.shape[0]), np.diff(printed.rows.indptr))[marked]
    found: dict[int, set[str]] = {}
    for mention, word in zip(row.tolist(), printed.rows.indices[marked].tolist(), strict=True):
        found.setdefault(mention, set()).add(figure[word])
    none: frozenset[str] = frozenset()
    return [frozenset(found[n]) if n in found else none for n in range(printed.rows.shape[0])]


def _codes(texts: Sequence[str]) -> np.ndarray:
    numbers = {w: n for n, w in enumerate(sorted(set(texts) - {""}))}
    return np.asarray([numbers.get(w, -1) for w in texts], dtype=np.int64)


def _roles(parts: Sequence[Parts], vectors: Vectors) -> tuple[dict[str, np.ndarray], dict[str, tuple[np.ndarray, np.ndarray]]]:
    """For act, actor and object: codes of the words, and (vectors of their last words, unit length; place of each among them)."""
    texts = {k: [str(p[k]) for p in parts] for k in ("act", "actor", "object")}
    last = {t: fold(t).split()[-1] if t.split() else "" for t in {t for listed in texts.values() for t in listed}}
    vocabulary = sorted(set(last.values()))
    place = {w: n for n, w in enumerate(vocabulary)}
    table = np.concatenate([unit(vectors(vocabulary[n : n + WORDS])).astype(np.float32) for n in range(0, max(1, len(vocabulary)), WORDS)])
    return (
        {k: _codes(listed) for k, listed in texts.items()} | {"doer": _codes([str(p.get("doer", "")) for p in parts])},
        {k: (table, np.asarray([place[last[t]] for t in listed], dtype=np.int64)) for k, listed in texts.items()},
    )


def dot(one: sparse.csr_matrix, two: sparse.csr_matrix, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Products of row left[i] of the one with row right[i] of the other."""
    return np.asarray(one[left].multiply(two[right]).sum(axis=1)).ravel()


def dot_of_kinds(rows: sparse.csr_matrix, kind: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The same where many rows are of one kind: kind[i] is the row of i, and each two kinds are multiplied once."""
    both, back = np.unique(kind[left] * rows.shape[0] + kind[right], return_inverse=True)
    return dot(rows, rows, both // rows.shape[0], both % rows.shape[0])[back]


def dense_dot(table: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The same for a dense float32 table, in float64."""
    out = np.empty(len(left))
    for n in range(0, len(left), PIECE):
        a, b = table[left[n : n + PIECE]], table[right[n : n + PIECE]]
        out[n : n + PIECE] = np.einsum("ij,ij->i", a, b, dtype=np.float64, casting="safe")
    return out


def shared_weights(present: sparse.csr_matrix, worth: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """For each pair of rows the sums of the columns of `worth` over the terms that both have."""
    return np.asarray(present[left].multiply(present[right]) @ worth)
