"""What an engine is, and the one way to cut a frame for it."""
from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

import pandas as pd

Result = TypeVar("Result")
Work = Callable[[pd.DataFrame], Result]
Done = Callable[[int, int], None]
"""Told after each part: rows done, rows in all."""


class Engine(Protocol):
    """Runs work over a frame, cut anyhow so long as rows with equal `by` stay together.

    The results come in the order of the parts, whichever was ready first. Work must not depend on what else is in its part: then the
    union of the results has the same bytes however the frame was cut.
    """

    name: str

    def spread(self, work: Work[Result], frame: pd.DataFrame, by: str, *, done: Done | None = None) -> list[Result]:
        """The results of `work` over the parts of `frame`; at least one part, so an empty frame is worked on too."""
        ...

    def close(self) -> None:
        """Give back what the engine holds; it starts again by itself when used again."""
        ...


def cut(frame: pd.DataFrame, by: str, parts: int) -> list[pd.DataFrame]:
    """At most `parts` parts of about equal rows, rows with equal `by` in one part; parts in the order of `by`, rows in their old order."""
    if parts <= 1 or len(frame) <= 1:
        return [frame]
    codes, _ = pd.factorize(frame[by], sort=True)
    sizes = pd.Series(codes).value_counts().sort_index()
    part_of = (sizes.cumsum() - sizes) * parts // len(frame)  # where a group begins says which part it goes to
    places = part_of.to_numpy()[codes]
    return [part for _, part in frame.groupby(places, sort=True)]
