"""The engine that runs everything in this process."""
from __future__ import annotations

import pandas as pd

from tracker.engines.base import Done, Result, Work, cut

PARTS = 50  # a progress bar that moves 50 times looks steady; fewer parts would stand still, more only cost


class LocalEngine:
    """Runs the parts one after the other in this process."""

    name = "local"

    def spread(self, work: Work[Result], frame: pd.DataFrame, by: str, *, done: Done | None = None) -> list[Result]:
        """The frame in one piece, or in parts when somebody watches."""
        if done is None:
            return [work(frame)]
        results, rows = [], 0
        for part in cut(frame, by, PARTS):
            results.append(work(part))
            rows += len(part)
            done(rows, len(frame))
        return results

    def close(self) -> None:
        """Holds nothing."""
