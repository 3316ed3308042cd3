"""What a linking leaves for the next one: which mentions were compared and what came out, so that only what is new or weighs otherwise is compared again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from scipy import sparse

from tracker.link.block import Moved, Neighbours, opening, telling
from tracker.link.cluster import Trees
from tracker.link.compare import Compared
from tracker.link.near import Near
from tracker.link.profiles import Profiles
from tracker.link.terms import Weighted
from tracker.tables import text_hashes

COMPARING: Final = "pairs@5"  # the way of comparing: what another one gave is not used
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)  # spreads the bits of a mark
_SHIFT: Final = np.uint64(29)


class Kept(NamedTuple):
    """Of a pile: a mark for each mention and each article, keys (left * mentions + right) of the pairs that were compared, what came out of those worth
    keeping, the neighbours, and what became of the components of pairs."""

    marks: np.ndarray
    articles: np.ndarray
    keys: np.ndarray
    pairs: Compared
    near: Neighbours
    trees: Trees


class Since(NamedTuple):
    """An earlier linking as seen from this pile: where its mentions and articles are now, keys of its pairs by the numbers of now, and what came out."""

    moved: Moved
    keys: np.ndarray
    pairs: Compared


def mark_mentions(own: np.ndarray, profiles: Profiles) -> np.ndarray:
    """A mark for all that comparing a mention looks at: `own`, a hash of its parts and its article; its words' weights; which pieces of words may open a
    pair; and the other mentions of its article, from whose meaning its own is told apart."""
    marks = own
    for terms, columns in ((profiles.words, profiles.worth.T), (profiles.letters, opening(profiles.letters)[None, :])):
        marks = _mixed(marks, _sums(terms.rows, _hashed(terms, columns)))
    return _mixed(marks, _beside(own, profiles.story))


def _beside(own: np.ndarray, story: np.ndarray) -> np.ndarray:
    """What stands for all mentions of the same article together."""
    sums = np.zeros(int(story.max(initial=0)) + 1, dtype=np.uint64)
    np.add.at(sums, story, own)
    return np.asarray(sums[story])


def mark_articles(told: np.ndarray, which: np.ndarray, profiles: Profiles) -> np.ndarray:
    """A mark for all that says whether an article is near another: `told`, a hash of what each tells, and which of its words count; of `which` rows."""
    words = _hashed(profiles.tales, telling(profiles.tales, which)[None, :])
    return _mixed(told, _sums(profiles.tales.rows[which], words))


def _hashed(terms: Weighted, columns: np.ndarray) -> np.ndarray:
    """64 bits for each term and its values in these columns."""
    out = text_hashes(list(terms.vocabulary))
    for column in columns:
        out = _mixed(out, np.ascontiguousarray(column, dtype=np.float64).view(np.uint64))
    return out


def _sums(rows: sparse.csr_matrix, words: np.ndarray) -> np.ndarray:
    """The sum of what stands for its terms, for each row."""
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(words[rows.indices], dtype=np.uint64)])
    return np.asarray(sums[rows.indptr[1:]] - sums[rows.indptr[:-1]])


def since(earlier: Kept | None, marks: np.ndarray, articles: np.ndarray) -> Since | None:
    """What an earlier linking has to say of this pile; None if nothing, since there was none or the order is another."""
    if earlier is None:
        return None
    mentions, moved = _places(earlier.marks, marks), _places(earlier.articles, articles)
    if mentions is None or moved is None:
        return None
    keys, _ = _moved_keys(mentions, earlier.keys // max(1, len(earlier.marks)), earlier.keys % max(1, len(earlier.marks)), len(marks))
    _, stays = _moved_keys(mentions, earlier.pairs.left, earlier.pairs.right, len(marks))
    pairs = Compared(*(column[stays] for column in earlier.pairs))
    pairs = pairs._replace(left=mentions[pairs.left], right=mentions[pairs.right])
    return Since(Moved(earlier.near, mentions, moved), keys, pairs)


def _places(old: np.ndarray, new: np.ndarray) -> np.ndarray | None:
    """Where each old mark is among the new ones, -1 for nowhere; None if a mark stands for two or the order is another."""
    order = np.argsort(new)
    there = new[order]
    if (there[1:] == there[:-1]).any() or len(np.unique(old)) < len(old) or not len(new):
        return None
    at = np.minimum(np.searchsorted(there, old), len(there) - 1)
    place = np.where(there[at] == old, order[at], -1)
    left = place[place >= 0]
    return place if (left[1:] > left[:-1]).all() else None


def _moved_keys(place: np.ndarray, left: np.ndarray, right: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(keys of the pairs of which both are left, in order; which those are)."""
    one, two = place[left], place[right]
    stays = (one >= 0) & (two >= 0)
    return one[stays] * count + two[stays], stays


def _mixed(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    out = (one ^ (two * _ODD + (one << np.uint64(6)))) * _ODD
    return np.asarray(out ^ (out >> _SHIFT))


def pack(kept: Kept) -> dict[str, np.ndarray]:
    """The same as plain arrays, by name."""
    arrays = {"marks": kept.marks, "articles": kept.articles, "keys": np.diff(kept.keys, prepend=0)}
    arrays |= {f"pairs {name}": column for name, column in kept.pairs._asdict().items()}
    own = [np.zeros(0, dtype=np.int32), *kept.trees.values()]
    arrays |= {"trees": np.frombuffer(b"".join(kept.trees), dtype=np.uint64), "trees size": np.asarray([len(t) for t in own[1:]], dtype=np.int64),
               "trees of": np.concatenate(own)}
    for name, near in kept.near._asdict().items():
        if near is not None:
            arrays |= {f"{name} {part}": column for part, column in near._asdict().items()}
    return arrays


def unpack(arrays: Mapping[str, np.ndarray]) -> Kept | None:
    """What was packed; None for anything else."""
    try:
        near = {n: Near(*(arrays[f"{n} {part}"] for part in Near._fields)) for n in Neighbours._fields if f"{n} start" in arrays}
        pairs = Compared(*(arrays[f"pairs {name}"] for name in Compared._fields))
        digests, sizes = arrays["trees"].tobytes(), np.cumsum(arrays["trees size"]).tolist()
        parts = np.split(arrays["trees of"], sizes[:-1]) if sizes else []
        trees = {digests[16 * n : 16 * n + 16]: part for n, part in enumerate(parts)}
        return Kept(arrays["marks"], arrays["articles"], np.cumsum(arrays["keys"]), pairs, Neighbours(**near), trees)
    except (KeyError, IndexError):
        return None
