"""How likely two mentions put the same proposition: a calibrated sum of the named features."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tracker.link.features import AT, CHUNK, CLOSELY, NAMES, SAME_WORDS, compare_closely, compare_words, complete_said
from tracker.link.profiles import Profiles

# Logistic weights fitted by benchmarks/fit_linking.py on the pairs of mentions of the seven case folders: pairs that the gold puts in one claim or in
# two, unlisted cross-article pairs at weight 0.1, each in its case alone and in one pile of all cases. A likeness may only speak for a pair and a
# contradiction only against it (docs/decisions/0005-two-word-tables.md). Average precision with each case left out, fitted again: .383 (.382
# when these were fitted, before pronouns were read anew; the weights fitted since differ by .1 or less but for letters, 3.41, and strangers, -.59).
# Features at 0 add nothing beside the others here; they are kept for the reasons shown and for `sameness`.
WEIGHTS = {
    "words": 0.00,
    "contained": 0.00,
    "shared": 0.40,  # set; fitted .76, at which two acts of the same parties meet; b3_f1 of the cases .713 instead of .714, b3_p .830 instead of .823
    "rare": 2.49,
    "letters": 3.00,
    "meaning": 3.19,
    "phrases": 0.00,
    "names": 0.00,
    "strangers": -0.64,
    "act": 0.75,
    "actor": 0.00,
    "object": 1.45,
    "figures_agree": 1.82,
    "figures_conflict": -3.84,
    "figures_apart": 0.00,
    "numbers_only_one": -1.13,
    "dates_agree": 0.55,
    "dates_conflict": -0.56,
    "denied": -0.24,
    "opposites": 0.00,
    "turned": -5.63,
    "advice": -3.00,  # set, not fitted: the cases hold too few pairs of "should" and "did" to say; at -1.2 "should resign" met "resigned"; no figure moves
    "others": -0.20,
    "story": 0.00,
    "doer": 0.68,
    "ahead": -0.58,
    "unlike": -0.43,
    "parties": -2.00,  # set; fitted -.30: of 20 pairs of the cases that score .25 or more and share names alone one is right; -1.5 to -2.5 are the same
    "wrong": 1.50,  # set, not fitted: one case alone holds most such pairs; 1 to 2.2 make the same clusters
}
BIAS = -4.56
LEAST = 0.05  # a pair below this, and alike in nothing but a figure or date, is not kept: 40 candidates a mention make 3 that are
CONTRADICTIONS = {"figures_apart": 1.0, "dates_conflict": 1.0, "denied": 1.0, "turned": 1.0, "strangers": 0.3, "opposites": 0.5}
CONTRADICTED = 0.01  # what one contradiction leaves of a probability: any contradiction outweighs any likeness; not fitted


class Pairs(NamedTuple):
    """Compared pairs, one a place: row numbers, features, probability of the same claim, whether they exclude each other.

    Of the features those are filled in that a weight or a sentence asks for.
    """

    left: np.ndarray
    right: np.ndarray
    features: np.ndarray
    score: np.ndarray
    apart: np.ndarray


class Compared(NamedTuple):
    """What is left of compared pairs, one a place: row numbers, probability of the same claim, whether they exclude each other, whether they are rivals,
    and which sentences of `features` hold of them."""

    left: np.ndarray
    right: np.ndarray
    score: np.ndarray
    apart: np.ndarray
    rival: np.ndarray
    said: np.ndarray


def probability(rows: np.ndarray) -> np.ndarray:
    """Values in (0, 1), one a pair, rounded so that equal inputs give equal bytes on every machine."""
    weights = np.asarray([WEIGHTS[name] for name in NAMES])
    odds: np.ndarray = rows @ weights + BIAS
    return np.asarray(np.round(1.0 / (1.0 + np.exp(-odds)), 6))


def compare_pairs(profiles: Profiles, left: np.ndarray, right: np.ndarray, *, least: float = LEAST) -> Pairs:
    """The candidate pairs worth keeping with what is known of them; the rest of the work is done in pieces and forgotten."""
    parts = []
    for n in range(0, len(left), CHUNK):
        a, b = left[n : n + CHUNK], right[n : n + CHUNK]
        rows = compare_words(profiles, a, b)
        able = _reaches(rows, least)
        a, b, rows = a[able], b[able], rows[able]
        compare_closely(profiles, a, b, rows)
        score, apart = probability(rows), excluding(rows)
        keep = (score >= least) | (apart & (without_conflict(rows) >= least))
        a, b, rows = a[keep], b[keep], rows[keep]
        complete_said(profiles, a, b, rows)
        parts.append(Pairs(a, b, rows, score[keep], apart[keep]))
    if not parts:
        return Pairs(left[:0], right[:0], np.zeros((0, len(NAMES))), np.zeros(0), np.zeros(0, bool))
    return Pairs(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _reaches(rows: np.ndarray, least: float) -> np.ndarray:
    """Pairs that may be kept once the features that are not known yet are, whatever these turn out to be."""
    if least <= 0.0:
        return np.ones(len(rows), dtype=bool)
    weights = np.asarray([WEIGHTS[name] for name in NAMES])
    more = sum(max(0.0, WEIGHTS[name]) for name in CLOSELY)
    return np.asarray(rows @ weights + BIAS + more >= np.log(least / (1.0 - least)) - 0.001)


def excluding(rows: np.ndarray) -> np.ndarray:
    """Pairs that can never be one claim: figures for the same thing, or dates, that exclude each other."""
    figures = (rows[:, AT["figures_conflict"]] > 0) | ((rows[:, AT["figures_apart"]] > 0) & (rows[:, AT["contained"]] >= SAME_WORDS))
    dates = (rows[:, AT["dates_conflict"]] > 0) & (rows[:, AT["contained"]] < 0.8)
    return np.asarray(figures | dates)


def without_conflict(rows: np.ndarray) -> np.ndarray:
    """The probability that the pair would have if its figures and dates did not exclude each other: rivals answer one question."""
    lifted = rows.copy()
    for name in ("figures_conflict", "figures_apart", "dates_conflict"):
        lifted[:, AT[name]] = 0.0
    return probability(lifted)


def sameness(rows: np.ndarray) -> np.ndarray:
    """How far two statements say the same, 0 to 1: `probability`, brought down for each thing in which they exclude each other.

    A claim and its denial are one claim (the stance differs), so `probability` lets them meet; here they are apart, as are statements whose
    parties are swapped or which name different people or places.
    """
    faults = np.zeros(len(rows))
    for name, least in CONTRADICTIONS.items():
        faults += rows[:, AT[name]] >= least
    return np.asarray(np.round(probability(rows) * CONTRADICTED**faults, 6))
