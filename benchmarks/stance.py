"""Measure, and fit, the stance of headlines towards claims (Emergent's format).

    python benchmarks/stance.py DATA.jsonl [...] [--folds 10] [--seeds 3] [--fit] [--misses]

A line holds claimId, claimHeadline, articleHeadline and articleHeadlineStance: for = supports, against = denies, observing = unverified.
Prints two figures: the weights that ship with the tracker on these lines as they are (in-sample on the lines they were fitted on), and weights
refitted on claim-disjoint folds, each claim's headlines judged by weights that have seen none of them. --fit writes
tracker/extract/stance_weights.py from all lines.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tracker.extract.stance import STANCES, judge_stance
from tracker.extract.stance_features import features, stem
from tracker.extract.stance_words import AUXILIARIES, CUES, FUNCTION
from tracker.ids import digest
from tracker.text import straight

Row = dict[str, Any]
NAMED = {"for": "supports", "against": "denies", "observing": "unverified"}
PENALTY = 4.0  # half the sum of squares times this; 4 and 8 are within .002 on Emergent's folds
WORD_CLAIMS = 4  # claims a word must stand beside to get a weight: general vocabulary, no name of one story; 3 to 8 are within .004 on the folds
CUE_CLAIMS = 3
_WORDY = ("word", "first", "front", "claim word")
LEAST = 3  # hundredths below which both weights of a feature are left out
WEIGHTS = Path(__file__).parents[1] / "tracker" / "extract" / "stance_weights.py"


def read(paths: list[Path]) -> list[Row]:
    """Lines of the files that hold a stance."""
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [r for r in rows if r.get("articleHeadlineStance") in NAMED]


def names_in(rows: list[Row]) -> set[str]:
    """Stems that the claims, which are printed as sentences, mostly print with a capital: names, and bound to their time."""
    capital: Counter[str] = Counter()
    for claim in {r["claimId"]: straight(r["claimHeadline"]) for r in rows}.values():
        for word in re.findall(r"[^\W_]+(?:'[^\W_]+)?", claim)[1:]:
            capital[stem(word.lower())] += 1 if word[0].isupper() else -1
    general = {stem(w) for words in (*CUES.values(), AUXILIARIES, FUNCTION) for w in words}
    return {w for w, n in capital.items() if n > 0} - general


def vocabulary(rows: list[Row], found: list[dict[str, float]]) -> list[str]:
    """Features seen with enough claims, without names."""
    names = names_in(rows)
    seen: dict[str, set[str]] = {}
    for row, features_of in zip(rows, found, strict=True):
        for name in features_of:
            seen.setdefault(name, set()).add(row["claimId"])
    wordy = {n for n in seen if n.startswith(_WORDY)}
    enough = (n for n, c in seen.items() if len(c) >= (WORD_CLAIMS if n in wordy else CUE_CLAIMS))
    return sorted(n for n in enough if n not in wordy or stem(n.rpartition(" ")[2]) not in names)


def matrix(found: list[dict[str, float]], names: list[str]) -> csr_matrix:
    """Rows of features, a column of ones last."""
    place = {n: i for i, n in enumerate(names)}
    cells = [(r, place[n], v) for r, row in enumerate(found) for n, v in row.items() if n in place]
    cells += [(r, len(names), 1.0) for r in range(len(found))]
    rows, columns, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, columns)), shape=(len(found), len(names) + 1))


def fit(x: csr_matrix, y: np.ndarray) -> np.ndarray:
    """Weights (features, 3) of a penalised multinomial logistic regression; the last row is the bias and is not penalised."""
    shape = (x.shape[1], 3)
    gold = np.eye(3)[y]
    free = np.ones(shape)
    free[-1] = 0

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(shape)
        z = x @ w
        z = z - z.max(axis=1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(axis=1, keepdims=True)
        value = -float((gold * np.log(p + 1e-12)).sum()) + PENALTY / 2 * float((free * w * w).sum())
        return value, (x.T @ (p - gold) + PENALTY * free * w).ravel()

    return np.asarray(minimize(loss, np.zeros(shape[0] * 3), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x).reshape(shape)


def folded(rows: list[Row], found: list[dict[str, float]], folds: int, seed: int) -> np.ndarray:
    """The stance of each row by weights fitted on the other folds' claims."""
    claims = [r["claimId"] for r in rows]
    order = sorted(set(claims), key=lambda c: digest(f"{seed} {c}"))
    fold = np.array([order.index(c) % folds for c in claims])
    y = np.array([STANCES.index(NAMED[r["articleHeadlineStance"]]) for r in rows])
    out = np.zeros(len(rows), dtype=int)
    for k in range(folds):
        there = np.flatnonzero(fold != k)
        names = vocabulary([rows[i] for i in there], [found[i] for i in there])
        x = matrix(found, names)
        out[fold == k] = (x[np.flatnonzero(fold == k)] @ fit(x[there], y[there])).argmax(axis=1)
    return out


def write_weights(rows: list[Row], found: list[dict[str, float]]) -> None:
    """The weights over all rows, in hundredths against "supports", as a module."""
    names = vocabulary(rows, found)
    w = fit(matrix(found, names), np.array([STANCES.index(NAMED[r["articleHeadlineStance"]]) for r in rows]))
    table = [(n, *(round(100 * float(w[i, k] - w[i, 2])) for k in (0, 1))) for i, n in enumerate([*names, ""])]
    entries = [f"{n},{d},{u}" for n, d, u in table if not n or max(abs(d), abs(u)) >= LEAST]
    lines, line = [], ""
    for entry in entries:
        if len(line) + len(entry) > 155:
            lines.append(line)
            line = ""
        line += entry + ";"
    text = "\n".join([*lines, line.rstrip(";")])
    WEIGHTS.write_text(
        f'"""Weights of stance.py: feature, hundredths for "denies", hundredths for "unverified", against 0 for "supports".\n\n'
        f"Fitted by `benchmarks/stance.py --fit` on {len(rows)} headlines of {len({r['claimId'] for r in rows})} rumours (Emergent's training part);\n"
        f'words beside at least {WORD_CLAIMS} of the rumours. The entry without a name is the bias.\n"""\n\nWEIGHTS = """\\\n{text}\n"""\n',
        encoding="utf-8",
    )


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=Path, nargs="+")
    ap.add_argument("--folds", type=int, default=10)
    ap.add_argument("--seeds", type=int, default=3)
    ap.add_argument("--fit", action="store_true")
    ap.add_argument("--misses", action="store_true")
    args = ap.parse_args()
    rows = read(args.data)
    gold = [NAMED[r["articleHeadlineStance"]] for r in rows]
    found = [features(r["claimHeadline"], r["articleHeadline"]) for r in rows]
    if args.fit:
        write_weights(rows, found)
        print(f"wrote {WEIGHTS.name}; run again without --fit to measure it")
        return
    shipped = [judge_stance(r["claimHeadline"], r["articleHeadline"]).label for r in rows]
    print(f"{len(rows)} headlines of {len({r['claimId'] for r in rows})} claims: {dict(sorted(Counter(gold).items()))}")
    print(f"shipped weights: accuracy {np.mean([a == b for a, b in zip(gold, shipped, strict=True)]):.4f}")
    accuracies = []
    for seed in range(args.seeds):
        got = [STANCES[i] for i in folded(rows, found, args.folds, seed)]
        accuracies.append(float(np.mean([a == b for a, b in zip(gold, got, strict=True)])))
        print(f"{args.folds} claim-disjoint folds, order {seed}: accuracy {accuracies[-1]:.4f}")
    print(f"mean of {args.seeds} orders: accuracy {np.mean(accuracies):.4f}")
    for name in STANCES:
        right, said, there = (sum(t) for t in zip(*((a == b == name, b == name, a == name) for a, b in zip(gold, got, strict=True)), strict=True))
        print(f"  {name:10} precision {right / max(1, said):.3f} recall {right / max(1, there):.3f} of {there}")
    if args.misses:
        for row, a, b in zip(rows, gold, got, strict=True):
            if a != b:
                print(f"  {a} read as {b}: {row['claimHeadline']} | {row['articleHeadline']}")


if __name__ == "__main__":
    main()
