"""Which rows of a table are nearest to each row, found for all, or renewed where some rows are new since it was found last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy import sparse

UNIT: Final = 1_000_000_000  # likeness is counted in billionths: whole numbers are the same on every machine and in whatever order they are added
FINE: Final = 4_000  # cells of a dense table, at unit length, are counted in parts of this: their products are whole numbers that float32 holds
BATCH = 2_000  # rows worked on at a time
SPARE: Final = 0.5  # share of nearest rows that are kept beyond those asked for: of them some may go before a row has to be looked at anew

Cells = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Row, column, likeness of cells of the table of all rows against all."""
NONE: Final = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


class Near(NamedTuple):
    """The nearest of each row, likest first and of equals the lower first, as in a sparse matrix: `columns` and `likeness` from start[n] to start[n+1].

    `whole`: no other row is near enough to be named.
    """

    start: np.ndarray
    columns: np.ndarray
    likeness: np.ndarray
    whole: np.ndarray

    @property
    def row(self) -> np.ndarray:
        """The row of each cell."""
        return np.repeat(np.arange(len(self.whole)), np.diff(self.start))

    def first(self, most: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(row, column, place from 0) of at most so many of each row."""
        row = self.row
        rank = np.arange(len(row)) - self.start[row]
        kept = rank < most
        return row[kept], self.columns[kept].astype(np.int64), rank[kept]


class Table(NamedTuple):
    """Rows of unit length, sparse, or dense and made whole by `in_whole_numbers`; cells of less than `least` are not looked at."""

    rows: sparse.csr_matrix | np.ndarray
    least: int

    @property
    def size(self) -> int:
        """Number of rows."""
        return int(self.rows.shape[0])


def in_whole_numbers(rows: np.ndarray, least: float) -> Table:
    """A dense table as `Table`; `least` is a likeness from 0 to 1."""
    return Table(np.round(rows * FINE).astype(np.float32), int(least * FINE * FINE))


def find_near(table: Table, wide: int, some: np.ndarray | None = None) -> Near:
    """The at most `wide` nearest of each row, or of `some` in order; the others of these have none."""
    whole, cells = np.zeros(table.size, dtype=bool), [NONE]
    for batch, near in _batches(table, np.arange(table.size) if some is None else some):
        best, whole[batch] = _best(table, batch, near, wide)
        cells.append(best)
    return _as_near(table.size, _all(cells), whole)


def renew(table: Table, old: Near, place: np.ndarray, new: np.ndarray, most: int, wide: int) -> Near:
    """As find_near, at least as to the `most` nearest, from what was found before.

    `place`: where the old rows are now, in the same order, -1 for those that are gone; `new`: the other rows. A row keeps its nearest unless a new row
    is nearer; it is looked at anew where too many of them are gone.
    """
    fresh = np.zeros(table.size, dtype=bool)
    fresh[new] = True
    row, column = place[old.row], place[old.columns]
    stays = (row >= 0) & (column >= 0)
    row, column, score = row[stays], column[stays], old.likeness[stays].astype(np.int64)
    whole = np.zeros(table.size, dtype=bool)
    whole[place[place >= 0]] = old.whole[place >= 0]
    size = np.bincount(row, minlength=table.size)
    last = np.cumsum(size) - 1  # where each row's farthest stands
    known = size > 0
    # Of rows that are not `whole` nothing is known of cells beyond the farthest that is left.
    farthest = np.where(known & ~whole, score[last] if len(score) else 0, table.least)
    beyond = np.where(known & ~whole, column[last] if len(column) else 0, table.size)
    farthest[fresh | ~(known | whole)] = np.iinfo(np.int64).max
    cells = [(row, column, score)]
    for batch, near in _batches(table, new):
        best, whole[batch] = _best(table, batch, near, wide)
        back = _reaching(near, batch, farthest)
        inside = (back[2] > farthest[back[0]]) | (back[1] <= beyond[back[0]])
        cells += [best, _some(back, inside)]
    held = np.bincount(np.concatenate([c[0] for c in cells]), minlength=table.size)
    short = ~whole & ~fresh & (held < most)
    cells = [_some(part, ~short[part[0]]) for part in cells]
    for batch, near in _batches(table, np.flatnonzero(short)):
        best, whole[batch] = _best(table, batch, near, wide)
        cells.append(best)
    every = _all(cells)
    whole &= np.bincount(every[0], minlength=table.size) <= wide
    return _as_near(table.size, _ranked(*every, wide), whole)


def _batches(table: Table, rows: np.ndarray) -> Iterator[tuple[np.ndarray, sparse.csr_matrix | np.ndarray]]:
    """Row numbers and their likeness to all rows; of a dense table in whole numbers, itself below all."""
    across = table.rows.T if isinstance(table.rows, np.ndarray) else table.rows.T.tocsr()
    for at in range(0, len(rows), BATCH):
        some = rows[at : at + BATCH]
        near: sparse.csr_matrix | np.ndarray = table.rows[some] @ across
        if isinstance(near, np.ndarray):
            near[np.arange(len(some)), some] = -FINE * FINE
        yield some, near if isinstance(near, np.ndarray) else sparse.csr_matrix(near)


def _best(table: Table, some: np.ndarray, near: sparse.csr_matrix | np.ndarray, wide: int) -> tuple[Cells, np.ndarray]:
    """The `wide` best cells of these rows, and whether they are all that reach the least; of equals the lower columns."""
    if isinstance(near, np.ndarray):
        reach = (near >= table.least).sum(axis=1)
        least = np.partition(near, -wide, axis=1)[:, -wide] if near.shape[1] > wide else np.full(len(near), -np.inf)
        row, column = np.nonzero(near >= np.maximum(least, table.least)[:, None])
        cells = some[row], column, near[row, column].astype(np.int64)
        return _ranked(*cells, wide), reach <= wide
    row, column, score = _cells(near, table.least)
    others = column != some[row]
    row, column, score = row[others], column[others], score[others]
    size = np.bincount(row, minlength=len(some))
    ends = np.cumsum(size)
    chosen = np.ones(len(row), dtype=bool)
    for n in np.flatnonzero(size > wide).tolist():
        own = score[ends[n] - size[n] : ends[n]]
        chosen[ends[n] - size[n] : ends[n]] = own >= np.partition(own, -wide)[-wide]
    return _ranked(some[row[chosen]], column[chosen], score[chosen], wide), size <= wide


def _reaching(near: sparse.csr_matrix | np.ndarray, some: np.ndarray, farthest: np.ndarray) -> Cells:
    """The cells of these rows that reach what the other row has `farthest`, seen from that row."""
    if isinstance(near, np.ndarray):
        row, column = np.nonzero(near >= farthest[None, :])
        return column, some[row], near[row, column].astype(np.int64)
    row, column, score = _cells(near, int(farthest.min(initial=UNIT)))
    keep = score >= farthest[column]
    return column[keep], some[row[keep]], score[keep]


def _cells(near: sparse.csr_matrix, least: int) -> Cells:
    """The cells that reach the least, in whole numbers; few of many do, and only of these is the row looked up."""
    found = np.flatnonzero(near.data >= (least - 1) / UNIT)
    score = np.rint(near.data[found] * UNIT).astype(np.int64)
    found, score = found[score >= least], score[score >= least]
    return np.searchsorted(near.indptr, found, side="right") - 1, near.indices[found].astype(np.int64), score


def _some(cells: Cells, which: np.ndarray) -> Cells:
    row, column, score = cells
    return row[which], column[which], score[which]


def _ranked(row: np.ndarray, column: np.ndarray, score: np.ndarray, wide: int) -> Cells:
    """The cells in order of row, likest first, at most `wide` of a row."""
    order = np.lexsort((column, (row << np.int64(32)) - score))
    row, column, score = row[order], column[order], score[order]
    kept = np.arange(len(row)) - np.searchsorted(row, row) < wide
    return row[kept], column[kept], score[kept]


def _all(cells: Sequence[Cells]) -> Cells:
    row, column, score = (np.concatenate(parts) for parts in zip(*cells, strict=True))
    return row, column, score


def _as_near(count: int, cells: Cells, whole: np.ndarray) -> Near:
    """The cells, which are in order of row, likest first."""
    row, column, score = cells
    start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=count))])
    return Near(start.astype(np.int64), column.astype(np.int32), score.astype(np.uint32), whole)


def together(parts: Sequence[Near]) -> Near:
    """What was found for different rows, as one."""
    row = np.concatenate([p.row for p in parts])
    order = np.argsort(row, kind="stable")
    start = np.concatenate([[0], np.cumsum(sum(np.diff(p.start) for p in parts))])
    columns, likeness = (np.concatenate(c)[order] for c in zip(*((p.columns, p.likeness) for p in parts), strict=True))
    return Near(start, columns, likeness, np.logical_or.reduce([p.whole for p in parts]))
