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
PARENTS: Final = {"mentions": ("article_id", "articles"), "attributions": ("mention_id", "mentions"),
                  "members": ("mention_id", "mentions"), "origins": ("claim_id", "claims"), "parties": ("claim_id", "claims")}
"""Children whose parent must be there when a transaction ends: by which column, in which table."""
_KEY: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite's own row number, for which it needs no index beside the table
derived = sa.MetaData()
kept = sa.MetaData()


def _columns(table: Table, *, keyed: bool) -> list[Any]:
    return [sa.Column(c, _KINDS[k](), primary_key=keyed and c in table.keys, nullable=False) for c, k in table.columns.items()]


def _derived(table: Table) -> sa.Table:
    """row_key: hash of the key cells; row_hash: of all cells. By them a table is brought up to date row by row, and a turned bit is seen.

    parent_key: row_key of the parent. Ties by number and not by id: their indexes are checked in a third of the time whenever the case is opened.
    """
    marks = [sa.Column("row_key", _KEY, primary_key=True, autoincrement=False), sa.Column("row_hash", sa.BigInteger, nullable=False)]
    ties: list[Any] = []
    if table.name in PARENTS:
        marks.append(sa.Column("parent_key", _KEY, nullable=False))
        ties.append(sa.ForeignKeyConstraint(["parent_key"], [f"{PARENTS[table.name][1]}.row_key"], deferrable=True, initially="DEFERRED"))
        ties.append(sa.Index(f"ix_{table.name}_parent", "parent_key"))  # else every parent that goes would have all rows looked through for children
    return sa.Table(table.name, derived, *marks, *_columns(table, keyed=False), *ties)


for _name in DERIVED:
    _derived(TABLES[_name])

marks = sa.Table("marks", derived, sa.Column("claim_id", sa.Text, primary_key=True), sa.Column("mark", sa.Text, nullable=False))
"""What the count of each claim followed from, so that one of which nothing changed is not counted again."""

compared = sa.Table("compared", derived, sa.Column("name", sa.Text, primary_key=True), sa.Column("digest", sa.Text, nullable=False),
                    sa.Column("body", sa.LargeBinary, nullable=False))
"""What the last linking compared, as packed columns of numbers, so that only what is new is compared again."""

# As of migration 0003; the migrations say the same in their own words and a test holds both together.
for _name in KEPT:
    sa.Table(_name, kept, *_columns(TABLES[_name], keyed=True))

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
    indexes = sorted(str(i.name) for t in derived.tables.values() for i in t.indexes)
    marked = ["row_key as row number", "row_hash", "parent_key"]
    beside = [list(t.c.keys()) for t in (marks, compared)]
    return digest(dumps([marked, beside, indexes, *([n, dict(TABLES[n].columns), list(TABLES[n].keys)] for n in DERIVED)]))


_ODD: Final = re.compile("[\x00\ud800-\udfff]|^\x01json:")
_HALF: Final = re.compile("[\x00\ud800-\udfff]")
_MARK: Final = "\x01json:"


def may_be_odd(text: str) -> bool:
    """Texts, joined, among which one may be odd: asked of a whole column at a time."""
    return _MARK in text or bool(_HALF.search(text))


def cell_out(value: str) -> str:
    """A text as both databases can hold it: NUL and half characters written as JSON behind a mark."""
    return _MARK + json.dumps(value, ensure_ascii=True) if _ODD.search(value) else value


def cell_in(value: str) -> str:
    """The text that cell_out was given."""
    return str(json.loads(value[len(_MARK):])) if value.startswith(_MARK) else value
