"""Ties and origins of a case in one go: every claim is traced once for both, and one of which nothing changed since the last count not at all."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

import pandas as pd

from tracker.model import Ask, when_asked
from tracker.registry import Registry
from tracker.settings import TraceSettings
from tracker.tables import Case, about_claims, among, of_claims, part_claims, records, union
from tracker.trace.claims import Pile
from tracker.trace.copies import Copied, copied_articles, find_copies
from tracker.trace.origins import COLUMNS, Traced, rows_of
from tracker.trace.parties import Press
from tracker.trace.ties import ties_of
from tracker.trace.unchanged import Earlier, mark_claims

_LOOKED_AT: Final = ["mention_id", "article_id", "sentence_start", "sentence_end", "stance", "confirmed_max", "frame"]
"""The columns of mentions that tracing looks at: to cut a table in two and send half of it takes as long as it is wide."""

HERE: Final = 0.57  # of the mentions that are traced in this process: the other writes the links besides; by a timeline of both on 5,000 articles


class Whole(NamedTuple):
    """`ties`, `traced` as of all claims; `marks`: what each claim's count follows from; `same`: the claims that kept the rows of the count `before`."""

    ties: pd.DataFrame
    traced: Traced
    marks: dict[str, str]
    same: set[str]
    before: Earlier | None


def trace_case(mentions: pd.DataFrame, attributions: pd.DataFrame, members: pd.DataFrame, articles: pd.DataFrame, claims: pd.DataFrame, registry: Registry, *,
               settings: TraceSettings, earlier: Callable[[], Earlier | None] | None = None, copied: Copied | None = None, ask: Ask = when_asked) -> Whole:
    """What trace_ties and trace_origins give, from the same arguments.

    Claims that are marked as in `earlier`, which must have been counted with the same registry and settings, keep the rows they had there. `copied`:
    what `copied_articles` gives, where that is known. About half of the claims are worked on by `ask`.
    """
    return begin_trace(mentions, attributions, members, articles, claims, registry, settings=settings, earlier=earlier, copied=copied, ask=ask)()


def begin_trace(mentions: pd.DataFrame, attributions: pd.DataFrame, members: pd.DataFrame, articles: pd.DataFrame, claims: pd.DataFrame, registry: Registry, *,
                settings: TraceSettings, earlier: Callable[[], Earlier | None] | None = None, copied: Copied | None = None,
                ask: Ask = when_asked) -> Callable[[], Whole]:
    """The first part of trace_case, from the same arguments: which claims changed, and `ask` has its share of them; what it gives does the rest."""
    # The marks first: what was counted earlier may still be on its way.
    copied = copied_articles(articles, settings) if copied is None else copied
    marks = mark_claims(mentions, attributions, members, articles, copied)
    before = earlier() if earlier is not None else None
    same = before.same(marks) if before is not None else set()
    now = Case({"mentions": mentions[_LOOKED_AT], "attributions": attributions, "members": members, "claims": claims})
    fresh = of_claims(now, same, out=True) if same else now
    printed = articles[["article_id", "outlet_id", "file", "text", "published_at", "credit"]]
    shares = [fresh] if ask is when_asked else _shares(fresh)
    asked = [ask(_trace_some, share.tables, printed, copied, registry, settings) for share in shares[1:]]
    here = partial(_trace_some, shares[0].tables, printed, copied, registry, settings)
    return partial(_finish, [here, *asked], now, marks, same, before)


def _finish(shares: Sequence[Callable[[], tuple[pd.DataFrame, Traced]]], now: Case, marks: dict[str, str], same: set[str], before: Earlier | None) -> Whole:
    """Trace the share of this process, fetch the others, and put them beside the claims that did not change."""
    found = [share() for share in shares]
    if before is None or not same:
        return Whole(*_joined(found), marks, set(), before)
    then = of_claims(Case({**before.tables, "members": now["members"]}), same)
    linked = now["claims"][among(now["claims"]["claim_id"], same)].drop(columns=COLUMNS).merge(then["claims"][["claim_id", *COLUMNS]], on="claim_id")
    known = Traced(then["origins"], then["supports"], linked, about_claims(before.tables["reasons"], same, ["independence"]), then["parties"])
    return Whole(*_joined([(then["ties"], known), *found]), marks, same, before)


def _shares(case: Case) -> list[Case]:
    """The case cut in two: claims with about the share HERE of the mentions, and the others."""
    sizes = case["members"]["claim_id"].value_counts().sort_index()
    first = set(sizes.index[sizes.cumsum() - sizes / 2 <= HERE * sizes.sum()].tolist())
    return list(part_claims(case, first))


def _trace_some(tables: Mapping[str, pd.DataFrame], articles: pd.DataFrame, copied: Copied, registry: Registry,
                settings: TraceSettings) -> tuple[pd.DataFrame, Traced]:
    """Ties and origins of the claims in these tables alone."""
    mentions, members = tables["mentions"], tables["members"]
    pile = Pile(mentions, tables["attributions"], members, Press(records(articles), registry))
    copies = find_copies(mentions, members, articles, settings=settings, whole=copied)
    traced = list(pile.trace([(c.later_id, c.earlier_id) for c in copies]))
    return ties_of(traced, copies, pile), rows_of(traced, pile, tables["claims"])


def _joined(parts: Sequence[tuple[pd.DataFrame, Traced]]) -> tuple[pd.DataFrame, Traced]:
    if len(parts) == 1:
        return parts[0]
    return union("ties", [t for t, _ in parts]), Traced(*(union(name, [getattr(found, name) for _, found in parts]) for name in Traced._fields))
