"""The store that forgets when the process ends."""
from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import pandas as pd

from tracker.store.base import blank
from tracker.tables import conform


class MemoryStore:
    """Keeps tables in a dict; frames are copied in and out, so that nobody edits what is stored."""

    def __init__(self) -> None:
        self._frames: dict[str, pd.DataFrame] = {}

    def read(self, table: str) -> pd.DataFrame:
        """A copy of the table."""
        return self._frames[table].copy() if table in self._frames else blank(table)

    def write(self, table: str, frame: pd.DataFrame) -> None:
        """Keep a conforming copy."""
        blank(table)
        self._frames[table] = conform(table, frame)

    def has(self, table: str) -> bool:
        """Whether it was written."""
        return table in self._frames

    def transaction(self) -> AbstractContextManager[None]:
        """Nothing to keep together: what fails in memory is gone with the process."""
        return nullcontext()
