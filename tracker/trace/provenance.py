"""The provenance graph of a claim as rows: its credited parties, who feeds whom, and which of them may be one.

Whoever reads the rows can ask the cut again with a part of the graph gone ("what if this one is wrong?") and count by the same rule.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tracker.tables import dumps
from tracker.trace.claims import TracedClaim
from tracker.trace.pairs import Origin

Row = dict[str, Any]


def party_rows(claim: TracedClaim, origin_ids: Sequence[str]) -> Iterator[Row]:
    """One row a party that can lie on a way to a mention, in the order of labels and keys; `origin_ids` are those of `claim.origins`."""
    found = claim.provenance
    parties = sorted(found.parties.values(), key=lambda p: (p.label, p.key))
    place = {p.key: n for n, p in enumerate(parties)}
    origin = {p.key: origin_id for o, origin_id in zip(claim.origins, origin_ids, strict=True) for p in o.parties}
    carried: dict[str, list[str]] = {}
    for mention_id in sorted(found.ends):
        for key in found.ends[mention_id]:
            carried.setdefault(key, []).append(mention_id)
    may_be = _listed(claim.ties.among(parties) if len(parties) > 1 else [0] * len(parties))
    for n, party in enumerate(parties):
        yield {
            "claim_id": claim.claim_id, "place": n, "party_id": party.key, "kind": party.kind, "label": Origin([party], {}, "").label,
            "controller_id": party.controller, "outlet_id": party.outlet_id, "origin_id": origin.get(party.key, ""), "entry": party.key in found.entries,
            "fed_by": dumps(sorted(place[f] for f in found.feeds[party.key])) if party.key in found.feeds else "[]",
            "mentions": dumps(carried.get(party.key, [])), "may_be": may_be[n],
        }


def _listed(near: Sequence[int]) -> list[str]:
    """The places of the bits that are set, as lists in JSON; many parties have the same others beside themselves."""
    known: dict[int, list[str]] = {}
    out = []
    for place, bits in enumerate(near):
        whole = bits | 1 << place
        if whole not in known:
            known[whole] = [str(n) for n, bit in enumerate(reversed(f"{whole:b}")) if bit == "1"]
        others = known[whole].copy()
        others.remove(str(place))
        out.append(f"[{','.join(others)}]")
    return out
