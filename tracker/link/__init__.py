"""The link room: mentions of one proposition become one claim."""

from __future__ import annotations

from tracker.link.claims import Linked, compare_mentions, link_mentions
from tracker.link.kept import COMPARING, Kept, pack, unpack
from tracker.link.why import Why, as_row, explain_pair

__all__ = ["COMPARING", "Kept", "Linked", "Why", "as_row", "compare_mentions", "explain_pair", "link_mentions", "pack", "unpack"]
