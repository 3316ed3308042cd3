"""Our own default: parties that depend on each other count as one, false values may be popular, and trust starts from everybody's mean.

Three things are ours: groups of dependent parties are found first (tracker.score.fusion.dependence); who says little is trusted like the average
party (two statements' worth of it); and how false statements of an item fall on its values is a law whose numbers are read off the data
(tracker.score.fusion.errors; .parts for values that are lists). Where the kinds of questions are known, a party's accuracy on each comes from whom the
others bear out (tracker.score.fusion.duels).
"""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.accu import bounded
from tracker.score.fusion.dependence import DEFAULTS, CopySettings, dependent_groups, merge
from tracker.score.fusion.duels import by_kind, levelled, rings
from tracker.score.fusion.errors import Gathering, Law
from tracker.score.fusion.parts import Lists
from tracker.score.fusion.table import Ints, Table, over
from tracker.score.rounds import Fused, Reals, Stop, iterate

NOBODY = -1e300  # log-odds of a value that no group gives once its copies count as one
FEWEST = 1e-3  # accuracies that weigh duels stay this far from 0 and 1


def merged(table: Table, *, stop: Stop, start: float = 0.8, prior: float = 2.0, looks: int = 3, groups: Ints | None = None,
           settings: CopySettings = DEFAULTS) -> Fused:
    """Belief: chance of the value when each group errs on its own, rivals' beliefs adding up to 1; trust: mean belief of what the party says itself.

    `groups` gives the group of each party when it is known. `prior` counts statements of average trust added to each group's own: on Book and Flight
    2 and 5 gave the same. `looks`: how often the kinds of question are gone through, each time with the beliefs of the time before; only if known.
    """
    one = merge(table, dependent_groups(table, settings=settings) if groups is None else groups)
    law: Law = Gathering(one) if one.parts is None else Lists(one)
    voiced = one.voices > 0

    def trusted(which: Table, belief: Reals) -> Reals:
        total = which.said @ belief
        return over(total + prior * float(total.sum()) / max(float(which.output.sum()), 1.0), which.output + prior)

    def believed(for_it: Reals) -> Reals:
        belief = one.odds_shares(np.where(voiced, for_it + law.errors(), NOBODY))
        law.learn(belief)
        return belief

    def step(trust: Reals) -> tuple[Reals, Reals]:
        belief = believed(one.says @ _log_odds(bounded(trust)))
        return belief, trusted(one, belief)

    found = iterate(step, np.full(one.parties, start), stop)
    belief, rounds = found.belief, found.rounds
    if one.kind is not None and one.items and one.kind.max() > 0:
        odds = _log_odds(np.clip(found.trust, FEWEST, 1 - FEWEST))
        kinds, wheres = int(one.kind.max()) + 1, rings(one, one.kind)
        cell = one.party * kinds + one.kind[one.item[one.fact]]
        output = np.bincount(cell, minlength=one.parties * kinds).reshape(one.parties, kinds).astype(float)

        def kind_step(trust: Reals) -> tuple[Reals, Reals]:
            own = _log_odds(bounded(trust))
            belief = believed(np.bincount(one.fact, own[cell], minlength=one.facts).astype(float))
            right = np.bincount(cell, belief[one.fact], minlength=len(own)).reshape(output.shape).astype(float)
            return belief, (1 / (1 + np.exp(-levelled(own.reshape(output.shape), output, right)))).ravel()

        for _ in range(looks):
            again = iterate(kind_step, (1 / (1 + np.exp(-by_kind(wheres, odds, belief, kinds)))).ravel(), stop)
            belief, rounds = again.belief, rounds + again.rounds
    return Fused(trusted(table, belief), belief, rounds)


def _log_odds(chance: Reals) -> Reals:
    return np.asarray(np.log(chance / (1 - chance)))
