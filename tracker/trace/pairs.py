"""Origins of one claim side by side: which pairs may be one, worked out by kinds of origin and not pair by pair."""
from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tracker.trace.doubts import Doubt, may_be_one, sets_apart
from tracker.trace.parties import Party, Provenance

Known = dict[tuple[str, str], Doubt | None]


@dataclass(slots=True)
class Origin:
    """One origin of the upper reading: a party of the cut, or several that the text itself counts as one; and the mentions that rest on it."""

    parties: list[Party]
    routes: dict[str, tuple[int, tuple[str, ...]]]
    first_seen: str

    @property
    def party(self) -> Party:
        """The party that stands for it."""
        return self.parties[0]

    @property
    def unnamed(self) -> bool:
        """Nobody named stands behind it."""
        return all(p.kind == "unnamed" for p in self.parties)

    @property
    def label(self) -> str:
        """What to call it."""
        name = self.party.label
        hidden = self.party.kind == "unnamed" and not any(w in name.lower() for w in ("unnamed", "anonymous"))
        return f"{name} (unnamed)" if hidden else name


class Ties:
    """The possible ties among the origins of one claim.

    `near[i]` has bit j set where origins i and j may be one. Origins that no rule can tell apart (two papers' own reports, two sources without a
    description) form a class and are compared once for all, so a claim in a thousand papers costs no million comparisons.
    """

    def __init__(self, origins: Sequence[Origin], found: Provenance, same: Mapping[str, str], before: Ties | None = None) -> None:
        self.origins, self.found, self.same = origins, found, same
        self._known: Known = {} if before is None else before._known
        self._copies: dict[str, frozenset[str]] = {} if before is None else before._copies
        classes: dict[Hashable, list[int]] = {}
        for place, origin in enumerate(origins):
            classes.setdefault(self._class_of(origin) or place, []).append(place)
        self.near = [0] * len(origins)
        for one, other in combinations(classes.values(), 2):
            if self._may_be(one[0], other[0]):
                self._tie(one, other)
        for one in classes.values():
            if len(one) > 1 and self._may_be(one[0], one[1]):
                self._tie(one, one)

    def among(self, parties: Sequence[Party]) -> list[int]:
        """For each party the bits of those it may be one with, whether the cut takes them now or would once others are gone."""
        return Ties([Origin([p], {}, "") for p in parties], self.found, self.same, self).near

    def _tie(self, one: Sequence[int], other: Sequence[int]) -> None:
        if len(one) == len(other) == 1:
            self.near[one[0]] |= 1 << other[0]
            self.near[other[0]] |= 1 << one[0]
            return
        bits, back = sum(1 << j for j in other), sum(1 << i for i in one)
        for i in one:
            self.near[i] |= bits & ~(1 << i)
        for j in other:
            self.near[j] |= back & ~(1 << j)

    def _class_of(self, origin: Origin) -> Hashable:
        """What the rules look at, for origins of which they look at nothing else; None for the others."""
        party = origin.party
        if len(origin.parties) > 1 or party.kind not in {"own", "unnamed"} or self.found.feeds.get(party.key) or sets_apart(party):
            return None
        if any(len(self.found.ends.get(m, ())) > 1 for m in party.mentions):
            return None
        return party.kind, party.controller, party.is_open, frozenset(party.affiliations), frozenset(party.wires), self._copies_of(party)

    def first(self, place: int) -> int:
        """The first origin before this one that it may be one with; -1 if there is none."""
        before = self.near[place] & ((1 << place) - 1)
        return (before & -before).bit_length() - 1

    def doubt(self, i: int, j: int) -> Doubt | None:
        """Why two origins may be one: all parties of the one and all of the other, so that a further report never adds a doubt."""
        doubts = [self._doubt(p, q) for p in self.origins[i].parties for q in self.origins[j].parties]
        return doubts[0] if all(doubts) else None

    def _may_be(self, i: int, j: int) -> bool:
        """Whether two origins may be one, whichever way round their parties were compared before; why is asked of few."""
        known = self._known
        for p in self.origins[i].parties:
            for q in self.origins[j].parties:
                back = q.key, p.key
                if not (known[back] if back in known else self._doubt(p, q)):
                    return False
        return True

    def _doubt(self, a: Party, b: Party) -> Doubt | None:
        pair = a.key, b.key
        if pair not in self._known:  # asked for the origins, for all parties and for the reasons
            self._known[pair] = self._compared(a, b)
        return self._known[pair]

    def _compared(self, a: Party, b: Party) -> Doubt | None:
        copied = self._copied(a, b)
        if not self.found.feeds.get(a.key) and not self.found.feeds.get(b.key):
            return may_be_one(a, b, same_article=not a.articles.keys().isdisjoint(b.articles), copied=copied)
        if copied or a.own or b.own or a.controller == b.controller != "":
            return may_be_one(a, b, copied=copied)
        sources = [self.found.parties[k] for p in (a, b) for k in _sources(p.key, self.found)]
        pairs = ((p, q) for p, q in combinations(sources, 2) if p.key != q.key)
        first = next(pairs, None)
        if first is None or not all(may_be_one(p, q) for p, q in combinations(_unlike(sources), 2)):
            return None
        return may_be_one(*first)

    def _copied(self, a: Party, b: Party) -> bool:
        """A mention of the one and a mention of the other print nearly the same passage; two named voices in one passage stay two."""
        if not self.same or not (a.own or b.own or a.kind == b.kind == "unnamed"):
            return False
        return not self._copies_of(a).isdisjoint(self._copies_of(b)) and a.mentions.keys().isdisjoint(b.mentions)

    def _copies_of(self, party: Party) -> frozenset[str]:
        """The classes of near-copies that its mentions belong to."""
        found = self._copies.get(party.key)
        if found is None:
            found = self._copies[party.key] = frozenset(self.same[m] for m in party.mentions if m in self.same)
        return found


def _unlike(parties: Sequence[Party]) -> list[Party]:
    """Enough of these parties to see whether each two may be one: of those that no rule tells apart, two."""
    kept: dict[Hashable, dict[str, Party]] = {}
    for p in parties:
        plain = p.kind in {"own", "unnamed"}
        look = (p.kind, p.controller, p.outlet_id, p.is_open, frozenset(p.affiliations), frozenset(p.wires)) if plain else p.key
        alike = kept.setdefault(look, {})
        if len(alike) < 2:
            alike[p.key] = p
    return [p for alike in kept.values() for p in alike.values()]


def _sources(key: str, found: Provenance) -> list[str]:
    """The parties fed from outside that feed a relay."""
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(found.feeds.get(node, ()))
    return sorted(k for k in seen if k in found.entries)
