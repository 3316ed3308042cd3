"""Old case files brought up to date: a copy first, then Alembic's steps in one transaction."""
from __future__ import annotations

import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from tracker.errors import StoreError
from tracker.store import schema
from tracker.store.connect import to_write, wait_for_writers
from tracker.store.place import is_url
from tracker.text import safe

_STEPS: Final = Path(__file__).parent / "migrations"


def _config() -> Any:
    from alembic.config import Config  # half a second to load, and most cases are up to date

    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    return config


@lru_cache(maxsize=1)
def newest() -> str:
    """The revision that this version of the tracker writes."""
    return max(file.name[1:5] for file in (_STEPS / "versions").glob("v[0-9][0-9][0-9][0-9]_*.py"))


def revision_of(connection: sa.Connection) -> str:
    """The revision of a case, "" for a database that holds none."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def upgrade(engine: sa.Engine, place: str, *, create: bool, to: str = "head") -> str:
    """Bring a case to the newest revision; gives the name of the copy made before, "" if none was needed.

    Raises StoreError when the database holds no case and none was to be made.
    """
    with engine.connect() as connection:
        at = revision_of(connection)
        others = set(sa.inspect(connection).get_table_names()) if not at else set()
    if at == newest():
        if create and is_url(place):
            raise StoreError("this database holds a case already; nothing was changed. Take another database, or tracker add to it")
        return ""
    if not at and not create:
        raise StoreError(f"{safe(place) if not is_url(place) else 'the database'} holds no case; tracker new makes one")
    if others - set(schema.kept.tables) - set(schema.derived.tables):
        raise StoreError("the database holds tables of somebody else; give the case a database of its own")
    copy = _copy(engine, place, at) if at else ""
    with to_write(engine) as connection, connection.begin():
        wait_for_writers(connection)
        if revision_of(connection) != newest():  # another process may have been quicker
            from alembic import command

            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    return copy


def _copy(engine: sa.Engine, place: str, at: str) -> str:
    """A copy of the case as it is: a file beside a SQLite file, a schema in PostgreSQL."""
    if is_url(place):
        name = f"tracker_copy_{at}"
        with engine.begin() as connection:
            if name not in sa.inspect(connection).get_schema_names():
                connection.execute(sa.schema.CreateSchema(name))
                for table in schema.kept.tables:
                    connection.exec_driver_sql(f'CREATE TABLE {name}."{table}" AS TABLE public."{table}"')
        return f"schema {name}"
    path = Path(place)
    copy = next(c for n in range(1, 10_000) if not (c := path.with_name(f"{path.name}.{at}.copy{n if n > 1 else ''}")).exists())
    part = copy.with_name(copy.name + ".part")
    part.unlink(missing_ok=True)
    source, target = sqlite3.connect(path), sqlite3.connect(part)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    part.replace(copy)
    return str(copy)
