"""Passages that one article has from another: shared runs of words outside quotation marks, found by an index and checked exactly."""
from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tracker.settings import TraceSettings
from tracker.text import straight, words

_QUOTED = re.compile(r'"[^"\n]{0,2000}"')
FEWEST = 3  # shingles a passage needs to be judged; with six-word shingles that is eight words in a row, and shorter sentences agree by chance


@dataclass(frozen=True, slots=True)
class Copy:
    """A mention whose passage stands almost so in an earlier one of another outlet; share: of its shingles."""

    later_id: str
    earlier_id: str
    share: float
    whole: bool
    dated: bool


@dataclass(frozen=True, slots=True)
class _Passage:
    mention_id: str
    outlet: str
    at: str
    shingles: frozenset[str]
    text: str


def find_copies(mentions: pd.DataFrame, members: pd.DataFrame, articles: pd.DataFrame, *, settings: TraceSettings) -> list[Copy]:
    """Near-copies among supporting mentions of one claim, each with the earliest passage it agrees with; people's quoted words do not count."""
    by_article = {a["article_id"]: a for a in _rows(articles, "article_id", "outlet_id", "text", "published_at")}
    claim_of = dict(zip(members["mention_id"], members["claim_id"], strict=True))
    claims: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(mentions, "mention_id", "article_id", "sentence_start", "sentence_end", "stance"):
        if row["stance"] == "supports" and row["mention_id"] in claim_of and row["article_id"] in by_article:
            claims.setdefault(claim_of[row["mention_id"]], []).append(row)
    shared = {c: ms for c, ms in claims.items() if len({_outlet(by_article[m["article_id"]]) for m in ms}) > 1}
    whole = _whole_copies([by_article[a] for a in sorted({m["article_id"] for ms in shared.values() for m in ms})], settings)
    out: list[Copy] = []
    for _, members_of in sorted(shared.items()):
        out.extend(_claim_copies(members_of, by_article, whole, settings))
    return out


def _claim_copies(rows: Iterable[dict[str, Any]], by_article: Mapping[str, dict[str, Any]], whole: Mapping[str, Copy], settings: TraceSettings) -> list[Copy]:
    rows = list(rows)
    passages = []
    for row in rows:
        article = by_article[row["article_id"]]
        text = article["text"][row["sentence_start"]:row["sentence_end"]]
        passages.append(_Passage(row["mention_id"], _outlet(article), article["published_at"], shingles(text, settings.copy_shingle), text))
    found = {c.later_id: c for c in _nearest(passages, settings, FEWEST)}
    first: dict[str, str] = {}
    for row in sorted(rows, key=lambda r: (r["sentence_start"], r["mention_id"])):
        first.setdefault(row["article_id"], row["mention_id"])
    for row in rows:
        copy = whole.get(row["article_id"])
        if copy and copy.earlier_id in first and row["mention_id"] not in found:
            found[row["mention_id"]] = Copy(row["mention_id"], first[copy.earlier_id], copy.share, True, copy.dated)
    return [found[k] for k in sorted(found)]


def _whole_copies(articles: list[dict[str, Any]], settings: TraceSettings) -> dict[str, Copy]:
    """Articles that lie mostly in an earlier article of another outlet, by id."""
    passages = [_Passage(a["article_id"], _outlet(a), a["published_at"], shingles(a["text"], settings.copy_shingle), a["text"]) for a in articles]
    return {c.later_id: c for c in _nearest(passages, settings, 4 * FEWEST)}


def _nearest(passages: Iterable[_Passage], settings: TraceSettings, fewest: int) -> list[Copy]:
    """Each passage's best earlier match in another outlet.

    Every shingle leads to the first passage that has it and to the first of another outlet, so the work grows with the text and not with its square.
    """
    holders: dict[int, list[_Passage]] = {}
    out = []
    for passage in sorted(passages, key=lambda p: _order(p.at, p.text, p.mention_id)):
        votes: dict[str, int] = {}
        seen: dict[str, _Passage] = {}
        for key in sorted(_keys(passage.shingles)):
            held = holders.setdefault(key, [])
            for other in held:
                if other.outlet != passage.outlet:
                    votes[other.mention_id] = votes.get(other.mention_id, 0) + 1
                    seen[other.mention_id] = other
            if len(held) < 2 and all(h.outlet != passage.outlet for h in held):
                held.append(passage)
        if len(passage.shingles) < fewest:
            continue
        best = _verified(passage, [seen[k] for k in sorted(votes, key=lambda k: (-votes[k], _order(seen[k].at, seen[k].text, k)))[:5]])
        if best and best.share >= settings.copy_containment:
            out.append(best)
    return out


def _verified(passage: _Passage, candidates: Iterable[_Passage]) -> Copy | None:
    """The candidate that holds the greatest share of the passage, by exact comparison; undated, the smaller of the two may be the copy."""
    best = None
    for other in candidates:
        both = len(passage.shingles & other.shingles)
        dated = _dated(passage.at, other.at)
        size = len(passage.shingles) if dated else min(len(passage.shingles), max(FEWEST, len(other.shingles)))
        if both >= FEWEST and (best is None or both / size > best.share):
            best = Copy(passage.mention_id, other.mention_id, both / size, False, dated)
    return best


def shingles(text: str, size: int) -> frozenset[str]:
    """Runs of `size` folded words outside quotation marks; none spans a quotation."""
    out: set[str] = set()
    for part in _QUOTED.split(straight(text)):
        run = words(part)
        out.update(" ".join(run[i:i + size]) for i in range(len(run) - size + 1))
    return frozenset(out)


def _keys(found: frozenset[str]) -> set[int]:
    """Checksums of a quarter of a long text's shingles, chosen by content, or of all of a short one; clashes are sorted out by the exact comparison."""
    keys = {zlib.crc32(s.encode("utf-8", "surrogatepass")) for s in found}
    return {k for k in keys if k % 4 == 0} if len(keys) > 60 else keys


def _order(at: str, text: str, item_id: str) -> tuple[bool, str, str, str]:
    """By date, undated last; then by the words, so that an outlet's name decides nothing."""
    return not at, at, text, item_id


def _dated(later: str, earlier: str) -> bool:
    return bool(later and earlier) and later[:10] != earlier[:10]


def _rows(frame: pd.DataFrame, *columns: str) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in frame[list(columns)].to_dict("records")]


def _outlet(article: Mapping[str, Any]) -> str:
    return str(article["outlet_id"] or article["article_id"])
