"""An engine that remembers what a piece of work gave for each item, for running the same work over changing parts of one pile."""
from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from tracker.engines.base import Done, Engine, Result, Work


class RecallEngine:
    """Runs work through another engine, once an item, and answers from memory when the item comes again.

    It is for one kind of work: rows with equal `by` must be equal rows in every call. Results come one an item, in order of `by`.
    """

    name = "recall"

    def __init__(self, inner: Engine) -> None:
        self._inner = inner
        self._seen: dict[Any, Any] = {}

    def spread(self, work: Work[Result], frame: pd.DataFrame, by: str, *, done: Done | None = None) -> list[Result]:
        """The results of `work` for every item of the frame; only items not seen before are worked on."""
        if not len(frame):
            return [work(frame)]
        fresh = frame[~frame[by].isin(list(self._seen))]
        if len(fresh):
            for part in self._inner.spread(partial(_each, work=work, by=by), fresh, by, done=done):
                self._seen.update(part)
        return [self._seen[key] for key in sorted(set(frame[by]))]

    def close(self) -> None:
        """Gives back what the inner engine holds; the memory stays."""
        self._inner.close()


def _each(frame: pd.DataFrame, *, work: Work[Result], by: str) -> list[tuple[Any, Result]]:
    """Key and result of each item of a part."""
    return [(key, work(part)) for key, part in frame.groupby(by, sort=True)]
