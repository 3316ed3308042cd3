"""Comparing two mentions: what speaks for one claim, what speaks against it, and saying so."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tracker.errors import UsageError
from tracker.link import block, claims
from tracker.link.block import candidate_pairs
from tracker.link.compare import WEIGHTS, compare_pairs, excluding, probability, sameness
from tracker.link.features import AT, NAMES, compare, opposites, turned
from tracker.link.profiles import polarity, profile
from tracker.link.terms import distinct
from tracker.model import Vectors, when_asked
from tracker.pipeline import build, read_articles, why
from tracker.view.why import find_mention, why_text


def part(words: str, act: str = "", **more: Any) -> dict[str, Any]:
    """Parts of a mention from its content words; names are the words with a capital."""
    listed = words.split()
    own = {"act": act or listed[0].lower(), "actor": "", "object": "", "passive": False, "negated": False, "figures": [], "dates": []}
    return own | {"words": [w.lower() for w in listed], "names": sorted({w.lower() for w in listed if w[0].isupper()}), "text": words, "article": ""} | more


def row_of(vectors: Vectors, one: dict[str, Any], two: dict[str, Any]) -> np.ndarray:
    return compare(profile([one, two], vectors), np.array([0]), np.array([1]))


def test_weights_have_the_sign_of_their_feature() -> None:
    """A likeness never speaks against a pair, a contradiction never for it, or the reasons shown would mislead."""
    against = set("strangers figures_conflict figures_apart numbers_only_one dates_conflict denied opposites turned advice others ahead parties unlike".split())
    assert set(WEIGHTS) == set(NAMES)
    assert all(WEIGHTS[n] <= 0 if n in against else WEIGHTS[n] >= 0 for n in NAMES)


def test_the_same_parties_alone_do_not_make_one_claim(vectors: Vectors) -> None:
    """ "Crane gave the order" and "Rowe and Crane signed the treaty": the names are the same, what is told is not; a thing, an act or a figure in common is."""
    gave = part("Hale Crane give order", "give", actor="hale crane", object="order")
    for other, alone in (
        (part("Rowe Hale Crane sign treaty", "sign", actor="rowe", object="treaty"), 1.0),
        (part("Rowe Hale Crane receive order", "receive", actor="rowe", object="order"), 0.0),
        (part("Rowe Hale Crane give sign", "give", actor="rowe", object="sign"), 0.0),
        (part("sign treaty", "sign", object="treaty"), 0.0),
    ):
        assert row_of(vectors, gave, other)[0, AT["parties"]] == alone
    forty = {"figures": [[40.0, 40.0, "year"]]}
    assert row_of(vectors, gave | forty, part("Hale Crane sign treaty", "sign", actor="hale crane", **forty))[0, AT["parties"]] == 0.0


def test_nothing_alike_in_what_is_told_speaks_against(vectors: Vectors) -> None:
    """ "a nurse was hired under the contract" and "the contract ran out" share a thing that is not what either tells."""
    sent = part("soldier send treaty", "send", actor="soldier")
    assert row_of(vectors, sent, part("treaty come force", "come", actor="treaty"))[0, AT["unlike"]] == 1.0
    for other in (part("troop send treaty", "send", actor="treaty"), part("soldier come force", "come", actor="soldier")):
        assert row_of(vectors, sent, other)[0, AT["unlike"]] == 0.0


def test_swapped_parties_are_seen_through_voice_and_converse_acts() -> None:
    beat = part("Hale beat Crane", "beat")
    assert turned(beat, part("Crane beat Hale", "beat"))
    assert not turned(beat, part("Crane beat Hale", "beat", passive=True))
    assert not turned(beat, part("Crane lose Hale", "lose"))


def test_opposites_count_only_where_they_stand_in_place_of_each_other() -> None:
    assert opposites(["council", "open", "road"], ["council", "close", "road"]) == 0.5
    assert opposites(["open", "close", "road"], ["close", "road"]) == 0.0


def test_the_same_party_does_it_and_a_plan_is_no_deed(vectors: Vectors) -> None:
    row = row_of(vectors, part("Lee open pier", doer="lee", ahead=True), part("Ann Lee open harbour", doer="lee"))[0]
    assert row[AT["doer"]] == 1.0 and row[AT["ahead"]] == 1.0
    assert row_of(vectors, part("crew open pier"), part("crew open harbour"))[0][AT["doer"]] == 0.0


def test_what_should_be_is_not_what_is(vectors: Vectors) -> None:
    """A call to resign is far from the resignation; what a treaty says must be done is nearer to what it provides for."""
    did, should, must = (part("Lee resign seat", modal=m) for m in ("", "advice", "duty"))
    rows = [row_of(vectors, did, did), row_of(vectors, did, must), row_of(vectors, did, should), row_of(vectors, should, must)]
    assert [row[0][AT["advice"]] for row in rows] == [0.0, 0.4, 1.0, 0.6]
    assert probability(rows[0])[0] > probability(rows[1])[0] > probability(rows[2])[0]


def test_two_articles_are_as_like_in_a_small_pile_as_in_a_large_one(vectors: Vectors) -> None:
    """Rarity in the pile would make two reports of one event more alike with each strange article that is added."""
    stories = {"a": ["ferry", "pier", "mayor", "sink"], "b": ["ferry", "pier", "crew", "drown"]}
    more = stories | {f"x{n}": ["storm", "river", f"bridge{n}"] for n in range(20)}
    parts = [part("ferry sink", article="a"), part("crew drown", article="b")]
    few, many = (compare(profile(parts, vectors, s), np.array([0]), np.array([1]))[0, AT["story"]] for s in (stories, more))
    assert 0.28 < few == pytest.approx(many)


def test_a_vague_quantity_is_no_figure_that_the_other_side_lacks(vectors: Vectors) -> None:
    plain = part("crew leave pier")
    rows = [row_of(vectors, part("crew leave pier boat", figures=[[low, high, "boat"]]), plain)[0] for low, high in ((3, 9), (None, 10), (40, None), (36, 44))]
    assert [row[AT["numbers_only_one"]] for row in rows] == [0.0, 1.0, 1.0, 1.0]
    assert row_of(vectors, part("crew leave pier boat", figures=[[40, 40, "boat"]], known=True), plain)[0][AT["numbers_only_one"]] == 0.0


def test_whether_something_wrong_was_done_is_one_question_of_one_story_only(vectors: Vectors) -> None:
    """Two papers on one deal ask whether it broke the law; a third speaks of another story."""
    told = ["ferry", "deal", "mayor", "law", "pier"]
    stories = {"a": told, "b": [*told, "council"], "c": ["storm", "river", "bridge", "crime"]}
    parts = [part(text, "wrongdoing", article=a) for text, a in (("deal break law", "a"), ("mayor improper", "b"), ("crime flood", "c"))]
    rows = compare(profile(parts, vectors, stories), np.array([0, 0]), np.array([1, 2]))
    assert rows[:, AT["wrong"]].tolist() == [1.0, 0.0]


def test_a_denied_denial_stands() -> None:
    assert polarity(part("report confirm")) == 1
    assert polarity(part("minister deny report")) == -1
    assert polarity(part("minister deny report", negated=True)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"words": "council close Ferry Pier", "more": {"act": "open", "figures": [[14, 14, "boat"]]}},
        {"words": "council open Ferry Harbour"},
        {"words": "council open Ferry Pier", "more": {"negated": True}},
        {"words": "council open Ferry Pier", "more": {"dates": ["2031-03-02"]}},
    ],
)
def test_one_changed_thing_outweighs_all_that_is_the_same(vectors: Vectors, change: dict[str, Any]) -> None:
    first = part("council open Ferry Pier", "open", dates=["2031-03-01"], figures=[[41, 41, "boat"]])
    changed = part(change["words"], **{"act": "open", "dates": ["2031-03-01"], "figures": [[41, 41, "boat"]], **change.get("more", {})})
    reworded = part("town hall launch Ferry boat service Pier", "launch")
    assert sameness(row_of(vectors, first, changed))[0] < sameness(row_of(vectors, first, reworded))[0]


def test_numerals_that_the_parser_missed_still_exclude(vectors: Vectors) -> None:
    one, two = (part(f"court fine Mill {n} pounds river", "fine") for n in (35, 53))
    assert excluding(row_of(vectors, one, two))[0]


def test_pieces_compared_apart_give_the_same_rows(vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [part(f"council {a} Ferry {b}", a) for a in ("open", "close", "sell") for b in ("Pier", "Harbour")]
    profiles = profile(parts, vectors)
    left, right, _ = candidate_pairs(profiles)
    whole = compare_pairs(profiles, left, right, least=0.0)
    monkeypatch.setattr("tracker.link.compare.CHUNK", 2)
    for a, b in zip(whole, compare_pairs(profiles, left, right, least=0.0), strict=True):
        assert (a == b).all()


def test_pairs_found_and_compared_by_two_are_those_of_one(vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of the batches and some of the pieces go, with all they need, to whoever is asked."""
    asked: list[str] = []

    def sent(work: Callable[..., Any], *args: Any) -> Callable[[], Any]:
        asked.append(getattr(work, "func", work).__name__)
        there, theirs = pickle.loads(pickle.dumps((work, args)))
        return lambda: there(*theirs)

    for name, value in (("ALL", 10), ("NEAREST", 3), ("LEAST_NEAREST", 3)):
        monkeypatch.setattr(block, name, value)
    for module in ("block", "near"):
        monkeypatch.setattr(f"tracker.link.{module}.BATCH", 16)
    monkeypatch.setattr("tracker.link.compare.CHUNK", 50)
    monkeypatch.setattr(claims, "CHUNK", 50)
    monkeypatch.setattr(claims, "WORTH", 0)
    parts = [p for n in range(40) for p in (part(f"sell mill quay{n} deed{n}"), part(f"buy works quay{n} clerk{n}"))]
    profiles = profile(parts, vectors)
    one, two = candidate_pairs(profiles), candidate_pairs(profiles, sent)
    assert asked == ["_near"] and all((a == b).all() for a, b in zip(one[:2], two[:2], strict=True))
    alone, shared = claims._compare_all(profiles, *one[:2], when_asked), claims._compare_all(profiles, *one[:2], sent)
    assert asked == ["_near", "_compare_some"] and len(alone.score) > 10
    assert all(a.tobytes() == b.tobytes() for a, b in zip(alone, shared, strict=True))


def test_blocking_finds_reworded_partners_in_a_larger_pile(vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the size up to which all pairs are compared, far fewer pairs are, and those that share a telling word are among them."""
    for name, value in (("ALL", 10), ("NEAREST", 3), ("LEAST_NEAREST", 3), ("COMMON", 16)):
        monkeypatch.setattr(block, name, value)
    parts = [p for n in range(40) for p in (part(f"sell mill quay{n} deed{n}"), part(f"buy works quay{n} clerk{n}"))]
    left, right, _ = candidate_pairs(profile(parts, vectors))
    found = set(zip(left.tolist(), right.tolist(), strict=True))
    assert all((2 * n, 2 * n + 1) in found for n in range(40))
    assert len(found) < 0.25 * len(parts) * (len(parts) - 1) / 2
    assert all(a < b for a, b in found) and len(found) == len(left)


def test_articles_of_one_story_are_compared_in_full(vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two mentions without a word in common are candidates where their articles tell one story, and not where they do not."""
    for name, value in (("ALL", 10), ("NEAREST", 3), ("LEAST_NEAREST", 3), ("BY_MEANING", 0), ("LEAST", 9.0)):
        monkeypatch.setattr(block, name, value)
    stories = {f"a{n}": f"mill{n // 2} quay{n // 2} clerk{n // 2} deed{n // 2} x{n} y{n}".split() for n in range(40)}
    parts = [part(f"{w}{n}", article=f"a{n}") for n in range(40) for w in "xy"]
    left, right, _ = candidate_pairs(profile(parts, vectors, stories))
    found = set(zip(left.tolist(), right.tolist(), strict=True))
    assert all((4 * n, 4 * n + 3) in found for n in range(20))
    monkeypatch.setattr(block, "STORY_LIKE", 2.0)
    left, right, _ = candidate_pairs(profile(parts, vectors, stories))
    assert [(a, b) for a, b in zip(left.tolist(), right.tolist(), strict=True) if parts[a]["article"] != parts[b]["article"]] == []


@pytest.mark.parametrize("size", [0, 1, 2, 500])
def test_distinct_values_are_those_of_numpy(size: int) -> None:
    """Also of no values at all."""
    values = np.random.default_rng(7).integers(-40, 40, size)
    assert distinct(values).tolist() == np.unique(values).tolist()


def test_probability_rises_with_likeness_only() -> None:
    rows = np.zeros((2, len(NAMES)))
    rows[1, AT["meaning"]] = 0.5
    low, high = probability(rows)
    assert 0 < low < high < 1


def test_why_says_what_joined_or_parted_two_mentions(tmp_path: Any) -> None:
    texts = {
        "a.txt": "The council of Port Alder sold the old mill to Calvo Steel on Monday for 14 million pounds.",
        "b.txt": "On Monday Calvo Steel bought the old mill from the council of Port Alder for 14 million pounds.",
        "c.txt": "The ferry to Zelnik will stop for good in May, the harbour office said.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(f"{name}\n\n{text} The town has 4,000 people and a market that is held on Fridays in the square.\n", encoding="utf-8")
    case = build(read_articles([str(tmp_path)]))
    one, two, other = find_mention(case, "council sold the old mill"), find_mention(case, "Calvo Steel bought"), find_mention(case, "ferry to Zelnik")
    found = why(case, one["mention_id"], two["mention_id"])
    assert found["together"] and found["likeness"] > found["threshold"] and any("both name" in s for s in found["because"])
    assert not why(case, one["mention_id"], other["mention_id"])["together"]
    assert "one claim: likeness" in why_text(one, two, found)
    assert why(case, one["mention_id"], one["mention_id"])["because"] == ["they say the same, word for word"]
    with pytest.raises(UsageError, match="no mention fits"):
        find_mention(case, "moonlight")
    with pytest.raises(UsageError, match="name one by its id"):
        find_mention(case, "town has 4,000 people")


def test_numerals_of_dates_that_agree_do_not_stand_apart(vectors: Vectors) -> None:
    """ "In June 2024" and "on June 19" may be one day; another figure beside them still parts the two."""
    june = part("Hale Crane sign pact", "sign", text="Hale and Crane signed the pact in June 2024", dates=["2024-06"])
    day = part("Hale Crane sign pact", "sign", text="Hale and Crane signed the pact on June 19", dates=["--06-19"])
    assert not excluding(row_of(vectors, june, day))[0]
    twelve = {**june, "text": "Hale and Crane signed the pact of 12 ports in June 2024"}
    fifteen = {**day, "text": "Hale and Crane signed the pact of 15 ports on June 19"}
    assert excluding(row_of(vectors, twelve, fifteen))[0]


def test_one_is_no_figure_that_the_other_side_must_give(vectors: Vectors) -> None:
    plain = part("council open pier")
    one, two = (part("council open pier", figures=[[n, n, "pier"]]) for n in (1, 2))
    assert row_of(vectors, plain, one)[0, AT["numbers_only_one"]] == 0 and row_of(vectors, plain, two)[0, AT["numbers_only_one"]] == 1
