"""One more process beside this one, for work whose result is not wanted at once."""
from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from typing import Any, Final

from tracker.engines.pool import prepared

PATIENCE: Final = 0.02  # seconds in which a process that is free has taken what it is asked
PACKING: Final = 0.005  # seconds, one turn of the interpreter's lock: what is taken is packed and sent


class Aside:
    """A process that works through what it is asked in the order of asking, and is started when this is made.

    `ask` fits `model.Ask`: work must be pure and importable, and arguments and results must be values that can be sent. Should the process die, its
    work is done here. prepare: run once in the process before its first work.
    """

    def __init__(self, prepare: Callable[[], object] | None = None) -> None:
        # Spawned and not forked, as in the pool.
        before = set(multiprocessing.active_children())
        self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_prepared, initargs=(prepare,))
        self._last: Future[Any] = self._pool.submit(os.getpid)  # which starts it
        self._processes = set(multiprocessing.active_children()) - before
        self._shelves: set[_Shelf] = set()

    def ask(self, work: Callable[..., Any], *args: Any) -> Callable[[], Any]:
        """A function that waits for the result; what the work raises, it raises."""
        here = partial(work, *args)
        shelf = _Shelf()
        self._shelves.add(shelf)
        try:
            self._last = future = self._pool.submit(_work, shelf.put(here), shelf.place)
        except BrokenProcessPool:
            shelf.close()
            return here
        _hand_over(future)

        @cache
        def result() -> Any:
            try:
                packed = future.result()
                return shelf.take(packed) if packed or (packed is not None and shelf.place) else here()
            except BrokenProcessPool:
                return here()
            finally:
                shelf.close()
                self._shelves.discard(shelf)

        return result

    def close(self) -> None:
        """End the process, if need be in the middle of work that nobody waits for any more, or of loading."""
        if not self._last.done():
            for process in self._processes:
                process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)
        for shelf in self._shelves:
            shelf.close()
        self._shelves.clear()


class _Shelf:
    """Memory that both processes reach, for what is too large for the pipe between them.

    Through the pipe it would go in small pieces, and for each the thread that reads them would wait until this process lets the interpreter go: beside
    long calls a large table is on its way for seconds, and the other process waits with it. Where there is no such memory, the pipe has to do.
    """

    def __init__(self) -> None:
        self._fd = os.memfd_create("tracker") if hasattr(os, "memfd_create") else -1  # gone when the last process that holds it ends, however it ends
        self.place = f"/proc/{os.getpid()}/fd/{self._fd}" if self._fd >= 0 else ""

    def put(self, value: object) -> bytes:
        """The value packed; empty when it lies on the shelf."""
        return _put(value, self.place)

    def take(self, packed: bytes) -> Any:
        """The value that was packed, here or by the other process."""
        return _take(packed, self.place)

    def close(self) -> None:
        """Give the memory back."""
        if self.place:
            os.close(self._fd)
            self.place = ""


def _put(value: object, place: str) -> bytes:
    packed = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    try:
        with open(place, "wb") as file:  # noqa: PTH123 (a process's own file, not a path)
            file.write(packed)
    except OSError:
        return packed
    return b""


def _take(packed: bytes, place: str) -> Any:
    if packed:
        return pickle.loads(packed)  # noqa: S301 (from the process beside, which is ours)
    with open(place, "rb") as file:  # noqa: PTH123
        return pickle.load(file)  # noqa: S301


def _work(packed: bytes, place: str) -> bytes | None:
    """What the process does for each question; None where it cannot reach the memory that the question lies in."""
    try:
        asked = _take(packed, place)
    except OSError:
        return None
    return _put(asked(), place)


def _hand_over(future: Future[Any]) -> None:
    """Let the threads that pass work on have their turn: beside long calls of a busy process they wait for seconds. Not long, since others may be before."""
    until = time.monotonic() + PATIENCE
    while not future.running() and not future.done() and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(PACKING)


def _prepared(prepare: Callable[[], object] | None) -> None:
    """What the process does first. It ends with one count, so it need not look for circles of objects."""
    gc.disable()
    prepared(prepare)
