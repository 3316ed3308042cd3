"""Both bounds on random small piles of news, against an account that only asks: if these parties fell, would anything still stand?

The account knows nothing of flows, graphs or cuts. It reads the same lines, lets every set of parties fall, and looks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

import networkx as nx
import pytest
from newsroom import NAMES, Line, pile, registry, says, tell

from tracker.trace import claims as tracing
from tracker.trace import resolve_voices
from tracker.trace.independence import minimum_cut
from tracker.trace.parties import Press, Provenance

OUTLETS = ("courier", "gazette", "herald", "ledger", "mirror")
VOICES = ("person:Ann Lee", "person:Jonas Pell", "body:Tarn Lines", "document:the harbour log", "unnamed:a source", "unnamed:two officials")
CLAIMS, PILES = 60, 50


def some_line(chance: random.Random, claim: str) -> Line:
    """A report with up to two chains; rings, wires, several reports of one outlet and citing of later stories all come about."""
    outlet = chance.choice(OUTLETS)
    chains = []
    for _ in range(chance.choice((0, 1, 1, 1, 2))):
        relays = chance.sample([o for o in OUTLETS if o != outlet], chance.choice((0, 0, 1, 1, 2)))
        last = [chance.choice(VOICES)] if not relays or chance.random() < 0.5 else []
        chains.append(">".join([*(f"outlet:{NAMES[o]}" for o in relays), *last]))
    day = chance.choice(("", "2031-03-01", "2031-03-02"))
    return says(outlet, *chains, claim=claim, day=day, wire="dateline:wire" if chance.random() < 0.15 else "")


def some_pile(seed: int) -> list[Line]:
    chance = random.Random(seed)
    return [some_line(chance, f"c-{n:02}") for n in range(CLAIMS) for _ in range(chance.randint(1, 4))]


def traced(lines: Sequence[Line]) -> Iterator[tracing.TracedClaim]:
    known, tables = registry(), pile(lines)
    voices = resolve_voices(tables["attributions"], tables["mentions"], tables["articles"], known)
    press = Press(tables["articles"].to_dict("records"), known)  # type: ignore[arg-type]
    yield from tracing.Pile(tables["mentions"], voices, tables["members"], press).trace()


class Account:
    """The same lines, read plainly: what each report rests on, and what stands behind each credited outlet."""

    def __init__(self, lines: Sequence[Line]) -> None:
        printed = {f"outlet:{name}": f"outlet:{o}" for o, name in NAMES.items()}
        self.reports: list[list[list[str]]] = []
        self.behind: dict[str, list[str]] = {}
        for place, line in enumerate(lines):
            wire = [f"outlet:{line.wire.partition(':')[2]}"] if line.wire else []
            # an unnamed voice is one for certain inside its article only
            chains = [[f"{v} {place}" if v.startswith("unnamed") else printed.get(v, v) for v in chain.split(">")] for chain in line.chains] or [[]]
            chains = [[*(w for w in wire if w not in chain), *chain] or [f"own:{line.outlet}"] for chain in chains]
            self.reports.append(chains)
            for chain in chains:
                for near, far in pairwise(chain):
                    self.behind.setdefault(near, []).append(far)
            self.behind.setdefault(f"outlet:{line.outlet}", []).extend(c[0] for c in chains)
        credited = {v for chains in self.reports for chain in chains for v in chain}
        self.in_a_ring = any(p in self.reach(p) for p in self.behind if p in credited)
        self._close_rings()
        self.parties = sorted({v for chains in self.reports for chain in chains for v in chain})

    def _close_rings(self) -> None:
        """Outlets that have it from each other and from nobody else are one party, which has it from outside."""
        for party in sorted(p for p in self.behind if p.startswith("outlet:")):
            ring = {q for q in self.reach(party) if party in self.reach(q)}
            if ring and all(b in ring for q in ring for b in self.behind.get(q, [])):
                name = f"ring:{party}"
                self.behind = {p: [name if b in ring else b for b in bs] for p, bs in self.behind.items() if p not in ring}
                self.reports = [[[name if v in ring else v for v in chain] for chain in chains] for chains in self.reports]

    def reach(self, party: str) -> set[str]:
        """Everybody an outlet has it from, step by step."""
        seen: set[str] = set()
        waiting = [b for b in self.behind.get(party, []) if b != party]
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                waiting.extend(self.behind.get(at, []) if at.startswith("outlet:") else [])
        return seen

    def alive(self, party: str, fallen: frozenset[str], asked: frozenset[str]) -> bool:
        """The party still has it from somewhere; an outlet that waits for itself has not."""
        if party in fallen or party in asked:
            return False
        behind = self.behind.get(party, []) if party.startswith("outlet:") else []
        return not behind or any(self.alive(b, fallen, asked | {party}) for b in behind)

    def stands(self, fallen: frozenset[str]) -> bool:
        """Some report still has somebody to rest on."""
        return any(self.alive(chain[0], fallen, frozenset()) for chains in self.reports for chain in chains)

    def least(self) -> int:
        """The fewest parties that bring everything down."""
        return next(k for k in range(len(self.parties) + 1) if any(not self.stands(frozenset(c)) for c in combinations(self.parties, k)))


def by_claim(lines: Sequence[Line]) -> dict[str, list[Line]]:
    out: dict[str, list[Line]] = {}
    for line in lines:
        out.setdefault(line.claim, []).append(line)
    return out


def late(lines: Sequence[Line]) -> set[tuple[int, str]]:
    """Reports (by place) that credit an outlet all of whose own reports are dated, and on later days."""
    out = set()
    for place, line in enumerate(lines):
        names = {v.partition(":")[2] for chain in line.chains for v in chain.split(">")}
        for outlet in OUTLETS:
            days = [other.day for other in lines if other.outlet == outlet]
            if NAMES[outlet] in names and outlet != line.outlet and days and line.day and all(day > line.day for day in days):
                out.add((place, outlet))
    return out


def check_most(seed: int) -> None:
    """The upper bound and the flag `circular`, for sixty claims."""
    told = by_claim(some_pile(seed))
    for claim in traced(some_pile(seed)):
        lines = told[claim.claim_id]
        account = Account(lines)
        assert claim.most == account.least(), claim.claim_id
        assert claim.provenance.circular == account.in_a_ring, claim.claim_id
        mine = sorted(m["mention_id"] for m in claim.members)
        assert {(mine.index(m), o) for m, o in claim.provenance.against_time} == late(lines), claim.claim_id


def falls(claim: tracing.TracedClaim, fallen: frozenset[str]) -> tuple[bool, frozenset[str]]:
    """Whether nothing stands any more, and the parties that still have it from outside."""
    found = claim.provenance
    alive = {p for p in found.entries if p not in fallen}
    while grown := {p for p, feeders in found.feeds.items() if p not in alive and p not in fallen and feeders & alive}:
        alive |= grown
    return not any(end & alive for end in found.ends.values()), frozenset(alive)


def check_cut(seed: int) -> None:
    """The cut is a smallest one, and of all smallest ones it leaves the fewest parties standing before it: it is nearest the outside."""
    for claim in traced(some_pile(seed)):
        cut = frozenset(o.party.key for o in claim.cut)
        smallest = [frozenset(c) for c in combinations(sorted(claim.provenance.parties), len(cut)) if falls(claim, frozenset(c))[0]]
        before = falls(claim, cut)[1]
        assert cut in smallest, claim.claim_id
        assert all(before <= falls(claim, other)[1] | other for other in smallest), claim.claim_id
        if len(cut) == 1:  # every other single point of failure has it from the one that is named
            assert all(not (other & falls(claim, cut)[1]) for other in smallest), claim.claim_id


def check_fewest(seed: int) -> None:
    """The lower bound is the fewest groups of origins that may pairwise be one, by trying every grouping."""
    for claim in traced(some_pile(seed)):
        places = range(len(claim.origins))
        tied = {frozenset(p) for p in combinations(places, 2) if claim.ties.doubt(*p) is not None}
        assert claim.fewest == fewest(list(places), tied, []), claim.claim_id
        assert claim.fewest <= claim.most <= len(claim.provenance.parties)


def fewest(left: list[int], tied: set[frozenset[int]], groups: list[list[int]]) -> int:
    """The fewest groups that take all of `left`, given these groups."""
    if not left:
        return len(groups)
    item, rest = left[0], left[1:]
    fitting = [n for n, group in enumerate(groups) if all(frozenset((item, m)) in tied for m in group)]
    joined = [fewest(rest, tied, [[*g, item] if n == k else g for k, g in enumerate(groups)]) for n in fitting]
    return min([*joined, fewest(rest, tied, [*groups, [item]])])


CHECKS = (check_most, check_cut, check_fewest)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
def test_bounds_agree_with_letting_every_set_fall(check: Callable[[int], None]) -> None:
    """Three thousand claims each."""
    for seed in range(PILES):
        check(seed)


def _all_voices(ends: Any, feeds: Any, entries: Any) -> frozenset[str]:
    """Planted: every party fed from outside is an origin, whatever they share."""
    return frozenset(entries)


def _nearest_the_page(ends: Any, feeds: Any, entries: Any) -> frozenset[str]:
    """Planted: a smallest cut, but the one nearest the articles."""
    size, nodes = len(minimum_cut(ends, feeds, entries)), sorted({n for end in ends for n in end} | {f for fs in feeds.values() for f in fs})
    claim = tracing.TracedClaim("", [], Provenance({}, feeds, entries, dict(enumerate(ends))), [], [], None, [], [])  # type: ignore[arg-type]
    every = [frozenset(c) for c in combinations(nodes, size) if falls(claim, frozenset(c))[0]]
    return max(every, key=lambda c: (len(falls(claim, c)[1]), sorted(c)))


def _whatever_hangs_together(near: Sequence[int]) -> list[list[int]]:
    """Planted: all that is tied by any chain of ties is one, as if "may be one" carried over."""
    graph = nx.Graph([(i, j) for i in range(len(near)) for j in range(len(near)) if near[i] >> j & 1])
    graph.add_nodes_from(range(len(near)))
    return sorted(sorted(part) for part in nx.connected_components(graph))


FAULTS: tuple[tuple[str, Callable[[int], None], str, Any], ...] = (
    ("voices are not cut", check_most, "tracker.trace.claims.minimum_cut", _all_voices),
    ("rings are left open", check_most, "tracker.trace.parties._Builder._mend_circles", lambda self, entries: False),
    ("time does not matter", check_most, "tracker.trace.parties._Builder._against_time", lambda self, mentions: iter(())),
    ("a cut near the page", check_cut, "tracker.trace.claims.minimum_cut", _nearest_the_page),
    ("ties carry over", check_fewest, "tracker.trace.claims.fewest_groups", _whatever_hangs_together),
)


@pytest.mark.parametrize(("fault", "check", "where", "what"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_planted_fault_is_caught(fault: str, check: Callable[[int], None], where: str, what: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(where, what)
    with pytest.raises(AssertionError):
        for seed in range(PILES):
            check(seed)


def test_citing_a_later_story_is_circular() -> None:
    """A paper cannot have it from a story that came a day later; of one day, or undated, it can."""
    herald = f"outlet:{NAMES['herald']}"

    def circular(mine: str, theirs: str) -> bool:
        return bool(tell(says("courier", herald, day=mine), says("herald", "person:Ann Lee", day=theirs)).claim()["circular"])

    assert circular("2031-03-01", "2031-03-02")
    assert not any(circular(*days) for days in (("2031-03-02", "2031-03-01"), ("2031-03-01", "2031-03-01"), ("2031-03-01", ""), ("", "2031-03-02")))
