"""Pairs of single sentences as feature rows: the whole sentences compared like two mentions, and their clauses, each with each.

Used by linking.py for MRPC, STS, ECB+ and GVC, which hold sentences without an article round them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tracker.extract.clauses import find_clauses, unit_span
from tracker.extract.describe import describe
from tracker.extract.tree import Tree
from tracker.language import load_parser
from tracker.link.compare import probability
from tracker.link.features import AT, compare
from tracker.link.profiles import Parts, Profiles, profile
from tracker.model import Vectors

PUBLISHED = "2024-10-15"  # any day will do: "Monday" and "Tuesday" must become two different dates
Pair = tuple[str, str]
"""Two sentences; where they come out of articles, each opens with the article's name and a tab."""


def printed(sentence: str) -> str:
    """The sentence without the name of its article."""
    return sentence.rpartition("\t")[2]


def read_sentences(texts: Sequence[str]) -> dict[str, tuple[Parts, list[Parts]]]:
    """(parts of the whole sentence, parts of its clauses) of each text."""
    plain = sorted({printed(t) for t in texts})
    page = "\n".join(plain)
    ends = np.cumsum([len(t) + 1 for t in plain]).tolist()
    spans = {t: (end - len(t) - 1, end - 1) for t, end in zip(plain, ends, strict=True)}
    listed = list(spans.values())
    parse = load_parser()
    trees = {p.start: Tree(p) for n in range(0, len(listed), 500) for p in parse(page, listed[n : n + 500]) if p.words}
    return {t: _parts(trees.get(spans[printed(t)][0]), t) for t in texts}


def _parts(tree: Tree | None, sentence: str) -> tuple[Parts, list[Parts]]:
    article = sentence.rpartition("\t")[0]
    own = {"text": printed(sentence), "article": article}
    if tree is None:
        return _NOTHING | own, [_NOTHING | own]
    whole = describe(tree, tree.root, list(range(len(tree))), PUBLISHED, _nobody) | own
    clauses = [(c, unit_span(tree, c, set(c.tokens))) for c in find_clauses(tree)]
    return whole, [describe(tree, c.head, run, PUBLISHED, _nobody) | own | {"text": tree.text(run)} for c, run in clauses if run] or [whole]


_NOTHING: dict[str, Any] = {"act": "", "actor": "", "object": "", "passive": False, "negated": False, "names": [], "figures": [], "dates": [], "words": []}


def _nobody(n: int) -> str:
    return ""


class Sentences:
    """Sentences of one collection, ready to be compared in pairs; words are weighed by how rare they are in it."""

    def __init__(self, pairs: Sequence[Pair], vectors: Vectors) -> None:
        texts = sorted({t for pair in pairs for t in pair})
        read = read_sentences(texts)
        self.place = {t: n for n, t in enumerate(texts)}
        stories: dict[str, list[str]] = {}
        for whole, _ in read.values():
            stories.setdefault(whole["article"], []).extend(whole["words"])
        self.whole: Profiles = profile([read[t][0] for t in texts], vectors, stories)
        self.clauses: Profiles = profile([c for t in texts for c in read[t][1]], vectors, stories)
        self.starts = np.cumsum([0] + [len(read[t][1]) for t in texts])
        self.length = np.asarray([len(read[t][0]["words"]) for t in texts], float)

    def places(self, pairs: Sequence[Pair]) -> tuple[np.ndarray, np.ndarray]:
        """Row numbers of the left and right sentences."""
        return np.asarray([self.place[a] for a, _ in pairs]), np.asarray([self.place[b] for _, b in pairs])

    def features(self, pairs: Sequence[Pair]) -> np.ndarray:
        """Rows of the named features, the best clause pair's probability, meaning and letters, and three of length."""
        left, right = self.places(pairs)
        least, most = np.minimum(self.length[left], self.length[right]), np.maximum(self.length[left], self.length[right])
        lengths = np.stack([least / np.maximum(most, 1), np.log1p(least), np.log1p(most - least)], axis=1)
        return np.concatenate([compare(self.whole, left, right), self._best_clauses(left, right), lengths], axis=1)

    def _best_clauses(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        sizes = np.diff(self.starts)
        counts = sizes[left] * sizes[right]
        owner = np.repeat(np.arange(len(left)), counts)
        step = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        width = sizes[right][owner]
        one, two = self.starts[left][owner] + step // width, self.starts[right][owner] + step % width
        best = np.zeros((len(left), 3))
        for at in range(0, len(owner), 400_000):
            rows = compare(self.clauses, one[at : at + 400_000], two[at : at + 400_000])
            for n, column in enumerate((probability(rows), rows[:, AT["meaning"]], rows[:, AT["letters"]])):
                np.maximum.at(best[:, n], owner[at : at + 400_000], column)
        return best
