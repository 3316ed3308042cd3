"""Claims counted again from their provenance graphs (table `parties`) with articles and parties switched off, or voices taken for one.

What the articles told about who has it from whom stays known; nothing is read or linked again. The page counts by the same rule, and a test
holds the two together.
"""
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from tracker.registry import Registry
from tracker.tables import Case, among, listed, lookup, make, records, tuples, union
from tracker.trace.claims import RANK, Pile, TracedClaim
from tracker.trace.doubts import Doubt
from tracker.trace.independence import fewest_groups
from tracker.trace.origins import Traced, rows_of
from tracker.trace.pairs import Origin, Ties
from tracker.trace.parties import Party, Press, Provenance

Row = dict[str, Any]

NOTHING: Mapping[str, Any] = {
    "first_seen_at": "", "last_seen_at": "", "n_mentions": 0, "n_outlets": 0, "independent_min": 0, "independent_max": 0, "status": "unsupported",
    "disputed": False, "unverified": False, "echo": False, "unnamed_only": False, "single_outlet": False, "circular": False, "cut": "[]", "cut_low": "[]",
}
"""Columns of a claim of which no mention is left."""


def recount_claims(case: Case, registry: Registry, *, articles_off: Collection[str] = (), parties_off: Collection[tuple[str, int]] = (),
                   one_voice: Sequence[Collection[str]] = ()) -> Traced:
    """The traced frames of a built Case with articles (ids) and parties (claim id and place) switched off; each set of party ids in `one_voice` is
    one party.

    Claims that nothing of this touches keep their rows byte for byte. A claim keeps its row when no mention is left, as unsupported with counts of 0.
    """
    articles = case["articles"][~among(case["articles"]["article_id"], articles_off)]
    pile = Pile(case["mentions"], case["attributions"], case["members"], Press(records(articles), registry))
    graphs = _Graphs(case, pile, set(parties_off), one_voice)
    touched = graphs.touched(set(articles_off))
    found = rows_of((t for c in sorted(touched) if (t := graphs.traced(c)) is not None), pile, _of(case["claims"], touched))
    circular = {c for c, was in tuples(case["claims"], "claim_id", "circular") if was}
    claims = [_settled(row, pile, circular) for row in records(found.claims)]
    ids = set(_of(case["origins"], touched)["origin_id"])
    kept = case["supports"][~among(case["supports"]["origin_id"], ids)]
    about = among(case["reasons"]["subject_id"], touched) & (case["reasons"]["subject_kind"] == "claim")
    reasons = case["reasons"][(case["reasons"]["measure"] == "independence") & ~about]
    return Traced(union("origins", [_of(case["origins"], touched, out=True), found.origins]), union("supports", [kept, found.supports]),
                  union("claims", [_of(case["claims"], touched, out=True), make("claims", claims)]), union("reasons", [reasons, found.reasons]),
                  union("parties", [_of(case["parties"], touched, out=True), found.parties]))


def second_days(case: Case, registry: Registry) -> pd.DataFrame:
    """One row a claim: claim_id, first (the day of its first dated supporting report), sure and perhaps (the first day by which what was printed had two
    independent origins, at the fewest and at the most; "" if it never had, or if only undated reports would tell).

    Each day is counted from the claim's provenance graph as the page does: reports are not linked again for the smaller pile.
    """
    pile = Pile(case["mentions"], case["attributions"], case["members"], Press(records(case["articles"]), registry))
    graphs = _Graphs(case, pile, set(), ())
    out = []
    for claim_id, most in tuples(case["claims"], "claim_id", "independent_max"):
        days = sorted({d[:10] for m in pile.claims.get(claim_id, []) if m["stance"] == "supports" and (d := pile.press.day(m["article_id"]))})
        found = {"claim_id": claim_id, "first": days[0] if days else "", "sure": "", "perhaps": ""}
        for day in days if most > 1 else []:
            traced = graphs.traced(claim_id, day)
            if traced and traced.most > 1:
                found["perhaps"] = found["perhaps"] or day
            if traced and traced.fewest > 1:
                found["sure"] = day
                break
        out.append(found)
    return pd.DataFrame(out, columns=["claim_id", "first", "sure", "perhaps"])


def _of(frame: pd.DataFrame, claim_ids: Collection[str], *, out: bool = False) -> pd.DataFrame:
    """The rows of these claims, or of all others."""
    mine = among(frame["claim_id"], claim_ids)
    return frame[~mine if out else mine]


def _settled(row: Row, pile: Pile, circular: Collection[str]) -> Row:
    """A ring of credit is known from before; a claim of which nothing is left has nothing to count."""
    if row["claim_id"] not in pile.claims:
        return {**row, **NOTHING}
    return {**row, "circular": row["claim_id"] in circular and row["independent_max"] > 0}


class _Graphs:
    """The provenance graphs of a case's claims with what is switched off left out."""

    def __init__(self, case: Case, pile: Pile, off: set[tuple[str, int]], one_voice: Sequence[Collection[str]]) -> None:
        self.pile, self.off, self.one_voice = pile, off, one_voice
        self.parties: dict[str, list[Row]] = {}
        for row in records(case["parties"].sort_values(["claim_id", "place"], kind="stable")):
            self.parties.setdefault(row["claim_id"], []).append(row)
        self.origin: dict[str, Row] = {o["origin_id"]: o for o in records(case["origins"])}
        self.articles: dict[str, set[str]] = {}
        article_of = lookup(case["mentions"], "mention_id", "article_id")
        for mention_id, claim_id in tuples(case["members"], "mention_id", "claim_id"):
            self.articles.setdefault(claim_id, set()).add(article_of.get(mention_id, ""))
        self.claim_ids = list(case["claims"]["claim_id"])

    def touched(self, articles_off: set[str]) -> set[str]:
        """Claims of which an article or a party is off, or in which two voices become one."""
        cut = {claim_id for claim_id, _ in self.off}
        return {c for c in self.claim_ids if c in cut or not articles_off.isdisjoint(self.articles.get(c, ())) or self._joins(c)}

    def _joins(self, claim_id: str) -> list[list[Row]]:
        """Parties of the claim that are to be one, each list with the one that gives its name first."""
        groups = [[p for p in self.parties.get(claim_id, []) if p["party_id"] in ids and (claim_id, p["place"]) not in self.off] for ids in self.one_voice]
        return [sorted(g, key=lambda p: (RANK.get(p["kind"], len(RANK)), p["place"])) for g in groups if len(g) > 1]

    def _left(self, claim_id: str) -> list[Row]:
        """The claim's parties that are on, joined, with feeds and near parties by place."""
        found = {p["place"]: {**p, **{c: set(listed(p[c])) for c in ("fed_by", "may_be", "mentions")}, "names": self._names(p)}
                 for p in self.parties.get(claim_id, []) if (claim_id, p["place"]) not in self.off}
        into: dict[int, int] = {}
        for group in self._joins(claim_id):
            first = found[group[0]["place"]]
            for row in (found[p["place"]] for p in group[1:] if p["place"] in found):
                into[row["place"]] = first["place"]
                first.update(fed_by=first["fed_by"] | row["fed_by"], mentions=first["mentions"] | row["mentions"], entry=first["entry"] or row["entry"],
                             may_be=first["may_be"] & row["may_be"], names=[*first["names"], *row["names"]])
                del found[row["place"]]
        for place, row in found.items():
            row["fed_by"] = {into.get(f, f) for f in row["fed_by"] if into.get(f, f) in found} - {place}
            row["may_be"] = {m for m in row["may_be"] if m in found} - {place}
        for place, row in found.items():  # a party near only one of two that are now one is told apart by the other
            row["may_be"] = {m for m in row["may_be"] if place in found[m]["may_be"]}
        return list(found.values())

    def traced(self, claim_id: str, until: str = "") -> TracedClaim | None:
        """The claim counted again, from what was printed by the day `until` if it is given; None when no mention is left."""
        members = self.pile.claims.get(claim_id, [])
        if until:
            members = [m for m in members if "" < self.pile.press.day(m["article_id"])[:10] <= until]
        if not members:
            return None
        left = self._left(claim_id)
        key = {p["place"]: p["party_id"] for p in left}
        supporting = {m["mention_id"] for m in members if m["stance"] == "supports"}
        ends: dict[str, set[str]] = {}
        for p in left:
            for mention_id in p["mentions"] & supporting:
                ends.setdefault(mention_id, set()).add(p["party_id"])
        feeds = {p["party_id"]: frozenset(key[f] for f in p["fed_by"]) for p in left if p["fed_by"]}
        parties = {p["party_id"]: _party(p, self.origin.get(p["origin_id"], {})) for p in left}
        entries = frozenset(p["party_id"] for p in left if p["entry"])
        found = Provenance(parties, feeds, entries, {m: frozenset(e) for m, e in sorted(ends.items())})
        cut, origins, caps = self.pile.count(members, found)
        ties = KnownTies(origins, found, {p["party_id"]: {key[m] for m in p["may_be"]} for p in left})
        return TracedClaim(claim_id, members, found, cut, origins, ties, fewest_groups(ties.near), caps)

    def _names(self, row: Row) -> list[str]:
        """Printed names of a party, as far as the tables keep them."""
        origin = self.origin.get(row["origin_id"], {})
        return [str(n) for n in listed(origin["speakers"])] if origin.get("label") == row["label"] else [row["label"]]


def _party(row: Row, origin: Mapping[str, Any]) -> Party:
    basis = str(origin["basis"]) if origin.get("label") == row["label"] else "unknown"
    return Party(row["party_id"], row["kind"], dict.fromkeys(row["names"]), outlet_id=row["outlet_id"], controller=row["controller_id"], basis=basis,
                 own=row["kind"] == "own", shown=row["label"])


class KnownTies(Ties):
    """Possible ties as the table of parties has them; `close`: party to the parties that it may be one with."""

    def __init__(self, origins: Sequence[Origin], found: Provenance, close: Mapping[str, Collection[str]]) -> None:
        self.origins, self.found, self.same, self.close = origins, found, {}, close
        self.near = self._bits(origins)

    def _bits(self, origins: Sequence[Origin]) -> list[int]:
        return [sum(1 << j for j, b in enumerate(origins) if i != j and all(q.key in self.close[p.key] for p in a.parties for q in b.parties))
                for i, a in enumerate(origins)]

    def among(self, parties: Sequence[Party]) -> list[int]:
        """For each party the bits of those it may be one with."""
        return self._bits([Origin([p], {}, "") for p in parties])

    def doubt(self, i: int, j: int) -> Doubt | None:
        """That two origins may be one; the words behind it stand in the reasons of the whole case."""
        return Doubt("", "{} and {}", (self.origins[i], self.origins[j])) if self.near[i] >> j & 1 else None
