"""How an outlet has done on the pile: shares of its claims that rest on one origin, that echo, that it had first, that others bore out."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scipy.special import betaincinv

from tracker.settings import ScoreSettings
from tracker.tables import Case

Row = dict[str, Any]

METHOD = "beta@1"


def rate_outlets(case: Case, settings: ScoreSettings) -> list[Row]:
    """Rows of assessments for every outlet that carries a claim; each share is the mean of a Beta(1 + yes, 1 + no) with its interval.

    `borne-out` counts the claims an outlet was first to carry (alone, by date) and that another outlet's independent origin corroborates by now.
    """
    claims: dict[str, Mapping[Any, Any]] = {c["claim_id"]: c for c in case["claims"].to_dict("records")}
    carried = _carried(case, claims)
    first = _first(carried)
    out: list[Row] = []
    for outlet_id, days in sorted(_by_outlet(carried).items()):
        mine = [claims[c] for c in sorted(days)]
        early = [claims[c] for c in sorted(days) if first.get(c) == outlet_id]
        shared = [c for c in mine if c["n_outlets"] > 1]
        count = len(mine)
        about = {"subject_kind": "outlet", "subject_id": outlet_id, "measure": "claims"}
        out.append({**about, "value": count, "low": count, "high": count, "n": count, "method": "count"})
        for measure, yes, total in (
            ("single-origin", [c["status"] == "single-origin" for c in mine], mine), ("echo", [bool(c["echo"]) for c in mine], mine),
            ("first", [first.get(c["claim_id"]) == outlet_id for c in shared], shared), ("borne-out", [c["status"] == "corroborated" for c in early], early),
        ):
            out.append(_share(outlet_id, measure, sum(yes), len(total), settings))
    return out


def _share(outlet_id: str, measure: str, yes: int, n: int, settings: ScoreSettings) -> Row:
    a, b = 1 + yes, 1 + n - yes
    tail = (1 - settings.interval) / 2
    method = METHOD if n >= settings.enough else f"{METHOD}; too little data: F"
    low, high = (round(float(betaincinv(a, b, t)), 6) for t in (tail, 1 - tail))
    value = round(a / (a + b), 6)
    return {"subject_kind": "outlet", "subject_id": outlet_id, "measure": measure, "value": value, "low": low, "high": high, "n": n, "method": method}


def _carried(case: Case, claims: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Claim id to the known outlets that carry it, each with its earliest date ("" if undated)."""
    claim_of = dict(zip(case["members"]["mention_id"], case["members"]["claim_id"], strict=True))
    article = {a["article_id"]: a for a in case["articles"][["article_id", "outlet_id", "published_at"]].to_dict("records")}
    out: dict[str, dict[str, str]] = {}
    for mention in case["mentions"][["mention_id", "article_id", "stance"]].to_dict("records"):
        printed, claim_id = article.get(mention["article_id"]), claim_of.get(mention["mention_id"], "")
        if printed is None or not printed["outlet_id"] or claim_id not in claims or mention["stance"] == "denies":
            continue
        days = out.setdefault(claim_id, {})
        known = [d for d in (days.get(printed["outlet_id"], ""), printed["published_at"]) if d]
        days[printed["outlet_id"]] = min(known, default="")
    return out


def _first(carried: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Claim id to the outlet that had it before all others; none when dates are missing or equal."""
    out = {}
    for claim_id, days in carried.items():
        earliest = min(days.values())
        leaders = [o for o, day in days.items() if day == earliest]
        if len(days) > 1 and earliest and len(leaders) == 1:
            out[claim_id] = leaders[0]
    return out


def _by_outlet(carried: Mapping[str, Mapping[str, str]]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for claim_id, days in carried.items():
        for outlet_id in days:
            out.setdefault(outlet_id, set()).add(claim_id)
    return out
