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
        agree, oppose = table.fact_sums(wrong)
        belief = stretched(over(table.voices + hard * (oppose - agree), heard), linear)
        once, some = table.fact_sums(over(np.ones(table.parties), wrong)), table.fact_sums((wrong > 0).astype(float))
        hard = stretched(over((1 - belief) * once[0] + belief * once[1], some[0] + some[1]), linear)
        inverse, some = over(np.ones(table.facts), hard), table.party_sums((hard > 0).astype(float))
        wrong = over(table.said @ ((1 - belief) * inverse) + table.against(belief * inverse), some[0] + some[1])
        state["hard"] = hard
        return belief, 1 - stretched(wrong, linear)

    return iterate(step, np.full(table.parties, 1 - error), stop)
