"""The commands that ask: what they print, their exit codes, and what they refuse."""
from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from newsroom import registry, says, tell
from worlds import poison, strike

from tracker.cli import cli
from tracker.cli.options import Pile
from tracker.export import to_json
from tracker.tables import Case
from tracker.view.sheets import SHEET_FORMATS

ROOT = Path(__file__).parents[1]
HARBOUR = (str(ROOT / "examples" / "harbour" / "articles"), "--registry", str(ROOT / "examples" / "harbour" / "sources.yaml"))
LINES = (says("post", "person:Ann Lee", day="2031-03-01"), says("courier", "person:Oto Marr", claim="c-2", day="2031-03-01"),
         says("herald", "unnamed:a source", day="2031-03-02"), says("mirror", "body:Tarn Lines", day="2031-03-05"))
ASKED = (("timeline", "c-1", "x"), ("timeline", "*", "x"), ("revisions", "x"), ("weak", "x"), ("gaps", "x"), ("what-if", "x", "--without", "Ann Lee"),
         ("diff", "x", "--from", "2031-03-01"))


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands get a claim of three days instead of reading articles."""
    def on(self: Pile, day: str = "") -> Case:
        return Case(tell(*(line for line in LINES if not day or line.day <= day)).case.tables, registry=registry())

    monkeypatch.setattr(Pile, "case", on)
    monkeypatch.setattr(Pile, "case_as_of", on)


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, args)


@pytest.mark.parametrize("form", SHEET_FORMATS)
@pytest.mark.parametrize("args", ASKED, ids=lambda args: " ".join(args[:2]))
def test_answers_are_stable(world: None, args: tuple[str, ...], form: str) -> None:
    """The same call gives the same bytes, in a pipe and in a file; the exit code says whether something changed."""
    first, again = run(*args, "--format", form), run(*args, "--format", form)
    assert first.exit_code == again.exit_code == run(*args, "--format", form, "-o", "out").exit_code == (1 if args[0] == "diff" else 0)
    assert first.stdout_bytes == again.stdout_bytes == Path("out").read_bytes()
    assert first.stdout_bytes or args[0] == "revisions"


def test_what_the_answers_say(world: None) -> None:
    """The timeline counts, the gap names the doubt, the switched-off voice falls, the day is compared."""
    rows = [json.loads(line) for line in run("timeline", "c-1", "x", "--format", "jsonl").stdout.splitlines()]
    assert [(r["date"], r["what"], r["fewest"], r["most"]) for r in rows] == [
        ("2031-03-01", "first report", 1, 1), ("2031-03-02", "new origin", 1, 2), ("2031-03-02", "perhaps a second", 1, 2), ("2031-03-05", "new origin", 2, 3),
        ("2031-03-05", "second origin", 2, 3)]
    second, never = json.loads(run("timeline", "*", "x", "--format", "json").stdout)
    assert (never["id"], never["second"], never["days"]) == ("c-2", "", "")
    assert (second["days"], second["perhaps days"]) == (4, 1)
    fallen = run("what-if", "x", "--without", "Ann Lee", "--without", "Tarn Lines", "--format", "json")
    assert [(r["change"], r["after"]) for r in json.loads(fallen.stdout)] == [("status", "single-origin: 3 outlets, 1 origin")]
    assert fallen.stderr == "1 claim changes status; 0 are left without support\n"
    everything = json.loads(run("what-if", "x", "--without", "Ann Lee", "--everything", "--format", "json").stdout)
    assert {"status", "digit"} <= {r["change"] for r in everything}
    assert run("what-if", "x", "--assume-same", "Ann Lee", "Tarn Lines", "-q").stderr == ""
    assert "+1 origin: Tarn Lines" in run("diff", "x", "--from", "2031-03-02", "--format", "csv").stdout


def test_diff_says_whether_something_changed(world: None) -> None:
    """0 for the same day twice, 1 for two days, 2 for days the wrong way round or half given."""
    same = run("diff", "x", "--from", "2031-03-02", "--to", "2031-03-03")
    assert (same.exit_code, same.stdout, same.stderr) == (0, "", "nothing changed\n")
    assert run("diff", "x", "--from", "2031-03-02", "--to", "2031-03-03", "--format", "json").stdout == "[]\n"
    changed = run("diff", "x", "--from", "2031-03-01", "--to", "2031-03-02")
    assert (changed.exit_code, changed.stderr) == (1, "3 changes in 1 claim\n")
    for args in (("--from", "2031-03-02", "--to", "2031-03-01"), ("--to", "2031-03-02"), ("--from", "soon")):
        assert run("diff", "x", *args).exit_code == 2


def test_diff_between_ledgers(tmp_path: Path) -> None:
    """Two files, the earlier first; a file that is none, one that is not there, or another number of them is one line."""
    for name, lines in (("old.json", LINES[:2]), ("new.json", LINES)):
        Path(name).write_text(to_json(tell(*lines).case), encoding="utf-8")
    found = run("diff", "old.json", "new.json", "--format", "json")
    assert (found.exit_code, json.loads(found.stdout)[0]["change"]) == (1, "status")
    assert run("diff", "old.json", "old.json").exit_code == 0
    Path("bad.json").write_text("{", encoding="utf-8")
    for args in (("old.json",), ("old.json", "bad.json"), ("old.json", "none.json"), ("old.json", "new.json", "old.json"), ("old.json", str(tmp_path))):
        refused = run("diff", *args)
        assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1), args
        assert refused.stderr.startswith("tracker: ")


def test_ledgers_of_other_settings_are_remarked(tmp_path: Path) -> None:
    """What comes from the tool and not from the articles is said."""
    text = to_json(strike())
    Path("a.json").write_text(text, encoding="utf-8")
    Path("b.json").write_text(text.replace('"settings_digest": ""', '"settings_digest": "f"'), encoding="utf-8")
    assert "different settings" in run("diff", "a.json", "b.json").stderr
    assert "different" not in run("diff", "a.json", "a.json").stderr


@pytest.mark.parametrize("args", [("--without", "nobody"), ("--without", "The Vell"), (), ("--distrust", "F"), ("--assume-same", "Ann Lee", "Ann Lee")])
def test_what_if_refuses_what_means_nothing(world: None, args: tuple[str, ...]) -> None:
    """Unknown, ambiguous, nothing at all, a letter that is none, one voice twice."""
    refused = run("what-if", "x", *args)
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_hostile_text_reaches_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Escape sequences in names, quotes and ids are gone from every answer."""
    case = poison(strike(), "\x1b[2J\x07\u202e")
    monkeypatch.setattr(Pile, "case", lambda self: case)
    monkeypatch.setattr(Pile, "case_as_of", lambda self, day: Case() if day else case)
    claim = str(case["claims"]["claim_id"].iloc[0])
    for args in (("timeline", claim, "x"), ("timeline", "*", "x"), ("revisions", "x"), ("weak", "x"), ("gaps", "x"), ("what-if", "x", "--without", "a"),
                 ("what-if", "x", "--without", "Mara", "--everything"), ("diff", "x", "--from", "2031-01-01")):
        for form in ("table", "csv", "jsonl", "md"):
            result = run(*args, "--format", form)
            assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", result.stdout + result.stderr), args


def test_end_to_end_on_an_example() -> None:
    """Real articles: a claim by its words, a second day, a wire switched off; all in one process, read once for all days."""
    rows = json.loads(run("timeline", "smoke alarms", *HARBOUR, "-q", "--format", "json").stdout)
    assert rows[0]["what"] in ("first report", "denial") and rows[0]["date"] == "2025-03-13"
    changed = run("diff", *HARBOUR, "-q", "--from", "2025-03-12", "--to", "2025-03-13", "--format", "json")
    assert changed.exit_code == 1 and {r["change"] for r in json.loads(changed.stdout)} >= {"new"}
    fallen = json.loads(run("what-if", *HARBOUR, "-q", "--without", "Jonas Pell", "--format", "json").stdout)
    assert all(r["after"].startswith("unsupported") for r in fallen) and len(fallen) == 2


def test_a_kept_case_answers_as_its_articles_do() -> None:
    """The same bytes from a case and from the paths it was filled from; its own clock tells what was added and judged since."""
    assert run("new", "h.case", *HARBOUR[1:]).exit_code == 0
    assert run("add", "h.case", HARBOUR[0], "-q").exit_code == 0
    for args in (("timeline", "*"), ("weak",), ("gaps",), ("revisions",)):
        kept, plain = run(*args, "h.case", "-q", "--format", "json"), run(*args, *HARBOUR, "-q", "--format", "json")
        assert (kept.exit_code, kept.stdout) == (0, plain.stdout), args
    for args in (("what-if", "--without", "coast-wire"), ("diff", "--from", "2025-03-12", "--to", "2025-03-13")):
        kept, plain = run(args[0], "--case", "h.case", *args[1:], "-q", "--format", "json"), run(*args, *HARBOUR, "-q", "--format", "json")
        assert (kept.exit_code, kept.stdout) == (plain.exit_code, plain.stdout)
    claim = json.loads(run("claims", "h.case", "-q", "--format", "json").stdout)[0]["id"]
    assert run("judge", "h.case", "verified", claim, "--who", "Ines", "--why", "seen").exit_code == 0
    assert run("diff", "h.case", "--from", "2099-01-01", "--clock", "known").exit_code == 0
    rows = json.loads(run("diff", "h.case", "--from", "2000-01-01", "--clock", "known", "-q", "--format", "json").stdout)
    assert {r["change"] for r in rows} == {"new"}
    assert run("diff", *HARBOUR, "--from", "2025-03-12", "--clock", "known").exit_code == 2


def test_a_judgement_is_told_by_the_case_and_by_its_ledgers() -> None:
    """What a person verified between two ledgers of one kept case, with who and why; then taken back."""
    assert run("new", "h.case", *HARBOUR[1:]).exit_code == run("add", "h.case", HARBOUR[0], "-q").exit_code == 0
    assert run("export", "h.case", "-q", "-o", "one.json").exit_code == 0
    claim = json.loads(run("claims", "h.case", "-q", "--format", "json").stdout)[0]["id"]
    assert run("judge", "h.case", "verified", claim, "--who", "Ines", "--why", "seen").exit_code == 0
    assert run("export", "h.case", "-q", "-o", "two.json").exit_code == 0
    row, = json.loads(run("diff", "one.json", "two.json", "-q", "--format", "json").stdout)
    assert (row["id"], row["change"], row["after"], row["why"]) == (claim, "verdict", "verified", "judged verified by Ines: seen")
    row, = json.loads(run("diff", "two.json", "one.json", "-q", "--format", "json").stdout)
    assert row["why"] == "taken back: judged verified by Ines: seen"
    assert claim not in run("gaps", "h.case", "-q", "--format", "csv").stdout
