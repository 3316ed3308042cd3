"""All scores of a traced case."""
from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from tracker.score.behaviour import rate_shared
from tracker.score.belief import gather_evidence, weigh_claim
from tracker.score.standing import rate_outlets
from tracker.settings import ScoreSettings
from tracker.tables import Case, make

METHOD = "log-odds@1"


class Scored(NamedTuple):
    """Frames: claims with belief and credibility filled, assessments of claims and outlets, and the reasons of belief and of outlets' shared oddities."""

    claims: pd.DataFrame
    assessments: pd.DataFrame
    reasons: pd.DataFrame


def score_case(case: Case, *, settings: ScoreSettings) -> Scored:
    """Belief, bounds and Admiralty digit of every claim and the record of every outlet, from the tables of a traced case.

    Reads outlets, articles, mentions, attributions, members, claims, origins and supports. The effects of a claim's reasons (measure
    "belief") add up to the log-odds of its belief.
    """
    claims: list[dict[str, Any]] = []
    assessments: list[dict[str, Any]] = []
    reasons: list[dict[str, Any]] = []
    for evidence in gather_evidence(case, settings):
        found, claim_id = weigh_claim(evidence, settings), evidence.claim["claim_id"]
        claims.append({**evidence.claim, "belief": found.value, "belief_low": found.low, "belief_high": found.high, "credibility": found.credibility})
        assessments.append({"subject_kind": "claim", "subject_id": claim_id, "measure": "belief", "value": found.value, "low": found.low, "high": found.high,
                            "n": len(evidence.origins), "method": METHOD})
        reasons.extend({"subject_kind": "claim", "subject_id": claim_id, "measure": "belief", "rank": rank, "part": part, "effect": effect, "detail": detail}
                       for rank, (part, effect, detail) in enumerate(found.parts))
    shared, why = rate_shared(case)
    return Scored(make("claims", claims), make("assessments", [*assessments, *rate_outlets(case, settings), *shared]), make("reasons", [*reasons, *why]))
