"""Sentences a second that the extract stage reads after parsing, on one core.

    python benchmarks/extract_speed.py PATH [...] [--times 3] [--profile]

PATHs are articles as `tracker graph` takes them. Every article is parsed once, outside the clock; then the stage runs over all of them --times
times. Prints the best run in CPU seconds, and a digest of the tables it makes: a change that is only to be faster must not change it.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections.abc import Sequence

from tracker.extract import Extracted, extract_mentions
from tracker.ids import digest
from tracker.language import load_parser, load_weights
from tracker.model import Parsed
from tracker.pipeline import load_registry, read_articles


class Remembered:
    """A Parser that parses every text once."""

    def __init__(self) -> None:
        self.parser = load_parser()
        self.known: dict[tuple[str, tuple[tuple[int, int], ...]], list[Parsed]] = {}

    def __call__(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Parsed]:
        key = (text, tuple(spans))
        if key not in self.known:
            self.known[key] = self.parser(text, spans)
        return self.known[key]

    @property
    def sentences(self) -> int:
        """Sentences parsed."""
        return sum(map(len, self.known.values()))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("paths", nargs="+")
    ap.add_argument("--times", type=int, default=3)
    ap.add_argument("--profile", action="store_true")
    args = ap.parse_args()
    articles, registry, parser = read_articles(args.paths)["articles"], load_registry(), Remembered()

    def read() -> Extracted:
        return extract_mentions(articles, parser=parser, weights=load_weights(), registry=registry)

    found = read()
    seconds = []
    for _ in range(args.times):
        started = time.process_time()
        read()
        seconds.append(time.process_time() - started)
    print(f"{len(articles)} articles, {parser.sentences} sentences, {len(found.mentions)} mentions: {min(seconds):.2f} CPU s after parsing")
    print(f"{parser.sentences / min(seconds):.0f} sentences a second a core")
    print("tables", digest("".join(frame.to_csv(index=False) for frame in found))[:16])
    if args.profile:
        profile = cProfile.Profile()
        profile.runcall(read)
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main()
