"""The engine that runs parts in processes of this machine."""
from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pandas as pd

from tracker.engines.base import Done, Result, Work, cut
from tracker.errors import UsageError

PARTS_EACH = 8  # parts a process: small enough that the last ones end together, large enough that sending them costs little


class PoolEngine:
    """Runs the parts in a pool of fresh processes, started at the first work and kept for the next.

    Processes are spawned, not forked: a fork copies locks held by numeric threads and is not there on every system. `work` and `prepare`
    must therefore be importable functions, or functools.partial of one.
    """

    name = "pool"

    def __init__(self, *, workers: int = 0, prepare: Callable[[], object] | None = None) -> None:
        if workers < 0:
            raise UsageError(f"the number of workers must be 1 or more (0 is one a core), not {workers}")
        self.workers = workers or multiprocessing.cpu_count()
        self._prepare = prepare
        self._pool: ProcessPoolExecutor | None = None

    def spread(self, work: Work[Result], frame: pd.DataFrame, by: str, *, done: Done | None = None) -> list[Result]:
        """The parts in all processes at once, the results in the order of the parts."""
        parts = cut(frame, by, self.workers * PARTS_EACH)
        results, rows = [], 0
        try:
            for part, result in zip(parts, self._started().map(work, parts), strict=True):
                results.append(result)
                rows += len(part)
                if done is not None:
                    done(rows, len(frame))
        except BrokenProcessPool as error:
            self.close()
            raise UsageError("a worker process died, most likely for want of memory; try again with fewer --workers, or with --workers 1") from error
        except BaseException:
            self.close()
            raise
        return results

    def close(self) -> None:
        """End the processes; work not yet begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.workers, mp_context=spawn, initializer=prepared, initargs=(self._prepare,))
        return self._pool


def prepared(prepare: Callable[[], object] | None) -> None:
    """What a new process does before its first work. Ctrl-C goes to every process of a terminal; the one that asked for the work ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    if prepare is not None:
        prepare()
    gc.freeze()  # what was loaded stays: it is not looked through again and again


def _end_with_parent() -> None:
    """Whoever was killed leaves no processes behind: a worker would finish its part and then wait for the next one for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
