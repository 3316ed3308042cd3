"""The link room: mentions of one proposition become one claim."""

from __future__ import annotations

from tracker.link.claims import Linked, link_mentions

__all__ = ["Linked", "link_mentions"]
