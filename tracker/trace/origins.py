"""Origins of every claim, which mention rests on which, and the claim's bounds, status and flags."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

from tracker.ids import content_id
from tracker.registry import Registry
from tracker.settings import TraceSettings
from tracker.tables import dumps, from_rows, make, records, tuples
from tracker.trace.claims import Pile, TracedClaim
from tracker.trace.pairs import Origin
from tracker.trace.parties import Press
from tracker.trace.provenance import party_rows

Row = dict[str, Any]

COLUMNS = ["first_seen_at", "last_seen_at", "n_mentions", "n_outlets", "independent_min", "independent_max", "status", "disputed", "unverified", "echo",
           "unnamed_only", "single_outlet", "circular", "cut", "cut_low"]
"""The columns of `claims` that tracing fills in."""

NAMED = 5  # names that a sentence lists before it says "and n others"


class Traced(NamedTuple):
    """Frames conforming to the tables origins, supports, claims (as linked, with trace's columns filled), reasons and parties."""

    origins: pd.DataFrame
    supports: pd.DataFrame
    claims: pd.DataFrame
    reasons: pd.DataFrame
    parties: pd.DataFrame


def trace_origins(mentions: pd.DataFrame, attributions: pd.DataFrame, members: pd.DataFrame, articles: pd.DataFrame, claims: pd.DataFrame, ties: pd.DataFrame,
                  registry: Registry, *, settings: TraceSettings) -> Traced:
    """Independent origins of the claims: as many rows as `independent_max`, in as many may-be classes as `independent_min`.

    `attributions` must have gone through resolve_voices; of `ties` the near-copies are used (the rest follows from the other tables).
    """
    press = Press(records(articles), registry)
    pile = Pile(mentions, attributions, members, press)
    copies = ties[ties["kind"] == "near-copy"]
    return rows_of(pile.trace(tuples(copies, "later_id", "earlier_id")), pile, claims)


def rows_of(traced: Iterable[TracedClaim], pile: Pile, claims: pd.DataFrame) -> Traced:
    """The frames of traced claims; rows of `claims` that are not among the traced are put down as nothing to tell."""
    origins: list[Row] = []
    supports: list[tuple[str, str, int, str]] = []
    reasons: list[Row] = []
    parties: list[Row] = []
    columns: dict[str, Row] = {}
    for claim in traced:
        ids = [content_id("o", claim.claim_id, *(p.key for p in o.parties)) for o in claim.origins]
        origins.extend(_origin_rows(claim, ids, pile))
        supports.extend((m, i, hop, dumps(list(via)) if via else "[]") for o, i in zip(claim.origins, ids, strict=True) for m, (hop, via) in o.routes.items())
        parties.extend(party_rows(claim, ids))
        columns[claim.claim_id] = _claim_columns(claim, pile)
        about = {"subject_kind": "claim", "subject_id": claim.claim_id, "measure": "independence"}
        reasons.extend({**about, "rank": n, "part": part, "effect": effect, "detail": detail} for n, (part, effect, detail) in enumerate(_reasons(claim, pile)))
    rows = [{**row, **columns.get(row["claim_id"], {"status": "cannot-tell"})} for row in records(claims)]
    return Traced(make("origins", origins), from_rows("supports", supports), make("claims", rows), make("reasons", reasons), make("parties", parties))


def _origin_rows(claim: TracedClaim, ids: Sequence[str], pile: Pile) -> Iterator[Row]:
    canonical = {place: ids[group[0]] for group in claim.groups for place in group}
    for place, (origin, origin_id, root) in enumerate(zip(claim.origins, ids, pile.roots(claim.origins), strict=True)):
        party = origin.party
        yield {
            "origin_id": origin_id, "claim_id": claim.claim_id, "kind": party.kind, "label": origin.label, "controller_id": party.controller,
            "reliability": pile.press.registry.reliability(party.outlet_id) if party.outlet_id else "", "unnamed": origin.unnamed,
            "basis": next((p.basis for p in origin.parties if p.basis != "unknown"), "unknown"),
            "speakers": dumps(sorted({n for p in origin.parties for n in p.names})),
            "may_be_origin_id": canonical[place], "root_mention_id": root, "first_seen_at": origin.first_seen,
        }


def _claim_columns(claim: TracedClaim, pile: Pile) -> Row:
    days = [d for r in claim.members if (d := pile.press.day(r["article_id"]))]
    carriers = {pile.press.outlet(r["article_id"]) for r in claim.members if r["stance"] != "denies"}
    return {
        "first_seen_at": min(days, default=""), "last_seen_at": max(days, default=""), "n_mentions": len(claim.members), "n_outlets": len(carriers),
        "independent_min": claim.fewest, "independent_max": claim.most, "status": status_of(claim.fewest, claim.most),
        "disputed": any(r["stance"] == "denies" for r in claim.members), "unverified": any(r["stance"] == "unverified" for r in claim.members),
        "echo": len(carriers) > 1 and claim.most == 1, "unnamed_only": bool(claim.origins) and all(o.unnamed for o in claim.origins),
        "single_outlet": len(carriers) == 1, "circular": claim.provenance.circular or bool(claim.provenance.against_time),
        "cut": dumps([o.label for o in claim.origins]), "cut_low": dumps([claim.origins[g[0]].label for g in claim.groups]),
    }


def status_of(fewest: int, most: int) -> str:
    """The status of a claim with these bounds."""
    if fewest >= 2:
        return "corroborated"
    return "possibly-corroborated" if most >= 2 else "single-origin" if most == 1 else "unsupported"


def _reasons(claim: TracedClaim, pile: Pile) -> Iterator[tuple[str, float, str]]:
    """(part, effect, sentence); the effects add up to `independent_max`."""
    yield "cut", 0.0, _hangs_on(claim)
    for origin in claim.cut:
        yield "origin", 1.0, _carried(origin, pile)
    if claim.most < len(claim.cut):
        limit, _, mention_id = min(claim.caps)
        who = pile.press.name(pile.outlet(mention_id))
        limited = f"{limit} {'origin is' if limit == 1 else 'origins are'}"
        yield "confirmed", float(claim.most - len(claim.cut)), f"{who} itself says that no more than {limited} confirmed"
    for group in claim.groups:
        for place in group[1:]:
            doubt = claim.ties.doubt(group[0], place)
            if doubt is not None:
                yield "may-be-one", 0.0, f"may be one: {doubt.sentence}"
    if claim.provenance.circular:
        yield "circular", 0.0, "outlets credit each other in a ring; the ring counts once"
    for mention_id, outlet in claim.provenance.against_time:
        yield "circular", 0.0, f"{pile.press.name(pile.outlet(mention_id))} credits {pile.press.name(outlet)}, whose own story here came later"


def _hangs_on(claim: TracedClaim) -> str:
    if not claim.origins:
        denied = sum(r["stance"] == "denies" for r in claim.members)
        unsure = sum(r["stance"] == "unverified" for r in claim.members)
        denials = f"{denied} {'mention denies' if denied == 1 else 'mentions deny'} it"
        doubts = f"{unsure} {'mention says' if unsure == 1 else 'mentions say'} that it is not verified"
        return f"nobody supports it; {' and '.join(s for s, n in ((denials, denied), (doubts, unsure)) if n)}"
    if claim.most == 1:
        return f"all of it hangs on: {claim.origins[0].label}"
    more = f"; and {claim.most - NAMED} more" if claim.most > NAMED else ""
    return f"it falls only if all of these fall: {'; '.join(o.label for o in claim.origins[:NAMED])}{more}"


def _carried(origin: Origin, pile: Pile) -> str:
    outlets = list(dict.fromkeys(pile.press.name(pile.outlet(m)) for m in sorted(origin.routes, key=pile.when)))
    via = sorted({v for _, names in origin.routes.values() for v in names})
    way = f" (by way of {join(via)})" if via else ""
    if origin.party.own and len(outlets) == 1:
        return f"{outlets[0]} names nobody: its own reporting"
    if len(outlets) == 1:
        return f"{outlets[0]} credits {origin.label}{way}"
    return f"counted once: {join(outlets)} {'both' if len(outlets) == 2 else 'all'} rest on {origin.label}{way}"


def join(names: Iterable[str]) -> str:
    """Names in a row, as a sentence says them."""
    listed = list(names)
    shown = listed if len(listed) <= NAMED + 1 else [*listed[:NAMED], f"{len(listed) - NAMED} others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"

