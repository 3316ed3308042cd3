"""Majority vote: each value's share of the parties that speak of its item; the floor every other method has to beat."""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.table import Table, over
from tracker.score.rounds import Fused, Reals, Stop, iterate


def vote(table: Table, *, stop: Stop) -> Fused:
    """Belief: share of votes; trust: mean share of what the party says. Nothing changes after the first round."""

    def step(trust: Reals) -> tuple[Reals, Reals]:
        belief = table.shares(table.voices)
        return belief, over(table.said @ belief, table.output)

    return iterate(step, np.ones(table.parties), stop)
