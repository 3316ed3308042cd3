"""The store room: where tables lie between runs, and the files that ship with the tracker."""
from __future__ import annotations

from tracker.store.base import Store, load_case, save_case
from tracker.store.memory import MemoryStore
from tracker.store.parquet import ParquetStore

__all__ = ["MemoryStore", "ParquetStore", "Store", "load_case", "save_case"]
