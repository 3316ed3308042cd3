"""Fusion: from who says what to the trust in each party and the belief in each value, by published methods under one interface."""
from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracker.score.fusion.accu import accu
from tracker.score.fusion.average_log import average_log
from tracker.score.fusion.crh import crh
from tracker.score.fusion.dawid_skene import dawid_skene
from tracker.score.fusion.investment import investment
from tracker.score.fusion.labelled import Labelled, encode
from tracker.score.fusion.merged import merged
from tracker.score.fusion.pooled_investment import pooled_investment
from tracker.score.fusion.popaccu import popaccu
from tracker.score.fusion.sums import sums
from tracker.score.fusion.table import Table, table_of
from tracker.score.fusion.three_estimates import three_estimates
from tracker.score.fusion.truthfinder import truthfinder
from tracker.score.fusion.two_estimates import two_estimates
from tracker.score.fusion.vote import vote
from tracker.score.rounds import Fused

METHODS: Final[dict[str, Callable[..., Fused]]] = {
    "vote": vote, "sums": sums, "average-log": average_log, "investment": investment, "pooled-investment": pooled_investment,
    "truthfinder": truthfinder, "2-estimates": two_estimates, "3-estimates": three_estimates, "crh": crh, "accu": accu, "popaccu": popaccu,
    "dawid-skene": dawid_skene, "merged": merged,
}
"""By name. Each takes a Table and `stop`, and its paper's own numbers as keywords."""

DEFAULT: Final = "merged"

__all__ = ["DEFAULT", "METHODS", "Fused", "Labelled", "Table", "encode", "table_of"]
