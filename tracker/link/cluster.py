"""Clusters of mentions from scored pairs: average linkage inside components, pairs that must not meet kept apart."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

LARGEST = 1500  # a component above this is cut at a higher score first: its distance matrix would not fit


def cluster(count: int, left: np.ndarray, right: np.ndarray, score: np.ndarray, apart: np.ndarray, *, threshold: float) -> np.ndarray:
    """Cluster number of each of `count` items; numbers are by first member.

    A cluster is merged while the mean score between its halves is at least `threshold`; a pair nobody scored counts 0, so that a
    chain of half-alike mentions does not become one claim. `apart` marks pairs that are never in one cluster.
    """
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
    distance = np.ones((len(members), len(members)))
    a, b = np.searchsorted(members, left), np.searchsorted(members, right)
    distance[a, b] = distance[b, a] = np.where(apart, 2.0 * len(members), 1.0 - score)
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), method="average")
    for cluster_number in np.unique(found := fcluster(tree, 1.0 - threshold + 1e-9, criterion="distance")):
        group = members[found == cluster_number]
        labels[group] = group.min()
