"""The tracker on its own examples: the planted answers of the harbour story exactly, and what the demo must show of the treaty digests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tracker.model import FLAGS
from tracker.pipeline import build, read_articles
from tracker.tables import Case

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
EXPECTED: dict[str, Any] = yaml.safe_load((EXAMPLES / "harbour" / "expected.yaml").read_text(encoding="utf-8"))
Row = dict[str, Any]


@pytest.fixture(scope="module")
def harbour() -> Case:
    folder = EXAMPLES / "harbour"
    return build(read_articles([folder / "articles"], registry=folder / "sources.yaml"))


@pytest.fixture(scope="module")
def treaty() -> Case:
    return build(read_articles([EXAMPLES / "treaty" / "articles"]))


def found_at(case: Case, file: str, quote: str) -> Row | None:
    """The mention that covers half of a quote in a file, the one that covers most."""
    article = next((a for a in case["articles"].to_dict("records") if a["file"] == file), None)
    if article is None:
        return None
    start = article["text"].find(quote)
    end = start + len(quote)
    rows = [m for m in case["mentions"].to_dict("records") if m["article_id"] == article["article_id"]]
    best = max(rows, key=lambda m: min(end, m["end"]) - max(start, m["start"]), default=None)
    return best if start >= 0 and best and min(end, best["end"]) - max(start, best["start"]) >= 0.5 * len(quote) else None


def claims_of(case: Case, claim: Row) -> set[str]:
    member = dict(zip(case["members"]["mention_id"], case["members"]["claim_id"], strict=True))
    found = [found_at(case, r["file"], r["quote"]) for r in claim["reports"]]
    assert all(found), [r["quote"] for r, f in zip(claim["reports"], found, strict=True) if not f]
    return {member[m["mention_id"]] for m in found if m}


def answer(case: Case, claim_id: str) -> Row:
    row = case["claims"].set_index("claim_id").loc[claim_id]
    return {
        "outlets": row["n_outlets"],
        "independent": [row["independent_min"], row["independent_max"]],
        "status": row["status"],
        "flags": sorted(f for f in FLAGS if row[f]),
    }


@pytest.mark.parametrize("claim", EXPECTED["claims"], ids=[c["id"] for c in EXPECTED["claims"]])
def test_harbour_claim_is_counted_as_planted(harbour: Case, claim: Row) -> None:
    (claim_id,) = claims_of(harbour, claim)
    assert answer(harbour, claim_id) == {
        "outlets": claim["outlets"],
        "independent": claim["independent"],
        "status": claim["status"],
        "flags": sorted(claim["flags"]),
    }


@pytest.mark.parametrize("claim", EXPECTED["claims"], ids=[c["id"] for c in EXPECTED["claims"]])
def test_harbour_stances_are_read_as_planted(harbour: Case, claim: Row) -> None:
    for report in claim["reports"]:
        mention = found_at(harbour, report["file"], report["quote"])
        assert mention is not None and mention["stance"] == report["stance"], report["quote"]


@pytest.mark.parametrize("rivals", EXPECTED["rivals"], ids=[r["question"] for r in EXPECTED["rivals"]])
def test_harbour_rivals_share_a_question(harbour: Case, rivals: Row) -> None:
    claims = [c for c in EXPECTED["claims"] if c["id"] in rivals["claims"]]
    questions = dict(zip(harbour["claims"]["claim_id"], harbour["claims"]["question_id"], strict=True))
    ids = [next(iter(claims_of(harbour, c))) for c in claims]
    assert len(set(ids)) == len(claims) and len({questions[i] for i in ids}) == 1 and questions[ids[0]]


def test_harbour_rejects_are_the_planted_ones(harbour: Case) -> None:
    got = sorted((r["stage"], r["item_id"], r["reason"]) for r in harbour["rejects"].to_dict("records"))
    assert got == sorted((r["stage"], r["file"], r["reason"]) for r in EXPECTED["rejects"])


@pytest.mark.parametrize("passage", EXPECTED["not_claims"], ids=[n["why"] for n in EXPECTED["not_claims"]])
def test_harbour_passage_is_no_claim(harbour: Case, passage: Row) -> None:
    assert found_at(harbour, passage["file"], passage["quote"]) is None


@pytest.mark.parametrize("tie", EXPECTED["ties"], ids=[t["kind"] for t in EXPECTED["ties"]])
def test_harbour_tie_is_found(harbour: Case, tie: Row) -> None:
    file = dict(zip(harbour["articles"]["article_id"], harbour["articles"]["file"], strict=True))
    where = {m["mention_id"]: file[m["article_id"]] for m in harbour["mentions"].to_dict("records")}
    found = {(where[t["later_id"]], where[t["earlier_id"]], t["kind"], t["strength"]) for t in harbour["ties"].to_dict("records")}
    assert (tie["later"], tie["earlier"], tie["kind"], tie["strength"]) in found


def test_the_demo_shows_the_strike_on_one_unverified_origin(treaty: Case) -> None:
    """Two outlets carry it, one unnamed intelligence source stands behind it, and a text says that it is not verified."""
    rows = treaty["claims"][treaty["claims"]["full_wording"].str.contains("missile strike")]
    assert len(rows) == 1
    strike = rows.iloc[0]
    assert (strike["n_outlets"], strike["independent_min"], strike["independent_max"]) == (2, 1, 1)
    assert strike["unverified"] and strike["echo"] and strike["unnamed_only"]


def test_the_demo_shows_the_yonhap_echo(treaty: Case) -> None:
    rows = treaty["claims"][treaty["claims"]["cut"].str.contains("Yonhap")]
    assert any(r["n_outlets"] == 2 and r["independent_max"] == 1 and r["echo"] for r in rows.to_dict("records"))


def test_the_demo_shows_the_bill_in_two_outlets(treaty: Case) -> None:
    rows = treaty["claims"][treaty["claims"]["full_wording"].str.contains("Duma")]
    assert any(r["n_outlets"] == 2 for r in rows.to_dict("records"))


def test_what_the_demo_calls_well_corroborated_is(treaty: Case) -> None:
    """All claims with three origins, mention by mention: the first cards that a newcomer sees."""
    strong = treaty["claims"][treaty["claims"]["independent_min"] >= 3]["claim_id"]
    told = treaty["mentions"].merge(treaty["members"], on="mention_id")
    words = [set(told[told["claim_id"] == c]["proposition"]) for c in strong]
    assert len(words) == 2 and all(all("signed" in p for p in w) or all("other" in p and "help" in p for p in w) for w in words), words


def test_show_says_why_mentions_were_put_together(treaty: Case) -> None:
    """The strongest link of the echo's mentions as a sentence, and what is close by and not counted."""
    from tracker.view.claim_sheet import claim_evidence, claim_text
    from tracker.view.report import find_claim

    text = claim_text(claim_evidence(treaty, find_claim(treaty, "1961 treaty")))
    assert "Why put together" in text and "Kyiv Post and The Kyiv Independent (likeness" in text and "1961" in text.split("Why put together")[1]
    assert "Close in words, not counted" in claim_text(claim_evidence(treaty, find_claim(treaty, "State Duma")))
