"""Outlets that share odd details of their claims more often than chance explains, over several articles: a sign that one takes from the other.

The test is that of fusion/dependence.py on a table made from a case: outlets are parties; each question whose claims are rivals is one item with the
claim as value; every other claim is one item, with the figures and date of the sentence as value where most outlets print figures, else with the
wording. One item a claim or question, chosen before anybody's agreement is looked at, so that the trials of the test are not the same act twice.

Only what an outlet says in its own name or credits to nobody named is used: two outlets that quote one official share his figures honestly. Shared
values must stand in several articles of both. It is shown, and moves no count: two outlets that alone know the truth look the same.
"""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

import pandas as pd

from tracker.tables import Case, lookup, tuples
from tracker.text import words

METHOD: Final = "odd-values@1"
MEASURE: Final = "shared-oddities"
ARTICLES: Final = 3  # of each outlet in which shared odd values must stand: two that copy one story are a near-copy, not a habit

_NAMED: Final = frozenset({"person", "body", "document", "outlet"})
_FIGURE: Final = re.compile(r"\d+(?:[.,:]\d+)*")

Row = dict[str, Any]
_UNKNOWN: Final = ("", "", "")  # outlet, day and text of an article that is not there
_Put = tuple[tuple[str, str], str, str, str, str, str, int, int, str]
"""When and which mention; claim, article, its day and text; quote, borders of the sentence, when it happened."""


class Statement(NamedTuple):
    """What one outlet says of one item, in which article, and when ("" unknown)."""

    party: str
    item: str
    value: str
    article: str
    day: str


LOOKED_AT = {
    "outlets": ["outlet_id", "name"], "articles": ["article_id", "outlet_id", "published_at", "text"], "attributions": ["mention_id", "speaker_kind"],
    "members": ["mention_id", "claim_id"], "claims": ["claim_id", "question_id"],
    "mentions": ["mention_id", "article_id", "stance", "quote", "sentence_start", "sentence_end", "event_at"],
}
"""The columns that are looked at: to send a table takes as long as it is wide."""


class Shared(NamedTuple):
    """Two outlets that share odd details: by how much, on what ground, and why in a sentence; `low` and `high` are 90 % bounds of `overlap`."""

    left: str
    right: str
    overlap: float
    low: float
    high: float
    shared: int
    telling: int
    detail: str


def find_shared(case: Case) -> list[Shared]:
    """Pairs of outlets that share odd details, strongest first; with fewer than two outlets of three articles each there can be none."""
    said = list(statements(case))
    seen: dict[str, set[str]] = defaultdict(set)
    for s in said:
        seen[s.party].add(s.article)
    if sum(len(articles) >= ARTICLES for articles in seen.values()) < 2:
        return []
    return _tested(said, _outlet_names(case))


def rate_shared(case: Case) -> tuple[list[Row], list[Row]]:
    """Rows of assessments (strongest overlap of each outlet that shares odd details) and of reasons (a sentence for each other outlet)."""
    by_outlet: dict[str, list[Shared]] = defaultdict(list)
    for pair in find_shared(case):
        by_outlet[pair.left].append(pair)
        by_outlet[pair.right].append(pair)
    rows, reasons = [], []
    for outlet_id, pairs in sorted(by_outlet.items()):
        about = {"subject_kind": "outlet", "subject_id": outlet_id, "measure": MEASURE}
        best = pairs[0]
        rows.append({**about, "value": best.overlap, "low": best.low, "high": best.high, "n": best.telling, "method": METHOD})
        reasons += [{**about, "rank": rank, "part": p.right if p.left == outlet_id else p.left, "effect": p.overlap, "detail": p.detail}
                    for rank, p in enumerate(pairs)]
    return rows, reasons


def statements(case: Case) -> Iterator[Statement]:
    """What the outlets say in their own name: one value an outlet and item, that of its earliest mention."""
    articles = {a: (outlet_id, day, text) for a, outlet_id, day, text in tuples(case["articles"], "article_id", "outlet_id", "published_at", "text")}
    claim_of = lookup(case["members"], "mention_id", "claim_id")
    question_of = _questions(case["claims"])
    credited = set(case["attributions"]["mention_id"][case["attributions"]["speaker_kind"].isin(_NAMED)].tolist())
    puts: dict[str, dict[str, _Put]] = defaultdict(dict)
    for mention_id, article_id, stance, *printed in tuples(case["mentions"], "mention_id", "article_id", "stance", "quote", "sentence_start", "sentence_end",
                                                           "event_at"):
        claim, (outlet_id, day, text) = claim_of.get(mention_id, ""), articles.get(article_id, _UNKNOWN)
        if not claim or not outlet_id or stance == "denies" or mention_id in credited:
            continue
        by_outlet = puts[question_of.get(claim, claim)]
        known = by_outlet.get(outlet_id)
        if known is None or (day or "9", mention_id) < known[0]:
            by_outlet[outlet_id] = (day or "9", mention_id), claim, article_id, day, text, *printed
    for item, by_outlet in sorted(puts.items()):
        yield from _values(item, by_outlet, rivals=item.startswith("q-"))


def _questions(claims: pd.DataFrame) -> dict[str, str]:
    """The question of each claim that has a rival."""
    asked: dict[str, list[str]] = defaultdict(list)
    for claim_id, question_id in tuples(claims, "claim_id", "question_id"):
        if question_id:
            asked[question_id].append(claim_id)
    return {claim: f"q-{question}" for question, found in asked.items() if len(found) > 1 for claim in found}


def _values(item: str, by_outlet: Mapping[str, _Put], *, rivals: bool) -> Iterator[Statement]:
    figures = {o: _figures(text[start:end], event_at) for o, (_, _, _, _, text, _, start, end, event_at) in by_outlet.items()}
    counted = 2 * sum(map(bool, figures.values())) >= len(figures)
    for outlet_id, (_, claim, article_id, day, _, quote, _, _, _) in sorted(by_outlet.items()):
        value = claim if rivals else figures[outlet_id] if counted else " ".join(words(quote))
        if value:
            yield Statement(outlet_id, item, value, article_id, day[:10])


def _figures(sentence: str, event_at: str) -> str:
    """The numerals of the sentence with the date it speaks of, "" without numerals."""
    found = sorted(set(_FIGURE.findall(sentence)))
    return " ".join([*found, event_at]) if found else ""


def _outlet_names(case: Case) -> dict[str, str]:
    return lookup(case["outlets"], "outlet_id", "name")


def _tested(said: Iterable[Statement], names: Mapping[str, str]) -> list[Shared]:
    """The pairs that pass the test and share odd values in enough articles of both."""
    import numpy as np  # with scipy: a second that small piles need not spend

    from tracker.score.fusion.dependence import DEFAULTS, dependent_pairs
    from tracker.score.fusion.labelled import encode

    said = list(said)
    labelled = encode(pd.DataFrame([s[:3] for s in said], columns=["party", "item", "value"]))
    table = labelled.table
    place = {(s.party, s.item): s for s in said}
    rows = [place[labelled.parties[p], labelled.items[f]] for p, f in zip(table.party, table.fact, strict=True)]
    when = np.array([date.fromisoformat(s.day).toordinal() if s.day else np.nan for s in rows], dtype=float)
    odd = set(np.flatnonzero(table.voices < table.top(table.voices)[table.item]).tolist())
    mine: dict[int, dict[int, str]] = defaultdict(dict)
    for party, fact, row in zip(table.party, table.fact, rows, strict=True):
        if fact in odd:
            mine[int(party)][int(fact)] = row.article
    out = []
    for pair in dependent_pairs(table, when=when).to_dict("records"):
        left, right = mine[pair["left"]], mine[pair["right"]]
        both = sorted(set(left) & set(right))
        if min(len({left[f] for f in both}), len({right[f] for f in both})) >= ARTICLES:
            ids = str(labelled.parties[pair["left"]]), str(labelled.parties[pair["right"]])
            high = _upper(pair["shared"], pair["telling"], DEFAULTS.tail)
            shown = names.get(ids[0], ids[0]), names.get(ids[1], ids[1])
            out.append(Shared(*ids, round(pair["overlap"], 6), round(pair["low"], 6), high, pair["shared"], pair["telling"], _sentence(pair, *shown)))
    return out


def _upper(part: int, whole: int, tail: float) -> float:
    """Upper end of Wilson's interval of a share."""
    share, n = part / whole, whole
    found: float = (share + tail**2 / (2 * n) + tail * (share * (1 - share) / n + tail**2 / (4 * n * n)) ** 0.5) / (1 + tail**2 / n)
    return round(min(found, 1.0), 6)


def _sentence(pair: Mapping[Any, Any], left: str, right: str) -> str:
    said = (f"{left} and {right} give the same odd figure, date or wording on {pair['shared']} of the {pair['telling']} points on which one of them departs "
            f"from the commonest, in their own name; where both depart they agree {pair['agree']} times of {pair['both']}, and by chance it would be "
            f"{pair['expected']:.1f} (chance of that below 10^{int(min(pair['log10_p'], 0))}). "
            "They may share a source that neither names, or one may follow the other")
    if not pair["earlier"]:
        return said
    first, count = (left, pair["earlier"]) if pair["earlier"] > 0 else (right, -pair["earlier"])
    return f"{said}; {first} was first {count} times more often"
