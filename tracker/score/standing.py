"""How an outlet has done on the pile: shares of its claims that rest on one origin, that it only relays, had first, that others bore out or denied."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scipy.special import betaincinv

from tracker.settings import ScoreSettings
from tracker.tables import Case, lookup, records, tuples

Row = dict[str, Any]

METHOD = "beta@1"

LOOKED_AT = {
    "claims": ["claim_id", "question_id", "n_outlets", "status", "echo", "disputed", "independent_min"], "members": ["mention_id", "claim_id"],
    "mentions": ["mention_id", "article_id", "stance"], "articles": ["article_id", "outlet_id", "published_at", "revision_of"],
    "attributions": ["mention_id", "hop", "speaker_outlet_id"], "ties": ["later_id", "earlier_id", "kind"],
    "origins": ["origin_id", "unnamed"], "supports": ["mention_id", "origin_id"],
}
"""The columns that rating looks at: to send a table takes as long as it is wide."""

RELAYING = frozenset({"credited-outlet", "wire-credit", "near-copy"})
"""Ties by which a later mention takes a claim from another outlet's."""

MEASURES = {
    "single-origin": "claims it carries that rest on one origin", "echo": "claims it carries that several outlets print from one origin",
    "relayed": "claims it carries that it only takes from other outlets", "first": "claims shared with others that it had first",
    "borne-out": "claims it had first that other independent origins now bear out",
    "contradicted": "claims it carries that are denied, or rivalled by one with more independent origins",
    "unnamed": "origins of its claims behind whom nobody is named", "corrected": "articles it printed again in another version",
}
"""What each share of an outlet's record counts."""


def rate_outlets(case: Case, settings: ScoreSettings) -> list[Row]:
    """Rows of assessments for every outlet that carries a claim; each share is the mean of a Beta(1 + yes, 1 + no) with its interval.

    MEASURES says what each counts. First means alone and by date. None of them looks at the outlet's name, country or letter.
    """
    claims: dict[str, Mapping[Any, Any]] = {c["claim_id"]: c for c in records(case["claims"])}
    carried, ground = _carried(case, claims), Ground(case, claims)
    first = _first(carried)
    out: list[Row] = []
    for outlet_id, days in sorted(_by_outlet(carried).items()):
        mine = [claims[c] for c in sorted(days)]
        early = [claims[c] for c in sorted(days) if first.get(c) == outlet_id]
        shared = [c for c in mine if c["n_outlets"] > 1]
        count = len(mine)
        about = {"subject_kind": "outlet", "subject_id": outlet_id, "measure": "claims"}
        out.append({**about, "value": count, "low": count, "high": count, "n": count, "method": "count"})
        record: dict[str, list[bool]] = {
            "single-origin": [c["status"] == "single-origin" for c in mine], "echo": [bool(c["echo"]) for c in mine],
            "relayed": [ground.relayed(outlet_id, c["claim_id"]) for c in mine], "first": [first.get(c["claim_id"]) == outlet_id for c in shared],
            "borne-out": [c["status"] == "corroborated" for c in early], "contradicted": [ground.contradicted(c) for c in mine],
            "unnamed": ground.unnamed(outlet_id), "corrected": ground.corrected.get(outlet_id, []),
        }
        out.extend(_share(outlet_id, measure, sum(found), len(found), settings) for measure, found in record.items())
    return out


class Ground:
    """What the shares of an outlet's record are counted from."""

    def __init__(self, case: Case, claims: Mapping[str, Mapping[Any, Any]]) -> None:
        outlet_of = lookup(case["articles"], "article_id", "outlet_id")
        mentions = tuples(case["mentions"], "mention_id", "article_id", "stance")
        printed = {m: outlet_of.get(a, "") for m, a, s in mentions if s != "denies"}
        claim_of = lookup(case["members"], "mention_id", "claim_id")
        self._puts: dict[tuple[str, str], list[str]] = {}
        for mention_id, outlet_id in printed.items():
            self._puts.setdefault((outlet_id, claim_of.get(mention_id, "")), []).append(mention_id)
        self._taken = self._relays(case, printed)
        hidden = lookup(case["origins"], "origin_id", "unnamed")
        reached = {(printed.get(m, ""), o) for m, o in tuples(case["supports"], "mention_id", "origin_id")}
        self._unnamed: dict[str, list[bool]] = {}
        for outlet_id, origin_id in sorted(reached):
            self._unnamed.setdefault(outlet_id, []).append(bool(hidden.get(origin_id, False)))
        again = set(case["articles"]["revision_of"]) - {""}
        self.corrected: dict[str, list[bool]] = {}
        for article_id, outlet_id, revises in tuples(case["articles"], "article_id", "outlet_id", "revision_of"):
            if not revises:
                self.corrected.setdefault(outlet_id, []).append(article_id in again)
        self._strongest: dict[str, int] = {}
        for c in claims.values():
            if c["question_id"]:
                self._strongest[c["question_id"]] = max(self._strongest.get(c["question_id"], 0), int(c["independent_min"]))

    @staticmethod
    def _relays(case: Case, printed: Mapping[str, str]) -> set[str]:
        """Mentions that take their claim from another outlet: credited at hand, or tied to its mention; a near-copy only if dates say who was first."""
        dates = lookup(case["articles"], "article_id", "published_at")
        day = {m: dates.get(a, "") for m, a in tuples(case["mentions"], "mention_id", "article_id")}
        near = tuples(case["attributions"], "mention_id", "hop", "speaker_outlet_id")
        taken = {m for m, hop, outlet_id in near if hop == 0 and outlet_id not in ("", printed.get(m, ""))}
        ties = tuples(case["ties"], "later_id", "earlier_id", "kind")
        return taken | {m for m, e, kind in ties if kind in RELAYING and printed.get(e, "") != printed.get(m, "")
                        and (kind != "near-copy" or "" < day.get(e, "") < day.get(m, ""))}

    def relayed(self, outlet_id: str, claim_id: str) -> bool:
        """Everything the outlet prints of the claim is another outlet's."""
        return all(m in self._taken for m in self._puts.get((outlet_id, claim_id), []))

    def contradicted(self, claim: Mapping[Any, Any]) -> bool:
        """Somebody denies it, or a rival claim of its question has more independent origins."""
        return bool(claim["disputed"]) or self._strongest.get(claim["question_id"], 0) > claim["independent_min"]

    def unnamed(self, outlet_id: str) -> list[bool]:
        """For each origin that the outlet's mentions reach, whether nobody is named behind it."""
        return self._unnamed.get(outlet_id, [])


def _share(outlet_id: str, measure: str, yes: int, n: int, settings: ScoreSettings) -> Row:
    a, b = 1 + yes, 1 + n - yes
    tail = (1 - settings.interval) / 2
    method = METHOD if n >= settings.enough else f"{METHOD}; too little data: F"
    low, high = (round(float(betaincinv(a, b, t)), 6) for t in (tail, 1 - tail))
    value = round(a / (a + b), 6)
    return {"subject_kind": "outlet", "subject_id": outlet_id, "measure": measure, "value": value, "low": low, "high": high, "n": n, "method": method}


def _carried(case: Case, claims: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Claim id to the known outlets that carry it, each with its earliest date ("" if undated)."""
    claim_of = lookup(case["members"], "mention_id", "claim_id")
    article = {a: (outlet_id, day) for a, outlet_id, day in tuples(case["articles"], "article_id", "outlet_id", "published_at")}
    out: dict[str, dict[str, str]] = {}
    for mention_id, article_id, stance in tuples(case["mentions"], "mention_id", "article_id", "stance"):
        outlet_id, day = article.get(article_id, ("", ""))
        claim_id = claim_of.get(mention_id, "")
        if not outlet_id or claim_id not in claims or stance == "denies":
            continue
        days = out.setdefault(claim_id, {})
        known = days.setdefault(outlet_id, day)
        if day and (not known or day < known):
            days[outlet_id] = day
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
