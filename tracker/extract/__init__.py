"""The extract room: articles to mentions and attributions."""

from __future__ import annotations

from tracker.extract.mentions import Extracted, extract_mentions

__all__ = ["Extracted", "extract_mentions"]
