"""Judge: what people decided about mentions, voices and claims, found again in the tables of today and put beside what the machine found."""
from __future__ import annotations

from tracker.judge.effects import judge_claims, judge_credits, link_constraints
from tracker.judge.files import read_judgements, write_judgements
from tracker.judge.queue import Doubt, rank_doubts
from tracker.judge.resolve import Resolved, resolve_judgements
from tracker.judge.spans import span_of_mention, span_of_voice
from tracker.judge.standing import find_conflicts, standing
from tracker.judge.verdicts import VERDICTS, make_judgement

__all__ = [
    "VERDICTS", "Doubt", "Resolved", "find_conflicts", "judge_claims", "judge_credits", "link_constraints", "make_judgement", "rank_doubts",
    "read_judgements", "resolve_judgements", "span_of_mention", "span_of_voice", "standing", "write_judgements",
]
