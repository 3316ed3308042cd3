"""The evidence ledger: what is sealed, how it grows, and that verifying finds every change and says what it is."""
from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import flip_bytes
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from worlds import World, make_case, poison, strike

from tracker.cli import cli
from tracker.cli.options import Pile
from tracker.errors import UsageError
from tracker.export.anchors import anchor, selectors
from tracker.export.chain import FIRST, chain_lines, clean
from tracker.export.records import KINDS, SHAPES
from tracker.export.seal import seal_case, sound_ledger
from tracker.export.verify import check_ledger, follows
from tracker.ids import digest
from tracker.settings import Settings
from tracker.tables import Case, dumps, make

DOC = (Path(__file__).parents[1] / "docs" / "evidence.md").read_text(encoding="utf-8")
TEXT = "The harbour office closed the ferry line on Tuesday. A spokesman said that the quay wall had moved. Nobody was hurt, he added."


def sealed(case: Case | None = None, before: bytes = b"", **more: Any) -> bytes:
    return before + seal_case(strike() if case is None else case, sound_ledger(before), **more)[0]


def records(raw: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in raw.decode("utf-8").split("\n") if line]


def faults(raw: bytes) -> list[str]:
    return [f.what for f in check_ledger(raw).faults]


def forged(*contents: dict[str, Any]) -> bytes:
    """A soundly chained ledger of any records."""
    return "".join(f"{line}\n" for line, _ in chain_lines(contents)).encode()


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, args)


WORLDS = {"strike": strike(), "made": make_case(40, 8, 3), "empty": Case(), "hostile": poison(strike(), "\x1b[31m<b>\x00\u2028\U0001f600")}


@pytest.mark.parametrize("case", WORLDS.values(), ids=WORLDS)
def test_what_is_sealed_verifies(case: Case) -> None:
    """Head first, end last, each record in its form; equal cases give equal bytes; each quote is its place in the text."""
    raw = sealed(case)
    assert faults(raw) == [] and raw == sealed(case)
    found = records(raw)
    assert [found[0]["kind"], found[-1]["kind"]] == ["head", "end"]
    order = ["head", *KINDS, "gone", "end"]
    assert [r["kind"] for r in found] == sorted((r["kind"] for r in found), key=order.index)
    texts = dict(zip(case["articles"]["article_id"], case["articles"]["text"], strict=True))
    for target in (r["target"] for r in found if r["kind"] == "mention"):
        place = target["selector"][1]
        assert texts[target["source"]][place["start"]: place["end"]] == target["selector"][0]["exact"]
    assert len([r for r in found if r["kind"] == "mention"]) == len(case["members"])


def test_the_text_of_the_articles_is_not_in_it() -> None:
    """Only quotes, and at most 32 characters on either side."""
    case = strike()
    record = next(r for r in records(sealed(case)) if r["kind"] == "article")
    assert "text" not in record
    assert record["text_digest"] == digest(case["articles"].set_index("article_id").loc[record["id"], "text"])


def test_the_form_is_that_of_rfc_8785() -> None:
    """Keys sorted, no blanks, fewest escapes, UTF-8: the example strings of the RFC come out as it prints them."""
    assert dumps({"b": "\u20ac$\u000f\nA'B\"\\\\\"/", "a": [True, None, 5]}) == '{"a":[true,null,5],"b":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'


def test_a_head_says_what_it_was_made_with() -> None:
    """Settings only when they are those of the run; fractions as text; the date only when handed in."""
    settings = Settings().as_dict()
    case = Case({**strike().tables, "runs": make("runs", [{"run_id": "r-1", "settings_digest": Settings().digest()}])})
    head = records(sealed(case, settings=settings, at="2031-03-05"))[0]
    assert (head["at"], head["settings"]["link"]["threshold"]) == ("2031-03-05", repr(settings["link"]["threshold"]))
    assert records(sealed(case, settings={"nlp": "other"}))[0]["settings"] == {}
    other = Case({**strike().tables, "outlets": make("outlets", [{"outlet_id": "x"}])})
    assert records(sealed())[0]["registry_digest"] != records(sealed(other))[0]["registry_digest"]


def test_sealing_again_only_appends() -> None:
    """What is new or changed, what is gone, and nothing when nothing is; earlier bytes stay."""
    case = strike()
    first = sealed(case)
    assert sealed(case, first) == first
    dated = sealed(case, first, at="2031-03-05")
    assert [r["kind"] for r in records(dated[len(first):])] == ["head", "end"]
    claims, gone = case["claims"].copy(), case["claims"]["claim_id"].iloc[-1]
    claims.loc[0, "status"] = "cannot-tell"
    changed = Case({**case.tables, "claims": claims[claims["claim_id"] != gone]})
    second = sealed(changed, first)
    assert second.startswith(first) and faults(second) == []
    new = records(second[len(first):])
    assert [(r["kind"], r.get("id")) for r in new[1:-1]] == [("claim", claims["claim_id"].iloc[0]), ("gone", gone)]
    assert [(r["status"]) for r in new if r["kind"] == "claim"] == ["cannot-tell"]
    third = sealed(case, second)
    assert faults(third) == []
    assert records(third)[0]["case_digest"] == next(r for r in reversed(records(third)) if r["kind"] == "head")["case_digest"]


def test_judgements_are_sealed_whole() -> None:
    """All columns; a verdict that comes later is one more record."""
    first = sealed()
    row = {"judgement_id": "j-1", "verdict": "refuted", "left_id": "c-strike", "who": "Ines", "why": "seen", "decided_at": "2031-03-05T09:30Z"}
    second = sealed(Case({**strike().tables, "judgements": make("judgements", [row])}), first)
    found = next(r for r in records(second) if r["kind"] == "judgement")
    assert {**found, **{k: v for k, v in row.items() if k != "judgement_id"}, "id": "j-1"} == found


def test_what_is_no_text_can_be_sealed() -> None:
    """Bytes of a command line that are no UTF-8 arrive as lone surrogates, which no file can hold."""
    assert clean({"why": "seen \udce9", "list": ["\ud800"]}) == {"why": "seen \ufffd", "list": ["\ufffd"]}


def test_a_ledger_that_does_not_verify_is_not_added_to() -> None:
    """The message names the line, what is wrong, and a way out: cut back to the last whole sealing where only the tail is broken."""
    first = sealed()
    second = sealed(strike(), first, at="2031-03-05")
    lines = first.count(b"\n")
    with pytest.raises(UsageError, match=rf"line \d+: .*its first {lines} lines are sound"):
        sound_ledger(second[:-200])
    with pytest.raises(UsageError, match=r"line 3: .*untouched copy"):
        sound_ledger(second.replace(second.splitlines(keepends=True)[2], b"{}\n"))


@pytest.mark.parametrize("seed", range(3))
def test_every_changed_byte_of_a_ledger_is_found(seed: int) -> None:
    """Also the byte of a hash, a line end, a blank; and the fault is told at its line or the one after."""
    raw, rng = sealed(), random.Random(seed)
    for _ in range(150):
        at = rng.randrange(len(raw))
        changed = raw[:at] + bytes([raw[at] ^ rng.randint(1, 255)]) + raw[at + 1:]
        found = check_ledger(changed).faults
        line = raw.count(b"\n", 0, at) + 1
        assert found and found[0].line in (line, line + 1)


def test_the_shorter_run_over_all_files(tmp_path: Path) -> None:
    """tests/flip_bytes.py --changes 1000 is the longer one; this finds all of 40 changed bytes and 8 changes to lines."""
    made, missed = flip_bytes.missed_changes(tmp_path, 40, 7, examples=("harbour",))
    assert sum(made.values()) == 49 and missed == []


def test_a_planted_fault_is_missed_when_nothing_is_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The script does not pass by itself: with the digest of files left out, changes that reading ignores are missed."""
    from tracker.export import recheck

    monkeypatch.setattr(recheck, "_compare_digests", lambda *args: True)
    monkeypatch.setattr(flip_bytes, "flipped", lambda raw, rng: raw + b"\n")
    assert flip_bytes.missed_changes(tmp_path, 40, 7, examples=("harbour",))[1]


def test_whole_sealings_taken_off_need_the_hash() -> None:
    """A ledger cut after an end record is sound by itself; the hash printed at sealing tells. A ledger that has grown still has its old hash."""
    first = sealed()
    second = sealed(strike(), first, at="2031-03-05")
    old, new = check_ledger(first).last, check_ledger(second).last
    assert faults(first) == [] and follows(check_ledger(first), new)
    assert not follows(check_ledger(second), new) and not follows(check_ledger(second), old) and not follows(check_ledger(second), old[:12])


@pytest.mark.parametrize(("line", "what"), [
    (b"{" + b'"a":' * 100_000, "not JSON|nested"), (b"[" * 200_000, "nested"), (b"\xef\xbb\xbf{}", "byte-order mark"),
    ("{}".encode("utf-16"), "byte-order mark"),
    (b"\xff{}", "byte 1 of the line is not UTF-8"), (b'{"a":NaN}', "no whole number"), (b'{"a":1.5}', "no whole number"), (b'{"a":1e999}', "no whole number"),
    (b'{"a":' + b"9" * 9000 + b"}", "too large a number"), (b'{"a":-9007199254740993}', "too large a number"), (b'{"a":1,"a":1}', "twice"),
    (b"[]", "no JSON object"),
    (b"", "empty"), (b"\x00", "not JSON"), (b"null", "no JSON object"), (b'{"hash":1}', "no previous"), (b'{"hash":"' + b"0" * 64 + b'"}', "no previous"),
    (b'"' + b"x" * 16_000_001 + b'"', "16000003 bytes"),
    (b'{"hash":"' + b"0" * 64 + b'", "previous":"' + b"0" * 64 + b'"}', "canonical"),
    (b'{"a":"\\ud800","hash":"' + b"0" * 64 + b'","previous":"' + b"0" * 64 + b'"}', "canonical"),
    (b'{"hash":"' + b"0" * 64 + b'","previous":"' + b"0" * 64 + b'"}', "content gives"),
])
def test_hostile_lines_are_told(line: bytes, what: str) -> None:
    """No traceback, no hang: what is wrong with the line, in words."""
    found = check_ledger(line + b"\n").faults
    assert found and found[0].line == 1
    assert re.search(what, found[0].what), found[0].what


@pytest.mark.parametrize(("content", "what"), [
    ({"kind": "nonsense"}, "no kind of record"), ({"kind": ["head"]}, "no kind of record"), ({}, "no kind of record"),
    ({"kind": "gone", "of": "head", "id": "x"}, "can go"), ({"kind": "gone", "of": "claim", "id": 3}, "ill-formed field 'id'"),
    ({"kind": "end", "held": {}, "written": {}}, "outside a sealing"), ({"kind": "end", "held": {}, "written": {}, "x": 1}, "unknown"),
])
def test_sound_lines_that_are_no_ledger(content: dict[str, Any], what: str) -> None:
    """Whoever forges hashes still has to keep the form."""
    assert what in faults(forged(content))[0]


def test_a_forged_structure_is_told() -> None:
    """Records chained anew after one was left out: the counts and the case digest no longer fit."""
    contents = [{k: v for k, v in r.items() if k not in ("hash", "previous")} for r in records(sealed())]
    assert faults(forged(*contents)) == []
    assert any("counts" in f for f in faults(forged(*contents[:-2], contents[-1])))
    assert "ledger does not hold" in faults(forged(contents[0], *[c for c in contents[1:] if c["kind"] != "article"]))[0]
    assert "before the one before it has ended" in faults(forged(contents[0], *contents))[0]
    assert "stops inside a sealing" in faults(forged(*contents[:-1]))[0]
    assert "format" in faults(forged({**contents[0], "format": "corroboration-seal/9"}))[0]
    altered = [{**c, "wording": "Another wording"} if c["kind"] == "claim" else c for c in contents]
    assert any("case digest" in f for f in faults(forged(*altered)))
    assert faults(b"") == ["the ledger is empty"]


def test_faults_have_an_end() -> None:
    """A large file that is no ledger gives a thousand faults and a word on the rest."""
    found = check_ledger(b"x\n" * 50_000).faults
    assert len(found) == 1001 and "not listed" in found[-1].what


@pytest.mark.parametrize(("text", "says"), [
    (TEXT, ""), ("Update. " + TEXT, "moved by +8 characters, to 61"), ("", "not found"), (TEXT.replace("spokesman", "speaker"), "not found"),
    (TEXT.replace("Tuesday", "Monday"), "moved by -1 characters, to 52, and the words round it differ"),
    (TEXT.replace("Nobody", "No one"), "stands in its place, and the words round it differ"),
])
def test_quotes_are_found_again(text: str, says: str) -> None:
    """In their place, moved, in other surroundings, or not at all."""
    start = TEXT.index("A spokesman")
    target = {"source": "a-1", "selector": selectors(TEXT, start, TEXT.index(" Nobody"))}
    found = anchor(text, target)
    assert (says in found) if says else found == ""


def test_of_several_places_the_words_round_it_decide() -> None:
    """A quote that stands three times is found where its surroundings are, not at the first."""
    text = "He said yes. She said yes, too. They said yes at last."
    target = {"source": "a-1", "selector": selectors(text, 22, 25)}
    assert text[22:25] == "yes"
    assert anchor("Well. " + text, target) == "the quote moved by +6 characters, to 28"
    assert anchor("e" * 100_000, {"source": "a", "selector": selectors("xe", 1, 2)}) != ""


def test_every_kind_and_field_is_documented() -> None:
    """docs/evidence.md has a heading a kind and a row a field."""
    for kind, shape in SHAPES.items():
        part = DOC.split(f"### {kind}\n")[1].split("\n### ")[0]
        assert [f for f in shape if f"`{f}`" not in part] == [], kind


@pytest.fixture
def pile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three small articles, one that is put aside, and a manifest; commands run beside them."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT + "\n\nThe council of Vell raised the water tax by two percent, the mayor said on Friday.\n", encoding="utf-8")
    (folder / "two.md").write_text("---\ntitle: Ferry\n---\nThe port of Skarn was closed on Monday, the port authority said. " + TEXT, encoding="utf-8")
    text = "A crane fell into the water at Skarn, police said on Sunday. Two workers were hurt in the accident, according to the hospital."
    row = {"text": text, "title": "Crane"}
    (folder / "three.jsonl").write_text(json.dumps(row) + "\n" + json.dumps({**row, "text": row["text"].replace("Two", "Three")}) + "\n", encoding="utf-8")
    (folder / "short.txt").write_text("Too short.", encoding="utf-8")
    (folder / "manifest.csv").write_text("file,url\none.txt,https://a.example/1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("seal", "articles", "-o", "ledger.jsonl", "-q").exit_code == 0
    return folder


def differences(*args: str) -> list[tuple[str, str]]:
    result = run("verify", "ledger.jsonl", *args, "--format", "json", "-q")
    found = [(row["record"].split(" ")[0], row["differs"]) for row in json.loads(result.stdout)]
    assert result.exit_code == (1 if found else 0), result.output
    return found


def test_seal_and_verify_from_the_command_line(pile: Path) -> None:
    """The hash alone on stdout; the same again adds nothing; verify says what it looked at."""
    before = Path("ledger.jsonl").read_bytes()
    again = run("seal", "articles", "-o", "ledger.jsonl")
    assert again.stdout.strip() == check_ledger(before).last and "nothing is new" in again.stderr
    assert Path("ledger.jsonl").read_bytes() == before == run("seal", "articles", "-q").stdout_bytes
    found = run("verify", "ledger.jsonl", "articles", "--expect", again.stdout.strip())
    assert (found.exit_code, found.stdout) == (0, "") and "in 5 documents" in found.stderr
    assert run("verify", "ledger.jsonl", "--expect", "0" * 64).exit_code == 1


@pytest.mark.parametrize(("file", "old", "new", "says"), [
    ("one.txt", "The harbour", "Yes. The harbour", [("file", "bytes have changed"), ("article", "text of one.txt is another"), ("mention", "moved by +5")]),
    ("one.txt", "water tax", "water levy", [("file", "bytes"), ("article", "another"), ("mention", "not found")]),
    ("two.md", "title: Ferry", "title: Ferry ", [("file", "bytes")]),
    ("two.md", "title: Ferry", "title: Boats", [("file", "bytes"), ("article", "say about two.md")]),
    ("three.jsonl", "Three", "Seven", [("file", "(2 articles)"), ("article", "three.jsonl#2"), ("mention", "not found")]),
    ("manifest.csv", "https://a.example/1", "https://a.example/2", [("file", "its manifest have changed"), ("article", "say about one.txt")]),
    ("manifest.csv", "one.txt", "nil.txt", [("file", "no manifest speaks of it"), ("article", "say about one.txt")]),
    ("short.txt", "Too", "Two", [("file", "bytes")]),
    ("short.txt", "Too short.", "", [("aside", "cannot be read any more: empty")]),
])
def test_what_changed_in_the_articles_is_said(pile: Path, file: str, old: str, new: str, says: list[tuple[str, str]]) -> None:
    """Which file, which article, which quote, and how."""
    path = pile / file
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    found = differences("articles")
    for kind, what in says:
        assert any(k == kind and what in w for k, w in found), (kind, what, found)
    assert {k for k, _ in found} == {k for k, _ in says}


def test_missing_unknown_and_renamed_articles(pile: Path) -> None:
    """Each is named; of a renamed one the quotes are still looked up."""
    (pile / "one.txt").rename(pile / "eins.txt")
    (pile / "two.md").unlink()
    (pile / "new.txt").write_text(TEXT, encoding="utf-8")
    (pile / "new.pdf").write_bytes(b"%PDF-")
    found = [what for _, what in differences("articles")]
    assert sum("one.txt is now called eins.txt" in w for w in found) == 1
    assert sum("two.md is not there" in w for w in found) == 1
    assert sum("not in the ledger" in w for w in found) == 2
    assert not any("quote" in w for w in found)


@pytest.mark.parametrize(("args", "says"), [
    (("verify", "none.jsonl"), "No such file"), (("verify", "articles"), "not a plain file"), (("verify", "ledger.jsonl", "nowhere"), "is not there"),
    (("verify", "ledger.jsonl", "--expect", "xyz"), "64 hex digits"), (("seal", "articles", "-o", "articles/l.jsonl"), "among the articles"),
    (("seal", "articles", "-o", "l.jsonl.gz"), "plain text"), (("verify", "ledger.jsonl", "."), "among the articles"),
    (("seal", "articles", "-o", "articles"), "among the articles"), (("seal", "articles", "-o", "full.jsonl"), "does not verify"),
    (("seal", "nowhere", "-o", "l.jsonl"), "is not there"), (("seal", "articles", "--at", "soon"), "soon"),
])
def test_mistakes_in_the_call_exit_with_2(pile: Path, args: tuple[str, ...], says: str) -> None:
    """One line that says what to do; no file is touched."""
    Path("full.jsonl").write_bytes(b"my notes\n")
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "") and says in result.stderr
    assert Path("full.jsonl").read_bytes() == b"my notes\n"


def test_as_of_seals_what_was_known(pile: Path) -> None:
    """Articles left out by their date are put aside, with their digests."""
    assert run("seal", "articles", "-o", "early.jsonl", "--as-of", "2024-01-01", "-q").exit_code == 0
    found = records(Path("early.jsonl").read_bytes())
    assert (found[0]["as_of"], {r["kind"] for r in found}) == ("2024-01-01", {"head", "aside", "end"})
    assert run("verify", "early.jsonl", "articles").exit_code == 0


def test_two_runs_on_one_ledger(pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that grew while the articles were read is not written to."""
    case = Pile.case

    def slow(self: Pile) -> Case:
        with Path("ledger.jsonl").open("ab") as file:
            file.write(b"x")
        return case(self)

    monkeypatch.setattr(Pile, "case", slow)
    result = run("seal", "articles", "-o", "ledger.jsonl", "--at", "2031-03-05")
    assert result.exit_code == 2 and "grown meanwhile" in result.stderr


def test_hostile_names_reach_no_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control characters of a ledger's ids are not printed."""
    monkeypatch.chdir(tmp_path)
    Path("l.jsonl").write_bytes(forged({"kind": "gone", "of": "claim", "id": "\x1b[2J\u202e"}))
    result = run("verify", "l.jsonl")
    assert result.exit_code == 1 and "\x1b" not in result.output and "\u202e" not in result.output


def test_positions_count_in_the_articles_text() -> None:
    """Not in the file, where front matter may stand before it."""
    world = World()
    world.outlet("post", "Post")
    mention = world.mention("c-1", "post", "A wall moved.", file_offset=100)
    world.add("claims", claim_id="c-1", wording="A wall moved", first_mention_id=mention, status="single-origin")
    case = world.case()
    place = next(r for r in records(sealed(case)) if r["kind"] == "mention")["target"]["selector"][1]
    row = case["mentions"].iloc[0]
    assert (place["start"], place["end"]) == (row["start"], row["end"])


def test_the_first_record_follows_zeros() -> None:
    """So that a ledger whose beginning was cut off does not verify."""
    raw = sealed()
    assert records(raw)[0]["previous"] == FIRST
    assert "the first record has none before it" in faults(raw.split(b"\n", 1)[1])[0]


def test_digests_of_files_are_in_documents(pile: Path) -> None:
    """Rows of one table file share its digest; a manifest counts only for the files it speaks of."""
    from tracker.pipeline import read_articles

    documents: pd.DataFrame = read_articles(["articles"])["documents"].set_index("path")
    assert documents.loc["three.jsonl#1", "file_digest"] == documents.loc["three.jsonl#2", "file_digest"] != documents.loc["one.txt", "file_digest"]
    assert documents.loc["one.txt", "manifest_digest"] != "" == documents.loc["two.md", "manifest_digest"]


def test_a_kept_case_is_sealed_like_its_articles(pile: Path) -> None:
    """Digests of the files come along, so that the ledger of a case verifies against the articles; a judgement is one more record."""
    assert run("new", "my.case").exit_code == 0
    assert run("add", "my.case", "articles", "-q").exit_code == 0
    assert run("seal", "--case", "my.case", "-o", "kept.jsonl", "-q").exit_code == 0
    done = run("verify", "kept.jsonl", "articles")
    assert (done.exit_code, done.stdout) == (0, "")
    kept, read = ([[r[k] for k in r if k.endswith("_digest")] for r in records(Path(name).read_bytes()) if r["kind"] in ("article", "aside")]
                  for name in ("kept.jsonl", "ledger.jsonl"))
    assert kept == read
    claim = next(r["id"] for r in records(Path("kept.jsonl").read_bytes()) if r["kind"] == "claim")
    judged = run("judge", "my.case", "verified", claim, "--why", "seen")
    assert judged.exit_code == 0, judged.output
    assert run("seal", "--case", "my.case", "-o", "kept.jsonl", "-q").exit_code == 0
    assert [r["verdict"] for r in records(Path("kept.jsonl").read_bytes()) if r["kind"] == "judgement"] == ["verified"]
    assert run("verify", "kept.jsonl", "articles").exit_code == 0
