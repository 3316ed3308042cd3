"""3-Estimates: A. Galland, S. Abiteboul, A. Marian, P. Senellart, "Corroborating information from disagreeing views", WSDM 2010."""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.table import Table, over
from tracker.score.fusion.two_estimates import stretched
from tracker.score.rounds import Fused, Reals, Stop, iterate


def three_estimates(table: Table, *, stop: Stop, error: float = 0.1, hardness: float = 0.4, linear: float = 0.5) -> Fused:
    """As 2-Estimates, but a party errs on a fact with chance error x hardness of the fact; both are estimated in turn.

    Trust is 1 - error. Votes of parties without error say nothing of hardness, votes on facts without hardness nothing of error. `error` and
    `hardness` are where parties and facts start.
    """
    heard = np.asarray(table.speaks.sum(axis=0)).ravel()[table.item]
    state = {"hard": np.full(table.facts, hardness)}

    def step(trust: Reals) -> tuple[Reals, Reals]:
        wrong, hard = 1 - trust, state["hard"]
        agree, oppose = table.says @ wrong, table.opposed(wrong)
        belief = stretched(over(table.voices + hard * (oppose - agree), heard), linear)
        once, some = over(np.ones(table.parties), wrong), (wrong > 0).astype(float)
        hard = over((1 - belief) * (table.says @ once) + belief * table.opposed(once), table.says @ some + table.opposed(some))
        hard = stretched(hard, linear)
        once, some = over(np.ones(table.facts), hard), (hard > 0).astype(float)
        wrong = over(table.said @ ((1 - belief) * once) + table.against(belief * once), table.said @ some + table.against(some))
        state["hard"] = hard
        return belief, 1 - stretched(wrong, linear)

    return iterate(step, np.full(table.parties, 1 - error), stop)
