"""Fit the weights of tracker/link/compare.py on folders of hand-annotated cases, and say how well they carry over.

    python benchmarks/fit_linking.py CASES_DIR

A mention is matched to the gold report it covers by half. Candidate pairs of matched mentions are positive if the gold puts them in one
claim; cross-article pairs with one unmatched side are negative at weight 0.3, since the gold lists every claim that two articles carry.
Prints average precision with each case left out, then the weights over all cases. Needs scikit-learn, which the tracker itself does not.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from tracker.extract import extract_mentions
from tracker.language import load_parser, load_vectors, load_weights
from tracker.link.block import candidate_pairs, weigh_words
from tracker.link.features import NAMES, compare
from tracker.pipeline import load_registry, read_articles

UNLISTED = 0.3  # weight of a pair whose other side the gold does not list: nearly always a true negative, not always
Data = tuple[np.ndarray, np.ndarray, np.ndarray]


def gold_labels(case: Path, rows: list[dict[str, Any]], files: dict[str, str]) -> dict[int, set[str]]:
    """Gold claim ids of each row that covers a gold report by half."""
    gold = yaml.safe_load((case / "gold.yaml").read_text(encoding="utf-8"))
    labels: dict[int, set[str]] = {}
    for claim in gold["claims"]:
        for report in claim["reports"]:
            text = next((case / "articles").glob(report["article"] + ".*")).read_bytes().decode("utf-8")
            start = text.find(report["quote"])
            end = start + len(report["quote"])
            here = [(max(0, min(end, r["end"]) - max(start, r["start"])), -n) for n, r in enumerate(rows) if files[r["article_id"]] == report["article"]]
            overlap, place = max(here, default=(0, 0))
            if overlap >= 0.5 * len(report["quote"]):
                labels.setdefault(-place, set()).add(claim["id"])
    return labels


def case_data(case: Path) -> Data:
    """(features, labels, weights) of the candidate pairs of a case."""
    paths = [str(case / "articles")] + ([str(case / "manifest.csv")] if (case / "manifest.csv").exists() else [])
    articles = read_articles(paths)["articles"]
    mentions = extract_mentions(articles, parser=load_parser(), weights=load_weights(), registry=load_registry()).mentions
    rows = [dict(r, parts=json.loads(r["frame"])) for r in mentions.to_dict("records") if not r["refers_id"]]
    labels = gold_labels(case, rows, {a["article_id"]: Path(a["file"]).stem for a in articles.to_dict("records")})
    weighted = weigh_words([r["parts"]["words"] for r in rows])
    left, right = candidate_pairs(weighted)
    features = compare([r["parts"] for r in rows], weighted, load_vectors(), left, right)
    kept, y, w = [], [], []
    for n, (a, b) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        if a in labels and b in labels:
            kept.append(n)
            y.append(bool(labels[a] & labels[b]))
            w.append(1.0)
        elif (a in labels or b in labels) and rows[a]["article_id"] != rows[b]["article_id"]:
            kept.append(n)
            y.append(False)
            w.append(UNLISTED)
    return features[kept], np.asarray(y), np.asarray(w)


def fit(parts: list[Data]) -> LogisticRegression:
    """A logistic model over the features of several cases."""
    x, y, w = (np.concatenate([p[n] for p in parts]) for n in range(3))
    return LogisticRegression(C=1.0, max_iter=2000).fit(x, y, sample_weight=w)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cases", type=Path)
    args = ap.parse_args()
    data = {p.name: case_data(p) for p in sorted(args.cases.iterdir()) if (p / "gold.yaml").exists()}
    for name, (x, y, _) in data.items():
        model = fit([d for other, d in data.items() if other != name])
        print(f"{name:20} pairs {len(y):5} same {int(y.sum()):3}  AP left out {average_precision_score(y, model.predict_proba(x)[:, 1]):.3f}")
    model = fit(list(data.values()))
    print({n: round(float(c), 2) for n, c in zip(NAMES, model.coef_[0], strict=True)}, "bias", round(float(model.intercept_[0]), 2))


if __name__ == "__main__":
    main()
