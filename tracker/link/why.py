"""Why two mentions were put together or kept apart, compared once more inside their pile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tracker.link.compare import WEIGHTS, excluding, probability
from tracker.link.features import NAMES, compare, explain
from tracker.link.judged import judged_of
from tracker.link.pile import read_pile
from tracker.link.profiles import profile
from tracker.model import Encoder, Vectors
from tracker.settings import LinkSettings


class Why(NamedTuple):
    """Whether they are one claim, how likely their words alone make it (0 to 1), from which likeness they may be one, sentences, parts of the score."""

    together: bool
    likeness: float
    threshold: float
    because: list[str]
    parts: list[tuple[str, float]]


def explain_pair(
    mentions: pd.DataFrame, members: pd.DataFrame, left_id: str, right_id: str, *,
    vectors: Vectors, settings: LinkSettings, links: pd.DataFrame | None = None, published: Mapping[str, str] | None = None,
    encoder: Encoder | None = None,
) -> Why:
    """Why these two mentions are in one claim or in two. `parts` are (feature, what it added to the log-odds), the strongest first.

    With the `links` of the run a person's judgement on the pair, or on others of its claims, is said first. `published` and `encoder` are as for link_mentions.
    """
    pile = read_pile(mentions, published)
    at = pile.place_of([left_id, right_id])
    claim_of = dict(zip(members["mention_id"], members["claim_id"], strict=True))
    together = claim_of[left_id] == claim_of[right_id]
    said = _judged(links, claim_of, left_id, right_id)
    if left_id not in at or right_id not in at:
        return Why(together, 1.0, settings.threshold, [*said, "one of them only speaks of what another mention says, and goes with it"], [])
    if at[left_id] == at[right_id]:
        return Why(together, 1.0, settings.threshold, [*said, "they say the same, word for word"], [])
    rows = compare(profile(pile.parts, vectors, pile.stories, encoder), np.asarray([at[left_id]]), np.asarray([at[right_id]]))
    likeness, apart = float(probability(rows)[0]), bool(excluding(rows)[0])
    because = explain(pile.parts[at[left_id]], pile.parts[at[right_id]], rows[0])
    weighed = [(name, round(WEIGHTS[name] * float(value), 2)) for name, value in zip(NAMES, rows[0], strict=True)]
    parts = sorted((p for p in weighed if p[1]), key=lambda p: (-abs(p[1]), p[0]))
    outcome = [] if said else [_outcome(together, likeness >= settings.threshold, apart)]
    return Why(together, likeness, settings.threshold, [*said, *because, *outcome], parts)


def _judged(links: pd.DataFrame | None, claim_of: Mapping[str, str], left_id: str, right_id: str) -> list[str]:
    """What a person judged of the pair itself, or else that judgements on other mentions of the two claims had a say; empty if none had."""
    rows = [] if links is None else judged_of(links)
    pair = {left_id, right_id}
    own = [said for a, b, _, said in rows if {a, b} == pair]
    if own:
        return own
    claims = {claim_of[left_id], claim_of[right_id]}
    for a, b, relation, _ in rows:
        if {claim_of.get(a), claim_of.get(b)} == claims and (relation == "same") == (len(claims) == 1):
            return [f"a person judged that other mentions of theirs are {'one claim' if len(claims) == 1 else 'two claims'}"]
    return []


def _outcome(together: bool, alike: bool, apart: bool) -> str:
    """What the clusters made of the pair."""
    if apart and not together:
        return "what they exclude keeps them apart, whatever else they share"
    if together:
        return "alike enough by themselves" if alike else "not alike enough by themselves: other mentions of the claim join them"
    return "alike enough, but the other mentions of their claims are too unlike" if alike else "not alike enough"


def as_row(why: Why) -> dict[str, Any]:
    """The answer as plain JSON values."""
    return {**why._asdict(), "parts": [{"feature": name, "adds": value} for name, value in why.parts]}
