"""Small named comparisons of two mentions: each a number, mostly from 0 to 1, and, for the reader, a sentence.

`compare` makes one row of numbers for every candidate pair, all pairs at once; `explain` says the same in words for one pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from tracker.link.lexicon import CONVERSE, OPPOSITES
from tracker.link.profiles import Parts, Profiles, dot

NAMES: Final = (
    "words",
    "contained",
    "shared",
    "rare",
    "letters",
    "meaning",
    "phrases",
    "names",
    "strangers",
    "act",
    "actor",
    "object",
    "figures_agree",
    "figures_conflict",
    "figures_apart",
    "numbers_only_one",
    "dates_agree",
    "dates_conflict",
    "denied",
    "opposites",
    "turned",
    "advice",
    "others",
    "story",
)
"""words: cosine of the weighted content words; contained: weight of the shared words over that of the shorter mention; shared, rare: weight of all
shared words and of the rare ones, in units of 20; letters: cosine over pieces of words; meaning: cosine of the sums of word vectors; phrases: cosine
over neighbouring words; names: shared names over those of the one with fewer; strangers: names on both sides that the other lacks; act, actor, object:
the same word or the likeness of the two; figures_*, dates_*: see `figures_relation`, `dates_relation`; numbers_only_one: one gives a figure of two or
more, the other none; denied: one is the denial; opposites: how many opposite words stand in them; turned: who does and who suffers are swapped;
advice: one says that it is so, the other that it should be; others: the two name nobody in common and each somebody; story: cosine of the words of
the two articles."""
AT = {name: n for n, name in enumerate(NAMES)}
CHUNK = 100_000  # pairs compared at a time: 18 MB of features
SAME_ACT = 0.4  # likeness of two acts from which it can be told that the parties to them are swapped
SAME_WORDS = 0.7  # share of words in common from which any two numerals that differ stand at one place, whatever the parser made of them
LEAST_TELLING = 2  # "one" gives no figure that the other side would have to give
ALIKE = 0.3  # shared words from which a swap of the parties or opposite words say anything about a pair


def compare(profiles: Profiles, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Feature rows of the pairs, float64 of shape (pairs, len(NAMES))."""
    out = np.zeros((len(left), len(NAMES)))
    for n in range(0, len(left), CHUNK):
        a, b = left[n : n + CHUNK], right[n : n + CHUNK]
        out[n : n + CHUNK] = complete(profiles, a, b, compare_weighed(profiles, a, b))
    return out


def complete(p: Profiles, left: np.ndarray, right: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The rows with the features that no weight asks for at present: they cost half the time and are wanted for few pairs."""
    out = rows.copy()
    out[:, AT["words"]] = dot(p.words.rows, p.words.rows, left, right)
    out[:, AT["phrases"]] = dot(p.pairs, p.pairs, left, right)
    return out


def compare_weighed(p: Profiles, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Feature rows but for those that `complete` fills in."""
    total, named = np.asarray(p.heavy.sum(axis=1)).ravel(), np.asarray(p.names.sum(axis=1)).ravel()
    least, few = np.minimum(total[left], total[right]), np.minimum(named[left], named[right])
    every, same_names = dot(p.heavy, p.present, left, right), dot(p.names, p.names, left, right)
    columns = {
        "contained": every / np.where(least > 0, least, 1.0),
        "shared": every / 20.0,
        "rare": dot(p.rare, p.present, left, right) / 20.0,
        "letters": dot(p.letters, p.letters, left, right),
        "meaning": np.einsum("ij,ij->i", p.meaning[left], p.meaning[right]),
        "names": same_names / np.where(few > 0, few, 1.0),
        "strangers": np.minimum(few - same_names, 3.0) / 3.0,
        "act": _alike(p, "act", left, right),
        "actor": _alike(p, "actor", left, right),
        "object": _alike(p, "object", left, right),
        "story": dot(p.stories, p.stories, p.story[left], p.story[right]),
        "advice": (p.advice[left] != p.advice[right]).astype(float),
        "others": ((same_names == 0) & (few > 0)).astype(float),
        "denied": (p.polarity[left] != p.polarity[right]).astype(float),
    }
    out = np.zeros((len(left), len(NAMES)))
    for name, column in columns.items():
        out[:, AT[name]] = column
    _figures_and_dates(p, left, right, out)
    close = out[:, AT["contained"]] >= ALIKE
    for n in np.flatnonzero(close & p.opposed[left] & p.opposed[right]).tolist():
        out[n, AT["opposites"]] = opposites(p.parts[left[n]]["words"], p.parts[right[n]]["words"])
    for n in np.flatnonzero(close & (same_names >= 2) & (out[:, AT["act"]] >= SAME_ACT)).tolist():
        out[n, AT["turned"]] = turned(p.parts[left[n]], p.parts[right[n]])
    return out


def _alike(p: Profiles, key: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """1 where the word is the same, the cosine of the last words otherwise, 0 where one of them is missing."""
    one, two = p.codes[key][left], p.codes[key][right]
    table, place = p.heads[key]
    both, back = np.unique(place[left] * len(table) + place[right], return_inverse=True)  # few pairs of words stand behind many pairs of mentions
    likeness = np.einsum("ij,ij->i", table[both // len(table)], table[both % len(table)])[back]
    return np.where((one < 0) | (two < 0), 0.0, np.where((one == two) | (likeness > 0.999), 1.0, likeness))


def _figures_and_dates(p: Profiles, left: np.ndarray, right: np.ndarray, out: np.ndarray) -> None:
    parts = p.parts
    figured = np.asarray([bool(p["figures"]) for p in parts])
    dated = np.asarray([bool(p["dates"]) for p in parts])
    telling = np.asarray([any(_telling(low, high) for low, high, _ in p["figures"]) for p in parts], dtype=bool)
    out[:, AT["numbers_only_one"]] = telling[left] != telling[right]
    for n in np.flatnonzero(figured[left] & figured[right]):
        agree, conflict = figures_relation(parts[left[n]]["figures"], parts[right[n]]["figures"])
        out[n, AT["figures_agree"]], out[n, AT["figures_conflict"]], out[n, AT["figures_apart"]] = agree, conflict, 1.0 - agree
    for n in np.flatnonzero(dated[left] & dated[right]):
        out[n, AT["dates_agree"]], out[n, AT["dates_conflict"]] = dates_relation(parts[left[n]]["dates"], parts[right[n]]["dates"])
    written = np.asarray([bool(t) for t in p.numerals])
    for n in np.flatnonzero(written[left] & written[right] & (out[:, AT["contained"]] >= SAME_WORDS)):
        one, two = p.numerals[left[n]], p.numerals[right[n]]
        if out[n, AT["dates_agree"]]:  # "in June 2024" and "on June 19": the numerals of dates that agree do not stand apart
            one, two = one - _date_numerals(parts[left[n]]["dates"]), two - _date_numerals(parts[right[n]]["dates"])
        out[n, AT["figures_apart"]] = max(out[n, AT["figures_apart"]], float(bool(one - two and two - one)))


def _telling(low: Any, high: Any) -> bool:
    """A figure of two or more."""
    return (low or 0) >= LEAST_TELLING or (high or 0) >= LEAST_TELLING


def _date_numerals(dates: Sequence[str]) -> frozenset[str]:
    return frozenset(part.lstrip("0") for date in dates for part in date.split("-"))


def figures_relation(one: Sequence[Sequence[Any]], two: Sequence[Sequence[Any]]) -> tuple[float, float]:
    """(agree, conflict): a figure of the one lies in the other's range, or both count the same thing and no range meets."""
    agree = conflict = 0.0
    for low, high, what in one:
        for low2, high2, what2 in two:
            meets = _in_range(low, high, low2, high2)
            exact = low == low2 and high == high2
            if meets and (exact or what == what2):
                agree = 1.0
            elif not meets and what == what2 and what:
                conflict = 1.0
    return agree, 0.0 if agree else conflict


def _in_range(low: Any, high: Any, low2: Any, high2: Any) -> bool:
    return (high is None or low2 is None or low2 <= high) and (high2 is None or low is None or low <= high2)


def dates_relation(one: Sequence[str], two: Sequence[str]) -> tuple[float, float]:
    """(agree, conflict): one date is the other or holds it ("2024-10" holds "2024-10-14"); both give days and none agrees."""
    if not one or not two:
        return 0.0, 0.0
    agree = any(_holds(a, b) or _holds(b, a) for a in one for b in two)
    return (1.0, 0.0) if agree else (0.0, 1.0)


def _holds(wide: str, narrow: str) -> bool:
    """The one date is the other or the month or year it lies in; a date without a year is held against month and day alone."""
    if wide.startswith("--") or narrow.startswith("--"):
        wide, narrow = wide[wide.startswith("--") or 4 :], narrow[narrow.startswith("--") or 4 :]
        return narrow.startswith(wide)
    return narrow.startswith(wide)


def opposites(one: Sequence[str], two: Sequence[str]) -> float:
    """How many words of the one have their opposite among the words that only the other has, at most 2, halved."""
    yours = set(two) - set(one)
    found = sum(len(yours & OPPOSITES[w]) for w in set(one) - set(two) if w in OPPOSITES)
    return min(2, found) / 2.0


def turned(one: Parts, two: Parts) -> bool:
    """A name that acts in the one is acted on in the other, and the other way round; voice and converse acts ("lost to") are allowed for."""
    mine, yours = _sides(one), _sides(two)
    return bool(mine[0] & yours[1] and mine[1] & yours[0])


def _sides(part: Parts) -> tuple[set[str], set[str]]:
    """Names before and after the act, swapped for a passive and for a converse act."""
    words, act = list(part["words"]), part["act"]
    if act not in words:
        return set(), set()
    at, names = words.index(act), set(part["names"])
    before, after = names & set(words[:at]), names & set(words[at + 1 :]) - set(words[:at])
    return (after, before) if bool(part["passive"]) != (act in CONVERSE) else (before, after)


def explain(one: Parts, two: Parts, row: Sequence[float]) -> list[str]:
    """Sentences for the features that speak loudest in a pair."""
    value: Mapping[str, float] = dict(zip(NAMES, row, strict=True))
    both = sorted(set(one["words"]) & set(two["words"]))
    names = sorted(set(one["names"]) & set(two["names"]))
    said = [
        (value["words"] >= 0.25, f"share the words {', '.join(both[:6])}"),
        (value["names"] >= 0.5, f"both name {', '.join(names[:4])}"),
        (value["meaning"] >= 0.6, "their words lie close in meaning"),
        (value["act"] >= 0.6, f"the act is the same ({one['act']} / {two['act']})"),
        (value["figures_agree"] > 0, "a figure agrees"),
        (value["figures_conflict"] > 0, "they give different figures for the same thing"),
        (value["dates_agree"] > 0, "a date agrees"),
        (value["dates_conflict"] > 0, "they give different dates"),
        (value["strangers"] > 0, "each names somebody or something that the other does not"),
        (value["denied"] > 0, "one denies what the other says"),
        (value["opposites"] > 0, "they use opposite words"),
        (value["advice"] > 0, "one says that it is so, the other that it should be"),
        (value["turned"] > 0, "who acts and who is acted on are swapped"),
    ]
    return [sentence for holds, sentence in said if holds] or ["no single feature stands out"]
