"""How many parties must fall before a claim stands on nothing: the minimum vertex cut and the fewest groups.

Both are plain graph questions here; what the nodes mean is decided in parties.py and doubts.py.
"""
from __future__ import annotations

from collections import deque
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)

BUDGET = 100_000  # items placed in the search for the fewest groups (about a second); real claims need under a hundred, then the best so far stands
SEARCHED = 60  # origins of one claim up to which the search is run; larger claims get the first grouping, which is nearly always as good


def minimum_cut(ends: Collection[frozenset[Node]], feeds: Mapping[Node, frozenset[Node]], entries: Collection[Node]) -> frozenset[Node]:
    """The fewest nodes whose removal leaves no path from outside to any end.

    `ends`: for each place that cannot be cut (a mention), the nodes that feed it. `feeds`: the nodes that feed a node. `entries`: nodes that
    are fed from outside. Of several smallest cuts the one nearest the outside is given; it is unique, so neither names nor order matter.
    """
    if not any(feeds.get(n) for end in ends for n in end):
        return frozenset(n for end in ends for n in end if n in entries)
    return _Flow(ends, feeds, entries).cut()


class _Flow(Generic[Node]):
    """Unit flow through split nodes: (node, 0) is where a node is entered, (node, 1) where it is left; an arc between them holds one unit."""

    def __init__(self, ends: Collection[frozenset[Node]], feeds: Mapping[Node, frozenset[Node]], entries: Collection[Node]) -> None:
        nodes = _upstream(ends, feeds)
        self.number = {n: i for i, n in enumerate(nodes)}
        self.nodes = nodes
        self.source, self.sink = 2 * len(nodes), 2 * len(nodes) + 1
        self.room: list[dict[int, int]] = [{} for _ in range(2 * len(nodes) + 2)]
        many = len(nodes) + 1
        for node, i in self.number.items():
            self._arc(2 * i, 2 * i + 1, 1)
            if node in entries:
                self._arc(self.source, 2 * i, many)
            for feeder in feeds.get(node, ()):
                self._arc(2 * self.number[feeder] + 1, 2 * i, many)
        for end in ends:
            for node in end:
                self._arc(2 * self.number[node] + 1, self.sink, many)

    def _arc(self, a: int, b: int, units: int) -> None:
        self.room[a][b] = units
        self.room[b].setdefault(a, 0)

    def cut(self) -> frozenset[Node]:
        while True:
            before = self._reach()
            if self.sink not in before:
                break
            at = self.sink
            while at != self.source:
                self.room[before[at]][at] -= 1
                self.room[at][before[at]] += 1
                at = before[at]
        return frozenset(n for n, i in self.number.items() if 2 * i in before and 2 * i + 1 not in before)

    def _reach(self) -> dict[int, int]:
        """Every place that more flow can reach from outside, with the place before it."""
        before = {self.source: self.source}
        waiting = deque([self.source])
        while waiting:
            at = waiting.popleft()
            for onward, units in self.room[at].items():
                if units > 0 and onward not in before:
                    before[onward] = at
                    waiting.append(onward)
        return before


def _upstream(ends: Collection[frozenset[Node]], feeds: Mapping[Node, frozenset[Node]]) -> list[Node]:
    seen: dict[Node, None] = {}
    waiting = [n for end in ends for n in end]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen[node] = None
            waiting.extend(feeds.get(node, ()))
    return list(seen)


def fewest_groups(near: Sequence[int]) -> list[list[int]]:
    """The items 0, 1, ... in the fewest groups of which all members are tied with one another (a minimum clique cover).

    `near[i]` has bit j set where i and j are tied. Exact by branch and bound for up to SEARCHED items that differ in their ties, and beyond that
    wherever the first grouping already has no more groups than there are items that are all apart. Groups and their members are in order.
    """
    alike = _twins(near)
    return sorted(sorted(t for i in group for t in alike[i]) for part in _components(sorted(alike), near) for group in _Cover(part, near).best)


def _twins(near: Sequence[int]) -> dict[int, list[int]]:
    """Items tied with one another and with exactly the same others: one of them can stand for all, and big claims become small."""
    first: dict[int, int] = {}
    out: dict[int, list[int]] = {}
    for i, ties in enumerate(near):
        out.setdefault(first.setdefault(ties | 1 << i, i), []).append(i)
    return out


def _components(items: Sequence[int], near: Sequence[int]) -> list[list[int]]:
    left = set(items)
    parts = []
    while left:
        part, waiting = set[int](), [min(left)]
        while waiting:
            at = waiting.pop()
            if at in left:
                left.discard(at)
                part.add(at)
                waiting.extend(i for i in left if near[at] >> i & 1)
        parts.append(sorted(part))
    return parts


class _Cover:
    """The fewest cliques of one connected part; sets of items are bits of a number."""

    def __init__(self, items: Sequence[int], near: Sequence[int]) -> None:
        self.items, self.near, self.left = items, near, BUDGET
        self.ties = {i: sum(near[i] >> j & 1 for j in items) for i in items}
        self.seeds = self._all_apart()
        left = {i for i in items if 1 << i not in self.seeds}
        self.best = self._greedy(left)
        if len(self.seeds) < len(self.best) and len(items) <= SEARCHED:
            self._place(self.seeds, left)

    def _all_apart(self) -> list[int]:
        """Items that no two of are tied, found greedily: each needs a group of its own, so they open the groups and there cannot be fewer."""
        chosen: list[int] = []
        taken = 0
        for i in sorted(self.items, key=lambda i: (self.ties[i], i)):
            if not self.near[i] & taken:
                taken |= 1 << i
                chosen.append(1 << i)
        return chosen

    def _next(self, groups: Sequence[int], left: Collection[int]) -> tuple[int, list[int]]:
        """The item with the fewest groups to choose from, and these."""
        best, options = -1, list[int]()
        for i in sorted(left):
            fitting = [g for g, members in enumerate(groups) if not members & ~self.near[i]]
            if best < 0 or (len(fitting), self.ties[i]) < (len(options), self.ties[best]):
                best, options = i, fitting
        return best, options

    def _greedy(self, left: Collection[int]) -> list[list[int]]:
        groups, left = list(self.seeds), set(left)
        while left:
            i, options = self._next(groups, left)
            left.discard(i)
            if options:
                groups[max(options, key=lambda g: (groups[g].bit_count(), -g))] |= 1 << i
            else:
                groups.append(1 << i)
        return self._listed(groups)

    def _listed(self, groups: Sequence[int]) -> list[list[int]]:
        return [[i for i in self.items if members >> i & 1] for members in groups]

    def _place(self, groups: list[int], left: set[int]) -> None:
        if len(groups) >= len(self.best) or self.left < 0 or len(self.best) == len(self.seeds):
            return
        if not left:
            self.best = self._listed(groups)
            return
        self.left -= len(left)
        i, options = self._next(groups, left)
        for g in options:
            self._place([members | (1 << i if n == g else 0) for n, members in enumerate(groups)], left - {i})
        self._place([*groups, 1 << i], left - {i})
