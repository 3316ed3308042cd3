"""The registry: who the outlets are, what they are called, and who stands behind them. Text is handed in; no file is read here."""
from __future__ import annotations

from tracker.registry.registry import Registry, extend, parse_registry

__all__ = ["Registry", "extend", "parse_registry"]
