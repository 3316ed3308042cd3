"""Values that are lists (the authors of a book): a list that is wrong still speaks for the parts it has.

That leaving out and adding are two kinds of error with two rates is from B. Zhao, B. I. P. Rubinstein, J. Gemmell, J. Han, "A Bayesian approach to
discovering truth from conflicting sources for data integration", PVLDB 5(6), 2012. There each part is true or false on its own; here the truth is one
of the lists that somebody gives, who is right gives it whole, and only who is wrong leaves out and adds.
"""
from __future__ import annotations

import numpy as np

from tracker.score.fusion.table import Table
from tracker.score.rounds import Reals

FALSE_PARTS = 10.0  # false parts that an addition may fall on: as many as Accu has false values. On Book 5 to 100 give .92 to .96 and .922 to .930
EDGE = 0.01  # the share of parts kept stays this far from 0 and 1


class Lists:
    """A wrong list keeps each true part with one chance and adds as many others as a Poisson law has it; both numbers are read off the beliefs.

    Additions fall on `false_parts` parts alike. That number is not read off: where short lists are believed, all that longer ones add
    coincides, and would be taken for proof that additions do.
    """

    def __init__(self, table: Table, false_parts: float = FALSE_PARTS) -> None:
        self.false_parts = false_parts
        self.size = np.asarray(table.parts.sum(axis=1)).ravel()
        said = table.voices * self.size
        self.kept = table.parts @ (table.parts.T @ table.voices) - said  # true parts in the rivals' statements, counted over all of them
        self.rivals = table.per_item(table.voices)[table.item] - table.voices
        self.added = table.per_item(said)[table.item] - said - self.kept
        self.learn(table.winners(table.voices))

    def learn(self, belief: Reals) -> None:
        """The share of true parts that a wrong list keeps, and how many parts it adds; one kept, one left out, one added count beforehand."""
        self.keeps = float(np.clip((belief @ self.kept + 1) / (belief @ (self.size * self.rivals) + 2), EDGE, 1 - EDGE))
        self.adds = float((belief @ self.added + 1) / (belief @ self.rivals + 1))

    def errors(self) -> Reals:
        """The chance of what the rivals left out and added, given that none of them has the list itself."""
        each = min(self.adds / self.false_parts, 0.5)  # no false part is likelier than not, however long the lists
        whole = -np.expm1(self.size * np.log(self.keeps) - self.adds)
        out = self.size * self.rivals - self.kept
        return np.asarray(self.kept * np.log(self.keeps) + out * np.log(1 - self.keeps) + self.added * np.log(each)
                          - self.rivals * (self.adds + np.log(whole)))
