"""Who depends on whom, from behaviour: parties that share rare values more often than parties who err on their own would, and the groups they form.

An *odd* value of an item is one that fewer parties give than its commonest value. Two parties that both give an odd value of an item, each on its
own, give the same one with a chance that the item itself shows: the share of pairs among its odd voices that agree. The number of agreements is a
sum of such chances; Hoeffding's bound (J. Amer. Stat. Assoc. 58, 1963, theorem 1) says how likely so many or more are, at any size. Items
with one odd value say nothing and are left out, so plain yes-or-no errors that fall together by necessity are no evidence.

That shared errors betray copying is from X. L. Dong, L. Berti-Equille, D. Srivastava, PVLDB 2(1), 2009; the test and the overlap are our own.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from tracker.score.fusion.table import Ints, Table, distinct
from tracker.score.rounds import Reals


@dataclass(frozen=True, slots=True)
class CopySettings:
    """When parties count as one."""

    chance: float = 0.01  # all pairs together raise a false alarm with at most this chance (Bonferroni)
    overlap: float = 0.95  # share of telling items on which each pair of a group agrees; on the single days of Flight .95 to .98 are within .001 of precision
    floor: float = 0.8  # lower bound of that share, so that few items make no group; .6 to .85 give the same on Flight and Book
    least: int = 3  # shared odd values below which no test can succeed among many parties
    common: int = 300  # a value that more parties give is not rare; bounds the work to this many pairs a statement
    widest: int = 3000  # parties in one component up to which it is cut into groups; a wider one stays whole
    tail: float = 1.645  # normal quantile of the lower bound of the overlap: 95 %, one side


DEFAULTS = CopySettings()


def dependent_pairs(table: Table, *, settings: CopySettings = DEFAULTS, when: Reals | None = None) -> pd.DataFrame:
    """Pairs of parties (left < right) whose shared odd values cannot be chance, strongest overlap first.

    Columns: left, right; shared (odd values both give), telling (items of both on which one or both are odd), overlap (shared / telling) and its
    lower bound low; both (items on which both are odd and could differ), agree (of those), expected (agreements by chance), log10_p (upper bound,
    before the correction for the number of pairs); earlier (shared values that left had before right less those it had after; 0 without
    `when`, a time per row of the table).
    """
    odd = _odd(table, settings)
    said, odd_items = _odd_facts(table, odd), _odd_items(table, odd)
    chance = _chance_of_agreement(table, odd)
    left, right, shared = _sharing(said, settings.least)
    informative = chance < 1 - 1e-12
    tested = odd_items @ sparse.diags(informative * (1 + 1j * chance)) @ odd_items.T
    counts = _at(tested, left, right)
    both, expected = counts.real, counts.imag
    agree = np.minimum(_at(said @ sparse.diags(informative[table.item].astype(float)) @ said.T, left, right), both)
    log_p = _hoeffding(agree, expected, both)
    sure = log_p + np.log(max(table.parties * (table.parties - 1) / 2, 1)) < np.log(settings.chance)
    left, right, shared = left[sure], right[sure], shared[sure]
    telling = np.maximum(_telling(table, odd_items, left, right), shared)
    frame = pd.DataFrame({
        "left": left, "right": right, "shared": shared.astype(np.int64), "telling": telling.astype(np.int64), "overlap": shared / np.maximum(telling, 1),
        "low": _lower(shared, telling, settings.tail), "both": both[sure].astype(np.int64), "agree": agree[sure].astype(np.int64),
        "expected": expected[sure], "log10_p": log_p[sure] / np.log(10), "earlier": _earlier(table, odd, left, right, when),
    })
    return frame.sort_values(["low", "left", "right"], ascending=[False, True, True], kind="stable").reset_index(drop=True)


def dependent_groups(table: Table, *, settings: CopySettings = DEFAULTS, pairs: pd.DataFrame | None = None) -> Ints:
    """The group of every party, numbered by first party; each pair inside a group overlaps by at least the settings' share (complete linkage)."""
    found = dependent_pairs(table, settings=settings) if pairs is None else pairs
    strong = found[(found["overlap"] >= settings.overlap) & (found["low"] >= settings.floor)]
    left, right, overlap = strong["left"].to_numpy(), strong["right"].to_numpy(), strong["overlap"].to_numpy()
    links = sparse.csr_matrix((overlap, (left, right)), shape=(table.parties, table.parties))
    links = links + links.T
    count, component = connected_components(links, directed=False)
    groups = component.astype(np.int64)
    sizes = np.bincount(component, minlength=count)
    for members in (np.flatnonzero(component == c) for c in np.flatnonzero((sizes > 2) & (sizes <= settings.widest))):
        apart = 1 - links[members][:, members].toarray()
        np.fill_diagonal(apart, 0)
        parts = fcluster(linkage(squareform(apart, checks=False), "complete"), 1 - settings.overlap + 1e-12, "distance")
        groups[members] = groups.max() + parts
    _, first, codes = np.unique(groups, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[codes].astype(np.int64)


def merge(table: Table, groups: Ints) -> Table:
    """The table with each group as one party; it gives an item the value that most of its members give, or several where they tie. Facts stay."""
    if np.array_equal(groups, np.arange(table.parties)):
        return table
    count = int(groups.max(initial=-1)) + 1
    rows, votes = np.unique(table.fact * max(count, 1) + groups[table.party], return_counts=True)
    fact, group = np.divmod(rows, max(count, 1))
    _, place = np.unique(table.item[fact] * max(count, 1) + group, return_inverse=True)
    most = np.zeros(int(place.max(initial=-1)) + 1)
    np.maximum.at(most, place, votes)
    kept = votes >= most[place]
    return Table(group[kept], fact[kept], table.item, count, table.kind, table.parts)


def _odd(table: Table, settings: CopySettings) -> Any:
    """Which facts are odd: fewer voices than their item's commonest value, and not too many to be rare."""
    return (table.voices < table.top(table.voices)[table.item]) & (table.voices <= settings.common) if table.facts else np.zeros(0, dtype=bool)


def _odd_facts(table: Table, odd: Any) -> Any:
    rows = odd[table.fact]
    return sparse.csr_matrix((np.ones(int(rows.sum())), (table.party[rows], table.fact[rows])), shape=(table.parties, table.facts))


def _odd_items(table: Table, odd: Any) -> Any:
    rows = odd[table.fact]
    item, party = np.divmod(distinct(table.item[table.fact[rows]] * max(table.parties, 1) + table.party[rows]), max(table.parties, 1))
    return sparse.csr_matrix((np.ones(len(item)), (party, item)), shape=(table.parties, table.items))


def _chance_of_agreement(table: Table, odd: Any) -> Reals:
    """Per item, the share of pairs among its odd voices that give the same value; 1 where there are no two odd voices or no two odd values."""
    voices = np.where(odd, table.voices, 0.0)
    total, same = table.per_item(voices), table.per_item(voices * (voices - 1))
    return np.where(total > 1, same / np.maximum(total * (total - 1), 1), 1.0)


def _sharing(said: Any, least: int) -> tuple[Ints, Ints, Reals]:
    """Pairs with at least so many odd values in common, in order."""
    product = sparse.triu(said @ said.T, k=1).tocsr()
    product.sort_indices()
    found = product.tocoo()
    kept = found.data >= least
    return found.row[kept].astype(np.int64), found.col[kept].astype(np.int64), found.data[kept]


def _at(matrix: Any, left: Ints, right: Ints) -> Any:
    """The entries of a sparse matrix at the pairs."""
    return np.asarray(matrix.tocsr()[left, right]).ravel() if len(left) else np.zeros(0, dtype=matrix.dtype)


def _telling(table: Table, odd_items: Any, left: Ints, right: Ints) -> Reals:
    """Items both speak of, on which one or both are odd; whole products for few parties, row by row for few pairs."""
    if not len(left):
        return np.zeros(0)
    by_item = np.bincount(odd_items.indices, minlength=table.items) @ np.bincount(table.speaks.indices, minlength=table.items)
    by_pair = len(left) * 3 * len(table.party) / max(table.parties, 1)
    if by_item < by_pair:
        one = odd_items @ table.speaks.T
        return np.asarray(_at(one, left, right) + _at(one, right, left) - _at(odd_items @ odd_items.T, left, right))
    out = []
    for start in range(0, len(left), 256):
        a, b = left[start:start + 256], right[start:start + 256]
        odd_a, odd_b, all_a, all_b = odd_items[a], odd_items[b], table.speaks[a], table.speaks[b]
        out.append(odd_a.multiply(all_b).sum(axis=1) + odd_b.multiply(all_a).sum(axis=1) - odd_a.multiply(odd_b).sum(axis=1))
    return np.asarray(np.concatenate([np.asarray(part).ravel() for part in out]))


def _hoeffding(seen: Reals, expected: Reals, trials: Reals) -> Reals:
    """Log of an upper bound on the chance of so many successes or more in independent trials that together expect so many; 0 (no bound) below it."""
    rate = np.clip(seen / np.maximum(trials, 1), 1e-12, 1 - 1e-12)
    mean = np.clip(expected / np.maximum(trials, 1), 1e-12, 1 - 1e-12)
    apart = rate * np.log(rate / mean) + (1 - rate) * np.log((1 - rate) / (1 - mean))
    return np.where(rate > mean, -trials * apart, 0.0)


def _lower(part: Reals, whole: Reals, tail: float) -> Reals:
    """Lower end of Wilson's interval of a share."""
    n = np.maximum(whole, 1e-9)
    share = np.minimum(part / n, 1.0)
    return np.asarray((share + tail**2 / (2 * n) - tail * np.sqrt(share * (1 - share) / n + tail**2 / (4 * n * n))) / (1 + tail**2 / n))


def _earlier(table: Table, odd: Any, left: Ints, right: Ints, when: Reals | None) -> Ints:
    """Shared odd values that left had before right, less those that right had before left; rows without a time (NaN) count for neither."""
    if when is None or not len(left):
        return np.zeros(len(left), dtype=np.int64)
    rows = odd[table.fact] & ~np.isnan(when)
    stamps = sparse.csr_matrix((when[rows] - np.min(when[rows], initial=0.0) + 1, (table.party[rows], table.fact[rows])), shape=(table.parties, table.facts))
    known = stamps.sign()
    gap = [(stamps[a].multiply(known[b]) - stamps[b].multiply(known[a])).sign().sum() for a, b in zip(left, right, strict=True)]
    return -np.asarray(gap, dtype=np.int64)
