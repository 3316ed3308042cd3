"""From names to codes: the table of a frame of statements, with the kinds of its questions and the parts of values that are lists."""
from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from tracker.score.fusion.table import Ints, Table, distinct, table_of


class Labelled(NamedTuple):
    """A table with the names of its parties and, per fact, the names of item and value."""

    table: Table
    parties: NDArray[Any]
    items: NDArray[Any]
    values: NDArray[Any]


def encode(frame: pd.DataFrame, separator: str = "") -> Labelled:
    """The table of a frame with columns party, item and value; codes follow the sorted names, so the order of rows does not matter.

    A column `kind` gives the kind of question of every item; ValueError if an item has two. With a separator, values are lists of parts between it.
    """
    party, parties = _ranked(frame["party"])
    item, items = _ranked(frame["item"])
    value, values = _ranked(frame["value"])
    spread = max(len(values), 1)
    table = table_of(party, item, value, parties=len(parties))
    items_of, values_of = np.divmod(distinct(item * spread + value), spread)
    if "kind" in frame.columns:
        table = replace(table, kind=_kinds(item, frame["kind"], items))
    named = values[values_of]
    return Labelled(replace(table, parts=parts_of(table.item, named, separator)) if separator else table, parties, items[items_of], named)


def parts_of(item: Ints, values: NDArray[Any], separator: str) -> Any:
    """Facts x (an item with one of its parts), 1 where the fact's value has the part; empty parts do not count, and each counts once."""
    lists = [list(dict.fromkeys(part for part in (raw.strip() for raw in value.split(separator)) if part)) for value in values]
    fact = np.repeat(np.arange(len(lists)), [len(parts) for parts in lists])
    part = pd.factorize(np.array([part for parts in lists for part in parts], dtype=object), sort=True)[0].astype(np.int64)
    codes = item[fact] * (int(part.max(initial=-1)) + 1) + part
    found, place = np.unique(codes, return_inverse=True)
    return sparse.csr_matrix((np.ones(len(codes)), (fact, place)), shape=(len(lists), len(found)))


def _ranked(column: pd.Series) -> tuple[Ints, NDArray[Any]]:
    """Codes that follow the sorted names, and the names."""
    codes, found = pd.factorize(column)
    labels = np.asarray(found, dtype=object)
    order = np.argsort(labels, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[codes] if len(order) else codes.astype(np.int64), labels[order]


def _kinds(item: Ints, kind: pd.Series, items: NDArray[Any]) -> Ints:
    """The code of each item's kind."""
    codes, found = _ranked(kind)
    pairs = distinct(item * max(len(found), 1) + codes)
    of, kinds = np.divmod(pairs, max(len(found), 1))
    if len(of) > len(items):
        raise ValueError(f"the item {items[of[1:][of[1:] == of[:-1]][0]]!r} has two kinds")
    return np.asarray(kinds, dtype=np.int64)
