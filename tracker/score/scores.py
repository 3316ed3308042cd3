"""All scores of a traced case."""
from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

import pandas as pd

from tracker.model import Ask, when_asked
from tracker.score import behaviour
from tracker.score.behaviour import rate_shared
from tracker.score.belief import gather_evidence, weigh_claim
from tracker.score.standing import LOOKED_AT, rate_outlets
from tracker.settings import ScoreSettings
from tracker.tables import Case, about_claims, among, make, of_claims, union

METHOD = "log-odds@1"
COLUMNS = ["belief", "belief_low", "belief_high", "credibility"]
"""The columns of `claims` that scoring fills in."""

_WEIGHED = ("outlets", "articles", "attributions", "members", "claims", "origins", "supports")
"""The tables, beside mentions, that belief in a claim follows from."""

Oddities = tuple[list[dict[str, Any]], list[dict[str, Any]]]


class Scored(NamedTuple):
    """Frames: claims with belief and credibility filled, assessments of claims and outlets, and the reasons of belief and of outlets' shared oddities."""

    claims: pd.DataFrame
    assessments: pd.DataFrame
    reasons: pd.DataFrame


def score_case(case: Case, *, settings: ScoreSettings, known: Scored | None = None, sharing: Callable[[], Oddities] | None = None,
               ask: Ask = when_asked) -> Scored:
    """Belief, bounds and Admiralty digit of every claim and the record of every outlet, from the tables of a traced case.

    Reads outlets, articles, mentions, attributions, members, claims, origins and supports. The effects of a claim's reasons (measure
    "belief") add up to the log-odds of its belief. Claims of which the scores are `known` are not scored again: of it the rows of claims are taken.
    The outlets are rated by `ask`. `sharing`: what `ask_oddities` gives, where that was asked for before.
    """
    rating = ask(_rate_outlets, {name: case[name][columns] for name, columns in LOOKED_AT.items()}, settings)
    there = set(known.claims["claim_id"]) if known is not None else set()
    weighed = Case({n: case[n] for n in _WEIGHED} | {"mentions": case["mentions"][["mention_id", "article_id", "stance", "hedge"]]})
    scored = _score_claims(of_claims(weighed, there, out=True) if there else weighed, settings)
    parts = [scored] if known is None else [known, scored]
    claims, assessments, reasons = (union(name, [getattr(p, name) for p in parts]) for name in Scored._fields)
    shared, why = (sharing or ask_oddities(case))()
    outlets = make("assessments", [*rating(), *shared])
    return Scored(claims, union("assessments", [assessments, outlets]), union("reasons", [reasons, make("reasons", why)]))


def ask_oddities(case: Case, ask: Ask = when_asked) -> Callable[[], Oddities]:
    """What outlets share, looked for by `ask`: rows of assessments and of reasons. The claims need not be traced for it."""
    return ask(_find_shared, {name: case[name][columns] for name, columns in behaviour.LOOKED_AT.items()})


def _find_shared(tables: Mapping[str, pd.DataFrame]) -> Oddities:
    return rate_shared(Case(tables))


def _rate_outlets(tables: Mapping[str, pd.DataFrame], settings: ScoreSettings) -> list[dict[str, Any]]:
    return rate_outlets(Case(tables), settings)


def known_scores(claims: pd.DataFrame, claim_ids: Collection[str], tables: Mapping[str, pd.DataFrame]) -> Scored:
    """The scores that these claims, traced as before, have in the tables of an earlier count."""
    scores = tables["claims"][["claim_id", *COLUMNS]]
    mine = claims[among(claims["claim_id"], claim_ids)].drop(columns=COLUMNS).merge(scores, on="claim_id")
    return Scored(mine, *(about_claims(tables[name], claim_ids, ["belief"]) for name in ("assessments", "reasons")))


def _score_claims(case: Case, settings: ScoreSettings) -> Scored:
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
    return Scored(make("claims", claims), make("assessments", assessments), make("reasons", reasons))
