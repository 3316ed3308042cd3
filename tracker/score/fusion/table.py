"""Who says what as integers: parties, items, and facts (an item with one of its values), with the few sums that every method is made of."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from tracker.score.rounds import Reals

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """Each row once: party `party[k]` says fact `fact[k]`; fact f is a value of item `item[f]`. Facts of one item are rivals and lie side by side.

    Codes count from 0 without gaps; rows are sorted by fact, then party, so that equal tables give equal sums. A party may say several values of
    one item. The answers of all methods are arrays over party codes (trust) and fact codes (belief).

    Where it is known, `kind` has the kind of question that each item is, as codes, and `parts` the parts of values that are lists: facts x (an item
    with one of its parts), 1 where the value has the part (CSR). Our default uses them, the published methods do not.
    """

    party: Ints
    fact: Ints
    item: Ints
    parties: int
    kind: Ints | None = None
    parts: Any = None

    @property
    def facts(self) -> int:
        return len(self.item)

    @cached_property
    def items(self) -> int:
        return int(self.item[-1]) + 1 if len(self.item) else 0

    @cached_property
    def says(self) -> Any:
        """Facts x parties, 1 where the party says the fact (CSR)."""
        return sparse.csr_matrix((np.ones(len(self.party)), self.party.astype(np.int32), _starts(self.fact, self.facts)), shape=(self.facts, self.parties))

    @cached_property
    def said(self) -> Any:
        """Parties x facts, the transpose (CSR)."""
        return self.says.T.tocsr()

    @cached_property
    def speaks(self) -> Any:
        """Parties x items, 1 where the party says anything of the item (CSR)."""
        pairs = distinct(self.item[self.fact] * self.parties + self.party)
        item, party = np.divmod(pairs, max(self.parties, 1))
        return sparse.csr_matrix((np.ones(len(pairs)), (party, item)), shape=(self.parties, self.items))

    @cached_property
    def first(self) -> Ints:
        """The first fact of each item."""
        return _starts(self.item, self.items)[:-1]

    @cached_property
    def voices(self) -> Reals:
        """Parties that say each fact."""
        return np.bincount(self.fact, minlength=self.facts).astype(float)

    @cached_property
    def output(self) -> Reals:
        """Facts that each party says."""
        return np.bincount(self.party, minlength=self.parties).astype(float)

    def per_item(self, over_facts: Reals) -> Reals:
        """Sum over the facts of each item."""
        return np.add.reduceat(over_facts, self.first) if self.items else np.zeros(0)

    def top(self, over_facts: Reals) -> Reals:
        """Largest number among the facts of each item."""
        return np.maximum.reduceat(over_facts, self.first) if self.items else np.zeros(0)

    def shares(self, over_facts: Reals) -> Reals:
        """Each fact's share of its item's sum; 0 where the sum is 0."""
        return over(over_facts, self.per_item(over_facts)[self.item])

    def odds_shares(self, log_odds: Reals, others: Reals | float = 0.0) -> Reals:
        """exp of each fact over the sum of its item and of `others` unseen values with log-odds 0 (per item), without overflow."""
        unseen = np.asarray(others, dtype=float)
        highest = np.maximum(self.top(log_odds), 0.0) if np.any(unseen) else self.top(log_odds)
        grown = np.exp(log_odds - highest[self.item])
        return np.asarray(grown / (self.per_item(grown) + unseen * np.exp(-np.maximum(highest, 0.0)))[self.item])

    def winners(self, over_facts: Reals) -> Reals:
        """1 shared among the facts of each item with its largest number (ties within 1e-12 of it)."""
        highest = self.top(over_facts)[self.item]
        return self.shares((over_facts >= highest - 1e-12 * np.abs(highest)).astype(float))

    def against(self, over_facts: Reals) -> Reals:
        """For each party, the sum over the rival facts of its items that it does not say itself."""
        return self.party_sums(over_facts)[1]

    def opposed(self, over_parties: Reals) -> Reals:
        """For each fact, the sum over the parties that say only rivals of it."""
        return self.fact_sums(over_parties)[1]

    def party_sums(self, over_facts: Reals) -> tuple[Reals, Reals]:
        """For each party, the sums over the facts it says and over their rivals that it does not say."""
        own = np.asarray(self.said @ over_facts)
        return own, np.asarray(self.speaks @ self.per_item(over_facts) - own)

    def fact_sums(self, over_parties: Reals) -> tuple[Reals, Reals]:
        """For each fact, the sums over the parties that say it and over those that say only rivals of it."""
        own = np.asarray(self.says @ over_parties)
        return own, np.asarray((self.speaks.T @ over_parties)[self.item] - own)


def table_of(party: ArrayLike, item: ArrayLike, value: ArrayLike, parties: int | None = None) -> Table:
    """The table from integer codes, one row a statement; repeated rows count once. Raises ValueError for codes below 0."""
    p, i, v = (np.asarray(codes, dtype=np.int64).ravel() for codes in (party, item, value))
    if len({len(p), len(i), len(v)}) > 1 or (len(p) and min(p.min(), i.min(), v.min()) < 0):
        raise ValueError("party, item and value must be equally long and not negative")
    spread, count = max(int(v.max(initial=0)) + 1, 1), int(p.max(initial=-1)) + 1 if parties is None else parties
    found, fact = np.unique(i * spread + v, return_inverse=True)
    fact, p = np.divmod(distinct(fact * max(count, 1) + p), max(count, 1))
    return Table(p, fact, np.unique(found // spread, return_inverse=True)[1].astype(np.int64), count)


def distinct(codes: Ints) -> Ints:
    """The codes once each, sorted: numpy's own way through a hash table takes eight times as long on a million."""
    ordered = np.sort(codes)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def over(left: Reals, right: Reals) -> Reals:
    """left / right, and 0 where right is 0."""
    return np.divide(left, right, out=np.zeros(np.broadcast(left, right).shape), where=right != 0)


def scaled(numbers: Reals) -> Reals:
    """The numbers divided by the largest; unchanged when that is 0."""
    highest = float(np.max(numbers, initial=0.0))
    return numbers / highest if highest > 0 else numbers


def _starts(sorted_codes: Sequence[int] | Ints, count: int) -> Ints:
    """Where each code begins in a sorted array, and its length at the end."""
    return np.concatenate([[0], np.cumsum(np.bincount(sorted_codes, minlength=count))]).astype(np.int64)
