"""One body of assertions over all stores."""
from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from worlds import make_case, strike

from tracker.errors import TableError, UsageError
from tracker.store import MemoryStore, ParquetStore, Store, load_case, save_case
from tracker.store.builtin import builtin_path, builtin_text
from tracker.store.sql import SqlStore
from tracker.tables import TABLES, empty


@pytest.fixture(params=["memory", "parquet", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "sqlite":
        return SqlStore(str(tmp_path / "case"), create=True)
    if request.param == "postgres":
        return SqlStore(request.getfixturevalue("postgres").url(), create=True)
    if request.param == "parquet":
        pytest.importorskip("pyarrow", reason="the Parquet store needs the parquet extra")
        return ParquetStore(tmp_path / "case")
    return MemoryStore()


def test_what_is_read_is_what_was_written(store: Store) -> None:
    """Every table comes back with its columns, kinds and rows."""
    case = make_case(12, 5, 3)
    save_case(store, case)
    for name in TABLES:
        pd.testing.assert_frame_equal(load_case(store)[name], case[name])


def test_a_table_nobody_wrote_is_empty(store: Store) -> None:
    """It reads as empty, and `has` says that it was never written; an empty table that was written is there."""
    assert not store.has("claims")
    pd.testing.assert_frame_equal(store.read("claims"), empty("claims"))
    store.write("claims", empty("claims"))
    assert store.has("claims")
    assert list(load_case(store).tables) == ["claims"]


def test_writing_again_replaces(store: Store) -> None:
    """The new table stands in the place of the old one, whatever its size."""
    store.write("claims", strike()["claims"])
    store.write("claims", strike()["claims"].head(1))
    assert len(store.read("claims")) == 1


def test_nobody_edits_what_is_stored(store: Store) -> None:
    """Changing a frame that was written or read changes nothing in the store."""
    mine = strike()["claims"]
    store.write("claims", mine)
    for frame in (mine, store.read("claims")):
        frame.loc[0, "wording"] = "scribble"
    assert "scribble" not in set(store.read("claims")["wording"])


@pytest.mark.parametrize("name", ["nonsense", "../outside", ""])
def test_no_other_names(store: Store, name: str) -> None:
    """A name that is no table's is refused, so none can lead out of the folder."""
    with pytest.raises(TableError, match="there is no table"):
        store.read(name)
    with pytest.raises(TableError, match="there is no table"):
        store.write(name, empty("claims"))
    assert not store.has(name)


def test_a_frame_that_does_not_fit_is_refused(store: Store) -> None:
    """And what was there stays."""
    store.write("claims", strike()["claims"])
    with pytest.raises(TableError, match="lacks"):
        store.write("claims", pd.DataFrame({"claim_id": ["c-1"]}))
    assert len(store.read("claims")) == 3


def test_equal_tables_are_equal_files(tmp_path: Path) -> None:
    """Two runs compare byte for byte."""
    pytest.importorskip("pyarrow", reason="the Parquet store needs the parquet extra")
    for name in ("one", "two"):
        save_case(ParquetStore(tmp_path / name), make_case(12, 5, 3))
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("one", "two"))
    assert one == two
    assert "claims.parquet" in one


def test_shipped_files_are_found() -> None:
    """The registry and the examples come with the tracker; a file that does not says so."""
    assert "outlets:" in builtin_text("sources.yaml")
    assert (builtin_path("examples") / "treaty" / "articles").is_dir()
    with pytest.raises(UsageError, match="missing from this installation"):
        builtin_text("no-such-file")
