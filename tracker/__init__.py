"""Which claims in a pile of articles have several independent origins, which rest on one, and why.

    from tracker import build, read_articles, to_graph

    case = build(read_articles(["articles/"]))
    case["claims"]      # a pandas table; so are case["mentions"], case["origins"], ...
    to_graph(case)      # a networkx graph
"""
from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.errors import TrackerError
    from tracker.export import to_json
    from tracker.pipeline import build, read_articles
    from tracker.settings import Settings
    from tracker.tables import Case
    from tracker.view.graph import to_graph
    from tracker.view.page import render_page
    from tracker.view.report import claims_table
    from tracker.view.show import show

__version__ = "0.1.0"

__all__ = ["Case", "Settings", "TrackerError", "build", "claims_table", "read_articles", "render_page", "show", "to_graph", "to_json"]

_HOMES = {
    "Case": "tracker.tables", "Settings": "tracker.settings", "TrackerError": "tracker.errors", "build": "tracker.pipeline",
    "claims_table": "tracker.view.report", "read_articles": "tracker.pipeline", "render_page": "tracker.view.page", "show": "tracker.view.show",
    "to_graph": "tracker.view.graph", "to_json": "tracker.export",
}


def __getattr__(name: str) -> Any:
    """Each name is loaded when first used: the language pipeline takes seconds, and `tracker --help` needs none of it."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'tracker' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
