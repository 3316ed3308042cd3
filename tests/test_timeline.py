"""What happened to a claim when: the count after each day is that of `--as-of`, the second origin has its day, revised articles say what changed."""
from __future__ import annotations

import json
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from newsroom import Line, registry, says, tell
from worlds import World, poison, strike

from tracker.ask import list_revisions, second_origins, trace_timeline
from tracker.engines import LocalEngine, RecallEngine
from tracker.errors import UsageError
from tracker.pipeline import build, days_of_second_origins, read_articles, rebuilt_on
from tracker.settings import Settings
from tracker.tables import TABLES, Case
from tracker.view.sheets import render_sheet

EXAMPLES = Path(__file__).parents[1] / "examples"
Row = dict[str, Any]


def read(story: str, day: str = "") -> Case:
    folder = EXAMPLES / story
    known = folder / "sources.yaml"
    return read_articles([folder / "articles"], registry=known if known.exists() else None, settings=Settings(as_of=day))


@cache
def whole_of(story: str) -> tuple[Case, RecallEngine]:
    """A story's articles, and who reads each of them once."""
    return read(story), RecallEngine(LocalEngine())


@cache
def on_day(story: str, day: str) -> Case:
    """The story as of a day, or whole, from articles that were read once."""
    whole, engine = whole_of(story)
    return rebuilt_on(whole, day, engine=engine)


def lived(*lines: Line) -> list[Row]:
    """The timeline of c-1, each day's case told from the lines that were there."""
    def on(day: str) -> Case:
        return tell(*(line for line in lines if line.day and line.day <= day)).case

    # ids of mentions count lines, so lines come by day, undated last, as they would in a pile with stable ids
    assert list(lines) == sorted(lines, key=lambda line: (not line.day, line.day))
    return [{str(k): v for k, v in r.items()} for r in trace_timeline(tell(*lines).case, "c-1", recount=on).to_dict("records")]


def test_a_claim_day_by_day() -> None:
    """First report, repeat, new origin, denial; the count after each day; days to the second origin."""
    rows = lived(says("post", "person:Ann Lee", day="2031-03-01"), says("herald", "person:Ann Lee", day="2031-03-02"),
                 says("mirror", "body:Tarn Lines", day="2031-03-05"), says("courier", "person:Oto Marr", stance="denies", day="2031-03-05"),
                 says("signal", stance="unverified", day="2031-03-06"), says("gazette"))
    assert [(r["date"], r["what"], r["outlets"], r["origins"]) for r in rows] == [
        ("2031-03-01", "first report", 1, "1"), ("2031-03-02", "repeat", 2, "1"), ("2031-03-05", "new origin", 3, "2"), ("2031-03-05", "denial", 3, "2"),
        ("2031-03-05", "second origin", 3, "2"), ("2031-03-06", "not verified", 4, "2"), ("undated", "new origin", 5, "2-3")]
    assert rows[1]["note"] == "rests on Ann Lee; count: 1 outlet, 1 origin to 2 outlets, 1 origin"
    assert rows[2]["note"].startswith("brings Tarn Lines; count: 2 outlets, 1 origin to 3 outlets, 2 origins")
    assert rows[4]["note"] == "4 days after the first report"
    assert [r["credits"] for r in rows[:4]] == ["Ann Lee", "Ann Lee", "Tarn Lines", "Oto Marr"]


def test_a_second_origin_that_may_be_the_first() -> None:
    """Only the most are two: it says perhaps, and whose voice it may be."""
    rows = lived(says("post", "person:Ann Lee", day="2031-03-01"), says("herald", "unnamed:a source", day="2031-03-04"))
    assert [(r["what"], r["origins"]) for r in rows] == [("first report", "1"), ("new origin", "1-2"), ("perhaps a second", "1-2")]
    assert "brings a source (unnamed) (perhaps one with Ann Lee)" in rows[1]["note"]
    assert rows[2]["note"] == "3 days after the first report"


def test_a_headline_names_nobody_and_rests_on_its_story() -> None:
    """Its outlet's own reporting it is not."""
    rows = lived(says("post", day="2031-03-01", page="p", title=True), says("post", "person:Ann Lee", day="2031-03-01", page="p"),
                 says("herald", day="2031-03-02"))
    assert [(r["credits"], r["note"].partition(";")[0]) for r in rows[:3]] == [
        ("names nobody", "rests on Ann Lee"), ("Ann Lee", "rests on Ann Lee"),
        ("own reporting", "brings own reporting of The Vell Herald (perhaps one with Ann Lee)")]


def test_a_claim_of_undated_reports_has_no_days() -> None:
    """They stand under the count with everything."""
    rows = lived(says("post", "person:Ann Lee"), says("herald", "body:Tarn Lines"))
    assert [(r["date"], r["origins"]) for r in rows] == [("undated", "2"), ("undated", "2")]
    with pytest.raises(UsageError, match="no claim 'c-9'"):
        trace_timeline(tell(says("post")).case, "c-9", recount=lambda day: Case())


@pytest.mark.parametrize("story", ["harbour", "treaty"])
def test_a_day_is_what_as_of_builds(story: str) -> None:
    """A pile read once and cut by day, taken apart once, gives the tables of `--as-of`; and the timeline of every claim has its counts."""
    whole, built = whole_of(story)[0], on_day(story, "")
    pd.testing.assert_frame_equal(built["claims"], build(whole)["claims"])
    days = sorted({d[:10] for d in whole["articles"]["published_at"]} - {""})
    states = {}
    for day in days:
        settings = replace(Settings(), as_of=day)
        states[day] = on_day(story, day)
        wanted = build(read(story, day), settings=settings)
        for name in TABLES:
            pd.testing.assert_frame_equal(states[day][name], wanted[name])
    told = 0
    for claim_id in built["claims"]["claim_id"]:
        for row in trace_timeline(built, claim_id, recount=states.__getitem__).to_dict("records"):
            if row["date"] != "undated" and row["mention"]:
                member = dict(zip(states[row["date"]]["members"]["mention_id"], states[row["date"]]["members"]["claim_id"], strict=True))
                claim = states[row["date"]]["claims"].set_index("claim_id").loc[member[row["mention"]]]
                alone = "its reports then stood" not in row["note"]
                assert not alone or (row["outlets"], row["fewest"], row["most"]) == (claim["n_outlets"], claim["independent_min"], claim["independent_max"])
                told += alone
    assert told > 10


def test_the_engine_works_on_an_article_once() -> None:
    """And answers from memory after that."""
    calls: list[str] = []

    def work(frame: pd.DataFrame) -> str:
        calls.extend(frame["k"])
        return "".join(frame["k"])

    engine = RecallEngine(LocalEngine())
    frame = pd.DataFrame({"k": ["b", "a", "c"]})
    assert engine.spread(work, frame[:2], "k") == ["a", "b"]
    assert engine.spread(work, frame, "k") == ["a", "b", "c"]
    assert sorted(calls) == ["a", "b", "c"]
    assert engine.spread(work, frame[:0], "k") == [""]
    engine.close()


@pytest.mark.parametrize("story", ["harbour", "treaty"])
def test_the_table_of_second_origins_agrees_with_the_timelines(story: str) -> None:
    """On the examples, where linking a day's pile changes no claim that ends with two origins, both give the same days."""
    built = on_day(story, "")
    table = second_origins(built, days_of_second_origins(built)).set_index("id")
    assert len(table) == len(built["claims"]) and (table["days"] != "").any() | (table["perhaps days"] != "").any()
    for claim_id, row in table.iterrows():
        found = trace_timeline(built, str(claim_id), recount=partial(on_day, story))
        sure = [r["date"] for r in found.to_dict("records") if r["what"] == "second origin"]
        assert row["most"] < 2 or sure == ([row["second"]] if row["second"] else [])


def test_second_origins_slowest_first() -> None:
    """Days to the second origin, for certain and perhaps; a claim that never had one has no days."""
    case = tell(says("post", "person:Ann Lee", day="2031-03-01"), says("herald", "unnamed:a source", day="2031-03-03"),
                says("mirror", "body:Tarn Lines@Tarn Lines", day="2031-03-09"), says("post", "person:Ann Lee", claim="c-2", day="2031-03-01"),
                says("post", "person:Ann Lee", claim="c-3"), says("herald", "body:Tarn Lines", claim="c-3")).case
    found = second_origins(case, days_of_second_origins(Case(case.tables, registry=registry()))).to_dict("records")
    assert [(r["id"], r["days"], r["perhaps days"]) for r in found] == [("c-1", 8, 2), ("c-3", "", ""), ("c-2", "", "")]


def revised(old: str, new: str, tmp_path: Path) -> Case:
    """A pile with an article and its revised version at the same address."""
    rest = ("The harbour office closed the northern ferry line because the old quay wall had moved by two metres after the storm. "
            "Divers will look at the wall before the line opens again, the office said. The line carries people from the island of Skarn to the market. "
            "Fishermen have offered to take pupils across until then, and the town will pay for their fuel. The mayor thanked them on the quay.")
    rows = [{"outlet": "gazette", "published": day, "url": "https://gazette.example/ferry", "title": "Ferry line closed", "text": f"{first} {rest}"}
            for day, first in (("2031-03-01", old), ("2031-03-02", new))]
    file = tmp_path / "pile.jsonl"
    file.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    return build(read_articles([file]))


def test_a_corrected_figure_is_listed(tmp_path: Path) -> None:
    """The revised version changed eleven to fourteen, and nothing else."""
    case = revised("Eleven people were injured when the wall moved.", "Fourteen people were injured when the wall moved.", tmp_path)
    assert (case["articles"]["revision_of"] != "").sum() == 1
    found = list_revisions(case).to_dict("records")
    assert [(r["change"], r["first"], r["revised"]) for r in found] == [("figure", "2031-03-01", "2031-03-02")]
    assert found[0]["before"].startswith("Eleven people") and found[0]["after"].startswith("Fourteen people")


def test_claims_dropped_and_added_and_turned() -> None:
    """Only in the old version, only in the new, denied now; a version that changed nothing says so. The timeline tells of the drop and the change."""
    world = World()
    world.outlet("post", "Harbour Post")
    same = {"file": "old.txt", "day": "2031-03-01"}
    ids = [world.mention("c-1", "post", "The ferry sank with 11 people.", **same), world.mention("c-2", "post", "The captain fled.", **same),
           world.mention("c-4", "post", "The office knew.", **same)]
    later = [world.mention("c-1", "post", "The ferry sank with 14 people.", day="2031-03-03"),
             world.mention("c-3", "post", "The mate stayed.", day="2031-03-03"),
             world.mention("c-4", "post", "The office did not know.", stance="denies", day="2031-03-03")]
    rows = world.rows["articles"]
    for found, name in ((ids, "a-old"), (later, "a-new")):
        for mention in (m for m in world.rows["mentions"] if m["mention_id"] in found):
            mention["article_id"] = name
    world.rows["articles"] = [{**rows[0], "article_id": "a-old"}, {**rows[3], "article_id": "a-new", "revision_of": "a-old", "file": "new.txt"},
                              {**rows[3], "article_id": "a-again", "revision_of": "a-new", "file": "again.txt", "published_at": ""}]
    for claim_id, wording in (("c-1", "The ferry sank"), ("c-2", "The captain fled"), ("c-3", "The mate stayed"), ("c-4", "The office knew")):
        world.add("claims", claim_id=claim_id, wording=wording, status="single-origin", n_outlets=1, independent_min=1, independent_max=1)
    case = world.case()
    found = list_revisions(case).to_dict("records")
    assert [(r["revised file"], r["change"], r["id"], r["before"], r["after"]) for r in found[:4]] == [
        ("new.txt", "figure", "c-1", "The ferry sank with 11 people", "The ferry sank with 14 people"), ("new.txt", "stance", "c-4", "supports", "denies"),
        ("new.txt", "dropped", "c-2", "The captain fled", ""), ("new.txt", "added", "c-3", "", "The mate stayed")]
    assert {r["change"] for r in found if r["revised file"] == "again.txt"} == {"dropped"}

    def told(claim_id: str) -> list[tuple[str, str]]:
        return [(r["what"], r["note"]) for r in trace_timeline(case, claim_id, recount=lambda day: case).to_dict("records")]

    assert told("c-1")[1] == ("repeat", "figure changed from 'The ferry sank with 11 people' to 'The ferry sank with 14 people' in a revised version of the "
                              "article of 2031-03-01")
    assert told("c-3")[0][1].startswith("added in a revised version")


def test_hostile_text_stays_text() -> None:
    """Nothing in names, dates and quotes reaches a terminal."""
    case = poison(strike(), "\x1b[2J=1\u202e")
    for claim_id in case["claims"]["claim_id"]:
        text = render_sheet(trace_timeline(case, claim_id, recount=lambda day: case), "json")
        assert not any(c in text for c in "\x1b\u202e")
