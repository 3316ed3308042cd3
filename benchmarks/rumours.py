"""Measure belief in rumours: true against false from who is for, against or observing (Emergent's format), by cross-validation over claims.

    python benchmarks/rumours.py DATA/emergent/train.jsonl [...] [--seeds 5] [--folds 10] [--predicted]

A ridge logistic model over five numbers a claim: log counts of headlines for and against, share against, log-odds of for over against, and the mean
track record of the outlets (how often an outlet that took this stance did so on a rumour that came out true, against everybody's rate, shrunk
by two claims). Records come from training claims only; a training claim's own verdict is left out of the records it is described by. --predicted
does the same with the stances that benchmarks/stance.py predicts, each claim's headlines by weights that have seen none of them. Rumours whose
outcome is unknown are left out. Prints AUC, accuracy, Brier score and a calibration table.
"""
from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from stance import features, folded
from stance import read as read_headlines

from tracker.score.calibration import brier, calibration_table

RIDGE = 0.5  # .3 to 3 are within .003 AUC
SHRINK = 2.0
NAMES = {"supports": "for", "denies": "against", "unverified": "observing"}

Row = dict[str, Any]


def outlet(source: str) -> str:
    return source.lower().removeprefix("www.")


class Rumours:
    """Claims in order of id, with their stances by outlet and what came out."""

    def __init__(self, rows: list[Row]) -> None:
        kept = [r for r in rows if r["claimTruth"] in ("true", "false")]
        self.ids = sorted({r["claimId"] for r in kept})
        place = {c: k for k, c in enumerate(self.ids)}
        self.true = np.zeros(len(self.ids))
        self.stances: list[list[tuple[str, str]]] = [[] for _ in self.ids]
        for r in kept:
            self.true[place[r["claimId"]]] = r["claimTruth"] == "true"
            self.stances[place[r["claimId"]]].append((outlet(r["source"]), r["articleHeadlineStance"]))

    def numbers(self, records: bool, train: np.ndarray) -> np.ndarray:
        """A row of numbers for every claim; records are those of the training claims, without the claim itself."""
        tally: dict[tuple[str, str], np.ndarray] = defaultdict(lambda: np.zeros(2))
        base: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(2))
        for k in train:
            for key in sorted(set(self.stances[k])):
                tally[key][int(self.true[k])] += 1
                base[key[1]][int(self.true[k])] += 1
        inside = set(train.tolist())
        return np.array([self._row(k, tally, base, k in inside, records) for k in range(len(self.ids))])

    def _row(self, k: int, tally: dict[tuple[str, str], np.ndarray], base: dict[str, np.ndarray], own: bool, records: bool) -> list[float]:
        seen = self.stances[k]
        pro, con = (sum(s == name for _, s in seen) for name in ("for", "against"))
        out = [np.log1p(pro), np.log1p(con), con / len(seen), np.log((pro + 0.5) / (con + 0.5))]
        if records:
            minus = {name: np.zeros(2) for name in NAMES.values()}
            single = np.array([1 - self.true[k], self.true[k]]) if own else np.zeros(2)
            for _, stance in set(seen):
                minus[stance] = minus[stance] + single
            total = 0.0
            for key in seen:
                of_stance, mine = base[key[1]] - minus[key[1]], tally[key] - single if key in tally else np.zeros(2)
                rate = (of_stance[1] + 1) / (of_stance.sum() + 2)
                total += np.log((mine[1] + SHRINK * rate) / (mine[0] + SHRINK * (1 - rate))) - np.log(rate / (1 - rate))
            out.append(total / len(seen))
        return out


def logistic(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights (bias last) of a ridge logistic model on standardised columns, with the means and deviations."""
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.column_stack([(x - mean) / deviation, np.ones(len(x))])
    penalty = np.diag([RIDGE] * x.shape[1] + [1e-6])
    w = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ w))
        w -= np.linalg.solve((z.T * (p * (1 - p))) @ z + penalty, z.T @ (p - y) + penalty @ w)
    return w, mean, deviation


def validate(rumours: Rumours, records: bool, folds: int, seed: int) -> np.ndarray:
    """The chance that each claim is true, from the other folds."""
    order = np.random.default_rng(seed).permutation(len(rumours.ids))
    out = np.zeros(len(order))
    for k in range(folds):
        test, train = order[k::folds], np.setdiff1d(order, order[k::folds])
        x = rumours.numbers(records, train)
        w, mean, deviation = logistic(x[train], rumours.true[train])
        out[test] = 1 / (1 + np.exp(-np.column_stack([(x[test] - mean) / deviation, np.ones(len(test))]) @ w))
    return out


def auc(true: np.ndarray, chance: np.ndarray) -> float:
    """Share of pairs of a true and a false claim that are in the right order, ties half."""
    apart = chance[true == 1][:, None] - chance[true == 0][None, :]
    return float(np.mean((apart > 0) + 0.5 * (apart == 0)))


def report(name: str, rumours: Rumours, folds: int, seeds: int) -> None:
    print(f"{name}: {len(rumours.ids)} rumours, {int(rumours.true.sum())} true")
    for records in (False, True):
        found = [validate(rumours, records, folds, seed) for seed in range(seeds)]
        scores = np.array([(auc(rumours.true, p), np.mean((p > 0.5) == rumours.true), brier(p, rumours.true)) for p in found])
        print(f"  {'with' if records else 'without'} track records: AUC {scores[:, 0].mean():.4f} ({scores[:, 0].min():.4f}-{scores[:, 0].max():.4f})  "
              f"accuracy {scores[:, 1].mean():.4f} ({scores[:, 1].min():.4f}-{scores[:, 1].max():.4f})  Brier {scores[:, 2].mean():.4f}")
    print(calibration_table(np.mean(found, axis=0), rumours.true, bins=5).round(3).to_string(index=False))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", nargs="+", type=Path)
    ap.add_argument("--folds", type=int, default=10)
    ap.add_argument("--seeds", type=int, default=5)
    ap.add_argument("--predicted", action="store_true", help="predicted stances too; takes minutes")
    args = ap.parse_args()
    rows = read_headlines(args.data)
    report("gold stances", Rumours(rows), args.folds, args.seeds)
    if args.predicted:
        found = [features(r["claimHeadline"], r["articleHeadline"]) for r in rows]
        order = ("against", "observing", "for")
        said = folded(rows, found, args.folds, 0)
        report("predicted stances", Rumours([{**r, "articleHeadlineStance": order[k]} for r, k in zip(rows, said, strict=True)]), args.folds, args.seeds)


if __name__ == "__main__":
    main()
