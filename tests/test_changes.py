"""What changed between two states: each kind of change once, with its reason; and that nothing changed when nothing did."""
from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from newsroom import OUTLETS, Line, says, tell
from worlds import make_case, poison, strike

from tracker.ask import changes, compare_cases
from tracker.ask.changes import CHANGES
from tracker.tables import Case, make
from tracker.view.sheets import SHEET_FORMATS, render_sheet

FIRST = says("post", "person:Ann Lee", day="2031-03-01")
Row = dict[str, Any]


def told(before: list[Line] | Case, after: list[Line] | Case) -> list[Row]:
    """The rows of a comparison; cases are made from lines."""
    one, two = (case if isinstance(case, Case) else tell(*case).case for case in (before, after))
    return [{str(k): v for k, v in row.items()} for row in compare_cases(one, two).to_dict("records")]


def only(rows: list[Row], change: str) -> Row:
    """The one row of that change."""
    found = [r for r in rows if r["change"] == change]
    assert len(found) == 1, (change, rows)
    return found[0]


def with_rows(case: Case, name: str, rows: list[Row]) -> Case:
    """The case with these rows as a table."""
    return Case({**case.tables, name: make(name, rows)}, registry=case.registry)


def with_claim(case: Case, claim_id: str, **columns: Any) -> Case:
    """The case with other columns of one claim."""
    rows = [{**row, **(columns if row["claim_id"] == claim_id else {})} for row in case["claims"].to_dict("records")]
    return with_rows(case, "claims", rows)  # type: ignore[arg-type]


def test_a_new_origin_changes_the_status_and_is_named() -> None:
    """Who came, in which outlet, on which day; outlets and origins stand side by side."""
    row = only(told([FIRST], [FIRST, says("mirror", "body:Tarn Lines", day="2031-03-02")]), "status")
    assert (row["before"], row["after"]) == ("single-origin: 1 outlet, 1 origin", "corroborated: 2 outlets, 2 origins")
    assert row["why"] == "+1 origin: Tarn Lines (The Vell Mirror, 2031-03-02)"


def test_an_origin_that_may_be_known_already_says_so() -> None:
    """The most go up, the fewest do not."""
    row = only(told([FIRST], [FIRST, says("mirror", "unnamed:a source", day="2031-03-02")]), "status")
    assert row["after"] == "possibly-corroborated: 2 outlets, 1-2 origins"
    assert row["why"] == "+1 origin: a source (unnamed) (The Vell Mirror, 2031-03-02), perhaps the same as Ann Lee"


def test_bounds_that_move_inside_a_status() -> None:
    """From two to three origins."""
    two = [FIRST, says("mirror", "body:Tarn Lines")]
    row = only(told(two, [*two, says("herald", "document:the harbour log")]), "origins")
    assert (row["before"], row["after"], row["why"]) == ("2", "3", "+1 origin: the harbour log (The Vell Herald, undated)")


def test_two_reports_that_turn_out_to_be_one_agency_copy() -> None:
    """The same reports, once read as two papers' own and once as one wire's."""
    apart, copied = [says("post"), says("herald")], [says("post", wire="dateline:wire"), says("herald", wire="dateline:wire")]
    row = only(told(apart, copied), "status")
    assert "two origins merged: own reporting of The Vell Herald and own reporting of The Vell Post: same agency copy" in row["why"] or (
        "two origins merged: own reporting of The Vell Post and own reporting of The Vell Herald: same agency copy" in row["why"])
    assert "+1 origin" not in row["why"] and "-1 origin" not in row["why"]


def test_an_origin_counted_apart_again() -> None:
    """The way back of a merge names the origin that is counted apart, and no new one."""
    apart, copied = [says("post"), says("herald")], [says("post", wire="dateline:wire"), says("herald", wire="dateline:wire")]
    why = only(told(copied, apart), "status")["why"]
    assert why == "The Vell Wire is now counted apart as own reporting of The Vell Post and own reporting of The Vell Herald"


def test_a_withdrawn_article() -> None:
    """What rested on it falls, and the row says which article."""
    both = [FIRST, says("mirror", "body:Tarn Lines", day="2031-03-02")]
    assert only(told(both, both[:1]), "status")["why"] == "-1 origin: Tarn Lines: article withdrawn: The Vell Mirror, 2031-03-02"
    assert only(told(both[:1], []), "gone")["why"] == "article withdrawn: The Vell Post, 2031-03-01"


@pytest.mark.parametrize(("line", "flag", "why"), [
    (says("mirror", "person:Oto Marr", stance="denies", day="2031-03-02"), "disputed", "a denial by Oto Marr (The Vell Mirror, 2031-03-02)"),
    (says("mirror", stance="denies"), "disputed", "a denial by The Vell Mirror, undated"),
    (says("mirror", stance="unverified"), "unverified", "The Vell Mirror, undated: says that it is not verified"),
    (says("mirror", "person:Ann Lee"), "echo", "several outlets, one origin: Ann Lee"),
])
def test_a_flag_comes_and_goes(line: Line, flag: str, why: str) -> None:
    """With the report that brought it."""
    assert next(r["why"] for r in told([FIRST], [FIRST, line]) if r["after"] == flag) == why
    assert [r["why"] for r in told([FIRST, line], [FIRST]) if r["before"] == flag] != [""]


def test_a_report_that_is_read_otherwise_is_no_new_denial() -> None:
    """Both states have it; what it does to the claim turned with the reports round it."""
    lines = [FIRST, says("mirror", "person:Oto Marr")]
    why = next(r["why"] for r in told(lines, [FIRST, lines[1]._replace(stance="denies")]) if r["after"] == "disputed")
    assert why == "read otherwise against the other reports: a denial by Oto Marr (The Vell Mirror, undated)"


def test_flags_of_the_whole_claim() -> None:
    """Unnamed only until somebody is named; in one outlet until a second carries it; a limit that a text sets."""
    source = says("post", "unnamed:a source", day="2031-03-01")
    rows = told([source], [source, says("herald", "person:Ann Lee")])
    assert {r["before"]: r["why"] for r in rows if r["change"] == "flag"} == {
        "unnamed-only": "also rests on Ann Lee", "single-outlet": "also in The Vell Herald"}
    two = [FIRST, says("mirror", "body:Tarn Lines")]
    limited = [*two, says("herald", stance="unverified", confirmed_max=1)]
    assert "itself says that no more than 1 origin is confirmed" in only(told(two, limited), "status")["why"]


def test_repeats_are_told_as_repeats() -> None:
    """More reports and no new origin."""
    two = [FIRST, says("mirror", "person:Ann Lee")]
    row = only(told(two, [*two, says("herald", "person:Ann Lee", day="2031-03-04")]), "reports")
    assert (row["before"], row["after"], row["why"]) == ("2 mentions in 2 outlets", "3 mentions in 3 outlets", "also in The Vell Herald, 2031-03-04")


def test_claims_that_merge_and_split() -> None:
    """The smaller one lives on inside the other; the way back is a split; nothing is new or gone."""
    apart = [FIRST, says("mirror", "person:Ann Lee"), says("herald", "body:Tarn Lines", claim="c-2")]
    joined = [line._replace(claim="c-1") for line in apart]
    merged = only(told(apart, joined), "merged")
    assert (merged["id"], merged["after"]) == ("c-2", "part of c-1")
    assert only(told(apart, joined), "status")["why"] == "+1 origin: Tarn Lines (from c-2)"
    split = only(told(joined, apart), "split")
    assert (split["id"], split["before"], split["why"]) == ("c-2", "part of c-1", "1 report of c-1 now puts a claim of its own")
    assert {"new", "gone"} & {r["change"] for r in (*told(apart, joined), *told(joined, apart))} == set()


def test_a_report_that_went_over() -> None:
    """Both claims go on; one mention changed sides."""
    lines = [FIRST, says("mirror"), says("herald"), says("signal", claim="c-2"), says("courier", claim="c-2")]
    moved = [*lines[:2], lines[2]._replace(claim="c-2"), *lines[3:]]
    row = only(told(lines, moved), "moved")
    assert (row["id"], row["before"], row["after"], row["why"]) == ("c-2", "under c-1", "under c-2", "1 report went over")


def test_a_new_id_is_no_new_claim() -> None:
    """The same mentions under another id are the same claim."""
    assert [(r["change"], r["before"], r["after"]) for r in told([FIRST], [FIRST._replace(claim="c-9")])] == [("id", "c-1", "c-9")]


def test_matching_by_id_alone_would_be_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: claims go together by their ids; a renamed claim is then one gone and one new."""
    monkeypatch.setattr("tracker.ask.matching._shared", lambda b, a: {(c, c): 1 for c in b.claims if c in a.claims})
    assert {r["change"] for r in told([FIRST], [FIRST._replace(claim="c-9")])} == {"new", "gone"}


def test_new_claims_say_who_had_them_first() -> None:
    """A report, or only a denial."""
    rows = told([FIRST], [FIRST, says("herald", claim="c-2", day="2031-03-03"), says("mirror", claim="c-3", stance="denies")])
    assert {r["id"]: r["why"] for r in rows if r["change"] == "new"} == {
        "c-2": "first reported by The Vell Herald, 2031-03-03; rests on own reporting of The Vell Herald",
        "c-3": "first denied by The Vell Mirror, undated; nobody supports it"}


def judged(verdict: str, left: str, right: str = "", **more: Any) -> Row:
    return {"judgement_id": f"j-{verdict}", "verdict": verdict, "left_id": left, "right_id": right, "who": "Ines", "why": "", **more}


def test_what_people_judged_is_the_reason() -> None:
    """Merges, splits, verdicts and wordings that a person made say who; what is taken back says so."""
    apart = tell(FIRST, says("mirror", "person:Ann Lee"), says("herald", "body:Tarn Lines", claim="c-2")).case
    joined = tell(FIRST, says("mirror", "person:Ann Lee"), says("herald", "body:Tarn Lines")).case
    same = with_rows(joined, "judgements", [judged("same", "m-000", "m-002", why="one press call")])
    assert only(told(apart, same), "merged")["why"].startswith("judged the same by Ines: one press call")
    assert only(told(apart, same), "status")["why"].startswith("judged the same by Ines: one press call; +1 origin")
    other = with_rows(apart, "judgements", [judged("different", "m-000", "m-002")])
    assert only(told(joined, other), "split")["why"] == "judged different by Ines"
    undone = with_rows(apart, "judgements", [judged("same", "m-000", "m-002", why="one press call"), judged("", "", withdraws="j-same")])
    assert only(told(same, undone), "split")["why"] == "taken back: judged the same by Ines: one press call"
    plain = tell(FIRST).case
    verified = with_rows(with_claim(plain, "c-1", verdict="verified", verdict_id="j-verified"), "judgements", [judged("verified", "c-1", why="seen")])
    row = only(told(plain, verified), "verdict")
    assert (row["before"], row["after"], row["why"]) == ("", "verified", "judged verified by Ines: seen")
    assert only(told(verified, plain), "verdict")["why"] == "taken back: judged verified by Ines: seen"
    worded = with_rows(with_claim(plain, "c-1", wording="It sank", wording_id="j-wording"), "judgements", [judged("wording", "c-1")])
    assert (only(told(plain, worded), "wording")["after"], only(told(plain, worded), "wording")["why"]) == ("It sank", "worded anew by Ines")


def test_the_digit_follows_from_what_moved_it() -> None:
    """Another digit names the status or flag behind it."""
    rows = told([FIRST], [FIRST, says("mirror", stance="denies")])
    assert only(rows, "digit")["why"] == "follows from: disputed"
    assert only(told([FIRST], [FIRST, says("mirror", "body:Tarn Lines")]), "digit")["why"] == "follows from: status"


VOICES = ["person:Ann Lee", "unnamed:a source", "outlet:The Vell Wire", "body:Tarn Lines"]
lines = st.lists(st.builds(lambda outlet, chains, stance, claim: says(outlet, *chains, stance=stance, claim=claim), st.sampled_from(OUTLETS),
                           st.lists(st.sampled_from(VOICES), max_size=2, unique=True),
                           st.sampled_from(["supports", "supports", "denies", "unverified"]), st.sampled_from(["c-1", "c-2", "c-3"])), min_size=1, max_size=7)


@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(lines, st.integers(0, 3), st.lists(st.sampled_from(["c-1", "c-2", "c-4"]), min_size=7, max_size=7))
def test_every_change_has_a_reason_and_equal_cases_have_none(told_lines: list[Line], cut: int, claims: list[str]) -> None:
    """Of any two states: a claim is told of at most once as new, gone or merged; each row has words; the order of rows in tables does not matter."""
    before = tell(*told_lines).case
    after = tell(*[line._replace(claim=c) for line, c in zip(told_lines, claims, strict=False)][: len(told_lines) - cut] or told_lines).case
    found = compare_cases(before, after)
    assert (found["why"] != "").all() and found["change"].isin(CHANGES).all()
    assert not found[found["change"].isin(["new", "gone", "merged", "split"])]["id"].where(found["change"] != "split").dropna().duplicated().any()
    mixed = Case({name: frame.sample(frac=1, random_state=cut) for name, frame in after.tables.items()}, registry=after.registry)
    assert compare_cases(before, mixed).to_dict("records") == found.to_dict("records")
    same = {(r["claim_id"], r["mention_id"]) for r in before["members"].to_dict("records")} == {
        (r["claim_id"], r["mention_id"]) for r in after["members"].to_dict("records")}
    assert bool(len(found)) or same
    assert len(compare_cases(before, before)) == len(compare_cases(after, after)) == 0


def test_equal_cases_have_no_changes_and_a_planted_one_is_seen() -> None:
    """Large made cases and hostile ones against themselves; then one cell changed."""
    for case in (strike(), make_case(300, 12, 5), poison(strike(), "=1+1\x1b[2J"), Case()):
        assert len(compare_cases(case, case)) == 0
    case = make_case(50, 6, 2)
    changed = with_claim(case, str(case["claims"]["claim_id"].iloc[7]), disputed=not case["claims"]["disputed"].iloc[7])
    assert compare_cases(case, changed)["change"].tolist() == ["flag"]


@pytest.mark.parametrize("form", SHEET_FORMATS)
def test_hostile_text_stays_text(form: str) -> None:
    """Names, quotes and reasons out of hostile articles reach no terminal and no spreadsheet as anything but text."""
    before = with_claim(strike(), "c-plan", independent_max=2)
    hostile = poison(before, "=HYPERLINK(1)\x1b[2J\x07\u202e|<b>")
    for one, two in ((Case(), hostile), (hostile, Case()), (before, hostile)):
        text = render_sheet(compare_cases(one, two), form)
        assert not any(c in text for c in "\x1b\x07\u202e")
        assert form != "csv" or not any(cell.startswith("=") for line in text.splitlines() for cell in line.split(","))
        assert text == render_sheet(compare_cases(one, two), form)


def test_rows_stand_claim_by_claim_the_weightiest_first() -> None:
    """A status that changed comes before a new claim, and all rows of a claim stand together."""
    after = [FIRST, says("mirror", "body:Tarn Lines"), says("herald", claim="c-0")]
    rows = told([FIRST], after)
    assert [r["id"] for r in rows] == sorted((r["id"] for r in rows), key=["c-1", "c-0"].index)
    assert rows[0]["change"] == "status" and tuple(rows[0]) == changes.COLUMNS
