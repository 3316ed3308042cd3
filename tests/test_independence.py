"""The cut and the groups, against trying everything."""
from __future__ import annotations

import random
import time
from itertools import combinations

from tracker.trace.doubts import may_be_one
from tracker.trace.independence import fewest_groups, minimum_cut
from tracker.trace.pairs import _unlike
from tracker.trace.parties import Party

Ends = list[frozenset[int]]
Feeds = dict[int, frozenset[int]]


def some_graph(chance: random.Random) -> tuple[Ends, Feeds, frozenset[int]]:
    """Up to eight parties: feeds mostly inwards, now and then a ring; one to four mentions."""
    n = chance.randint(1, 8)
    feeds: Feeds = {}
    for node in range(n):
        below = [m for m in range(n) if m != node and (m < node or chance.random() < 0.1)]
        feeders = frozenset(m for m in below if chance.random() < 0.35)
        if feeders:
            feeds[node] = feeders
    entries = frozenset(m for m in range(n) if m not in feeds or chance.random() < 0.2)
    ends = [frozenset(chance.sample(range(n), chance.randint(1, min(3, n)))) for _ in range(chance.randint(1, 4))]
    return ends, feeds, entries


def stands(ends: Ends, feeds: Feeds, entries: frozenset[int], fallen: frozenset[int]) -> bool:
    """Some mention still has a path from outside when these parties have fallen."""
    alive = {n for n in entries if n not in fallen}
    while grown := {n for n, feeders in feeds.items() if n not in alive and n not in fallen and feeders & alive}:
        alive |= grown
    return any(end & alive for end in ends)


def least(ends: Ends, feeds: Feeds, entries: frozenset[int]) -> int:
    nodes = sorted({n for end in ends for n in end} | set(feeds) | {n for f in feeds.values() for n in f})
    return next(k for k in range(len(nodes) + 1) if any(not stands(ends, feeds, entries, frozenset(c)) for c in combinations(nodes, k)))


def test_cut_agrees_with_trying_every_set_of_parties() -> None:
    """Three thousand graphs: the cut holds, nothing smaller does, and no order of the parts changes it."""
    for seed in range(3000):
        ends, feeds, entries = some_graph(random.Random(seed))
        cut = minimum_cut(ends, feeds, entries)
        assert not stands(ends, feeds, entries, cut), seed
        assert len(cut) == least(ends, feeds, entries), seed
        assert minimum_cut(ends[::-1], dict(reversed(feeds.items())), entries) == cut, seed


def test_cut_names_the_innermost_shared_party() -> None:
    """An official behind a wire behind three papers: the official, not the wire; two officials behind it: the wire."""
    three = [frozenset(["wire"])]
    assert minimum_cut(three, {"wire": frozenset(["official"])}, {"official"}) == {"official"}
    assert minimum_cut(three, {"wire": frozenset(["official", "clerk"])}, {"official", "clerk"}) == {"wire"}


def cliques(items: list[int], tied: set[frozenset[int]]) -> int:
    """The fewest groups by trying every partition."""
    best = len(items)

    def place(at: int, groups: list[list[int]]) -> None:
        nonlocal best
        if at == len(items):
            best = min(best, len(groups))
            return
        for group in groups:
            if all(frozenset((items[at], m)) in tied for m in group):
                group.append(items[at])
                place(at + 1, groups)
                group.pop()
        place(at + 1, [*groups, [items[at]]])

    place(0, [])
    return best


def bits(items: list[int], tied: set[frozenset[int]]) -> list[int]:
    return [sum(1 << j for j in items if frozenset((i, j)) in tied and i != j) for i in items]


def test_groups_agree_with_trying_every_partition() -> None:
    for seed in range(1500):
        chance = random.Random(seed)
        items = list(range(chance.randint(1, 7)))
        tied = {frozenset(p) for p in combinations(items, 2) if chance.random() < chance.choice((0.2, 0.5, 0.8))}
        groups = fewest_groups(bits(items, tied))
        assert len(groups) == cliques(items, tied), seed
        assert sorted(n for g in groups for n in g) == items
        assert all(frozenset(p) in tied for g in groups for p in combinations(g, 2)), seed


def test_large_claims_stay_quick() -> None:
    """Two hundred papers' own reporting beside five announcers: in a second, and exactly."""
    tied = {frozenset((a, o)) for a in range(5) for o in range(5, 205)}
    started = time.perf_counter()
    assert len(fewest_groups(bits(list(range(205)), tied))) == 200
    ends = [frozenset([n]) for n in range(400)]
    assert len(minimum_cut(ends, {n: frozenset([n + 1000]) for n in range(400)}, range(1000, 1400))) == 400
    assert time.perf_counter() - started < 3


def some_parties(chance: random.Random) -> list[Party]:
    """Own reports, unnamed and named voices and bodies in a few kinds, some of one house or one agency."""
    out = []
    for n in range(chance.randint(2, 9)):
        kind = chance.choice(["own", "unnamed", "unnamed", "person", "body"])
        name = {"own": "own reporting", "unnamed": chance.choice(["a source", "critics"]), "person": chance.choice(["Ann Lee", "Jonas Pell"]),
                "body": chance.choice(["Port Authority", "Coast Guard"])}[kind]
        house = chance.choice(["", "", "house"]) if kind == "own" else ""
        belongs = dict.fromkeys(chance.sample(["Port Authority", "Coast Guard"], chance.randint(0, 1))) if kind in {"unnamed", "person"} else {}
        out.append(Party(f"{kind}-{n}", kind, {name: None}, belongs, outlet_id=f"o{n}" if kind == "own" else "", controller=house,
                         wires=dict.fromkeys(chance.sample(["vell-wire"], chance.randint(0, 1))), own=kind == "own"))
    return out


def test_sources_of_a_relay_are_compared_by_kinds() -> None:
    """Whether each two of them may be one: the same answer as from all pairs, in 5,000 relays of which some say yes and some no."""
    answers = []
    for seed in range(5000):
        parties = some_parties(random.Random(seed))
        answers.append(all(may_be_one(p, q) for p, q in combinations(parties, 2)))
        assert all(may_be_one(p, q) for p, q in combinations(_unlike(parties), 2)) == answers[-1], seed
    assert 100 < sum(answers) < 4900
