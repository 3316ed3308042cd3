"""On whom claims hang alone, and what to chase: each answer once on a small world."""
from __future__ import annotations

from typing import Any

import pytest
from newsroom import Line, registry, says, tell
from worlds import make_case, poison, strike

from tracker.ask import list_gaps, list_weak_parties
from tracker.tables import Case, make
from tracker.view.sheets import render_sheet

Row = dict[str, Any]


def weak(*lines: Line) -> dict[str, Row]:
    """Weak parties by id, of speakers by name."""
    case = Case(tell(*lines).case.tables, registry=registry())
    rows = [{str(k): v for k, v in r.items()} for r in list_weak_parties(case).to_dict("records")]
    return {r["party"] if r["id"].startswith("origin:") else r["id"]: r for r in rows}


def gaps(*lines: Line) -> list[Row]:
    case = Case(tell(*lines).case.tables, registry=registry())
    return [{str(k): v for k, v in r.items()} for r in list_gaps(case).to_dict("records")]


def test_a_voice_and_an_outlet_on_which_claims_hang() -> None:
    """One voice behind two papers; one paper with two voices; a claim with two of both hangs on nobody."""
    found = weak(says("post", "person:Ann Lee"), says("herald", "person:Ann Lee"), says("post", "person:Ann Lee", "body:Tarn Lines", claim="c-2"),
                 says("post", "person:Oto Marr", claim="c-3"), says("herald", "body:Tarn Lines", claim="c-3"))
    assert {name: (r["claims"], r["fall"], r["claim ids"]) for name, r in found.items()} == {"Ann Lee": (1, 1, ["c-1"]), "outlet:post": (1, 1, ["c-2"])}


def test_what_may_be_one_hangs_but_does_not_fall() -> None:
    """A named voice and an unnamed one that may be the same: the claim hangs on each at the fewest and falls with neither."""
    found = weak(says("post", "person:Ann Lee"), says("herald", "unnamed:a source"))
    assert {name: (r["kind"], r["claims"], r["fall"]) for name, r in found.items() if not name.startswith("outlet")} == {
        "Ann Lee": ("person", 1, 0), "a source (unnamed), in The Vell Herald": ("unnamed", 1, 0)}


def test_a_controller_stands_behind_two_papers() -> None:
    """Each alone takes nothing along, the ministry all; most claims come first."""
    found = weak(says("voice"), says("evening"), says("voice", "person:Ann Lee", claim="c-2"))
    assert (found["controller:ministry"]["claims"], found["controller:ministry"]["fall"]) == (2, 2)
    assert found["outlet:voice"]["falling ids"] == ["c-2"] and found["outlet:evening"]["fall"] == 0
    assert next(iter(found)) == "controller:ministry"
    assert found["controller:ministry"]["party"] == "Ministry of Vell"


def test_a_relay_takes_its_papers_along() -> None:
    """Papers that print a wire hang on the wire and on its voice."""
    found = weak(says("post", "outlet:The Vell Wire>person:Ann Lee"), says("herald", "outlet:The Vell Wire>person:Ann Lee"))
    assert {name: r["fall"] for name, r in found.items()} == {"outlet:wire": 1, "Ann Lee": 1}


@pytest.mark.parametrize(("lines", "following", "wants", "chase"), [
    ([says("post", "unnamed:a source"), says("herald", "unnamed:two officials")], "corroborated", "an answer",
     "settle whether a source (unnamed) and two officials (unnamed) are one voice; if not, these are two origins"),
    ([says("post"), says("herald", "person:Ann Lee")], "corroborated", "an answer",
     "ask The Vell Post whether it has it from Ann Lee; if not, these are two origins"),
    ([says("voice"), says("evening")], "corroborated", "an origin of its own",
     "The Vell Evening and The Vell Voice answer to one controller, Ministry of Vell: an origin that does not"),
    ([says("wire"), says("post", wire="dateline:wire"), says("herald", wire="dateline:wire")], "corroborated", "a report with its own source",
     "all of it rests on one agency copy, that of The Vell Wire: a report that names its own source"),
    ([says("post", "unnamed:a source")], "corroborated", "a named person or a document", "all of it rests on a source (unnamed): a named person or a document"),
    ([says("post", "person:Ann Lee")], "corroborated", "a document or another witness",
     "all of it rests on Ann Lee: a document, or somebody who knows it another way"),
    ([says("post", "document:the harbour log")], "corroborated", "the document, or a witness",
     "all of it rests on the harbour log: see it, and find somebody who knows it another way"),
    ([says("voice")], "corroborated", "a report with its own source",
     "only The Vell Voice has it: ask whom it has it from, or find a report that names its own source, and one that does not answer to Ministry of "
     "Vell"),
    ([says("post", "person:Ann Lee"), says("herald", "body:Tarn Lines"), says("mirror", stance="unverified", confirmed_max=1, day="2031-03-01")],
     "possibly-corroborated", "a later confirmation", "The Vell Mirror itself says that no more than 1 origin is confirmed: ask whether more has been "
     "confirmed since; not verified, says The Vell Mirror, 2031-03-01: ask whether it has been since"),
    ([says("post", "person:Ann Lee", stance="denies")], "single-origin", "anybody who puts it as so",
     "nobody supports it: find who first put it, and on what ground; disputed by Ann Lee (The Vell Post, undated): a document or a witness that neither side "
     "controls"),
    ([says("post", "person:Ann Lee"), says("herald", "body:Tarn Lines"), says("mirror", "person:Oto Marr", stance="denies")], "undisputed",
     "a document or a witness", "disputed by Oto Marr (The Vell Mirror, undated): a document or a witness that neither side controls"),
])
def test_what_to_chase(lines: list[Line], following: str, wants: str, chase: str) -> None:
    """Every kind of gap once: the status that would follow, the kind of origin, whom to ask."""
    row, = gaps(*lines)
    assert (row["next"], row["wants"]) == (following, wants)
    assert row["chase"].startswith(chase)


def test_nearest_first_then_most_outlets_and_nothing_that_is_settled() -> None:
    """A doubt to settle comes before one more origin; a claim without a gap, or with a person's verdict, is not there."""
    lines = [says("post", "person:Ann Lee", claim="c-1"), says("post", "person:Ann Lee", claim="c-2"), says("herald", "person:Ann Lee", claim="c-2"),
             says("post", "unnamed:a source", claim="c-3"), says("herald", "unnamed:a source", claim="c-3"), says("post", "person:Ann Lee", claim="c-4"),
             says("herald", "body:Tarn Lines", claim="c-4"), says("mirror", stance="denies", claim="c-5")]
    assert [r["id"] for r in gaps(*lines)] == ["c-3", "c-2", "c-1", "c-5"]
    case = tell(*lines).case
    claims = [{**row, "verdict": "refuted" if row["claim_id"] == "c-2" else ""} for row in case["claims"].to_dict("records")]
    found = list_gaps(Case({**case.tables, "claims": make("claims", claims)}, registry=registry()))  # type: ignore[arg-type]
    assert found["id"].tolist() == ["c-3", "c-1", "c-5"]


def test_a_close_report_is_worth_a_verdict() -> None:
    """What stands close by and is not counted is named with its words."""
    case = tell(says("post", "person:Ann Lee"), says("herald", claim="c-2", text="The ferry line is shut, it wrote.")).case
    claims = [{**row, "near": '["m-001"]' if row["claim_id"] == "c-1" else "[]"} for row in case["claims"].to_dict("records")]
    found = list_gaps(Case({**case.tables, "claims": make("claims", claims)}, registry=registry())).to_dict("records")  # type: ignore[arg-type]
    chase = next(r["chase"] for r in found if r["id"] == "c-1")
    assert chase.endswith('judge whether The Vell Herald, undated says the same: "The ferry line is shut, it wrote."')


@pytest.mark.parametrize("answer", [list_gaps, list_weak_parties])
def test_hostile_and_large_cases(answer: Any) -> None:
    """Texts stay text, equal cases give equal bytes, an empty case an empty table."""
    for case in (poison(strike(), "=1\x1b[2J\u202e"), make_case(200, 10, 3), Case()):
        mixed = Case({name: frame.sample(frac=1, random_state=1) for name, frame in case.tables.items()})
        for form in ("table", "csv", "json", "md"):
            text = render_sheet(answer(case), form)
            assert text == render_sheet(answer(mixed), form)
            assert not any(c in text for c in "\x1b\u202e")
