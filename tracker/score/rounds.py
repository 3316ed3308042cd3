"""When an iteration stops: the rule is handed in, and every method runs under the same loop."""
from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

Step = Callable[[Reals], tuple[Reals, Reals]]
"""One round: the trust per party of the round before to the beliefs it gives and the trust that follows from them."""

Stop = Callable[[int, Reals, Reals], bool]
"""Whether to stop after this many rounds, given the trust before and after the last of them."""


class Fused(NamedTuple):
    """Trust per party, belief per fact (party and fact codes of the table), and the rounds it took."""

    trust: Reals
    belief: Reals
    rounds: int


def after(rounds: int) -> Stop:
    """Stop after so many rounds (at least one is always run)."""
    return lambda done, before, now: done >= rounds


def settled(tolerance: float = 1e-6, at_most: int = 100) -> Stop:
    """Stop when no party's trust moved by more than the tolerance in the last round, or after `at_most` rounds."""
    return lambda done, before, now: done >= at_most or float(np.max(np.abs(now - before), initial=0.0)) <= tolerance


def iterate(step: Step, trust: Reals, stop: Stop) -> Fused:
    """Rounds from a starting trust until the rule says stop."""
    done = 0
    while True:
        before = trust
        belief, trust = step(before)
        done += 1
        if stop(done, before, trust):
            return Fused(trust, belief, done)
