"""Passages that one article has from another: shared runs of words outside quotation marks, found by an index and then counted."""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from tracker.settings import TraceSettings
from tracker.shingles import runs_of_pieces
from tracker.tables import lookup, tuples
from tracker.text import straight, words
from tracker.trace.classes import join_pairs

Counts = npt.NDArray[np.int64]
Copied = Mapping[str, tuple[str, float]]
"""Articles that are near-copies of one another: article to its class and the share by which it belongs to it."""

_QUOTED = re.compile(r'"[^"\n]{0,2000}"')
FEWEST = 3  # shingles a sentence needs to be judged; with six-word shingles that is eight words in a row, and shorter sentences agree by chance
FEWEST_WHOLE = 12  # the same for a whole article: a caption shared by two stories makes neither a copy
LONG = 60  # shingles from which a quarter of them, chosen by content, is enough to find candidates
_PIECE = 20_000  # pairs compared at a time, which bounds the memory
CANDIDATES = 5  # earlier passages compared exactly; a copy shares most of its shingles with the first of them


class Copy(NamedTuple):
    """An item whose words stand almost so in an earlier one of another outlet; share: of its shingles."""

    later_id: str
    earlier_id: str
    share: float
    whole: bool
    dated: bool


class _Passage(NamedTuple):
    item_id: str
    outlet: str
    at: str
    text: str
    group: int = 0  # only passages of one group are compared


_Mention = tuple[str, _Passage, int, int]
"""A mention, its article, and the borders of its sentence."""


def find_copies(mentions: pd.DataFrame, members: pd.DataFrame, articles: pd.DataFrame, *, settings: TraceSettings,
                whole: Copied | None = None) -> list[Copy]:
    """Near-copies among the supporting mentions of one claim, each with an earlier passage it agrees with; people's quoted words do not count.

    A mention is a near-copy by its own sentence, or because its whole article is one. `whole`: what `copied_articles` gives, if that is known.
    """
    columns = tuples(articles, "article_id", "outlet_id", "text", "published_at")
    printed = {a: _Passage(a, outlet or a, at, text) for a, outlet, text, at in columns}
    claim_of = lookup(members, "mention_id", "claim_id")
    claims: dict[str, list[_Mention]] = {}
    for mention_id, article_id, start, end, stance in tuples(mentions, "mention_id", "article_id", "sentence_start", "sentence_end", "stance"):
        if stance == "supports" and mention_id in claim_of and article_id in printed:
            claims.setdefault(claim_of[mention_id], []).append((mention_id, printed[article_id], start, end))
    shared = [ms for _, ms in sorted(claims.items()) if len({article.outlet for _, article, _, _ in ms}) > 1]
    if whole is None:
        whole = _whole_copies(list(printed.values()), settings) if shared else {}
    passages = [_Passage(mention_id, article.outlet, article.at, article.text[start:end], group)
                for group, ms in enumerate(shared) for mention_id, article, start, end in ms]
    found = {c.later_id: c for c in _nearest(passages, settings, FEWEST, whole=False)}
    return [copy for ms in shared for copy in _with_whole(ms, found, whole)]


def _with_whole(mentions: Sequence[_Mention], near: Mapping[str, Copy], whole: Copied) -> list[Copy]:
    """The copies among the mentions of a claim: by their own sentence, else by the whole article."""
    found = {m: near[m] for m, *_ in mentions if m in near}
    first: dict[str, tuple[str, _Passage]] = {}
    for mention_id, article, _, _ in sorted((m for m in mentions if m[1].item_id in whole), key=_place):
        group, share = whole[article.item_id]
        earlier_id, earlier = first.setdefault(group, (mention_id, article))
        if mention_id not in found and earlier.outlet != article.outlet:
            found[mention_id] = Copy(mention_id, earlier_id, share, True, _dated(article.at, earlier.at))
    return [found[k] for k in sorted(found)]


def copied_articles(articles: pd.DataFrame, settings: TraceSettings) -> Copied:
    """Articles that are near-copies of one another: article to its class and the share by which it belongs to it (1 for the first)."""
    columns = tuples(articles, "article_id", "outlet_id", "text", "published_at")
    return _whole_copies([_Passage(a, outlet or a, at, text) for a, outlet, text, at in columns], settings)


def _whole_copies(articles: Sequence[_Passage], settings: TraceSettings) -> Copied:
    copies = _nearest(articles, settings, FEWEST_WHOLE, whole=True)
    share = {c.later_id: c.share for c in copies}
    return {article: (group, share.get(article, 1.0)) for article, group in join_pairs((c.later_id, c.earlier_id) for c in copies).items()}


def _nearest(passages: Iterable[_Passage], settings: TraceSettings, fewest: int, *, whole: bool) -> list[Copy]:
    """Each passage's best earlier match in its group and in another outlet.

    Every shingle leads to the first passage that has it and to the first of another outlet, so the work grows with the text and not with its square.
    """
    ordered = sorted(passages, key=lambda p: (p.group, not p.at, p.at, p.text, p.item_id))  # undated last; words before ids: no outlet's name decides
    if len(ordered) < 2:
        return []
    shingled = shingle([p.text for p in ordered], settings.copy_shingle)
    sizes = shingled.sizes
    later, earlier = _likely(shingled, ordered)
    kept = sizes[later] >= fewest
    later, earlier = later[kept], earlier[kept]
    both = _in_common(shingled, later, earlier)
    days = {day: n for n, day in enumerate(sorted({p.at[:10] for p in ordered} - {""}))}
    day = np.asarray([days.get(p.at[:10], -1) for p in ordered], dtype=np.int64)
    dated = (day[later] >= 0) & (day[earlier] >= 0) & (day[later] != day[earlier])
    # Without dates the shorter of the two may be the copy.
    share = both / np.where(dated, sizes[later], np.minimum(sizes[later], np.maximum(fewest, sizes[earlier])))
    found = np.flatnonzero((both >= fewest) & (share >= settings.copy_containment))
    out: dict[int, Copy] = {}
    for here, there, part, known in zip(*(column[found].tolist() for column in (later, earlier, share, dated)), strict=True):
        if here not in out or part > out[here].share:
            out[here] = Copy(ordered[here].item_id, ordered[there].item_id, part, whole, known)
    return list(out.values())


class Shingled(NamedTuple):
    """`texts`: distinct texts x shingles, 1 where the text has it; `text`: which of them each one handed in is; `sizes`: how many shingles that has.

    `quarter`: which shingles are the quarter that finds candidates.
    """

    texts: Any
    text: Counts
    sizes: Counts
    quarter: np.ndarray


def shingle(texts: Sequence[str], size: int) -> Shingled:
    """The runs of `size` folded words outside quotation marks; none spans a quotation."""
    place = {text: n for n, text in enumerate(dict.fromkeys(texts))}
    pieces: list[list[str]] = []
    text_of: list[int] = []
    for text, n in place.items():
        for part in _QUOTED.split(straight(text)):
            pieces.append(words(part))
            text_of.append(n)
    found, piece = runs_of_pieces(pieces, size)
    numbers, shingle = np.unique(found, return_inverse=True)
    row = np.asarray(text_of, dtype=np.int64)[piece]
    distinct = sparse.csr_matrix((np.ones(len(row), dtype=np.int32), (row, shingle)), shape=(len(place), len(numbers)))
    distinct.sum_duplicates()
    distinct.data[:] = 1
    which = np.asarray([place[t] for t in texts], dtype=np.int64)
    return Shingled(distinct, which, np.diff(distinct.indptr).astype(np.int64)[which], numbers % np.uint64(4) == 0)


def _likely(shingled: Shingled, ordered: Sequence[_Passage]) -> tuple[Counts, Counts]:
    """Pairs (later, earlier) to compare exactly: for each passage the earlier ones that most of its shingles lead to, most first."""
    outlets = {o: n for n, o in enumerate(dict.fromkeys(p.outlet for p in ordered))}
    outlet = np.asarray([outlets[p.outlet] for p in ordered], dtype=np.int64)
    group = np.asarray([p.group for p in ordered], dtype=np.int64)
    at = np.repeat(np.arange(len(ordered)), shingled.sizes)
    shingles = shingled.texts[shingled.text].indices
    asked = shingled.quarter[shingles] | (shingled.sizes[at] <= LONG)
    key, at = shingles[asked].astype(np.int64), at[asked]
    order = np.lexsort((at, key, group[at]))
    key, at = key[order], at[order]
    starts = np.flatnonzero(np.concatenate([[True], (key[1:] != key[:-1]) | (group[at[1:]] != group[at[:-1]])])) if len(key) else np.zeros(0, dtype=np.int64)
    run = np.repeat(np.arange(len(starts)), np.diff(np.concatenate([starts, [len(key)]])))
    first = at[starts][run]
    other = outlet[at] != outlet[first]
    beyond = len(ordered)
    second = np.minimum.reduceat(np.where(other, at, beyond), starts)[run] if len(starts) else first
    again = (second < at) & (outlet[np.minimum(second, beyond - 1)] != outlet[at])
    votes = np.concatenate([at[other] * beyond + first[other], at[again] * beyond + second[again]])
    pairs, count = np.unique(votes, return_counts=True)
    later, earlier = np.divmod(pairs, beyond)
    order = np.lexsort((earlier, -count, later))
    later, earlier = later[order], earlier[order]
    rank = np.arange(len(later)) - np.searchsorted(later, later)
    return later[rank < CANDIDATES], earlier[rank < CANDIDATES]


def _in_common(shingled: Shingled, left: Counts, right: Counts) -> Counts:
    """How many shingles the two texts of each pair share; a pair of texts that comes again and again is counted once."""
    width = len(shingled.sizes)
    pairs, back = np.unique(shingled.text[left] * width + shingled.text[right], return_inverse=True)
    one, two = np.divmod(pairs, max(width, 1))
    parts = [shingled.texts[one[n:n + _PIECE]].multiply(shingled.texts[two[n:n + _PIECE]]).sum(axis=1) for n in range(0, len(pairs), _PIECE)]
    return np.concatenate([np.asarray(p, dtype=np.int64).ravel() for p in parts])[back] if parts else np.zeros(0, dtype=np.int64)


def _place(mention: _Mention) -> tuple[bool, str, str, int, str]:
    mention_id, article, start, _ = mention
    return not article.at, article.at, article.text, start, mention_id


def _dated(later: str, earlier: str) -> bool:
    return bool(later and earlier) and later[:10] != earlier[:10]
