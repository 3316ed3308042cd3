"""The credited parties of one claim and who feeds whom: what the cut is taken over."""
from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import networkx as nx

from tracker.registry import Registry
from tracker.tables import listed
from tracker.text import safe, shorten, squeeze
from tracker.trace.names import BodyName, body_name, core, person_name, same_body, word_set
from tracker.trace.voices import bare_words, speaks_for

Row = Mapping[str, Any]

ASSEMBLIES = word_set(
    "senate house congress parliament committee subcommittee council assembly duma bundestag knesset party caucus court conference legislature")
# Descriptions that name an open group and hide nobody: the group is not the minister who speaks elsewhere in the pile.
OPEN_GROUPS = word_set(
    "democrats republicans historians critics analysts experts lawmakers senators residents villagers activists supporters opponents protesters users "
    "bloggers media economists scientists researchers conservationists environmentalists scholars voters locals neighbors neighbours relatives commentators "
    "observers rivals allies")
WIRE_CERTAIN = ("dateline", "byline", "closing")
"""Credit lines that say whose text it is; any other ("with reporting by") says only that a wire may stand behind it."""


@dataclass(slots=True)
class Party:
    """One credited voice, relay or outlet of a claim, or an outlet's own reporting."""

    key: str
    kind: str
    names: dict[str, None] = field(default_factory=dict)
    affiliations: dict[str, None] = field(default_factory=dict)
    outlet_id: str = ""
    controller: str = ""
    controller_name: str = ""
    basis: str = "unknown"
    articles: dict[str, None] = field(default_factory=dict)
    mentions: dict[str, None] = field(default_factory=dict)
    wires: dict[str, None] = field(default_factory=dict)
    own: bool = False
    shown: str = ""

    @property
    def label(self) -> str:
        """The fullest printed name, made safe to show; asked for only when the party is complete."""
        if not self.shown:
            longest = max(self.names, key=lambda n: (len(n), n), default=self.key)
            self.shown = shorten(squeeze(safe(longest)), 120)
        return self.shown

    @property
    def is_open(self) -> bool:
        """An open group that hides nobody ("critics")."""
        return self.kind == "unnamed" and all(OPEN_GROUPS & set(bare_words(n)) for n in self.names)


@dataclass(slots=True)
class Provenance:
    """The graph of one claim: parties, who feeds whom, which are fed from outside, and what feeds each supporting mention."""

    parties: dict[str, Party] = field(default_factory=dict)
    feeds: dict[str, frozenset[str]] = field(default_factory=dict)
    entries: frozenset[str] = frozenset()
    ends: dict[str, frozenset[str]] = field(default_factory=dict)
    circular: bool = False
    carriers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Outlet to its supporting mentions."""
    against_time: tuple[tuple[str, str], ...] = ()
    """Mention and outlet: it credits an outlet of which every report of the claim came on a later day."""


class Press:
    """What is known of articles and outlets, looked up while claims are traced."""

    def __init__(self, articles: Iterable[Row], registry: Registry) -> None:
        self.registry = registry
        self.article = {str(a["article_id"]): a for a in articles}
        self._outlets = {key: str(a["outlet_id"]) or key for key, a in self.article.items()}
        self._days = {key: str(a["published_at"]) for key, a in self.article.items()}
        self._names: dict[str, str] = {}
        self._credits: dict[str, tuple[list[str], list[str]]] = {}
        self._controllers: dict[str, tuple[str, str]] = {}

    def outlet(self, article_id: str) -> str:
        """The outlet of an article; an article of an unknown outlet stands for an outlet of its own."""
        return self._outlets[article_id]

    def name(self, outlet: str) -> str:
        """What to call an outlet."""
        if outlet not in self._names:
            file = shorten(squeeze(safe(str(self.article[outlet]["file"]))), 80) if outlet in self.article else ""
            unknown = f"unknown outlet ({file})" if file else "unknown outlet"
            self._names[outlet] = self.registry.name(outlet) or (unknown if outlet in self.article else outlet)
        return self._names[outlet]

    def controller(self, outlet: str) -> tuple[str, str]:
        """Who stands behind an outlet, by id and by name; "" if nobody but itself."""
        if outlet not in self._controllers:
            above = self.registry.controller(outlet)
            self._controllers[outlet] = above, self.registry.name(above) or above
        return self._controllers[outlet]

    def credits(self, article_id: str) -> tuple[list[str], list[str]]:
        """Wires an article certainly and possibly comes from, by outlet id."""
        if article_id not in self._credits:
            found = [str(c).partition(":") for c in listed(self.article[article_id]["credit"])]
            own = self.outlet(article_id)
            sure = [w for how, _, w in found if how in WIRE_CERTAIN and w and w != own]
            self._credits[article_id] = sure, [w for how, _, w in found if how not in WIRE_CERTAIN and w and w != own]
        return self._credits[article_id]

    def day(self, article_id: str) -> str:
        """When an article was published; "" if unknown."""
        return self._days[article_id]


def build_provenance(mentions: Iterable[Row], chains: Mapping[str, Sequence[Sequence[Row]]], press: Press) -> Provenance:
    """The graph of one claim from its supporting mentions and their chains of credit (nearest the article first).

    A headline has no room for a credit: it rests on whatever its story credits for the claim.
    """
    return _Builder(press).build(list(mentions), chains)


class _Builder:
    def __init__(self, press: Press) -> None:
        self.press = press
        self.parties: dict[str, Party] = {}
        self.feeds: dict[str, set[str]] = {}
        self.innermost: set[str] = set()
        self.ends: dict[str, set[str]] = {}
        self.carried: dict[str, set[str]] = {}
        self.carrier: dict[str, dict[str, None]] = {}

    def build(self, mentions: list[Row], chains: Mapping[str, Sequence[Sequence[Row]]]) -> Provenance:
        bodies: dict[str, list[Sequence[Row]]] = {}
        for mention in mentions:
            bodies.setdefault(mention["article_id"], []).extend(chains.get(mention["mention_id"], []))
        for mention in mentions:
            branches = chains.get(mention["mention_id"], [])
            self._read(mention, branches or (bodies[mention["article_id"]] if mention["headline"] else []))
        merged = self._merge_speakers_with_bodies()
        for outlet, first in sorted(self.carried.items()):
            if f"outlet:{outlet}" in self.parties:
                self._feed(f"outlet:{outlet}", {merged.get(f, f) for f in first})
        entries = {p for p in self.innermost if not self.feeds.get(p) or not p.startswith("outlet:")}
        against_time = tuple(sorted(self._against_time(mentions)))
        circular = self._mend_circles(entries)
        feeds = {k: frozenset(v) for k, v in self.feeds.items() if v}
        ends = {m: frozenset(v) for m, v in self.ends.items()}
        return Provenance(self.parties, feeds, frozenset(entries), ends, circular, {o: tuple(ms) for o, ms in self.carrier.items()}, against_time)

    # -- reading --------------------------------------------------------------------------------------------------------------

    def _read(self, mention: Row, branches: Sequence[Sequence[Row]]) -> None:
        article_id, mention_id = mention["article_id"], mention["mention_id"]
        outlet = self.press.outlet(article_id)
        sure, perhaps = self.press.credits(article_id)
        chains = [kept for branch in branches if (kept := [hop for hop in branch if hop["speaker_outlet_id"] != outlet or hop["speaker_kind"] == "unnamed"])]
        nearest: set[str] = set()
        for chain in chains or [[]]:
            keys = list(dict.fromkeys([self._voice(hop, article_id, mention_id) for hop in chain]))
            if sure and not any(f"outlet:{w}" in keys for w in sure):
                keys.insert(0, self._outlet(sure[0], article_id, mention_id))
            keys = keys or [self._own(outlet, article_id, mention_id, perhaps)]
            for near, far in pairwise(keys):
                self._feed(near, {far})
            self.innermost.add(keys[-1])
            nearest.add(keys[0])
        self.ends[mention_id] = nearest
        self.carried.setdefault(outlet, set()).update(nearest)
        self.carrier.setdefault(outlet, {})[mention_id] = None

    def _feed(self, node: str, feeders: Iterable[str]) -> None:
        self.feeds.setdefault(node, set()).update(f for f in feeders if f != node)

    def _party(self, key: str, kind: str, name: str, article_id: str, mention_id: str) -> Party:
        party = self.parties.get(key)
        if party is None:
            party = self.parties[key] = Party(key, kind)
        party.names[name] = party.articles[article_id] = party.mentions[mention_id] = None
        return party

    def _outlet(self, outlet: str, article_id: str, mention_id: str) -> str:
        party = self._party(f"outlet:{outlet}", "outlet", self.press.name(outlet), article_id, mention_id)
        party.outlet_id = outlet
        self._control(party, outlet, "")
        return party.key

    def _own(self, outlet: str, article_id: str, mention_id: str, wires: Iterable[str]) -> str:
        party = self._party(f"own:{outlet}", "own", f"own reporting of {self.press.name(outlet)}", article_id, mention_id)
        party.outlet_id, party.own = outlet, True
        self._control(party, outlet, "")
        party.wires.update(dict.fromkeys(wires))
        return party.key

    def _voice(self, hop: Row, article_id: str, mention_id: str) -> str:
        known, affiliation = hop["speaker_outlet_id"], hop["affiliation"]
        key: str = f"outlet:{known}" if known else hop["speaker_id"]
        kind = "body" if speaks_for(hop) else hop["speaker_kind"]
        party = self._party(key, kind, hop["speaker"], article_id, mention_id)
        party.outlet_id = known
        self._control(party, known, affiliation)
        if affiliation:
            party.affiliations[affiliation] = None
        party.basis = hop["basis"] or party.basis
        return key

    def _control(self, party: Party, outlet: str, affiliation: str) -> None:
        """Who stands behind the party: above its outlet, or above the body it speaks for."""
        if not party.controller and (known := outlet or (self.press.registry.by_name(affiliation) if affiliation else "")):
            party.controller, party.controller_name = self.press.controller(known)

    # -- joining --------------------------------------------------------------------------------------------------------------

    def _merge_speakers_with_bodies(self) -> dict[str, str]:
        """A person who speaks for a credited body, or has his own office credited, is that body's voice; members of an assembly speak for themselves."""
        bodies = {k: [body_name(n) for n in (*p.names, *p.affiliations)] for k, p in self.parties.items() if p.kind == "body"}
        merged: dict[str, str] = {}
        for key in [k for k, p in self.parties.items() if p.kind == "person"] if bodies else []:
            party = self.parties[key]
            mine = [body_name(a) for a in party.affiliations if not ASSEMBLIES & set(bare_words(a))]
            surnames = {person_name(n).plain for n in party.names}
            fitting = [b for b, names in bodies.items() if any(same_body(m, n) for m in mine for n in names) or any(_office_of(n, surnames) for n in names)]
            if len(fitting) == 1:
                merged[key] = fitting[0]
        for person, body in merged.items():
            self._join(person, body)
        return merged

    def _join(self, old: str, new: str) -> None:
        party, into = self.parties.pop(old), self.parties[new]
        into.names.update(party.names)
        into.affiliations.update(party.affiliations)
        into.articles.update(party.articles)
        into.mentions.update(party.mentions)
        self._feed(new, self.feeds.pop(old, set()))
        for node, feeders in self.feeds.items():
            if old in feeders:
                feeders.discard(old)
                self._feed(node, {new})
        for feeders in self.ends.values():
            if old in feeders:
                feeders.discard(old)
                feeders.add(new)
        if old in self.innermost:
            self.innermost.discard(old)
            self.innermost.add(new)

    def _against_time(self, mentions: Iterable[Row]) -> Iterator[tuple[str, str]]:
        """Credits that run against time; undated reports prove nothing, and neither do two of one day."""
        day = {m["mention_id"]: self.press.day(m["article_id"])[:10] for m in mentions}
        for outlet, carriers in self.carrier.items():
            first = min((day[m] for m in carriers), default="")
            party = self.parties.get(f"outlet:{outlet}")
            if party is not None and first:  # an undated report of the outlet sorts first and may be the one that was credited
                yield from ((m, outlet) for m in party.mentions if m not in carriers and day[m] and day[m] < first)

    def _mend_circles(self, entries: set[str]) -> bool:
        """Outlets that credit each other in a ring: the ring counts as fed from outside once, at all of it together, if nothing else feeds it."""
        graph = nx.DiGraph([(f, n) for n, feeders in sorted(self.feeds.items()) for f in sorted(feeders)])
        rings = [sorted(r) for r in nx.strongly_connected_components(graph) if len(r) > 1]
        for ring in sorted(rings):
            members = set(ring)
            outside = {f for n in ring for f in self.feeds.get(n, ()) if f not in members}
            if not outside and not members & entries:
                self._close(ring, entries)
        return bool(rings)

    def _close(self, ring: list[str], entries: set[str]) -> None:
        keep = ring[0]
        for node in ring[1:]:
            self._join(node, keep)
        self.feeds[keep] = {f for f in self.feeds.get(keep, set()) if f != keep and f not in ring}
        entries.add(keep)


def _office_of(body: BodyName, surnames: Collection[str]) -> bool:
    """The body is a person's own office, team or staff ("Mr. Fishman's office")."""
    bare = core(body)
    return bool(bare) and len(bare) < len(body.words) and bare[-1] in surnames
