"""Time the whole run by stage on articles recombined from the paragraphs of a folder of cases.

    python benchmarks/run_all.py CASES_DIR [--articles 1000] [--words 600] [--workers 2] [--growth 500,1000,2000]

Each made-up article takes random paragraphs (seeded) until it has about --words words; fifty outlets, one date a day. Prints seconds by stage,
peak memory of the process and its workers, and with --growth the total at several sizes with the growth exponent between the last two.
Times are wall-clock on this machine, in one run; compare them with each other, not with another machine's.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import shutil
import tempfile
import time
from pathlib import Path

from tracker.pipeline import build, read_articles


def texts_of(source: Path) -> list[str]:
    """The articles of a folder of cases, or the "text" of each line of a .jsonl file."""
    if source.is_dir():
        return [f.read_text(encoding="utf-8") for f in sorted(source.rglob("articles/*.txt"))]
    return [json.loads(line)["text"] for line in source.read_text(encoding="utf-8").splitlines()]


def write_articles(source: Path, folder: Path, count: int, words: int) -> None:
    """`count` text files with a manifest, made of paragraphs of the articles at `source`."""
    paragraphs = [p for text in texts_of(source) for p in text.split("\n") if len(p.split()) > 12]
    chance = random.Random(7)
    rows = ["file,outlet,url,title,published"]
    for n in range(count):
        body: list[str] = []
        while sum(len(p.split()) for p in body) < words:
            body.append(chance.choice(paragraphs))
        (folder / f"{n:06}.txt").write_text("\n\n".join(body), encoding="utf-8")
        rows.append(f"{n:06}.txt,outlet-{n % 50},https://outlet-{n % 50}.example/{n},Story {n},2024-{n % 12 + 1:02}-{n % 28 + 1:02}")
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


class Clock:
    """A progress callback that keeps the seconds each stage took."""

    def __init__(self) -> None:
        self.at, self.stage = time.perf_counter(), "start"
        self.seconds: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.perf_counter()
        self.seconds[self.stage] = self.seconds.get(self.stage, 0.0) + now - self.at
        self.at, self.stage = now, stage

    def close(self) -> dict[str, float]:
        self("end", 0, 0)
        return self.seconds


def run(cases: Path, count: int, words: int, workers: int) -> dict[str, float]:
    """Seconds by stage for one size."""
    folder = Path(tempfile.mkdtemp())
    try:
        write_articles(cases, folder, count, words)
        clock = Clock()
        clock("read", 0, 1)
        case = read_articles([str(folder)])
        build(case, engine="pool" if workers > 1 else "local", workers=workers, progress=clock)
        return clock.close()
    finally:
        shutil.rmtree(folder)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cases", type=Path)
    ap.add_argument("--articles", type=int, default=1000)
    ap.add_argument("--words", type=int, default=600)
    ap.add_argument("--workers", type=int, default=2)
    ap.add_argument("--growth", default="")
    args = ap.parse_args()
    sizes = [int(s) for s in args.growth.split(",")] if args.growth else [args.articles]
    totals = []
    for size in sizes:
        seconds = run(args.cases, size, args.words, args.workers)
        totals.append(sum(seconds.values()))
        peak = (
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + args.workers * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (args.workers > 1)
        ) / 1e6
        print(
            f"{size:6} articles  total {totals[-1]:7.1f} s  peak at most {peak:.2f} GB  " + "  ".join(f"{k} {v:.1f}" for k, v in seconds.items() if v >= 0.05)
        )
    if len(totals) > 1:
        print(f"growth between the last two sizes: n^{math.log(totals[-1] / totals[-2]) / math.log(sizes[-1] / sizes[-2]):.2f}")


if __name__ == "__main__":
    main()
