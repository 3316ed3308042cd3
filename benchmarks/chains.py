"""Read nested chains of voices: who says a stretch of a sentence, citing whom.

    python benchmarks/chains.py DATA_JSONL [--misses] [--nlp NAME]

DATA_JSONL: one object a line with `text` (a sentence), `question` (a stretch of it) and `answer` (["w", outer voice, ..., inner voice]; "w" is the
writer), the format of the MPQA chains. Prints the share of chains read exactly (as many voices, each with a token F1 of at least .5 to the gold's),
and of innermost voices right (token F1 at least .5), beside two readers without a parse: "the writer says everything", and the run of capitalised
words nearest before the question (else after it).
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tracker.extract.chains import read_chains
from tracker.extract.reading import read_page
from tracker.language import load_parser, load_weights
from tracker.pipeline import load_registry

WRITER = "w"
ENOUGH = 0.5


def token_f1(a: str, b: str) -> float:
    """F1 over the words of two names, articles and possessive endings left out."""
    x, y = (Counter(w for w in re.findall(r"\w+", t.lower()) if w not in {"the", "a", "an", "s"}) for t in (a, b))
    same = sum((x & y).values())
    return 2 * same / (x.total() + y.total()) if same else float(a == b)


def nearest_name(text: str, start: int, end: int) -> str:
    """The run of capitalised words nearest before the stretch, else after it, else the writer."""
    runs = [m.span() for m in re.finditer(r"[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*)*", text) if m.end() <= start or m.start() >= end]
    before = [r for r in runs if r[1] <= start]
    best = before[-1] if before else runs[0] if runs else None
    return text[best[0] : best[1]] if best else WRITER


def right(gold: Sequence[str], got: Sequence[str]) -> tuple[bool, bool]:
    """(chain exact, innermost voice right)."""
    inner = token_f1(gold[-1], got[-1]) >= ENOUGH
    return len(gold) == len(got) and all(token_f1(a, b) >= ENOUGH for a, b in zip(gold, got, strict=True)), inner


def joined(rows: Sequence[dict[str, Any]]) -> tuple[str, list[tuple[int, int]]]:
    """The sentences of a document, each once and a line of its own, and where each row's question stands."""
    sentences = list(dict.fromkeys(r["text"] for r in rows))
    text = "\n".join(sentences)
    starts = dict(zip(sentences, itertools.accumulate([0, *(len(s) + 1 for s in sentences[:-1])]), strict=True))
    spans = []
    for r in rows:
        at = starts[r["text"]] + max(0, r["text"].find(r["question"]))
        spans.append((at, at + len(r["question"])))
    return text, spans


def count(tally: dict[str, Counter[str]], row: dict[str, Any], start: int, chain: Sequence[str]) -> None:
    """Add one question to the tallies of all readers."""
    name = nearest_name(row["text"], start, start + len(row["question"]))
    for reader, read in (("tracker", chain), ("nearest name", [WRITER, name] if name != WRITER else [WRITER]), ("writer", [WRITER])):
        exact, inner = right(row["answer"], read)
        depth = min(len(row["answer"]) - 1, 2)
        tally[reader].update({"n": 1, "exact": exact, "inner": inner, f"n{depth}": 1, f"exact{depth}": exact, f"inner{depth}": inner})


def main() -> None:
    """Read, compare, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("data", type=Path)
    asked.add_argument("--misses", action="store_true")
    asked.add_argument("--nlp", default="")
    args = asked.parse_args()
    parser, weights, registry = load_parser(args.nlp), load_weights(), load_registry()
    rows = [json.loads(line) for line in args.data.read_text(encoding="utf-8").splitlines() if line.strip()]
    tally: dict[str, Counter[str]] = {name: Counter() for name in ("tracker", "nearest name", "writer")}
    for doc in dict.fromkeys(r["doc"] for r in rows):
        mine = [r for r in rows if r["doc"] == doc]
        text, spans = joined(mine)
        chains = read_chains(read_page(text, parser), spans, weights, registry)
        for row, span, chain in zip(mine, spans, chains, strict=True):
            count(tally, row, span[0] - text.index(row["text"]), [WRITER, *chain])
            if args.misses and not right(row["answer"], [WRITER, *chain])[1]:
                print(f"{row['answer']} read as {chain}: [{row['question']}] in {row['text']}")
    for reader, t in tally.items():
        depths = "  ".join(f"{d} voices {t[f'exact{d}'] / max(1, t[f'n{d}']):.3f}/{t[f'inner{d}'] / max(1, t[f'n{d}']):.3f} of {t[f'n{d}']}" for d in (0, 1, 2))
        print(f"{reader:14} chain exact {t['exact'] / t['n']:.3f}  innermost voice {t['inner'] / t['n']:.3f}  (exact/innermost by depth: {depths})")


if __name__ == "__main__":
    main()
