"""`tracker fuse`, `tracker assess` and `tracker outlets --explain`: what they print, and what they refuse."""
from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from newsroom import says, tell

from tracker.cli import cli
from tracker.cli.options import METHODS as NAMES
from tracker.cli.options import Pile
from tracker.score.fusion import DEFAULT, METHODS

ROWS = "party,item,value\n" + "".join(f"p{p},i{i},{'odd' if p == 0 else 'even'}\n" for p in range(4) for i in range(3)) + "p0,i9,\n"


def run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, args, input=stdin)


@pytest.fixture
def pile(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [says("post", "person:Ann Lee", claim="c-1", day="2031-03-01"), says("herald", "outlet:The Vell Post", claim="c-1", day="2031-03-02"),
             says("mirror", "outlet:The Vell Post", claim="c-1", day="2031-03-02"), says("signal", claim="c-1", stance="denies"), says("post", claim="c-2")]
    case = tell(*lines).case
    monkeypatch.setattr(Pile, "case", lambda self: case)


def test_the_command_line_knows_the_methods() -> None:
    """Its names are those of the fusion room, our default first."""
    assert set(NAMES) == set(METHODS) and NAMES[0] == DEFAULT


@pytest.mark.parametrize("method", NAMES)
def test_fuse(method: str, tmp_path: Path) -> None:
    """Three against one; an empty value is a value; from a file and from stdin alike."""
    (tmp_path / "t.csv").write_text(ROWS, encoding="utf-8")
    done = run("fuse", str(tmp_path / "t.csv"), "--method", method, "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["value"] for r in rows] == ["even"] * 3 + [""], done.stderr
    assert run("fuse", "-", "--method", method, "--format", "jsonl", stdin=ROWS).stdout == done.stdout


def test_fuse_tells_trust_and_groups() -> None:
    """Trust of every party; groups with a sentence."""
    assert json.loads(run("fuse", "-", "--what", "trust", "--format", "json", stdin=ROWS).stdout)[-1]["party"] == "p0"
    values = [[(7 * i + 3 * p) % 5 if (i + p) % 3 else 0 for i in range(200)] for p in range(8)]
    values[1] = values[0]
    text = "party,item,value\n" + "".join(f"p{p},i{i},{v}\n" for p, row in enumerate(values) for i, v in enumerate(row))
    group, = json.loads(run("fuse", "-", "--what", "groups", "--format", "json", stdin=text).stdout)
    assert group["members"] == "p0, p1" and "by chance it would be" in group["why"]
    assert "p0 and p1 give the same rare value" in run("fuse", "-", "--what", "pairs", "--format", "jsonl", stdin=text).stdout


def test_fuse_with_kinds_and_lists() -> None:
    """A fourth column and a separator; an item of two kinds is refused."""
    text = "shop,book,authors,field\n" + "".join(f"p{p},i{i},{'a' if (p + i) % 3 else 'a;b'},k{i % 2}\n" for p in range(5) for i in range(8))
    done = run("fuse", "-", "--columns", "shop,book,authors,field", "--separator", ";", "--format", "jsonl", stdin=text)
    assert len(done.stdout.splitlines()) == 8 and done.exit_code == 0, done.stderr
    two = run("fuse", "-", "--columns", "shop,book,authors,field", stdin=text + "p9,i0,a,k1\n")
    assert (two.exit_code, two.stdout) == (2, "") and "'i0' has two kinds" in two.stderr


@pytest.mark.parametrize(("stdin", "args"), [
    ("a,b\n1,2\n", ()), (ROWS, ("--columns", "party,item")), (ROWS, ("--columns", "party,item,value,value")),
    (ROWS, ("--columns", "party,item,value,kind")), ("party,item,value\n,x,y\n", ()), ("", ()), ('party,item,value\n"x,y,z\n', ()),
])
def test_fuse_refuses_other_tables(stdin: str, args: tuple[str, ...]) -> None:
    """One line that says what to do, exit code 2."""
    done = run("fuse", "-", *args, stdin=stdin)
    assert (done.exit_code, done.stdout) == (2, "") and done.stderr.startswith("tracker: ") and "Traceback" not in done.stderr


def test_fuse_needs_a_file() -> None:
    """A file that is not there is said to be so."""
    assert "is not there" in run("fuse", "nowhere.csv").stderr


@pytest.mark.parametrize("method", ["log-odds", *NAMES])
@pytest.mark.usefixtures("pile")
def test_assess(method: str) -> None:
    """Belief lies in its bounds; a claim nobody rivals has none by agreement."""
    rows = {r["id"]: r for r in json.loads(run("assess", "x", "--method", method, "--format", "json").stdout)}
    assert rows["c-1"]["low"] <= rows["c-1"]["high"] and rows["c-1"]["rivals"] == 1
    assert (rows["c-2"]["low"] == "") == (method != "log-odds")


@pytest.mark.usefixtures("pile")
def test_copies_lower_a_vote() -> None:
    """Three outlets of one origin against one denial: .75 by outlets, .5 by voices."""
    row = json.loads(run("assess", "x", "--method", "vote", "--format", "json").stdout)[0]
    assert (row["by outlets"], row["low"], row["high"]) == (0.75, 0.5, 0.5)


@pytest.mark.usefixtures("pile")
def test_explain_an_outlet() -> None:
    """Letter and record apart; too little data is F; unknown outlets are refused."""
    rows = {r["part"]: r for r in json.loads(run("outlets", "x", "--explain", "herald", "--format", "json").stdout)}
    assert rows["letter"]["value"] == "F" and rows["relayed"]["value"] == "F" and rows["relayed"]["says"].startswith("1 of 1: ")
    assert json.loads(run("outlets", "x", "--explain", "the vell post", "--format", "json").stdout)[3]["says"].startswith("0 of 2: ")
    assert run("outlets", "x", "--explain", "nobody").exit_code == 2


@pytest.mark.parametrize(("name", "raw", "says"), [
    ("wide.csv", b"party," * 400_000 + b"\n", "more than 1000 columns"), ("nul.csv", b"party,item,value\n\x00,b,c\n", "not text"),
    ("bomb.csv.gz", gzip.compress(b"a" * 40_000_000, mtime=0), "too big"),
    ("torn.csv.gz", gzip.compress(b"party,item,value\n", mtime=0)[:-9], "broken archive")])
def test_tables_that_grow_are_refused(tmp_path: Path, name: str, raw: bytes, says: str) -> None:
    """Before pandas takes the square of the columns or unpacks without end."""
    (tmp_path / name).write_bytes(raw)
    result = run("fuse", str(tmp_path / name))
    assert result.exit_code == 2 and says in result.stderr
