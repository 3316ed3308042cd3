"""Passages that one article has from another: shared runs of words outside quotation marks, found by an index and checked exactly."""
from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from tracker.settings import TraceSettings
from tracker.tables import lookup, records
from tracker.text import straight, words
from tracker.trace.classes import join_pairs

Row = dict[str, Any]

_QUOTED = re.compile(r'"[^"\n]{0,2000}"')
FEWEST = 3  # shingles a sentence needs to be judged; with six-word shingles that is eight words in a row, and shorter sentences agree by chance
FEWEST_WHOLE = 12  # the same for a whole article: a caption shared by two stories makes neither a copy
LONG = 60  # shingles from which a quarter of them, chosen by content, is enough to find candidates
CANDIDATES = 5  # earlier passages compared exactly; a copy shares most of its shingles with the first of them


@dataclass(frozen=True, slots=True)
class Copy:
    """An item whose words stand almost so in an earlier one of another outlet; share: of its shingles."""

    later_id: str
    earlier_id: str
    share: float
    whole: bool
    dated: bool


@dataclass(frozen=True, slots=True)
class _Passage:
    item_id: str
    outlet: str
    at: str
    text: str


def find_copies(mentions: pd.DataFrame, members: pd.DataFrame, articles: pd.DataFrame, *, settings: TraceSettings,
                whole: Mapping[str, tuple[str, float]] | None = None) -> list[Copy]:
    """Near-copies among the supporting mentions of one claim, each with an earlier passage it agrees with; people's quoted words do not count.

    A mention is a near-copy by its own sentence, or because its whole article is one. `whole`: what `copied_articles` gives, if that is known.
    """
    by_article = {a["article_id"]: a for a in records(articles, "article_id", "outlet_id", "text", "published_at")}
    claim_of = lookup(members, "mention_id", "claim_id")
    claims: dict[str, list[Row]] = {}
    for row in records(mentions, "mention_id", "article_id", "sentence_start", "sentence_end", "stance"):
        if row["stance"] == "supports" and row["mention_id"] in claim_of and row["article_id"] in by_article:
            claims.setdefault(claim_of[row["mention_id"]], []).append(row)
    shared = {c: ms for c, ms in claims.items() if len({_outlet(by_article[m["article_id"]]) for m in ms}) > 1}
    if whole is None:
        whole = whole_copies(by_article.values(), settings) if shared else {}
    return [copy for _, rows in sorted(shared.items()) for copy in _claim_copies(rows, by_article, whole, settings)]


def _claim_copies(rows: Sequence[Row], by_article: Mapping[str, Row], whole: Mapping[str, tuple[str, float]], settings: TraceSettings) -> list[Copy]:
    passages = []
    for row in rows:
        article = by_article[row["article_id"]]
        passages.append(_Passage(row["mention_id"], _outlet(article), article["published_at"], article["text"][row["sentence_start"]:row["sentence_end"]]))
    found = {c.later_id: c for c in _nearest(passages, settings, FEWEST, whole=False)}
    first: dict[str, Row] = {}
    for row in sorted((r for r in rows if r["article_id"] in whole), key=lambda r: _place(r, by_article[r["article_id"]])):
        group, share = whole[row["article_id"]]
        earlier = first.setdefault(group, row)
        if row["mention_id"] not in found and _outlet(by_article[earlier["article_id"]]) != _outlet(by_article[row["article_id"]]):
            dated = _dated(by_article[row["article_id"]]["published_at"], by_article[earlier["article_id"]]["published_at"])
            found[row["mention_id"]] = Copy(row["mention_id"], earlier["mention_id"], share, True, dated)
    return [found[k] for k in sorted(found)]


def copied_articles(articles: pd.DataFrame, settings: TraceSettings) -> dict[str, tuple[str, float]]:
    """What `whole_copies` gives of the articles of a run."""
    return whole_copies(records(articles, "article_id", "outlet_id", "text", "published_at"), settings)


def whole_copies(articles: Iterable[Row], settings: TraceSettings) -> dict[str, tuple[str, float]]:
    """Articles that are near-copies of one another: article to its class and the share by which it belongs to it (1 for the first)."""
    passages = [_Passage(a["article_id"], _outlet(a), a["published_at"], a["text"]) for a in articles]
    copies = _nearest(passages, settings, FEWEST_WHOLE, whole=True)
    share = {c.later_id: c.share for c in copies}
    return {article: (group, share.get(article, 1.0)) for article, group in join_pairs((c.later_id, c.earlier_id) for c in copies).items()}


def _nearest(passages: Iterable[_Passage], settings: TraceSettings, fewest: int, *, whole: bool) -> list[Copy]:
    """Each passage's best earlier match in another outlet.

    Every shingle leads to the first passage that has it and to the first of another outlet, so the work grows with the text and not with its square.
    """
    holders: dict[int, list[_Passage]] = {}
    out = []
    for passage in sorted(passages, key=lambda p: _order(p.at, p.text, p.item_id)):
        mine = shingles(passage.text, settings.copy_shingle)
        votes: dict[str, int] = {}
        seen: dict[str, _Passage] = {}
        for key in sorted(_keys(mine)):
            held = holders.setdefault(key, [])
            for other in held:
                if other.outlet != passage.outlet:
                    votes[other.item_id] = votes.get(other.item_id, 0) + 1
                    seen[other.item_id] = other
            if len(held) < 2 and all(h.outlet != passage.outlet for h in held):
                held.append(passage)
        if len(mine) >= fewest and votes:
            likely = sorted(votes, key=lambda k: (-votes[k], _order(seen[k].at, seen[k].text, k)))[:CANDIDATES]
            best = max((_compared(passage, mine, seen[k], settings, fewest, whole) for k in likely), key=lambda c: c.share)
            if best.share >= settings.copy_containment:
                out.append(best)
    return out


def _compared(passage: _Passage, mine: frozenset[str], other: _Passage, settings: TraceSettings, fewest: int, whole: bool) -> Copy:
    """How much of a passage stands in an earlier one; without dates the shorter of the two may be the copy."""
    theirs = shingles(other.text, settings.copy_shingle)
    dated = _dated(passage.at, other.at)
    both = len(mine & theirs)
    size = len(mine) if dated else min(len(mine), max(fewest, len(theirs)))
    return Copy(passage.item_id, other.item_id, both / size if both >= fewest else 0.0, whole, dated)


@lru_cache(maxsize=256)
def shingles(text: str, size: int) -> frozenset[str]:
    """Runs of `size` folded words outside quotation marks; none spans a quotation."""
    out: set[str] = set()
    for part in _QUOTED.split(straight(text)):
        run = words(part)
        out.update(" ".join(run[i:i + size]) for i in range(len(run) - size + 1))
    return frozenset(out)


def _keys(found: frozenset[str]) -> set[int]:
    """Checksums of the shingles by which candidates are found; clashes are sorted out by the exact comparison."""
    keys = {zlib.crc32(s.encode("utf-8", "surrogatepass")) for s in found}
    return {k for k in keys if k % 4 == 0} if len(keys) > LONG else keys


def _order(at: str, text: str, item_id: str) -> tuple[bool, str, str, str]:
    """By date, undated last; then by the words, so that an outlet's name decides nothing."""
    return not at, at, text, item_id


def _place(mention: Row, article: Row) -> tuple[tuple[bool, str, str, str], int, str]:
    return _order(article["published_at"], article["text"], ""), mention["sentence_start"], mention["mention_id"]


def _dated(later: str, earlier: str) -> bool:
    return bool(later and earlier) and later[:10] != earlier[:10]


def _outlet(article: Mapping[str, Any]) -> str:
    return str(article["outlet_id"] or article["article_id"])
