"""Sums (Hubs and Authorities on statements): J. Pasternack, D. Roth, "Knowing what to believe (when you already know something)", COLING 2010;
after J. Kleinberg, "Authoritative sources in a hyperlinked environment", JACM 46(5), 1999."""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.table import Table, scaled
from tracker.score.rounds import Fused, Reals, Stop, iterate


def sums(table: Table, *, stop: Stop) -> Fused:
    """Belief: sum of the trust of those who say it; trust: sum of the belief of what is said; the largest of each is 1. It favours who says much."""

    def step(trust: Reals) -> tuple[Reals, Reals]:
        belief = scaled(table.says @ trust)
        return belief, scaled(table.said @ belief)

    return iterate(step, np.ones(table.parties), stop)
