"""The only place that knows the order: paths to articles to a finished Case (runs), and cases that are kept (cases)."""
from __future__ import annotations

from tracker.pipeline.runs import build, days_of_second_origins, load_registry, read_articles, rebuilt_on, recount, why

__all__ = ["build", "days_of_second_origins", "load_registry", "read_articles", "rebuilt_on", "recount", "why"]
