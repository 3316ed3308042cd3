"""Clusters of mentions from scored pairs: average linkage inside components, pairs that must not meet kept apart."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from tracker.link.terms import distinct

LARGEST = 1500  # a component above this is cut at a higher score first: its distance matrix would not fit


MUST = 2.0  # score of a pair that is one cluster whatever the rest says: above any real score, so that it is merged first
Columns = tuple[np.ndarray, np.ndarray]
NONE: Columns = (np.zeros(0, np.int64), np.zeros(0, np.int64))


def cluster(
    count: int, left: np.ndarray, right: np.ndarray, score: np.ndarray, apart: np.ndarray, *, threshold: float, must: Columns = NONE, never: Columns = NONE
) -> np.ndarray:
    """Cluster number of each of `count` items; numbers are by first member.

    A cluster is merged while the mean score between its halves is at least `threshold`; a pair nobody scored counts 0, so that a
    chain of half-alike mentions does not become one claim. `apart` and `never` mark pairs that are never in one cluster; pairs in `must` are always
    in one, whatever else is said of them (the caller sees to it that no `never` lies inside a group of `must`, all of whose pairs are given).
    """
    if len(must[0]) or len(never[0]):
        left, right = np.concatenate([left, never[0], must[0]]), np.concatenate([right, never[1], must[1]])
        score = np.concatenate([score, np.zeros(len(never[0])), np.full(len(must[0]), MUST)])
        apart = np.concatenate([apart, np.ones(len(never[0]), bool), np.zeros(len(must[0]), bool)])
    labels = np.arange(count)
    _split(np.arange(count), left, right, score, apart, threshold, 0.5 * threshold, labels)
    _, first = np.unique(labels, return_index=True)
    order = {labels[i]: n for n, i in enumerate(sorted(first))}
    return np.asarray([order[x] for x in labels])


def _split(
    items: np.ndarray, left: np.ndarray, right: np.ndarray, score: np.ndarray, apart: np.ndarray, threshold: float, floor: float, labels: np.ndarray
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
            _split(members, left[own], right[own], score[own], apart[own], threshold, floor + 0.1, labels)
        else:
            _agglomerate(members, left[own], right[own], score[own], apart[own], threshold, labels)


def _agglomerate(members: np.ndarray, left: np.ndarray, right: np.ndarray, score: np.ndarray, apart: np.ndarray, threshold: float, labels: np.ndarray) -> None:
    a, b = np.searchsorted(members, left), np.searchsorted(members, right)
    a, b = np.minimum(a, b), np.maximum(a, b)
    distance = np.ones((len(members), len(members)))
    distance[a, b] = np.where(apart, float(len(members)) ** 2, 1.0 - score)  # one pair apart outweighs all others of two halves
    distance[b, a] = distance[a, b]
    most = 1.0 - threshold + 1e-9
    if (score >= MUST).any():  # distances must not be negative
        distance, most = distance + 1.0, most + 1.0
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), method="average")
    for cluster_number in distinct(found := fcluster(tree, most, criterion="distance")):
        group = members[found == cluster_number]
        labels[group] = group.min()
