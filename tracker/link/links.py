"""What is kept of the compared pairs: rows of `links`, what is close to a claim, and the questions that rival claims answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from tracker.ids import content_id
from tracker.link.compare import Compared, probability
from tracker.link.features import compare, explain, explain_all
from tracker.link.judged import SAID, SET_ASIDE, Judgements, Pair
from tracker.link.pile import Pile
from tracker.link.profiles import Parts, Profiles
from tracker.settings import LinkSettings
from tracker.tables import dumps, from_columns, make, tuples, union

NEAR = 3  # mentions close to a claim that are worth a look; three of four such pairs are different claims, so more would only tire
SHOWN = 3  # decimals of a score that is kept: more would tell nothing, and would change in every row with every article that is added


def found_links(
    told: Sequence[Parts], left: np.ndarray, right: np.ndarray, score: np.ndarray, apart: np.ndarray, said: np.ndarray, first: Sequence[str],
    settings: LinkSettings,
) -> pd.DataFrame:
    """Scored pairs worth keeping: same, rival, or close to it; one row a pair of distinct wordings, by their first mentions.

    `told`: what explain_all reads of each wording.
    """
    details = explain_all(told, left, right, said)
    relations = np.where(apart, "rival", np.where(score >= settings.threshold, "same", "neither")).tolist()
    keys = [(a, b) if a < b else (b, a) for a, b in zip((first[n] for n in left.tolist()), (first[n] for n in right.tolist()), strict=True)]
    columns = {"left_id": [a for a, _ in keys], "right_id": [b for _, b in keys], "relation": relations, "score": np.round(score, SHOWN),
               "detail": [dumps(d) for d in details]}
    return from_columns("links", columns)


def link_rows(found: Callable[[], pd.DataFrame], judged: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """The links that were found and those that a person judged, each pair once."""
    if not judged:
        return found()
    given = {(r["left_id"], r["right_id"]) for r in judged}
    machine = found()
    machine = machine[np.asarray([key not in given for key in tuples(machine, "left_id", "right_id")], dtype=bool)]
    return union("links", [machine, make("links", judged)])


def judged_rows(pile: Pile, profiles: Profiles, judgements: Judgements, aside: frozenset[Pair]) -> list[dict[str, Any]]:
    """A row for each judged pair, with what was judged as its relation and a detail that says so; its score is what the words alone make it."""
    place = pile.place_of([m for pair in judgements.given for m in pair]) if judgements.given else {}
    out = []
    for (a, b), relation in judgements.given.items():
        relation, said = ("different", SET_ASIDE) if (a, b) in aside else (relation, SAID[relation])
        score, because = 0.0, ["one of them only speaks of what another mention says"]
        if a in place and b in place:
            row = compare(profiles, np.asarray([place[a]]), np.asarray([place[b]]))
            alike = place[a] == place[b]
            score = 1.0 if alike else round(float(probability(row)[0]), SHOWN)
            because = ["they say the same, word for word"] if alike else explain(pile.parts[place[a]], pile.parts[place[b]], row[0])
        out.append({"left_id": a, "right_id": b, "relation": relation, "score": score, "detail": dumps([said, *because])})
    return out


def unmet(
    pairs: Compared, first: Sequence[str], claim_of: Mapping[str, str], judged: Sequence[Mapping[str, Any]], settings: LinkSettings
) -> Iterator[tuple[str, str, float]]:
    """(mention, mention, score) of the links that are no rivals and whose mentions came into two claims."""
    number = {c: n for n, c in enumerate(sorted(set(claim_of.values())))}
    claim = np.asarray([number[claim_of[m]] if m in claim_of else -1 for m in first], dtype=np.int64)
    left, right = claim[pairs.left], claim[pairs.right]
    given, score = {(r["left_id"], r["right_id"]) for r in judged}, np.round(pairs.score, SHOWN)
    for n in np.flatnonzero((pairs.score >= settings.keep) & ~pairs.apart & (left >= 0) & (right >= 0) & (left != right)).tolist():
        one, two = sorted((first[pairs.left[n]], first[pairs.right[n]]))
        if (one, two) not in given:
            yield one, two, float(score[n])
    for row in judged:
        if row["relation"] != "rival":
            yield row["left_id"], row["right_id"], row["score"]


def near_mentions(
    close_by: Iterable[tuple[str, str, float]], article: Mapping[str, str], claim_of: Mapping[str, str], apart: Sequence[Pair] = ()
) -> dict[str, list[str]]:
    """Claim id to at most NEAR mentions of other articles that are close to it in words and were not put with it, likest first, one an article.

    `close_by`: pairs of mentions and their score. `article` names the article of each mention. Claims that a person judged `apart` are not near each other.
    """
    mine: dict[str, set[str]] = {}
    for mention_id, article_id in article.items():
        mine.setdefault(claim_of[mention_id], set()).add(article_id)
    parted = {frozenset((claim_of[a], claim_of[b])) for a, b in apart if a in claim_of and b in claim_of}
    found: dict[str, list[tuple[float, str]]] = {}
    for left, right, score in close_by:
        one, two = claim_of.get(left), claim_of.get(right)
        if one is None or two is None or one == two or (parted and frozenset((one, two)) in parted):
            continue
        for claim_id, mention_id in ((one, right), (two, left)):
            if article[mention_id] not in mine[claim_id]:
                found.setdefault(claim_id, []).append((-score, mention_id))
    out: dict[str, list[str]] = {}
    for claim_id, close in found.items():
        best = {article[m]: m for _, m in sorted(close, reverse=True)}
        out[claim_id] = [m for _, m in sorted(close) if best[article[m]] == m][:NEAR]
        out[claim_id] = list(dict.fromkeys(out[claim_id]))
    return out


def questions(first: Sequence[str], pairs: Compared, claim_of: Mapping[str, str], given: Mapping[Pair, str]) -> dict[str, str]:
    """Question id of each claim that has a rival: pairs that are rivals, and pairs judged to be."""
    parent: dict[str, str] = {}

    def top(c: str) -> str:
        while parent.get(c, c) != c:
            c = parent[c]
        return c

    found = [(first[int(pairs.left[n])], first[int(pairs.right[n])]) for n in np.flatnonzero(pairs.rival).tolist()]
    told = [p for p in found if (min(p), max(p)) not in given]
    for mentions in [*told, *(p for p, relation in given.items() if relation == "rival")]:
        if not all(m in claim_of for m in mentions):
            continue
        a, b = sorted(top(claim_of[m]) for m in mentions)
        if a != b:
            parent.setdefault(a, a)
            parent[b] = a
    return {c: content_id("q", top(c)) for c in sorted(parent)}
