"""Mentions to claims: candidate pairs, scores, clusters, polarity, wording, rival questions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tracker.ids import content_id
from tracker.link.block import candidate_pairs
from tracker.link.cluster import cluster
from tracker.link.compare import Pairs, compare_pairs, without_conflict
from tracker.link.features import AT, explain
from tracker.link.profiles import profile
from tracker.link.topics import name_topics
from tracker.link.wording import choose_wording
from tracker.model import Vectors
from tracker.settings import LinkSettings
from tracker.tables import dumps, make

NEAR = 3  # mentions close to a claim that are worth a look; three of four such pairs are different claims, so more would only tire
ONE_QUESTION = 0.5  # probability, conflict aside, from which two claims that exclude each other answer one question


class Pile(NamedTuple):
    """Mentions in order of their ids, those that stand for themselves, distinct parts and the place of each of those among them, words of each article."""

    rows: list[dict[str, Any]]
    free: list[dict[str, Any]]
    parts: list[dict[str, Any]]
    places: np.ndarray
    stories: dict[str, list[str]]


class Linked(NamedTuple):
    """Frames: mentions with their stance toward the claim settled, links, members, claims (the columns link knows)."""

    mentions: pd.DataFrame
    links: pd.DataFrame
    members: pd.DataFrame
    claims: pd.DataFrame


def link_mentions(mentions: pd.DataFrame, *, vectors: Vectors, settings: LinkSettings) -> Linked:
    """Put mentions of one proposition together; every mention is in exactly one claim."""
    rows, free, parts, places, stories = read_pile(mentions)
    profiles = profile(parts, vectors, stories)
    pairs = compare_pairs(profiles, *candidate_pairs(profiles))
    labels = cluster(len(parts), pairs.left, pairs.right, pairs.score, pairs.apart, threshold=settings.threshold)
    claim_of = _claims_of(rows, free, labels[places] if len(free) else labels)
    rows, claim_of = _without_weak(rows, claim_of)
    settled = _settle_stances(rows, claim_of)
    first = _first_mentions(places, free)
    links = _links(parts, first, pairs, settings)
    near = near_mentions(links, settled, claim_of)
    claims = [{**row, "near": dumps(near.get(row["claim_id"], []))} for row in _claim_rows(settled, claim_of, _questions(first, pairs, claim_of))]
    stances = {r["mention_id"]: r["stance"] for r in settled}
    kept = [{k: v for k, v in r.items() if k != "parts"} | {"stance": stances[r["mention_id"]]} for r in settled]
    return Linked(make("mentions", kept), links, make("members", [{"mention_id": m, "claim_id": c} for m, c in claim_of.items()]), make("claims", claims))


def near_mentions(links: pd.DataFrame, rows: Sequence[dict[str, Any]], claim_of: dict[str, str]) -> dict[str, list[str]]:
    """Claim id to at most NEAR mentions of other articles that are close to it in words and were not put with it, likest first, one an article."""
    article = {r["mention_id"]: r["article_id"] for r in rows}
    mine: dict[str, set[str]] = {}
    for mention_id, article_id in article.items():
        mine.setdefault(claim_of[mention_id], set()).add(article_id)
    found: dict[str, list[tuple[float, str]]] = {}
    for link in links[links["relation"] != "rival"].to_dict("records"):
        for a, b in ((link["left_id"], link["right_id"]), (link["right_id"], link["left_id"])):
            if a in article and b in article and claim_of[a] != claim_of[b] and article[b] not in mine[claim_of[a]]:
                found.setdefault(claim_of[a], []).append((-float(link["score"]), b))
    out: dict[str, list[str]] = {}
    for claim_id, close in found.items():
        best = {article[m]: m for _, m in sorted(close, reverse=True)}
        out[claim_id] = [m for _, m in sorted(close) if best[article[m]] == m][:NEAR]
        out[claim_id] = list(dict.fromkeys(out[claim_id]))
    return out


def read_pile(mentions: pd.DataFrame) -> Pile:
    """The mentions as the comparison sees them."""
    rows: list[dict[str, Any]] = [{**{str(k): v for k, v in r.items()}, "parts": json.loads(r["frame"])} for r in mentions.to_dict("records")]
    rows.sort(key=lambda r: r["mention_id"])
    stories: dict[str, list[str]] = {}
    for row in rows:
        stories.setdefault(row["article_id"], []).extend(row["parts"]["words"])
    free = [r for r in rows if not r["refers_id"]]
    return Pile(rows, free, *_distinct(free), stories)


def _distinct(rows: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], np.ndarray]:
    """Parts that differ, and the place of each row among them: word-for-word copies are compared once."""
    seen: dict[str, int] = {}
    parts: list[dict[str, Any]] = []
    places: list[int] = []
    for row in rows:
        key = dumps({k: v for k, v in row["parts"].items() if k not in {"quoted", "title", "modal", "weak", "called"}})
        if key not in seen:
            seen[key] = len(parts)
            parts.append({**row["parts"], "text": row["proposition"], "article": row["article_id"]})
        places.append(seen[key])
    return parts, np.asarray(places, dtype=np.int64)


def _claims_of(rows: Sequence[dict[str, Any]], free: Sequence[dict[str, Any]], labels: np.ndarray) -> dict[str, str]:
    """Claim id of each mention; the id is made from the claim's first mention by article and place."""
    groups: dict[int, list[dict[str, Any]]] = {}
    for row, label in zip(free, labels, strict=True):
        groups.setdefault(int(label), []).append(row)
    out: dict[str, str] = {}
    for members in groups.values():
        first = min(members, key=lambda r: r["mention_id"])
        claim_id = content_id("c", first["mention_id"])
        out.update({r["mention_id"]: claim_id for r in members})
    for row in rows:
        if row["refers_id"]:
            out[row["mention_id"]] = out.get(row["refers_id"]) or content_id("c", row["mention_id"])
    return dict(sorted(out.items()))


def _without_weak(rows: list[dict[str, Any]], claim_of: dict[str, str]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Opinion and feeling in quotation marks is a claim only where several articles print it; alone it is left out."""
    articles: dict[str, set[str]] = {}
    for row in rows:
        articles.setdefault(claim_of[row["mention_id"]], set()).add(row["article_id"])
    kept = [r for r in rows if not r["parts"]["weak"] or len(articles[claim_of[r["mention_id"]]]) > 1]
    return kept, {r["mention_id"]: claim_of[r["mention_id"]] for r in kept}


def _settle_stances(rows: Sequence[dict[str, Any]], claim_of: dict[str, str]) -> list[dict[str, Any]]:
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


def _first_mentions(places: np.ndarray, free: Sequence[dict[str, Any]]) -> dict[int, str]:
    """The first mention of each distinct wording."""
    first: dict[int, str] = {}
    for row, place in zip(free, places.tolist(), strict=True):
        first.setdefault(place, row["mention_id"])
    return first


def _links(parts: Sequence[Any], first: dict[int, str], pairs: Pairs, settings: LinkSettings) -> pd.DataFrame:
    """Scored pairs worth keeping: same, rival, or close to it; one row a pair of distinct wordings, by their first mentions."""
    out = []
    for n in np.flatnonzero(pairs.score >= settings.keep).tolist():
        left, right = int(pairs.left[n]), int(pairs.right[n])
        a, b = sorted((first[left], first[right]))
        relation = "rival" if pairs.apart[n] else "same" if pairs.score[n] >= settings.threshold else "neither"
        detail = dumps(explain(parts[left], parts[right], pairs.features[n]))
        out.append({"left_id": a, "right_id": b, "relation": relation, "score": float(pairs.score[n]), "detail": detail})
    return make("links", out)


def _questions(first: dict[int, str], pairs: Pairs, claim_of: dict[str, str]) -> dict[str, str]:
    """Question id of each claim that has a rival: pairs alike but for a figure that excludes the other."""
    parent: dict[str, str] = {}

    def top(c: str) -> str:
        while parent.get(c, c) != c:
            c = parent[c]
        return c

    rivals = pairs.apart & (pairs.features[:, AT["figures_conflict"]] > 0) & (without_conflict(pairs.features) >= ONE_QUESTION)
    for n in np.flatnonzero(rivals).tolist():
        mentions = first[int(pairs.left[n])], first[int(pairs.right[n])]
        if not all(m in claim_of for m in mentions):
            continue
        a, b = sorted(top(claim_of[m]) for m in mentions)
        if a != b:
            parent.setdefault(a, a)
            parent[b] = a
    return {c: content_id("q", top(c)) for c in sorted(parent)}


def _claim_rows(rows: Sequence[dict[str, Any]], claim_of: dict[str, str], questions: dict[str, str]) -> list[dict[str, Any]]:
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
                "question_id": questions.get(claim_id, ""),
                "topic_id": topics.get(claim_id, ""),
                "wording": short,
                "full_wording": full,
                "first_mention_id": min(m["mention_id"] for m in members),
            }
        )
    return out
