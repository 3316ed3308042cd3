"""How many: the figures of a clause as ranges of what is counted, vague ones by rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extract.tree import Tree

FEW = 3
_UNITS = {
    w: n
    for n, w in enumerate(
        ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen").split()
    )
}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_NUMBER_WORDS = _UNITS | _TENS | {"dozen": 12, "hundred": 100}
_VAGUE = {
    "several": (3, 9),
    "few": (2, 5),
    "some": (2, 99),
    "dozens": (24, 99),
    "scores": (40, 199),
    "hundreds": (200, 999),
    "thousands": (2000, 99999),
    "many": (5, 999),
    "multiple": (2, 20),
    "numerous": (5, 999),
    "couple": (2, 3),
    "handful": (2, 9),
}
"""What a vague word can mean at the least and at the most; wide, since a figure outside the range makes two claims rivals."""

_SCALE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12, "dozen": 12}
_AT_LEAST = ("at least", "more than", "over", "no fewer than", "not fewer than", "no less than", "not less than", "upwards of", "in excess of", "above")
_AT_MOST = ("up to", "as many as", "as much as", "at most", "no more than", "not more than", "fewer than", "less than", "under", "below")
_BELOW = ("nearly", "almost", "close to", "just under")
_ABOUT = ("about", "around", "roughly", "approximately", "some", "an estimated", "or so")
NEAR = 0.1  # how far "about 40" may be off; readers of counts take 36 and 44 for it, and 30 for another figure


def figures(tree: Tree, run: Sequence[int]) -> list[list[object]]:
    """[low, high, what] of each figure: "at least 20 soldiers" is [20, null, "soldier"], "several officers" [3, 9, "officer"], "10 to 15" [10, 15]."""
    out: list[list[object]] = []
    inside = set(run)
    dates = {n for s, e, label in tree.parsed.entities if label == "DATE" for n in range(s, e)}
    last = -1
    for n in run:
        if n <= last or (n in dates and tree.lower[n] not in _VAGUE):
            continue
        counted = tree.lower[n] in _NUMBER_WORDS and tree.lower[n] != "one" and n + 1 < len(tree) and tree.tags[n + 1] in {"NN", "NNS", "JJ"}
        if tree.tags[n] == "CD" or counted:
            named = n > 0 and (tree.is_name(n - 1) and tree.base(n) != "nummod" or tree.heads[n] == n - 1 and tree.tags[n - 1].startswith("NN"))
            if named:
                continue  # "Pier 4", "Article 51", "page 3": a name, not a count
            value = _value(tree, n)
            if value is None or (n - 1 in inside and tree.tags[n - 1] == "CD") or (n - 2 in inside and tree.words[n - 1] == "-" and tree.lower[n - 2] in _TENS):
                continue
            if value > FEW or not any(tree.lower[c] in {"the", "these", "those"} for c in tree.kids(tree.heads[n], "det")):  # "the two sides": known, no news
                upper = _upper_end(tree, n, value)
                last = upper[0] if upper else -1
                out.append([value, upper[1], _counted(tree, upper[0])] if upper else _bounded(tree, n, value))
        elif tree.lower[n] in _VAGUE and (what := _vaguely_counted(tree, n)):
            low, high = _VAGUE[tree.lower[n]]
            times = {"tens": (5, 1), "hundreds": (50, 10)}.get(tree.lower[n - 2] if n > 1 and tree.lower[n - 1] == "of" else "", (1, 1))
            out.append([low * times[0], high * times[1], what])
    return out


def is_known(tree: Tree, run: Sequence[int]) -> bool:
    """The one number of the run is told as known: "the $30,500", "those 20 people". Who speaks of the same may leave it out."""
    numbers = [n for n in run if tree.tags[n] == "CD" or tree.lower[n] in _VAGUE]
    return len(numbers) == 1 and _is_known(tree, numbers[0])


def _is_known(tree: Tree, n: int) -> bool:
    above = (tree.heads[n], tree.heads[tree.heads[n]])  # "the $3 million": the article may hang on the sign or on the noun
    counts = tree.base(n) == "nummod" or tree.words[tree.heads[n]] in {"$", "€", "£"}
    return counts and any(c < n and tree.lower[c] in {"the", "this", "that", "these", "those"} for h in above for c in tree.kids(h, "det"))


def _upper_end(tree: Tree, n: int, low: float) -> tuple[int, float] | None:
    """Where the range that begins here ends, and at what: "10 to 15", "10-15", "between 10 and 15"."""
    if n + 2 >= len(tree):
        return None
    between = tree.lower[n + 1] == "and" and n > 0 and tree.lower[n - 1] == "between"
    if not (between or tree.lower[n + 1] in {"to", "-", "–"}) or tree.tags[n + 2] != "CD" or tree.lower[n] in _TENS and tree.words[n + 1] == "-":
        return None
    high = _value(tree, n + 2)
    return (n + 2, high) if high is not None and high > low else None


def _vaguely_counted(tree: Tree, n: int) -> str:
    """What a vague word counts: "several officers", "dozens of people"; "" where it counts nothing ("some said", "some 200")."""
    bound = n > 0 and tree.lower[n - 1] == "as" and " ".join(tree.lower[n - 1 : n + 2]) in _AT_MOST  # "as many as 70" counts by the 70
    if tree.base(n) in {"amod", "det", "nummod"} and not bound and not (n + 1 < len(tree) and tree.tags[n + 1] == "CD"):
        return _singular(tree.lemmas[tree.heads[n]])
    of = n + 1 < len(tree) and tree.lower[n + 1] == "of"
    if of and n + 2 < len(tree) and tree.lower[n + 2] in _VAGUE:
        return ""  # "hundreds of thousands": the last word says how many
    noun = next((c for c in tree.kids(n, "nmod") if c > n), None) if of else None
    return _singular(tree.lemmas[noun]) if noun is not None and tree.tags[noun] in {"NNS", "NNPS", "NN"} else ""


def _value(tree: Tree, n: int) -> float | None:
    word = tree.lower[n].replace(",", "").lstrip("$€£")
    if re.fullmatch(r"(?:19|20)\d\d", tree.lower[n]) and not _counts(tree, n):
        return None  # "his 2012 rival": a year
    value = float(word) if re.fullmatch(r"\d+(?:\.\d+)?", word) else float(_NUMBER_WORDS[word]) if word in _NUMBER_WORDS else None
    if word in _TENS and n + 2 < len(tree) and tree.words[n + 1] == "-" and tree.lower[n + 2] in _UNITS:
        return float(_TENS[word] + _UNITS[tree.lower[n + 2]])
    if value is not None and n + 1 < len(tree) and tree.lower[n + 1] in _SCALE:
        value *= _SCALE[tree.lower[n + 1]]
    return value / 2 if word == "dozen" and value == 12 and "half" in tree.lower[max(0, n - 2) : n] else value


def _counts(tree: Tree, n: int) -> bool:
    """Four digits that may be a year count what they stand right before, if they are round: "2000 soldiers"."""
    return tree.base(n) == "nummod" and tree.lower[n].endswith("00") and n + 1 < len(tree) and tree.tags[n + 1] in {"NNS", "NNPS"}


def _bounded(tree: Tree, n: int, value: float) -> list[object]:
    """The figure with what the words before it make of it; the longest fitting words count: "no more than 5" is not "more than 5"."""
    before = " ".join(tree.lower[max(0, n - 4) : n]).replace("-", " ")
    said = {p: rule for rule, phrases in enumerate((_AT_LEAST, _AT_MOST, _BELOW, _ABOUT)) for p in phrases if f" {before}".endswith(f" {p}")}
    rule = said[max(said, key=len)] if said else -1
    low = None if rule == 1 else value * (1 - NEAR) if rule in {2, 3} else value
    high = None if rule == 0 else round(value * (1 + NEAR), 6) if rule == 3 else value
    return [low if low is None else round(low, 6), high, _counted(tree, n)]


def _counted(tree: Tree, n: int) -> str:
    """The noun that a figure counts; "" for a bare number."""
    head = tree.heads[n]
    if n + 1 < len(tree) and tree.lower[n + 1] in _SCALE:  # "two dozen people", "1.2 million people"
        head = next((k for k in (tree.heads[n + 1], n + 2) if k < len(tree) and k > n + 1 and tree.tags[k].startswith("NN")), head)
    if not tree.tags[head].startswith("NN") and n + 1 < len(tree) and tree.tags[n + 1].startswith("NN"):
        head = n + 1
    return _singular(tree.lemmas[head]) if head != n else ""


def _singular(noun: str) -> str:
    return {"people": "person"}.get(noun, noun)
