"""The words of the field for how likely and how sure, kept apart: likelihood by the bands of ICD 203 (2015), confidence from what stands behind it."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BANDS = ((0.05, "almost no chance"), (0.2, "very unlikely"), (0.45, "unlikely"), (0.55, "roughly even chance"), (0.8, "likely"), (0.95, "very likely"),
         (1.0, "almost certain"))
NEAR = 0.25  # a span of belief that stays within about one band


def likelihood(chance: float) -> str:
    """The word for a chance."""
    return next(word for limit, word in BANDS if chance <= limit or limit == 1.0)


def confidence(claim: Mapping[str, Any]) -> str:
    """How firm the ground under a belief is, whatever the belief: high, moderate, low, or cannot be judged.

    High: two independent origins at the fewest, somebody named, nobody denies, bounds close. Low: one origin, or nobody named, or remarks that it is
    not verified. Cannot be judged: nothing readable, or nobody says so.
    """
    if claim["status"] in ("cannot-tell", "unsupported") or claim["credibility"] == 6:
        return "cannot be judged"
    if claim["independent_min"] < 2 or claim["unnamed_only"] or claim["unverified"]:
        return "moderate" if claim["independent_max"] > 1 and not claim["unnamed_only"] and not claim["unverified"] else "low"
    return "high" if not claim["disputed"] and claim["belief_high"] - claim["belief_low"] <= NEAR else "moderate"


def admiralty(claim: Mapping[str, Any], letter: str) -> str:
    """The two judgements side by side, as "B2"; F and 6 mean that it cannot be judged."""
    return f"{letter or 'F'}{claim['credibility']}"
