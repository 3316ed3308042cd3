"""The tables of a case file in SQL: what is observed and judged, which migrations look after, and what is derived, which is dropped and remade."""
from __future__ import annotations

import json
import re
from typing import Any, Final

import sqlalchemy as sa

from tracker.ids import digest
from tracker.tables import TABLES, Table, dumps

KEPT: Final = ("documents", "judgements", "aliases", "intake")
"""Observed or judged: rows are added, never changed or taken out."""

DERIVED: Final = tuple(name for name in TABLES if name not in KEPT)

_KINDS: Final[dict[str, Any]] = {"text": sa.Text, "time": sa.Text, "list": sa.Text, "json": sa.Text, "whole": sa.BigInteger, "real": sa.Double,
                                 "flag": sa.Boolean}
# Children whose parent must be there when a transaction ends.
_PARENTS: Final = {"mentions": ("article_id", "articles"), "attributions": ("mention_id", "mentions"),
                   "members": ("mention_id", "mentions"), "origins": ("claim_id", "claims"), "parties": ("claim_id", "claims")}
_WIDE: Final = frozenset({"rejects"})  # their keys hold paths, which may be longer than an index entry of PostgreSQL

derived = sa.MetaData()
kept = sa.MetaData()


def _sql(table: Table, metadata: sa.MetaData) -> sa.Table:
    columns: list[Any] = [sa.Column(c, _KINDS[k](), primary_key=c in table.keys and table.name not in _WIDE, nullable=False) for c, k in table.columns.items()]
    parent = _PARENTS.get(table.name)
    if parent and parent[1] in metadata.tables:
        columns.append(sa.ForeignKeyConstraint([parent[0]], [f"{parent[1]}.{parent[0]}"], deferrable=True, initially="DEFERRED"))
    return sa.Table(table.name, metadata, *columns)


for _name in DERIVED:
    _sql(TABLES[_name], derived)

# As of migration 0003; the migrations say the same in their own words and a test holds both together.
for _name in KEPT:
    _sql(TABLES[_name], kept)

unread = sa.Table("unread", kept, *(sa.Column(c, sa.Text, primary_key=c == "unread_id", nullable=False)
                                    for c in ("unread_id", "item_id", "reason", "detail", "at")))
"""Files that could not be read when they were added."""

readings = sa.Table("readings", kept, sa.Column("document_id", sa.Text, primary_key=True), sa.Column("reader", sa.Text, nullable=False),
                    sa.Column("digest", sa.Text, nullable=False), sa.Column("body", sa.LargeBinary, nullable=False))
"""What reading a document gave, packed, so that adding ten articles reads ten; `reader` names registry, settings and version it was read with."""

state = sa.Table("state", kept, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))


def sql_table(name: str) -> sa.Table:
    """The SQL table of a table of the house."""
    return (kept if name in KEPT else derived).tables[name]


def derived_shape() -> str:
    """Digest of names, columns and kinds of the derived tables: when it changes they are dropped and remade."""
    return digest(dumps([[n, dict(TABLES[n].columns), list(TABLES[n].keys)] for n in DERIVED]))


_ODD: Final = re.compile("[\x00\ud800-\udfff]|^\x01json:")
_MARK: Final = "\x01json:"


def cell_out(value: str) -> str:
    """A text as both databases can hold it: NUL and half characters written as JSON behind a mark."""
    return _MARK + json.dumps(value, ensure_ascii=True) if _ODD.search(value) else value


def cell_in(value: str) -> str:
    """The text that cell_out was given."""
    return str(json.loads(value[len(_MARK):])) if value.startswith(_MARK) else value
