"""How many parties must fall before a claim stands on nothing: the minimum vertex cut and the fewest groups.

Both are plain graph questions here; what the nodes mean is decided in parties.py and doubts.py.
"""
from __future__ import annotations

from collections import deque
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)

BUDGET = 20_000  # search steps for the fewest groups; real claims need under 100, and after these the best grouping found so far stands


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


def fewest_groups(items: Sequence[Node], tied: Collection[frozenset[Node]]) -> list[list[Node]]:
    """The items in the fewest groups of which all members are tied with one another (a minimum clique cover).

    Exact by branch and bound: the item with the fewest choices first, and no search once the groups are as few as items that are all apart.
    Groups and their members come in the order of `items`.
    """
    near = {a: {b for b in items if b != a and frozenset((a, b)) in tied} for a in items} if tied else {a: set() for a in items}
    groups: list[list[Node]] = []
    for part in _components(items, near):
        groups.extend(_Cover(part, near).best)
    place = {n: i for i, n in enumerate(items)}
    return sorted((sorted(g, key=lambda n: place[n]) for g in groups), key=lambda g: place[g[0]])


def _components(items: Sequence[Node], near: Mapping[Node, Collection[Node]]) -> list[list[Node]]:
    seen: set[Node] = set()
    parts = []
    for item in items:
        if item in seen:
            continue
        part = {item}
        waiting = [item]
        while waiting:
            for other in near[waiting.pop()]:
                if other not in part:
                    part.add(other)
                    waiting.append(other)
        seen |= part
        parts.append([n for n in items if n in part])
    return parts


class _Cover(Generic[Node]):
    """The fewest cliques of one connected part."""

    def __init__(self, items: list[Node], near: Mapping[Node, Collection[Node]]) -> None:
        self.items, self.near, self.steps = items, near, 0
        self.apart = self._all_apart()
        self.best: list[list[Node]] = [[n] for n in items]
        if len(items) > 1:
            self._place([])

    def _all_apart(self) -> int:
        """A number of items that no two of are tied, found greedily: there cannot be fewer groups."""
        chosen: list[Node] = []
        for item in sorted(self.items, key=lambda n: len(self.near[n])):
            if not any(c in self.near[item] for c in chosen):
                chosen.append(item)
        return len(chosen)

    def _place(self, groups: list[list[Node]]) -> None:
        self.steps += 1
        if len(groups) >= len(self.best) or self.steps > BUDGET or len(self.best) == self.apart:
            return
        placed = {n for g in groups for n in g}
        left = [n for n in self.items if n not in placed]
        if not left:
            self.best = [list(g) for g in groups]
            return
        fitting = {n: [g for g in groups if all(m in self.near[n] for m in g)] for n in left}
        item = min(left, key=lambda n: (len(fitting[n]), len(self.near[n])))
        for group in fitting[item]:
            group.append(item)
            self._place(groups)
            group.pop()
        self._place([*groups, [item]])
