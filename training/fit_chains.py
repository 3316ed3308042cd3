"""Fit the weights that choose the innermost voice (tracker/extract/chains.py) and add them to the stored ones.

    python training/fit_chains.py CHAINS_JSONL [-o tracker/language/attribution_weights.npz]

CHAINS_JSONL as in benchmarks/chains.py. Prints exact chains and innermost voices over five folds of documents before it fits on all. Run after
training/fit_attribution.py, on whose reading the features rest.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from chains import WRITER as WRITER_MARK
from chains import joined, right, token_f1
from fit_attribution import Choices, fit_choice

from tracker.extract.chains import WRITER, ChainReader, Option
from tracker.extract.reading import read_page
from tracker.language import load_parser, load_weights
from tracker.language.weights import WEIGHTS
from tracker.model import WEIGHT_ROWS
from tracker.pipeline import load_registry

PENALTY = 6.0  # L2; 1, 3, 12 gave innermost .460, .467, .461 over folds, 6 gave .469
FOLDS = 5
RIGHT = 0.5  # token F1 from which a name is the gold's
Document = tuple[list[dict[str, Any]], list[tuple[int, int]], ChainReader, list[list[Option]]]


def read_documents(path: Path) -> list[Document]:
    """Rows, stretches, reader and options of every document."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    parser, weights, registry = load_parser(), replace(load_weights(), voice=[0.0] * WEIGHT_ROWS), load_registry()
    out = []
    for doc in dict.fromkeys(r["doc"] for r in rows):
        mine = [r for r in rows if r["doc"] == doc]
        text, spans = joined(mine)
        reader = ChainReader(read_page(text, parser), weights, registry)
        out.append((mine, spans, reader, [reader.options(s) for s in spans]))
    return out


def collect(documents: Sequence[Document]) -> Choices:
    """One choice a question whose gold voice is among the options."""
    choices = Choices()
    for rows, _, _, options in documents:
        for row, here in zip(rows, options, strict=True):
            fits = [token_f1(row["answer"][-1], WRITER_MARK if o.head == WRITER else o.name) for o in here]
            if not fits or max(fits) < RIGHT:
                continue
            best = int(np.argmax(fits))
            for n, option in enumerate(here):
                choices.add(option.features, float(n == best))
            choices.close()
    return choices


def main() -> None:
    """Read, cross-validate, fit, store."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("data", type=Path)
    asked.add_argument("-o", "--out", type=Path, default=WEIGHTS)
    args = asked.parse_args()
    documents = read_documents(args.data)
    exact = inner = n = 0
    for fold in range(FOLDS):
        voice = [float(w) for w in fit_choice(collect([d for k, d in enumerate(documents) if k % FOLDS != fold]), PENALTY)]
        for rows, spans, reader, _ in documents[fold::FOLDS]:
            reader.weights = replace(reader.weights, voice=voice)
            for row, span in zip(rows, spans, strict=True):
                whole, last = right(row["answer"], [WRITER_MARK, *reader.read(span)])
                exact, inner, n = exact + whole, inner + last, n + 1
    print(f"{FOLDS} folds over documents: chain exact {exact / n:.3f}, innermost voice {inner / n:.3f} of {n}")
    final = fit_choice(collect(documents), PENALTY)
    rows_kept = np.flatnonzero(np.abs(final) >= 0.02)  # as in fit_attribution
    with np.load(args.out, allow_pickle=False) as stored:
        arrays = dict(stored)
    arrays["voice_rows"], arrays["voice_values"] = rows_kept.astype(np.uint32), final[rows_kept].astype(np.float16)
    with args.out.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


if __name__ == "__main__":
    main()
