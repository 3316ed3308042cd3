"""Read the attributions of a file of texts and write them as spans.

    python benchmarks/attribution.py DATA_JSONL -o pred.jsonl [--nlp NAME] [--rules]

DATA_JSONL: one object a line with `article` and `text` (PolNeAR's format; other fields are not read). Output: one object a line,
{"article", "attributions": [{"source", "cue", "content": [[start, end], ...], "how"}]}, to be compared with the gold by a scorer such as
score_attribution.py. `--rules` writes what the hand-written frames alone find, the reading that the learned one was compared with.
Prints sentences a second after parsing.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracker.extract.attribution import find_frames
from tracker.extract.candidates import quoted_runs
from tracker.extract.reading import Attribution, Page, read_attributions, read_page
from tracker.extract.tree import Tree
from tracker.language import load_parser, load_weights


def read_by_rules(page: Page) -> Iterator[Attribution]:
    """The frames of find_frames as spans: whole noun phrases as sources, runs of content tokens as contents."""
    for place in page.places:
        tree = place.tree
        for frame in find_frames(tree, place.quoted):
            if frame.content:
                source = [_whole(tree, n) for n in frame.voices[:1]]
                content = [tree.chars(range(*run)) for run in quoted_runs(frame.content)]
                yield Attribution(source, [tree.chars(frame.cue)], content, frame.rule)


def _whole(tree: Tree, n: int) -> tuple[int, int]:
    inside = set(tree.subtree(n))
    left = right = n
    while left - 1 in inside:
        left -= 1
    while right + 1 in inside:
        right += 1
    return tree.chars(range(left, right + 1))


def as_json(found: Attribution) -> dict[str, Any]:
    """One attribution as plain values."""
    return {"source": found.source, "cue": found.cue, "content": found.content, "how": found.how}


def main() -> None:
    """Read, time, write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("data", type=Path)
    asked.add_argument("-o", "--out", type=Path, required=True)
    asked.add_argument("--nlp", default="")
    asked.add_argument("--rules", action="store_true")
    args = asked.parse_args()
    parser = load_parser(args.nlp)
    records = [json.loads(line) for line in args.data.read_text(encoding="utf-8").splitlines() if line.strip()]
    pages = [read_page(r["text"], parser) for r in records]
    start = time.perf_counter()
    found = [list(read_by_rules(p)) if args.rules else read_attributions(p, load_weights()) for p in pages]
    seconds = time.perf_counter() - start
    with args.out.open("w", encoding="utf-8") as file:
        for record, attributions in zip(records, found, strict=True):
            file.write(json.dumps({"article": record["article"], "attributions": [as_json(a) for a in attributions]}, ensure_ascii=False) + "\n")
    sentences = sum(len(p.sentences) for p in pages)
    speed = f"{sentences / seconds:.0f} sentences a second after parsing"
    print(f"{len(pages)} texts, {sentences} sentences, {sum(map(len, found))} attributions, {speed}", file=sys.stderr)


if __name__ == "__main__":
    main()
