"""Kill -9 at random moments of add, judge, rebuild and migrate, and see that nothing is lost.

    python tests/kill_case.py [--kills 200] [--seed 7] [--only add] [--beside]
    python tests/kill_case.py --writers 20 --each 100 [--place postgresql://...]

After every kill: the case opens and passes its checks, every judgement that was acknowledged is there, what was kept before is there, and running the
command again gives the same bytes as a run that nobody killed. With --writers so many processes judge at once, and all must be there once.
With --beside every count has a process beside it, as large cases have. Prints a line a command; exits with 1 at the first fault.
"""
from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from alembic import command

import tracker.pipeline.cases as cases
import tracker.pipeline.runs as runs
import tracker.store.upgrade as upgrades
from tracker.export import to_json
from tracker.judge import make_judgement, write_judgements
from tracker.pipeline.cases import CaseFile
from tracker.store.connect import open_engine
from tracker.store.sql import SqlStore
from tracker.tables import make

ARTICLES = Path(__file__).parents[1] / "examples" / "harbour" / "articles"
WHEN = "2031-03-05T09:30:00Z"
JUDGED = 40

Work = Callable[[str, Callable[[str], None]], None]


def add(place: str, told: Callable[[str], None]) -> None:
    """Add the articles and count."""
    case = CaseFile(place)
    case.add([ARTICLES], at=WHEN)
    case.case()


def judge(place: str, told: Callable[[str], None]) -> None:
    """Keep judgements one by one and tell the id of each."""
    case = CaseFile(place)
    for n in range(JUDGED):
        row = make_judgement("verified", [f"c-{n}"], who="Ines", when=f"2031-03-05T09:30:00.{n:06}Z")
        case.judge(make("judgements", [row]))
        told(row["judgement_id"])


def rebuild(place: str, told: Callable[[str], None]) -> None:
    """Read and count everything again."""
    CaseFile(place).rebuild()


def migrate(place: str, told: Callable[[str], None]) -> None:
    """Open an old case."""
    CaseFile(place).case()


WORK: dict[str, Work] = {"add": add, "judge": judge, "rebuild": rebuild, "migrate": migrate}


def base(folder: Path, name: str) -> Path:
    """The case that the command starts from."""
    place = folder / f"{name}.case"
    case = CaseFile.create(str(place))
    if name != "add":
        case.add([ARTICLES], at=WHEN)
        case.judge(make("judgements", [make_judgement("refuted", ["c-before"], who="Ole", when=WHEN)]))
        case.case()
    case.close()
    if name == "migrate":
        place = old(folder, place)
    settle(place)
    return place


def old(folder: Path, new: Path) -> Path:
    """A case of the first revision with the rows of a new one."""
    place, source = folder / "old.case", SqlStore(str(new))
    engine = open_engine(str(place), create=True, read_only=False)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config = upgrades._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with sqlite3.connect(place) as raw:
        raw.execute("ATTACH ? AS new", (str(new),))
        for table in ("documents", "judgements", "intake", "unread", "aliases"):
            columns = ", ".join(r[1] for r in raw.execute(f"PRAGMA main.table_info({table})"))
            raw.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
        raw.execute("INSERT INTO main.state SELECT * FROM new.state WHERE name IN ('registry', 'nlp')")
    raw.close()
    source.close()
    return place


def settle(place: Path) -> None:
    """All of the case in its one file, so that it can be copied."""
    with sqlite3.connect(place) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def outcome(place: str) -> str:
    """Everything that can be seen of a case."""
    case = CaseFile(place)
    kept = write_judgements(case.store.read("judgements"))
    return to_json(case.case()) + kept + case.store.read("intake").to_csv()


def killed(work: Work, place: str, delay: float) -> tuple[list[str], bool]:
    """Run in a process of its own that is killed after `delay` seconds: what it told, and whether it had ended by itself."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(place, lambda text: (os.write(writing, (text + "\n").encode()), None)[1])
        finally:
            os._exit(0)
    os.close(writing)
    time.sleep(delay)
    ended = os.waitpid(child, os.WNOHANG)[0] != 0
    if not ended:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with os.fdopen(reading) as told:
        return told.read().split(), ended


def run(name: str, kills: int, chance: random.Random) -> str:
    """So many kills of one command; gives a line about them, raises AssertionError at a fault."""
    folder = Path(tempfile.mkdtemp(prefix="kill"))
    try:
        start = base(folder, name)
        whole = folder / "whole.case"
        shutil.copy(start, whole)
        began = time.perf_counter()
        WORK[name](str(whole), lambda text: None)
        length = time.perf_counter() - began
        wanted = outcome(str(whole))
        done = 0
        for n in range(kills):
            place = folder / f"{n}.case"
            shutil.copy(start, place)
            told, ended = killed(WORK[name], str(place), chance.uniform(0, 1.05 * length))
            done += ended
            with sqlite3.connect(place) as raw:
                assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)], f"{name}: kill {n} left a damaged file"
            raw.close()
            store = SqlStore(str(place))
            there = set(store.read("judgements")["judgement_id"])
            store.close()
            lost = set(told) - there
            assert not lost, f"{name}: kill {n} lost {len(lost)} acknowledged judgements"
            WORK[name](str(place), lambda text: None)
            assert outcome(str(place)) == wanted, f"{name}: after kill {n} finishing gave other bytes"
            for left in folder.glob(f"{n}.case*"):
                left.unlink()
        return f"{name:8} {kills} kills within {length:.2f} s, {done} came after its end: nothing lost, same bytes"
    finally:
        shutil.rmtree(folder)


def write_many(place: str, who: int, count: int) -> None:
    """One of the writers."""
    case = CaseFile(place)
    for n in range(count):
        case.judge(make("judgements", [make_judgement("verified", [f"c-{n}"], who=f"writer {who}", when=f"2031-03-05T09:30:00.{n:06}Z")]))


def write_at_once(place: str, *, writers: int, each: int) -> list[int]:
    """Judgements found of each writer after all wrote at once; [-1] if one of them failed."""
    fork = multiprocessing.get_context("fork")
    running = [fork.Process(target=write_many, args=(place, n, each)) for n in range(writers)]
    for process in running:
        process.start()
    for process in running:
        process.join(600)
    if any(process.exitcode for process in running):
        return [-1]
    found = CaseFile(place).store.read("judgements")
    return [int(n) for n in found.groupby("who").size().tolist()]


def main(arguments: list[str] | None = None) -> None:
    """Kill as often as asked, shared out among the commands."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--kills", type=int, default=200)
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--only", choices=WORK)
    ap.add_argument("--beside", action="store_true")
    ap.add_argument("--writers", type=int, default=0)
    ap.add_argument("--each", type=int, default=100)
    ap.add_argument("--place", default="")
    args = ap.parse_args(arguments)
    if args.writers:
        with tempfile.TemporaryDirectory() as folder:
            place = args.place or f"{folder}/x.case"
            CaseFile.create(place).close()
            began = time.perf_counter()
            found = write_at_once(place, writers=args.writers, each=args.each)
            sys.stdout.write(f"{args.writers} writers, {sum(found)} judgements in {time.perf_counter() - began:.0f} s\n")
            sys.exit(0 if found == [args.each] * args.writers else "some are lost, or there twice")
    chance = random.Random(args.seed)
    runs.ASIDE_FROM = 1 if args.beside else runs.ASIDE_FROM  # type: ignore[misc]
    cases.BATCH = 3  # type: ignore[misc]  # more moments at which something is being written
    names = [args.only] if args.only else list(WORK)
    try:
        for n, name in enumerate(names):
            sys.stdout.write(run(name, args.kills // len(names) + (n < args.kills % len(names)), chance) + "\n")
            sys.stdout.flush()
    except AssertionError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
