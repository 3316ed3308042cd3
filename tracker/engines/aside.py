"""One more process beside this one, for work whose result is not wanted at once."""
from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any, Final

from tracker.engines.pool import prepared

PATIENCE: Final = 0.02  # seconds


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

    def ask(self, work: Callable[..., Any], *args: Any) -> Callable[[], Any]:
        """A function that waits for the result; what the work raises, it raises."""
        here = partial(work, *args)
        try:
            self._last = future = self._pool.submit(work, *args)
        except BrokenProcessPool:
            return here
        _hand_over(future)

        def result() -> Any:
            try:
                return future.result()
            except BrokenProcessPool:
                return here()

        return result

    def close(self) -> None:
        """End the process, if need be in the middle of work that nobody waits for any more, or of loading."""
        if not self._last.done():
            for process in self._processes:
                process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _hand_over(future: Future[Any]) -> None:
    """Let the threads that pass work on have their turn: beside long calls of a busy process they wait for seconds. Not long, since others may be before."""
    until = time.monotonic() + PATIENCE
    while not future.running() and not future.done() and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(0.005)  # it is taken; now it is packed and sent


def _prepared(prepare: Callable[[], object] | None) -> None:
    """What the process does first. It ends with one count, so it need not look for circles of objects."""
    gc.disable()
    prepared(prepare)
