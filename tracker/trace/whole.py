"""Ties and origins of a case in one go: every claim is traced once for both."""
from __future__ import annotations

import pandas as pd

from tracker.registry import Registry
from tracker.settings import TraceSettings
from tracker.trace.claims import Pile
from tracker.trace.copies import find_copies
from tracker.trace.origins import Traced, rows_of
from tracker.trace.parties import Press
from tracker.trace.ties import ties_of


def trace_case(mentions: pd.DataFrame, attributions: pd.DataFrame, members: pd.DataFrame, articles: pd.DataFrame, claims: pd.DataFrame, registry: Registry, *,
               settings: TraceSettings) -> tuple[pd.DataFrame, Traced]:
    """What trace_ties and trace_origins give, from the same arguments."""
    pile = Pile(mentions, attributions, members, Press(articles.to_dict("records"), registry))  # type: ignore[arg-type]
    copies = find_copies(mentions, members, articles, settings=settings)
    traced = list(pile.trace([(c.later_id, c.earlier_id) for c in copies]))
    return ties_of(traced, copies, pile), rows_of(traced, pile, claims)
