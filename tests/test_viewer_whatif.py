"""What if this one is wrong? The page counts again by the rule of the Python cut, and says which claims fall."""
from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from newsroom import registry, says, tell
from worlds import World, make_case, strike

from tracker.pipeline import build, read_articles
from tracker.settings import Settings
from tracker.tables import Case, dumps, listed
from tracker.trace.claims import Pile, _capped
from tracker.trace.independence import fewest_groups
from tracker.trace.pairs import Origin
from tracker.trace.parties import Party, Press, Provenance
from tracker.view.page import render_page

KINDS = ("person", "body", "document", "outlet", "unnamed", "own")
DAYS = ("", "2031-03-01", "2031-03-02T10:00Z", "2031-03-05", "2031-03-09")
Row = dict[str, Any]

REGISTRY = registry()


def tangle(seed: int, claims: int) -> Case:
    """Claims whose credits run every way: relays, rings, dead ends, limits, parties that may be one."""
    chance = random.Random(seed)
    world = World()
    for n in range(claims):
        claim_id, size = f"c-{n:03}", chance.randint(1, 12)
        near = [{j for j in range(size) if i < j and chance.random() < 0.25} for i in range(size)]
        mentions: list[list[str]] = [[] for _ in range(size)]
        for k in range(chance.randint(1, 7)):
            stance = chance.choice(("supports",) * 4 + ("denies", "unverified"))
            mention_id = world.mention(claim_id, f"o-{k}", f"Report {n} {k}.", day=chance.choice(DAYS), stance=stance,
                                       confirmed_max=chance.choice((0,) * 12 + (1, 2)))
            for i in chance.sample(range(size), chance.randint(1, min(3, size))):
                mentions[i].append(mention_id)
        for i in range(size):
            fed = [j for j in range(size) if j != i and chance.random() < 0.15]
            both = sorted(near[i] | {j for j in range(size) if i in near[j]})
            entry = not fed or chance.random() < 0.3
            world.add("parties", claim_id=claim_id, place=i, party_id=f"p-{i}", kind=chance.choice(KINDS), label=f"Party {i}", entry=entry,
                      fed_by=dumps(fed), mentions=dumps(sorted(mentions[i])), may_be=dumps(both))
        world.add("claims", claim_id=claim_id, wording=f"Claim {n}", full_wording=f"Claim {n}", status="cannot-tell", n_mentions=1)
    return world.case()


def counted(case: Case, claim_id: str, articles: set[str], places: set[int]) -> list[int]:
    """The bounds that the Python cut gives when only these articles and parties are left."""
    known = case["articles"][case["articles"]["article_id"].isin(articles)]
    own = case["members"][case["members"]["claim_id"] == claim_id]
    mentions, attributions = (case[name][case[name]["mention_id"].isin(set(own["mention_id"]))] for name in ("mentions", "attributions"))
    pile = Pile(mentions, attributions, own, Press(known.to_dict("records"), REGISTRY))  # type: ignore[arg-type]
    members = pile.claims.get(claim_id, [])
    found = case["parties"][case["parties"]["claim_id"] == claim_id].sort_values("place").to_dict("records")
    left = {r["place"]: r for r in found if r["place"] in places}
    parties = {p: Party(str(p), r["kind"], names={r["label"]: None}) for p, r in left.items()}
    feeds = {str(p): frozenset(str(f) for f in listed(r["fed_by"]) if f in left) for p, r in left.items()}
    supporting = {m["mention_id"] for m in members if m["stance"] == "supports"}
    ends: dict[str, frozenset[str]] = {}
    for p, r in left.items():
        for mention_id in set(listed(r["mentions"])) & supporting:
            ends[mention_id] = ends.get(mention_id, frozenset()) | {str(p)}
    entries = frozenset(str(p) for p, r in left.items() if r["entry"])
    cut = pile._cut(Provenance({str(p): q for p, q in parties.items()}, {k: v for k, v in feeds.items() if v}, entries, ends))
    origins: Sequence[Origin] = cut
    for limit, day, _ in sorted((int(m["confirmed_max"]), pile.press.day(m["article_id"])[:10], m["mention_id"]) for m in members if m["confirmed_max"] > 0):
        origins = _capped(origins, limit, day)
    may = {r["place"]: set(listed(r["may_be"])) for r in found}

    def close(one: Origin, other: Origin) -> bool:
        return one is not other and all(int(q.key) in may[int(p.key)] for p in one.parties for q in other.parties)

    near = [sum(1 << j for j, other in enumerate(origins) if close(one, other)) for one in origins]
    return [len(fewest_groups(near)), len(origins)]


def test_the_page_counts_what_the_python_cut_counts(opened: Callable[..., Any]) -> None:
    """On random graphs with random parts switched off, both bounds are those of tracker/trace."""
    case = tangle(11, 150)
    page, chance = opened(render_page(case)), random.Random(5)
    article_ids = list(case["articles"]["article_id"])
    asked, members = [], case["members"].merge(case["mentions"], on="mention_id")
    for claim_id in case["claims"]["claim_id"]:
        mine = members[members["claim_id"] == claim_id].to_dict("records")
        size = int((case["parties"]["claim_id"] == claim_id).sum())
        for share in (1.0, 0.8, 0.5):
            articles = sorted({m["article_id"] for m in mine if chance.random() < share})
            asked.append((claim_id, articles, [p for p in range(size) if chance.random() < share]))
    given = [[c, [article_ids.index(a) for a in articles], places] for c, articles, places in asked]
    shown = page.evaluate("asked => asked.map(([id, articles, parties]) => tracker.recount(id, articles, parties))", given)
    wanted = [counted(case, c, set(articles), set(places)) for c, articles, places in asked]
    assert shown == wanted
    assert len({tuple(w) for w in wanted}) > 8  # the graphs are varied enough to tell a wrong rule


def test_with_everything_on_the_page_counts_what_the_tables_say(opened: Callable[..., Any]) -> None:
    """Relays, own reporting, unnamed voices, one controller, a limit: counted from the provenance graph, the bounds of the claims table come out."""
    lines = [
        says("post", "outlet:The Vell Wire>person:Ann Lee", claim="c-1"), says("herald", "outlet:The Vell Wire", claim="c-1"),
        says("wire", "person:Ann Lee", claim="c-1"), says("voice", claim="c-2"), says("evening", claim="c-2"), says("post", "unnamed:a source", claim="c-3"),
        says("herald", "unnamed:two officials", claim="c-3"), says("mirror", claim="c-3"),
        says("post", "person:Ann Lee", "body:Tarn Lines", claim="c-4", day="2031-03-01"),
        says("herald", "document:the harbour log", claim="c-4", day="2031-03-01"),
        says("mirror", claim="c-4", stance="unverified", confirmed_max=1, day="2031-03-02")]
    case = tell(*lines).case
    page = opened(render_page(case))
    for claim in case["claims"].to_dict("records"):
        everything = [claim["claim_id"], list(range(len(case["articles"]))), list(range(99))]
        bounds = [claim["independent_min"], claim["independent_max"]]
        assert page.evaluate("([id, a, p]) => tracker.recount(id, a, p)", everything) == bounds


@pytest.mark.parametrize("case", [strike(), make_case(120, 12, 3)], ids=["strike", "made"])
def test_the_page_words_counts_as_python_does(case: Case, opened: Callable[..., Any]) -> None:
    """The words under a claim are made twice, once for readers without scripts; they are the same."""
    from tracker.view.evidence import page_data

    page, claims = opened(render_page(case)), page_data(case)["claims"]
    assert {c["id"]: page.evaluate("id => tracker.says(id)", c["id"]) for c in claims} == {c["id"]: c["says"] for c in claims}


def test_as_known_on_a_day_is_what_as_of_says(opened: Callable[..., Any]) -> None:
    """The slider in the page and `--as-of` on the command line give the same claims with the same counts, on an example with three days.

    Which reports may belong to a claim depends on the whole pile, and the page does not link again: where that differs, the upper bound may.
    """
    story = Path(__file__).parents[1] / "examples" / "harbour"

    def read(day: str) -> Case:
        settings = replace(Settings(), as_of=day)
        return build(read_articles([story / "articles"], registry=story / "sources.yaml", settings=settings), settings=settings)

    whole = read("")
    page = opened(render_page(whole))
    for claim in whole["claims"].to_dict("records"):
        found = page.evaluate("([id, a, p]) => tracker.recount(id, a, p)", [claim["claim_id"], list(range(len(whole["articles"]))), list(range(99))])
        assert found == [claim["independent_min"], claim["independent_max"]]
    for day in ("2025-03-12", "2025-03-13"):
        page.evaluate("day => { location.hash = '#&asof=' + day; }", day)
        page.locator("#asof-words", has_text=day).wait_for()
        then = read(day)
        claims = then["claims"].to_dict("records")
        # A claim's id is made from one of its mentions; on a day when that one was not yet printed the claim has another.
        called = dict(zip(whole["members"]["mention_id"], whole["members"]["claim_id"], strict=True))
        named = {c: called[m] for m, c in zip(then["members"]["mention_id"], then["members"]["claim_id"], strict=True)}
        shown = dict(page.evaluate("tracker.visible().map(id => { const { n, lo, hi } = tracker.counts(id); return [id, [n, lo, hi]]; })"))
        assert shown == {named[c["claim_id"]]: [c["n_outlets"], c["independent_min"], c["independent_max"]] for c in claims}


def test_switching_an_outlet_off_moves_claims_and_back(opened: Callable[..., Any]) -> None:
    """By pointer: untick an outlet, read what falls, follow the link to the same, switch all on again."""
    page = opened(render_page(strike()))
    page.locator("#off").click()
    page.locator("#whatif label.off", has_text="Harbour Post").first.locator("input").click()
    assert page.evaluate("tracker.fallen()") == {"lost": ["c-plan", "c-strike"], "moved": []}
    assert "These 2 claims lose their only support" in page.inner_text("#whatif")
    assert "2 claims lose their only support" in page.inner_text("#banner")
    assert page.evaluate("tracker.counts('c-bill')") == {"n": 2, "lo": 2, "hi": 2, "status": "corroborated", "cut": ["Courier", "Signal"]}
    assert page.evaluate("tracker.counts('c-strike')")["n"] == 1
    link = page.url
    assert link.endswith("#&off=outlet:post")
    page.evaluate("tracker.off([])")
    assert page.evaluate("tracker.fallen()") == {"lost": [], "moved": []}
    page.evaluate("hash => { location.hash = hash; }", link.split("#")[1])
    page.locator("#banner").wait_for()
    page.locator("#banner button", has_text="All on").click()
    assert page.evaluate("tracker.counts('c-strike')") == {"n": 2, "lo": 1, "hi": 1, "status": "single-origin", "cut": ["its intelligence source"]}


def test_a_controller_and_a_rating_switch_off_all_they_stand_behind(opened: Callable[..., Any]) -> None:
    """One controller takes its outlets and voices along; distrust goes by letter, and F is not a low letter."""
    world = World()
    for outlet, letter, controller in (("a", "E", "state"), ("b", "F", "state"), ("c", "B", "")):
        world.outlet(outlet, outlet.upper(), reliability=letter, controller_id=controller)
    ids = [world.mention("c-1", o, f"It rained, wrote {o}.") for o in "abc"]
    for n, o in enumerate("abc"):
        world.add("parties", claim_id="c-1", place=n, party_id=f"own:{o}", kind="own", label=f"own reporting of {o}", outlet_id=o, entry=True, fed_by="[]",
                  controller_id="state" if o != "c" else "", mentions=dumps([ids[n]]), may_be={"a": "[1]", "b": "[0]", "c": "[]"}[o])
    world.add("claims", claim_id="c-1", wording="It rained", full_wording="It rained", status="corroborated", n_outlets=3, n_mentions=3, independent_min=2,
              independent_max=3)
    page = opened(render_page(world.case()))
    page.evaluate("tracker.off(['controller:state'])")
    assert page.evaluate("tracker.counts('c-1')")["n"] == 1
    page.evaluate("tracker.off([])")
    page.keyboard.press("w")
    page.select_option("#distrust", "E")
    counts = page.evaluate("tracker.counts('c-1')")
    assert (counts["n"], counts["lo"], counts["hi"]) == (2, 2, 2)
