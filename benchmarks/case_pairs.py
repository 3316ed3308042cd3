"""Mentions of hand-annotated cases and the gold claims that they report, for fit_linking.py and linking.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tracker.extract import extract_mentions
from tracker.language import load_parser, load_weights
from tracker.link.profiles import Parts
from tracker.pipeline import load_registry, read_articles

Row = dict[str, Any]


class Case(NamedTuple):
    """Parts of the mentions that stand for themselves, the words of each article, gold claims of the mentions that a gold report covers by half."""

    parts: list[Parts]
    stories: dict[str, list[str]]
    labels: dict[int, set[str]]


def case_folders(cases: Path) -> list[Path]:
    """The folders that hold a gold.yaml."""
    return sorted(p for p in cases.iterdir() if (p / "gold.yaml").exists())


def read_case(case: Path) -> Case:
    """A case as the link stage sees it."""
    paths = [str(case / "articles")] + ([str(case / "manifest.csv")] if (case / "manifest.csv").exists() else [])
    articles = read_articles(paths)["articles"]
    mentions = extract_mentions(articles, parser=load_parser(), weights=load_weights(), registry=load_registry()).mentions
    rows = [{str(k): v for k, v in r.items()} for r in mentions.sort_values("mention_id").to_dict("records")]
    stories: dict[str, list[str]] = {}
    for row in rows:
        row["parts"] = {**json.loads(row["frame"]), "text": row["proposition"], "article": row["article_id"]}
        stories.setdefault(row["article_id"], []).extend(row["parts"]["words"])
    labels = gold_labels(case, rows, {a["article_id"]: Path(a["file"]).stem for a in articles.to_dict("records")})
    free = [n for n, r in enumerate(rows) if not r["refers_id"]]
    return Case([rows[n]["parts"] for n in free], stories, {k: labels[n] for k, n in enumerate(free) if n in labels})


def gold_labels(case: Path, rows: list[Row], files: dict[str, str]) -> dict[int, set[str]]:
    """Gold claim ids of each row that covers a gold report by half."""
    gold = yaml.safe_load((case / "gold.yaml").read_text(encoding="utf-8"))
    labels: dict[int, set[str]] = {}
    for claim in gold["claims"]:
        for report in claim["reports"]:
            text = next((case / "articles").glob(report["article"] + ".*")).read_bytes().decode("utf-8")
            start = text.find(report["quote"])
            end = start + len(report["quote"])
            here = [
                (max(0, min(end, r["end"]) - max(start, r["start"])), -r["end"], r["start"], -n)
                for n, r in enumerate(rows)
                if files[r["article_id"]] == report["article"]
            ]
            overlap, _, _, place = max(here, default=(0, 0, 0, 0))  # of nested mentions the inner one, as in the ledger's order
            if overlap >= 0.5 * len(report["quote"]):
                labels.setdefault(-place, set()).add(f"{case.name}/{claim['id']}")
    return labels
