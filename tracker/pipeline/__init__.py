"""The only place that knows the order: paths to articles to a finished Case (runs), and cases that are kept (cases)."""
from __future__ import annotations

from tracker.pipeline.runs import build, load_registry, read_articles, why

__all__ = ["build", "load_registry", "read_articles", "why"]
