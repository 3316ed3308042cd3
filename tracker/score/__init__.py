"""Score: belief in each claim with the parts that make it, and how each outlet has done."""
from __future__ import annotations

from tracker.score.scores import Scored, ask_oddities, known_scores, score_case

__all__ = ["Scored", "ask_oddities", "known_scores", "score_case"]
