"""Mentions to claims: candidate pairs, scores, clusters, polarity, wording, rival questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tracker.ids import content_id
from tracker.link.block import candidate_pairs
from tracker.link.cluster import Clusters, Trees, cluster
from tracker.link.compare import Compared, compare_pairs
from tracker.link.features import CHUNK, said_of
from tracker.link.judged import Judgements, Units, obey, read_judgements
from tracker.link.kept import Kept, mark_articles, mark_mentions, since
from tracker.link.links import found_links, judged_rows, link_rows, near_mentions, questions, unmet
from tracker.link.pile import Pile, first_mentions, read_pile
from tracker.link.profiles import Profiles, profile
from tracker.link.rivals import rival_pairs
from tracker.link.terms import distinct
from tracker.link.topics import name_topics
from tracker.link.wording import choose_wording
from tracker.model import Ask, Encoder, Vectors, when_asked
from tracker.settings import LinkSettings
from tracker.tables import conform, dumps, make

HERE = 0.67  # of the pairs that are compared in this process: to send the mentions to the other takes as long as the rest; set by a timeline
WORTH = 15  # pairs a mention from which sending the mentions is repaid: invented ones have 8 and would need 22, those of real news have 21 and gain


class Linked(NamedTuple):
    """Frames: mentions with their stance toward the claim settled, links, members, claims (the columns link knows)."""

    mentions: pd.DataFrame
    links: pd.DataFrame
    members: pd.DataFrame
    claims: pd.DataFrame


class Grouped(NamedTuple):
    """The same before the links, from which nothing else follows, are written; `scored` are what `found_links` takes, `judged` the rows of judged pairs,
    `compared` what the next linking need not compare again."""

    mentions: pd.DataFrame
    members: pd.DataFrame
    claims: pd.DataFrame
    scored: tuple[Any, ...]
    judged: Sequence[Mapping[str, Any]]
    compared: Kept

    def ask_links(self, ask: Ask = when_asked) -> Callable[[], pd.DataFrame]:
        """The frame of links, written by `ask`."""
        return partial(link_rows, ask(found_links, *self.scored), self.judged)


def link_mentions(
    mentions: pd.DataFrame, *, vectors: Vectors, settings: LinkSettings,
    judged: pd.DataFrame | None = None, published: Mapping[str, str] | None = None, encoder: Encoder | None = None,
) -> Linked:
    """Put mentions of one proposition together; every mention is in exactly one claim.

    `judged` holds a person's verdicts on pairs of mentions: left_id, right_id, relation ("same", "different", "rival"). They outrank scores, conflicts
    and equal wording; of verdicts that contradict each other those that keep apart are followed, and then "same" in the order of the rows. Unknown ids
    are passed over. `published` is the time at which each article was printed, by its id: the earliest mention of a claim gives the claim its id.
    With an `encoder` meanings are compared by its vectors of whole propositions, with `vectors` those of single words.
    """
    found = compare_mentions(mentions, vectors=vectors, settings=settings, judged=judged, published=published, encoder=encoder)()
    return Linked(found.mentions, found.ask_links()(), found.members, found.claims)


def compare_mentions(
    mentions: pd.DataFrame, *, vectors: Vectors, settings: LinkSettings,
    judged: pd.DataFrame | None = None, published: Mapping[str, str] | None = None, encoder: Encoder | None = None, ask: Ask = when_asked,
    earlier: Kept | None = None,
) -> Callable[[], Grouped]:
    """The first half of link_mentions, from the same arguments: pairs found and compared, some of them by `ask`; what it gives does the second half.

    `earlier`: what a linking with the same vectors and settings left; what is the same as then is not compared again, unless there is an encoder.
    """
    pile = read_pile(mentions, published)
    judgements = read_judgements(judged, set(pile.ids) if judged is not None else ())
    units = obey(judgements, pile)
    profiles = profile(pile.parts, vectors, pile.stories, encoder)
    kept = _compared(profiles, pile, earlier if encoder is None else None, ask)  # what an encoder makes of a text hangs a little on those beside it
    return partial(_linked, mentions, pile, profiles, kept, judgements, units, settings)


def _compared(profiles: Profiles, pile: Pile, earlier: Kept | None, ask: Ask) -> Kept:
    """The pairs found and compared; those that an `earlier` linking compared are not compared again unless something that they hang on is new."""
    which = distinct(profiles.story)
    marks, told = mark_mentions(pile.own, profiles), mark_articles(pile.told[which], which, profiles)
    known = since(earlier, marks, told)
    left, right, near = candidate_pairs(profiles, ask, known.moved if known is not None else None)
    keys = left * len(marks) + right
    trees = earlier.trees if earlier is not None else {}
    if known is None:
        return Kept(marks, told, keys, _compare_all(profiles, left, right, ask), near, trees)
    new = ~_within(keys, known.keys)
    fresh = _compare_all(profiles, left[new], right[new], ask)
    still = _within(known.pairs.left * len(marks) + known.pairs.right, keys)
    pairs = Compared(*(np.concatenate([one[still], two]) for one, two in zip(known.pairs, fresh, strict=True)))
    order = np.lexsort((pairs.right, pairs.left))
    return Kept(marks, told, keys, Compared(*(column[order] for column in pairs)), near, trees)


def _within(some: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """Which of some keys are among others, which are in order."""
    if not len(keys):
        return np.zeros(len(some), dtype=bool)
    return np.asarray(keys[np.minimum(np.searchsorted(keys, some), len(keys) - 1)] == some)


def _compare_all(profiles: Profiles, left: np.ndarray, right: np.ndarray, ask: Ask) -> Compared:
    """What is worth keeping of the pairs; of many some are compared by `ask`."""
    here = int(HERE * (len(left) // CHUNK)) * CHUNK  # at the border of a piece, so that each is worked on as in one go
    if ask is when_asked or not here or len(left) < WORTH * len(profiles.parts):
        return _compare_some(profiles, left, right)
    beside = ask(_compare_some, profiles, left[here:], right[here:])
    found = [_compare_some(profiles, left[:here], right[:here]), beside()]
    return Compared(*(np.concatenate(columns) for columns in zip(*found, strict=True)))


def _compare_some(profiles: Profiles, left: np.ndarray, right: np.ndarray) -> Compared:
    pairs = compare_pairs(profiles, left, right)
    return Compared(pairs.left, pairs.right, pairs.score, pairs.apart, rival_pairs(profiles.parts, pairs), said_of(pairs.features))


def _scored(pile: Pile, pairs: Compared, first: Sequence[str], settings: LinkSettings) -> tuple[Any, ...]:
    """What `found_links` takes."""
    kept = np.flatnonzero(pairs.score >= settings.keep)
    told = [{"words": p["words"], "names": p["names"], "act": p["act"]} for p in pile.parts]
    return told, pairs.left[kept], pairs.right[kept], pairs.score[kept], pairs.apart[kept], pairs.said[kept], first, settings


def _linked(
    mentions: pd.DataFrame, pile: Pile, profiles: Profiles, kept_pairs: Kept, judgements: Judgements, units: Units, settings: LinkSettings
) -> Grouped:
    pairs = kept_pairs.pairs._replace(apart=kept_pairs.pairs.apart | kept_pairs.pairs.rival | _one_inside_the_other(pile, kept_pairs.pairs))
    clusters = _cluster(pairs, units, settings, kept_pairs.trees)
    groups = _groups(pile, units, clusters.labels)
    kept = _without_weak(pile, groups)
    claims = _claim_ids(pile, kept, groups)
    claim_of = {pile.ids[n]: c for n, c in zip(kept.tolist(), claims, strict=True)}
    stances = _settle_stances(pile, kept, groups)
    first = first_mentions(pile)
    judged = judged_rows(pile, profiles, judgements, units.aside)
    near = near_mentions(unmet(pairs, first, claim_of, judged, settings), {pile.ids[n]: pile.articles[n] for n in kept.tolist()}, claim_of, judgements.apart)
    asked = questions(first, pairs, claim_of, judgements.given)
    rows = [{**row, "near": dumps(near.get(row["claim_id"], []))} for row in _claim_rows(pile, kept, claims, stances, asked)]
    settled = mentions[np.asarray([m in claim_of for m in mentions["mention_id"].tolist()], dtype=bool)].copy()
    settled["stance"] = [stances[m] for m in settled["mention_id"].tolist()]
    members = pd.DataFrame({"mention_id": list(claim_of), "claim_id": list(claim_of.values())}, dtype="str")
    scored, compared = _scored(pile, pairs, first, settings), kept_pairs._replace(trees=clusters.trees)
    return Grouped(conform("mentions", settled), conform("members", members), make("claims", rows), scored, judged, compared)


def _one_inside_the_other(pile: Pile, pairs: Compared) -> np.ndarray:
    """Pairs of one article of which one's quote holds the other's: a clause and one inside it say two things, however many words they share."""
    _, at = np.unique(pile.places, return_index=True)
    rows = pile.free[at]
    codes = {a: n for n, a in enumerate(pile.stories)}
    article, quotes = np.asarray([codes[pile.articles[n]] for n in rows.tolist()], dtype=np.int64), [pile.quotes[n] for n in rows.tolist()]
    out = np.zeros(len(pairs.left), dtype=bool)
    for k in np.flatnonzero(article[pairs.left] == article[pairs.right]).tolist():
        one, two = quotes[pairs.left[k]], quotes[pairs.right[k]]
        out[k] = len(one) != len(two) and (one in two or two in one)
    return out


def _cluster(pairs: Compared, units: Units, settings: LinkSettings, known: Trees) -> Clusters:
    """Clusters of the items; an item split off from its wording is as like the others as the wording is."""
    left, right, score, apart = pairs.left, pairs.right, pairs.score, pairs.apart
    count = len(units.wording)
    for item in np.flatnonzero(units.wording != np.arange(count)).tolist():
        own = units.wording[item]
        again = np.flatnonzero((left == own) | (right == own))
        left, right = np.append(left, np.where(left[again] == own, item, left[again])), np.append(right, np.where(right[again] == own, item, right[again]))
        score, apart = np.append(score, score[again]), np.append(apart, apart[again])
    return cluster(count, left, right, score, apart, threshold=settings.threshold, must=units.must, never=units.never, known=known)


def _groups(pile: Pile, units: Units, labels: np.ndarray) -> np.ndarray:
    """For each mention of the pile the number that it shares with the others of its claim alone."""
    group = np.full(len(pile.ids), -1, dtype=np.int64)
    group[pile.free] = labels[pile.places]
    row = pile.row_of(list(units.item_of)) if units.item_of else {}
    for mention, item in units.item_of.items():
        group[row[mention]] = labels[item] if item >= 0 else -1
    for n, mentions in enumerate(units.alone):
        group[[row[m] for m in mentions]] = len(labels) + n
    following = np.flatnonzero(group < 0).tolist()
    at = pile.row_of([pile.refers[n] for n in following])
    for n in following:
        seen, target = {n}, n
        while group[target] < 0 and (onward := at.get(pile.refers[target], target)) not in seen:
            seen.add(target := onward)
        group[n] = group[target] if group[target] >= 0 else len(labels) + len(units.alone) + n
    return group


def _without_weak(pile: Pile, groups: np.ndarray) -> np.ndarray:
    """Rows that are kept: opinion and feeling in quotation marks is a claim only where several articles print it; alone it is left out."""
    codes = {a: n for n, a in enumerate(pile.stories)}
    article = np.asarray([codes[a] for a in pile.articles], dtype=np.int64)
    group, _ = np.divmod(distinct(groups * len(codes) + article), max(1, len(codes)))
    articles = np.bincount(group, minlength=int(groups.max(initial=0)) + 1)
    return np.flatnonzero(~pile.of_frames("weak") | (articles[groups] > 1))


def _claim_ids(pile: Pile, kept: np.ndarray, groups: np.ndarray) -> list[str]:
    """The claim id of each kept row, made from the claim's first mention."""
    _, first, back = np.unique(groups[kept], return_index=True, return_inverse=True)
    ids = [content_id("c", pile.ids[n]) for n in kept[first].tolist()]
    return [ids[n] for n in back.tolist()]


def _settle_stances(pile: Pile, kept: np.ndarray, groups: np.ndarray) -> dict[str, str]:
    """Mentions of the claim's lesser polarity deny it: "was not offered" beside two "was offered", or the other way round."""
    negated, free = pile.of_frames("negated"), np.zeros(len(pile.ids), dtype=bool)
    free[pile.free] = True
    counted = kept[free[kept]]
    size = int(groups.max(initial=0)) + 1
    balance = np.bincount(groups[counted[~negated[counted]]], minlength=size) - np.bincount(groups[counted[negated[counted]]], minlength=size)
    flips = free & (negated != (balance[groups] < 0))
    turned = {"supports": "denies", "denies": "supports"}
    return {pile.ids[n]: turned.get(pile.stances[n], pile.stances[n]) if flips[n] else pile.stances[n] for n in kept.tolist()}


def _claim_rows(pile: Pile, kept: np.ndarray, claims: Sequence[str], stances: Mapping[str, str], asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row a claim, by id; what many of its mentions share word for word is looked at once."""
    groups: dict[str, dict[tuple[Any, ...], int]] = {}
    frames: dict[str, dict[int, int]] = {}
    for n, code, claim_id in zip(kept.tolist(), pile.frame[kept].tolist(), claims, strict=True):
        groups.setdefault(claim_id, {}).setdefault((code, pile.propositions[n], pile.quotes[n], stances[pile.ids[n]], bool(pile.refers[n])), n)
        counts = frames.setdefault(claim_id, {})
        counts[code] = counts.get(code, 0) + 1
    topics = name_topics({c: [pile.frames[code] for code in counts] for c, counts in frames.items()})
    out = []
    for claim_id, found in sorted(groups.items()):
        central = _centrality(pile, frames[claim_id])
        members = [
            {"parts": pile.frames[code], "proposition": proposition, "quote": quote, "stance": stance, "refers_id": refers}
            for code, proposition, quote, stance, refers in found
        ]
        short, full = choose_wording(members, [central[key[0]] for key in found])
        first = pile.ids[min(found.values())]
        row = {"claim_id": claim_id, "question_id": asked.get(claim_id, ""), "topic_id": topics.get(claim_id, "")}
        out.append({**row, "wording": short, "full_wording": full, "first_mention_id": first})
    return out


def _centrality(pile: Pile, counts: Mapping[int, int]) -> dict[int, float]:
    """How much of each frame's words the mentions of its claim share, 0 to 1."""
    if len(counts) == 1:
        return dict.fromkeys(counts, 1.0)
    common: dict[str, int] = {}
    for code, count in counts.items():
        for word in set(pile.frames[code]["words"]):
            common[word] = common.get(word, 0) + count
    total = sum(counts.values())
    own = {code: set(pile.frames[code]["words"]) for code in counts}
    return {code: sum(common[w] for w in words) / (total * max(1, len(words))) for code, words in own.items()}
