"""The example folders say what they plant: every quote stands in its file, every count follows from its reports."""
from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tracker.model import FLAGS, STANCES, STATUSES, STRENGTHS, TIE_KINDS

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ORIGINALS = EXAMPLES.parent.parent / "shared" / "cases"
ANSWERS = ("treaty/gold.yaml", "harbour/expected.yaml")
DIGEST_LINE = "*Digest written for this demo; not the outlet's text.*"
SCORED = (".txt", ".md")  # files whose raw text is the text that offsets count in
LONGEST_LOAN = 8  # words in a row that a digest may not share with a page whose facts it retells: a name and its title stay below it

Answer = dict[str, Any]


def answer(name: str) -> Answer:
    loaded: Answer = yaml.safe_load((EXAMPLES / name).read_text(encoding="utf-8"))
    return loaded


def passages(name: str) -> list[Answer]:
    found = answer(name)
    return [*(report for claim in found["claims"] for report in claim["reports"]), *found["not_claims"]]


def story(case: str, file: str) -> str:
    """Text of an article file; `name.jsonl#2` is the text of its second row."""
    name, _, row = file.partition("#")
    text = (EXAMPLES / case / "articles" / name).read_bytes().decode("utf-8")
    return str(json.loads(text.splitlines()[int(row) - 1])["text"]) if row else text


def body(file: Path) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", file.read_text(encoding="utf-8"), flags=re.S)


def outlet_of(found: Answer, report: Answer) -> str:
    entry = found["outlets"].get(report["file"]) or found["outlets"][report["article"]]
    return str(entry["outlet"] or report["file"])


def status_of(fewest: int, most: int) -> str:
    if fewest >= 2:
        return "corroborated"
    return "single-origin" if most == 1 else "possibly-corroborated"


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[n:n + LONGEST_LOAN]) for n in range(len(found) - LONGEST_LOAN + 1)}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_quote_stands_once_in_its_file(name: str) -> None:
    """An expected passage can be found again by its words alone."""
    case = name.split("/")[0]
    counts = {p["quote"]: story(case, p["file"]).count(p["quote"]) for p in passages(name)}
    assert {quote: n for quote, n in counts.items() if n != 1} == {}


@pytest.mark.parametrize("name", ANSWERS)
def test_counts_and_flags_follow_from_the_reports(name: str) -> None:
    """Status, flags and the number of outlets agree with the passages and the interval written beside them."""
    found = answer(name)
    for claim in found["claims"]:
        fewest, most = claim["independent"]
        stances = {r["stance"] for r in claim["reports"]}
        carriers = {outlet_of(found, r) for r in claim["reports"] if r["stance"] != "denies"}
        flags = set(claim["flags"])
        assert stances <= set(STANCES) and flags <= set(FLAGS) and claim["status"] in STATUSES, claim["id"]
        assert claim["status"] == status_of(fewest, most), claim["id"]
        assert claim["outlets"] == len(carriers), claim["id"]
        assert ("disputed" in flags, "unverified" in flags) == ("denies" in stances, "unverified" in stances), claim["id"]
        assert ("single_outlet" in flags, "echo" in flags) == (len(carriers) == 1, len(carriers) > 1 and most == 1), claim["id"]
        assert (bool(claim.get("one_origin")), bool(claim.get("disputed")), bool(claim.get("unverified"))) == (
            most == 1, "disputed" in flags, "unverified" in flags), claim["id"]


@pytest.mark.parametrize("name", ANSWERS)
def test_no_claim_and_no_file_is_named_twice_or_forgotten(name: str) -> None:
    """Every article file is expected either as an article or as a reject."""
    found, folder = answer(name), EXAMPLES / name.split("/")[0] / "articles"
    ids = [c["id"] for c in found["claims"]]
    expected = [f.partition("#")[0] for f in found["outlets"]] + [r["file"] for r in found["rejects"]]
    there = {p.name if name.startswith("harbour") or p.suffix == ".csv" else p.stem for p in folder.iterdir()} - {"manifest.csv"}
    assert len(ids) == len(set(ids))
    assert set(expected) == there
    assert {r["file"] for r in csv.DictReader((folder / "manifest.csv").read_text(encoding="utf-8").splitlines())} <= {p.name for p in folder.iterdir()}


def test_harbour_gold_is_the_scorable_part_of_the_expected_answer() -> None:
    """gold.yaml repeats expected.yaml for the files whose raw offsets hold, and nothing else."""
    found, gold = answer("harbour/expected.yaml"), answer("harbour/gold.yaml")
    claims = [{**c, "reports": [r for r in c["reports"] if r["file"].endswith(SCORED)]} for c in found["claims"]]
    assert gold["claims"] == [c for c in claims if c["reports"]]
    assert gold["not_claims"] == [n for n in found["not_claims"] if n["file"].endswith(SCORED)]
    assert gold["outlets"] == {Path(f).stem: o for f, o in found["outlets"].items() if f.endswith(SCORED)}


def test_harbour_plants_rivals_ties_and_rejects() -> None:
    """The planted corrected figure, the ties between articles and the unreadable files are there."""
    found, folder = answer("harbour/expected.yaml"), EXAMPLES / "harbour" / "articles"
    asked = {c["id"]: c.get("question", "") for c in found["claims"]}
    assert all({asked[c] for c in r["claims"]} == {r["question"]} for r in found["rivals"]) and found["rivals"]
    assert {t["kind"] for t in found["ties"]} <= set(TIE_KINDS) and {t["strength"] for t in found["ties"]} == set(STRENGTHS)
    assert all({t["later"], t["earlier"]} <= set(found["outlets"]) for t in found["ties"])
    assert (folder / "empty.txt").read_bytes() == b""
    assert (folder / "courier-wire-again.txt").read_bytes() == (folder / "courier-wire.txt").read_bytes()


def test_harbour_outlets_are_invented() -> None:
    """Every outlet of the story is in its own registry, under a domain that can belong to nobody."""
    registry = yaml.safe_load((EXAMPLES / "harbour" / "sources.yaml").read_text(encoding="utf-8"))
    outlets = {o["id"]: o for o in registry["outlets"]}
    assert {o["outlet"] for o in answer("harbour/expected.yaml")["outlets"].values()} == set(outlets)
    assert all(d.endswith(".example") for o in outlets.values() for d in o["domains"])
    assert {o["controller"] for o in outlets.values() if "controller" in o} == {c["id"] for c in registry["controllers"]}


def test_treaty_texts_say_that_they_are_digests() -> None:
    """Nobody can take a digest for the outlet's own text, and none is longer than a digest."""
    files = [p for p in sorted((EXAMPLES / "treaty" / "articles").iterdir()) if p.suffix in SCORED]
    assert len(files) == 5
    for file in files:
        text = body(file)
        assert text.count(DIGEST_LINE) == 1, file.name
        assert 120 <= len(words(text.replace(DIGEST_LINE, ""))) <= 240, file.name
        assert file.suffix == ".txt" or "digest: true" in file.read_text(encoding="utf-8"), file.name


def test_treaty_digests_borrow_no_sentence() -> None:
    """No run of eight words is shared with the pages whose facts are retold."""
    if not ORIGINALS.is_dir():
        pytest.skip("the pages that the digests retell are not beside this checkout")
    theirs = {run for page in sorted(ORIGINALS.glob("*/articles/*.txt")) for run in runs(page.read_text(encoding="utf-8"))}
    ours = {run for file in sorted((EXAMPLES / "treaty" / "articles").iterdir()) for run in runs(body(file))}
    assert theirs and ours & theirs == set()
