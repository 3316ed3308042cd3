"""Belief, the Admiralty digit and outlets' records: what moves them and which way."""
from __future__ import annotations

import math

import pytest
from newsroom import Line, says, tell

ANN, QUILL = "person:Ann Lee", "person:Mara Quill"
SOURCE = "unnamed:a source"


def belief(*lines: Line) -> float:
    return float(tell(*lines).claim()["belief"])


def test_order_of_claims() -> None:
    """More origins above fewer, named above unnamed, firm above hedged, checked above unverified, undisputed above disputed."""
    one = belief(says("post", ANN))
    assert belief(says("post", ANN), says("herald", QUILL)) > one > belief(says("post", SOURCE))
    assert one == belief(says("post", ANN), says("herald", ANN)) > belief(says("post", ANN, hedge="possible"))
    assert one > belief(says("post", ANN), says("herald", stance="unverified"))
    denied = belief(says("post", ANN), says("herald", QUILL, stance="denies"))
    assert one > denied > belief(says("post", ANN), says("herald", QUILL, stance="denies"), says("mirror", SOURCE, stance="denies"))


def test_bounds_of_belief_follow_the_bounds_of_independence() -> None:
    sure, unsure = tell(says("post"), says("herald")).claim(), tell(says("post", ANN), says("herald")).claim()
    assert sure["belief_low"] == sure["belief"] == sure["belief_high"]
    assert 0 < unsure["belief_low"] < unsure["belief"] < unsure["belief_high"] < 1


def test_parts_add_up_and_say_what_they_are() -> None:
    told = tell(says("post", SOURCE, hedge="possible"), says("herald", ANN), says("mirror", QUILL, stance="denies"), says("signal", stance="unverified"))
    parts = told.case["reasons"].query("measure == 'belief'")
    assert list(parts["part"]) == ["prior", "origins", "reliability", "unnamed", "hedges", "denials", "unverified"]
    assert 1 / (1 + math.exp(-parts["effect"].sum())) == pytest.approx(told.claim()["belief"], abs=1e-6)
    assert "1 of 2 unnamed" in set(parts["detail"])


@pytest.mark.parametrize(("digit", "lines"), [
    (1, [says("post"), says("herald")]), (2, [says("post", ANN), says("herald")]), (2, [says("post"), says("herald"), says("mirror", stance="denies")]),
    (3, [says("post", ANN)]), (4, [says("post", SOURCE)]), (4, [says("post", ANN), says("herald", stance="denies")]),
    (5, [says("post", ANN, stance="denies")]), (6, [says("post", SOURCE), says("herald", stance="unverified")]), (6, [says("post", stance="unverified")]),
])
def test_digit(digit: int, lines: list[Line]) -> None:
    """Confirmed elsewhere, probable, possible, doubtful, improbable, cannot be judged."""
    assert tell(*lines).claim()["credibility"] == digit


def test_records_of_outlets() -> None:
    """First by date, echoes, single origins; below ten claims an outlet is not judged."""
    lines = [line for n in range(12) for line in (says("post", claim=f"c-{n:02}", day="2031-03-01"), says("herald", claim=f"c-{n:02}", day="2031-03-02"))]
    rows = tell(*lines, says("mirror", "outlet:The Vell Post", claim="c-00", day="2031-03-03")).case["assessments"]
    record = rows[rows["subject_kind"] == "outlet"].set_index(["subject_id", "measure"])
    assert record.loc[("post", "first"), "value"] == pytest.approx(13 / 14, abs=1e-6)
    assert record.loc[("herald", "first"), "value"] == pytest.approx(1 / 14, abs=1e-6)
    assert record.loc[("post", "borne-out"), "value"] == record.loc[("post", "first"), "value"]
    assert record.loc[("mirror", "claims"), "value"] == 1 and record.loc[("mirror", "first"), "method"].endswith("F")
    assert not record.loc[("post", "first"), "method"].endswith("F")
    assert (rows["low"] <= rows["value"]).all() and (rows["value"] <= rows["high"]).all()


def test_relays_denials_hidden_voices_and_corrections() -> None:
    """What an outlet takes from others, what others deny, whom it leaves unnamed: counted by outlet, whatever its name."""
    lines = [line for n in range(10) for line in (
        says("post", SOURCE if n < 4 else ANN, claim=f"c-{n:02}", day="2031-03-01"),
        says("herald", "outlet:The Vell Post", claim=f"c-{n:02}", day="2031-03-02"),
        *([says("mirror", QUILL, claim=f"c-{n:02}", stance="denies")] if n < 3 else []))]
    for rename in ({}, {"herald": "zephyr", "post": "aurora"}):
        rows = tell(*lines, rename=rename).case["assessments"]
        record = rows[rows["subject_kind"] == "outlet"].set_index(["subject_id", "measure"])
        post, herald = rename.get("post", "post"), rename.get("herald", "herald")
        share = {(who, what): round(record.loc[(who, what), "value"] * (record.loc[(who, what), "n"] + 2)) - 1
                 for who in (post, herald) for what in ("relayed", "contradicted", "unnamed", "corrected")}
        assert [share[post, w] for w in ("relayed", "contradicted", "unnamed", "corrected")] == [0, 3, 4, 0]
        assert [share[herald, w] for w in ("relayed", "contradicted", "corrected")] == [10, 3, 0]


def test_calibration() -> None:
    """Chances that keep their word lie in the interval, and one half to everything scores .25."""
    import numpy as np

    from tracker.score.calibration import brier, calibration_table

    chance = np.repeat([0.1, 0.5, 0.9], 100)
    true = np.tile(np.arange(100), 3) < chance * 100
    table = calibration_table(chance, true, bins=5)
    assert table["n"].tolist() == [100, 100, 100] and table["share"].tolist() == [0.1, 0.5, 0.9]
    assert ((table["low"] < table["chance"]) & (table["chance"] < table["high"])).all()
    assert brier(np.full(300, 0.5), true) == 0.25 and brier(true, true) == 0


def test_a_copy_of_unknown_order_is_not_held_against_either() -> None:
    """The same text twice: the later by date relays; on the same day nobody does."""
    story = "The harbour office closed the northern ferry line on Tuesday because the old quay wall had moved by two metres after the storm had passed."
    for second, relays in (("2031-03-02", [0, 1]), ("2031-03-01", [0, 0])):
        rows = tell(says("post", day="2031-03-01", text=story), says("herald", day=second, text=story)).case["assessments"]
        value = rows[rows["measure"] == "relayed"].set_index("subject_id")["value"]
        assert [round(value[who] * 3) - 1 for who in ("post", "herald")] == relays
