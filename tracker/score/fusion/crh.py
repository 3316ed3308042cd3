"""CRH for plain values (0-1 loss): Q. Li, Y. Li, J. Gao, B. Zhao, W. Fan, J. Han, "Resolving conflicts in heterogeneous data by truth discovery and
source reliability estimation", SIGMOD 2014."""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.table import Table, over
from tracker.score.rounds import Fused, Reals, Stop, iterate

LEAST = 1e-9  # loss of a party that was never wrong: keeps its weight finite


def crh(table: Table, *, stop: Stop) -> Fused:
    """Belief: weighted share of votes; weight: -ln of the party's share in the loss of all, where losses are means over what each party says.

    The truth of an item is its value with the most weight, shared where values tie. Starts from equal weights; trust is the weight.
    """

    def step(trust: Reals) -> tuple[Reals, Reals]:
        belief = table.shares(table.says @ trust)
        loss = np.maximum(over(table.said @ (1 - table.winners(belief)), table.output), LEAST)
        return belief, -np.log(loss / loss.sum())

    return iterate(step, np.ones(table.parties), stop)
