"""Surface comparisons of two single sentences, as in work on paraphrase: runs of words, longest common order, letters, figures, words left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from tracker.link.profiles import unit
from tracker.model import Vectors
from tracker.text import words

Pair = tuple[str, str]
LEAST = 4  # pairs in which a matched or lone word must stand to have a weight of its own


def surface_rows(pairs: Sequence[Pair], vectors: Vectors) -> np.ndarray:
    """One row a pair, float64."""
    vocabulary = sorted({w for pair in pairs for text in pair for w in words(text)})
    table = vectors(vocabulary)
    weight, directions = np.linalg.norm(table, axis=1), unit(table)
    place = {w: n for n, w in enumerate(vocabulary)}
    return np.asarray([[*_surface(a, b), *_leftover(words(a), words(b), place, weight, directions)] for a, b in pairs])


def _surface(a: str, b: str) -> list[float]:
    one, two = words(a), words(b)
    least, most = max(1, min(len(one), len(two))), max(1, len(one), len(two))
    out: list[float] = []
    for n in (1, 2, 3, 4):
        out += _overlap(Counter(zip(*[one[k:] for k in range(n)], strict=False)), Counter(zip(*[two[k:] for k in range(n)], strict=False)))
    common = _common_order(one, two)
    out += [common / least, common / most, 2 * _common_order(sorted(one), sorted(two)) / (least + most), (most - least) / most, float(np.log1p(most))]
    for n in (4, 6):
        x, y = ({t[k : k + n].lower() for k in range(len(t) - n + 1)} for t in (a, b))
        out += [len(x & y) / max(1, len(x | y)), len(x & y) / max(1, min(len(x), len(y)))]
    x, y = ({w for w in side if w[0].isdigit()} for side in (one, two))
    lone = sorted((len(x - y), len(y - x)))
    return [*out, float(x == y), float(bool(x & y) or not (x or y)), float(x <= y or y <= x), *map(float, lone)]


def _overlap(one: Counter[tuple[str, ...]], two: Counter[tuple[str, ...]]) -> list[float]:
    shared, sizes = sum((one & two).values()), (max(1, sum(one.values())), max(1, sum(two.values())))
    return [shared / min(sizes), shared / max(sizes)]


def _common_order(one: Sequence[str], two: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    last = [0] * (len(two) + 1)
    for x in one:
        row = [0]
        for n, y in enumerate(two):
            row.append(last[n] + 1 if x == y else max(last[n + 1], row[-1]))
        last = row
    return last[-1]


def _leftover(one: Sequence[str], two: Sequence[str], place: dict[str, int], weight: np.ndarray, directions: np.ndarray) -> list[float]:
    """How well each side's words are met by their nearest in the other, and the weight of what is not met: least and most of both sides."""
    if not one or not two:
        return [0.0] * 6
    a, b = [place[w] for w in one], [place[w] for w in two]
    near = directions[a] @ directions[b].T
    sides = [(weight[a], near.max(axis=1)), (weight[b], near.max(axis=0))]
    met = sorted(float(w @ m / max(w.sum(), 1e-9)) for w, m in sides)
    worst = sorted(float((w * (1 - m)).max()) for w, m in sides)
    total = sorted(float((w * (1 - m)).sum()) for w, m in sides)
    return [*met, *worst, *total]


def word_matches(pairs: Sequence[Pair], *, known: int) -> sparse.csr_matrix:
    """Pairs x (words in both, words in one only), 1 where it holds; words are those of the first `known` pairs."""
    found = [{f"both {w}" for w in x & y} | {f"one {w}" for w in x ^ y} for x, y in ((set(words(a)), set(words(b))) for a, b in pairs)]
    counts = Counter(f for row in found[:known] for f in row)
    place = {f: n for n, f in enumerate(sorted(f for f, n in counts.items() if n >= LEAST))}
    cells = [(n, place[f]) for n, row in enumerate(found) for f in sorted(row) if f in place]
    rows, columns = zip(*cells, strict=True)
    return sparse.csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(pairs), len(place)))
