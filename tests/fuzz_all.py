"""Broken inputs for every reader under a watchdog: no crash, no input over 10 s of processor time, no memory over 1 GiB, no file outside the folder, no socket.

    python tests/fuzz_all.py --inputs 10000 --seed 1          # all readers: articles, manifests, registry, ledgers, judgements, tables
    python tests/fuzz_all.py --show 4711 --seed 1             # one input again, in this process, with its traceback
    python tests/fuzz_all.py --atheris 60                     # besides: 60 s of coverage-guided fuzzing a parser (pip install atheris; Linux)

A process of its own reads input after input and says when it begins and ends each; this one watches, ends it when an input takes too long, and goes on
with the next. Whatever is opened or called is seen by an audit hook; a server listens whose address is in the inputs, and nobody may call it.
Exit code 1 if anything failed.
"""
from __future__ import annotations

import argparse
import json
import os
import resource
import select
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fuzz_made import CANARY, SHARES, Input, made_inputs, sample_of

import tracker
from tracker.errors import TrackerError

SECONDS = 10.0  # of processor time an input; on a busy machine the clock says nothing about the reader
WAIT = 6  # times as long by the clock before a process that uses no processor time hangs too
MEMORY = 1 << 30
STARTED = 120.0  # seconds of processor time that a process may take to load the tracker
_CALLS = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request", "http.client.connect",
          "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "shutil.rmtree", "webbrowser.open")


class Watch:
    """Sees what Python opens and calls while it is on. An audit hook cannot be taken away, so there is one a process."""

    def __init__(self, allowed: list[Path]) -> None:
        self.allowed = [os.path.realpath(p) for p in allowed]
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event in _CALLS:
            self.seen.append(f"{event} {args!r:.200}")
        elif event == "open" and isinstance(args[0], str | bytes):
            path = os.path.realpath(os.fsdecode(args[0]))
            mode, flags = args[1], args[2]
            writes = (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
            if writes or not any(path == a or path.startswith(a + os.sep) for a in self.allowed):
                self.seen.append(f"{'writes' if writes else 'opens'} {path[:200]}")

    @contextmanager
    def watching(self) -> Iterator[None]:
        """On inside; what was seen is in `seen`."""
        self.seen.clear()
        self.on = True
        try:
            yield
        finally:
            self.on = False


def readers() -> dict[str, Callable[[Path], object]]:
    """For each kind of input what reads it. What a reader raises on purpose is an answer; anything else is a fault."""
    from worlds import strike

    from tracker.cli.fusing import read_statements
    from tracker.cli.sealing import verify_ledger
    from tracker.export.ledgers import case_from_ledger
    from tracker.export.seal import sound_ledger
    from tracker.fetch import read_bytes, read_documents, read_text
    from tracker.judge import read_judgements, resolve_judgements, write_judgements
    from tracker.parse import parse_articles
    from tracker.pipeline import load_registry
    from tracker.registry import extend, parse_registry
    from tracker.settings import ReadSettings
    from tracker.view.report import claims_table

    settings, base, case = ReadSettings(), load_registry(), strike()

    def file(path: Path) -> None:
        documents, unread = read_documents([str(path.parent if path.name == "manifest.csv" else path)], settings=settings)
        articles, _ = parse_articles(documents, base, settings=settings)
        bodies = "\n".join((*documents["body"], *articles["text"], *documents["given"], *unread["detail"]))
        assert CANARY not in bodies and "root:x:0" not in bodies, "words of a file outside the folder"

    def registry(path: Path) -> None:
        extend(base, parse_registry(read_text(str(path)), file=path.name, base=base))

    def ledger(path: Path) -> None:
        found = verify_ledger(str(path), [], "0" * 64)
        assert len(found.differences), "no ledger here ends with that hash"
        sound_ledger(read_bytes(str(path), limit=400_000_000))

    def judgements(path: Path) -> None:
        rows, _ = read_judgements(read_text(str(path)))
        resolve_judgements(rows, case["mentions"], case["articles"], case["members"])
        again, rejects = read_judgements(write_judgements(rows))
        assert len(again) == len(rows) and not len(rejects), "what was read can be written and read again"

    def json_ledger(path: Path) -> None:
        verify_ledger(str(path), [], "")
        read_judgements(read_text(str(path)))
        file(path)
        claims_table(case_from_ledger(read_text(str(path))))

    def statements(path: Path) -> None:
        read_statements(str(path))

    return {"file": file, "registry": registry, "ledger": ledger, "judgements": judgements, "json-ledger": json_ledger, "statements": statements}


def plant(kind: str) -> Callable[[Path], object]:
    """A reader with a fault that the watchdog must see."""
    def hang(path: Path) -> None:
        while True:
            pass

    def crash(path: Path) -> None:
        raise ValueError("planted")

    def memory(path: Path) -> None:
        bytearray(MEMORY + (1 << 28))

    def opens(path: Path) -> None:
        Path("/etc/hostname").read_bytes()

    def writes(path: Path) -> None:
        path.with_name("more").write_bytes(b"x")

    def calls(path: Path) -> None:
        with socket.socket() as one:
            one.connect_ex(("127.0.0.1", 9))

    def dies(path: Path) -> None:
        os._exit(3)

    return {"hang": hang, "crash": crash, "memory": memory, "opens": opens, "writes": writes, "calls": calls, "dies": dies}[kind]


def read_one(read: Callable[[Path], object], path: Path, watch: Watch) -> str:
    """What is wrong with how an input was read, "" if nothing."""
    try:
        with watch.watching():
            read(path)
    except TrackerError as error:
        said = str(error)
        if not said.strip() or len(said) > 20_000:
            return f"a message of {len(said)} characters"
    except Exception:
        return traceback.format_exc()
    return "; ".join(sorted(set(watch.seen)))


def work(seed: int, n: int, start: int, folder: Path, port: int, planted: str = "", only: str = "") -> None:
    """The process that reads: one JSON line when it begins an input, one when it is done."""
    resource.setrlimit(resource.RLIMIT_AS, (6 * MEMORY, 6 * MEMORY))
    found = dict.fromkeys(SHARES, plant(planted)) if planted else readers()
    watch = Watch([folder, Path(tracker.__file__).parents[1] / "sources.yaml", Path(tracker.__file__).parent, Path(sys.prefix), Path(sys.base_prefix),
                   Path("/usr/share/zoneinfo"), Path(np_file()).parents[1]])
    for kind, read in [] if planted else found.items():  # whatever is loaded late is loaded now
        warm = folder / f"warm-{kind}.txt"
        warm.write_bytes(sample_of(kind))
        read(warm)
    for item in made_inputs(seed, n, start=start, port=port, only=only):
        path = put(folder, item)
        _say(begin=item.number)
        since, before = time.process_time(), _peak()
        fault = read_one(found[item.kind], path, watch)
        _say(done=item.number, kind=item.kind, seconds=round(time.process_time() - since, 3), peak=_peak(), grown=_peak() - before, fault=fault)
        if not item.name.startswith("files/"):
            path.unlink()


def np_file() -> str:
    """Where installed packages lie."""
    import numpy

    return str(numpy.__file__)


def put(folder: Path, item: Input) -> Path:
    """The input as a file, with a link beside an attack that points out of the folder."""
    path = folder / item.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(item.raw)
    if item.name.startswith("attack/") and not (path.parent / "link.txt").is_symlink():
        (path.parent / "link.txt").symlink_to(folder.parent / "secret.txt")
    return path


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _say(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


@dataclass
class Outcome:
    """What a run found."""

    read: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_number: int = -1
    peak: int = 0

    def lines(self) -> str:
        """The figures for people."""
        kinds = ", ".join(f"{k} {self.read[k]}" for k in SHARES)
        return (f"{sum(self.read.values())} inputs read ({kinds}); {len(self.faults)} faults; "
                f"slowest {self.slowest:.2f} s of processor time (number {self.slowest_number}); most memory {self.peak / (1 << 20):.0f} MiB\n"
                + "".join(f"--- {f}\n" for f in self.faults))


def run(seed: int, n: int, folder: Path, *, seconds: float = SECONDS, planted: str = "", only: str = "") -> Outcome:
    """Read `n` inputs in processes of their own, each watched; `planted`: with a fault that must be seen; `only`: of one kind."""
    out = Outcome()
    inputs = folder / "inputs"
    inputs.mkdir()
    (folder / "secret.txt").write_text(f"{CANARY} root:x:0:0 " * 50, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        start = 0
        while start < n:
            start = _watched(_command(seed, n, start, inputs, server.getsockname()[1], planted, only), start, n, seconds, out)
        try:
            server.accept()[0].close()
            out.faults.append("somebody called the server whose address is in the inputs")
        except BlockingIOError:
            pass
    return out


def _command(seed: int, n: int, start: int, folder: Path, port: int, planted: str, only: str) -> list[str]:
    return [sys.executable, __file__, "--work", str(folder), "--inputs", str(n), "--seed", str(seed), "--start", str(start), "--port", str(port),
            "--plant", planted, "--only", only]


def _watched(command: list[str], start: int, n: int, seconds: float, out: Outcome) -> int:
    """One process from input `start` on; gives the input to go on with after it ended."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        current, lines = -1, _lines(process, lambda: seconds if current >= 0 else STARTED)
        try:
            for said in lines:
                if said is None:
                    process.kill()
                    out.faults.append(f"input {current}: over {seconds:g} s" if current >= 0 else "the process did not start")
                    return current + 1 if current >= 0 else n
                if "begin" in said:
                    current = said["begin"]
                    continue
                _note(said, out)
                if said["peak"] > MEMORY:  # the process keeps its peak: a fresh one for the next
                    process.kill()
                    return int(said["done"]) + 1
                start, current = said["done"] + 1, said["done"] + 1 if said["done"] + 1 < n else -1
        finally:
            if process.poll() is None and current >= 0:
                process.kill()
        code = process.wait()
        if code and start < n:
            out.faults.append(f"input {start}: the process ended with {code}")
            return start + 1
        return n


def _note(said: dict[str, Any], out: Outcome) -> None:
    out.read[said["kind"]] += 1
    if said["seconds"] > out.slowest:
        out.slowest, out.slowest_number = said["seconds"], said["done"]
    out.peak = max(out.peak, said["peak"])
    if said["peak"] > MEMORY:
        out.faults.append(f"input {said['done']} ({said['kind']}): memory of {said['peak'] / (1 << 20):.0f} MiB, grown by {said['grown'] / (1 << 20):.0f}")
    if said["fault"]:
        out.faults.append(f"input {said['done']} ({said['kind']}): {said['fault'].strip()}")


def _lines(process: subprocess.Popen[bytes], patience: Callable[[], float]) -> Iterator[dict[str, Any] | None]:
    """JSON lines that a process says; None when none came within so many seconds of its processor time, or WAIT times as long by the clock."""
    assert process.stdout is not None
    pipe, waiting = process.stdout.fileno(), b""
    heard, used = time.monotonic(), _used(process.pid)
    while True:
        ready, _, _ = select.select([pipe], [], [], 0.5)
        if not ready:
            if _used(process.pid) - used > patience() or time.monotonic() - heard > WAIT * patience():
                yield None
                return
            continue
        more = os.read(pipe, 1 << 16)
        if not more:
            return
        heard, used = time.monotonic(), _used(process.pid)
        *whole, waiting = (waiting + more).split(b"\n")
        yield from (json.loads(line) for line in whole if line.startswith(b"{"))


def _used(pid: int) -> float:
    """Seconds of processor time that a process of ours has used."""
    try:
        cells = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")


def show(seed: int, n: int, number: int, only: str) -> None:
    """Read one input in this process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "inputs"
        (folder.parent / "secret.txt").write_text(CANARY, encoding="utf-8")
        item = next(made_inputs(seed, n, start=number, only=only))
        path = put(folder, item)
        sys.stdout.write(f"{item.kind} {item.name}, {len(item.raw)} bytes, begins {item.raw[:200]!r}\n")
        since = time.monotonic()
        try:
            readers()[item.kind](path)
        finally:
            sys.stdout.write(f"{time.monotonic() - since:.2f} s\n")


def main() -> int:
    """Run it from the command line."""
    args = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    args.add_argument("--inputs", type=int, default=10_000)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--show", type=int, metavar="NUMBER")
    args.add_argument("--atheris", type=int, metavar="SECONDS")
    for hidden in ("--start", "--port"):
        args.add_argument(hidden, type=int, default=0, help=argparse.SUPPRESS)
    args.add_argument("--only", choices=["", *SHARES], default="", metavar="KIND", help="inputs of one kind: " + ", ".join(SHARES))
    for hidden in ("--work", "--plant"):
        args.add_argument(hidden, default="", help=argparse.SUPPRESS)
    asked = args.parse_args()
    if asked.work:
        work(asked.seed, asked.inputs, asked.start, Path(asked.work), asked.port, asked.plant, asked.only)
        return 0
    if asked.show is not None:
        show(asked.seed, asked.inputs, asked.show, asked.only)
        return 0
    if asked.atheris:
        from fuzz_guided import run_all

        return run_all(asked.atheris)
    since = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found = run(asked.seed, asked.inputs, Path(folder), only=asked.only)
    sys.stdout.write(found.lines() + f"{time.monotonic() - since:.0f} s\n")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
