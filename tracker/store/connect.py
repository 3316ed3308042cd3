"""A connection to a case: one SQLite file, or a PostgreSQL database by its URL; every failure of the database becomes one plain sentence."""
from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from tracker.errors import StoreError, UsageError
from tracker.store.place import APPLICATION, HEAD, is_url
from tracker.text import safe, shorten

WAIT: Final = 120.0  # seconds that one process waits for another; the longest write, all tables of 10,000 articles, takes about 20


def shown(place: str) -> str:
    """The place without its password, for messages."""
    if not is_url(place):
        return safe(place)
    try:
        return sa.make_url(place).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return "the PostgreSQL URL"


def open_engine(place: str, *, create: bool, read_only: bool) -> sa.Engine:
    """An engine on a case that is there (or, with `create`, is not); nothing is written yet.

    Raises UsageError for a place that is not there, is there already, or cannot be a case; StoreError for a file that is broken.
    """
    return _postgres(place) if is_url(place) else _sqlite(place, create=create, read_only=read_only)


def _postgres(place: str) -> sa.Engine:
    if find_spec("psycopg") is None:
        raise UsageError("a case in PostgreSQL needs psycopg: pip install 'corroboration-tracker[postgres]'")
    try:
        url = sa.make_url(place).set(drivername="postgresql+psycopg")
    except sa.exc.ArgumentError as error:
        raise UsageError("this cannot be a PostgreSQL URL; it looks like postgresql://user:password@host/database") from error
    # Readers see one state from their first question on; a writer first waits for the others and must then see what they wrote.
    engine = sa.create_engine(url, isolation_level="REPEATABLE READ", poolclass=sa.pool.NullPool, connect_args={"connect_timeout": 10})
    with speaking_plainly(place), engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
    return engine


def _sqlite(place: str, *, create: bool, read_only: bool) -> sa.Engine:
    path = Path(place)
    try:
        there = path.exists()
        size = path.stat().st_size if there else 0
    except (OSError, ValueError) as error:
        raise UsageError(f"{safe(place)!r} cannot be a path: {error}") from error
    if create and there:
        raise UsageError(f"{safe(place)} is there already; nothing was changed. Take another name, or tracker add to it")
    if not create and not there:
        raise UsageError(f"there is no case {safe(place)}; tracker new makes one")
    if create and not path.parent.is_dir():
        raise UsageError(f"the folder of {safe(place)} is not there; make it first")
    if there:
        _check_head(path, size)
    # Reading needs the shared index of the journal; where it cannot be made, in a folder closed to writing, nobody else writes either.
    writable = os.access(path if there else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)
    frozen = read_only and not writable and not path.with_name(path.name + "-wal").exists()
    mode = "rwc" if create else "ro&immutable=1" if frozen else "rw" if writable or not read_only else "ro"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    engine = sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(uri, uri=True, timeout=WAIT, check_same_thread=False), poolclass=sa.pool.NullPool)
    sa.event.listen(engine, "connect", _settle_reader if read_only else _settle)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _check_head(path: Path, size: int) -> None:
    if path.is_dir():
        raise UsageError(f"{safe(str(path))} is a folder; a case is one file")
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise StoreError(f"{safe(str(path))} cannot be read: {error.strerror or error}; check its permissions") from error
    if size and not head.startswith(HEAD):
        raise StoreError(f"{safe(str(path))} is no case: it does not begin as a SQLite file does. If it was one, it is damaged; {WAY_BACK}")
    if int.from_bytes(head[68:72], "big") not in (APPLICATION, 0) and size:
        raise UsageError(f"{safe(str(path))} is a SQLite file of another program")


WAY_BACK: Final = "nothing was changed. Put back a copy, or recover with: sqlite3 CASE '.recover' | sqlite3 NEW"


def _settle(connection: Any, _: object) -> None:
    """WAL: readers never wait. Full: what was acknowledged is on the disk. Transactions are ours to begin, so that tables are made inside them too."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _settle_reader(connection: Any, _: object) -> None:
    _settle(connection, _)
    connection.execute("PRAGMA query_only = ON")


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def to_write(engine: sa.Engine) -> sa.Connection:
    """A connection whose transactions wait for other writers before they read."""
    connection = engine.connect()
    more = {"isolation_level": "READ COMMITTED"} if engine.dialect.name == "postgresql" else {}
    return connection.execution_options(writes=True, **more)


def wait_for_writers(connection: sa.Connection) -> None:
    """Hold other writers off until the transaction ends; SQLite has done so at its beginning."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION})")


@contextmanager
def speaking_plainly(place: str) -> Iterator[None]:
    """Turn the database's errors into a StoreError that says what happened and what to do."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        raise StoreError(_plain(place, str(getattr(error, "orig", None) or error))) from error


def _plain(place: str, said: str) -> str:
    where, low = shown(place), said.lower()
    if "disk is full" in low or "no space left" in low or "could not extend" in low:
        return f"{where}: the disk is full; the case is as it was before. Make room and run the command again"
    if "readonly" in low or "read-only" in low:
        return f"{where} cannot be written to; the case is as it was before. Check the permissions of the file and its folder"
    if "locked" in low or "busy" in low:
        return f"{where} was in use by another process for {WAIT:.0f} seconds; nothing was changed. Run the command again"
    if "malformed" in low or "not a database" in low or "corrupt" in low or "disk i/o" in low:
        return f"{where} is damaged ({shorten(safe(said), 80)}); {WAY_BACK}"
    if "unable to open" in low:
        return f"{where} cannot be opened; check the permissions of the file and its folder"
    if "only added to" in low:
        return f"{where}: {shorten(safe(said), 120)}; nothing was changed"
    return f"{where}: the database refused: {shorten(safe(said), 200)}"
