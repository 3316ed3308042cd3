"""Ask: questions over finished Cases: what changed, what happened when, what is weak, what to chase, and what a part switched off would do."""
from __future__ import annotations

from tracker.ask.changes import compare_cases





__all__ = ["compare_cases"]
