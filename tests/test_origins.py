"""How many origins a claim has: the counting rules, one line of news each."""
from __future__ import annotations

import pytest
from newsroom import STORY, Line, says, tell

from tracker.tables import listed

HERALD, WIRE, COURIER = "outlet:The Vell Herald", "outlet:The Vell Wire", "outlet:The Vell Courier"
ANN = "person:Ann Lee"
SOURCE = "unnamed:an intelligence source"


@pytest.mark.parametrize(("rule", "lines", "bounds"), [
    ("two outlets' own reporting are two", [says("post"), says("herald")], (2, 2)),
    ("five outlets crediting one man are one", [says(o, ANN) for o in ("post", "herald", "ledger", "mirror", "signal")], (1, 1)),
    ("one announcer may be behind one own report", [says("post", ANN), says("herald")], (1, 2)),
    ("but not behind two", [says("post", ANN), says("herald"), says("mirror")], (2, 3)),
    ("unnamed voices may be the same", [says("post", SOURCE), says("herald", "unnamed:two officials")], (1, 2)),
    ("unless the words say another", [says("post", SOURCE, "unnamed:a second source")], (2, 2)),
    ("two men named are two", [says("post", ANN), says("herald", "person:Mara Quill")], (2, 2)),
    ("two men in one sentence are two", [says("post", ANN, "person:Mara Quill")], (2, 2)),
    ("a paper that credits a paper is one chain", [says("herald"), says("post", HERALD)], (1, 1)),
    ("a chain of three is one", [says("herald", ANN), says("post", HERALD), says("mirror", "outlet:The Vell Post>" + HERALD)], (1, 1)),
    ("many voices through one wire hang on the wire", [says("post", WIRE + ">" + ANN, WIRE + ">" + SOURCE), says("mirror", WIRE)], (1, 1)),
    ("a dateline makes a wire copy", [says("wire"), says("post", wire="dateline:wire")], (1, 1)),
    ("so does a closing line", [says("wire"), says("post", wire="closing:wire")], (1, 1)),
    ("a contribution line only may", [says("wire"), says("post", wire="contributed:wire")], (1, 2)),
    ("one ministry over two outlets may be one", [says("voice"), says("evening")], (1, 2)),
    ("a body and its spokesman are one", [says("post", "body:Tarn Lines"), says("herald", "unnamed:a spokesman for Tarn Lines@Tarn Lines")], (1, 1)),
    ("a body and the man who speaks for it are one", [says("post", "body:Tarn Lines"), says("herald", "person:Jonas Pell@Tarn Lines")], (1, 1)),
    ("a man and his office are one", [says("post", "body:Mr. Pell's office"), says("herald", "person:Jonas Pell")], (1, 1)),
    ("a senator speaks for himself", [says("post", "body:the Senate"), says("herald", "person:Jonas Pell@Senate")], (1, 2)),
    ("a body and its officials may be one", [says("post", "body:Port Authority"), says("herald", "unnamed:port officials@Port Authority")], (1, 2)),
    ("a man and his lawyer may be one", [says("post", "person:Jonas Pell"), says("herald", "person:Ann Lee@Jonas Pell")], (1, 2)),
    ("two men of one body may be one", [says("post", "person:Jonas Pell@Tarn Lines"), says("herald", "person:Ann Lee@Tarn Lines")], (1, 2)),
    ("an unnamed voice cannot be two men", [says("post", ANN), says("herald", "person:Jonas Pell"), says("mirror", SOURCE)], (2, 3)),
    ("critics are not the minister", [says("post", ANN), says("herald", "unnamed:critics")], (2, 2)),
    ("voices of two bodies are two", [says("post", "unnamed:officials@Port Authority"), says("herald", "unnamed:a clerk@Coast Guard")], (2, 2)),
    ("an outlet naming itself is its own reporting", [says("herald", HERALD), says("post")], (2, 2)),
    ("a headline rests on what its story credits", [says("post", page="p", title=True), says("post", ANN, page="p")], (1, 1)),
    ("the story's own words beside a credit may not", [says("post", page="p"), says("post", ANN, page="p")], (1, 2)),
    ("denials and doubts do not count", [says("post", ANN), says("herald", stance="denies"), says("mirror", stance="unverified")], (1, 1)),
    ("only denials: nothing", [says("post", ANN, stance="denies")], (0, 0)),
    ("outlets of unknown name stand each for themselves", [says(""), says("")], (2, 2)),
])
def test_counting_rule(rule: str, lines: list[Line], bounds: tuple[int, int]) -> None:
    assert tell(*lines).bounds() == bounds, rule


def test_near_copies_may_be_one() -> None:
    """Two papers with the same passage and no credit: one at the fewest; the same words inside quotation marks show nothing."""
    assert tell(says("post", text=STORY, day="2031-03-01"), says("herald", text=STORY, day="2031-03-02")).bounds() == (1, 2)
    quoted = f'"{STORY}" it says.'
    assert tell(says("post", text=quoted, day="2031-03-01"), says("herald", text=quoted, day="2031-03-02")).bounds() == (2, 2)


def test_outlets_that_credit_each_other_are_one_circle() -> None:
    told = tell(says("herald", COURIER), says("courier", HERALD))
    assert told.bounds() == (1, 1) and told.claim()["circular"]
    assert not tell(says("herald"), says("courier", HERALD)).claim()["circular"]


def test_the_text_itself_can_bound_the_count() -> None:
    """"Not confirmed beyond a single source" holds for what was known that day, not for what came later."""
    known = [says("post", ANN, day="2031-03-01"), says("herald", "person:Mara Quill", day="2031-03-02"),
             says("mirror", stance="unverified", confirmed_max=1, day="2031-03-03")]
    told = tell(*known)
    assert told.bounds() == (1, 1) and len(told.case["origins"]) == 1
    assert tell(*known, says("signal", "person:Jonas Pell", day="2031-03-09")).bounds() == (2, 2)


def test_strike_carried_by_two_outlets_rests_on_one_unverified_voice() -> None:
    claim = tell(says("post", SOURCE), says("herald", SOURCE, stance="unverified", confirmed_max=1)).claim()
    assert (claim["independent_min"], claim["independent_max"], claim["status"]) == (1, 1, "single-origin")
    assert claim["unverified"] and claim["echo"] and claim["unnamed_only"] and not claim["single_outlet"]
    assert listed(claim["cut"]) == ["an intelligence source (unnamed)"]


@pytest.mark.parametrize(("lines", "status"), [
    ([says("post"), says("herald")], "corroborated"), ([says("post", ANN), says("herald")], "possibly-corroborated"),
    ([says("post")], "single-origin"), ([says("post", stance="denies")], "unsupported"),
])
def test_status(lines: list[Line], status: str) -> None:
    assert tell(*lines).claim()["status"] == status


def test_rows_of_origins_are_the_bounds() -> None:
    """As many origins as the upper bound, in as many may-be classes as the lower; every supporting mention reaches one."""
    told = tell(says("post", ANN), says("herald"), says("mirror"), says("signal", WIRE + ">" + ANN))
    origins, supports = told.case["origins"], told.case["supports"]
    assert (origins["may_be_origin_id"].nunique(), len(origins)) == told.bounds() == (2, 3)
    assert set(supports["mention_id"]) == {"m-000", "m-001", "m-002", "m-003"}
    through = supports[supports["mention_id"] == "m-003"].iloc[0]
    assert through["hop"] == 1 and listed(through["via"]) == ["The Vell Wire"]


def test_names_in_two_spellings_are_one_voice() -> None:
    """Spelling of another script, initials, short names and acronyms; but two given names are two people."""
    one = [("person:Volodymyr Zelensky", "person:Zelenskyy"), ("person:Robert Stone", "person:Bob Stone"), ("person:Ada D. Korr", "person:Ada Korr"),
           ("body:Main Harbour Directorate (MHD)", "body:MHD"), ("body:the Safe Ferry Club", "body:Safe Ferry Club International"),
           ("person:Ursula von der Leyen", "person:Leyen"), ("body:U.S. Ferry Service", "body:Ferry Service")]
    assert [pair for pair in one if tell(says("post", pair[0]), says("herald", pair[1])).bounds() != (1, 1)] == []
    two = [("person:Anna Stone", "person:Peter Stone"), ("person:George W. Stone", "person:George H. Stone"), ("body:Port Authority", "body:Port Police")]
    assert [pair for pair in two if tell(says("post", pair[0]), says("herald", pair[1])).bounds() != (2, 2)] == []


def test_a_surname_that_fits_two_people_is_merged_with_neither() -> None:
    told = tell(says("post", "person:Anna Stone"), says("herald", "person:Peter Stone"), says("mirror", "person:Stone"))
    assert told.bounds() == (2, 3)


def test_every_collapse_has_a_sentence() -> None:
    details = "\n".join(tell(says("post", ANN), says("herald", ANN), says("mirror")).case["reasons"]["detail"])
    assert "counted once: The Vell Post and The Vell Herald both rest on Ann Lee" in details
    assert "may be one: own reporting of The Vell Mirror names nobody and may rest on Ann Lee" in details
