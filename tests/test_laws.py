"""Laws of the whole run over small irregular piles of articles: order, cutting, process, repeating, offsets, forgetting, as-of.

Each law has a planted fault: a broken stage that the same check must catch.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.export.json import to_json
from tracker.pipeline import runs as pipeline
from tracker.settings import Settings
from tracker.tables import TABLES, Case

WHO = ["the fire service", "Mayor Ann Lee", "two police officials", "Reuters", "the harbour authority"]
FACTS = [
    "the ferry burned for three hours on Monday",
    "14 passengers were injured in the fire",
    "the captain had locked two doors",
    "a tug pulled the ferry to Pier 4",
    "11 passengers were injured in the fire",
    "the company sold the ferry in 2019",
]
SHAPES = [
    "{Fact}.",
    "{Who} said that {fact}.",
    "{Fact}, {who} said on Tuesday.",
    "According to {who}, {fact}.",
    "“It is false that {fact},” {who} said.",
    "{Who} denied that {fact}.",
    "The paper could not verify reports that {fact}.",
]
OUTLETS = ["reuters", "kyiv-post", "new-york-times", "", "tass", "rt"]
STEADY = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def sentence(shape: str, fact: str, who: str) -> str:
    return shape.format(fact=fact, Fact=fact[:1].upper() + fact[1:], who=who, Who=who[:1].upper() + who[1:])


sentences = st.builds(sentence, st.sampled_from(SHAPES), st.sampled_from(FACTS), st.sampled_from(WHO))
articles = st.builds(
    lambda outlet, day, body: {
        "outlet": outlet,
        "published": day,
        "text": "The story of the ferry fire in the port\n\n" + "\n\n".join(body) + "\n\nThe port lies on the coast and has about 2,000 people who live there.",
    },
    st.sampled_from(OUTLETS),
    st.sampled_from(["2024-05-07", "2024-05-09", "2024-06-01", ""]),
    st.lists(sentences, min_size=1, max_size=4),
)
piles = st.lists(articles, min_size=1, max_size=4)
Pile = list[dict[str, str]]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., Case]]:
    """A function from a pile to the finished Case, by way of a JSON Lines file."""
    count = iter(range(10_000))

    def build(pile: Pile, *, engine: str = "local", as_of: str = "") -> Case:
        file = tmp_path / f"run{next(count)}" / "pile.jsonl"
        file.parent.mkdir()
        file.write_text("\n".join(json.dumps(a) for a in pile), encoding="utf-8")
        chosen = Settings(as_of=as_of)
        return pipeline.build(pipeline.read_articles([file], settings=chosen), settings=chosen, engine=engine, workers=2)

    yield build


def pile_of_one(shape: str, fact: str) -> dict[str, str]:
    """An article that puts one fact."""
    filler = "It was a warm day in the port and many people had come to see the boats there."
    return {"outlet": "reuters", "published": "2024-05-07", "text": sentence(shape, fact, WHO[0]) + "\n\n" + filler}


def content(case: Case) -> dict[str, str]:
    """What does not depend on where a file lay: every derived table as text, without names of input rows."""
    out = {}
    for name in TABLES:
        if name in {"documents", "runs", "rejects"}:
            continue
        frame = case[name].drop(columns=[c for c in ("document_id", "file") if c in case[name]])
        out[name] = frame.to_json(orient="records")
    return out


def numbers(case: Case) -> list[tuple[object, ...]]:
    """Counts of every claim, whatever it is called."""
    rows = case["claims"][["n_outlets", "independent_min", "independent_max", "status", "disputed"]]
    return sorted(map(tuple, rows.to_numpy().tolist()), key=str)


def named_by_content(pile: Pile) -> Pile:
    """Distinct articles of a pile that all name an outlet: unknown outlets are told apart by file, which these laws change."""
    seen = {}
    for a in pile:
        outlet = a["outlet"] or "gazette"
        seen.setdefault((outlet, a["text"]), {**a, "outlet": outlet})
    return list(seen.values())


@STEADY
@given(piles, st.randoms(use_true_random=False))
def test_law_1_order_of_arrival_does_not_matter(run: Callable[..., Case], pile: Pile, chance: object) -> None:
    pile = named_by_content(pile)
    mixed = list(pile)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert content(run(pile)) == content(run(mixed))


def test_law_1_catches_ids_by_counter(run: Callable[..., Case], monkeypatch: pytest.MonkeyPatch) -> None:
    pile = [
        {
            "outlet": o,
            "published": "2024-05-07",
            "text": sentence(SHAPES[0], f, "") + "\n\n" + "It was a warm day in the port and many people had come to see the boats there.",
        }
        for o, f in zip(OUTLETS[:2], FACTS[:2], strict=True)
    ]
    count = iter(range(1000))
    monkeypatch.setattr("tracker.extract.rows.content_id", lambda prefix, *parts: f"{prefix}-{next(count)}")
    assert content(run(pile)) != content(run(pile[::-1]))


@STEADY
@given(piles)
def test_law_4_reading_an_article_twice_changes_nothing(run: Callable[..., Case], pile: Pile) -> None:
    pile = named_by_content(pile)
    assert content(run(pile)) == content(run(pile + pile[:1]))


def test_law_4_catches_a_reader_that_keeps_repeats(run: Callable[..., Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: repeats are kept, each under an id of its own row."""
    pile = [pile_of_one(SHAPES[0], FACTS[0])]
    count = iter(range(1000))
    monkeypatch.setattr("tracker.parse.articles.find_repeats", lambda *args, **kwargs: ({}, {}))
    monkeypatch.setattr("tracker.parse.articles.content_id", lambda prefix, *parts: f"{prefix}-{next(count)}")
    assert content(run(pile)) != content(run(pile + pile))


@STEADY
@given(piles)
def test_law_10_every_mention_is_its_printed_words(run: Callable[..., Case], pile: Pile) -> None:
    case = run(pile)
    texts = dict(zip(case["articles"]["article_id"], case["articles"]["text"], strict=True))
    for m in case["mentions"].to_dict("records"):
        assert texts[m["article_id"]][m["start"] : m["end"]] == m["quote"]
        assert m["sentence_start"] <= m["start"] < m["end"] <= m["sentence_end"]
    assert set(case["members"]["mention_id"]) == set(case["mentions"]["mention_id"])


def test_law_10_catches_a_shifted_offset(run: Callable[..., Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: the start of every mention is one character late."""
    from tracker.extract import mentions

    rows = mentions.mention_rows
    monkeypatch.setattr(mentions, "mention_rows", lambda *args: [{**r, "start": r["start"] + 1} for r in rows(*args)])
    case = run([pile_of_one(SHAPES[1], FACTS[0])])
    texts = dict(zip(case["articles"]["article_id"], case["articles"]["text"], strict=True))
    assert any(texts[m["article_id"]][m["start"] : m["end"]] != m["quote"] for m in case["mentions"].to_dict("records"))


@STEADY
@given(piles, articles)
def test_law_11_forgetting_an_article_is_never_having_read_it(run: Callable[..., Case], pile: Pile, extra: dict[str, str]) -> None:
    pile = named_by_content(pile)
    extra = {**extra, "outlet": extra["outlet"] or "gazette"}
    if (extra["outlet"], extra["text"]) in {(a["outlet"], a["text"]) for a in pile}:
        return
    case = run([*pile, extra])
    keep = case["articles"]["text"] != extra["text"]
    if keep.sum() != len(pile):
        return
    forgotten = pipeline.build(Case({**case.tables, "articles": case["articles"][keep].reset_index(drop=True)}, registry=case.registry))
    assert content(forgotten) == content(run(pile))


def test_law_11_catches_a_reader_that_counts_its_articles(run: Callable[..., Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: every article carries how many were read with it."""
    one, two = pile_of_one(SHAPES[0], FACTS[0]), pile_of_one(SHAPES[1], FACTS[2])
    parse = pipeline.parse_articles

    def counting(*args: Any, **kwargs: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
        frame, rejects = parse(*args, **kwargs)
        return frame.assign(byline=str(len(frame))), rejects

    monkeypatch.setattr(pipeline, "parse_articles", counting)
    case = run([one, two])
    keep = case["articles"]["text"] == one["text"]
    forgotten = pipeline.build(Case({**case.tables, "articles": case["articles"][keep].reset_index(drop=True)}, registry=case.registry))
    assert content(forgotten) != content(run([one]))


@STEADY
@given(piles)
def test_law_12_as_of_uses_nothing_published_later(run: Callable[..., Case], pile: Pile) -> None:
    pile = named_by_content(pile)
    day = "2024-05-08"
    early = [a for a in pile if a["published"] and a["published"] <= day]
    if not early:
        assert len(run(pile, as_of=day)["claims"]) == 0
        return
    assert content(run(pile, as_of=day)) == content(run(early))


def test_law_12_catches_an_as_of_that_keeps_undated_articles(run: Callable[..., Case], monkeypatch: pytest.MonkeyPatch) -> None:
    pile = [
        {
            "outlet": "reuters",
            "published": "",
            "text": sentence(SHAPES[1], FACTS[0], WHO[0]) + "\n\nIt was a warm day in the port and many people had come to see the boats.",
        }
    ]
    assert len(run(pile, as_of="2024-05-08")["articles"]) == 0
    monkeypatch.setattr(pipeline, "as_of_day", lambda frame, day: (frame, pipeline.make("rejects", [])))
    assert len(run(pile, as_of="2024-05-08")["articles"]) == 1


@pytest.mark.parametrize("fault", ["nothing is left out", "the day after counts too"])
def test_law_12_catches_a_later_report(run: Callable[..., Case], monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Planted: articles of later days slip through, all of them or those of the next day; the law's own comparison must fail."""
    day, early = "2024-05-08", pile_of_one(SHAPES[1], FACTS[0])
    pile = [early, {**pile_of_one(SHAPES[2], FACTS[0]), "outlet": "kyiv-post", "published": "2024-05-09"}]
    assert content(run(pile, as_of=day)) == content(run([early]))
    real = pipeline.as_of_day
    faulty = {"nothing is left out": lambda frame, until: real(frame, ""), "the day after counts too": lambda frame, until: real(frame, until and "2024-05-09")}
    monkeypatch.setattr(pipeline, "as_of_day", faulty[fault])
    assert content(run(pile, as_of=day)) != content(run([early]))


def test_law_2_how_work_is_cut_does_not_matter(run: Callable[..., Case]) -> None:
    pile = [
        {
            "outlet": o or "gazette",
            "published": "2024-05-07",
            "text": "\n\n".join(sentence(s, f, w) for s, f, w in zip(SHAPES, FACTS, WHO, strict=False)) + f"\n\nIt was day {n} in the port.",
        }
        for n, o in enumerate(OUTLETS)
    ]
    assert content(run(pile)) == content(run(pile, engine="pool"))


def test_law_2_catches_work_that_looks_at_its_part(run: Callable[..., Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: the extract stage writes how many articles its part holds."""
    extract = pipeline.extract_articles

    def counting(articles: pd.DataFrame, **kwargs: Any) -> Any:
        found = extract(articles, **kwargs)
        return found._replace(mentions=found.mentions.assign(method=str(len(articles))))

    monkeypatch.setattr(pipeline, "extract_articles", counting)
    pile = [pile_of_one(SHAPES[0], f) for f in FACTS[:3]]
    whole = run(pile)["mentions"]["method"].unique().tolist()
    monkeypatch.setattr("tracker.engines.local.PARTS", 1)
    assert run(pile)["mentions"]["method"].unique().tolist() != whole


PROGRAM = """
import sys
from tracker.pipeline import runs as pipeline
from tracker.export.json import to_json
sys.stdout.write(to_json(pipeline.build(pipeline.read_articles([sys.argv[1]]))))
"""


def test_law_3_another_process_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / "pile.jsonl"
    file.write_text(
        "\n".join(
            json.dumps(
                {
                    "outlet": o,
                    "published": "2024-05-07",
                    "text": "\n\n".join(sentence(s, f, w) for s, f, w in zip(SHAPES, FACTS, WHO, strict=False)) + f" Day {o}.",
                }
            )
            for o in OUTLETS
        ),
        encoding="utf-8",
    )
    there = subprocess.run([sys.executable, "-c", PROGRAM, str(file)], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": "77"}).stdout
    here = to_json(pipeline.build(pipeline.read_articles([str(file)])))
    assert there.decode() == here and len(here) > 2000


def test_a_case_holds_conforming_tables_only(run: Callable[..., Case]) -> None:
    from tracker.tables import conform

    case = run(
        [
            {
                "outlet": "reuters",
                "published": "2024-05-07",
                "text": sentence(SHAPES[1], FACTS[0], WHO[0]) + "\n\nIt was a warm day in the port and many people had come to see the boats.",
            }
        ]
    )
    for name in TABLES:
        pd.testing.assert_frame_equal(conform(name, case[name]), case[name])
