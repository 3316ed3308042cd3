"""One claim traced: its provenance, its origins at the upper reading, and the groups they fall into at the lower."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tracker.tables import lookup, records
from tracker.trace.classes import join_pairs
from tracker.trace.independence import fewest_groups, minimum_cut
from tracker.trace.pairs import Origin, Ties
from tracker.trace.parties import Press, Provenance, build_provenance

Row = dict[str, Any]

RANK = {"person": 0, "body": 1, "document": 2, "outlet": 3, "unnamed": 4, "own": 5}


@dataclass(slots=True)
class TracedClaim:
    """All that is worked out for one claim."""

    claim_id: str
    members: list[Row]
    provenance: Provenance
    cut: list[Origin]
    origins: list[Origin]
    ties: Ties
    groups: list[list[int]]
    caps: list[tuple[int, str, str]]

    @property
    def fewest(self) -> int:
        """Independent origins if everything that may be one is one."""
        return len(self.groups)

    @property
    def most(self) -> int:
        """Independent origins if only what is certain is joined."""
        return len(self.origins)


class Pile:
    """Mentions, credits and articles of a run, ready to be read claim by claim."""

    def __init__(self, mentions: pd.DataFrame, attributions: pd.DataFrame, members: pd.DataFrame, press: Press) -> None:
        self.press = press
        self.chains = _chains(attributions)
        self.claim_of = lookup(members, "mention_id", "claim_id")
        self.article_of = lookup(mentions, "mention_id", "article_id")
        columns = ["mention_id", "article_id", "stance", "confirmed_max", "frame"]
        day = {m: press.day(a) if a in press.article else "" for m, a in self.article_of.items()}
        order = sorted(self.article_of, key=lambda m: (not day[m], day[m], m))
        self.when: Callable[[str], int] = {m: n for n, m in enumerate(order)}.__getitem__
        """Place of a mention in order of its article's date, undated last: a key to sort by."""
        self.claims: dict[str, list[Row]] = {}
        for row in records(mentions[columns].sort_values("mention_id", kind="stable")):
            if row["mention_id"] in self.claim_of and row["article_id"] in press.article:
                row["headline"] = _is_headline(row.pop("frame"))
                self.claims.setdefault(self.claim_of[row["mention_id"]], []).append(row)

    def roots(self, origins: Iterable[Origin]) -> list[str]:
        """The first mention that rests on each origin."""
        return [min(o.routes, key=self.when) for o in origins]

    def outlet(self, mention_id: str) -> str:
        """The outlet that prints the mention."""
        return self.press.outlet(self.article_of[mention_id])

    def trace(self, copies: Iterable[tuple[str, str]] = ()) -> Iterator[TracedClaim]:
        """Every claim traced, in order of its id; `copies`: pairs of mentions with nearly the same passage."""
        same = join_pairs(copies)
        for claim_id, rows in sorted(self.claims.items()):
            yield self._trace_claim(claim_id, rows, same)

    def _trace_claim(self, claim_id: str, rows: list[Row], same: Mapping[str, str]) -> TracedClaim:
        found = build_provenance([r for r in rows if r["stance"] == "supports"], self.chains, self.press)
        cut, origins, caps = self.count(rows, found)
        ties = Ties(origins, found, same)
        return TracedClaim(claim_id, rows, found, cut, origins, ties, fewest_groups(ties.near), caps)

    def count(self, rows: Iterable[Row], found: Provenance) -> tuple[list[Origin], list[Origin], list[tuple[int, str, str]]]:
        """The cut, the origins at the upper reading once limits that texts set are kept, and these limits (most, day, mention)."""
        cut = origins = self._cut(found)
        caps = [(int(r["confirmed_max"]), self.press.day(r["article_id"])[:10], r["mention_id"]) for r in rows if r["confirmed_max"] > 0]
        for limit, day, _ in sorted(caps):
            origins = _capped(origins, limit, day)
        return cut, origins, caps

    def _cut(self, found: Provenance) -> list[Origin]:
        keys = minimum_cut(set(found.ends.values()), found.feeds, found.entries)
        routes: dict[str, dict[str, tuple[int, tuple[str, ...]]]] = {k: {} for k in keys}
        known: dict[frozenset[str], dict[str, tuple[int, tuple[str, ...]]]] = {}
        for mention_id, end in found.ends.items():
            if end not in known:
                known[end] = _routes(end, found, keys)
            for key, route in known[end].items():
                routes[key][mention_id] = route
        origins = [Origin([found.parties[k]], dict(sorted(r.items())), self._first(r)) for k, r in routes.items()]
        return sorted(origins, key=lambda o: (RANK[o.party.kind], not o.first_seen, o.first_seen, o.label, o.party.key))

    def _first(self, mention_ids: Iterable[str]) -> str:
        return self.press.day(self.article_of[min(mention_ids, key=self.when)])


def _is_headline(frame: str) -> bool:
    """The mention stands in the title."""
    return '"title":true' in frame


def _chains(attributions: pd.DataFrame) -> dict[str, list[list[Row]]]:
    """Mention id to its branches, each the hops from the article inwards."""
    found: dict[str, dict[int, list[Row]]] = {}
    columns = ["mention_id", "branch", "hop", "speaker", "speaker_kind", "speaker_id", "speaker_outlet_id", "affiliation", "number", "basis"]
    for row in records(attributions[columns].sort_values(["mention_id", "branch", "hop"], kind="stable")):
        found.setdefault(row["mention_id"], {}).setdefault(row["branch"], []).append(row)
    return {m: list(branches.values()) for m, branches in found.items()}


def _routes(end: frozenset[str], found: Provenance, keys: frozenset[str]) -> dict[str, tuple[int, tuple[str, ...]]]:
    """From a mention inwards to each party of the cut: how many hops, and the names of the relays between, by the shortest way."""
    out: dict[str, tuple[int, tuple[str, ...]]] = {}
    seen: set[str] = set()
    level: list[tuple[str, tuple[str, ...]]] = [(k, ()) for k in sorted(end)]
    hop = 0
    while level:
        onward: list[tuple[str, tuple[str, ...]]] = []
        for key, via in level:
            if key in seen:
                continue
            seen.add(key)
            if key in keys:
                out[key] = (hop, via)
            else:
                onward.extend((f, (*via, found.parties[key].label)) for f in sorted(found.feeds.get(key, ())))
        level, hop = onward, hop + 1
    return out


def _capped(origins: Sequence[Origin], limit: int, day: str) -> list[Origin]:
    """At most `limit` origins of those seen by `day`: the text that says so knew no later ones. The last of them takes in the rest."""
    early = [o for o in origins if not day or not o.first_seen or o.first_seen[:10] <= day]
    if len(early) <= limit:
        return list(origins)
    kept, spare = early[:limit], early[limit:]
    last = kept[-1]
    routes = dict(sorted({k: r for o in reversed([last, *spare]) for k, r in o.routes.items()}.items()))
    first = min((o.first_seen for o in (last, *spare) if o.first_seen), default="")
    merged = Origin([p for o in (last, *spare) for p in o.parties], routes, first)
    swap = {id(last): merged}
    return [swap.get(id(o), o) for o in origins if not any(o is s for s in spare)]
