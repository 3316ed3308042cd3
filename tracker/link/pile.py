"""The mentions of a run as the comparison sees them: in order of their printing, wordings that differ told apart, words of each article."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tracker.tables import dumps

_ASIDE = frozenset({"quoted", "title", "modal", "weak", "called"})  # parts in which copies of one wording may differ


class Pile(NamedTuple):
    """Mentions, earliest first; those that stand for themselves; distinct parts and the place of each of those among them; words of each article."""

    rows: list[dict[str, Any]]
    free: list[dict[str, Any]]
    parts: list[dict[str, Any]]
    places: np.ndarray
    stories: dict[str, list[str]]


def read_pile(mentions: pd.DataFrame, published: Mapping[str, str] | None = None) -> Pile:
    """The mentions in order of printing. `published` is the time of each article, "" or missing where it is not known: those come last.

    Order is by time, article, place in the article, id: a mention that is added later moves nothing, so the first mention of a claim stays.
    """
    days = published or {}
    rows: list[dict[str, Any]] = [{**{str(k): v for k, v in r.items()}, "parts": json.loads(r["frame"])} for r in mentions.to_dict("records")]
    rows.sort(key=lambda r: (not (day := days.get(r["article_id"], "")), day, r["article_id"], r["start"], r["mention_id"]))
    stories: dict[str, list[str]] = {}
    for row in rows:
        stories.setdefault(row["article_id"], []).extend(row["parts"]["words"])
    free = [r for r in rows if not r["refers_id"]]
    return Pile(rows, free, *_distinct(free), stories)


def _distinct(rows: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], np.ndarray]:
    """Parts that differ, and the place of each row among them: word-for-word copies are compared once."""
    seen: dict[str, int] = {}
    parts: list[dict[str, Any]] = []
    places: list[int] = []
    for row in rows:
        key = dumps({k: v for k, v in row["parts"].items() if k not in _ASIDE})
        if key not in seen:
            seen[key] = len(parts)
            parts.append({**row["parts"], "text": row["proposition"], "article": row["article_id"]})
        places.append(seen[key])
    return parts, np.asarray(places, dtype=np.int64)


def first_mentions(pile: Pile) -> list[str]:
    """The first mention of each distinct wording."""
    first: dict[int, str] = {}
    for row, place in zip(pile.free, pile.places.tolist(), strict=True):
        first.setdefault(place, row["mention_id"])
    return [first[n] for n in range(len(pile.parts))]
