"""Dependence from behaviour: copies are found, people who err on their own are left alone, and merging changes who counts."""
from __future__ import annotations

import numpy as np
import pytest

from tracker.score.fusion import METHODS, Table, table_of
from tracker.score.fusion.dependence import CopySettings, _hoeffding, dependent_groups, dependent_pairs, merge
from tracker.score.rounds import settled


def world(seed: int, *, copies: dict[int, int] | None = None, parties: int = 20, items: int = 400, values: int = 8, right: float = 0.7,
          slips: float = 0.0, popular: bool = False) -> Table:
    """Everybody answers most items, right (0) with the same chance; a copy takes what its model says, but for some slips of its own."""
    chance = np.random.default_rng(seed)
    share = np.array([0.5 ** v if popular else 1.0 for v in range(values - 1)])
    said = np.where(chance.random((parties, items)) < right, 0, 1 + chance.choice(values - 1, (parties, items), p=share / share.sum()))
    for copy, model in (copies or {}).items():
        said[copy] = np.where(chance.random(items) < slips, said[copy], said[model])
    party, item = np.nonzero(chance.random((parties, items)) < 0.7)
    return table_of(party, item, said[party, item], parties)


def test_copies_are_found() -> None:
    """Two groups of copies, with a few slips, come out as those groups."""
    copies = {1: 0, 2: 0, 6: 5}
    table = world(1, copies=copies, slips=0.02)
    pairs = dependent_pairs(table)
    assert {tuple(p) for p in pairs[["left", "right"]].to_numpy()} == {(0, 1), (0, 2), (1, 2), (5, 6)}
    groups = dependent_groups(table, settings=CopySettings(overlap=0.9))
    assert groups[0] == groups[1] == groups[2] and groups[5] == groups[6] and groups.max() + 1 == 17


def test_half_a_copy_is_a_pair_and_no_group() -> None:
    """Who takes half from another depends on it, and is not the same voice."""
    table = world(2, copies={1: 0}, slips=0.5)
    pairs = dependent_pairs(table)
    assert [tuple(p) for p in pairs[["left", "right"]].to_numpy()] == [(0, 1)]
    assert dependent_groups(table, pairs=pairs).max() + 1 == 20


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("popular", [False, True])
@pytest.mark.parametrize("values", [2, 4, 12])
def test_independent_errors_raise_no_alarm(seed: int, popular: bool, values: int) -> None:
    """However popular some errors are, and with two values only, nobody is called a copy."""
    assert dependent_pairs(world(seed, values=values, popular=popular, right=0.6)).empty


def test_merging_saves_the_truth() -> None:
    """Five copies of a poor party outvote ten others until they count as one."""
    chance = np.random.default_rng(3)
    said = np.where(chance.random((15, 300)) < np.array([0.3] * 5 + [0.55] * 10)[:, None], 0, chance.integers(1, 9, (15, 300)))
    said[1:5] = said[0]
    party, item = np.nonzero(np.ones((15, 300)))
    table = table_of(party, item, said[party, item])
    value = np.unique(item * 9 + said[party, item]) % 9
    share = {name: float((table.winners(METHODS[name](table, stop=settled()).belief) * (value == 0)).sum() / 300) for name in ("popaccu", "merged")}
    assert share["popaccu"] < 0.4 and share["merged"] > 0.95, share


def test_the_counts_of_a_pair_are_the_plain_ones() -> None:
    """Shared, telling, both, agree and expected, counted one by one; both ways of counting give the same."""
    table = world(4, copies={1: 0}, slips=0.2, parties=8, items=500)
    says: list[dict[int, int]] = [{} for _ in range(8)]
    for p, f in zip(table.party, table.fact, strict=True):
        says[p][int(table.item[f])] = int(f)
    votes = np.bincount(table.fact)
    odd = [votes[f] < max(votes[table.item == table.item[f]]) for f in range(table.facts)]
    shared = telling = both = agree = 0
    expected = 0.0
    for i in says[0].keys() & says[1].keys():
        a, b = says[0][i], says[1][i]
        shared += a == b and odd[a]
        telling += bool(odd[a] or odd[b])
        voices = [votes[f] for f in range(table.facts) if table.item[f] == i and odd[f]]
        if odd[a] and odd[b] and len(voices) > 1:
            both, agree = both + 1, agree + (a == b)
            expected += sum(v * (v - 1) for v in voices) / (sum(voices) * (sum(voices) - 1))
    row = dependent_pairs(table).iloc[0]
    assert tuple(row[["left", "right", "shared", "telling", "both", "agree"]]) == (0, 1, shared, telling, both, agree)
    assert row["expected"] == pytest.approx(expected)


def test_the_bound_holds() -> None:
    """Hoeffding's bound is above the exact binomial tail, and not idle."""
    from scipy.stats import binom

    seen = np.arange(11, 40)
    bound = np.exp(_hoeffding(seen.astype(float), np.full(29, 10.0), np.full(29, 40.0)))
    exact = binom.sf(seen - 1, 40, 0.25)
    assert (bound >= exact - 1e-15).all() and (bound < 40 * exact + 1e-15).all()


def test_time_tells_who_was_first() -> None:
    """Left had all shared values a day before right."""
    table = world(5, copies={1: 0})
    when = np.where(table.party == 1, 2.0, np.where(table.party == 0, 1.0, np.nan))
    assert dependent_pairs(table, when=when).iloc[0]["earlier"] == dependent_pairs(table).iloc[0]["shared"]
    assert dependent_pairs(table).iloc[0]["earlier"] == 0


def test_merge_keeps_the_most_said_value() -> None:
    """A group says what most of its members say, and both where they tie."""
    table = table_of([0, 1, 2, 0, 1, 3], [0, 0, 0, 1, 1, 0], [5, 5, 6, 1, 2, 6])
    one = merge(table, np.array([0, 0, 0, 1]))
    assert sorted(zip(one.party.tolist(), one.fact.tolist(), strict=True)) == [(0, 0), (0, 2), (0, 3), (1, 1)]
