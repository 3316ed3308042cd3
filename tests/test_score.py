"""Belief, the Admiralty digit and outlets' records: what moves them and which way."""
from __future__ import annotations

import math
import random
from typing import Any

import pytest
from newsroom import Line, says, tell

from tracker.score.standing import rate_outlets
from tracker.settings import Settings
from tracker.tables import Case, make

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


def drawn_pile(seed: int) -> dict[str, list[dict[str, Any]]]:
    """Rows of a small pile in which anything may be missing: dates, outlets, articles, mentions, claims, origins."""
    r = random.Random(seed)
    m, c, o = r.randint(0, 14), r.randint(0, 5), r.randint(0, 5)
    outlets, days = ("", "x", "y", "z"), ("", "2024-01-01", "2024-01-02", "2024-01-02T09:30Z")
    kinds, stances = ("near-copy", "credited-outlet", "same-speaker", "wire-credit"), ("supports", "denies", "unverified")
    statuses = "single-origin", "corroborated"

    def a_mention() -> str:
        return f"m{r.randint(0, m)}"

    return {
        "articles": [{"article_id": f"a{i}", "outlet_id": r.choice(outlets), "published_at": r.choice(days),
                      "revision_of": r.choice(("", "", f"a{r.randint(0, 9)}"))} for i in range(r.randint(0, 8))],
        "mentions": [{"mention_id": f"m{i}", "article_id": f"a{r.randint(0, 7)}", "stance": r.choice(stances)} for i in range(m)],
        "claims": [{"claim_id": f"c{i}", "question_id": r.choice(("", "q")), "n_outlets": r.randint(0, 3), "status": r.choice(statuses),
                    "echo": r.random() < .5, "disputed": r.random() < .3, "independent_min": r.randint(0, 3)} for i in range(c)],
        "members": [{"mention_id": f"m{i}", "claim_id": f"c{r.randint(0, c)}"} for i in range(m + 1) if r.random() < .9],
        "attributions": [{"mention_id": a_mention(), "branch": i, "hop": r.randint(0, 1), "speaker_outlet_id": r.choice((*outlets, "q"))} for i in range(6)],
        "ties": [{"later_id": a_mention(), "earlier_id": a_mention(), "kind": kind} for kind in r.sample(kinds, 3)],
        "origins": [{"origin_id": f"o{i}", "unnamed": r.random() < .5} for i in range(o)],
        "supports": [{"mention_id": a, "origin_id": b} for a, b in {(a_mention(), f"o{r.randint(0, o)}") for _ in range(8)}],
    }


def counted_plainly(rows: dict[str, list[dict[str, Any]]]) -> dict[tuple[str, str], tuple[int, int]]:
    """(outlet, measure) to how often it holds and of how many, told off row by row."""
    home = {a["article_id"]: (a["outlet_id"], a["published_at"]) for a in rows["articles"]}
    day = {x["mention_id"]: home.get(x["article_id"], ("", ""))[1] for x in rows["mentions"]}
    own = {x["mention_id"]: home.get(x["article_id"], ("", ""))[0] for x in rows["mentions"] if x["stance"] != "denies"}
    claim_of, claims = {x["mention_id"]: x["claim_id"] for x in rows["members"]}, {x["claim_id"]: x for x in rows["claims"]}
    taken = {x["mention_id"] for x in rows["attributions"] if x["hop"] == 0 and x["speaker_outlet_id"] not in ("", own.get(x["mention_id"], ""))}
    for t in rows["ties"]:
        later, earlier = t["later_id"], t["earlier_id"]
        told = t["kind"] in ("credited-outlet", "wire-credit") or (t["kind"] == "near-copy" and "" < day.get(earlier, "") < day.get(later, ""))
        if told and own.get(later, "") != own.get(earlier, ""):
            taken.add(later)
    puts: dict[str, dict[str, list[str]]] = {}
    for mention, outlet in own.items():
        if outlet and claim_of.get(mention) in claims:
            puts.setdefault(claim_of[mention], {}).setdefault(outlet, []).append(mention)
    found: dict[tuple[str, str], list[bool]] = {}
    for claim_id, by_outlet in puts.items():
        claim = claims[claim_id]
        since = {who: min((day[m] for m in ms if day[m]), default="") for who, ms in by_outlet.items()}
        leaders = [who for who in since if since[who] == min(since.values())]
        rivals = [x["independent_min"] for x in rows["claims"] if x["question_id"] and x["question_id"] == claim["question_id"]]
        for who, ms in by_outlet.items():
            first = leaders == [who] and len(since) > 1 and since[who] != ""
            said = {"single-origin": claim["status"] == "single-origin", "echo": claim["echo"], "relayed": taken.issuperset(ms),
                    "contradicted": claim["disputed"] or max(rivals, default=0) > claim["independent_min"]}
            said |= {"first": first} if claim["n_outlets"] > 1 else {}
            said |= {"borne-out": claim["status"] == "corroborated"} if first else {}
            for measure, holds in said.items():
                found.setdefault((who, measure), []).append(holds)
    hidden = {x["origin_id"]: x["unnamed"] for x in rows["origins"]}
    for who, origin in {(own.get(x["mention_id"], ""), x["origin_id"]) for x in rows["supports"]}:
        found.setdefault((who, "unnamed"), []).append(hidden.get(origin, False))
    again = {x["revision_of"] for x in rows["articles"]}
    for x in rows["articles"]:
        if not x["revision_of"]:
            found.setdefault((x["outlet_id"], "corrected"), []).append(x["article_id"] in again)
    return {key: (sum(values), len(values)) for key, values in found.items()}


def test_outlets_records_are_those_told_off_row_by_row() -> None:
    """Every share of every outlet that carries a claim, in piles where anything may be missing."""
    for seed in range(90):
        rows = drawn_pile(seed)
        plain = counted_plainly(rows)
        rated = rate_outlets(Case({name: make(name, found) for name, found in rows.items()}), Settings().score)
        assert {r["subject_id"] for r in rated} == {who for who, measure in plain if measure == "echo"}, seed
        for row in rated:
            if row["measure"] != "claims":
                yes, whole = plain.get((row["subject_id"], row["measure"]), (0, 0))
                assert (row["value"], row["n"]) == (round((1 + yes) / (2 + whole), 6), whole), (seed, row)
