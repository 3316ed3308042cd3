"""A kept case: growing equals building at once, what people decide outlives everything, several processes lose nothing."""
from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import kill_case
import pandas as pd
import pytest
import sqlalchemy as sa
from alembic import command
from click.testing import CliRunner
from kill_case import settle

import tracker.store.upgrade as upgrades
import tracker.trace.whole as whole
from tracker.cli import cli
from tracker.engines import Aside
from tracker.errors import StoreError, UsageError
from tracker.export import to_json
from tracker.judge import make_judgement, read_judgements, write_judgements
from tracker.model import when_asked
from tracker.pipeline import build, read_articles
from tracker.pipeline.cases import CaseFile, open_case
from tracker.settings import Settings
from tracker.store import schema
from tracker.store.connect import open_engine
from tracker.store.sql import SqlStore
from tracker.tables import TABLES, Case, make
from tracker.trace.claims import Pile

DAY = "2031-03-05T09:30:00Z"
FACTS = ("A fire broke out in the engine room of the ferry", "Fourteen passengers were injured in the fire", "The captain turned the ship back")
STORY = "\n\nThe ferry runs between the port and the island six times a day. It belongs to a family company that owns five ships in the region."


def story(outlet: str, *sentences: str, day: str = "2031-03-04") -> dict[str, str]:
    return {"outlet": outlet, "published": day, "title": f"Ferry fire, by {outlet}", "url": f"https://{outlet}.example/fire/{len(sentences)}",
            "text": "\n\n".join(f"{s}." for s in sentences) + STORY}


PILE = [
    story("courier", f"{FACTS[0]} on Tuesday", f"{FACTS[1]}, the fire service said"),
    story("gazette", f"{FACTS[1]}, according to the hospital", f"{FACTS[2]} at once"),
    story("herald", f"{FACTS[1]}, police said", f"“{FACTS[2]},” an official said", day="2031-03-06"),
]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new case may lie."""
    return str(tmp_path / "fire.case") if request.param == "sqlite" else str(request.getfixturevalue("postgres").url())


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., list[Path]]:
    """A function from articles to one JSON Lines file each."""

    def write(*articles: dict[str, str]) -> list[Path]:
        out = []
        for a in articles:
            path = tmp_path / "articles" / f"{a['outlet']}-{a['published']}.jsonl"
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(a), encoding="utf-8")
            out.append(path)
        return out

    return write


def same(left: Case, right: Case, *, but: set[str] = frozenset({"documents", "intake", "aliases"})) -> None:  # type: ignore[assignment]
    """All tables equal, cell by cell."""
    for name in TABLES:
        if name not in but:
            pd.testing.assert_frame_equal(left[name], right[name], obj=name)


def quote(case: Case, outlet: str, words: str) -> dict[str, Any]:
    """The mention of an outlet with these words."""
    articles = set(case["articles"].loc[case["articles"]["outlet_id"] == outlet, "article_id"])
    found = [m for m in case["mentions"].to_dict("records") if m["article_id"] in articles and words in m["quote"]]
    assert found, f"{outlet} has no mention with {words!r}"
    return {str(k): v for k, v in found[0].items()}


def judged(case: Case, verdict: str, *mentions: dict[str, Any], who: str = "Ines", when: str = DAY, **more: Any) -> pd.DataFrame:
    """A judgement about mentions (or the claims they are in)."""
    from tracker.judge import span_of_mention

    texts = {a["article_id"]: a for a in case["articles"].to_dict("records")}
    spans = [span_of_mention(m, texts[m["article_id"]]) for m in mentions]
    return make("judgements", [make_judgement(verdict, [m["mention_id"] for m in mentions], spans=spans, who=who, when=when, **more)])


# -- growing ------------------------------------------------------------------------------------------------------------------


def test_growing_equals_building_at_once(place: str, files: Callable[..., list[Path]]) -> None:
    """Law: a case that grew article by article has the tables of a run over all of them, and of its own rebuild; also after opening it again."""
    paths = files(*PILE)
    case = CaseFile.create(place)
    for n, path in enumerate(paths):
        case.add([path], at=f"2031-03-0{n + 1}T10:00:00Z")
        case.case()
    whole = build(read_articles(paths))
    grown = case.case()
    same(grown, whole)
    same(CaseFile(place).case(), whole)
    rebuilt = case.rebuild()
    same(rebuilt, grown, but=set())


def test_a_process_beside_gives_the_same_tables(place: str, files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    """A large case is counted by two processes: what is kept is what one process keeps, for a new case, for one that grew, and when nothing is new."""
    import tracker.pipeline.runs as runs

    asked: list[str] = []
    ask = Aside.ask
    monkeypatch.setattr(Aside, "ask", lambda self, work, *args: (asked.append(getattr(work, "func", work).__name__), ask(self, work, *args))[1])
    monkeypatch.setattr(runs, "ASIDE_FROM", 1)
    monkeypatch.setattr("multiprocessing.cpu_count", lambda: 2)
    paths = files(*PILE, WEATHER)
    case = CaseFile.create(place)
    case.add(paths[:3], at=DAY)
    case.case()
    case.add(paths[3:], at=DAY)
    grown = case.case()
    assert {"extract_articles", "_lying", "_earlier", "copied_articles", "_trace_some", "found_links", "_find_shared", "_rate_outlets"} <= set(asked)
    same(grown, build(read_articles(paths)))
    asked.clear()
    same(case.rebuild(engine="local"), grown, but=set())
    assert not asked


def test_a_process_that_is_started_early_ends(tmp_path: Path, files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is about to add to a large case has a second process load meanwhile; it is gone when nothing new came, when adding fails, and in the end."""
    import multiprocessing

    import tracker.pipeline.cases as cases
    import tracker.pipeline.runs as runs

    monkeypatch.setattr(runs, "ASIDE_FROM", 1)
    monkeypatch.setattr(cases, "LARGE", 1)
    monkeypatch.setattr("multiprocessing.cpu_count", lambda: 2)
    before = set(multiprocessing.active_children())
    paths, place = files(*PILE, WEATHER), str(tmp_path / "x.case")
    case = CaseFile.create(place)
    case.add(paths[:3], at=DAY)
    assert set(multiprocessing.active_children()) == before  # nothing is there yet that would have to be counted beside
    case.case(workers=1)
    case.close()
    case = CaseFile(place, growing=True)
    assert len(set(multiprocessing.active_children()) - before) == 1
    case.add(paths[:3], at=DAY)
    assert set(multiprocessing.active_children()) == before
    case.add(paths[3:], at=DAY)
    assert len(set(multiprocessing.active_children()) - before) == 1
    same(case.case(), build(read_articles(paths)))
    assert set(multiprocessing.active_children()) == before
    case = CaseFile(place, growing=True)
    with pytest.raises(UsageError):
        case.add([tmp_path / "missing"], at=DAY)
    assert set(multiprocessing.active_children()) == before
    CaseFile(place, growing=True).close()
    CaseFile(place, growing=True, workers=1)
    with pytest.raises(UsageError):
        CaseFile(str(tmp_path), growing=True)
    assert set(multiprocessing.active_children()) == before


def test_what_lay_there_before_somebody_else_wrote_is_not_believed(place: str, files: Callable[..., list[Path]]) -> None:
    """Rows looked up beside the count spare looking again only while nobody wrote: else rows of the other would stay or be missing."""
    paths = files(*PILE, WEATHER)
    case = CaseFile.create(place)
    store = case.store
    case.add(paths[:1], at=DAY)
    first = case.case()
    early = store.lying()
    assert all(len(rows) == len(first[name]) for name, rows in early.rows.items())
    case.add(paths[1:], at=DAY)
    second = case.case()
    stale = early._replace(rows={name: rows[:0] for name, rows in early.rows.items()})  # the planted fault: believed, every row would be put in twice
    store.put_derived("x", second.tables, lying=stale)
    for name in schema.DERIVED:
        assert len(store.lying().rows[name]) == len(second[name]), name
    now = store.lying()
    store.put_derived("y", first.tables, lying=now)
    assert store.lying().made != now.made
    for name in schema.DERIVED:
        pd.testing.assert_frame_equal(store.read(name), first[name], obj=name)


def test_tables_read_when_asked_for_are_those_of_one_moment(place: str, files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the tables that somebody looks at are read, and all show the case as it was when it was opened, whatever others add meanwhile."""
    import tracker.store.sql as sql

    paths = files(*PILE, WEATHER)
    case = CaseFile.create(place)
    case.add(paths[:3], at=DAY)
    before = case.case()
    read: list[str] = []
    rows_of = sql._rows_of
    monkeypatch.setattr(sql, "_rows_of", lambda connection, table, *rest: (read.append(table), rows_of(connection, table, *rest))[1])
    looked = CaseFile(place).case(as_asked=True)
    read.clear()
    pd.testing.assert_frame_equal(looked["claims"], before["claims"])
    assert read == ["claims"]
    case.add(paths[3:], at=DAY)
    after = case.case()
    assert len(after["mentions"]) > len(before["mentions"])
    same(looked, before)
    assert set(looked.tables) == set(TABLES) - {"documents", "intake"} and len(looked.tables) == len(list(looked.tables)) and "nothing" not in looked.tables
    same(CaseFile(place).case(as_asked=True), after)


def test_a_table_that_is_damaged_is_made_again_when_it_is_asked_for(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """A cell that changed under its hash is not shown."""
    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(files(*PILE), at=DAY)
    before = case.case()
    with sqlite3.connect(tmp_path / "x.case") as connection:
        connection.execute("UPDATE claims SET wording = 'another'")
    looked = CaseFile(str(tmp_path / "x.case")).case(as_asked=True)
    same(looked, before)
    looked = CaseFile(str(tmp_path / "x.case")).case(as_asked=True)
    case.add(files(WEATHER), at=DAY)
    with pytest.raises(StoreError, match="once more"):  # what it would be made from is no longer what the other tables were made from
        looked["claims"]


def test_the_growing_law_catches_a_half_that_is_lost(tmp_path: Path, files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted fault: the process beside is never heard, and the claims it was to trace are gone."""
    import tracker.pipeline.runs as runs

    class Nobody:
        def __init__(self, prepare: Any) -> None: ...
        def ask(self, work: Callable[..., Any], *args: Any) -> Callable[[], Any]:
            return when_asked(work, *args)

        def close(self) -> None: ...

    monkeypatch.setattr(whole, "_joined", lambda parts: parts[0])
    monkeypatch.setattr(runs, "Aside", Nobody)
    monkeypatch.setattr(runs, "ASIDE_FROM", 1)
    monkeypatch.setattr("multiprocessing.cpu_count", lambda: 2)
    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(files(*PILE), at=DAY)
    with pytest.raises(AssertionError):
        same(case.case(), build(read_articles(files(*PILE))))


def test_the_growing_law_catches_a_reading_kept_too_long(tmp_path: Path, files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted fault: readings are kept although the registry changed."""
    mine = tmp_path / "mine.yaml"
    mine.write_text("outlets:\n  - id: the-hospital\n    name: Hospital\n    kind: official\n    country: GB\n", encoding="utf-8")
    paths = files(*PILE)
    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(paths, at=DAY)
    case.case()
    monkeypatch.setattr(CaseFile, "_reader", lambda self, settings: "always the same")
    case.rebuild()
    case.set_registry(mine)
    with pytest.raises(AssertionError):
        same(case.case(), build(read_articles(paths, registry=mine)))


SNOW = "Heavy snow closed the pass road for two days.\n\nFarmers lost forty sheep in the snow, the farmers' union said."
WEATHER = {"outlet": "mirror", "published": "2031-03-07", "title": "Snow", "url": "https://mirror.example/snow", "text": SNOW}


def test_pairs_that_were_compared_are_not_compared_again(place: str, files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    """An article more: only pairs with something new are compared, and the tables are those of a run over all; so also where what was kept is damaged."""
    from tracker.link import claims

    compared: list[int] = []
    compare = claims._compare_some
    monkeypatch.setattr(claims, "_compare_some", lambda profiles, left, right: (compared.append(len(left)), compare(profiles, left, right))[1])
    snow = [SNOW, SNOW.replace("Snow", "Hail")]
    others = [story(o, f"The {o} quay was closed", f"The mayor of {o} spoke", day=f"2031-03-0{n}") for n, o in enumerate(("signal", "voice", "post"), 1)]
    paths = files(*PILE, *others, *(WEATHER | {"text": text, "published": f"2031-03-1{n}"} for n, text in enumerate(snow)))
    case = CaseFile.create(place)
    case.add(paths[:-2], at=DAY)
    case.case()
    compared.clear()
    case.add(paths[-2:-1], at=DAY)
    few = case.case()
    counts = [sum(compared)]
    compared.clear()
    same(few, build(read_articles(paths[:-1])))
    counts.append(sum(compared))
    assert 0 < counts[0] < counts[1], counts
    with case.store._writing() as connection:
        connection.execute(sa.update(schema.compared).where(schema.compared.c.name == "keys").values(body=b"turned"))
    compared.clear()
    case.add(paths[-1:], at=DAY)
    same(case.case(), build(read_articles(paths)))
    assert compared[0] > counts[0]
    before = case.store.compared(case._counter(Settings()))
    assert before is not None and case.store.compared("another counter") is None
    case.rebuild()
    after = case.store.compared(case._counter(Settings()))
    assert after is not None and sorted(before) == sorted(after)


def test_claims_of_which_nothing_changed_are_not_counted_again(place: str, files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    """An article about something else: its own claims are traced, no claim of the fire is; the tables are those of a run over all."""
    paths = files(*PILE, WEATHER)
    case = CaseFile.create(place)
    case.add(paths[:3], at=DAY)
    before = set(case.case()["claims"]["claim_id"])
    traced: list[str] = []
    trace_claim = Pile._trace_claim
    monkeypatch.setattr(Pile, "_trace_claim", lambda self, claim_id, *a: (traced.append(claim_id), trace_claim(self, claim_id, *a))[1])
    case.add(paths[3:], at=DAY)
    grown = case.case()
    assert before and traced and not before & set(traced)
    same(grown, build(read_articles(paths)))


def test_the_growing_law_catches_a_mark_that_misses_the_reports(tmp_path: Path, files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted fault: a claim goes by its name alone and keeps its count when a report is added."""
    monkeypatch.setattr(whole, "mark_claims", lambda mentions, attributions, members, articles, copied: dict.fromkeys(members["claim_id"], ""))
    case = CaseFile.create(str(tmp_path / "x.case"))
    for path in files(*PILE):
        case.add([path], at=DAY)
        grown = case.case()
    with pytest.raises(AssertionError):
        same(grown, build(read_articles(files(*PILE))))


def test_the_growing_law_catches_a_mark_that_misses_the_credits(tmp_path: Path, files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted fault: a judgement on a credit touches no mention, and the claim keeps its old count."""
    full = whole.mark_claims
    monkeypatch.setattr(whole, "mark_claims", lambda mentions, attributions, *rest: full(mentions, attributions.iloc[:0], *rest))
    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(files(*PILE), at=DAY)
    made = case.case()
    case.judge(judged(made, "own-reporting", quote(made, "courier", "injured")))
    with pytest.raises(AssertionError):
        same(case.case(), case.rebuild(), but=set())


def test_whatever_a_count_looks_at_moves_the_mark(files: Callable[..., list[Path]]) -> None:
    """A stance, a speaker, an outlet, a near-copy: each alone gives its claims another mark, and the others keep theirs."""
    case = build(read_articles(files(*PILE, WEATHER)))
    tables = [case[n] for n in ("mentions", "attributions", "members", "articles")]
    marks = whole.mark_claims(*tables, {})
    claim_of = dict(zip(case["members"]["mention_id"], case["members"]["claim_id"], strict=True))
    of_weather = {claim_of[m["mention_id"]] for m in case["mentions"].to_dict("records") if "snow" in m["quote"]}

    def moved(table: int = 0, key: str = "", copied: dict[str, tuple[str, float]] | None = None, **cells: str) -> set[str]:
        changed = [t.copy() for t in tables]
        for column, value in cells.items():
            changed[table].loc[changed[table]["article_id" if table == 3 else "mention_id"] == key, column] = value
        return {c for c, mark in whole.mark_claims(*changed, copied or {}).items() if marks[c] != mark}

    road = next(m for m in case["mentions"].to_dict("records") if "closed the pass" in m["quote"])
    union = next(a for a in case["attributions"].to_dict("records") if "union" in a["speaker"])
    assert moved(0, road["mention_id"], stance="denies") == {claim_of[road["mention_id"]]}
    assert moved(1, union["mention_id"], speaker="a farmer") == {claim_of[union["mention_id"]]}
    assert moved(3, road["article_id"], outlet_id="other") == of_weather
    courier, gazette = (next(a["article_id"] for a in case["articles"].to_dict("records") if a["outlet_id"] == o) for o in ("courier", "gazette"))
    both = moved(copied={courier: ("x", 1.0), gazette: ("x", 0.9)})
    assert both and not both & of_weather and moved() == set()


def test_only_new_documents_are_read(place: str, files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten articles more, ten articles read."""
    import tracker.pipeline.cases as cases

    case = CaseFile.create(place)
    case.add(files(*PILE[:2]), at=DAY)
    case.case()
    read: list[str] = []
    parse = cases.parse_document
    monkeypatch.setattr(cases, "parse_document", lambda d, *a, **k: (read.append(d["path"]), parse(d, *a, **k))[1])
    case.add(files(PILE[2]), at=DAY)
    case.case()
    assert read == ["herald-2031-03-06.jsonl#1"]


def test_adding_again_adds_nothing(place: str, files: Callable[..., list[Path]]) -> None:
    """The same files twice: the same tables, and the answer says so."""
    case = CaseFile.create(place)
    first = case.add(files(*PILE), at=DAY)
    before = case.case()
    again = case.add(files(*PILE), at="2031-03-09T10:00:00Z")
    assert (first.new, again.new, again.known) == (3, 0, 3)
    same(case.case(), before, but=set())


def test_forgetting_is_never_having_read(place: str, files: Callable[..., list[Path]]) -> None:
    """Law 11: forgotten articles leave nothing behind in what is derived; adding them again brings all of it back."""
    paths = files(*PILE)
    case = CaseFile.create(place)
    case.add(paths, at=DAY)
    whole = case.case()
    gone = [d["document_id"] for d in case.documents() if d["path"].startswith("herald")]
    assert case.forget(gone, at="2031-03-06T00:00:00Z", why="sent in by mistake") == 1
    same(case.case(), build(read_articles(paths[:2])))
    assert case.add(paths, at="2031-03-07T00:00:00Z").back == 1
    same(case.case(), whole)


def test_law_11_catches_an_article_that_is_only_hidden(tmp_path: Path, files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted fault: forgetting leaves the document in use."""
    paths = files(*PILE)
    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(paths, at=DAY)
    monkeypatch.setattr(CaseFile, "_live", lambda self, known_on: set(self.store.read("intake")["document_id"]))
    case.forget([case.documents()[0]["document_id"]], at=DAY)
    with pytest.raises(AssertionError):
        same(case.case(), build(read_articles(paths[1:])))


def test_known_on_is_what_was_known(place: str, files: Callable[..., list[Path]]) -> None:
    """A day back: neither later articles nor later judgements; --as-of goes by publication."""
    paths = files(*PILE)
    case = CaseFile.create(place)
    case.add(paths[:2], at="2031-03-05T10:00:00Z")
    first = case.case()
    case.add(paths[2:], at="2031-03-07T10:00:00Z")
    now = case.case()
    case.judge(judged(now, "refuted", quote(now, "courier", "injured"), when="2031-03-08T10:00:00Z"))
    same(case.case(known_on="2031-03-05"), first)
    same(case.case(known_on="2031-03-07"), now)
    assert set(case.case()["claims"]["verdict"]) == {"", "refuted"}
    from tracker.settings import Settings

    assert len(case.case(settings=Settings(as_of="2031-03-05"))["articles"]) == 2
    same(case.case(), CaseFile(place).case(), but=set())


def test_an_edited_article_is_a_revision(place: str, files: Callable[..., list[Path]]) -> None:
    """The changed text is a version of its own that names the earlier one."""
    case = CaseFile.create(place)
    case.add(files(PILE[0]), at=DAY)
    later = {**PILE[0], "text": PILE[0]["text"].replace("Fourteen", "Sixteen"), "published": "2031-03-05"}
    case.add(files(later), at="2031-03-06T10:00:00Z")
    articles = case.case()["articles"]
    assert len(articles) == 2 and sorted(bool(r) for r in articles["revision_of"]) == [False, True]


# -- laws, each with a fault that it must catch -------------------------------------------------------------------------------


def added(place: str, paths: list[Path], **counting: Any) -> Case:
    """A case into which these files were put one by one and counted after each."""
    case = CaseFile.create(place)
    for path in paths:
        case.add([path], at=DAY)
        case.case()
    return case.rebuild(**counting) if counting else case.case()


def places(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> Iterator[str]:
    """Endlessly many places for new cases of one kind."""
    while True:
        yield str(request.getfixturevalue("postgres").url()) if kind == "postgres" else str(tmp_path / f"{next(COUNT)}.case")


COUNT = iter(range(1_000_000))
KINDS = pytest.mark.parametrize("kind", ["sqlite", "postgres"])


def law_of_order(places: Iterator[str], paths: list[Path]) -> None:
    """1. The order in which articles arrive does not matter."""
    same(added(next(places), paths), added(next(places), paths[::-1]))


def law_of_cutting(places: Iterator[str], paths: list[Path]) -> None:
    """2. Neither does how they are cut into batches and among processes."""
    import tracker.pipeline.cases as cases

    whole = added(next(places), paths, engine="local")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cases, "BATCH", 1)
        same(added(next(places), paths, engine="local"), whole)
    place = next(places)
    if not place.startswith("postgresql"):  # the processes know nothing of where the case lies: once is enough
        same(added(place, paths, engine="pool", workers=2), whole)


def law_of_repeating(places: Iterator[str], paths: list[Path]) -> None:
    """4. Adding twice is adding once."""
    same(added(next(places), [*paths, *paths]), added(next(places), paths))


def law_of_the_day(places: Iterator[str], paths: list[Path]) -> None:
    """12. As of a day nothing published later is used."""
    from tracker.settings import Settings

    case = CaseFile.create(next(places))
    case.add(paths, at=DAY)
    same(case.case(settings=Settings(as_of="2031-03-05")), build(read_articles(paths, settings=Settings(as_of="2031-03-05"))))


def law_of_judging(places: Iterator[str], paths: list[Path]) -> None:
    """13. What was put apart is apart after adding and after a rebuild, in whatever order."""
    for order in (paths, paths[::-1]):
        case = CaseFile.create(next(places))
        case.add(order[:2], at=DAY)
        case.add(order[2:], at=DAY)
        made = case.case()
        one, other = quote(made, "courier", "injured"), quote(made, "gazette", "injured")
        case.judge(judged(made, "different", one, other))
        for again in (case.case(), case.rebuild()):
            claim = again["members"].set_index("mention_id")["claim_id"]
            assert claim[one["mention_id"]] != claim[other["mention_id"]]


LAWS = (law_of_order, law_of_cutting, law_of_repeating, law_of_the_day, law_of_judging)


@KINDS
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_laws_of_kept_cases(request: pytest.FixtureRequest, tmp_path: Path, files: Callable[..., list[Path]], kind: str, law: Callable[..., None]) -> None:
    """Each law over SQLite and PostgreSQL."""
    law(places(request, tmp_path, kind), files(*PILE))


def first_come(patch: pytest.MonkeyPatch) -> None:
    """Claims are named after what arrived first."""
    import tracker.pipeline.runs as runs

    came: dict[str, str] = {}

    def arrival(articles: pd.DataFrame) -> dict[str, str]:
        if len(articles) == 1:  # a new case begins
            came.clear()
        return {a: came.setdefault(a, f"2031-01-{len(came) + 1:02}") for a in articles["article_id"]}

    patch.setattr(runs, "_published", arrival)


def looks_round(patch: pytest.MonkeyPatch) -> None:
    """What an article gives hangs on how many are read with it."""
    import tracker.pipeline.runs as runs

    extract = runs.extract_articles
    patch.setattr(runs, "extract_articles", lambda part, **k: (found := extract(part, **k))._replace(mentions=found.mentions.assign(method=str(len(part)))))
    patch.setattr("tracker.engines.local.PARTS", 1)


def new_every_time(patch: pytest.MonkeyPatch) -> None:
    """A document that comes again is another one."""
    import tracker.pipeline.cases as cases

    read = cases.read_documents

    def again(*args: Any, **more: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
        documents, rejects = read(*args, **more)
        return documents.assign(given=[json.dumps({**json.loads(g), "note": str(next(COUNT))}, sort_keys=True) for g in documents["given"]],
                                document_id=[f"d-{next(COUNT):012}" for _ in range(len(documents))]), rejects

    patch.setattr(cases, "read_documents", again)
    patch.setattr(SqlStore, "documents", lambda self, ids: [r for r in self.read("documents").to_dict("records") if r["document_id"] in set(ids)])


def any_day(patch: pytest.MonkeyPatch) -> None:
    """The day is not looked at."""
    import tracker.pipeline.cases as cases

    patch.setattr(cases, "as_of_day", lambda articles, day: (articles, make("rejects", [])))


def deaf(patch: pytest.MonkeyPatch) -> None:
    """Linking does not hear what people decided."""
    import tracker.pipeline.runs as runs

    patch.setattr(runs, "link_constraints", lambda resolved: None)


@pytest.mark.parametrize(("law", "fault"), list(zip(LAWS, (first_come, looks_round, new_every_time, any_day, deaf), strict=True)),
                         ids=lambda x: x.__name__)
def test_laws_of_kept_cases_catch_their_faults(request: pytest.FixtureRequest, tmp_path: Path, files: Callable[..., list[Path]],
                                               monkeypatch: pytest.MonkeyPatch, law: Callable[..., None], fault: Callable[..., None]) -> None:
    """A broken part is caught by the law it breaks."""
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        law(places(request, tmp_path, "sqlite"), files(*PILE))


# -- judging ------------------------------------------------------------------------------------------------------------------


def test_judgements_change_the_count_and_survive(place: str, files: Callable[..., list[Path]]) -> None:
    """Law 13: put together stays together and apart stays apart, whatever is added, rebuilt or opened again; undoing gives the old tables."""
    paths = files(*PILE)
    case = CaseFile.create(place)
    case.add(paths[:2], at=DAY)
    plain = case.case()
    one, other = quote(plain, "courier", "injured"), quote(plain, "gazette", "injured")
    claim = plain["members"].set_index("mention_id")["claim_id"]
    assert claim[one["mention_id"]] == claim[other["mention_id"]], "the example must link them by itself"
    apart = judged(plain, "different", one, other)
    case.judge(apart)
    for step in (lambda: None, lambda: case.add(paths, at=DAY), case.rebuild):
        step()
        claim = case.case()["members"].set_index("mention_id")["claim_id"]
        assert claim[one["mention_id"]] != claim[other["mention_id"]]
    case.judge(make("judgements", [make_judgement("undo", [apart["judgement_id"].iloc[0]], who="Ines", when="2031-03-06T00:00:00Z")]))
    same(case.case(), build(read_articles(paths)), but={"documents", "intake", "aliases", "judgements"})


def test_a_judgement_finds_its_words_in_another_version(place: str, files: Callable[..., list[Path]]) -> None:
    """The article was put in again with another opening: other ids, same words, same verdict."""
    case = CaseFile.create(place)
    case.add(files(PILE[0]), at=DAY)
    case.judge(judged(case.case(), "verified", quote(case.case(), "courier", "injured")))
    case.forget([d["document_id"] for d in case.documents()], at="2031-03-06T00:00:00Z")
    assert len(case.resolved(case.case()).lost) == 1
    case.add(files({**PILE[0], "text": "The harbour was closed for the night.\n\n" + PILE[0]["text"], "published": "2031-03-07"}), at="2031-03-07T00:00:00Z")
    claims = case.case()["claims"]
    assert list(claims.loc[claims["verdict"] == "verified", "wording"]) == [FACTS[1]]


@pytest.mark.parametrize("verdict", ["verified", "refuted", "withdrawn"])
def test_a_verdict_stands_beside_the_machine(tmp_path: Path, files: Callable[..., list[Path]], verdict: str) -> None:
    """Status, bounds and belief are the machine's and stay; so does the full wording under a judged one."""
    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(files(*PILE), at=DAY)
    before = case.case()
    mention = quote(before, "courier", "injured")
    case.judge(judged(before, verdict, mention))
    case.judge(judged(before, "wording", mention, value="Fourteen were hurt", who="Ole"))
    after = case.case()
    changed = after["claims"][after["claims"]["verdict"] != ""]
    assert list(changed["verdict"]) == [verdict] and list(changed["wording"]) == ["Fourteen were hurt"]
    others = [c for c in TABLES["claims"].columns if c not in ("verdict", "verdict_id", "wording", "wording_id")]
    pd.testing.assert_frame_equal(after["claims"][others], before["claims"][others])


def test_credits_can_be_judged(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """own-reporting takes the credit away, copied gives one, same-voice makes two origins one; counts follow."""
    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(files(*PILE), at=DAY)
    before = case.case()

    def count(made: Case) -> tuple[int, int]:
        claim = made["members"].set_index("mention_id")["claim_id"][quote(made, "courier", "injured")["mention_id"]]
        row = made["claims"].set_index("claim_id").loc[claim]
        return int(row["independent_min"]), int(row["independent_max"])

    assert count(before)[1] == 3
    gazette = quote(before, "gazette", "injured")
    case.judge(judged(before, "copied", gazette))
    assert count(case.case())[1] == 2
    case.judge(judged(before, "own-reporting", gazette, when="2031-03-06T00:00:00Z"))
    own = case.case()
    assert gazette["mention_id"] not in set(own["attributions"]["mention_id"]) and count(own)[1] == 3
    from tracker.cli.naming import name_subject

    ends = [name_subject(own, "voice", w) for w in ("fire service", "police")]
    case.judge(make("judgements", [make_judgement("same-voice", [i for i, _ in ends], spans=[s for _, s in ends], who="Ole", when=DAY)]))
    assert count(case.case())[1] == 2


def test_two_people_can_disagree(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """Two files merge into one case: nothing is lost, the later verdict is used, the conflict is told; importing again changes nothing."""
    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(files(*PILE), at=DAY)
    made = case.case()
    mention = quote(made, "courier", "injured")
    mine, theirs = judged(made, "verified", mention), judged(made, "refuted", mention, who="Ole", when="2031-03-06T00:00:00Z")
    for frame in (mine, theirs, mine):
        found, rejects = read_judgements(write_judgements(frame))
        assert not len(rejects)
        pd.testing.assert_frame_equal(found, frame)
        case.judge(found)
    resolved = case.resolved(case.case())
    assert [(a["who"], b["who"]) for a, b in resolved.conflicts] == [("Ines", "Ole")]
    assert set(case.case()["claims"]["verdict"]) == {"", "refuted"} and len(case.store.read("judgements")) == 2


def test_what_the_page_writes_is_read(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """Lines with ids of claims and origins and no spans, as the page has them; a bad line loses no other, and the file may come twice."""
    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(files(*PILE), at=DAY)
    made = case.case()
    claim = made["members"].set_index("mention_id")["claim_id"][quote(made, "courier", "injured")["mention_id"]]
    origins = sorted(made["origins"].loc[made["origins"]["claim_id"] == claim, "origin_id"])[:2]
    told = {"who": "Ines", "why": "=1+1", "when": DAY}
    lines = [json.dumps({"kind": "verified", "ids": [claim], **told}), "{broken", json.dumps({"kind": "same-voice", "ids": origins, **told}),
             json.dumps({"kind": "refuted", "ids": ["c-nobody"], **told})]
    file = tmp_path / "judgements.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    for new in (2, 0):
        done = CliRunner().invoke(cli, ["judge", case.place, "import", str(file)])
        assert done.exit_code == 0 and f"{new} new judgement" in done.stderr and "2 lines of" in done.stderr
    after = case.case()["claims"].set_index("claim_id")
    assert after.loc[claim, "verdict"] == "verified" and after.loc[claim, "independent_max"] == 2
    assert "Ines" in CliRunner().invoke(cli, ["judge", case.place, "list", "--format", "csv"]).stdout


def test_a_review_can_be_scripted(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """The queue, answers by letter and by ids, a line that is no answer; what was answered is not asked again."""
    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(files(*PILE), at=DAY)
    case.case()
    queue = json.loads(CliRunner().invoke(cli, ["review", case.place, "--list", "--format", "json"]).stdout)
    values = [float(q["value"]) for q in queue]
    assert queue and values == sorted(values, reverse=True)
    pair = queue[-1]["left"], queue[-1]["right"]
    direct = f"{'same-voice' if queue[-1]['kind'] == 'voice' else 'different'} {pair[0]} {pair[1]} two things"
    answers = tmp_path / "answers.txt"
    first = "v" if queue[0]["kind"] == "voice" else "d"
    answers.write_text(f"# Friday\n{first} not the same\nnonsense\n{direct}\nq\nd never read\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["review", case.place, "--answers", str(answers), "--who", "Ole"])
    assert done.exit_code == 0 and "2 judgements kept" in done.stderr and "line 3 of the answers" in done.stderr
    kept = case.store.read("judgements")
    assert set(kept["who"]) == {"Ole"} and set(kept["why"]) == {"not the same", "two things"}
    again = json.loads(CliRunner().invoke(cli, ["review", case.place, "--list", "--format", "json"]).stdout)
    assert not {frozenset((q["left"], q["right"])) for q in again} & {frozenset(pair), frozenset((queue[0]["left"], queue[0]["right"]))}
    assert CliRunner().invoke(cli, ["review", case.place]).exit_code == 2, "nobody is there to ask"


def test_all_tables_can_be_taken_out(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """As Parquet: what is kept and what follows from it, the same tables that the case gives."""
    pytest.importorskip("pyarrow", reason="needs the parquet extra")
    from tracker.store import ParquetStore

    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(files(*PILE), at=DAY)
    made = case.case()
    case.judge(judged(made, "verified", quote(made, "courier", "injured")))
    assert CliRunner().invoke(cli, ["export", case.place, "--format", "parquet", "-o", str(tmp_path / "tables")]).exit_code == 0
    out, now = ParquetStore(tmp_path / "tables"), case.case()
    assert all(out.has(name) for name in TABLES)
    for name in sorted(set(TABLES) - {"documents", "articles", "runs"}):  # texts and the clock are not handed on (docs/formats.md)
        pd.testing.assert_frame_equal(out.read(name), case.store.read(name) if name in schema.KEPT else now[name], obj=name)


def test_what_came_later_is_not_taken_out(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """Documents and intake of a day are those of the day; what was forgotten is out of use."""
    paths = files(*PILE)
    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(paths[:2], at="2031-03-05T10:00:00Z")
    case.add(paths[2:], at="2031-03-07T10:00:00Z")
    assert {n: len(f) for n, f in case.observed("2031-03-05").items()} == {"documents": 2, "intake": 2}
    case.forget([case.documents()[0]["document_id"]], at="2031-03-08T10:00:00Z")
    assert {n: len(f) for n, f in case.observed().items()} == {"documents": 2, "intake": 4}


def test_a_folder_can_be_watched(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """--watch takes what comes later."""
    place = str(tmp_path / "x.case")
    CaseFile.create(place).close()
    first = files(PILE[0])[0]
    late = threading.Timer(0.3, lambda: files(PILE[1]))
    late.start()
    done = CliRunner().invoke(cli, ["add", place, str(first.parent), "--watch", "--every", "2", "--rounds", "2"])
    late.join()
    assert done.exit_code == 0 and len(CaseFile(place).case()["articles"]) == 2


def test_old_claim_ids_lead_on(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """A claim whose earliest mention is a new one has a new id; the old id finds it."""
    from tracker.view.report import find_claim

    case = CaseFile.create(str(tmp_path / "x.case"))
    case.add(files(*PILE[1:]), at=DAY)
    before = case.case()
    old = before["members"].set_index("mention_id")["claim_id"][quote(before, "gazette", "injured")["mention_id"]]
    case.add(files({**PILE[0], "published": "2031-03-01"}), at=DAY)
    after = case.case()
    new = after["members"].set_index("mention_id")["claim_id"][quote(after, "gazette", "injured")["mention_id"]]
    assert old != new and find_claim(after, old) == new


# -- keeping ------------------------------------------------------------------------------------------------------------------


def test_what_is_kept_cannot_be_changed(place: str, files: Callable[..., list[Path]]) -> None:
    """The database itself refuses to change or delete what was observed or judged."""
    case = CaseFile.create(place)
    case.add(files(PILE[0]), at=DAY)
    made = case.case()
    case.judge(judged(made, "verified", quote(made, "courier", "injured")))
    engine = open_engine(place, create=False, read_only=False)
    for statement in ("DELETE FROM judgements", "UPDATE judgements SET who = 'me'", "DELETE FROM documents", "UPDATE intake SET verb = 'forget'"):
        with pytest.raises(sa.exc.DBAPIError, match="only added to"), engine.begin() as connection:
            connection.exec_driver_sql(statement)
    with pytest.raises(StoreError, match="only added to"):
        case.store.write("judgements", make("judgements", []))


def test_an_old_case_is_copied_and_brought_up_to_date(place: str, files: Callable[..., list[Path]]) -> None:
    """A case of the first revision opens, keeps its rows, and lies beside as it was."""
    engine = open_engine(place, create=True, read_only=False)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config = upgrades._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        row = make_judgement("verified", ["c-1"], who="Ines", when=DAY)
        connection.execute(sa.insert(schema.sql_table("judgements")), [row])
    found = CaseFile(place)
    assert found.copy and list(found.store.read("judgements")["who"]) == ["Ines"]
    assert CaseFile(place).copy == ""
    if not place.startswith("postgresql"):
        with sqlite3.connect(found.copy) as old:
            assert old.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
            assert old.execute("SELECT who FROM judgements").fetchall() == [("Ines",)]


def test_migrations_and_schema_say_the_same(place: str) -> None:
    """The tables that the steps make are the tables that the store writes to."""
    CaseFile.create(place)
    engine = open_engine(place, create=False, read_only=False)
    found = sa.inspect(engine)
    for name, table in schema.kept.tables.items():
        columns = {c["name"]: str(c["type"]).upper() for c in found.get_columns(name)}
        assert list(columns) == list(table.columns.keys()), name
        assert found.get_pk_constraint(name)["constrained_columns"] == [c.name for c in table.primary_key], name


def test_the_newest_step_is_alembics_head() -> None:
    """Files are numbered as their revisions are: whoever opens a case that is up to date need not load Alembic to see that it is."""
    from alembic.script import ScriptDirectory

    assert upgrades.newest() == ScriptDirectory.from_config(upgrades._config()).get_current_head()


def test_a_row_that_goes_is_looked_up_among_its_children() -> None:
    """Every column that names a parent has an index: without one each parent row taken out reads the whole table of children."""
    for table in schema.derived.tables.values():
        for key in table.foreign_keys:
            assert any([c.name for c in i.columns] == [key.parent.name] for i in table.indexes), f"{table.name}.{key.parent.name}"


def test_a_later_version_is_not_touched(tmp_path: Path) -> None:
    """What a newer tracker made is refused, unchanged."""
    place = str(tmp_path / "x.case")
    CaseFile.create(place).close()
    with sqlite3.connect(place) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(StoreError, match="later version"):
        CaseFile(place)


def test_odd_texts_come_back(place: str) -> None:
    """NUL, half characters (which no frame holds, but a file's name may) and the mark itself are texts like any other."""
    store = SqlStore(place, create=True)
    odd = ["a\x00b", "\x01json:x", "", "\U0001f600", "line\nline\r\n", "'; DROP TABLE judgements; --"]
    rows = make("judgements", [{"judgement_id": f"j-{n}", "why": text} for n, text in enumerate(odd)])
    store.append("judgements", rows)
    pd.testing.assert_frame_equal(store.read("judgements"), rows)
    assert [schema.cell_in(schema.cell_out(t)) for t in ("\ud800x", *odd)] == ["\ud800x", *odd]
    for text in odd:  # a column is looked at in one go, wherever in it the odd text stands
        claims = make("claims", [{"claim_id": f"c-{n}", "wording": text if n == 2 else "plain"} for n in range(4)])
        store.write("claims", claims)
        pd.testing.assert_frame_equal(store.read("claims"), claims)
    assert "\ud800" not in schema.cell_out("\ud800x")


@pytest.mark.parametrize("name", ["", "missing.case", "folder", "nul\x00name", "text.case", "other.db"])
def test_places_that_are_no_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A plain sentence, and nothing is made or changed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.case").write_text("not a database at all, but a text of some length " * 20, encoding="utf-8")
    with sqlite3.connect(tmp_path / "other.db") as raw:
        raw.execute("CREATE TABLE theirs (x)")
    raw.close()
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    with pytest.raises((UsageError, StoreError)):
        CaseFile(name)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before


# -- damage -------------------------------------------------------------------------------------------------------------------


def test_damage_is_told_or_mended(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """Cut short or with one bit turned at many places: a plain sentence, or the same tables again; never a traceback, never other tables."""
    place = tmp_path / "x.case"
    case = CaseFile.create(str(place))
    case.add(files(*PILE), at=DAY)
    made = case.case()
    case.judge(judged(made, "verified", quote(made, "courier", "injured")))
    good = case.case()
    case.close()
    with sqlite3.connect(place) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    whole = place.read_bytes()
    told = mended = 0
    for n in range(24):
        at = (n * 7919 * 131) % len(whole)
        broken = whole[:at] if n % 6 == 0 else whole[:at] + bytes([whole[at] ^ (1 << n % 8)]) + whole[at + 1:]
        copy = tmp_path / f"broken{n}.case"
        copy.write_bytes(broken)
        try:
            found = CaseFile(str(copy)).case()
        except (StoreError, UsageError) as error:
            told += 1
            assert "\n" not in str(error)
            assert copy.read_bytes() == broken, "a damaged case is left as it is"
            continue
        same(found, good, but={"documents", "intake", "aliases", "judgements"})
        mended += 1
    assert told > 2 and mended > 2, (told, mended)


def test_a_full_disk_and_a_closed_file_are_told(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """No room: a sentence that says what to do, and the case as it was. The database is told that its file may not grow."""
    place = str(tmp_path / "x.case")
    case = CaseFile.create(place)
    case.add(files(PILE[0]), at=DAY)
    before = case.case()
    big = story("herald", *(f"Number {n} of the passengers said that the smoke came from deck {n}" for n in range(400)))

    def narrow(connection: Any, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # the database raises it to its present size

    sa.event.listen(case.store._engine, "connect", narrow)
    with pytest.raises(StoreError, match="disk is full; the case is as it was"):
        case.add(files(big), at=DAY)
    same(CaseFile(place).case(), before, but=set())


def as_nobody(work: Callable[[], str], pipe: Any) -> None:
    """Run in a child without root's rights and send what came out."""
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    try:
        pipe.send(work())
    except StoreError as error:
        pipe.send(f"StoreError: {error}")


def test_a_closed_file_can_be_looked_at(files: Callable[..., list[Path]]) -> None:
    """Where nothing may be written the case is read as it stands, or counted in memory; changing it is refused in a plain sentence."""
    folder = Path(tempfile.mkdtemp(prefix="closed"))
    place = folder / "x.case"
    case = CaseFile.create(str(place))
    case.add(files(*PILE[:2]), at=DAY)
    made = case.case()
    case.add(files(PILE[2]), at=DAY)  # not counted yet
    row = judged(made, "verified", quote(made, "courier", "injured"))
    case.close()
    settle(place)
    folder.chmod(0o755)
    place.chmod(0o444)
    if os.geteuid() != 0:
        folder.chmod(0o555)
    before = place.read_bytes()
    try:
        said = []
        for work in (lambda: str(len(open_case(str(place)).case()["articles"])), lambda: str(CaseFile(str(place)).judge(row))):
            mine, theirs = multiprocessing.Pipe()
            child = multiprocessing.get_context("fork").Process(target=as_nobody, args=(work, theirs))
            child.start()
            assert mine.poll(60), "the child says nothing"
            said.append(mine.recv())
            child.join()
        assert said[0] == "3"
        assert said[1].startswith("StoreError") and "cannot be written to; the case is as it was before" in said[1]
        assert place.read_bytes() == before and sorted(p.name for p in folder.iterdir()) == ["x.case"]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_full_tmpfs_is_told(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """A small file system that fills up while adding: a plain sentence, the case as it was, and after making room the same bytes as ever."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)], capture_output=True, check=False).returncode == 0
    except OSError:
        made = False
    if not made:
        pytest.skip("this user may not mount a small file system")
    try:
        place = str(disk / "x.case")
        case = CaseFile.create(place)
        case.add(files(PILE[0]), at=DAY)
        before = case.case()
        filler = disk / "filler"
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize
        filler.write_bytes(bytes(max(0, free - 40_000)))
        big = story("herald", *(f"Number {n} of the passengers said that the smoke came from deck {n}" for n in range(300)))
        with pytest.raises(StoreError, match="disk is full; the case is as it was"):
            case.add(files(big), at=DAY)
        filler.unlink()
        same(CaseFile(place).case(), before, but=set())
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


@pytest.mark.parametrize("name", ["add", "judge", "rebuild", "migrate"])
def test_kills_lose_nothing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A few of the 200 kills of tests/kill_case.py."""
    import tracker.pipeline.cases as cases

    monkeypatch.setattr(cases, "BATCH", 3)
    assert "nothing lost" in kill_case.run(name, 1, random.Random(name))


def test_a_reader_never_waits(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """While somebody writes, looking gives the state before."""
    place = str(tmp_path / "x.case")
    case = CaseFile.create(place)
    case.add(files(*PILE[:2]), at=DAY)
    before = case.case()
    with case.store.transaction():
        case.store.append("judgements", judged(before, "verified", quote(before, "courier", "injured")))
        same(open_case(place).case(), before, but=set())
    assert set(open_case(place).case()["claims"]["verdict"]) == {"", "verified"}


def test_twenty_writers_lose_nothing(place: str) -> None:
    """20 processes write at once: none of their judgements is lost, none is there twice. tests/kill_case.py --writers 20 --each 100 is the whole of it."""
    CaseFile.create(place).close()
    assert kill_case.write_at_once(place, writers=20, each=10) == [10] * 20


def test_another_process_another_seed_same_bytes(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    """Law 3: exports of a case from two processes with different hash seeds are the same bytes."""
    place = str(tmp_path / "x.case")
    case = CaseFile.create(place)
    case.add(files(*PILE), at=DAY)
    here = to_json(case.case())
    program = ("import sys; from tracker.pipeline.cases import CaseFile; from tracker.export import to_json; "
               "sys.stdout.write(to_json(CaseFile(sys.argv[1]).rebuild()))")
    there = subprocess.run([sys.executable, "-c", program, place], capture_output=True, check=True, env={"PYTHONHASHSEED": "1", "PATH": ""}).stdout
    assert there.decode() == here and here
