"""The store that is a case file: a SQLite file or a PostgreSQL database. What is observed and judged is only added to; what is derived is replaced whole."""
from __future__ import annotations

import hashlib
import io
import json
import weakref
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import sqlalchemy as sa

from tracker.collector import no_collector
from tracker.errors import OldCase, StoreError, TableError
from tracker.ids import content_id
from tracker.store import schema
from tracker.store.base import blank
from tracker.store.connect import WAY_BACK, open_engine, shown, speaking_plainly, to_write, wait_for_writers
from tracker.store.place import APPLICATION
from tracker.store.upgrade import newest, revision_of, upgrade
from tracker.tables import TABLES, conform, from_columns, loose, records, row_hashes
from tracker.text import safe, shorten

_CHUNK: Final = 20_000  # rows sent to the database at a time
_ASK: Final = 500  # ids named in one question; SQLite takes 999 on old systems

Row = dict[str, Any]
Shaped = Callable[[str, Mapping[str, Sequence[Any]]], pd.DataFrame]
"""How the columns that were read become a table: `from_columns`, or `loose` where order does not matter."""


class Lying(NamedTuple):
    """What lies in the derived tables at a moment: `made` tells what they were made from, "" for nobody knows; `rows`: (key, hash) of each row, in order."""

    made: str
    rows: Mapping[str, np.ndarray]


class SqlStore:
    """A case by its file name or PostgreSQL URL. Every write is one transaction: it is there whole or not at all, and whoever reads never waits."""

    def __init__(self, place: str, *, create: bool = False, read_only: bool = False, checked: bool = False) -> None:
        """Opens (or, with `create`, makes) a case, checks it unless that was `checked` just now, and brings an old one up to date after a copy.

        Raises UsageError for a place that is not there or is taken; StoreError for what is broken, too new, or cannot be read.
        """
        self.place, self.read_only = place, read_only
        self._engine = open_engine(place, create=create, read_only=read_only)
        self._open: sa.Connection | None = None
        self.copy = ""
        with speaking_plainly(place):
            if not checked:
                self._check()
            if not read_only:
                self._set_up(create)

    # -- opening --------------------------------------------------------------------------------------------------------------

    def _set_up(self, create: bool) -> None:
        self.copy = upgrade(self._engine, self.place, create=create)
        if self.copy:
            self._check()
        with self._engine.connect() as connection:
            marked = not self._sqlite or connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION
            ready = marked and self._state(connection).get("shape") == schema.derived_shape()
        if not ready:  # asked first: whoever only adds a judgement need not wait for a long write just to open the case
            self._make_derived()

    @property
    def _sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def _make_derived(self) -> None:
        if self._sqlite:
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA journal_mode = WAL")  # stays with the file; cannot be set inside a transaction
            finally:
                raw.close()
        with self._writing() as connection:
            if self._sqlite:
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
            if self._state(connection).get("shape") != schema.derived_shape():
                _drop_derived(connection)
                schema.derived.create_all(connection)
                self._put_state(connection, {"shape": schema.derived_shape(), "derived": ""})

    def _check(self) -> None:
        """Refuse what is damaged and what a later version made."""
        with self._engine.connect() as connection:
            if self._sqlite:
                found = [str(r[0]) for r in connection.exec_driver_sql("PRAGMA integrity_check(1)")]
                if found != ["ok"]:
                    raise StoreError(f"{shown(self.place)} is damaged ({shorten(safe(found[0]), 80)}); {WAY_BACK}")
            revision = revision_of(connection)
        if revision > newest():
            raise StoreError(f"{shown(self.place)} was made by a later version of the tracker; install that one, or take an older copy")
        if self.read_only and not revision:
            raise StoreError(f"{shown(self.place)} holds no case")
        if self.read_only and revision != newest():
            raise OldCase(f"{shown(self.place)} was made by an older version; it has to be opened once where it can be written to")

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    # -- transactions ---------------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A connection inside one transaction that ends with the block; nested uses join it."""
        if self._open is not None:
            yield self._open
            return
        with speaking_plainly(self.place), to_write(self._engine) as connection, connection.begin():
            wait_for_writers(connection)
            self._open = connection
            try:
                yield connection
            finally:
                self._open = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes of the block are there together or not at all; others wait for its end before they write."""
        with self._writing():
            yield

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        if self._open is not None:
            yield self._open
            return
        with speaking_plainly(self.place), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads of the block see one state, whatever others write meanwhile."""
        if self._open is not None:
            yield
            return
        with speaking_plainly(self.place), self._engine.connect() as connection, connection.begin():
            self._open = connection
            try:
                yield
            finally:
                self._open = None

    # -- whole tables ---------------------------------------------------------------------------------------------------------

    def read(self, table: str) -> pd.DataFrame:
        """The table; raises TableError for a name that is no table's."""
        blank(table)
        with self._reading() as connection:
            return _rows_of(connection, table)[0]

    def texts(self, table: str, *columns: str) -> list[tuple[str, ...]]:
        """These columns of text of a table's rows, in any order, without looking whether all is in order."""
        sql = schema.sql_table(table)
        with self._reading() as connection:
            found = connection.execute(sa.select(*(sql.c[c] for c in columns)))
            return [tuple(schema.cell_in(str(v)) for v in row) for row in found]

    def write(self, table: str, frame: pd.DataFrame) -> None:
        """A derived table is put in the place of the old one. To a kept table rows are added; raises StoreError when one would be lost or changed."""
        blank(table)
        frame = conform(table, frame)
        with self._writing() as connection:
            if table in schema.KEPT:
                self._add(connection, table, frame, whole=True)
            else:
                _bring_up_to_date(connection, table, frame)
            self._put_state(connection, {f"has {table}": "1"})

    def has(self, table: str) -> bool:
        """Whether the table was ever written."""
        with self._reading() as connection:
            return f"has {table}" in self._state(connection)

    def append(self, table: str, frame: pd.DataFrame) -> int:
        """Add rows to a kept table; those that are there already stay as they are. Gives the number of new ones."""
        if table not in schema.KEPT:
            raise TableError(f"{table} is derived and not added to")
        with self._writing() as connection:
            new = self._add(connection, table, conform(table, frame), whole=False)
            if f"has {table}" not in self._state(connection):
                self._put_state(connection, {f"has {table}": "1"})
        return new

    def _add(self, connection: sa.Connection, table: str, frame: pd.DataFrame, *, whole: bool) -> int:
        sql, keys = schema.sql_table(table), list(TABLES[table].keys)
        records = _records(frame)
        ask = sa.select(*(sql.c[k] for k in keys))
        if not whole and len(records) <= _ASK:  # a judgement more is not held against ten thousand others
            ask = ask.where(sql.c[keys[0]].in_([r[keys[0]] for r in records]))
        there = {tuple(r) for r in connection.execute(ask)}
        given = {tuple(r[k] for k in keys) for r in records}
        if whole and there - given:
            raise StoreError(f"{shown(self.place)}: {table} is only added to, and {len(there - given)} of its rows are missing from what was to be written")
        new = [r for r in records if tuple(r[k] for k in keys) not in there]
        _insert(connection, sql, new)
        return len(new)

    # -- what is derived ------------------------------------------------------------------------------------------------------

    @no_collector()
    def derived(self, inputs: str) -> dict[str, pd.DataFrame] | None:
        """All derived tables if they were made from these inputs and lie as they were written; None if they have to be remade."""
        made = self._made()
        return self._sound(made["tables"]) if made.get("inputs") == inputs else None

    @no_collector()
    def earlier(self, counter: str, names: Collection[str]) -> tuple[dict[str, str], dict[str, pd.DataFrame]] | None:
        """(mark of each claim, these derived tables, in no order) as last counted, if that was by this counter and they lie as they were written."""
        made = self._made()
        if made.get("counter") != counter or not set(names) <= set(made["tables"]):
            return None
        with self._reading() as connection:
            marks = {r[0]: r[1] for r in connection.execute(sa.select(schema.marks))}
        tables = self._sound({n: made["tables"][n] for n in names}, loose)
        return (marks, tables) if tables is not None else None

    def compared(self, counter: str) -> dict[str, np.ndarray] | None:
        """The columns of numbers that the last linking left, if that was by this counter and they lie as they were written."""
        with self.snapshot(), self._reading() as connection:
            if _made_of(self._state(connection)).get("counter") != counter:
                return None
            rows = connection.execute(sa.select(schema.compared)).all()
        if not rows or any(_digest(name, body) != digest for name, digest, body in rows):
            return None
        return {name: _unpacked(body) for name, _, body in rows}

    def stored(self, inputs: str, more: Mapping[str, pd.DataFrame], remake: Callable[[], Mapping[str, pd.DataFrame]]) -> Stored | None:
        """All derived tables, to be read one by one, and `more` tables, if they were made from these inputs.

        `remake` makes them all again, should one not lie as it was written.
        """
        with speaking_plainly(self.place):
            connection = self._engine.connect()
            connection.begin()
            made = _made_of(self._state(connection))
            if made.get("inputs") == inputs:
                return Stored(connection, self.place, made["tables"], more, remake)
            connection.close()
        return None

    def _sound(self, totals: Mapping[str, str], shaped: Shaped = from_columns) -> dict[str, pd.DataFrame] | None:
        """These derived tables; None if one does not lie as it was written."""
        tables = {}
        with self._reading() as connection:
            for name, total in totals.items():
                found = _sound_rows(connection, name, total, shaped)
                if found is None:
                    return None
                tables[name] = found
        return tables

    def lying(self) -> Lying:
        """The rows of the derived tables, by key and hash."""
        with self.snapshot(), self._reading() as connection:
            return Lying(self._state(connection).get("derived", ""), {name: _keys_and_hashes(connection, name) for name in schema.DERIVED})

    def made_from(self) -> str:
        """The inputs that the derived tables were made from; "" when there are none."""
        return str(self._made().get("inputs", ""))

    def _made(self) -> Row:
        return _made_of(self.state())

    @no_collector()
    def put_derived(self, inputs: str, tables: Mapping[str, pd.DataFrame], *, counter: str = "", marks: Mapping[str, str] | None = None,
                    compared: Mapping[str, np.ndarray] | None = None, lying: Lying | None = None) -> None:
        """Bring all derived tables up to date, in one transaction; only rows that changed are written.

        `counter` names version, registry and settings; `marks`: what the count of each claim followed from, for `earlier`; `compared`: what linking
        compared, for the method of that name; `lying`: what lay here a moment ago, which spares looking again if nobody wrote since.
        """
        names = [n for n in schema.DERIVED if n in tables]
        with self._writing() as connection:
            totals = {}
            old = lying.rows if lying is not None and lying.made and lying.made == self._state(connection).get("derived") else {}
            for name in schema.DERIVED:
                totals[name] = _bring_up_to_date(connection, name, tables[name] if name in tables else blank(name), old.get(name))
            self._put_marks(connection, marks or {})
            connection.execute(sa.delete(schema.compared))
            _insert(connection, schema.compared, [_packed(name, column) for name, column in sorted((compared or {}).items())])
            made = {"inputs": inputs, "counter": counter, "tables": {n: totals[n] for n in names}}
            self._put_state(connection, {"derived": json.dumps(made, sort_keys=True), **{f"has {n}": "1" for n in names}})

    @staticmethod
    def _put_marks(connection: sa.Connection, marks: Mapping[str, str]) -> None:
        sql = schema.marks
        there = {r[0]: r[1] for r in connection.execute(sa.select(sql))}
        gone = [c for c, mark in there.items() if marks.get(c) != mark]
        for n in range(0, len(gone), _ASK):
            connection.execute(sa.delete(sql).where(sql.c.claim_id.in_(gone[n:n + _ASK])))
        _insert(connection, sql, [{"claim_id": c, "mark": mark} for c, mark in sorted(marks.items()) if there.get(c) != mark])

    def drop_readings(self) -> None:
        """Forget what reading gave and what was derived, so that all of it is made again."""
        with self._writing() as connection:
            connection.execute(sa.delete(schema.readings))
            self._put_state(connection, {"derived": ""})

    def put_aliases(self, aliases: Mapping[str, str], run_id: str) -> None:
        """Old claim ids and where they lead now; an id known already leads on."""
        sql = schema.sql_table("aliases")
        with self._writing() as connection:
            there = {r[0]: r[1] for r in connection.execute(sa.select(sql.c.old_claim_id, sql.c.claim_id))}
            for old, new in aliases.items():
                if old in there and there[old] != new:
                    connection.execute(sa.update(sql).where(sql.c.old_claim_id == old).values(claim_id=new, since_run=run_id))
            _insert(connection, sql, [{"old_claim_id": o, "claim_id": n, "since_run": run_id} for o, n in sorted(aliases.items()) if o not in there])

    # -- what reading gave ----------------------------------------------------------------------------------------------------

    @no_collector()
    def readings(self, ids: Sequence[str] | None = None) -> dict[str, tuple[str, Any]]:
        """Document id to (reader, what reading gave) for these ids, or for all. A damaged one is left out, so that it is made again."""
        sql = schema.readings
        out: dict[str, tuple[str, Any]] = {}
        with self._reading() as connection:
            for rows in ([connection.execute(sa.select(sql))] if ids is None else
                         [connection.execute(sa.select(sql).where(sql.c.document_id.in_(ids[n:n + _ASK]))) for n in range(0, len(ids), _ASK)]):
                for document_id, reader, digest, body in rows:
                    if hashlib.sha256(body).hexdigest() == digest:
                        out[document_id] = reader, json.loads(zlib.decompress(body))
        return out

    def read_by(self, reader: str) -> set[str]:
        """Ids of the documents of which this reader's reading is kept."""
        with self._reading() as connection:
            return {r[0] for r in connection.execute(sa.select(schema.readings.c.document_id).where(schema.readings.c.reader == reader))}

    def put_readings(self, reader: str, found: Mapping[str, Any]) -> None:
        """Keep what reading gave, in the place of an older reading."""
        rows = []
        for document_id, value in sorted(found.items()):
            body = zlib.compress(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii"), 1)
            rows.append({"document_id": document_id, "reader": reader, "digest": hashlib.sha256(body).hexdigest(), "body": body})
        with self._writing() as connection:
            for n in range(0, len(rows), _ASK):
                ids = [r["document_id"] for r in rows[n:n + _ASK]]
                connection.execute(sa.delete(schema.readings).where(schema.readings.c.document_id.in_(ids)))
            _insert(connection, schema.readings, rows)

    def documents(self, ids: Sequence[str]) -> list[Row]:
        """The rows of these documents; raises StoreError for one whose content does not fit its id."""
        sql = schema.sql_table("documents")
        out: list[Row] = []
        with self._reading() as connection:
            for n in range(0, len(ids), _ASK):
                rows = connection.execute(sa.select(sql).where(sql.c.document_id.in_(ids[n:n + _ASK])).order_by(sql.c.document_id))
                out.extend({c: schema.cell_in(v) for c, v in zip(sql.columns.keys(), row, strict=True)} for row in rows)
        for row in out:
            if content_id("d", row["path"], row["media_type"], row["body"], row["given"]) != row["document_id"]:
                raise StoreError(f"{shown(self.place)} is damaged: the text of {row['document_id']} ({row['path'][:80]}) is not what was added; {WAY_BACK}")
        return out

    # -- what could not be read -----------------------------------------------------------------------------------------------

    def add_unread(self, rejects: pd.DataFrame, at: str) -> None:
        """Keep what could not be read when it was added."""
        rows = [{"unread_id": content_id("u", r["item_id"], r["reason"], r["detail"]), "item_id": r["item_id"], "reason": r["reason"], "detail": r["detail"],
                 "at": at} for r in records(rejects)]
        with self._writing() as connection:
            there = {r[0] for r in connection.execute(sa.select(schema.unread.c.unread_id))}
            _insert(connection, schema.unread, _safe_rows([r for r in rows if r["unread_id"] not in there]))

    def unread(self) -> list[Row]:
        """Rows item_id, reason, detail, at of all that could not be read, in order of item."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(schema.unread)).mappings().all()
        return sorted(({k: schema.cell_in(v) for k, v in r.items()} for r in rows), key=lambda r: (r["item_id"], r["reason"], r["detail"]))

    # -- small facts ----------------------------------------------------------------------------------------------------------

    def state(self) -> dict[str, str]:
        """Names and values kept with the case."""
        with self._reading() as connection:
            return self._state(connection)

    def put_state(self, values: Mapping[str, str]) -> None:
        """Keep names and values with the case."""
        with self._writing() as connection:
            self._put_state(connection, values)

    @staticmethod
    def _state(connection: sa.Connection) -> dict[str, str]:
        return {r[0]: schema.cell_in(r[1]) for r in connection.execute(sa.select(schema.state))}

    @staticmethod
    def _put_state(connection: sa.Connection, values: Mapping[str, str]) -> None:
        names = sorted(values)
        connection.execute(sa.delete(schema.state).where(schema.state.c.name.in_(names)))
        _insert(connection, schema.state, [{"name": n, "value": schema.cell_out(values[n])} for n in names])


class Stored(Mapping[str, pd.DataFrame]):
    """Tables of a case as they lay at one moment; each derived one is read, and looked through for damage, when it is first asked for.

    A transaction is open until the last of it is forgotten: for who looks and is done, not for who stays.
    """

    def __init__(self, connection: sa.Connection, place: str, totals: Mapping[str, str], more: Mapping[str, pd.DataFrame],
                 remake: Callable[[], Mapping[str, pd.DataFrame]]) -> None:
        self._connection, self._place, self._totals, self._remake = connection, place, totals, remake
        self._more = dict(more)
        self._read: dict[str, pd.DataFrame] = {}
        weakref.finalize(self, connection.close)

    def __iter__(self) -> Iterator[str]:
        return iter([*self._totals, *(n for n in self._more if n not in self._totals)])

    def __len__(self) -> int:
        return len(self._totals.keys() | self._more)

    def __contains__(self, name: object) -> bool:
        return name in self._totals or name in self._more

    @no_collector()
    def __getitem__(self, name: str) -> pd.DataFrame:
        if name in self._more:
            return self._more[name]
        if name not in self._read:
            with speaking_plainly(self._place):
                found = _sound_rows(self._connection, name, self._totals[name])
            if found is None:
                self._read.update(self._remake())
            else:
                self._read[name] = found
        return self._read[name]


def _made_of(state: Mapping[str, str]) -> Row:
    """What the state tells of the derived tables: inputs, counter, total of each table; empty when it tells nothing of tables of this shape."""
    if state.get("shape") != schema.derived_shape() or not state.get("derived"):
        return {}
    found = json.loads(state["derived"])
    return found if isinstance(found, dict) else {}


def _rows_of(connection: sa.Connection, table: str, shaped: Shaped = from_columns) -> tuple[pd.DataFrame, np.ndarray]:
    """The table and, of a derived one, the hashes that were kept with its rows, in any order."""
    empty = blank(table)
    marks = [] if table in schema.KEPT else ["row_hash"]
    names = ", ".join(f'"{c}"' for c in [*marks, *empty.columns])
    # The driver's own rows: wrapping each of a million cells would take longer than reading them.
    found = connection.exec_driver_sql(f'SELECT {names} FROM "{table}"').cursor
    rows = found.fetchall() if found is not None else []
    if not rows:
        return empty, np.zeros(0, dtype=np.int64)
    columns = list(zip(*rows, strict=True))
    hashes = np.asarray(columns[0], dtype=np.int64) if marks else np.zeros(0, dtype=np.int64)
    return shaped(table, _values(columns[len(marks):], TABLES[table].columns)), hashes


def _sound_rows(connection: sa.Connection, name: str, total: str, shaped: Shaped = from_columns) -> pd.DataFrame | None:
    """A derived table; None if it does not lie as it was written."""
    found, hashes = _rows_of(connection, name, shaped)
    seen = np.sort(_hash(found))
    return found if np.array_equal(seen, np.sort(hashes)) and _total(seen) == total else None


def _hash(frame: pd.DataFrame, columns: Sequence[str] | None = None) -> np.ndarray:
    """64 bits for these cells of each row, as the numbers with a sign that databases have."""
    return row_hashes(frame if columns is None else frame[list(columns)]).view(np.int64)


def _total(hashes: np.ndarray) -> str:
    """Number of rows and the sum of their hashes: rows that are missing altogether show here."""
    return f"{len(hashes)}:{int(hashes.view(np.uint64).sum(dtype=np.uint64)):016x}"


def _keys_and_hashes(connection: sa.Connection, name: str) -> np.ndarray:
    """Key and hash of each row of a derived table, in order of the keys."""
    found = connection.exec_driver_sql(f'SELECT row_key, row_hash FROM "{name}"').cursor
    rows = np.fromiter(chain.from_iterable(found.fetchall() if found is not None else ()), dtype=np.int64).reshape(-1, 2)
    return np.asarray(rows[np.argsort(rows[:, 0])])


def _bring_up_to_date(connection: sa.Connection, name: str, frame: pd.DataFrame, old: np.ndarray | None = None) -> str:
    """Take out rows of a derived table that are gone or changed, put in those that are new or changed; gives the total of the new table.

    `old`: keys and hashes of its rows, where they are known.
    """
    sql = schema.sql_table(name)
    frame = frame.reset_index(drop=True)
    keys, hashes = _hash(frame, TABLES[name].keys), _hash(frame)
    old = _keys_and_hashes(connection, name) if old is None else old
    stays, remains = _as_it_was(keys, hashes, old)
    gone = old[~remains, 0]
    if 2 * len(gone) > len(old):  # to write all of it again takes less than to pick out so many rows
        connection.execute(sa.delete(sql))
        stays = np.zeros(len(frame), dtype=bool)
    elif len(gone):
        connection.exec_driver_sql(f'DELETE FROM "{name}" WHERE row_key = {_mark(connection)}', [(int(k),) for k in gone.tolist()])
    new = np.flatnonzero(~stays)
    new = new[np.argsort(keys[new])]  # as they will lie
    for n in range(0, len(new), _CHUNK):
        some = new[n:n + _CHUNK]
        rows = frame.iloc[some]
        parent = [_hash(rows, [schema.PARENTS[name][0]]).tolist()] if name in schema.PARENTS else []
        _insert_rows(connection, name, [keys[some].tolist(), hashes[some].tolist(), *parent, *_cells(rows)])
    return _total(hashes)


def _as_it_was(keys: np.ndarray, hashes: np.ndarray, old: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(which rows stand in the table just so, which rows of the table, (key, hash) in order of keys, stay)."""
    if not len(old):
        return np.zeros(len(keys), dtype=bool), np.zeros(0, dtype=bool)
    at = np.minimum(np.searchsorted(old[:, 0], keys), len(old) - 1)
    stays = (old[at, 0] == keys) & (old[at, 1] == hashes)
    remains = np.zeros(len(old), dtype=bool)
    remains[at[stays]] = True
    return stays, remains


def _drop_derived(connection: sa.Connection) -> None:
    """Drop every derived table there is, also one that this version no longer knows."""
    known = set(schema.kept.tables) | {"alembic_version"}
    here = sa.MetaData()
    here.reflect(connection, only=lambda name, _: name not in known)
    here.drop_all(connection)


def _values(columns: Sequence[Sequence[Any]], kinds: Mapping[str, str]) -> dict[str, list[Any]]:
    data = {}
    for (name, kind), values in zip(kinds.items(), columns, strict=True):
        odd = kind in ("text", "time", "list", "json") and "\x01" in "".join(values)  # looked for in one go: nearly never there
        data[name] = [schema.cell_in(v) for v in values] if odd else list(values)
    return data


def _records(frame: pd.DataFrame) -> list[Row]:
    names = [str(c) for c in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*_cells(frame), strict=True)]


def _cells(frame: pd.DataFrame) -> list[list[Any]]:
    """The columns as both databases take them."""
    columns = [frame[name].tolist() for name in frame.columns]
    return [[schema.cell_out(v) if isinstance(v, str) else v for v in values] if _is_odd(values) else values for values in columns]


def _is_odd(values: Sequence[Any]) -> bool:
    """Some text among the values may have to be written another way; a column of plain texts is looked at in one go."""
    return bool(values) and isinstance(values[0], str) and schema.may_be_odd("\n".join(values))


def _mark(connection: sa.Connection) -> str:
    """How the driver writes a value's place."""
    return "?" if connection.dialect.paramstyle == "qmark" else "%s"


def _insert_rows(connection: sa.Connection, name: str, columns: Sequence[Sequence[Any]]) -> None:
    """Put rows into a derived table by the driver itself: the columns of its SQL table in order."""
    sql = schema.sql_table(name)
    names = ", ".join(f'"{c}"' for c in sql.columns.keys())  # noqa: SIM118 (a table's columns are no mapping)
    statement = f'INSERT INTO "{name}" ({names}) VALUES ({", ".join([_mark(connection)] * len(columns))})'
    rows = list(zip(*columns, strict=True))
    if rows:
        connection.exec_driver_sql(statement, rows)


def _packed(name: str, column: np.ndarray) -> Row:
    """A column of numbers as a row of `compared`."""
    held = io.BytesIO()
    np.save(held, column, allow_pickle=False)
    body = zlib.compress(held.getvalue(), 1)
    return {"name": name, "digest": _digest(name, body), "body": body}


def _digest(name: str, body: bytes) -> str:
    return hashlib.sha256(name.encode() + b"\0" + body).hexdigest()


def _unpacked(body: bytes) -> np.ndarray:
    return np.asarray(np.load(io.BytesIO(zlib.decompress(body)), allow_pickle=False))


def _safe_rows(rows: Iterable[Row]) -> list[Row]:
    return [{k: schema.cell_out(v) if isinstance(v, str) else v for k, v in r.items()} for r in rows]


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    for n in range(0, len(rows), _CHUNK):
        connection.execute(sa.insert(table), rows[n:n + _CHUNK])
