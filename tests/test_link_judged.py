"""A person's judgements on pairs of mentions: always obeyed, told apart from the machine's, and without effect where there are none."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.link import Linked, explain_pair, link_mentions
from tracker.link.cluster import cluster
from tracker.link.links import SAID, SET_ASIDE
from tracker.model import JUDGED, Vectors
from tracker.settings import LinkSettings
from tracker.tables import Case, dumps, make
from tracker.view.together import joined

ACTS = ["council sell mill quay", "ferry burn pier harbour", "council sell mill quay", "minister resign office letter", "council buy mill quay"]


def mention(n: int, words: str, **more: Any) -> dict[str, Any]:
    """A row of the mentions table; `more` are columns, or parts of its frame."""
    listed = words.split()
    frame = {"act": listed[1], "actor": listed[0], "object": listed[2], "passive": False, "negated": False, "modal": "", "names": [], "figures": [],
             "dates": [], "words": listed, "called": [], "quoted": False, "title": False, "weak": False}
    frame |= {k: v for k, v in more.items() if k in frame}
    row = {"mention_id": f"m-{n}", "article_id": f"a-{n}", "quote": words, "proposition": words, "stance": "supports", "refers_id": "", "frame": dumps(frame)}
    return row | {k: v for k, v in more.items() if k not in frame}


def judgements(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["left_id", "right_id", "relation"])


def link(vectors: Vectors, rows: list[dict[str, Any]], *judged: tuple[str, str, str]) -> tuple[Linked, dict[str, str]]:
    """What the link stage makes of the rows, and the claim of each mention."""
    linked = link_mentions(make("mentions", rows), vectors=vectors, settings=LinkSettings(), judged=judgements(*judged))
    return linked, dict(zip(linked.members["mention_id"], linked.members["claim_id"], strict=True))


def test_what_is_judged_the_same_is_one_claim_through_others_too(vectors: Vectors) -> None:
    rows = [mention(0, ACTS[0], figures=[[3, 3, "mill"]]), mention(1, ACTS[1]), mention(2, "minister resign office", figures=[[4, 4, "mill"]])]
    _, claims = link(vectors, rows)
    assert len(set(claims.values())) == 3
    _, claims = link(vectors, rows, ("m-0", "m-1", "same"), ("m-2", "m-1", "same"))
    assert len(set(claims.values())) == 1


def test_word_for_word_copies_can_be_judged_different(vectors: Vectors) -> None:
    rows = [mention(n, ACTS[0]) for n in range(4)]
    assert len(set(link(vectors, rows)[1].values())) == 1
    linked, claims = link(vectors, rows, ("m-3", "m-1", "different"))
    assert claims["m-0"] == claims["m-1"] == claims["m-2"] != claims["m-3"]
    row = linked.links[(linked.links["left_id"] == "m-1") & (linked.links["right_id"] == "m-3")].iloc[0]
    assert (row["relation"], row["score"]) == ("different", 1.0) and row["detail"].startswith(f'["{JUDGED}')


def test_a_split_copy_is_as_like_others_as_its_wording(vectors: Vectors) -> None:
    """The copy that is judged different from a reworded mention takes nobody with it; its twin still meets the reworded one."""
    rows = [mention(0, ACTS[0]), mention(1, ACTS[0]), mention(2, ACTS[0] + " town")]
    assert len(set(link(vectors, rows)[1].values())) == 1
    _, claims = link(vectors, rows, ("m-0", "m-1", "different"), ("m-0", "m-2", "different"))
    assert claims["m-1"] == claims["m-2"] != claims["m-0"]


def test_rivals_share_a_question_and_not_a_claim(vectors: Vectors) -> None:
    rows = [mention(0, ACTS[0]), mention(1, ACTS[0] + " town"), mention(2, ACTS[1])]
    linked, claims = link(vectors, rows, ("m-0", "m-1", "rival"))
    asked = dict(zip(linked.claims["claim_id"], linked.claims["question_id"], strict=True))
    assert claims["m-0"] != claims["m-1"]
    assert asked[claims["m-0"]] == asked[claims["m-1"]] != "" and asked[claims["m-2"]] == ""


def test_a_same_that_would_break_another_judgement_is_set_aside(vectors: Vectors) -> None:
    rows = [mention(n, words) for n, words in enumerate(ACTS[:4])]
    linked, claims = link(vectors, rows, ("m-0", "m-1", "same"), ("m-1", "m-3", "same"), ("m-3", "m-0", "different"), ("m-0", "m-1", "same"))
    assert claims["m-0"] == claims["m-1"] != claims["m-3"]
    detail = {(r["left_id"], r["right_id"]): r["detail"] for r in linked.links.to_dict("records")}
    assert SET_ASIDE in detail["m-1", "m-3"] and SAID["same"] in detail["m-0", "m-1"]


def test_a_pair_judged_both_ways_is_kept_apart_and_unknown_ids_are_passed_over(vectors: Vectors) -> None:
    rows = [mention(0, ACTS[0]), mention(1, ACTS[0])]
    _, claims = link(vectors, rows, ("m-0", "m-1", "same"), ("m-1", "m-0", "different"), ("m-0", "m-9", "same"), ("m-0", "m-0", "different"))
    assert claims["m-0"] != claims["m-1"]


def test_opinion_in_quotes_stays_where_it_is_judged_the_same_as_anothers(vectors: Vectors) -> None:
    rows = [mention(0, ACTS[0], weak=True), mention(1, ACTS[1], weak=True)]
    assert not len(link(vectors, rows)[0].members)
    assert len(link(vectors, rows, ("m-0", "m-1", "same"))[0].members) == 2


def test_a_denial_follows_what_it_denies_unless_judged(vectors: Vectors) -> None:
    rows = [mention(0, ACTS[0]), mention(1, "that is false", refers_id="m-0", stance="denies"), mention(2, ACTS[1]), mention(3, ACTS[0])]
    _, claims = link(vectors, rows)
    assert claims["m-1"] == claims["m-0"] == claims["m-3"]
    _, claims = link(vectors, rows, ("m-1", "m-2", "same"))
    assert claims["m-1"] == claims["m-2"] != claims["m-0"]
    _, claims = link(vectors, rows, ("m-1", "m-0", "different"))
    assert claims["m-1"] not in (claims["m-0"], claims["m-2"])
    _, claims = link(vectors, rows, ("m-1", "m-3", "different"))
    assert claims["m-1"] == claims["m-0"] != claims["m-3"]


def test_a_judged_pair_is_not_named_as_close(vectors: Vectors) -> None:
    rows = [mention(0, ACTS[0]), mention(1, ACTS[0] + " town")]
    linked, _ = link(vectors, rows, ("m-0", "m-1", "different"))
    assert set(linked.claims["near"]) == {"[]"}


def test_why_and_the_page_say_that_a_person_judged(vectors: Vectors) -> None:
    rows = [mention(0, ACTS[0]), mention(1, ACTS[1]), mention(2, ACTS[3]), mention(3, ACTS[0] + " town")]
    linked, claims = link(vectors, rows, ("m-0", "m-1", "same"), ("m-1", "m-2", "same"), ("m-0", "m-3", "different"))
    known = {"vectors": vectors, "settings": LinkSettings(), "links": linked.links}
    assert explain_pair(linked.mentions, linked.members, "m-0", "m-1", **known).because[0] == SAID["same"]
    assert "other mentions" in explain_pair(linked.mentions, linked.members, "m-0", "m-2", **known).because[0]
    page = joined(Case({"members": linked.members, "links": linked.links}), {f"m-{n}": f"paper {n}" for n in range(4)})
    said = [r["detail"] for r in page[claims["m-0"]]]
    assert any(SAID["same"] in s for s in said) and any(SAID["different"] in s and "kept apart" in s for s in said)


def test_one_pair_apart_outweighs_a_large_cluster() -> None:
    """The mean over many good pairs does not buy off a single pair that excludes each other."""
    pairs = list(combinations(range(60), 2))
    left, right = (pd.Series(side).to_numpy() for side in zip(*pairs, strict=True))
    apart = pd.Series([p == (0, 59) for p in pairs]).to_numpy()
    labels = cluster(60, left, right, pd.Series([0.9] * len(pairs)).to_numpy(), apart, threshold=0.33).labels
    assert labels[0] != labels[59]


COUNT = 9
pairs_judged = st.lists(
    st.tuples(st.integers(0, COUNT), st.integers(0, COUNT), st.sampled_from(["same", "different", "rival"])), max_size=14
).map(lambda rows: [(f"m-{a}", f"m-{b}", r) for a, b, r in rows])
drawn_mentions = st.tuples(st.integers(0, len(ACTS) - 1), st.integers(0, 3), st.sampled_from(["", "m-0", "m-3"]), st.booleans())
worlds = st.lists(drawn_mentions, min_size=COUNT, max_size=COUNT)
Drawn = list[tuple[int, int, str, bool]]


def world(drawn: Drawn) -> list[dict[str, Any]]:
    """Mentions, some of equal wording, some that refer to others, some weak, some whose figures conflict."""
    rows = []
    for n, (act, figure, refers, weak) in enumerate(drawn):
        figures = [[figure, figure, "mill"]] if figure else []
        rows.append(mention(n, ACTS[act], figures=figures, weak=weak, article_id=f"a-{n // 2}", refers_id=refers if f"m-{n}" not in ("m-0", "m-3") else ""))
    return rows


def holds(claims: dict[str, str], asked: dict[str, str], judged: list[tuple[str, str, str]]) -> bool:
    """Every pair judged apart is apart, rivals share a question, and so do those judged one claim where nothing judged apart forbids it."""
    known = [(a, b, r) for a, b, r in judged if a in claims and b in claims and a != b]
    apart = all(claims[a] != claims[b] for a, b, r in known if r != "same")
    rival = all(asked[claims[a]] == asked[claims[b]] != "" for a, b, r in known if r == "rival")
    groups = {m: {m} for pair in known for m in pair[:2]}
    never = {frozenset((a, b)) for a, b, r in judged if r != "same"}
    for a, b, relation in judged:
        if relation == "same" and a in groups and b in groups and groups[a] is not groups[b]:
            both = groups[a] | groups[b]
            if not any(frozenset(p) in never for p in combinations(both, 2)):
                groups.update(dict.fromkeys(both, both))
    return apart and rival and all(len({claims[m] for m in group}) == 1 for group in groups.values())


@settings(max_examples=60, deadline=None)
@given(worlds, pairs_judged)
def test_law_judgements_hold_whatever_else(vectors: Vectors, drawn: Drawn, judged: list[tuple[str, str, str]]) -> None:
    rows = [{**r, "frame": r["frame"].replace('"weak":true', '"weak":false')} for r in world(drawn)]
    linked, claims = link(vectors, rows, *judged)
    assert holds(claims, dict(zip(linked.claims["claim_id"], linked.claims["question_id"], strict=True)), judged)


@settings(max_examples=25, deadline=None)
@given(worlds, pairs_judged, st.integers(0, 99))
def test_law_order_of_mentions_does_not_matter(vectors: Vectors, drawn: Drawn, judged: list[tuple[str, str, str]], seed: int) -> None:
    rows = world(drawn)
    frame = make("mentions", rows)
    mixed = frame.iloc[random.Random(seed).sample(range(len(frame)), len(frame))]
    one, two = (link_mentions(f, vectors=vectors, settings=LinkSettings(), judged=judgements(*judged)) for f in (frame, mixed))
    for a, b in zip(one, two, strict=True):
        pd.testing.assert_frame_equal(a, b)


def test_a_planted_fault_breaks_the_law(vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the pairs judged apart dropped on their way to the clusters the law is seen to fail."""
    monkeypatch.setattr("tracker.link.claims.cluster", lambda *args, never, **more: cluster(*args, **more))
    judged = [("m-0", "m-1", "different")]
    _, claims = link(vectors, [mention(0, ACTS[0]), mention(1, ACTS[0] + " town")], *judged)
    assert not holds(claims, dict.fromkeys(claims.values(), ""), judged)


def test_a_pile_without_mentions_has_no_claims(vectors: Vectors) -> None:
    linked, claims = link(vectors, [], ("m-0", "m-1", "same"))
    assert not claims and [len(frame) for frame in linked] == [0, 0, 0, 0]


def test_no_judgements_change_nothing(vectors: Vectors) -> None:
    frame = make("mentions", [mention(n, words) for n, words in enumerate(ACTS)])
    one, two = (link_mentions(frame, vectors=vectors, settings=LinkSettings(), judged=j) for j in (None, judgements()))
    for a, b in zip(one, two, strict=True):
        pd.testing.assert_frame_equal(a, b)


def test_a_claim_keeps_its_id_when_later_articles_come(vectors: Vectors) -> None:
    """The first mention is the earliest printed; dated ones come first, and an id that happens to be lesser changes nothing."""
    published = {"a-5": "2031-03-01", "a-2": "2031-03-02", "a-1": ""}
    first = [mention(5, ACTS[0]), mention(2, ACTS[0] + " town")]
    for rows in (first, [*first, mention(1, ACTS[0])]):
        linked = link_mentions(make("mentions", rows), vectors=vectors, settings=LinkSettings(), published=published)
        assert set(linked.claims["first_mention_id"]) == {"m-5"}
    again = link_mentions(make("mentions", first), vectors=vectors, settings=LinkSettings(), published=published)
    assert set(again.claims["claim_id"]) == set(linked.claims["claim_id"])
