"""One-coin Dawid-Skene: A. P. Dawid, A. M. Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm", Applied Statistics
28(1), 1979, with one accuracy a party for all values."""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.accu import bounded
from tracker.score.fusion.table import Table, over
from tracker.score.rounds import Fused, Reals, Stop, iterate


def dawid_skene(table: Table, *, stop: Stop, start: float = 0.8) -> Fused:
    """EM for accuracies when errors fall evenly on the other values that anybody says of the item (at least one other). Belief: the posterior.

    An item with one value has belief 1 and so speaks for those who say it; items whose values are equally likely beforehand.
    """
    others = np.log(np.maximum(table.per_item(np.ones(table.facts)) - 1, 1.0))[table.item]

    def step(trust: Reals) -> tuple[Reals, Reals]:
        accuracy = bounded(trust)
        belief = table.odds_shares(table.says @ np.log(accuracy / (1 - accuracy)) + table.voices * others)
        return belief, over(table.said @ belief, table.output)

    return iterate(step, np.full(table.parties, start), stop)
