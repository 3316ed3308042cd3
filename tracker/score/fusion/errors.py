"""How false statements fall on the values of an item: what the rivals of a value say against it, and what that law learns from the beliefs."""
from __future__ import annotations

from typing import Protocol

import numpy as np
from scipy.special import gammaln

from tracker.score.fusion.table import Table
from tracker.score.rounds import Reals

LEAST, MOST = 0.02, 1000.0  # bounds of Ewens's number: nearly all errors alike, nearly all different


class Law(Protocol):
    """What false statements look like."""

    def errors(self) -> Reals:
        """Per fact, the log-likelihood of which false values its rivals' voices fell on, were it the true one."""

    def learn(self, belief: Reals) -> None:
        """Read the law's numbers off the beliefs."""


class Gathering:
    """Whole values: Ewens's sampling formula (W. J. Ewens, "The sampling theory of selectively neutral alleles", Theor. Popul. Biol. 3, 1972).

    At a small number errors gather on a few popular values, as PopAccu has it; at a large one they scatter, as Accu has it. PopAccu's own plug-in
    popularity overfits items with few voices: on made data with six voices an item it fell from .94 to .80.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.values = table.per_item((table.voices > 0).astype(float))[table.item] - 1
        self.rest = (table.per_item(table.voices)[table.item] - table.voices).astype(np.int64)
        self.upto = np.arange(int(np.max(self.rest, initial=0)) + 1)
        drawn = gammaln(np.maximum(table.voices, 1))
        self.drawn = table.per_item(drawn)[table.item] - drawn
        self.scatter = scatter(table, table.winners(table.voices))

    def errors(self) -> Reals:
        """The chance of the rivals' voices as draws of Ewens's urn."""
        return np.asarray(self.values * np.log(self.scatter) + self.drawn - gammaln(self.scatter + self.upto)[self.rest] + gammaln(self.scatter))

    def learn(self, belief: Reals) -> None:
        """Ewens's number."""
        self.scatter = scatter(self.table, belief)


def scatter(table: Table, belief: Reals) -> float:
    """Ewens's number from how often two false statements of one item coincide, which happens with chance 1 / (1 + it); one even pair is added."""
    false, own = table.voices * (1 - belief), table.voices * (1 - belief) ** 2
    pairs = float(np.sum(table.per_item(false) ** 2 - table.per_item(own)))
    same = float(np.sum(false**2 - own))
    return float(np.clip((pairs + 1) / (same + 0.5) - 1, LEAST, MOST))
