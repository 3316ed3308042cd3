"""Accu: X. L. Dong, L. Berti-Equille, D. Srivastava, "Integrating conflicting data: the role of source dependence", PVLDB 2(1), 2009, without its
step for copying."""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.table import Table, over
from tracker.score.rounds import Fused, Reals, Stop, iterate

EDGE = 1e-6  # accuracies stay this far from 0 and 1, whose log-odds are infinite


def bounded(accuracy: Reals) -> Reals:
    """The accuracies within their bounds."""
    return np.clip(accuracy, EDGE, 1 - EDGE)


def accu(table: Table, *, stop: Stop, start: float = 0.8, false_values: float = 10.0) -> Fused:
    """Belief: chance that the value is the item's true one if parties err independently, each false value of `false_values` alike; trust: mean belief.

    Values nobody says keep their share: an item with one value is not certain.
    """
    unseen = np.maximum(false_values + 1 - table.per_item(np.ones(table.facts)), 0.0)

    def step(trust: Reals) -> tuple[Reals, Reals]:
        accuracy = bounded(trust)
        belief = table.odds_shares(table.says @ np.log(false_values * accuracy / (1 - accuracy)), unseen)
        return belief, over(table.said @ belief, table.output)

    return iterate(step, np.full(table.parties, start), stop)
