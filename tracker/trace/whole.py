"""Ties and origins of a case in one go: every claim is traced once for both, and one of which nothing changed since the last count not at all."""
from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from tracker.registry import Registry
from tracker.settings import TraceSettings
from tracker.tables import Case, about_claims, of_claims, records, union
from tracker.trace.claims import Pile
from tracker.trace.copies import copied_articles, find_copies
from tracker.trace.origins import COLUMNS, Traced, rows_of
from tracker.trace.parties import Press
from tracker.trace.ties import ties_of
from tracker.trace.unchanged import Earlier, mark_claims


class Whole(NamedTuple):
    """`ties`, `traced` as of all claims; `marks`: what each claim's count follows from; `same`: the claims that kept the rows of the earlier count."""

    ties: pd.DataFrame
    traced: Traced
    marks: dict[str, str]
    same: set[str]


def trace_case(mentions: pd.DataFrame, attributions: pd.DataFrame, members: pd.DataFrame, articles: pd.DataFrame, claims: pd.DataFrame, registry: Registry, *,
               settings: TraceSettings, earlier: Earlier | None = None) -> Whole:
    """What trace_ties and trace_origins give, from the same arguments.

    Claims that are marked as in `earlier`, which must have been counted with the same registry and settings, keep the rows they had there.
    """
    copied = copied_articles(articles, settings)
    marks = mark_claims(mentions, attributions, members, articles, copied)
    same = earlier.same(marks) if earlier is not None else set()
    now = Case({"mentions": mentions, "attributions": attributions, "members": members, "claims": claims})
    fresh = of_claims(now, same, out=True) if same else now
    pile = Pile(fresh["mentions"], fresh["attributions"], fresh["members"], Press(records(articles), registry))
    copies = find_copies(fresh["mentions"], fresh["members"], articles, settings=settings, whole=copied)
    traced = list(pile.trace([(c.later_id, c.earlier_id) for c in copies]))
    ties, found = ties_of(traced, copies, pile), rows_of(traced, pile, fresh["claims"])
    if earlier is None or not same:
        return Whole(ties, found, marks, set())
    then = of_claims(Case({**earlier.tables, "members": members}), same)
    linked = of_claims(now, same)["claims"].drop(columns=COLUMNS).merge(then["claims"][["claim_id", *COLUMNS]], on="claim_id")
    known = Traced(then["origins"], then["supports"], linked, about_claims(earlier.tables["reasons"], same, ["independence"]), then["parties"])
    both = Traced(*(union(name, [getattr(known, name), getattr(found, name)]) for name in Traced._fields))
    return Whole(union("ties", [then["ties"], ties]), both, marks, same)
