"""A person's judgements on pairs of mentions, as what clustering must and must not put together."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from tracker.link.pile import Pile
from tracker.model import JUDGED

SAID = {"same": f"{JUDGED}one claim", "different": f"{JUDGED}two claims", "rival": f"{JUDGED}rival claims of one question"}
SET_ASIDE = f"{JUDGED}one claim, which is set aside since other judgements keep the two apart"
RANK = {"same": 0, "different": 1, "rival": 2}
Pair = tuple[str, str]


class Judgements(NamedTuple):
    """Pairs of mention ids, the lesser first: what was judged of each, in the order given; those to be one claim; those never to be one."""

    given: Mapping[Pair, str]
    same: Sequence[Pair]
    apart: Sequence[Pair]


class Units(NamedTuple):
    """What is clustered once judgements are obeyed: items, each a distinct wording; a judgement may split one wording over several items.

    `item_of`: the item of each judged mention and of what is drawn along, -1 for one that no item stands for; `wording`: the distinct wording of each
    item; `must`, `never`: pairs of items, as two arrays each; `alone`: groups of mentions that no item stands for; `aside`: judgements not followed.
    """

    item_of: Mapping[str, int]
    wording: np.ndarray
    must: tuple[np.ndarray, np.ndarray]
    never: tuple[np.ndarray, np.ndarray]
    alone: Sequence[Sequence[str]]
    aside: frozenset[Pair]


def read_judgements(judged: pd.DataFrame | None, known: Collection[str]) -> Judgements:
    """The judgements on known mentions; of a pair judged twice "rival" counts before "different" before "same": merging wrongly inflates a count."""
    given: dict[Pair, str] = {}
    for row in () if judged is None else judged[["left_id", "right_id", "relation"]].to_dict("records"):
        pair = min(row["left_id"], row["right_id"]), max(row["left_id"], row["right_id"])
        if pair[0] != pair[1] and pair[0] in known and pair[1] in known and row["relation"] in RANK:
            given[pair] = max(row["relation"], given.get(pair, "same"), key=lambda r: RANK[r])
    return Judgements(given, [p for p, r in given.items() if r == "same"], [p for p, r in given.items() if r != "same"])


def judged_of(links: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """(left_id, right_id, relation, what was judged in words) of the links that a person judged."""
    rows = links[links["detail"].str.startswith(f'["{JUDGED}')]
    return [(r["left_id"], r["right_id"], r["relation"], json.loads(r["detail"])[0]) for r in rows.to_dict("records")]


def obey(judgements: Judgements, pile: Pile) -> Units:
    """Items to cluster, and which of them must or must never meet.

    First what was judged the same, in the order given; then a mention that only refers follows what it refers to, unless it was judged the same as
    another; then mentions of equal wording. A step that would put together what was judged apart is left out.
    """
    groups = _Groups(judgements.apart)
    aside = frozenset(p for p in judgements.same if not groups.join(*p))
    row = pile.row_of([m for pair in judgements.given for m in pair]) if judgements.given else {}
    row |= _follow(groups, row, pile)
    place = pile.place_of(list(row)) if row else {}
    order = sorted(row, key=lambda m: row[m])
    wording = list(range(len(pile.parts)))
    copies: dict[int, list[tuple[str, int]]] = {}
    for mention in (m for m in order if m in place):
        found = copies.setdefault(place[mention], [(f"wording {place[mention]}", place[mention])])
        if not any(groups.join(mention, node) for node, _ in found):
            found.append((mention, len(wording)))
            wording.append(place[mention])
    items: dict[str, list[int]] = {}
    for found in copies.values():
        for node, item in found:
            items.setdefault(groups.find(node), []).append(item)
    item_of = {m: items.get(groups.find(m), [-1])[0] for m in order}
    alone: dict[str, list[str]] = {}
    for mention in (m for m in order if item_of[m] < 0):
        alone.setdefault(groups.find(mention), []).append(mention)
    must = [(a, b) for found_items in items.values() for n, a in enumerate(found_items) for b in found_items[n + 1 :]]
    never = [(item_of[a], item_of[b]) for a, b in judgements.apart if item_of[a] >= 0 and item_of[b] >= 0]
    return Units(item_of, np.asarray(wording, dtype=np.int64), _columns(must), _columns(never), list(alone.values()), aside)


class _Groups:
    """Disjoint groups of mentions, none of which holds two that were judged apart."""

    def __init__(self, apart: Sequence[Pair]) -> None:
        self.parent: dict[str, str] = {}
        self.members: dict[str, set[str]] = {}
        self.enemies: dict[str, set[str]] = {}
        for a, b in apart:
            self.enemies.setdefault(a, set()).add(b)
            self.enemies.setdefault(b, set()).add(a)

    def find(self, member: str) -> str:
        """The member that stands for the group."""
        top = member
        while self.parent.setdefault(top, top) != top:
            top = self.parent[top]
        while self.parent[member] != top:
            self.parent[member], member = top, self.parent[member]
        self.members.setdefault(top, {top})
        return top

    def join(self, one: str, two: str) -> bool:
        """Make one group of two, unless that would break a judgement; whether they are one now."""
        a, b = self.find(one), self.find(two)
        if a == b:
            return True
        if len(self.members[a]) < len(self.members[b]):
            a, b = b, a
        if not self.enemies.get(a, set()).isdisjoint(self.members[b]):
            return False
        self.parent[b] = a
        self.members[a] |= self.members.pop(b)
        self.enemies.setdefault(a, set()).update(self.enemies.pop(b, ()))
        return True


def _follow(groups: _Groups, row: Mapping[str, int], pile: Pile) -> dict[str, int]:
    """Let groups of which every mention only refers follow the target of the first that can; the rows of the targets drawn along."""
    members: dict[str, list[str]] = {}
    for mention in sorted(row, key=lambda m: row[m]):
        members.setdefault(groups.find(mention), []).append(mention)
    alone = [group for group in members.values() if all(pile.refers[row[m]] for m in group)]
    targets = pile.row_of([pile.refers[row[m]] for group in alone for m in group]) if alone else {}
    drawn: dict[str, int] = {}
    for group in alone:
        for mention in group:
            target = pile.refers[row[mention]]
            if target in targets and groups.find(target) != groups.find(mention) and groups.join(mention, target):
                drawn[target] = targets[target]
                break
    return drawn


def _columns(pairs: Sequence[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    table = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
