"""Mentions to claims: candidate pairs, scores, clusters, polarity, wording, rival questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tracker.ids import content_id
from tracker.link.block import candidate_pairs
from tracker.link.cluster import cluster
from tracker.link.compare import Pairs, compare_pairs
from tracker.link.judged import Units, obey, read_judgements
from tracker.link.links import link_rows, near_mentions, questions
from tracker.link.pile import Pile, first_mentions, read_pile
from tracker.link.profiles import profile
from tracker.link.topics import name_topics
from tracker.link.wording import choose_wording
from tracker.model import Vectors
from tracker.settings import LinkSettings
from tracker.tables import dumps, make


class Linked(NamedTuple):
    """Frames: mentions with their stance toward the claim settled, links, members, claims (the columns link knows)."""

    mentions: pd.DataFrame
    links: pd.DataFrame
    members: pd.DataFrame
    claims: pd.DataFrame


def link_mentions(
    mentions: pd.DataFrame, *, vectors: Vectors, settings: LinkSettings, judged: pd.DataFrame | None = None, published: Mapping[str, str] | None = None
) -> Linked:
    """Put mentions of one proposition together; every mention is in exactly one claim.

    `judged` holds a person's verdicts on pairs of mentions: left_id, right_id, relation ("same", "different", "rival"). They outrank scores, conflicts
    and equal wording; of verdicts that contradict each other those that keep apart are followed, and then "same" in the order of the rows. Unknown ids
    are passed over. `published` is the time at which each article was printed, by its id: the earliest mention of a claim gives the claim its id.
    """
    pile = read_pile(mentions, published)
    judgements = read_judgements(judged, {r["mention_id"] for r in pile.rows})
    units = obey(judgements, pile)
    profiles = profile(pile.parts, vectors, pile.stories)
    pairs = compare_pairs(profiles, *candidate_pairs(profiles))
    rows, claim_of = _claims_of(*_without_weak(pile.rows, _groups(pile, units, _cluster(pairs, units, settings))))
    settled = _settle_stances(rows, claim_of)
    first = first_mentions(pile)
    links = link_rows(pile, profiles, pairs, first, judgements, units.aside, settings)
    near = near_mentions(links, settled, claim_of, judgements.apart)
    asked = questions(first, pairs, claim_of, judgements.given)
    claims = [{**row, "near": dumps(near.get(row["claim_id"], []))} for row in _claim_rows(settled, claim_of, asked)]
    kept = [{k: v for k, v in r.items() if k != "parts"} for r in settled]
    return Linked(make("mentions", kept), links, make("members", [{"mention_id": m, "claim_id": c} for m, c in claim_of.items()]), make("claims", claims))


def _cluster(pairs: Pairs, units: Units, settings: LinkSettings) -> np.ndarray:
    """Cluster number of each item; an item split off from its wording is as like the others as the wording is."""
    left, right, score, apart = pairs.left, pairs.right, pairs.score, pairs.apart
    count = len(units.wording)
    for item in np.flatnonzero(units.wording != np.arange(count)).tolist():
        own = units.wording[item]
        again = np.flatnonzero((left == own) | (right == own))
        left, right = np.append(left, np.where(left[again] == own, item, left[again])), np.append(right, np.where(right[again] == own, item, right[again]))
        score, apart = np.append(score, score[again]), np.append(apart, apart[again])
    return cluster(count, left, right, score, apart, threshold=settings.threshold, must=units.must, never=units.never)


def _groups(pile: Pile, units: Units, labels: np.ndarray) -> list[Any]:
    """For each mention of the pile what it shares with the others of its claim alone."""
    found: dict[str, Any] = {r["mention_id"]: int(labels[place]) for r, place in zip(pile.free, pile.places.tolist(), strict=True)}
    found.update({m: int(labels[item]) for m, item in units.item_of.items() if item >= 0})
    found.update({m: group[0] for group in units.alone for m in group})
    targets = {r["mention_id"]: r["refers_id"] for r in pile.rows if r["mention_id"] not in found}
    for mention, target in targets.items():
        while target in targets and targets[target] != mention and target not in found:
            target = targets[target]
        found[mention] = found.get(target, mention)
    return [found[r["mention_id"]] for r in pile.rows]


def _without_weak(rows: Sequence[dict[str, Any]], groups: Sequence[Any]) -> tuple[list[dict[str, Any]], list[Any]]:
    """Opinion and feeling in quotation marks is a claim only where several articles print it; alone it is left out."""
    articles: dict[Any, set[str]] = {}
    for row, group in zip(rows, groups, strict=True):
        articles.setdefault(group, set()).add(row["article_id"])
    kept = [(r, g) for r, g in zip(rows, groups, strict=True) if not r["parts"]["weak"] or len(articles[g]) > 1]
    return [r for r, _ in kept], [g for _, g in kept]


def _claims_of(rows: list[dict[str, Any]], groups: Sequence[Any]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The rows, and the claim id of each mention, made from the claim's first mention."""
    ids: dict[Any, str] = {}
    out: dict[str, str] = {}
    for row, group in zip(rows, groups, strict=True):
        if group not in ids:
            ids[group] = content_id("c", row["mention_id"])
        out[row["mention_id"]] = ids[group]
    return rows, out


def _settle_stances(rows: Sequence[dict[str, Any]], claim_of: Mapping[str, str]) -> list[dict[str, Any]]:
    """Mentions of the claim's lesser polarity deny it: "was not offered" beside two "was offered", or the other way round."""
    balance: dict[str, int] = {}
    for row in rows:
        if not row["refers_id"]:
            claim_id = claim_of[row["mention_id"]]
            balance[claim_id] = balance.get(claim_id, 0) + (-1 if row["parts"]["negated"] else 1)
    out = []
    for row in rows:
        weight = balance.get(claim_of[row["mention_id"]], 0)
        against = row["parts"]["negated"] != (weight < 0)
        flips = against and not row["refers_id"]
        stance = {"supports": "denies", "denies": "supports"}.get(row["stance"], row["stance"]) if flips else row["stance"]
        out.append({**row, "stance": stance})
    return out


def _claim_rows(rows: Sequence[dict[str, Any]], claim_of: Mapping[str, str], asked: Mapping[str, str]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(claim_of[row["mention_id"]], []).append(row)
    topics = name_topics({c: [m["parts"] for m in ms] for c, ms in groups.items()})
    out = []
    for claim_id, members in sorted(groups.items()):
        common: dict[str, int] = {}
        for member in members:
            for word in set(member["parts"]["words"]):
                common[word] = common.get(word, 0) + 1
        centrality = [sum(common[w] for w in set(m["parts"]["words"])) / (len(members) * max(1, len(set(m["parts"]["words"])))) for m in members]
        short, full = choose_wording(members, centrality)
        out.append(
            {
                "claim_id": claim_id,
                "question_id": asked.get(claim_id, ""),
                "topic_id": topics.get(claim_id, ""),
                "wording": short,
                "full_wording": full,
                "first_mention_id": members[0]["mention_id"],
            }
        )
    return out
