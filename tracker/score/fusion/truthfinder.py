"""TruthFinder: X. Yin, J. Han, P. S. Yu, "Truth discovery with multiple conflicting information providers on the web", IEEE TKDE 20(6), 2008."""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.table import Table, over
from tracker.score.rounds import Fused, Reals, Stop, iterate

MOST = 1 - 1e-12  # trust of 1 has no logarithm


def truthfinder(table: Table, *, stop: Stop, start: float = 0.9, dampen: float = 0.3, influence: float = 0.5, rival: float = -0.5) -> Fused:
    """Belief: logistic of the summed -ln(1 - trust) and of `influence` times `rival` of each rival's sum; trust: mean belief of what is said.

    `rival` is the paper's implication between two values of one item: similarity less a base of .5, and plain codes have no similarity.
    """

    def step(trust: Reals) -> tuple[Reals, Reals]:
        score = table.says @ -np.log1p(-np.minimum(trust, MOST))
        score = score + influence * rival * (table.per_item(score)[table.item] - score)
        belief = 1 / (1 + np.exp(-dampen * np.clip(score, -1e3, 1e3)))
        return belief, over(table.said @ belief, table.output)

    return iterate(step, np.full(table.parties, start), stop)
