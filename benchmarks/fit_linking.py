"""Fit the weights of tracker/link/compare.py on folders of hand-annotated cases, and say how well they carry over.

    python benchmarks/fit_linking.py CASES_DIR

A mention is matched to the gold report it covers by half. Pairs of matched mentions are positive if the gold puts them in one claim; cross-article
pairs with one unmatched side are negative at weight 0.1, since the gold lists every claim that two articles carry. Each pair is seen twice: in its own
case alone, and in one pile of all cases, where words weigh otherwise; there pairs of different cases are negative, at weight 0.05. Prints average
precision with each case left out, over all pairs of the case, then the weights over all cases. Needs scikit-learn, which the tracker itself does not.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

import numpy as np
from case_pairs import Case, case_folders, read_case
from scipy.optimize import minimize
from sklearn.metrics import average_precision_score

from tracker.language import load_vectors
from tracker.link.features import NAMES, compare
from tracker.link.profiles import profile

UNLISTED = 0.1  # weight of a pair whose other side the gold does not list: mostly a true negative; at .3 to 1 left-out b3_f1 falls by .001 to .017
FOREIGN = 0.05  # weight of a pair of two cases: there are fifty times as many
RIDGE = 0.1  # inverse strength of the penalty on scaled weights; .03 to 1 give the same AP within .002
AGAINST = frozenset(
    "strangers figures_conflict figures_apart numbers_only_one dates_conflict denied opposites turned advice others ahead parties unlike".split()
)
"""Features that may only speak against a pair; all others may only speak for it, so that the reasons shown are the reasons."""


class Data(NamedTuple):
    """Feature rows, labels, weights, and the two case numbers of each pair."""

    rows: np.ndarray
    same: np.ndarray
    weight: np.ndarray
    cases: np.ndarray


def pair_data(cases: list[Case], numbers: list[int]) -> Data:
    """The labelled pairs of these cases as one pile."""
    parts = [p for c in cases for p in c.parts]
    owner = np.repeat(numbers, [len(c.parts) for c in cases])
    starts = np.cumsum([0] + [len(c.parts) for c in cases])
    labels = {int(starts[k]) + n: found for k, c in enumerate(cases) for n, found in c.labels.items()}
    left, right = np.triu_indices(len(parts), 1)
    kept, same, weight = [], [], []
    for n, (a, b) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        if a in labels and b in labels:
            w = 1.0 if owner[a] == owner[b] else FOREIGN
        elif (a in labels or b in labels) and owner[a] == owner[b] and parts[a]["article"] != parts[b]["article"]:
            w = UNLISTED
        else:
            continue
        kept.append(n)
        weight.append(w)
        same.append(bool(labels.get(a, set()) & labels.get(b, set())))
    profiles = profile(parts, load_vectors(), {k: v for c in cases for k, v in c.stories.items()})
    rows = compare(profiles, left[kept], right[kept])
    return Data(rows, np.asarray(same), np.asarray(weight), np.stack([owner[left[kept]], owner[right[kept]]], axis=1))


def fit(data: list[Data], without: int = -1) -> tuple[np.ndarray, float]:
    """(weights, bias) of a logistic model over the features with the signs they must have, all pairs of one case left out."""
    keep = [(d.cases != without).all(axis=1) for d in data]
    x, y, w = (np.concatenate([d[n][k] for d, k in zip(data, keep, strict=True)]) for n in range(3))
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    scaled, sign = (x - mean) / spread, 2.0 * y - 1.0

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        odds = sign * (scaled @ beta[:-1] + beta[-1])
        pull = -w * sign / (1 + np.exp(odds))
        slope = np.r_[scaled.T @ pull + beta[:-1] / RIDGE, pull.sum()]
        return float((w * np.logaddexp(0, -odds)).sum() + (beta[:-1] ** 2).sum() / (2 * RIDGE)), slope

    bounds = [(None, 0.0) if n in AGAINST else (0.0, None) for n in NAMES] + [(None, None)]
    beta = minimize(loss, np.zeros(len(NAMES) + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000}).x
    weights = beta[:-1] / spread
    return weights, float(beta[-1] - weights @ mean)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cases", type=Path)
    args = ap.parse_args()
    folders = case_folders(args.cases)
    cases = [read_case(f) for f in folders]
    alone = [pair_data([c], [n]) for n, c in enumerate(cases)]
    data = [*alone, pair_data(cases, list(range(len(cases))))]
    found = []
    for n, folder in enumerate(folders):
        weights, bias = fit(data, without=n)
        found.append(float(average_precision_score(alone[n].same, alone[n].rows @ weights + bias)))
        print(f"{folder.name:20} pairs {len(alone[n].same):5} same {int(alone[n].same.sum()):3}  AP left out {found[-1]:.3f}")
    print(f"mean {np.mean(found):.4f}")
    weights, bias = fit(data)
    for name, weight in zip(NAMES, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')
    print(f"BIAS = {bias:.2f}")


if __name__ == "__main__":
    main()
