"""The command line: help, docs, exit codes, byte stability, and what hostile files can do to a terminal."""
from __future__ import annotations

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result
from worlds import poison, strike

import tracker.cli.casebook
import tracker.cli.commands
from tracker.cli import cli
from tracker.cli.options import Pile
from tracker.cli.terminal import Command, has_screen
from tracker.errors import UsageError
from tracker.tables import Case, make

ROOT = Path(__file__).parents[1]
DOC = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
COMMANDS: dict[str, click.Command] = dict(cli.commands)
REPORTS = ("claims", "outlets", "origins")


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Case:
    """Commands get this case instead of reading articles."""
    case = strike()
    monkeypatch.setattr(Pile, "case", lambda self: case)
    return case


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Commands write where nothing is lost."""
    monkeypatch.chdir(tmp_path)


def run(*args: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, args, input=stdin)


def program(*args: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "tracker", *args], capture_output=True, check=False, **more)  # type: ignore[call-overload, no-any-return]


def test_the_commands_are_these() -> None:
    """The main job comes first."""
    assert list(COMMANDS) == ["graph", "claims", "show", "why", "outlets", "origins", "assess", "fuse", "check", "timeline", "revisions", "weak", "gaps",
                              "what-if", "diff", "export", "report", "seal", "verify", "demo", "new", "add", "forget", "rebuild", "judge", "review"]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_begins_with_examples(name: str) -> None:
    """Examples that run as they stand, then the sentence, then the options; all of it in docs/cli.md too."""
    command = COMMANDS[name]
    text = run(name, "--help").output
    assert isinstance(command, Command)
    assert text.index("Examples:") < text.index((command.help or "!").split("\n")[0]) < text.index("Options:")
    for line, _ in command.examples:
        assert line.startswith("tracker ") or "| tracker " in line
        assert line in text
        assert f"    {line}\n" in DOC, f"docs/cli.md lacks the example {line!r}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented(name: str) -> None:
    """Each command has a heading and each of its options stands in docs/cli.md, with a help text of its own."""
    assert f"### {name}\n" in DOC
    for option in (p for p in COMMANDS[name].params if isinstance(p, click.Option)):
        assert option.help
        assert all(word in DOC for word in option.opts if word.startswith("--"))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_only_translates(name: str) -> None:
    """At most fifteen lines in the body, the docstring aside."""
    nodes = [n for room in (tracker.cli.commands, tracker.cli.casebook) for n in ast.parse(inspect.getsource(room)).body]
    body = next(node for node in nodes if isinstance(node, ast.FunctionDef) and node.name == name.replace("-", "_")).body[1:]
    assert (body[-1].end_lineno or 0) - body[0].lineno < 15


@pytest.mark.parametrize("args", [("--help",), ("-h",), ("--version",)])
def test_the_program_answers(args: tuple[str, ...]) -> None:
    """It starts from `python -m tracker` without loading anything heavy."""
    done = program(*args)
    assert done.returncode == 0
    assert b"tracker" in done.stdout


@pytest.mark.parametrize("args", [
    ("graph",), ("claims", "x", "--format", "xml"), ("nonsense",), ("check", "x", "--min-origins", "0"), ("claims", "x", "--as-of", "soon")])
def test_a_wrong_call_exits_with_2(args: tuple[str, ...]) -> None:
    """And says what is wrong on stderr, with nothing on stdout."""
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error" in result.stderr


def test_an_error_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tracker raises on purpose is a line without traceback or control characters; exit code 2."""

    def refuse(self: Pile) -> Case:
        raise UsageError("no such file: \x1b[31mbad\x1b[0m.txt")

    monkeypatch.setattr(Pile, "case", refuse)
    result = run("claims", "x")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", "tracker: no such file: [31mbad[0m.txt\n")


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "md"])
@pytest.mark.parametrize("name", REPORTS)
def test_reports_are_stable(world: Case, name: str, form: str) -> None:
    """The same call gives the same bytes, in a pipe and in a file."""
    first, again = run(name, "x", "--format", form), run(name, "x", "--format", form)
    assert run(name, "x", "--format", form, "-o", "out").exit_code == 0
    assert first.stdout_bytes == again.stdout_bytes == Path("out").read_bytes() != b""
    assert (first.exit_code, first.stderr) == (0, "")


def test_claims_and_show(world: Case) -> None:
    """The strike comes first and shows its one origin; show takes words, and gives JSON and quotes."""
    assert json.loads(run("claims", "x", "--format", "jsonl").stdout.splitlines()[0])["id"] == "c-strike"
    assert "hangs on: its intelligence source" in run("show", "strike", "x").stdout
    found = json.loads(run("show", "c-strike", "x", "--format", "json").stdout)
    assert (found["outlets"], found["independent_max"], len(found["quotes"])) == (2, 1, 2)
    assert [json.loads(line)["stance"] for line in run("show", "c-plan", "x", "--format", "jsonl").stdout.splitlines()] != []
    assert run("show", "c-plan", "x", "--format", "csv").stdout.startswith("stance,outlet,date,file,start,end")
    assert run("show", "moon", "x").exit_code == 2


def test_check_is_a_gate(world: Case) -> None:
    """0 when all hold, 1 with the failing claims when some do not, 2 when there is nothing to judge."""
    failed = run("check", "x")
    assert (failed.exit_code, "c-strike" in failed.stdout, "c-bill" in failed.stdout) == (1, True, False)
    assert "2 claims have fewer than 2 independent origins" in failed.stderr
    held = run("check", "x", "--claims", "*BILL*", "--quiet")
    assert (held.exit_code, held.stdout, held.stderr) == (0, "", "")
    assert run("check", "x", "--claims", "*moon*").exit_code == 2
    assert json.loads(run("check", "x", "--format", "json", "--min-origins", "3").stdout)[0]["id"] == "c-strike"
    assert run("check", "x", "--min-origins", "1", "--format", "json").stdout == "[]\n"


@pytest.mark.parametrize(("file", "begins"), [
    ("g.html", "<!DOCTYPE html>"), ("g.json", "{"), ("g.csv", "claim_id,"), ("g.graphml", "<?xml"), ("g.gexf", "<?xml"), ("g.md", "# A title")])
def test_graph_takes_the_format_from_the_file(world: Case, file: str, begins: str) -> None:
    """The ending decides, --format overrides, and both give the bytes that stdout gets."""
    result = run("graph", "x", "-o", file, "--title", "A title")
    assert (result.exit_code, result.stderr) == (0, f"wrote {file}\n")
    body = Path(file).read_bytes()
    assert body.decode("utf-8").lower().startswith(begins.lower())
    assert run("graph", "x", "--format", file[2:], "--title", "A title").stdout_bytes == body
    assert run("graph", "x", "--format", file[2:], "-o", "other.name", "--title", "A title", "-q").stderr == ""
    assert Path("other.name").read_bytes() == body


def test_an_unknown_ending_is_refused(world: Case) -> None:
    """Nobody writes a PDF; a folder that is not there is made; a folder where a file should be is one line."""
    assert run("graph", "x", "-o", "g.pdf").exit_code == 2
    assert run("graph", "x", "-o", "new/folder/g.md").exit_code == 0
    refused = run("graph", "x", "-o", "new", "--format", "html")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)


def test_export_writes_all_tables_to_a_folder(world: Case) -> None:
    """A folder, a name without an ending, or a name with a slash gets every table; a file gets the claims."""
    pytest.importorskip("pyarrow", reason="needs the parquet extra")
    for form, output in (("csv", "tables"), ("csv", "more/"), ("parquet", "cols")):
        assert run("export", "x", "--format", form, "-o", output).exit_code == 0
        assert (Path(output) / f"claims.{form}").is_file()
        assert (Path(output) / f"mentions.{form}").is_file()
    assert run("export", "x", "-o", "claims.csv").exit_code == 0
    assert Path("claims.csv").read_text(encoding="utf-8").startswith("claim_id,")
    assert json.loads(run("export", "x").stdout)["format"] == "corroboration-ledger"
    assert run("export", "x", "--format", "parquet").exit_code == 2


def test_hostile_text_reaches_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Escape sequences in names, quotes and ids are gone from every report."""
    case = poison(strike(), "\x1b[2J\x07\u202e")
    monkeypatch.setattr(Pile, "case", lambda self: case)
    claim = case["claims"]["claim_id"].iloc[0]
    for args in (("claims", "x"), ("outlets", "x"), ("origins", "x"), ("show", claim, "x"), ("check", "x"), ("show", "the", "x"),
                 ("graph", "x", "--format", "md")):
        result = run(*args)
        assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", result.stdout + result.stderr), args


def test_a_title_that_is_no_text_is_written(world: Case) -> None:
    """Bytes on the command line that are no UTF-8 do not end the run."""
    for form in ("md", "html"):
        assert b"caf" in run("graph", "x", "--format", form, "--title", "caf\udce9").stdout_bytes


def test_rejects_are_counted_and_listed() -> None:
    """The count on stderr, the list in the file, and each with -v; stdout and the exit code are not touched."""
    reasons = ("=not English", "empty", "empty")
    rejects = make("rejects", [{"stage": "read", "item_id": f"{n}.txt", "reason": reason, "detail": "put it aside"} for n, reason in enumerate(reasons)])
    for verbose, lines in ((0, 1), (1, 4)):
        result = CliRunner().invoke(click.Command("x", callback=lambda v=verbose: Pile((), rejects="r.csv", verbose=v)._tell_rejects(rejects)))
        assert result.stderr.splitlines()[-1] == "3 items were not read (2 empty, 1 =not English); they are in r.csv"
        assert (len(result.stderr.splitlines()), result.stdout) == (lines, "")
    assert "'=not English" in Path("r.csv").read_text(encoding="utf-8")


TREATY = str(ROOT / "examples" / "treaty" / "articles")


@pytest.fixture(scope="module")
def ledger() -> bytes:
    """The treaty as a ledger, by the program itself."""
    done = program("export", TREATY, "--quiet", env={**os.environ, "PYTHONHASHSEED": "1"})
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def test_the_main_job_end_to_end(ledger: bytes) -> None:
    """Articles to claims: two outlets carry the strike, which rests on one unverified origin, and every quote stands in its file."""
    found = json.loads(ledger)
    strike_claim = next(c for c in found["claims"] if "strike" in c["wording"] and c["unverified"])
    assert (strike_claim["n_outlets"], strike_claim["independent_min"], strike_claim["independent_max"], strike_claim["echo"]) == (2, 1, 1, True)
    files = {a["id"]: (Path(TREATY) / a["file"]).read_bytes().decode("utf-8") for a in found["articles"]}
    assert [m for m in found["mentions"] if files[m["article"]][m["start"]:m["end"]] != m["quote"]] == []
    jsonschema.validate(found, json.loads((ROOT / "docs" / "ledger.schema.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("workers", ["1", "2"])
def test_another_process_gives_the_same_bytes(ledger: bytes, workers: str) -> None:
    """Another hash seed, another number of processes, another folder to stand in: the same ledger."""
    done = program("export", TREATY, "--quiet", "--workers", workers, env={**os.environ, "PYTHONHASHSEED": "77"})
    assert done.stdout == ledger


def test_a_story_from_a_pipe() -> None:
    """`-` reads stdin; what is no story is counted as not read, and the run goes on."""
    text = "The harbour of Skarn was closed on Monday, the port authority said.\nA crane fell into the water and two workers were hurt, according to police.\n"
    done = program("claims", "-", "--format", "jsonl", input=text.encode())
    assert done.returncode == 0
    assert any("crane" in json.loads(line)["claim"] for line in done.stdout.splitlines())
    nothing = program("claims", "-", "--format", "json", input=b"\x00\x01\x02")
    assert (nothing.returncode, json.loads(nothing.stdout)) == (0, [])
    assert b"1 item was not read" in nothing.stderr


def test_what_is_not_there_is_one_line() -> None:
    """A path, a registry or a pipeline that is not there: exit code 2 and a line that says what to do."""
    for args in (("no-such-folder",), (TREATY, "--registry", "none.yaml"), (TREATY, "--nlp", "xx_none")):
        done = program("claims", *args)
        assert (done.returncode, done.stdout, b"Traceback" in done.stderr) == (2, b"", False)
        assert done.stderr.startswith(b"tracker: ")


def test_a_closed_pipe_is_no_traceback() -> None:
    """`tracker ... | head -1` ends quietly."""
    code = "from worlds import make_case; from tracker.cli import main, options; options.Pile.case = lambda self: make_case(400, 9, 1); main()"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "tests")}
    shell = f'{sys.executable} -c "{code}" claims x --format jsonl | head -1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False, env=env, cwd=ROOT)
    assert done.stderr == b""
    assert done.stdout.splitlines()[-1] in (b"141", b"0")


def test_ctrl_c_is_one_line() -> None:
    """Stopped by the user: 130 and a word."""
    code = ("import tracker.cli.options as o\ndef stop(self): raise KeyboardInterrupt\no.Pile.case = stop\nfrom tracker.cli import main\nmain()")
    done = subprocess.run([sys.executable, "-c", code, "claims", "x"], capture_output=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, b"", b"tracker: stopped")


@pytest.mark.parametrize(("environment", "screen"), [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)])
def test_a_page_opens_only_where_there_is_a_screen(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], screen: bool) -> None:
    """On a server nothing is started."""
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert has_screen() is screen


def test_demo_says_where_the_page_is(world: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """It prints the most fragile claims, writes the page, and opens it when told to."""
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    result = run("demo", "-o", "here.html", "--open")
    assert result.exit_code == 0
    assert "c-strike" in result.stdout
    assert f"The page: {Path('here.html').resolve()}" in result.stdout
    assert opened == [Path("here.html").resolve().as_uri()]
    assert run("demo", "-o", "here.html", "--no-open").exit_code == 0
    assert len(opened) == 1
