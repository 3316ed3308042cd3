"""Score the tracker on folders of hand-annotated cases, per case and mean.

    python benchmarks/cases.py CASES_DIR [--scorer SCORE_CASE_PY] [--nlp NAME] [--misses]

CASES_DIR holds one folder a case with articles/, gold.yaml and, where the metadata are known, manifest.csv beside the articles or one level
up. The scorer is the one that comes with the cases (`score_case.py`, function `score`); it is looked for in ../eval beside CASES_DIR. Means
leave out cases without a manifest, whose outlets are part of the test.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

from tracker.export.json import to_ledger
from tracker.pipeline import build, read_articles
from tracker.settings import Settings

FIGURES = (
    "report_recall",
    "b3_f1",
    "b3_p",
    "b3_r",
    "origin_accuracy",
    "stance_accuracy",
    "independent_overlap",
    "independent_exact",
    "furniture_as_claims",
    "wrong_spans",
)


def load_scorer(path: Path) -> ModuleType:
    """The scorer's module from its file."""
    spec = importlib.util.spec_from_file_location("score_case", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_case(case: Path, scorer: ModuleType, settings: Settings) -> dict[str, Any]:
    """All figures of one case."""
    paths = [str(case / "articles")]
    if (case / "manifest.csv").exists() and not (case / "articles" / "manifest.csv").exists():
        paths.append(str(case / "manifest.csv"))
    ledger = json.loads(json.dumps(to_ledger(build(read_articles(paths, settings=settings), settings=settings))))
    result: dict[str, Any] = scorer.score(case, ledger)
    return result


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cases", type=Path)
    ap.add_argument("--scorer", type=Path)
    ap.add_argument("--nlp", default="")
    ap.add_argument("--misses", action="store_true")
    args = ap.parse_args()
    scorer = load_scorer(args.scorer or args.cases.resolve().parent / "eval" / "score_case.py")
    folders = sorted(p for p in args.cases.iterdir() if (p / "gold.yaml").exists()) or [args.cases]
    results = {p.name: run_case(p, scorer, Settings(nlp=args.nlp)) for p in folders}
    for name, r in results.items():
        flags = " ".join(f"{k} {v:.2f}" for k, v in r["flags_recall"].items())
        print(f"{name:20}", " ".join(f"{k} {r[k]:.3f}" for k in FIGURES), f"one_origin_f1 {r['one_origin']['f1']:.3f} outlets {r['outlets_right']:.2f} {flags}")
        if args.misses:
            print(*("   - " + m for m in r["misses"]), sep="\n")
    known = [r for p, r in zip(folders, results.values(), strict=True) if any(p.rglob("manifest.csv"))]
    if known:
        print(
            f"{'mean of ' + str(len(known)):20}",
            " ".join(f"{k} {sum(r[k] for r in known) / len(known):.3f}" for k in FIGURES),
            f"one_origin_f1 {sum(r['one_origin']['f1'] for r in known) / len(known):.3f}",
        )


if __name__ == "__main__":
    main()
