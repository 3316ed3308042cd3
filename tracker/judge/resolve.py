"""Judgements found again: which mention, voice or claim each one is about in the tables of today."""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from tracker.judge.spans import Span, anchor
from tracker.judge.standing import find_conflicts, latest, standing
from tracker.judge.verdicts import VERDICTS
from tracker.tables import lookup, tuples

Row = dict[str, Any]


@dataclass(frozen=True)
class Resolved:
    """Standing judgements with `left_now` and `right_now` (mention ids, or the mention behind a voice or claim) and `subject`, the pair or one.

    used: the last word on each subject, earliest first. conflicts: what different people said differently. lost: whose words no article has now.
    """

    used: list[Row] = field(default_factory=list)
    conflicts: list[tuple[Row, Row]] = field(default_factory=list)
    lost: list[Row] = field(default_factory=list)


def resolve_judgements(judgements: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame, members: pd.DataFrame | None = None) -> Resolved:
    """Each standing judgement on the mentions of today: by id where it still stands, else by its printed words.

    `mentions` as extracted or as linked. What cannot be found changes nothing and is listed as lost; it counts again once its article is back.
    With `members`, verdicts on a claim are about the claim of today, so that two on claims that have become one meet.
    """
    rows = standing(judgements)
    if not rows:
        return Resolved()
    finder = _Finder(mentions, articles)
    claim_of = lookup(members, "mention_id", "claim_id") if members is not None else {}
    found, lost = [], []
    for row in rows:
        sides = [(row["left_id"], _span(row["left_span"])), (row["right_id"], _span(row["right_span"]))][:len(VERDICTS[row["verdict"]].subjects)]
        now = [finder.mention(i, s) for i, s in sides]
        if not all(now) or len(set(now)) < len(now) and VERDICTS[row["verdict"]].about == "link":
            lost.append(row)
            continue
        voices = tuple(sorted(str(s.get("party", "")) + "@" + n for n, (_, s) in zip(now, sides, strict=True)))
        kind = VERDICTS[row["verdict"]]
        claims = tuple(claim_of.get(n, n) for n in now)
        subject = voices if kind.about == "voice" else claims if kind.subjects == ("claim",) else tuple(sorted(now))
        found.append({**row, "left_now": now[0], "right_now": now[1] if len(now) > 1 else "", "left_at": sides[0][1],
                      "right_at": sides[1][1] if len(sides) > 1 else {}, "subject": subject})
    return Resolved(latest(found), find_conflicts(found), lost)


def _span(cell: str) -> Span:
    value = json.loads(cell)
    return value if isinstance(value, dict) else {}


class _Finder:
    """Mentions by id and by place."""

    def __init__(self, mentions: pd.DataFrame, articles: pd.DataFrame) -> None:
        self.ids = set(mentions["mention_id"])
        self.texts: Mapping[str, str] = lookup(articles, "article_id", "text")
        self.outlets: dict[str, list[str]] = {}
        for article_id, outlet_id in tuples(articles, "article_id", "outlet_id"):
            self.outlets.setdefault(outlet_id, []).append(article_id)
        self.places: dict[str, list[tuple[int, int, str]]] = {}
        for m, a, start, end in tuples(mentions, "mention_id", "article_id", "start", "end"):
            self.places.setdefault(a, []).append((int(start), int(end), m))

    def mention(self, mention_id: str, span: Span) -> str:
        """The mention meant: the one of that id, else the one that covers most of its words; "" if there is none."""
        if mention_id in self.ids:
            return mention_id
        at = anchor(span, self.texts, self.outlets)
        if at is None:
            return ""
        article, start, end = at
        shared = [(-(min(e, end) - max(s, start)), e - s, m) for s, e, m in self.places.get(article, ()) if min(e, end) > max(s, start)]
        return min(shared)[2] if shared else ""
