"""How good each party is at each kind of question, from whom the others bear out where two differ.

Estimating accuracies from beliefs alone confirms itself: on one kind of question the larger of two camps that mean different things by it becomes the
truth, and then its members are the accurate ones. What breaks the circle are those who belong to neither. If i and j differ, a third party that
does not depend on them sides with whoever is right far more often than with whoever is wrong; and where exactly one of two independent parties is
right, the odds that it is i are the ratio of the odds of their accuracies. So the log-odds of accuracy are the strengths of a Bradley-Terry model (R. A.
Bradley, M. E. Terry, Biometrika 39, 1952) of those duels. A third party counts by its own log-odds over all kinds, and by how far its errors
on this kind, as believed so far, are not those of i or j.

That accuracies can be had from how parties agree in threes, without deciding on the truth, is known: T. Bonald, R. Combes, "A minimax optimal
algorithm for crowdsourcing", NIPS 2017. Their estimate takes the parties for independent; camps are not.
"""
from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from tracker.score.fusion.table import Ints, Table
from tracker.score.rounds import Reals

WIDEST = 200  # parties that have duels on one kind, those who say the most; the others keep that over all kinds. Bounds time: 10 s on 1,000,000 rows
SPREAD = 1.0  # standard deviation of a party's log-odds between kinds; .3 to 5 give .9484 on Flight, and .950 to .952 on single days
DOUBT = 2.0  # errors not shared that count beforehand against any sharing; .5 to 8 give .948 on Flight, and .947 to .954 on single days


class Ring(NamedTuple):
    """One kind of question: its parties, its facts, who says which (parties x facts) and who speaks of the item of which."""

    kind: int
    parties: Ints
    facts: Ints
    says: Any
    speaks: Any


def rings(table: Table, kind: Ints, widest: int = WIDEST) -> list[Ring]:
    """The kinds of question on which three parties speak."""
    out = []
    facts_of, rows_of = kind[table.item], kind[table.item[table.fact]]
    for k in range(int(kind.max(initial=-1)) + 1):
        facts, rows = np.flatnonzero(facts_of == k), np.flatnonzero(rows_of == k)
        output = np.bincount(table.party[rows], minlength=table.parties)
        parties = np.sort(np.argsort(-output, kind="stable")[:widest])
        parties = parties[output[parties] > 0]
        if len(parties) > 2:
            says = table.said[parties][:, facts]
            of = np.unique(table.item[facts], return_inverse=True)[1]
            belongs = sparse.csr_matrix((np.ones(len(facts)), (np.arange(len(facts)), of)))
            out.append(Ring(k, parties, facts, says, ((says @ belongs).sign() @ belongs.T).tocsr()))
    return out


def shared_errors(ring: Ring, belief: Reals, doubt: float = DOUBT) -> Reals:
    """For each two parties, the share of the errors of whoever errs less, on items of both, that the other shares; errors count as far as they are believed."""
    wrong = ring.says @ sparse.diags(1 - belief[ring.facts])
    errors, same = (wrong @ ring.speaks.T).toarray(), (wrong @ ring.says.T).toarray()
    share = np.minimum(same / (np.minimum(errors, errors.T) + doubt), 1.0)
    np.fill_diagonal(share, 1.0)
    return np.asarray(share)


def duels(ring: Ring, weight: Reals, shared: Reals) -> Reals:
    """[i, j]: how often others bear out i where i and j differ, as a weighted mean over the others that bear out either."""
    apart, won, heard = 1 - shared, np.zeros(shared.shape), np.zeros(shared.shape)
    said, lost = ring.says.T.tocsr(), (ring.speaks - ring.says).T.tocsr()
    for c in np.flatnonzero(weight > 0):
        facts = ring.says.indices[ring.says.indptr[c]:ring.says.indptr[c + 1]]
        sides = (said[facts].T @ lost[facts]).toarray()
        counts = np.outer(weight[c] * apart[c], apart[c])
        heard += counts * ((sides + sides.T) > 0)
        won += counts * sides
    return np.divide(won, heard, out=np.zeros(won.shape), where=heard > 1e-12)


def strengths(won: Reals, prior: Reals, spread: float = SPREAD) -> Reals:
    """The likeliest log-odds, each normal around its own prior: Newton's steps on a concave function."""
    strength, total = prior.copy(), won + won.T
    for _ in range(100):
        chance = 1 / (1 + np.exp(strength[None, :] - strength[:, None]))
        slope = (won - total * chance).sum(axis=1) - (strength - prior) / spread**2
        bend = total * chance * (1 - chance)
        step = np.linalg.solve(np.diag(bend.sum(axis=1) + 1 / spread**2) - bend, slope)
        strength = strength + np.clip(step, -1.0, 1.0)
        if float(np.max(np.abs(step))) < 1e-10:
            break
    return strength


def by_kind(found: list[Ring], odds: Reals, belief: Reals, kinds: int) -> Reals:
    """Log-odds of accuracy, parties x kinds, from log-odds over all kinds and the beliefs that these gave."""
    out = np.repeat(odds[:, None], kinds, axis=1)
    for ring in found:
        own = odds[ring.parties]
        out[ring.parties, ring.kind] = strengths(duels(ring, np.maximum(own, 0.0), shared_errors(ring, belief)), own)
    return out


def levelled(odds: Reals, output: Reals, believed: Reals) -> Reals:
    """The log-odds (parties x kinds), each kind moved as a whole so that as many statements are expected right as are believed."""
    share = np.clip(believed.sum(axis=0) / np.maximum(output.sum(axis=0), 1.0), 1e-6, 1 - 1e-6)
    level = np.zeros(odds.shape[1])
    for _ in range(20):
        chance = 1 / (1 + np.exp(-(odds + level)))
        expected, bend = (output * chance).sum(axis=0), (output * chance * (1 - chance)).sum(axis=0)
        level += np.clip((share * output.sum(axis=0) - expected) / np.maximum(bend, 1e-9), -1.0, 1.0)
    return np.asarray(odds + level)
