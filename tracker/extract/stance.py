"""What a headline does to a claim: it supports it, denies it, or leaves it unverified, with the cues that decided.

A multinomial logistic model over the named features of stance_features.py; the task and its data follow Emergent (Ferreira and Vlachos 2016).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from tracker.extract.stance_features import features
from tracker.extract.stance_weights import WEIGHTS

STANCES = ("denies", "unverified", "supports")
REASONS = 5


class Stance(NamedTuple):
    """The likeliest stance, the probability of each (in the order of STANCES), and what spoke most for the likeliest against the next."""

    label: str
    shares: tuple[float, float, float]
    reasons: tuple[tuple[str, float], ...]


@lru_cache(maxsize=1)
def weights() -> dict[str, tuple[float, float]]:
    """Feature to its weights for "denies" and "unverified"; "supports" has 0. The table holds hundredths."""
    table = {}
    for entry in WEIGHTS.replace("\n", "").split(";"):
        name, denies, unverified = entry.strip().rsplit(",", 2)
        table[name] = (int(denies) / 100, int(unverified) / 100)
    return table


def judge_stance(claim: str, headline: str) -> Stance:
    """The stance of a headline towards a claim, both as printed. A headline on another matter comes out as unverified or supports, as chance has it."""
    known = weights()
    found = {"": 1.0, **features(claim, headline)}
    parts = {name: (*(value * w for w in known[name]), 0.0) for name, value in sorted(found.items()) if name in known}
    scores = np.array(list(parts.values())).reshape(-1, 3).sum(axis=0)
    shares = np.exp(scores - scores.max())
    shares = shares / shares.sum()
    best, second = np.argsort(-shares, kind="stable")[:2].tolist()
    speaking = sorted(((p[best] - p[second], name) for name, p in parts.items() if name), key=lambda p: (-p[0], p[1]))
    reasons = tuple((name, round(size, 2)) for size, name in speaking[:REASONS] if size > 0)
    return Stance(STANCES[best], (float(shares[0]), float(shares[1]), float(shares[2])), reasons)
