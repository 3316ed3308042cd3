"""A claim's wording, taken from its clearest mention; never invented."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.text import safe, shorten, squeeze

SHORT = 90  # characters of the short wording: one line on a card


_POINTING = frozenset(
    {"it", "its", "they", "their", "this", "that", "these", "those", "he", "she", "his", "her", "we", "our", "i", "who", "which", "after", "when", "as"}
)
"""Opening words that point back at a sentence the reader of a card does not see."""


def choose_wording(mentions: Sequence[dict[str, Any]], centrality: Sequence[float]) -> tuple[str, str]:
    """(short, full) wording: the proposition of the mention that reads best by itself, the first of equals."""
    best = max(zip(mentions, centrality, strict=True), key=lambda mc: _clarity(mc[0]) + mc[1])[0]
    full = _tidy(best["proposition"] or best["quote"])
    return shorten(full, SHORT), full


def _clarity(mention: dict[str, Any]) -> float:
    """Higher for statements with a named subject and a middling length, lower for fragments, quotations and denials."""
    parts = mention["parts"]
    words = len(mention["proposition"].split())
    value = 0.0
    value += 1.0 if 6 <= words <= 24 else 0.3 if words < 30 else 0.0
    value += 1.0 if mention["stance"] == "supports" else 0.0
    value += 0.5 if not mention["refers_id"] else -2.0
    value += 0.5 if parts["names"] else 0.0
    value += 0.4 if parts["actor"] else 0.0
    value -= 0.4 if parts["quoted"] else 0.0
    value -= 0.4 if mention["proposition"][:12] != mention["quote"][:12] else 0.0  # its subject had to be fetched from elsewhere
    value -= 1.0 if mention["quote"].split(" ", 1)[0].lower() in {"who", "which", "that", "whose"} else 0.0
    value -= 0.3 if parts["title"] else 0.0
    value -= 0.8 if mention["proposition"].split(" ", 1)[0].lower() in _POINTING else 0.0
    value -= 0.6 if parts["actor"] in {"it", "they", "he", "she", "we", "i", "this", "that"} else 0.0
    return value


def _tidy(text: str) -> str:
    """One line, opening capital, no loose quotation marks or final stop."""
    text = squeeze(safe(text)).strip(" ,;:-–—")
    for marks in ("“”", '""'):
        if text.count(marks[0]) + text.count(marks[1]) == 1 or text.startswith(marks[0]) and text.endswith(marks[1]):
            text = text.replace(marks[0], "").replace(marks[1], "")
    text = text.rstrip(". ,")
    return text[:1].upper() + text[1:]
