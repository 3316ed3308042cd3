"""Average.Log: J. Pasternack, D. Roth, "Knowing what to believe (when you already know something)", COLING 2010, section 4.1."""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.table import Table, over, scaled
from tracker.score.rounds import Fused, Reals, Stop, iterate


def average_log(table: Table, *, stop: Stop) -> Fused:
    """As Sums, but trust is the mean belief of what a party says times the logarithm of how much it says; who says one thing has none."""
    weight = over(np.log(np.maximum(table.output, 1.0)), table.output)

    def step(trust: Reals) -> tuple[Reals, Reals]:
        belief = scaled(table.says @ trust)
        return belief, scaled(weight * (table.said @ belief))

    return iterate(step, np.ones(table.parties), stop)
