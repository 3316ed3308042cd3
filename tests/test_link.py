"""Same claim, different words: what is put together, what is kept apart."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from tracker.extract import extract_mentions
from tracker.language import load_weights
from tracker.link import Linked, features, link_mentions
from tracker.link.cluster import cluster
from tracker.link.features import dates_relation, figures_relation
from tracker.link.topics import name_topics
from tracker.link.wording import choose_wording
from tracker.model import Parser, Vectors
from tracker.registry import Registry
from tracker.settings import LinkSettings
from tracker.tables import make

Link = Callable[..., Linked]


@pytest.fixture(scope="module")
def link(parser: Parser, vectors: Vectors, registry: Registry) -> Link:
    """A function from texts, one an article, to what the link stage makes of them."""

    def run(*texts: str, shuffle: int = 0) -> Linked:
        rows = [{"article_id": f"a-{n}", "outlet_id": f"paper-{n}", "text": t, "furniture": "[]", "published_at": "2024-10-15"} for n, t in enumerate(texts)]
        mentions = extract_mentions(make("articles", rows), parser=parser, weights=load_weights(), registry=registry).mentions
        if shuffle:
            mentions = mentions.sample(frac=1, random_state=shuffle)
        return link_mentions(mentions, vectors=vectors, settings=LinkSettings())

    return run


def together(linked: Linked, one: str, two: str) -> bool:
    claims = linked.mentions.merge(linked.members, on="mention_id")
    return bool(
        set(claims[claims["quote"].str.contains(one, regex=False)]["claim_id"]) & set(claims[claims["quote"].str.contains(two, regex=False)]["claim_id"])
    )


def test_two_wordings_of_one_act_are_one_claim(link: Link) -> None:
    linked = link(
        "President Maria Stone submitted a bill to the National Assembly on Monday, Oct. 14.",
        "On Oct. 14 Maria Stone put a draft law before the National Assembly.",
    )
    assert linked.claims["claim_id"].nunique() == 1


def test_conflicting_figures_are_rivals_under_one_question(link: Link) -> None:
    linked = link("The ferry fire in Port Alder injured 14 passengers on Monday.", "The ferry fire in Port Alder injured 11 passengers on Monday.")
    assert not together(linked, "injured 14", "injured 11")
    assert linked.claims["question_id"].nunique() == 1 and linked.claims["question_id"].iloc[0] != ""


def test_a_negated_wording_denies_the_claim(link: Link) -> None:
    linked = link(
        "The company poisoned the Alder river in May.",
        "The company poisoned the Alder river in May, residents said.",
        "The company did not poison the Alder river in May.",
    )
    assert sorted(linked.mentions["stance"]) == ["denies", "supports", "supports"]


def test_different_events_stay_apart(link: Link) -> None:
    linked = link("The ferry burned in the harbour of Port Alder.", "The national bank raised interest rates by half a point.")
    assert linked.claims["claim_id"].nunique() == 2


@pytest.mark.parametrize("quote", ["a club that sued the council over the ban closed its doors", "the club did not sue the council over the ban"])
def test_a_clause_and_one_inside_it_are_two_claims(link: Link, vectors: Vectors, quote: str) -> None:
    """However many words they share; two clauses of one article that do not hold each other may well be one claim."""
    mentions = link("A club that sued the council over the ban closed its doors. The club sued the council over the ban.").mentions
    row = mentions[mentions["quote"].str.startswith("The club sued")].to_dict("records")[0]
    rows = [row | {"quote": "sued the council over the ban"}, row | {"mention_id": "m-two", "quote": quote, "frame": row["frame"].replace('"club"', '"group"')}]
    linked = link_mentions(make("mentions", rows), vectors=vectors, settings=LinkSettings())
    assert len(linked.claims) == (2 if "sued the council over the ban" in quote else 1)


def test_order_of_mentions_does_not_matter(link: Link) -> None:
    texts = (
        "The ferry fire in Port Alder injured 14 passengers.",
        "Fourteen passengers were injured in the ferry fire in Port Alder.",
        "The bank raised rates on Friday.",
    )
    one, two = link(*texts), link(*texts, shuffle=3)
    for a, b in zip(one, two, strict=True):
        pd.testing.assert_frame_equal(a, b)


def test_every_mention_is_in_exactly_one_claim(link: Link) -> None:
    linked = link("The ferry burned. The police closed the harbour on Friday.", "A ferry burned on Friday in Port Alder.")
    assert sorted(linked.members["mention_id"]) == sorted(linked.mentions["mention_id"])
    assert set(linked.members["claim_id"]) == set(linked.claims["claim_id"])


def test_opinion_in_quotes_is_a_claim_only_where_several_print_it(link: Link) -> None:
    quote = "“We stand by our work and the people who did it,” said Ann Lee."
    assert len(link(quote).claims) == 0
    assert len(link(quote, quote + " It was her first statement in May 2024.").claims) >= 1


def test_topics_are_called_by_full_names() -> None:
    """A surname counts as the one longer name that ends in it; a name in more than half of all claims tells nothing."""
    named = {"c-1": ["Maria Stone", "Port Alder"], "c-2": ["Stone", "Port Alder"], "c-3": ["Port Alder"], "c-4": ["Reuters"], "c-5": ["Port Alder"]}
    topics = name_topics({c: [{"called": names}] for c, names in named.items()})
    assert topics == {"c-1": "Maria Stone", "c-2": "Maria Stone", "c-3": "", "c-4": "", "c-5": ""}


def test_short_forms_and_openings_count_as_the_longer_name() -> None:
    """One person of the pile with two long forms, and the first word of a place; two persons of one surname stay two."""
    named = {"c-1": ["Ann M. Stone"], "c-2": ["Stone"], "c-3": ["Ann Stone"], "c-4": ["Port"], "c-5": ["Port Alder"], "c-6": ["Hale"], "c-7": ["Hale"],
             "c-8": ["Tom Hale"], "c-9": ["Eve Hale"], "c-10": []}
    topics = name_topics({c: [{"called": names}] for c, names in named.items()})
    assert {topics[f"c-{n}"] for n in (1, 2, 3)} == {"Ann M. Stone"}
    assert topics["c-4"] == topics["c-5"] == "Port Alder" and topics["c-6"] == topics["c-7"] == "Hale" and topics["c-8"] == ""


def test_claims_without_a_shared_name_are_called_by_a_thing_they_share() -> None:
    told = {"actor": "ferry", "object": "quay", "act": "leave"}
    claims = {f"c-{n}": [{"called": [], **told, "object": f"it{n}"}] for n in range(3)} | {f"d-{n}": [{"called": [], "actor": "they"}] for n in range(9)}
    topics = name_topics(claims)
    assert {topics[f"c-{n}"] for n in range(3)} == {"ferry"} and {topics[f"d-{n}"] for n in range(9)} == {""}


def wording(*propositions: str, **parts: object) -> tuple[str, str]:
    """The wording of a claim with these mentions."""
    own = {"names": ["brenner"], "actor": "brenner", "act": "close", "quoted": False, "title": False} | parts
    mentions = [{"proposition": p, "quote": p, "stance": "supports", "refers_id": "", "parts": own} for p in propositions]
    return choose_wording(mentions, [1.0] * len(mentions))


@pytest.mark.parametrize(
    ("proposition", "full"),
    [
        ("Because the harbour office closed the pier.", "The harbour office closed the pier"),
        ("Brenner had hidden the plans for the pier and the fact", "Brenner had hidden the plans for the pier"),
        ("If Brenner closed the pier on Monday", "If Brenner closed the pier on Monday"),
        ("But he did", "But he did"),
    ],
)
def test_a_wording_is_freed_of_links_and_loose_ends(proposition: str, full: str) -> None:
    assert wording(proposition)[1] == full


def test_a_cut_wording_does_not_end_on_a_word_that_leads_on() -> None:
    short, full = wording("Brenner closed the pier after the harbour office of Port Alder had found that all of the planks of the jetty were rotten")
    assert len(short) <= 90 and short.endswith("…") and full.startswith(short.rstrip("…"))
    assert short == "Brenner closed the pier after the harbour office of Port Alder had found that all…"


@pytest.mark.parametrize("worse", ["Brenner closing the pier for the winter", "Brenner were closed for good in May", "If Brenner closed the pier for good"])
def test_fragments_and_wrong_subjects_are_passed_over(worse: str) -> None:
    assert wording(worse, "On Monday Brenner closed the pier for good")[1] == "On Monday Brenner closed the pier for good"


def test_a_chain_of_half_alike_pairs_is_not_one_cluster() -> None:
    left, right = np.array([0, 1, 2]), np.array([1, 2, 3])
    labels = cluster(4, left, right, np.array([0.7, 0.7, 0.7]), np.zeros(3, bool), threshold=0.5).labels
    assert len(set(labels)) > 1


def test_pairs_kept_apart_never_meet() -> None:
    left, right = np.array([0, 0, 1]), np.array([1, 2, 2])
    labels = cluster(3, left, right, np.array([0.9, 0.9, 0.9]), np.array([False, True, False]), threshold=0.5).labels
    assert labels[0] != labels[2]


@pytest.mark.parametrize(
    ("one", "two", "relation"),
    [
        ([[21, None, "soldier"]], [[23, 23, "soldier"]], (1.0, 0.0)),
        ([[14, 14, "passenger"]], [[11, 11, "passenger"]], (0.0, 1.0)),
        ([[3, 9, "officer"]], [[6, 6, "officer"]], (1.0, 0.0)),
        ([[14, 14, "passenger"]], [[2, 2, "boat"]], (0.0, 0.0)),
        ([], [[2, 2, "boat"]], (0.0, 0.0)),
    ],
)
def test_figures(one: list[list[object]], two: list[list[object]], relation: tuple[float, float]) -> None:
    assert figures_relation(one, two) == relation


def test_small_figures_for_different_things_agree_by_chance() -> None:
    """Two workers and two weeks are nothing in common; two workers and two people may be, and so are 41 of whatever is counted."""
    two = [[2, 2, "worker"]]
    assert figures_relation(two, [[2, 2, "week"]]) == (features.BY_CHANCE, 0.0)
    assert figures_relation(two, [[2, 2, "week"], [2, 2, "worker"]]) == (1.0, 0.0)
    assert figures_relation([[41, 41, "worker"]], [[41, 41, "people"]]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("one", "two", "relation"),
    [
        (["2024-10-14"], ["2024-10"], (1.0, 0.0)),
        (["2024-10-14"], ["2024-10-15"], (0.0, 1.0)),
        (["--10-14"], ["2024-10-14"], (1.0, 0.0)),
        ([], ["2024"], (0.0, 0.0)),
    ],
)
def test_dates(one: list[str], two: list[str], relation: tuple[float, float]) -> None:
    assert dates_relation(one, two) == relation


def test_what_is_close_in_words_is_named_and_not_counted() -> None:
    """One mention an article, likest first, never of an article that carries the claim already, never a rival."""
    from tracker.link.links import near_mentions

    article = {"m1": "a1", "m2": "a2", "m3": "a2", "m4": "a1", "m5": "a3"}
    claim_of = {"m1": "c1", "m2": "c2", "m3": "c3", "m4": "c4", "m5": "c5"}
    pairs = [("m1", "m2", "neither", 0.2), ("m1", "m3", "neither", 0.3), ("m1", "m4", "neither", 0.3), ("m1", "m5", "rival", 0.3)]
    near = near_mentions(((a, b, s) for a, b, r, s in pairs if r != "rival"), article, claim_of)
    assert near["c1"] == ["m3"] and near["c3"] == ["m1"] and "c5" not in near
