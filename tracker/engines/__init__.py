"""The engines room: where the work of a stage runs. One verb, `spread`; the same bytes from every engine. Beside them Aside, for work meanwhile."""
from __future__ import annotations

from collections.abc import Callable

from tracker.engines.aside import Aside
from tracker.engines.base import Engine
from tracker.engines.local import LocalEngine
from tracker.engines.pool import PoolEngine
from tracker.engines.recall import RecallEngine
from tracker.errors import UsageError

ENGINES = ("local", "pool")

__all__ = ["ENGINES", "Aside", "Engine", "LocalEngine", "PoolEngine", "RecallEngine", "engine_named"]


def engine_named(name: str | Engine = "local", *, workers: int = 0, prepare: Callable[[], object] | None = None) -> Engine:
    """The engine of that name; an engine is handed back as it is.

    workers: processes of a pool, 0 is one a core. prepare: run once in every process before its first work, to load what all work needs.
    Raises UsageError for a name nobody has.
    """
    if not isinstance(name, str):
        return name
    if name == "local":
        return LocalEngine()
    if name == "pool":
        return PoolEngine(workers=workers, prepare=prepare)
    raise UsageError(f"there is no engine {name!r}; the engines are {' and '.join(ENGINES)}")
