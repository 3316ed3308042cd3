"""Investment: J. Pasternack, D. Roth, "Knowing what to believe (when you already know something)", COLING 2010, section 4.2."""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.table import Table, over, scaled
from tracker.score.rounds import Fused, Reals, Stop, iterate


def investment(table: Table, *, stop: Stop, growth: float = 1.2) -> Fused:
    """Each party spreads its trust evenly over what it says; a fact's pool grows to the power `growth` and pays back by share.

    Starts from trust 1. The largest trust is 1 after every round, else the numbers overflow; beliefs are on no scale and order facts only.
    """

    def step(trust: Reals) -> tuple[Reals, Reals]:
        stake = over(trust, table.output)
        pool = table.says @ stake
        belief = pool**growth
        return belief, scaled(stake * (table.said @ over(belief, pool)))

    return iterate(step, np.ones(table.parties), stop)
