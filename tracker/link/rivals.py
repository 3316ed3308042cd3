"""Rival values beside counts: pairs that differ in nothing but the day of one event or the party that did one deed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from tracker.link.compare import Pairs, without_conflict
from tracker.link.features import AT
from tracker.link.lexicon import CALENDAR, SOLE
from tracker.link.profiles import Parts

ONE_QUESTION = 0.5  # probability, conflict aside, from which two claims that exclude each other answer one question
REST = 0.75  # share of the other words that the two must have in common, of the longer: a false rival tires the reader more than a missed one
LEAST_WORDS = 3  # in common; "they met in May" and "they met in June" may be two meetings


def rival_pairs(parts: Sequence[Parts], pairs: Pairs) -> np.ndarray:
    """Which pairs answer one question with values that exclude each other: counts, days, or parties to a deed that only one can have done."""
    features = pairs.features
    likely = without_conflict(features) >= ONE_QUESTION
    found = pairs.apart & (features[:, AT["figures_conflict"]] > 0) & likely
    one_act = features[:, AT["act"]] >= 1.0
    for n in np.flatnonzero(~found & one_act & likely & (features[:, AT["figures_conflict"]] == 0)).tolist():
        one, two = parts[int(pairs.left[n])], parts[int(pairs.right[n])]
        dated = features[n, AT["dates_conflict"]] > 0 and len(one["dates"]) == len(two["dates"]) == 1
        found[n] = (dated and days_exclude(one, two)) or (features[n, AT["dates_conflict"]] == 0 and parties_exclude(one, two))
    return found


def days_exclude(one: Parts, two: Parts) -> bool:
    """Two different days are given in figures for what is otherwise told in the same words; "on Monday" may be an old text printed again."""
    grain = len(one["dates"][0]) == len(two["dates"][0])
    if not grain or bool(one["negated"]) != bool(two["negated"]):
        return False
    mine, yours = (_numerals(str(p.get("text", ""))) for p in (one, two))
    return bool(mine - yours) and bool(yours - mine) and _rest_agrees(one, two, CALENDAR, CALENDAR)


@lru_cache(maxsize=100_000)
def _numerals(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", text))


def parties_exclude(one: Parts, two: Parts) -> bool:
    """Two different names are given for who did a deed that one party alone can have done, in otherwise the same words."""
    if one["act"] not in SOLE:
        return False
    mine, yours = set(str(one["actor"]).split()), set(str(two["actor"]).split())
    named = bool(mine & set(one["names"])) and bool(yours & set(two["names"]))
    apart = not (mine & set(two["words"])) and not (yours & set(one["words"]))
    alike = bool(one["passive"]) == bool(two["passive"]) and bool(one["negated"]) == bool(two["negated"])
    return named and apart and alike and not one.get("modal") and not two.get("modal") and _rest_agrees(one, two, mine, yours)


def _rest_agrees(one: Parts, two: Parts, mine: frozenset[str] | set[str], yours: frozenset[str] | set[str]) -> bool:
    left = {w for w in one["words"] if w not in mine and not w[0].isdigit()}
    right = {w for w in two["words"] if w not in yours and not w[0].isdigit()}
    both = len(left & right)
    return both >= LEAST_WORDS and both >= REST * max(len(left), len(right))
