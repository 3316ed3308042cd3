"""A claim's wording, taken from its clearest mention; never invented."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tracker.text import safe, shorten, squeeze

SHORT = 90  # characters of the short wording: one line on a card


_POINTING = frozenset(
    {"it", "its", "they", "their", "this", "that", "these", "those", "he", "she", "his", "her", "we", "our", "i", "who", "which", "after", "when", "as"}
)
"""Opening words that point back at a sentence the reader of a card does not see."""

_HANGING = frozenset("if why whether because though although while since until unless how where once before for".split())
"""Opening words of a clause that hangs on another one."""

_LINKS = re.compile(r"(?i)^(?:but|and|or|yet|so|because(?! of)|though|although|while)\s+(?=\S+\s+\S+\s+\S)")
"""Opening words that only tie a clause to the one before: what follows is put all the same. Not "if" or "whether": what follows those is not."""

_LOOSE = re.compile(
    r"(?i)[\s,;:–—-]+(?:and the fact|and|or|but|the|a|an|of|to|for|with|from|by|at|than|that|which|who|including|stating|saying|his|her|their|its)$"
)
"""Words that cannot end a statement: what they led to stood in another clause or was cut off."""

_LOOSE_CUT = re.compile(r"(?i)\s+(?:in|on|as|into|over|under|about|after|before|because|when|is|was|were|are|has|had|have|be|been|will|would|not|\w+[’']s?)$")
"""Further words that cannot come before an ellipsis."""

_BE = frozenset("is are was were be been being am ’s 's ’re 're".split())


def choose_wording(mentions: Sequence[dict[str, Any]], centrality: Sequence[float]) -> tuple[str, str]:
    """(short, full) wording: the proposition of the mention that reads best by itself, the first of equals."""
    best = mentions[0] if len(mentions) == 1 else max(zip(mentions, centrality, strict=True), key=lambda mc: _clarity(mc[0]) + mc[1])[0]
    tail = best["parts"].get("tail", "")  # "there were two nights" says little without "on which the bell rang"
    full = _tidy(f"{best['proposition']} {tail}".strip() or best["quote"])
    return _cut(full), full


def _clarity(mention: dict[str, Any]) -> float:
    """Higher for statements with a named subject and a middling length, lower for fragments, quotations and denials."""
    parts = mention["parts"]
    listed = mention["proposition"].split()
    first = listed[0].lower() if listed else ""
    words = len(listed)
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
    value -= 0.8 if first in _POINTING else 0.0
    value -= 0.6 if parts["actor"] in {"it", "they", "he", "she", "we", "i", "this", "that"} else 0.0
    value -= 0.8 if first in _HANGING or _LOOSE.search(mention["proposition"]) else 0.0
    value -= 0.8 if _is_fragment(listed, parts["act"]) or _disagrees(listed, parts) else 0.0
    return value


def _is_fragment(words: Sequence[str], act: str) -> bool:
    """The act stands as "-ing" without "is" or "was": "Brenner closing the pier"."""
    folded = [w.lower().strip(",;:") for w in words]
    at = next((n for n, w in enumerate(folded) if len(act) > 2 and w.endswith("ing") and w != act and w.startswith(act[: max(3, len(act) - 2)])), -1)
    return at >= 0 and not _BE & set(folded[:at])


def _disagrees(words: Sequence[str], parts: Any) -> bool:
    """One person and a verb of many: "Brenner were moved": the subject was fetched from the wrong place."""
    folded = [w.lower() for w in words[:5]]
    names = set(parts["names"])
    at = next((n for n, w in enumerate(folded) if w in {"were", "are", "have"}), -1)
    return at > 0 and folded[at - 1] in names and folded[at - 1] == str(parts["actor"]).split(" ")[-1] and "and" not in folded[:at] and at <= 2


def _tidy(text: str) -> str:
    """One line, opening capital, no loose quotation marks, links to other clauses or final stop."""
    text = squeeze(safe(text)).strip(" ,;:-–—")
    for marks in ("“”", '""'):
        if text.count(marks[0]) + text.count(marks[1]) == 1 or text.startswith(marks[0]) and text.endswith(marks[1]):
            text = text.replace(marks[0], "").replace(marks[1], "")
    text = _LINKS.sub("", text.rstrip(". ,"))
    text = _without_loose(text)
    return text[:1].upper() + text[1:]


def _without_loose(text: str) -> str:
    """The text less words at its end that lead nowhere, so long as enough is left."""
    while (found := _LOOSE.search(text)) and len(text[: found.start()].split()) >= 3:
        text = text[: found.start()].rstrip(" ,;:-–—")
    return text


def _cut(full: str) -> str:
    """The wording in one line; what is cut does not end on a word that leads on."""
    short = shorten(full, SHORT)
    if short == full:
        return full
    text = short.rstrip("…").rstrip(" ,;:-–—")
    while len(text) > SHORT // 2 and (found := _LOOSE.search(text) or _LOOSE_CUT.search(text)):
        text = text[: found.start()].rstrip(" ,;:-–—")
    return text + "…"
