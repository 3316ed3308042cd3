"""What to chase: for each claim that is not settled, the nearest step that would raise it and the kind of origin it needs."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from tracker.ask.ground import LABEL, Ground, Row, bounds, in_order, said, sheet, tidy
from tracker.tables import Case, listed
from tracker.text import shorten

COLUMNS: Final = ("id", "status", "next", "wants", "outlets", "origins", "fewest", "most", "chase", "claim")

# How far a claim is from the next status: what can be settled by asking about printed words, what needs one more origin, what needs any support.
_SETTLE, _CONFIRM, _ONE_MORE, _NOBODY, _CONTESTED = range(5)


def list_gaps(case: Case) -> pd.DataFrame:
    """One row a claim that could be raised: id, status, next (the status one step up), wants (the kind of origin), counts, chase (what to do), claim.

    Nearest to the next status first: those that one settled doubt would raise, then one more origin, then those that nobody supports; corroborated
    claims come last and only where somebody disputes them or says that they are not verified. Inside a step the claim that most outlets carry comes
    first. Claims that a person verified, refuted or withdrew are settled and left out.
    """
    ground = Ground(case)
    kind_of = {frozenset((t["later_id"], t["earlier_id"])): t["kind"] for t in in_order(case, "ties", "later_id", "earlier_id", "kind")}
    found = []
    for claim in ground.claims.values():
        step = None if claim["verdict"] else _step(claim, ground, kind_of)
        if step is not None:
            rank, following, wants, chase = step
            found.append((rank, {
                "id": claim["claim_id"], "status": claim["status"], "next": following, "wants": wants, "outlets": claim["n_outlets"],
                "origins": bounds(claim["independent_min"], claim["independent_max"]), "fewest": claim["independent_min"], "most": claim["independent_max"],
                "chase": said([chase, *_contested(claim, ground), *_close(claim, ground)]), "claim": tidy(claim["wording"])}))
    found.sort(key=lambda f: (f[0], -f[1]["outlets"], f[1]["id"]))
    return sheet(COLUMNS, [row for _, row in found])


def _step(claim: Row, ground: Ground, kind_of: Mapping[frozenset[str], str]) -> tuple[int, str, str, str] | None:
    """How far it is to the next status, that status, the kind of origin that it takes, and what to do."""
    origins = ground.origins[claim["claim_id"]]
    if claim["status"] == "possibly-corroborated":
        rank, wants, chase = _settle(claim, ground)
        return rank, "corroborated", wants, chase
    if claim["status"] == "single-origin":
        limit = next((d for part, d in ground.reasons.get(claim["claim_id"], []) if part == "confirmed"), "")
        if limit:
            return _CONFIRM, "possibly-corroborated", "a later confirmation", f"{tidy(limit)}: ask whether more has been confirmed since"
        wants, chase = _second(origins[0] if origins else None, ground, kind_of)
        return _ONE_MORE, "corroborated", wants, chase
    if claim["status"] == "corroborated":
        contested = claim["disputed"] or claim["unverified"]
        return (_CONTESTED, "undisputed" if claim["disputed"] else "verified", "a document or a witness", "") if contested else None
    return _NOBODY, "single-origin", "anybody who puts it as so", "nobody supports it: find who first put it, and on what ground"


def _doubted(claim: Row, ground: Ground) -> tuple[Row, Row] | None:
    """Two origins that may be one, the earlier first."""
    origins = ground.origins[claim["claim_id"]]
    pairs = ((c, o) for o in origins for c in origins if o["may_be_origin_id"] == c["origin_id"] != o["origin_id"])
    return min(pairs, key=lambda p: p[0]["controller_id"] == p[1]["controller_id"] != "", default=None)  # a doubt that can be settled first


def _settle(claim: Row, ground: Ground) -> tuple[int, str, str]:
    """How far, the kind of origin and what to do for a claim with origins that may be one."""
    pair = _doubted(claim, ground)
    if pair is None:
        return _SETTLE, "an answer", "settle whether its origins are one voice"
    first, second = (tidy(o["label"]).removeprefix("own reporting of ") for o in pair)
    if pair[0]["controller_id"] == pair[1]["controller_id"] != "":
        behind = ground.controller_name(pair[0]["controller_id"])
        return _ONE_MORE, "an origin of its own", f"{first} and {second} answer to one controller, {behind}: an origin that does not"
    own = [o["kind"] == "own" for o in pair]
    if own[0] and not own[1]:
        first, second = second, first
    asked = f"ask {second} whether it has it from {first}" if any(own) else f"settle whether {first} and {second} are one voice"
    doubts = [d.removeprefix("may be one: ") for part, d in ground.reasons.get(claim["claim_id"], []) if part == "may-be-one"]
    why = next((f" ({shorten(d, LABEL * 2)})" for d in doubts if first in d and second in d and "names nobody" not in d), "")
    return _SETTLE, "an answer", f"{asked}; if not, these are two origins{why}"


def _second(origin: Row | None, ground: Ground, kind_of: Mapping[frozenset[str], str]) -> tuple[str, str]:
    """What a claim with one origin needs: the kind of origin, and what to do."""
    if origin is None:
        return "another origin", "find a second origin"
    label = tidy(origin["label"])
    mine = ground.carried[origin["origin_id"]]
    apart = f", and one that does not answer to {ground.controller_name(origin['controller_id'])}" if origin["controller_id"] else ""
    if origin["unnamed"]:
        return "a named person or a document", f"all of it rests on {label}: a named person or a document{apart}"
    kinds = {kind_of.get(frozenset((a, b)), "") for a in mine for b in mine if a != b}
    if origin["kind"] in ("outlet", "own"):
        outlet = label.removeprefix("own reporting of ")
        if len({ground.outlet_key(m) for m in mine}) > 1:
            copy = "one agency copy" if "wire-credit" in kinds else "one report"
            return "a report with its own source", f"all of it rests on {copy}, that of {outlet}: a report that names its own source{apart}"
        return "a report with its own source", f"only {outlet} has it: ask whom it has it from, or find a report that names its own source{apart}"
    way = ", by one agency copy" if "wire-credit" in kinds else ""
    if origin["kind"] == "document":
        return "the document, or a witness", f"all of it rests on {label}{way}: see it, and find somebody who knows it another way{apart}"
    return "a document or another witness", f"all of it rests on {label}{way}: a document, or somebody who knows it another way{apart}"


def _contested(claim: Row, ground: Ground) -> Iterator[str]:
    """Who denies it or says that it is not verified, and what would settle that."""
    mine = [ground.mentions[m] for m in ground.members[claim["claim_id"]] if m in ground.mentions]
    deny = list(dict.fromkeys(ground.said_by(m["mention_id"]) for m in mine if m["stance"] == "denies"))
    unsure = list(dict.fromkeys(ground.where(m["mention_id"]) for m in mine if m["stance"] == "unverified"))
    if claim["disputed"]:
        yield f"disputed by {said(deny, ' and ') or 'another claim'}: a document or a witness that neither side controls"
    if claim["unverified"] and unsure:
        yield f"not verified, says {said(unsure, ' and ')}: ask whether it has been since"


def _close(claim: Row, ground: Ground) -> Iterator[str]:
    """Reports that stand close by and are not counted."""
    near = [m for m in listed(claim["near"]) if m in ground.mentions]
    if near:
        yield f"judge whether {ground.where(near[0])} says the same: \"{tidy(ground.mentions[near[0]]['quote'])}\""
