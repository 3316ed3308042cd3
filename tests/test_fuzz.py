"""Broken and hostile inputs for every reader: nothing crashes, hangs, grows, leaves its folder or calls out. The long run is `python tests/fuzz_all.py`."""
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import fuzz_all
import fuzz_guided
import pytest
from fuzz_made import EVERY, REGISTRY, SHARES, attacks_on, made_inputs, odd_records, page_attacks
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import RegistryError, TrackerError
from tracker.export.chain import chain_lines
from tracker.export.recheck import check_articles
from tracker.export.records import SHAPES
from tracker.export.verify import check_ledger
from tracker.fetch.base import Unread
from tracker.fetch.decode import decode
from tracker.fetch.front import split_front
from tracker.fetch.rows import read_rows
from tracker.judge import read_judgements
from tracker.registry import parse_registry

LEAVES = st.none() | st.booleans() | st.integers(-2**60, 2**60) | st.text(max_size=20)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3), max_leaves=8)
MANY = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def test_a_short_run_over_all_readers(tmp_path: Path) -> None:
    """150 inputs under the watchdog, all kinds among them, none a fault."""
    found = fuzz_all.run(11, 150, tmp_path)
    assert found.faults == []
    assert set(found.read) == set(SHARES) and sum(found.read.values()) == 150


@pytest.mark.parametrize(("planted", "says"), [
    ("hang", "over 2 s"), ("crash", "ValueError: planted"), ("memory", "memory of"), ("opens", "opens /etc/hostname"), ("writes", "writes "),
    ("calls", "socket.connect"), ("dies", "ended with 3")])
def test_the_watchdog_bites(tmp_path: Path, planted: str, says: str) -> None:
    """A reader with each kind of fault is found out, and the run goes on with the next input."""
    found = fuzz_all.run(11, 2, tmp_path, seconds=2 if planted == "hang" else 5, planted=planted)
    assert len(found.faults) == 2 and all(says in f for f in found.faults), found.faults


def test_the_inputs_are_the_same_every_time() -> None:
    """A seed and a number name an input for ever, wherever the run begins; every attack is among 10,000."""
    first, again, other = (list(made_inputs(seed, 80)) for seed in (5, 5, 6))
    assert first == again != other
    assert list(made_inputs(5, 80, start=60)) == first[60:]
    assert sum(len(attacks_on(kind, 9)) for kind in SHARES) < 10_000 / EVERY


@MANY
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_decoded_or_refused(raw: bytes, page: bool) -> None:
    """What comes out is text that UTF-8 can hold."""
    try:
        decode(raw, page=page).encode("utf-8")
    except Unread as error:
        assert error.reason and error.advice


@MANY
@given(st.text(max_size=300), st.sampled_from(["json", "jsonl", "csv"]))
def test_any_text_is_rows_or_refused(text: str, kind: str) -> None:
    """Each row is fields as text, or why it cannot be read."""
    try:
        rows = list(read_rows(text, kind, limit=1000))
    except Unread:
        return
    assert all(isinstance(r, Unread) or all(isinstance(v, str) for v in r.values()) for _, r in rows)


@MANY
@given(st.lists(JSON, max_size=4))
def test_json_of_any_shape_is_no_crash(values: list[Any]) -> None:
    """As articles, as judgements, as a ledger, and as front matter."""
    text = "\n".join(json.dumps(v) for v in values)
    list(read_rows(text, "jsonl", limit=1000))
    read_judgements(text)
    check_ledger(text.encode())
    split_front(f"---\n{text}\n---\nA story.")


@MANY
@given(st.lists(st.fixed_dictionaries({}, optional={"kind": st.sampled_from([*SHAPES, "x"]), "id": JSON, "of": JSON, "target": JSON}), max_size=4),
       st.lists(st.sampled_from(sorted({f for s in SHAPES.values() for f in s})), max_size=3), JSON)
def test_soundly_chained_records_of_any_shape_are_told(contents: list[dict[str, Any]], fields: list[str], value: Any) -> None:
    """Whoever makes good hashes over nonsense is told what is wrong with it."""
    lines = [line for line, _ in chain_lines({**c, **dict.fromkeys(fields, value)} for c in contents)]
    found = check_ledger("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    assert found.faults
    check_articles(found, [], {}, lambda row: "")


def _typed(kind: type) -> st.SearchStrategy[Any]:
    return {str: st.text(max_size=8), int: st.integers(-9, 9), bool: st.booleans(), list: st.lists(st.text(max_size=4), max_size=3),
            dict: st.dictionaries(st.text(max_size=4), JSON, max_size=2)}[kind]


@MANY
@given(st.data())
def test_records_of_the_right_form_are_held_against_articles(data: st.DataObject) -> None:
    """Well-typed records in any order and with any names: told or held, and then compared with documents that know nothing of them."""
    kinds = data.draw(st.lists(st.sampled_from(sorted(SHAPES)), max_size=5))
    contents = [{"kind": k, **{f: data.draw(_typed(t)) for f, t in SHAPES[k].items()}} for k in kinds]
    for record in contents:
        if record["kind"] == "mention":
            selector = [{"type": "TextQuoteSelector", "exact": "a", "prefix": "", "suffix": "b"}, {"type": "TextPositionSelector", "start": 0, "end": 10**9}]
            record["target"] = {"source": data.draw(st.text(max_size=3)), "selector": selector}
        if record["kind"] == "head":
            record["format"] = "corroboration-seal/1"
    found = check_ledger("".join(f"{line}\n" for line, _ in chain_lines(contents)).encode("utf-8", "replace"))
    document = {"path": "a", "body": "ab", "given": "null", "file_digest": "x", "manifest_digest": ""}
    faults, _ = check_articles(found, [document], {"b": "empty"}, lambda row: "ab")
    assert any("not in the ledger" in f.what for f in faults)


@MANY
@given(st.data())
def test_registries_with_anything_in_them_are_told(data: st.DataObject) -> None:
    """A value of any shape in the place of another: read, or refused with a line."""
    lines = REGISTRY.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(st.sampled_from(["- ", "  ", "", "outlets: ", "  id: "])) + json.dumps(data.draw(JSON), ensure_ascii=data.draw(st.booleans()))
    try:
        parse_registry("\n".join(lines), file="mine.yaml")
    except RegistryError as error:
        assert "mine.yaml" in str(error)


def test_odd_values_come_from_hypothesis() -> None:
    """The same for the same seed, and as many as asked for."""
    assert odd_records(3, 40) == odd_records(3, 40) and len(odd_records(3, 40)) >= 20


@pytest.mark.parametrize("name", fuzz_guided.PARSERS)
def test_the_guided_targets_read_their_samples(name: str) -> None:
    """What atheris is started on works without atheris too, on samples and on nothing."""
    read = fuzz_guided.parser_of(name)
    for raw in (*fuzz_guided.samples_of(name), b"", b"\xff"):
        read(raw)


NO_SOCKET = """
import sys
def see(event, args):
    if event.startswith(("socket.", "urllib.", "http.client", "ftplib.", "smtplib.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")):
        # urllib3, which trafilatura loads, binds to a port of this machine to see whether it has IPv6; nothing listens there and nothing is sent.
        if event not in ("socket.__new__", "socket.gethostname") and not (event == "socket.bind" and args[1] == ("::1", 0)):
            sys.stderr.write(f"CALLED {event} {args!r}\\n")
            sys.stderr.flush()
            import os; os._exit(9)
sys.addaudithook(see)
from tracker.cli import main
sys.argv = ["tracker", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("args", [
    ("graph", "pages", "--workers", "1", "-q", "-o", "x.html"), ("seal", "pages", "--workers", "1", "-q"), ("verify", "l.jsonl", "pages", "-q"),
    ("new", "a.case")])
def test_no_command_opens_a_socket(tmp_path: Path, args: tuple[str, ...]) -> None:
    """Pages full of addresses are read, and nobody is called: not by Python, and no program is started."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, raw in page_attacks(9):
        (pages / name).write_bytes(raw)
    (tmp_path / "l.jsonl").write_bytes(b"{}\n")
    done = subprocess.run([sys.executable, "-c", NO_SOCKET, *args], capture_output=True, check=False, cwd=tmp_path)
    assert b"CALLED" not in done.stderr and done.returncode in (0, 1), done.stderr


def test_the_socket_test_bites(tmp_path: Path) -> None:
    """The same hook ends a program that does call."""
    code = NO_SOCKET.replace("from tracker.cli import main", "import socket; socket.getaddrinfo('localhost', 9)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 9 and b"CALLED socket.getaddrinfo" in done.stderr


def test_errors_have_one_root() -> None:
    """So that the readers of the long run need only one."""
    assert issubclass(RegistryError, TrackerError)
