"""The mentions of a run as the comparison sees them: in order of their printing, wordings that differ told apart, words of each article."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tracker.tables import row_hashes, text_hashes

Parts = Mapping[str, Any]
_ASIDE = frozenset({"quoted", "title", "modal", "weak", "called", "tail"})  # parts in which copies of one wording may differ


class Pile(NamedTuple):
    """Columns of the mentions, earliest first, and what is the same for many of them.

    `frames`: the frames that differ, `frame`: which of them each mention has; `free`: rows of the mentions that stand for themselves; `parts`: the
    distinct wordings of those, `places`: which of them each free mention has; `stories`: words of each article; `own`, `told`: hashes of all that is known of
    each of the distinct wordings, and of what each article tells, in order of their ids.
    """

    ids: list[str]
    articles: list[str]
    refers: list[str]
    stances: list[str]
    quotes: list[str]
    propositions: list[str]
    frames: list[Parts]
    frame: np.ndarray
    free: np.ndarray
    parts: list[Parts]
    places: np.ndarray
    stories: dict[str, list[str]]
    own: np.ndarray
    told: np.ndarray

    def row_of(self, ids: Sequence[str]) -> dict[str, int]:
        """The row of each of these mentions that is in the pile."""
        wanted = set(ids)
        return {m: n for n, m in enumerate(self.ids) if m in wanted}

    def place_of(self, ids: Sequence[str]) -> dict[str, int]:
        """The distinct wording of each of these mentions that stands for itself."""
        wanted = set(ids)
        return {m: p for n, p in zip(self.free.tolist(), self.places.tolist(), strict=True) if (m := self.ids[n]) in wanted}

    def of_frames(self, key: str) -> np.ndarray:
        """Whether a part of its frame holds, for each mention."""
        holds = np.asarray([bool(f[key]) for f in self.frames], dtype=bool)
        return np.asarray(holds[self.frame])


def read_pile(mentions: pd.DataFrame, published: Mapping[str, str] | None = None) -> Pile:
    """The mentions in order of printing. `published` is the time of each article, "" or missing where it is not known: those come last.

    Order is by time, article, place in the article, id: a mention that is added later moves nothing, so the first mention of a claim stays.
    """
    days = published or {}
    articles = {a: n for n, a in enumerate(sorted(set(mentions["article_id"]), key=lambda a: (not days.get(a), days.get(a, ""), a)))}
    place = np.asarray([articles[a] for a in mentions["article_id"].tolist()], dtype=np.int64)
    order = np.lexsort((np.asarray(mentions["mention_id"].tolist(), dtype=np.str_), mentions["start"].to_numpy(), place))
    columns = ("mention_id", "article_id", "refers_id", "stance", "quote", "proposition", "frame")
    ids, article, refers, stances, quotes, propositions, texts = (mentions[c].to_numpy(dtype=object)[order].tolist() for c in columns)
    codes = {text: n for n, text in enumerate(dict.fromkeys(texts))}
    frames, frame = _read_frames(codes), np.asarray([codes[t] for t in texts], dtype=np.int64)
    stories: dict[str, list[str]] = {}
    for article_id, code in zip(article, frame.tolist(), strict=True):
        stories.setdefault(article_id, []).extend(frames[code]["words"])
    free = np.asarray([n for n, target in enumerate(refers) if not target], dtype=np.int64)
    distinct, places = _distinct(frames, frame[free])
    parts: list[Parts] = [{**frames[frame[free[n]]], "text": propositions[free[n]], "article": article[free[n]]} for n in distinct]
    marks, which = text_hashes(list(codes)), {a: n for n, a in enumerate(sorted(stories))}
    stands = np.asarray([which[a] for a in article], dtype=np.int64)
    told = _told(marks[frame], list(which), stands)
    rows = free[distinct]
    own = [marks[frame[rows]], text_hashes([propositions[n] for n in rows.tolist()]), told[stands[rows]]]
    return Pile(ids, article, refers, stances, quotes, propositions, frames, frame, free, parts, places, stories, _as_one(own), told)


def _told(marks: np.ndarray, articles: Sequence[str], stands: np.ndarray) -> np.ndarray:
    """A mark for each of the articles: which one it is and the frames of its mentions, each of which stands in one of them."""
    total = np.zeros(len(articles), dtype=np.uint64)
    np.add.at(total, stands, marks)
    return _as_one([text_hashes(articles), total])


def _as_one(columns: Sequence[np.ndarray]) -> np.ndarray:
    """64 bits for the cells of each row."""
    return row_hashes(pd.DataFrame(dict(enumerate(columns))))


def _read_frames(texts: Mapping[str, int]) -> list[Parts]:
    """The frames as values; words that are equal are one object, which a million mentions feel."""
    known: dict[str, str] = {}
    frames: list[Parts] = []
    for text in texts:
        frame = json.loads(text)
        frame["words"] = [known.setdefault(w, w) for w in frame["words"]]
        frames.append(frame)
    return frames


def _distinct(frames: Sequence[Parts], frame: np.ndarray) -> tuple[list[int], np.ndarray]:
    """Which rows bring a new wording, and the wording of each row: word-for-word copies are compared once."""
    keys = [repr([(k, v) for k, v in f.items() if k not in _ASIDE]) for f in frames]
    seen: dict[str, int] = {}
    first: list[int] = []
    wording = np.full(len(frames), -1, dtype=np.int64)
    for row, code in enumerate(frame.tolist()):
        if wording[code] < 0:
            if keys[code] not in seen:
                seen[keys[code]] = len(first)
                first.append(row)
            wording[code] = seen[keys[code]]
    return first, wording[frame]


def first_mentions(pile: Pile) -> list[str]:
    """The first mention of each distinct wording."""
    _, rows = np.unique(pile.places, return_index=True)
    return [pile.ids[n] for n in pile.free[rows].tolist()]
