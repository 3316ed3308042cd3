"""Items joined by pairs, as classes that do not depend on the order of the pairs."""
from __future__ import annotations

from collections.abc import Iterable


def join_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each item of the pairs to the least item it is joined with, directly or through others."""
    top: dict[str, str] = {}

    def root(x: str) -> str:
        while top.setdefault(x, x) != x:
            top[x] = top[top[x]]
            x = top[x]
        return x

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        top[high] = low
    return {x: root(x) for x in sorted(top)}
