"""PooledInvestment: J. Pasternack, D. Roth, "Knowing what to believe (when you already know something)", COLING 2010, section 4.2."""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.table import Table, over, scaled
from tracker.score.rounds import Fused, Reals, Stop, iterate


def pooled_investment(table: Table, *, stop: Stop, growth: float = 1.4) -> Fused:
    """As Investment, but what an item's facts grow to is scaled so that rivals share what was put into the item: H * H^g / sum of H^g over rivals."""

    def step(trust: Reals) -> tuple[Reals, Reals]:
        stake = over(trust, table.output)
        pool = table.says @ stake
        belief = pool * table.shares(pool**growth)
        return belief, scaled(stake * (table.said @ over(belief, pool)))

    return iterate(step, np.ones(table.parties), stop)
