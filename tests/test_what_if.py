"""What if this one is wrong: the same counts as the page's rule, as deleting files where that is equal, and names that mean one part."""
from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from newsroom import Line, registry, says, tell
from test_viewer_whatif import counted, tangle
from worlds import strike

from tracker.ask import compare_cases, list_weak_parties
from tracker.ask.what_if import plan_cut
from tracker.errors import UsageError
from tracker.pipeline import build, read_articles, recount
from tracker.tables import TABLES, Case, conform, make
from tracker.trace import recount_claims
from tracker.view.page import render_page

EXAMPLES = Path(__file__).parents[1] / "examples"
COUNTS = ["n_outlets", "independent_min", "independent_max", "status", "disputed", "unverified", "echo", "unnamed_only", "single_outlet", "cut", "cut_low"]


@pytest.fixture(scope="module")
def harbour() -> Case:
    return build(read_articles([EXAMPLES / "harbour" / "articles"], registry=EXAMPLES / "harbour" / "sources.yaml"))


@pytest.fixture(scope="module")
def treaty() -> Case:
    return build(read_articles([EXAMPLES / "treaty" / "articles"]))


def with_registry(case: Case) -> Case:
    return Case(case.tables, registry=registry())


def bounds(case: Case, claim_id: str = "c-1") -> tuple[int, int]:
    row = case["claims"].set_index("claim_id").loc[claim_id]
    return int(row["independent_min"]), int(row["independent_max"])


def test_it_counts_what_the_cut_counts_on_tangled_graphs() -> None:
    """Random graphs with random articles and parties off: the bounds are those of the account that the page is held to."""
    case, chance = tangle(11, 120), random.Random(5)
    article_ids = sorted(case["articles"]["article_id"])
    off = {a for a in article_ids if chance.random() < 0.25}
    parties = {(c, p) for c, p in zip(case["parties"]["claim_id"], case["parties"]["place"], strict=True) if chance.random() < 0.25}
    found = recount_claims(case, registry(), articles_off=off, parties_off=parties).claims.set_index("claim_id")
    seen = set()
    for claim_id in case["claims"]["claim_id"]:
        mine = case["members"][case["members"]["claim_id"] == claim_id].merge(case["mentions"], on="mention_id")
        size = int((case["parties"]["claim_id"] == claim_id).sum())
        left = {p for p in range(size) if (claim_id, p) not in parties}
        if len(left) == size and not set(mine["article_id"]) & off:
            continue  # not touched: it keeps its row
        wanted = counted(case, claim_id, set(article_ids) - off, left)
        row = found.loc[claim_id]
        assert [row["independent_min"], row["independent_max"]] == wanted
        seen.add(tuple(wanted))
    assert len(seen) > 5  # varied enough to tell a wrong rule


def test_with_nothing_off_nothing_moves(harbour: Case) -> None:
    """The traced tables come back byte for byte."""
    found = recount_claims(harbour, harbour.registry)  # type: ignore[arg-type]
    for name in ("origins", "supports", "claims", "parties"):
        pd.testing.assert_frame_equal(getattr(found, name), harbour[name])


def test_it_counts_what_the_page_counts(harbour: Case, opened: Callable[..., Any]) -> None:
    """Every outlet and controller of an example switched off, in the page and here."""
    page = opened(render_page(harbour))
    outlets, controllers = sorted(set(harbour["articles"]["outlet_id"])), sorted(set(harbour["parties"]["controller_id"]) - {""})
    for key in [*(f"outlet:{o}" for o in outlets), *(f"controller:{c}" for c in controllers)]:
        page.evaluate("off => tracker.off(off)", [key])
        shown = page.evaluate("ids => ids.map(id => { const { n, lo, hi } = tracker.counts(id); return [n, lo, hi]; })", list(harbour["claims"]["claim_id"]))
        assert shown == recount(harbour, without=[key])["claims"][["n_outlets", "independent_min", "independent_max"]].to_numpy().tolist(), key


VOICES = ["person:Ann Lee", "person:Oto Marr", "unnamed:a source", "body:Tarn Lines", "document:the harbour log"]
voices = st.lists(st.sampled_from(VOICES), max_size=2, unique=True)
piles = st.lists(st.builds(lambda outlet, chains, stance: says(outlet, *chains, stance=stance), st.sampled_from(["post", "herald", "mirror", "courier"]),
                           voices, st.sampled_from(["supports", "supports", "supports", "denies", "unverified"])), min_size=2, max_size=6)


@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(piles)
def test_it_equals_deleting_files_where_nobody_credits_the_outlet(lines: list[Line]) -> None:
    """Voices are credited, outlets are not, and linking is given: without an outlet is never having read it."""
    whole, rest = with_registry(tell(*lines).case), [line for line in lines if line.outlet != "post"]
    if len(rest) in (0, len(lines)):
        return
    found, wanted = recount(whole, without=["The Vell Post"])["claims"], tell(*rest).case["claims"]
    assert found[COUNTS].to_dict("records") == wanted[COUNTS].to_dict("records")


def test_a_credited_outlet_takes_its_copies_along() -> None:
    """Deleting the wire's file would leave the papers that print it; without the wire they fall."""
    case = with_registry(tell(says("wire", "person:Ann Lee"), says("post", "outlet:The Vell Wire"), says("herald", "outlet:The Vell Wire"),
                              says("mirror", "body:Tarn Lines")).case)
    assert bounds(case) == (2, 2)
    after = recount(case, without=["outlet:wire"])
    assert bounds(after) == (1, 1)
    assert int(after["claims"]["n_outlets"].iloc[0]) == 3  # the papers still print it
    assert bounds(recount(case, without=["wire", "Tarn Lines"])) == (0, 0)
    assert after["claims"]["belief"].iloc[0] < case["claims"]["belief"].iloc[0]


def test_a_cut_that_leaves_credited_outlets_standing_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: the outlet's articles are away, but it still stands as a party that others credit; the copies would not fall."""
    case = with_registry(tell(says("wire", "person:Ann Lee"), says("post", "outlet:The Vell Wire"), says("mirror", "body:Tarn Lines")).case)
    assert bounds(recount(case, without=["outlet:wire"])) == (1, 1)
    monkeypatch.setattr("tracker.pipeline.runs.plan_cut", lambda *args, **more: plan_cut(*args, **more)._replace(parties=frozenset()))
    assert bounds(recount(case, without=["outlet:wire"])) == (2, 2)


def test_an_origin_and_a_controller_fall_everywhere() -> None:
    """A voice in all claims; a controller with its outlets and voices."""
    case = with_registry(tell(says("voice"), says("evening"), says("post", "person:Ann Lee"), says("herald", "person:Ann Lee", claim="c-2")).case)
    assert [bounds(case, c) for c in ("c-1", "c-2")] == [(1, 3), (1, 1)]
    after = recount(case, without=["Ann Lee"])
    assert [bounds(after, c) for c in ("c-1", "c-2")] == [(1, 2), (0, 0)]
    assert bounds(recount(case, without=["controller:ministry"])) == (1, 1)
    assert compare_cases(case, after, absent="left out")["why"].str.contains("what its report rests on is gone").any()


def test_distrust_goes_by_letter_and_leaves_f_alone() -> None:
    """D takes D and E; F says that nobody can judge."""
    case = with_registry(tell(says("post", day="2031-03-01"), says("herald"), says("mirror"), says("courier")).case)
    letters = {"post": "E", "herald": "D", "mirror": "F"}
    outlets = [{**row, "reliability": letters.get(row["outlet_id"], "")} for row in case["outlets"].to_dict("records")]
    case = Case({**case.tables, "outlets": make("outlets", outlets)}, registry=registry())  # type: ignore[arg-type]
    assert [bounds(recount(case, distrust=letter)) for letter in ("E", "D", "A")] == [(3, 3), (2, 2), (2, 2)]
    with pytest.raises(UsageError, match="letter from A to E"):
        recount(case, distrust="F")


def test_two_voices_taken_for_one() -> None:
    """A pair, a chain, an outlet and a voice; what keeps one apart from a third keeps both."""
    case = with_registry(tell(says("post", "person:Ann Lee"), says("herald", "person:Oto Marr"), says("mirror", "body:Tarn Lines"), says("courier")).case)
    assert bounds(case) == (3, 4)
    after = recount(case, assume_same=[("Ann Lee", "Oto Marr")])
    assert bounds(after) == (2, 3)
    assert "two origins merged" in compare_cases(case, after)["why"].iloc[0]
    assert bounds(recount(case, assume_same=[("Ann Lee", "Oto Marr"), ("Oto Marr", "Tarn Lines")])) == (1, 2)
    assert bounds(recount(case, assume_same=[("Ann Lee", "The Vell Courier")])) == (3, 3)
    with pytest.raises(UsageError, match="takes two"):
        recount(case, assume_same=[("Ann", "Ann Lee")])
    with pytest.raises(UsageError, match="no outlet or origin fits"):
        recount(case, assume_same=[("Ann Lee", "controller:ministry")])


def test_the_result_is_a_whole_case(harbour: Case) -> None:
    """All tables conform, nothing points at what is gone, and the same call gives the same bytes."""
    after, again = (recount(harbour, without=["Coast Wire"], assume_same=[("coast guard", "Jonas Pell")]) for _ in range(2))
    for name in TABLES:
        pd.testing.assert_frame_equal(conform(name, after[name]), after[name])
        pd.testing.assert_frame_equal(after[name], again[name])
    assert set(after["members"]["mention_id"]) == set(after["mentions"]["mention_id"])
    assert set(after["supports"]["mention_id"]) <= set(after["mentions"]["mention_id"])
    assert set(after["supports"]["origin_id"]) == set(after["origins"]["origin_id"])
    assert "coast-wire" not in set(after["articles"]["outlet_id"])
    parts = after["reasons"][after["reasons"]["measure"] == "independence"].groupby("subject_id")["effect"].sum()
    assert (after["claims"].set_index("claim_id")["independent_max"] == parts.reindex(after["claims"]["claim_id"]).fillna(0)).all()


@pytest.mark.parametrize("story", ["harbour", "treaty"])
def test_weak_parties_fall_as_what_if_says(story: str, request: pytest.FixtureRequest) -> None:
    """For every party of the list, what falls is what switching it off leaves without support."""
    case = request.getfixturevalue(story)
    most = case["claims"]["independent_max"].to_numpy()
    rows = list_weak_parties(case).to_dict("records")
    assert len(rows) > 10
    for row in rows:
        after = recount(case, without=[row["id"]])["claims"]["independent_max"].to_numpy()
        assert row["falling ids"] == case["claims"]["claim_id"][(most > 0) & (after == 0)].tolist(), row["party"]


@pytest.mark.parametrize(("wanted", "says_what"), [
    ("Nobody", "no controller or outlet or origin fits 'Nobody'"), ("The Vell", "fits 3 of the parts"), ("", "no "),
    ("outlet:nobody", "no controller or outlet or origin fits"),
])
def test_a_name_must_mean_one_part(wanted: str, says_what: str) -> None:
    """Unknown and ambiguous names are refused, the candidates named."""
    case = with_registry(tell(says("post", "person:Ann Lee"), says("herald"), says("mirror", "unnamed:a source"),
                              says("mirror", "unnamed:a source", claim="c-2")).case)
    with pytest.raises(UsageError, match=says_what) as refused:
        plan_cut(case, without=[wanted])
    assert wanted != "The Vell" or "\n  outlet:herald  The Vell Herald" in str(refused.value)
    with pytest.raises(UsageError, match=r"a source \(unnamed\), in The Vell Mirror"):
        plan_cut(case, without=["a source"])
    with pytest.raises(UsageError, match="say what to switch off"):
        plan_cut(case)


def test_ids_names_and_words_mean_the_same(harbour: Case) -> None:
    """An id, its beginning, a name in any case, words of it, and an origin's own id."""
    party = harbour["parties"].set_index("label").loc["Jonas Pell"]
    party_id = party["party_id"].iloc[0] if not isinstance(party["party_id"], str) else party["party_id"]
    origin_id = next(o["origin_id"] for o in harbour["origins"].to_dict("records") if o["label"] == "Jonas Pell")
    cuts = {plan_cut(harbour, without=[name]) for name in ("Jonas Pell", "jonas pell", "Pell", party_id, party_id[:9], f"origin:{party_id}", origin_id)}
    assert len(cuts) == 1
    outlets = {plan_cut(harbour, without=[name]) for name in ("coast-wire", "Coast Wire", "outlet:coast-wire", "coast wi")}
    assert len(outlets) == 1 and outlets != cuts


def test_the_strike_without_its_only_outlet() -> None:
    """The world that the page's test switches: two claims lose their only support, the bill keeps two outlets."""
    after = recount(strike(), without=["Harbour Post"])["claims"].set_index("claim_id")
    assert after.loc["c-bill", ["n_outlets", "independent_min", "independent_max"]].tolist() == [2, 2, 2]
    assert after.loc[["c-plan", "c-strike"], "independent_max"].tolist() == [0, 0]
