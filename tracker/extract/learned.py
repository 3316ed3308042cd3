"""Features hashed into rows of a table, and the sum of their weights: the whole of a learned decision."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from tracker.model import WEIGHT_ROWS


def hashed(feature: str) -> int:
    """The row of a feature, the same in every process."""
    return zlib.crc32(feature.encode()) & (WEIGHT_ROWS - 1)


def score(weights: Sequence[float], features: Iterable[str]) -> float:
    """The sum of the weights of these features, each counted once, added up in order of their rows."""
    return sum(weights[row] for row in sorted({hashed(f) for f in features}))
