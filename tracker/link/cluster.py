"""Clusters of mentions from scored pairs: average linkage inside components, pairs that must not meet kept apart."""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

LARGEST = 1500  # a component above this is cut at a higher score first: its distance matrix would not fit
MUST = 2.0  # score of a pair that is one cluster whatever the rest says: above any real score, so that it is merged first
Columns = tuple[np.ndarray, np.ndarray]
NONE: Columns = (np.zeros(0, np.int64), np.zeros(0, np.int64))
Trees = dict[bytes, np.ndarray]
"""What became of components: a digest of their pairs and the threshold to the cluster of each member, by place."""


class Clusters(NamedTuple):
    """A number for each item, the same for those of one cluster, by first member; and what became of each component of several items."""

    labels: np.ndarray
    trees: Trees


def cluster(
    count: int, left: np.ndarray, right: np.ndarray, score: np.ndarray, apart: np.ndarray, *, threshold: float, must: Columns = NONE, never: Columns = NONE,
    known: Trees | None = None,
) -> Clusters:
    """Clusters of `count` items.

    A cluster is merged while the mean score between its halves is at least `threshold`; a pair nobody scored counts 0, so that a
    chain of half-alike mentions does not become one claim. `apart` and `never` mark pairs that are never in one cluster; pairs in `must` are always
    in one, whatever else is said of them (the caller sees to it that no `never` lies inside a group of `must`, all of whose pairs are given).
    A component that is among the `known` ones is not taken apart again.
    """
    trees: Trees = {}
    if len(must[0]) or len(never[0]):
        left, right = np.concatenate([left, never[0], must[0]]), np.concatenate([right, never[1], must[1]])
        score = np.concatenate([score, np.zeros(len(never[0])), np.full(len(must[0]), MUST)])
        apart = np.concatenate([apart, np.ones(len(never[0]), bool), np.zeros(len(must[0]), bool)])
    labels = np.arange(count)
    _split(np.arange(count), left, right, score, apart, threshold, 0.5 * threshold, labels, known or {}, trees)
    _, first = np.unique(labels, return_index=True)
    order = {labels[i]: n for n, i in enumerate(sorted(first))}
    return Clusters(np.asarray([order[x] for x in labels]), trees)


def _split(
    items: np.ndarray, left: np.ndarray, right: np.ndarray, score: np.ndarray, apart: np.ndarray, threshold: float, floor: float, labels: np.ndarray,
    known: Trees, found: Trees,
) -> None:
    """Components of the pairs scored at least `floor`, each clustered for itself; writes the first member of each cluster into labels."""
    place = np.full(len(labels), -1)
    place[items] = np.arange(len(items))
    inside = (place[left] >= 0) & (place[right] >= 0) & (score >= floor) & ~apart
    a, b = place[left[inside]], place[right[inside]]
    graph = sparse.coo_matrix((np.ones(len(a)), (a, b)), shape=(len(items), len(items)))
    n, part = connected_components(graph, directed=False)
    order = np.argsort(part, kind="stable")
    bounds = np.searchsorted(part[order], np.arange(n + 1))
    pair_part = part[place[left]] if len(left) else np.empty(0, int)
    by_part = np.argsort(pair_part, kind="stable")
    pair_bounds = np.searchsorted(pair_part[by_part], np.arange(n + 1))
    for k in range(n):
        members = items[order[bounds[k] : bounds[k + 1]]]
        if len(members) < 2:
            continue
        own = by_part[pair_bounds[k] : pair_bounds[k + 1]]
        own = own[np.isin(right[own], members)]
        if len(members) > LARGEST and floor < 0.95:
            _split(members, left[own], right[own], score[own], apart[own], threshold, floor + 0.1, labels, known, found)
        else:
            _agglomerate(members, left[own], right[own], score[own], apart[own], threshold, labels, known, found)


def _agglomerate(
    members: np.ndarray, left: np.ndarray, right: np.ndarray, score: np.ndarray, apart: np.ndarray, threshold: float, labels: np.ndarray,
    known: Trees, found: Trees,
) -> None:
    a, b = np.searchsorted(members, left), np.searchsorted(members, right)
    a, b = np.minimum(a, b), np.maximum(a, b)
    key = blake2b(np.asarray([len(members), threshold]).tobytes(), digest_size=16)
    for column in (a, b, score, apart):
        key.update(np.ascontiguousarray(column).tobytes())
    digest = key.digest()
    found[digest] = own = known[digest] if digest in known else _taken_apart(len(members), a, b, score, apart, threshold)
    labels[members] = members[own]


def _taken_apart(count: int, a: np.ndarray, b: np.ndarray, score: np.ndarray, apart: np.ndarray, threshold: float) -> np.ndarray:
    """The first member of the cluster of each of `count` members, of pairs by their places."""
    distance = np.ones((count, count))
    distance[a, b] = np.where(apart, float(count) ** 2, 1.0 - score)  # one pair apart outweighs all others of two halves
    distance[b, a] = distance[a, b]
    most = 1.0 - threshold + 1e-9
    if (score >= MUST).any():  # distances must not be negative
        distance, most = distance + 1.0, most + 1.0
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), method="average")
    _, first, back = np.unique(fcluster(tree, most, criterion="distance"), return_index=True, return_inverse=True)
    return np.asarray(first[back], dtype=np.int32)
