"""Small named comparisons of two mentions: each a number, mostly from 0 to 1, and, for the reader, a sentence.

`compare` makes one row of numbers for every candidate pair, all pairs at once; `explain` says the same in words for one pair.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

import numpy as np

from tracker.link.lexicon import CONVERSE, OPPOSITES
from tracker.link.profiles import Parts, Profiles, dense_dot, dot, dot_of_kinds, shared_weights

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
    "doer",
    "ahead",
    "wrong",
    "parties",
    "unlike",
)
"""words: cosine of the weighted content words; contained: weight of the shared words over that of the shorter mention; shared, rare: weight of all
shared words and of the rare ones, in units of 20; letters: cosine over pieces of words; meaning: cosine of the sums of word vectors; phrases: cosine
over neighbouring words; names: shared names over those of the one with fewer; strangers: names on both sides that the other lacks; act, actor, object:
the same word or the likeness of the two; figures_*, dates_*: see `figures_relation`, `dates_relation`; numbers_only_one: one gives a figure of two or
more, the other none; denied: one is the denial; opposites: how many opposite words stand in them; turned: who does and who suffers are swapped;
advice: one says that it is so, the other that it should be (1) or must be (.4); others: the two name nobody in common and each somebody; story:
cosine of the words of the two articles; doer: the same named party does it, whichever side of a passive it stands on; ahead: one speaks of what lies
ahead, the other of what was done; wrong: both say, or deny, in articles of one story that something wrong was done; parties: they share
names of the same parties and no other word, act, figure or date; unlike: neither act nor doer nor object are alike."""
AT = {name: n for n, name in enumerate(NAMES)}
CHUNK = 100_000  # pairs compared at a time: 18 MB of features
SAME_ACT = 0.4  # likeness of two acts from which it can be told that the parties to them are swapped
SAME_ROLE = 0.3  # likeness from which an act, a doer or an object is one of both; .2 and .4 give the same left-out AP and b3_f1 within .002
SAME_WORDS = 0.7  # share of words in common from which any two numerals that differ stand at one place, whatever the parser made of them
ONE_STORY = 0.28  # likeness of two articles from which a wrong that both speak of is one question; of the cases .38 and more, of two cases up to .19
SMALL = 10  # set; a figure below this is found in many sentences that have nothing to do with each other
BY_CHANCE = 0.25  # how far such figures of different things agree; set: at 1 two strangers of the invented story meet, at 0 the cases are the same
ALIKE = 0.3  # shared words from which a swap of the parties or opposite words say anything about a pair


def compare(profiles: Profiles, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Feature rows of the pairs, float64 of shape (pairs, len(NAMES))."""
    out = np.zeros((len(left), len(NAMES)))
    for n in range(0, len(left), CHUNK):
        a, b = left[n : n + CHUNK], right[n : n + CHUNK]
        rows = compare_words(profiles, a, b)
        compare_closely(profiles, a, b, rows)
        complete(profiles, a, b, rows)
        out[n : n + CHUNK] = rows
    return out


def complete(p: Profiles, left: np.ndarray, right: np.ndarray, rows: np.ndarray) -> None:
    """Fill in the features that no weight asks for at present: they are wanted for few pairs."""
    complete_said(p, left, right, rows)
    rows[:, AT["phrases"]] = dot(p.pairs, p.pairs, left, right)
    rows[:, AT["story"]] = dot_of_kinds(p.tales.rows, p.story, left, right)


def complete_said(p: Profiles, left: np.ndarray, right: np.ndarray, rows: np.ndarray) -> None:
    """Of these the ones that a sentence is made of."""
    rows[:, AT["words"]] = dot(p.words.rows, p.words.rows, left, right)
    words: dict[int, frozenset[str]] = {}
    for n in np.flatnonzero((rows[:, AT["contained"]] >= ALIKE) & p.opposed[left] & p.opposed[right]).tolist():
        one, two = (words.get(k) or words.setdefault(k, frozenset(p.parts[k]["words"])) for k in (int(left[n]), int(right[n])))
        rows[n, AT["opposites"]] = opposites(one, two)


def compare_words(p: Profiles, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Feature rows but for those that `compare_closely` and `complete` fill in."""
    least, few = np.minimum(p.weight[left], p.weight[right]), np.minimum(p.named[left], p.named[right])
    every, rare = shared_weights(p.present, p.worth, left, right).T
    same_names = dot(p.names, p.names, left, right)
    columns = {
        "contained": every / np.where(least > 0, least, 1.0),
        "shared": every / 20.0,
        "rare": rare / 20.0,
        "letters": dot(p.letters.rows, p.letters.rows, left, right),
        "meaning": dense_dot(p.meaning, left, right),
        "names": same_names / np.where(few > 0, few, 1.0),
        "strangers": np.minimum(few - same_names, 3.0) / 3.0,
        "act": _alike(p, "act", left, right),
        "actor": _alike(p, "actor", left, right),
        "object": _alike(p, "object", left, right),
        "advice": np.abs(p.advice[left] - p.advice[right]),
        "others": ((same_names == 0) & (few > 0)).astype(float),
        "doer": ((p.codes["doer"][left] == p.codes["doer"][right]) & (p.codes["doer"][left] >= 0)).astype(float),
        "ahead": (p.ahead[left] != p.ahead[right]).astype(float),
        "wrong": (p.wrong[left] & p.wrong[right]).astype(float),  # at most; compare_closely looks whether the story is one
        "denied": (p.polarity[left] != p.polarity[right]).astype(float),
    }
    columns["unlike"] = ((columns["act"] < SAME_ROLE) & (columns["actor"] < SAME_ROLE) & (columns["object"] < SAME_ROLE)).astype(float)
    out = np.zeros((len(left), len(NAMES)))
    for name, column in columns.items():
        out[:, AT[name]] = column
    return out


CLOSELY: Final = (
    "figures_agree", "figures_conflict", "figures_apart", "numbers_only_one", "dates_agree", "dates_conflict", "turned", "parties",
)
"""Features that take longer; each is 0 to 1."""


def compare_closely(p: Profiles, left: np.ndarray, right: np.ndarray, out: np.ndarray) -> None:
    """Fill in the features of CLOSELY, and look whether a wrong that both speak of is one of one story."""
    both = np.flatnonzero(out[:, AT["wrong"]])
    out[both, AT["wrong"]] *= dot_of_kinds(p.tales.rows, p.story, left[both], right[both]) >= ONE_STORY
    _figures_and_dates(p, left, right, out)
    same_names = out[:, AT["names"]] * np.minimum(p.named[left], p.named[right])
    agree = (out[:, AT["act"]] >= SAME_ACT) | (out[:, AT["figures_agree"]] > 0) | (out[:, AT["dates_agree"]] > 0)
    some = np.flatnonzero((same_names > 0) & ~agree)
    out[some, AT["parties"]] = dot(p.things, p.things, left[some], right[some]) == 0
    sides: dict[int, _Sides] = {}
    for n in np.flatnonzero((out[:, AT["contained"]] >= ALIKE) & (same_names > 1.5) & (out[:, AT["act"]] >= SAME_ACT)).tolist():
        mine, yours = (sides.get(k) or sides.setdefault(k, _sides(p.parts[k])) for k in (int(left[n]), int(right[n])))
        out[n, AT["turned"]] = _swapped(mine, yours)


def _alike(p: Profiles, key: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """1 where the word is the same, the cosine of the last words otherwise, 0 where one of them is missing."""
    one, two = p.codes[key][left], p.codes[key][right]
    table, place = p.heads[key]
    both, back = np.unique(place[left] * len(table) + place[right], return_inverse=True)  # few pairs of words stand behind many pairs of mentions
    likeness = dense_dot(table, both // len(table), both % len(table))[back]
    return np.where((one < 0) | (two < 0), 0.0, np.where((one == two) | (likeness > 0.999), 1.0, likeness))


def _figures_and_dates(p: Profiles, left: np.ndarray, right: np.ndarray, out: np.ndarray) -> None:
    out[:, AT["numbers_only_one"]] = p.figured[left] != p.figured[right]
    some, (agree, conflict) = _relations(p, "figures", figures_relation, left, right)
    out[some, AT["figures_agree"]], out[some, AT["figures_conflict"]], out[some, AT["figures_apart"]] = agree, conflict, agree == 0
    some, (agree, conflict) = _relations(p, "dates", dates_relation, left, right)
    out[some, AT["dates_agree"]], out[some, AT["dates_conflict"]] = agree, conflict
    for n in np.flatnonzero(p.written[left] & p.written[right] & (out[:, AT["contained"]] >= SAME_WORDS)).tolist():
        one, two = p.numerals[left[n]], p.numerals[right[n]]
        if out[n, AT["dates_agree"]]:  # "in June 2024" and "on June 19": the numerals of dates that agree do not stand apart
            one, two = one - _date_numerals(p.parts[left[n]]["dates"]), two - _date_numerals(p.parts[right[n]]["dates"])
        out[n, AT["figures_apart"]] = max(out[n, AT["figures_apart"]], float(bool(one - two and two - one)))


def _relations(p: Profiles, key: str, relation: Callable[..., tuple[float, float]], left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(pairs of which both have such a list, what the relation is for them); each two lists are looked at once."""
    code = p.listed[key]
    some = np.flatnonzero((code[left] >= 0) & (code[right] >= 0))
    a, b = left[some], right[some]
    _, first, back = np.unique(code[a] * (code.max(initial=0) + 1) + code[b], return_index=True, return_inverse=True)
    known = [relation(p.parts[a[n]][key], p.parts[b[n]][key]) for n in first.tolist()]
    return some, np.asarray(known, dtype=np.float64).reshape(-1, 2)[back].T


def _date_numerals(dates: Sequence[str]) -> frozenset[str]:
    return frozenset(part.lstrip("0") for date in dates for part in date.split("-"))


def figures_relation(one: Sequence[Sequence[Any]], two: Sequence[Sequence[Any]]) -> tuple[float, float]:
    """(agree, conflict): a figure of the one lies in the other's range, or both count the same thing and no range meets.

    That two small figures for different things are the same is chance more often than not: BY_CHANCE.
    """
    agree = conflict = 0.0
    for low, high, what in one:
        for low2, high2, what2 in two:
            meets = _in_range(low, high, low2, high2)
            exact = low == low2 and high == high2
            if meets and (exact or what == what2):
                agree = max(agree, 1.0 if what == what2 or (low or high or 0) >= SMALL else BY_CHANCE)
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


def opposites(one: Collection[str], two: Collection[str]) -> float:
    """How many words of the one have their opposite among the words that only the other has, at most 2, halved."""
    mine, yours = frozenset(one), frozenset(two)
    mine, yours = mine - yours, yours - mine
    found = sum(len(yours & OPPOSITES[w]) for w in mine if w in OPPOSITES)
    return min(2, found) / 2.0


def turned(one: Parts, two: Parts) -> bool:
    """A name that acts in the one is acted on in the other, and the other way round; voice and converse acts ("lost to") are allowed for."""
    return _swapped(_sides(one), _sides(two))


_Sides = tuple[set[str], set[str]]


def _swapped(mine: _Sides, yours: _Sides) -> bool:
    return not mine[0].isdisjoint(yours[1]) and not mine[1].isdisjoint(yours[0])


def _sides(part: Parts) -> _Sides:
    """Names before and after the act, swapped for a passive and for a converse act."""
    words, act = list(part["words"]), part["act"]
    if act not in words:
        return set(), set()
    at, names = words.index(act), set(part["names"])
    before, after = names & set(words[:at]), names & set(words[at + 1 :]) - set(words[:at])
    return (after, before) if bool(part["passive"]) != (act in CONVERSE) else (before, after)


_SAID: Final = (
    ("words", 0.25, ""),
    ("names", 0.5, ""),
    ("meaning", 0.6, "their words lie close in meaning"),
    ("act", 0.6, ""),
    ("figures_agree", 0.0, "a figure agrees"),
    ("figures_conflict", 0.0, "they give different figures for the same thing"),
    ("dates_agree", 0.0, "a date agrees"),
    ("dates_conflict", 0.0, "they give different dates"),
    ("strangers", 0.0, "each names somebody or something that the other does not"),
    ("denied", 0.0, "one denies what the other says"),
    ("opposites", 0.0, "they use opposite words"),
    ("advice", 0.0, "one says that it is so, the other that it should be"),
    ("parties", 0.0, "they share nothing but names"),
    ("turned", 0.0, "who acts and who is acted on are swapped"),
)
"""Features of which a reader is told, from which value (0: above it), and in which words; the first, second and fourth name words of the pair."""


def explain(one: Parts, two: Parts, row: Sequence[float]) -> list[str]:
    """Sentences for the features that speak loudest in a pair."""
    return explain_all([one, two], np.asarray([0]), np.asarray([1]), said_of(np.asarray(row)[None, :]))[0]


def said_of(rows: np.ndarray) -> np.ndarray:
    """Which of the sentences hold of each pair, one bit each."""
    least = np.asarray([v or 1e-12 for _, v, _ in _SAID])
    return np.asarray((rows[:, [AT[name] for name, _, _ in _SAID]] >= least) @ (1 << np.arange(len(_SAID))), dtype=np.int32)


def explain_all(parts: Sequence[Parts], left: np.ndarray, right: np.ndarray, holds: np.ndarray) -> list[list[str]]:
    """The sentences that hold of many pairs of places in `parts`."""
    kinds, kind = np.unique(holds, return_inverse=True)
    which = [[n for n in range(len(_SAID)) if k >> n & 1] for k in kinds.tolist()]
    own: dict[int, set[str]] = {n: set(parts[n]["words"]) for n in {*left.tolist(), *right.tolist()}}
    out = []
    for a, b, k in zip(left.tolist(), right.tolist(), kind.tolist(), strict=True):
        said = []
        for n in which[k]:
            if n == 0:
                said.append(f"share the words {', '.join(sorted(own[a] & own[b])[:6])}")
            elif n == 1:
                said.append(f"both name {', '.join(sorted(set(parts[a]['names']) & set(parts[b]['names']))[:4])}")
            elif n == 3:
                said.append(f"the act is the same ({parts[a]['act']} / {parts[b]['act']})")
            else:
                said.append(_SAID[n][2])
        out.append(said or ["no single feature stands out"])
    return out
