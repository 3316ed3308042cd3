"""Parsed sentences written by hand, for rules that must not hang on what the parser makes of a sentence."""

from __future__ import annotations

from tracker.extract.tree import Tree
from tracker.model import Parsed


def tree_of(*tokens: str) -> Tree:
    """A tree written by hand: "word tag head label" a token, head by its place from 0, its own at the root; "word|lemma" where they differ."""
    rows = [t.split() for t in tokens]
    words, lemmas = zip(*((w.partition("|")[0], (w.partition("|")[2] or w).lower()) for w, *_ in rows), strict=True)
    ends = tuple(sum(len(w) + 1 for w in words[: n + 1]) - 1 for n in range(len(words)))
    starts = tuple(e - len(w) for e, w in zip(ends, words, strict=True))
    return Tree(Parsed(0, ends[-1], words, starts, ends, lemmas, tuple(r[1] for r in rows), tuple(int(r[2]) for r in rows), tuple(r[3] for r in rows), ()))
