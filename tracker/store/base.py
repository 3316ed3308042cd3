"""What a store is: three verbs over whole tables."""
from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

import pandas as pd

from tracker.tables import TABLES, Case


class Store(Protocol):
    """Keeps tables by name. What is read is what was written, in conforming shape; a table nobody wrote reads as empty."""

    def read(self, table: str) -> pd.DataFrame:
        """The table; raises TableError for a name that is no table's."""
        ...

    def write(self, table: str, frame: pd.DataFrame) -> None:
        """Put the frame in the place of the table; raises TableError when it does not fit."""
        ...

    def has(self, table: str) -> bool:
        """Whether the table was ever written."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """A block whose writes belong together: there together or not at all, where the store can do so."""
        ...


def save_case(store: Store, case: Case) -> None:
    """Write every table the case has, as one."""
    with store.transaction():
        for name in sorted(case.tables):
            store.write(name, case[name])


def load_case(store: Store) -> Case:
    """Every table the store has, as a Case."""
    return Case({name: store.read(name) for name in TABLES if store.has(name)})


def blank(table: str) -> pd.DataFrame:
    """The table without rows; raises TableError for a name that is no table's."""
    return Case()[table]
