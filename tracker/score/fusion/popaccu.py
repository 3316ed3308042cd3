"""PopAccu: X. L. Dong, B. Saha, D. Srivastava, "Less is more: selecting sources wisely for integration", PVLDB 6(2), 2012."""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.accu import bounded
from tracker.score.fusion.table import Table, over
from tracker.score.rounds import Fused, Reals, Stop, iterate


def popularity(table: Table, voices: Reals) -> Reals:
    """What the choice among false values adds to each fact's log-likelihood: they are drawn by their popularity among those who do not say it."""
    rest = table.per_item(voices)[table.item] - voices
    return np.asarray(-_x_ln_x(voices) - _x_ln_x(np.maximum(rest, 0.0)))


def popaccu(table: Table, *, stop: Stop, start: float = 0.8) -> Fused:
    """As Accu, but how likely a false value is comes from how many say it: a popular error is no surprise. Rivals' beliefs add up to 1."""
    drawn = popularity(table, table.voices)

    def step(trust: Reals) -> tuple[Reals, Reals]:
        accuracy = bounded(trust)
        belief = table.odds_shares(table.says @ np.log(accuracy / (1 - accuracy)) + drawn)
        return belief, over(table.said @ belief, table.output)

    return iterate(step, np.full(table.parties, start), stop)


def _x_ln_x(x: Reals) -> Reals:
    return np.asarray(x * np.log(np.where(x > 0, x, 1.0)))
