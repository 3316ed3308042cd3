"""Fit the weights of tracker/language/weights.py on a file of hand-drawn attributions.

    python training/fit_attribution.py TRAIN_JSONL [-o tracker/language/attribution_weights.npz]

TRAIN_JSONL has the format of PolNeAR as given in docs/models/attribution.md: one object a line with text and attributions, each role a list
of [start, end]. Three models: a logistic regression over possible cue heads, and two conditional logits (McFadden 1974) that choose the content
and the source among the candidates of a cue. All are fitted to the end by L-BFGS from zero, so that equal data give equal weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tracker.extract import lexicon as lex
from tracker.extract.candidates import (
    Place,
    content_candidates,
    content_features,
    cue_features,
    none_features,
    source_candidates,
    source_features,
)
from tracker.extract.learned import hashed
from tracker.extract.reading import Page, can_be_cue, read_page
from tracker.extract.tree import Tree
from tracker.language import load_parser
from tracker.language.weights import WEIGHTS
from tracker.model import WEIGHT_ROWS

LEAST_SEEN = 3  # times a lemma must head a cue to be asked about at all
COVERED = 0.5  # overlap (intersection over union) that the best candidate must reach for a gold span to teach anything
PENALTY = 1.0  # L2; .5 and 2 give the same dev figures within .003
ROUNDS = 150
SMALLEST = 0.02  # weights below are dropped: no dev figure changes in the third digit


@dataclass
class Choices:
    """Rows of hashed features, their targets, and where each group of candidates ends."""

    rows: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=lambda: [0])
    target: list[float] = field(default_factory=list)
    groups: list[int] = field(default_factory=lambda: [0])

    def add(self, features: Iterable[str], target: float) -> None:
        """One candidate."""
        self.rows.extend(sorted({hashed(f) for f in features}))
        self.ends.append(len(self.rows))
        self.target.append(target)

    def close(self) -> None:
        """The candidates since the last call are one choice."""
        self.groups.append(len(self.target))

    def matrix(self) -> csr_matrix:
        """Candidates x WEIGHT_ROWS, ones where a feature holds."""
        shape = (len(self.target), WEIGHT_ROWS)
        return csr_matrix((np.ones(len(self.rows), np.float32), np.array(self.rows, np.int32), np.array(self.ends)), shape=shape)


def tokens_in(tree: Tree, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """Tokens that any of these character spans touches."""
    return frozenset(n for n in range(len(tree)) if any(s < tree.parsed.ends[n] and e > tree.parsed.starts[n] for s, e in spans))


def overlap(a: Iterable[int], b: Iterable[int]) -> float:
    """Intersection over union of two sets."""
    a, b = set(a), set(b)
    return len(a & b) / len(a | b) if a | b else 0.0


def gold_of(page: Page, attributions: Sequence[dict[str, Any]]) -> Iterator[tuple[int, int, frozenset[int], frozenset[int], bool]]:
    """(sentence, cue head, source tokens, content tokens, a source is named) of each gold attribution with cue and content."""
    for a in attributions:
        if not a["cue"] or not a["content"]:
            continue
        at = next((k for k, s in enumerate(page.sentences) if s.start <= a["cue"][0][0] < s.end), None)
        if at is None:
            continue
        tree = page.places[at].tree
        cue = tokens_in(tree, a["cue"])
        if cue:
            yield at, head_of(tree, cue), tokens_in(tree, a["source"]), tokens_in(tree, a["content"]), bool(a["source"])


def head_of(tree: Tree, cue: frozenset[int]) -> int:
    """The word of a cue that the rest hangs on; "according" of "according to"."""
    if tree.lower[min(cue)] == "according":
        return min(cue)
    tops = [n for n in sorted(cue) if tree.heads[n] not in cue or tree.heads[n] == n]
    best = [n for n in tops if tree.is_verb(n)] or [n for n in tops if tree.tags[n].startswith("NN")] or tops
    return next((n for n in best if tree.lemmas[n] in lex.SAY), best[0])


def collect(pages: Sequence[tuple[Page, Sequence[dict[str, Any]]]]) -> tuple[Choices, Choices, Choices, frozenset[str]]:
    """The examples for cue, content and source, and the lemmas that head cues."""
    seen = Counter(page.places[at].tree.lemmas[head] for page, gold in pages for at, head, *_ in gold_of(page, gold))
    lemmas = frozenset(w for w, n in seen.items() if n >= LEAST_SEEN)
    cues, contents, sources = Choices(), Choices(), Choices()
    for page, gold in pages:
        here: dict[int, list[tuple[int, frozenset[int], frozenset[int], bool]]] = {}
        for at, head, source, content, named in gold_of(page, gold):
            here.setdefault(at, []).append((head, source, content, named))
        for at, place in enumerate(page.places):
            heads = {h for h, *_ in here.get(at, [])}
            for n in range(len(place.tree)):
                if place.tree.lemmas[n] in lemmas and can_be_cue(place.tree, n):
                    cues.add(cue_features(place, n), float(n in heads))
            for head, source, content, named in here.get(at, []):
                _teach(place, head, source, content, named, contents, sources)
    return cues, contents, sources, lemmas


def _teach(place: Place, head: int, source: frozenset[int], content: frozenset[int], named: bool, contents: Choices, sources: Choices) -> None:
    options = content_candidates(place, head)
    values = [overlap(content, (n for s, e in spans for n in range(s, e))) for spans in options]
    if not content or not values or max(values) < COVERED:
        return
    best = int(np.argmax(values))
    for n, spans in enumerate(options):
        contents.add(content_features(place, head, spans), float(n == best))
    contents.close()
    phrases = source_candidates(place, head)
    fits = [overlap(source, range(*span)) for span in phrases]
    if named and (not fits or max(fits) < COVERED):
        return
    right = int(np.argmax(fits)) if named else -1
    for n, span in enumerate(phrases):
        sources.add(source_features(place, head, span, options[best]), float(n == right))
    sources.add(none_features(place, head), float(not named))
    sources.close()


def fit_binary(data: Choices) -> np.ndarray:
    """Weights of a logistic regression."""
    x, y = data.matrix(), np.array(data.target)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        p = 1 / (1 + np.exp(-z))
        return float((np.logaddexp(0, z) - y * z).sum() + PENALTY / 2 * (w @ w)), x.T @ (p - y) + PENALTY * w

    return np.asarray(minimize(loss, np.zeros(WEIGHT_ROWS), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x)


def fit_choice(data: Choices, penalty: float = PENALTY) -> np.ndarray:
    """Weights of a conditional logit: in each group, the target against its rivals."""
    x, y, groups = data.matrix(), np.array(data.target), np.array(data.groups)
    first, size = groups[:-1], np.diff(groups)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        z -= np.repeat(np.maximum.reduceat(z, first), size)
        total = np.repeat(np.add.reduceat(np.exp(z), first), size)
        p = np.exp(z) / total
        return float(-(y * (z - np.log(total))).sum() + penalty / 2 * (w @ w)), x.T @ (p - y) + penalty * w

    return np.asarray(minimize(loss, np.zeros(WEIGHT_ROWS), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x)


def store(path: Path, weights: dict[str, np.ndarray], lemmas: frozenset[str]) -> None:
    """Write the weights as rows and half-precision values."""
    arrays: dict[str, np.ndarray] = {"lemmas": np.array(sorted(lemmas)), "voice_rows": np.zeros(0, np.uint32), "voice_values": np.zeros(0, np.float16)}
    for name, w in weights.items():
        rows = np.flatnonzero(np.abs(w) >= SMALLEST)
        arrays[f"{name}_rows"], arrays[f"{name}_values"] = rows.astype(np.uint32), w[rows].astype(np.float16)
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def fit(pages: Sequence[tuple[Page, Sequence[dict[str, Any]]]], out: Path) -> None:
    """Fit the three models on these pages and store them."""
    cues, contents, sources, lemmas = collect(pages)
    print(f"{len(cues.target)} possible cues, {len(contents.groups) - 1} contents, {len(sources.groups) - 1} sources, {len(lemmas)} lemmas")
    store(out, {"cue": fit_binary(cues), "content": fit_choice(contents), "source": fit_choice(sources)}, lemmas)


def main() -> None:
    """Read, parse, fit, write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("train", type=Path)
    asked.add_argument("-o", "--out", type=Path, default=WEIGHTS)
    args = asked.parse_args()
    parser = load_parser()
    records = [json.loads(line) for line in args.train.read_text(encoding="utf-8").splitlines()]
    fit([(read_page(r["text"], parser), r["attributions"]) for r in records], args.out)


if __name__ == "__main__":
    main()
