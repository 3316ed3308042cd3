"""Every engine gives the same bytes, however it cuts."""
from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tracker.collector import no_collector
from tracker.engines import Aside, Engine, LocalEngine, PoolEngine, engine_named
from tracker.engines.base import cut
from tracker.errors import UsageError

FRAME = pd.DataFrame({"block": [f"b{(n * 7) % 11}" for n in range(60)], "n": range(60)})
LOADED: list[str] = []


def sums(frame: pd.DataFrame, *, times: int) -> pd.DataFrame:
    """Work whose result is right only when a block stays together."""
    return (frame.groupby("block", as_index=False)["n"].sum()).assign(n=lambda f: f["n"] * times)


def prepare() -> None:
    LOADED.append("pipeline")


def loaded(frame: pd.DataFrame) -> tuple[int, list[str]]:
    return os.getpid(), list(LOADED)


def fail(frame: pd.DataFrame) -> None:
    raise ValueError("work went wrong")


def die(frame: pd.DataFrame) -> None:
    os._exit(3)


def linger(frame: pd.DataFrame, *, folder: str) -> None:
    (Path(folder) / f"{os.getpid()}.pid").touch()
    time.sleep(300)


def linger_in(frame: pd.DataFrame, folder: str) -> None:
    linger(frame, folder=folder)


@pytest.fixture(scope="module")
def pool() -> Iterator[Engine]:
    engine = PoolEngine(workers=2, prepare=prepare)
    yield engine
    engine.close()


def double(n: Any) -> Any:
    return 2 * n


def die_there(parent: int) -> str:
    """Ends any process but the one that asks."""
    if os.getpid() != parent:
        os._exit(3)
    return "done here"


def test_work_aside_is_done_meanwhile_and_survives_the_process() -> None:
    """Results come in any order of asking for them, errors are raised where they are asked for, and a process that dies costs no work."""
    aside = Aside(prepare)
    try:
        one, who, wrong, two = aside.ask(double, 4), aside.ask(loaded, FRAME), aside.ask(fail, FRAME), aside.ask(double, 5)
        assert (two(), one()) == (10, 8)
        assert who()[0] != os.getpid() and who()[1] == ["pipeline"]
        with pytest.raises(ValueError, match="went wrong"):
            wrong()
        dying = aside.ask(die_there, os.getpid())
        assert dying() == "done here"
        assert aside.ask(double, 6)() == 12  # nobody is there any more
    finally:
        aside.close()


@pytest.mark.parametrize("shared", [True, False])
def test_large_values_go_to_the_process_aside_and_back(monkeypatch: pytest.MonkeyPatch, shared: bool) -> None:
    """By memory that both processes reach, or where there is none through the pipe; given back when it was read, and at the end."""
    if not shared:
        monkeypatch.delattr("os.memfd_create", raising=False)
    aside = Aside()
    try:
        large = "x" * 3_000_000
        one, two, never = aside.ask(double, large), aside.ask(double, [large]), aside.ask(double, 7)
        assert two() == [large, large] and one() == 2 * large and one() == 2 * large
        assert not hasattr(os, "memfd_create") or on_shelves() == 1  # what nobody asked for yet
    finally:
        aside.close()
    assert on_shelves() == 0
    assert never() == 14  # asked for too late: done here


def test_memory_that_the_process_aside_cannot_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a process may not look at another's files the work is done here."""
    from tracker.engines.aside import _Shelf

    put = _Shelf.put
    hidden = "/proc/self/fd/no such file"
    monkeypatch.setattr(_Shelf, "put", lambda self, value: (put(self, value), setattr(self, "place", hidden))[0])
    aside = Aside()
    try:
        assert aside.ask(double, 4)() == 8
    finally:
        aside.close()


def on_shelves() -> int:
    """Pieces of memory that this process holds for the one beside it."""
    held = [str(f.readlink()) for f in list(Path("/proc/self/fd").iterdir()) if f.is_symlink()] if Path("/proc/self/fd").is_dir() else []
    return len([name for name in held if "memfd:tracker" in name])


def test_work_aside_that_nobody_wants_is_broken_off(tmp_path: Path) -> None:
    """Closing does not wait for work that would take five minutes, and leaves no process behind."""
    aside = Aside()
    aside.ask(linger_in, FRAME, str(tmp_path))
    while not (found := list(tmp_path.glob("*.pid"))):
        time.sleep(0.05)
    aside.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(found[0].stem), 0)


def together(engine: Engine, *, watched: bool) -> bytes:
    seen: list[tuple[int, int]] = []
    parts = engine.spread(partial(sums, times=3), FRAME, "block", done=(lambda a, b: seen.append((a, b))) if watched else None)
    assert not watched or seen[-1] == (60, 60)
    return pd.concat(parts).sort_values("block").to_csv(index=False).encode()


@pytest.mark.parametrize("watched", [True, False])
def test_pool_gives_the_bytes_of_local(pool: Engine, watched: bool) -> None:
    """How work is cut, and where it runs, does not matter."""
    assert together(pool, watched=watched) == together(LocalEngine(), watched=watched) == together(LocalEngine(), watched=False)


def test_each_process_prepares_once(pool: Engine) -> None:
    """The language pipeline is loaded once a process, not once a part, and not in this one."""
    found = pool.spread(loaded, FRAME, "block")
    assert len(found) > 2
    assert {tuple(what) for _, what in found} == {("pipeline",)}
    assert os.getpid() not in {pid for pid, _ in found}


@pytest.mark.parametrize("parts", [1, 2, 5, 100])
def test_equal_keys_stay_together(parts: int) -> None:
    """No key is in two parts, and no row is lost."""
    made = cut(FRAME, "block", parts)
    assert sum(len(p) for p in made) == 60
    assert sum(p["block"].nunique() for p in made) == FRAME["block"].nunique()
    assert len(made) <= parts


def test_an_empty_frame_is_worked_on_too(pool: Engine) -> None:
    """A stage without rows still gives its empty tables."""
    assert [len(f) for f in pool.spread(partial(sums, times=1), FRAME.head(0), "block")] == [0]


def test_a_fault_in_the_work_comes_out(pool: Engine) -> None:
    """An exception of a worker is raised here, and the engine works again afterwards."""
    with pytest.raises(ValueError, match="work went wrong"):
        pool.spread(fail, FRAME, "block")
    assert together(pool, watched=False) == together(LocalEngine(), watched=False)


def test_a_dead_process_says_what_to_do() -> None:
    """A worker killed by the system is no traceback."""
    with pytest.raises(UsageError, match="fewer --workers"):
        PoolEngine(workers=1).spread(die, FRAME, "block")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes under /proc")
def test_who_is_killed_leaves_no_processes_behind(tmp_path: Path) -> None:
    """Workers of a process that was killed end by themselves, also in the middle of a part."""
    work = f"t.partial(t.linger, folder={str(tmp_path)!r})"
    code = f"if __name__ == '__main__':\n import test_engines as t\n t.PoolEngine(workers=2).spread({work}, t.FRAME, 'block')"
    script = tmp_path / "run.py"
    script.write_text(code, encoding="utf-8")
    parent = subprocess.Popen([sys.executable, str(script)], env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)})
    until(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
    parent.kill()
    parent.wait()
    until(lambda: not any(runs(int(p.stem)) for p in tmp_path.glob("*.pid")))


def until(true: Callable[[], bool]) -> None:
    """Wait for something that must come; a machine may be slow, so a minute."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def runs(pid: int) -> bool:
    """A process of that number is there and not only waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_engines_by_name() -> None:
    """Names give engines, an engine gives itself, and a wrong name says which there are."""
    mine = LocalEngine()
    assert (engine_named("local").name, engine_named("pool", workers=3).name) == ("local", "pool")
    assert engine_named(mine) is mine
    with pytest.raises(UsageError, match="local and pool"):
        engine_named("cloud")
    with pytest.raises(UsageError, match="1 or more"):
        engine_named("pool", workers=-1)


def test_the_collector_rests_inside_a_block_and_not_after_it() -> None:
    """Also in a block inside a block, after an error, and where it rested before."""
    with suppress(ValueError), no_collector():
        with no_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()
    gc.disable()
    try:
        with no_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
