"""2-Estimates: A. Galland, S. Abiteboul, A. Marian, P. Senellart, "Corroborating information from disagreeing views", WSDM 2010."""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.table import Table, over
from tracker.score.rounds import Fused, Reals, Stop, iterate


def stretched(numbers: Reals, linear: float) -> Reals:
    """The paper's normalisation: stretched to 0-1, mixed with rounding to 0 or 1; all equal numbers stay as they are."""
    low, high = float(np.min(numbers, initial=np.inf)), float(np.max(numbers, initial=-np.inf))
    even = (numbers - low) / (high - low) if high > low else np.clip(numbers, 0.0, 1.0)
    return np.asarray(linear * even + (1 - linear) * np.floor(even + 0.5))


def two_estimates(table: Table, *, stop: Stop, error: float = 0.1, linear: float = 0.5) -> Fused:
    """Who says one value of an item votes against its rivals. Belief: mean over both votes of how right they would be; error: how wrong they were.

    Trust is 1 - error. `error` is where all parties start, `linear` the share of linear stretching in the normalisation.
    """
    heard = np.asarray(table.speaks.sum(axis=0)).ravel()[table.item]
    judged = table.output + table.against(np.ones(table.facts))

    def step(trust: Reals) -> tuple[Reals, Reals]:
        belief = stretched(over(table.says @ trust + table.opposed(1 - trust), heard), linear)
        return belief, 1 - stretched(over(table.said @ (1 - belief) + table.against(belief), judged), linear)

    return iterate(step, np.full(table.parties, 1 - error), stop)
