"""The provenance graph of each claim as plain values: what the page needs to count again with a part of it switched off.

Nothing is counted here. Places are numbers of parties inside their claim; they are what `fed`, `near` and the ends of mentions point at.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from tracker.tables import Case, listed
from tracker.view.graph import clean, node_of, rows, voice_id

Row = dict[str, Any]


def parties_of(case: Case, voices: Mapping[str, str], by: Mapping[str, str]) -> tuple[dict[str, list[Row]], dict[str, list[int]]]:
    """Claim id to its parties in order of place, and mention id to the places that feed it. `voices`: origin id to voice, as they are
    drawn; `by`: mention id to the outlet that prints it.

    A claim whose origins are known but not its parties (an older case) gets a party an origin.
    """
    by_claim: dict[str, list[Row]] = defaultdict(list)
    ends: dict[str, list[int]] = defaultdict(list)
    for row in rows(case["parties"]):
        mentions = [str(m) for m in listed(row["mentions"])]
        by_claim[row["claim_id"]].append(_party(row, voices, by.get(mentions[0], "") if mentions else ""))
        for mention_id in mentions:
            ends[mention_id].append(row["place"])
    for claim_id, row, mentions in _from_origins(case, set(by_claim), voices):
        for mention_id in mentions:
            ends[mention_id].append(len(by_claim[claim_id]))
        by_claim[claim_id].append(row)
    return dict(by_claim), dict(ends)


def _party(row: Mapping[str, Any], voices: Mapping[str, str], by: str) -> Row:
    unnamed = row["kind"] == "unnamed"
    voice = voices.get(row["origin_id"]) or voice_id({**row, "unnamed": unnamed}, by)
    return {"kind": clean(row["kind"]), "label": clean(row["label"]), "controller": clean(row["controller_id"]), "voice": node_of("voice", voice),
            "outlet": node_of("outlet", row["outlet_id"]) if row["outlet_id"] else "", "origin": clean(row["origin_id"]), "entry": bool(row["entry"]),
            "fed": listed(row["fed_by"]), "near": listed(row["may_be"]), "by": clean(by) if unnamed else ""}


def _from_origins(case: Case, known: set[str], voices: Mapping[str, str]) -> Iterator[tuple[str, Row, list[str]]]:
    mentions: dict[str, list[str]] = defaultdict(list)
    for row in rows(case["supports"]):
        mentions[row["origin_id"]].append(row["mention_id"])
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows(case["origins"]):
        if row["claim_id"] not in known:
            groups[row["claim_id"]].append(row)
    for claim_id, found in groups.items():
        for n, o in enumerate(found):
            near = [m for m, p in enumerate(found) if m != n and (p["may_be_origin_id"] or p["origin_id"]) == (o["may_be_origin_id"] or o["origin_id"])]
            row = {**o, "outlet_id": "", "entry": True, "fed_by": "[]", "may_be": str(near)}
            yield claim_id, _party(row, voices, ""), mentions[o["origin_id"]]
