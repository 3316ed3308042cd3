"""Our own default: parties that depend on each other count as one, false values may be popular, and trust starts from everybody's mean.

Three things are ours: groups of dependent parties are found first (tracker.score.fusion.dependence); who says little is trusted like the average
party (two statements' worth of it); and how false statements of an item fall on its values follows Ewens's sampling formula (W. J. Ewens, "The
sampling theory of selectively neutral alleles", Theor. Popul. Biol. 3, 1972), whose one number is read off the data. At a small number errors gather on a
few popular values, as PopAccu has it; at a large one they scatter, as Accu has it. PopAccu's own plug-in popularity overfits items with few
voices: on made data with six voices an item it fell from .94 to .80.
"""
from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from tracker.score.fusion.accu import bounded
from tracker.score.fusion.dependence import DEFAULTS, CopySettings, dependent_groups, merge
from tracker.score.fusion.table import Ints, Table, over
from tracker.score.rounds import Fused, Reals, Stop, iterate

LEAST, MOST = 0.02, 1000.0  # bounds of Ewens's number: nearly all errors alike, nearly all different
NOBODY = -1e300  # log-odds of a value that no group gives once its copies count as one


def merged(table: Table, *, stop: Stop, start: float = 0.8, prior: float = 2.0, groups: Ints | None = None, settings: CopySettings = DEFAULTS) -> Fused:
    """Belief: chance of the value when each group errs on its own, rivals' beliefs adding up to 1; trust: mean belief of what the party says itself.

    `groups` gives the group of each party when it is known. `prior` counts statements of average trust added to each group's own: on Book and Flight
    2 and 5 gave the same.
    """
    one = merge(table, dependent_groups(table, settings=settings) if groups is None else groups)
    voiced = one.voices > 0
    values, rest = one.per_item(voiced.astype(float))[one.item] - 1, (one.per_item(one.voices)[one.item] - one.voices).astype(np.int64)
    upto = np.arange(int(np.max(rest, initial=0)) + 1)
    drawn = gammaln(np.maximum(one.voices, 1))
    drawn = one.per_item(drawn)[one.item] - drawn
    state = {"scatter": scatter(one, one.winners(one.voices))}

    def trusted(which: Table, belief: Reals) -> Reals:
        total = which.said @ belief
        return over(total + prior * float(total.sum()) / max(float(which.output.sum()), 1.0), which.output + prior)

    def step(trust: Reals) -> tuple[Reals, Reals]:
        accuracy, spread = bounded(trust), state["scatter"]
        errors = values * np.log(spread) + drawn - gammaln(spread + upto)[rest] + gammaln(spread)
        belief = one.odds_shares(np.where(voiced, one.says @ np.log(accuracy / (1 - accuracy)) + errors, NOBODY))
        state["scatter"] = scatter(one, belief)
        return belief, trusted(one, belief)

    found = iterate(step, np.full(one.parties, start), stop)
    return Fused(trusted(table, found.belief), found.belief, found.rounds)


def scatter(table: Table, belief: Reals) -> float:
    """Ewens's number from how often two false statements of one item coincide, which happens with chance 1 / (1 + it); one even pair is added."""
    false, own = table.voices * (1 - belief), table.voices * (1 - belief) ** 2
    pairs = float(np.sum(table.per_item(false) ** 2 - table.per_item(own)))
    same = float(np.sum(false**2 - own))
    return float(np.clip((pairs + 1) / (same + 0.5) - 1, LEAST, MOST))
