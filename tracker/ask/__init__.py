"""Ask: questions over finished Cases: what changed, what happened when, what is weak, what to chase, and what a part switched off would do."""
from __future__ import annotations

from tracker.ask.changes import compare_cases
from tracker.ask.gaps import list_gaps
from tracker.ask.revisions import list_revisions
from tracker.ask.timeline import second_origins, trace_timeline
from tracker.ask.weak import list_weak_parties

__all__ = ["compare_cases", "list_gaps", "list_revisions", "list_weak_parties", "second_origins", "trace_timeline"]
