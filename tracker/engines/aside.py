"""One more process beside this one, for work whose result is not wanted at once."""
from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any

from tracker.engines.pool import prepared


class Aside:
    """A process that works through what it is asked in the order of asking, and is started when this is made.

    `ask` fits `model.Ask`: work must be pure and importable, and arguments and results must be values that can be sent. Should the process die, its
    work is done here. prepare: run once in the process before its first work.
    """

    def __init__(self, prepare: Callable[[], object] | None = None) -> None:
        # Spawned and not forked, as in the pool.
        self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=prepared, initargs=(prepare,))
        self.ask(_nothing)

    def ask(self, work: Callable[..., Any], *args: Any) -> Callable[[], Any]:
        """A function that waits for the result; what the work raises, it raises."""
        here = partial(work, *args)
        try:
            future = self._pool.submit(work, *args)
        except BrokenProcessPool:
            return here

        def result() -> Any:
            try:
                return future.result()
            except BrokenProcessPool:
                return here()

        return result

    def close(self) -> None:
        """End the process; work not yet begun is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _nothing() -> None:
    """The process is started for it."""
