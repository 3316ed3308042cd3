"""The store that is a folder of Parquet files, one a table; needs the `parquet` extra."""
from __future__ import annotations

import io
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from tracker.errors import UsageError
from tracker.store.base import blank
from tracker.tables import conform


class ParquetStore:
    """Keeps each table as FOLDER/TABLE.parquet. A file is put in place whole, so a run cut short leaves the old one."""

    def __init__(self, folder: str | Path) -> None:
        if find_spec("pyarrow") is None:
            raise UsageError("Parquet needs pyarrow: pip install 'corroboration-tracker[parquet]'")
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def read(self, table: str) -> pd.DataFrame:
        """The table from its file."""
        return conform(table, pd.read_parquet(self._file(table), engine="pyarrow")) if self.has(table) else blank(table)

    def write(self, table: str, frame: pd.DataFrame) -> None:
        """The table to its file; equal frames give equal bytes."""
        blank(table)  # refuses a name that could leave the folder
        body = io.BytesIO()
        conform(table, frame).to_parquet(body, engine="pyarrow", index=False, compression="zstd")
        beside = self._file(table).with_suffix(".part")
        beside.write_bytes(body.getvalue())
        beside.replace(self._file(table))

    def has(self, table: str) -> bool:
        """Whether its file is there."""
        return self._file(table).is_file()

    def transaction(self) -> AbstractContextManager[None]:
        """Each file is put in place whole; files written together are not."""
        return nullcontext()

    def _file(self, table: str) -> Path:
        return self.folder / f"{table}.parquet"
