"""Trace: who took a claim from whom, how many independent origins stand behind it, and what it hangs on."""
from __future__ import annotations

from tracker.trace.copies import Copied, copied_articles
from tracker.trace.origins import Traced, trace_origins
from tracker.trace.recount import recount_claims, second_days
from tracker.trace.ties import trace_ties
from tracker.trace.unchanged import OF_CLAIMS, Earlier
from tracker.trace.voices import resolve_voices
from tracker.trace.whole import begin_trace, trace_case

__all__ = ["OF_CLAIMS", "Copied", "Earlier", "Traced", "begin_trace", "copied_articles", "recount_claims", "resolve_voices", "second_days", "trace_case",
           "trace_origins", "trace_ties"]
