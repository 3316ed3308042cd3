"""Small named comparisons of two mentions: each a number from 0 to 1 (or -1 to 1) and, for the reader, a sentence.

`compare` makes one row of numbers for every candidate pair; `explain` says the same in words for one pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from tracker.link.block import Weighted
from tracker.model import Vectors

NAMES: Final = (
    "words",
    "contained",
    "meaning",
    "names",
    "act",
    "actor",
    "object",
    "figures_agree",
    "figures_conflict",
    "dates_agree",
    "dates_conflict",
    "numbers_only_one",
    "shared",
    "rare",
)
RARE = 4  # a word in at most so many distinct mentions points at one event (a street, a ship), not at the story as a whole
Parts = Mapping[str, Any]


def compare(parts: Sequence[Parts], weighted: Weighted, vectors: Vectors, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Feature rows of the pairs, float64 of shape (pairs, len(NAMES))."""
    out = np.zeros((len(left), len(NAMES)))
    rows = weighted.rows
    out[:, 0] = np.asarray(rows[left].multiply(rows[right]).sum(axis=1)).ravel()
    out[:, 1] = _contained(weighted, left, right)
    out[:, 12], out[:, 13] = _shared(weighted, left, right)
    meaning = _mean_vectors(parts, weighted, vectors)
    out[:, 2] = np.einsum("ij,ij->i", meaning[left], meaning[right])
    acts = _unit(vectors([str(p["act"]) for p in parts]))
    actors = _unit(vectors([_last(p["actor"]) for p in parts]))
    objects = _unit(vectors([_last(p["object"]) for p in parts]))
    for n, (a, b) in enumerate(zip(left, right, strict=True)):
        one, two = parts[a], parts[b]
        out[n, 3] = _share(one["names"], two["names"])
        out[n, 4] = 1.0 if one["act"] == two["act"] else float(acts[a] @ acts[b])
        out[n, 5] = _alike(one["actor"], two["actor"], actors[a], actors[b])
        out[n, 6] = _alike(one["object"], two["object"], objects[a], objects[b])
        out[n, 7], out[n, 8] = figures_relation(one["figures"], two["figures"])
        out[n, 9], out[n, 10] = dates_relation(one["dates"], two["dates"])
        out[n, 11] = float(bool(one["figures"]) != bool(two["figures"]))
    return out


def _contained(weighted: Weighted, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Weight of the shared words over the weight of the shorter mention."""
    rows = weighted.rows.copy()
    squared = rows.copy()
    squared.data = weighted.weights[squared.indices]
    present = rows.copy()
    present.data = np.ones_like(present.data)
    total = np.asarray(squared.sum(axis=1)).ravel()
    shared = np.asarray(squared[left].multiply(present[right]).sum(axis=1)).ravel()
    least = np.minimum(total[left], total[right])
    return shared / np.where(least > 0, least, 1.0)


def _shared(weighted: Weighted, left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weight of all shared words and of the rare ones among them, in units of 20 (about four telling words)."""
    present = weighted.rows.copy()
    present.data = np.ones_like(present.data)
    counts = np.bincount(present.indices, minlength=present.shape[1])
    heavy, rare = present.copy(), present.copy()
    heavy.data = weighted.weights[present.indices]
    rare.data = np.where(counts[present.indices] <= RARE, weighted.weights[present.indices], 0.0)
    every = np.asarray(heavy[left].multiply(present[right]).sum(axis=1)).ravel()
    few = np.asarray(rare[left].multiply(present[right]).sum(axis=1)).ravel()
    return every / 20.0, few / 20.0


def _mean_vectors(parts: Sequence[Parts], weighted: Weighted, vectors: Vectors) -> np.ndarray:
    """Weighted mean of the word vectors of each mention, unit length."""
    words = sorted(weighted.vocabulary)
    table = vectors(words)
    table = table * weighted.weights[[weighted.vocabulary[w] for w in words]][:, None]
    present = weighted.rows.copy()
    present.data = np.ones_like(present.data)
    return _unit(present @ table)


def _unit(table: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(table, axis=1, keepdims=True)
    return table / np.where(length > 0, length, 1.0)


def _last(text: object) -> str:
    return str(text).split()[-1] if str(text).split() else ""


def _share(one: Sequence[str], two: Sequence[str]) -> float:
    if not one or not two:
        return 0.0
    return len(set(one) & set(two)) / min(len(one), len(two))


def _alike(one: str, two: str, first: np.ndarray, second: np.ndarray) -> float:
    if not one or not two:
        return 0.0
    if set(one.split()) & set(two.split()):
        return 1.0
    return float(first @ second)


def figures_relation(one: Sequence[Sequence[Any]], two: Sequence[Sequence[Any]]) -> tuple[float, float]:
    """(agree, conflict): a figure of the one lies in the other's range, or both count the same thing and no range meets."""
    agree = conflict = 0.0
    for low, high, what in one:
        for low2, high2, what2 in two:
            meets = _in_range(low, high, low2, high2)
            exact = low == low2 and high == high2
            if meets and (exact or what == what2):
                agree = 1.0
            elif not meets and what == what2 and what:
                conflict = 1.0
    return agree, 0.0 if agree else conflict


def _in_range(low: Any, high: Any, low2: Any, high2: Any) -> bool:
    return (high is None or low2 is None or low2 <= high) and (high2 is None or low is None or low <= high2)


def dates_relation(one: Sequence[str], two: Sequence[str]) -> tuple[float, float]:
    """(agree, conflict): one date is the other or holds it ("2024-10" holds "2024-10-14"); both give days and none agrees."""
    if not one or not two:
        return 0.0, 0.0
    agree = any(_holds(a, b) or _holds(b, a) for a in one for b in two)
    return (1.0, 0.0) if agree else (0.0, 1.0)


def _holds(wide: str, narrow: str) -> bool:
    """The one date is the other or the month or year it lies in; a date without a year is held against month and day alone."""
    if wide.startswith("--") or narrow.startswith("--"):
        wide, narrow = wide[wide.startswith("--") or 4 :], narrow[narrow.startswith("--") or 4 :]
        return narrow.startswith(wide)
    return narrow.startswith(wide)


def explain(one: Parts, two: Parts, row: Sequence[float]) -> list[str]:
    """Sentences for the features that speak loudest in a pair."""
    said = []
    value = dict(zip(NAMES, row, strict=True))
    if value["words"] >= 0.25:
        said.append(f"share the words {', '.join(sorted(set(one['words']) & set(two['words']))[:6])}")
    if value["names"] >= 0.5:
        said.append(f"both name {', '.join(sorted(set(one['names']) & set(two['names']))[:4])}")
    if value["act"] >= 0.6:
        said.append(f"the act is the same ({one['act']} / {two['act']})")
    if value["figures_agree"]:
        said.append("a figure agrees")
    if value["figures_conflict"]:
        said.append("they give different figures for the same thing")
    if value["dates_agree"]:
        said.append("a date agrees")
    if value["dates_conflict"]:
        said.append("they give different dates")
    return said or ["no single feature stands out"]
