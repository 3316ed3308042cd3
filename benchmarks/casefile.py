"""Time adding a few articles to a large kept case against rebuilding it, and see that both give the same bytes.

    python benchmarks/casefile.py CASES_DIR [--articles 5000] [--more 10] [--words 600] [--workers 2] [--place CASE] [--profile FILE]

All of it with so many `--workers` as the commands would use here. Articles are recombined from the paragraphs of a folder of cases, as in run_all.py.
Prints seconds of building the case, of adding (reading the files, keeping them, counting again, storing), of looking at the case when nothing changed,
and of a rebuild, the ratio of adding to rebuilding, and the size of the file.
"""
from __future__ import annotations

import argparse
import cProfile
import hashlib
import shutil
import tempfile
import time
from pathlib import Path

from run_all import write_articles

from tracker.export import to_json
from tracker.pipeline.cases import CaseFile, open_case


def digest(case: CaseFile) -> str:
    """SHA-256 of the exported ledger."""
    return hashlib.sha256(to_json(case.case()).encode("utf-8", "backslashreplace")).hexdigest()


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cases", type=Path)
    ap.add_argument("--articles", type=int, default=5000)
    ap.add_argument("--more", type=int, default=10)
    ap.add_argument("--words", type=int, default=600)
    ap.add_argument("--workers", type=int, default=2)
    ap.add_argument("--place", default="")
    ap.add_argument("--profile", default="")
    args = ap.parse_args()
    folder = Path(tempfile.mkdtemp())
    seconds: dict[str, float] = {}

    def timed(name: str, began: float) -> None:
        seconds[name] = time.perf_counter() - began
        print(f"{name:10} {seconds[name]:8.1f} s", flush=True)

    try:
        first, more = folder / "first", folder / "more"
        first.mkdir()
        more.mkdir()
        write_articles(args.cases, first, args.articles + args.more, args.words)
        names = sorted(p.name for p in first.glob("*.txt"))[args.articles:]
        for name in names:
            shutil.move(first / name, more / name)
        shutil.copy(first / "manifest.csv", more / "manifest.csv")
        place = args.place or str(folder / "large.case")
        case = CaseFile.create(place)
        began = time.perf_counter()
        case.add([first], at="2031-03-05T09:30:00Z")
        case.case(engine="pool" if args.workers > 1 else "local", workers=args.workers)
        timed("build", began)
        case.close()
        profile = cProfile.Profile()
        began = time.perf_counter()
        case = CaseFile(place, growing=True, workers=args.workers)  # as `tracker add` opens it
        if args.profile:
            profile.enable()
        case.add([more], at="2031-03-06T09:30:00Z", workers=args.workers)
        case.case(workers=args.workers)
        if args.profile:
            profile.disable()
            profile.dump_stats(args.profile)
        timed("add", began)
        began = time.perf_counter()
        open_case(place).case()
        timed("look", began)
        grown = digest(case)
        began = time.perf_counter()
        case.rebuild(engine="pool" if args.workers > 1 else "local", workers=args.workers)
        timed("rebuild", began)
        print(f"adding {args.more} to {args.articles}: {100 * seconds['add'] / seconds['rebuild']:.1f} % of a rebuild; "
              f"same bytes: {'yes' if digest(case) == grown else 'NO'}; {len(case.case()['mentions'])} mentions")
        if not args.place:
            print(f"the case takes {Path(place).stat().st_size / 1e6:.0f} MB")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
