"""What a linking leaves for the next one: which mentions were compared and what came out, so that only what is new or weighs otherwise is compared again."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Final, NamedTuple

import numpy as np

from tracker.link.block import Moved, Neighbours
from tracker.link.cluster import Trees
from tracker.link.compare import Compared
from tracker.link.near import Near
from tracker.link.pile import Pile, hashes
from tracker.link.profiles import Profiles
from tracker.link.terms import rounded_total
from tracker.tables import dumps

COMPARING: Final = "pairs@2"  # the way of comparing: what another one gave is not used
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)  # spreads the bits of a mark
_SHIFT: Final = np.uint64(29)


class Kept(NamedTuple):
    """Of a pile: a mark for what all comparisons hang on, one for each mention and each article, keys (left * mentions + right) of the pairs that were
    compared, what came out of those worth keeping, the neighbours, and what became of the components of pairs."""

    basis: int
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
    """A mark for all that comparing a mention looks at, but for what `basis` covers: `own`, a hash of its parts and its article, and its words' weights."""
    words = hashes(list(profiles.words.vocabulary))
    for column in profiles.worth.T:
        words = _mixed(words, np.ascontiguousarray(column).view(np.uint64))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(words[profiles.present.indices], dtype=np.uint64)])
    return _mixed(own, sums[profiles.present.indptr[1:]] - sums[profiles.present.indptr[:-1]])


def basis_of(pile: Pile) -> int:
    """A mark for what is told from the articles that stand for the pile, and from its size."""
    size = [rounded_total(len(pile.parts)), rounded_total(len({p["article"] for p in pile.parts}))]
    told = blake2b(dumps([size, pile.sample]).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(told.digest(), "big")


def since(earlier: Kept | None, basis: int, marks: np.ndarray, articles: np.ndarray) -> Since | None:
    """What an earlier linking has to say of this pile; None if nothing, since what comparing hangs on is not the same or the order is another."""
    if earlier is None or earlier.basis != basis:
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
    arrays = {"basis": np.asarray([kept.basis], dtype=np.uint64), "marks": kept.marks, "articles": kept.articles, "keys": np.diff(kept.keys, prepend=0)}
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
        return Kept(int(arrays["basis"][0]), arrays["marks"], arrays["articles"], np.cumsum(arrays["keys"]), pairs, Neighbours(**near), trees)
    except (KeyError, IndexError):
        return None
