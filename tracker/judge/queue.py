"""The questions whose answers would move most: pairs of mentions near the threshold, on claims near a border of status; voices that may be one."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tracker.tables import Case, lookup, records

Row = Mapping[str, Any]

# How much an answer about a claim of this status can change what is said of it. A choice of order, not fitted: one more origin corroborates a claim
# that rests on one; a claim with three origins stays corroborated.
_BORDER: Final = {"single-origin": 1.0, "possibly-corroborated": 1.0, "cannot-tell": 0.6, "unsupported": 0.6, "corroborated": 0.3}
_VOICES: Final = 0.8  # a question about voices beside one about mentions with the score exactly at the threshold


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question for a person: `verdicts` are the answers it takes, `value` (0 to 1) says how much hangs on it."""

    kind: str
    left_id: str
    right_id: str
    claim_id: str
    other_claim_id: str
    value: float
    why: str
    verdicts: tuple[str, ...]


def rank_doubts(case: Case, judged: set[frozenset[str]], *, threshold: float) -> list[Doubt]:
    """Open questions of a built case, most valuable first, ties by ids; pairs in `judged` are not asked again.

    Mentions: pairs of different articles, in one claim or two, the nearer to `threshold` the better. Voices: origins of a claim that may be one.
    """
    claims: dict[str, Row] = {c["claim_id"]: c for c in records(case["claims"])}
    found = [d for d in (*_links(case, claims, threshold), *_voices(case, claims)) if frozenset((d.left_id, d.right_id)) not in judged]
    return sorted(found, key=lambda d: (-d.value, d.kind, d.left_id, d.right_id))


def _links(case: Case, claims: Mapping[str, Row], threshold: float) -> Iterator[Doubt]:
    claim_of = lookup(case["members"], "mention_id", "claim_id")
    article_of = lookup(case["mentions"], "mention_id", "article_id")
    asked: set[tuple[str, str]] = set()
    # One question for two claims: the pair that is most alike; if that one is answered the others follow or come next.
    for link in records(case["links"].sort_values(["score", "left_id", "right_id"], ascending=[False, True, True], kind="stable")):
        left, right = link["left_id"], link["right_id"]
        a, b = claim_of.get(left, ""), claim_of.get(right, "")
        if not a or not b or article_of[left] == article_of[right] or link["relation"] == "rival":
            continue
        key = (min(a, b), max(a, b)) if a != b else (left, right)
        if key in asked:
            continue
        asked.add(key)
        nearness = 1.0 - abs(float(link["score"]) - threshold) / max(threshold, 1.0 - threshold)
        border = max(_border(claims[c]) for c in (a, b))
        yield Doubt("link", left, right, a, b, round(nearness * border, 4), "one claim now" if a == b else "two claims now", ("same", "different", "rival"))


def _voices(case: Case, claims: Mapping[str, Row]) -> Iterator[Doubt]:
    origins = {o["origin_id"]: o for o in records(case["origins"])}
    party = {p["origin_id"]: p["party_id"] for p in records(case["parties"].iloc[::-1]) if p["origin_id"]}
    for origin_id, origin in origins.items():
        other = origin["may_be_origin_id"]
        if other != origin_id and other in origins and party.get(origin_id) != party.get(other):
            claim = claims[origin["claim_id"]]
            near = 1.0 if claim["independent_min"] == 1 and claim["independent_max"] == 2 else 0.5
            yield Doubt("voice", min(origin_id, other), max(origin_id, other), claim["claim_id"], claim["claim_id"], round(_VOICES * near * _border(claim), 4),
                        f"{origins[other]['label']} and {origin['label']} may be one", ("same-voice",))


def _border(claim: Row) -> float:
    """How near the claim is to another status; claims that several outlets carry matter more."""
    return float(_BORDER.get(claim["status"], 0.3)) * (1.0 if claim["n_outlets"] > 1 else 0.7)
