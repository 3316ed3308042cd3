"""Odd details shared between outlets: how often a planted copier is found and an innocent pair accused, on made piles and on annotated cases.

    python benchmarks/oddities.py [--piles 100] [--cases CASES_DIR]
"""
from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from floods import pile

from tracker.pipeline import build, read_articles
from tracker.score.behaviour import find_shared


def main() -> None:
    """Print a line for each size of pile, and one for each case."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--piles", type=int, default=100)
    ap.add_argument("--cases", type=Path)
    args = ap.parse_args()
    for claims in (15, 30, 60, 120):
        found = [find_shared(pile(n, claims=claims, copier="paper-7")) for n in range(args.piles)]
        right = sum(any((f.left, f.right) == ("paper-0", "paper-7") for f in fs) for fs in found)
        others = sum((f.left, f.right) != ("paper-0", "paper-7") for fs in found for f in fs)
        free = sum(len(find_shared(pile(1000 + n, claims=claims))) for n in range(args.piles))
        print(f"{claims} claims, {claims // 3} articles an outlet: copier found in {right} of {args.piles}, other pairs {others}; without one: {free} pairs")
    for case in sorted(args.cases.glob("*/articles")) if args.cases else []:
        built = build(read_articles([str(case)]))
        print(f"{case.parent.name}: {len(built['articles'])} articles, {len(find_shared(built))} pairs")


if __name__ == "__main__":
    main()
