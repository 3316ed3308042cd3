"""Where a quote stands: selectors of the W3C Web Annotation Data Model, made from a text and found again in it or in a later version of it.

TextQuoteSelector: the quote (`exact`) with the characters before (`prefix`) and after it (`suffix`). TextPositionSelector: first character and one past
the last, counted in Unicode code points of the article's text.
"""
from __future__ import annotations

from typing import Any, Final

from tracker.text import shared_start

AROUND: Final = 32  # characters of prefix and suffix: the usual length; in news no two places of one article agree in so many
PLACES: Final = 1_000  # places of one quote looked at; a printed sentence stands once or twice in its article


def selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """The two selectors of text[start:end]."""
    return [
        {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[max(0, start - AROUND): start], "suffix": text[end: end + AROUND]},
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def is_target(value: Any) -> bool:
    """Whether a value is a target as `seal` writes it: a source and the two selectors with their fields."""
    if not (isinstance(value, dict) and set(value) == {"source", "selector"} and isinstance(value["source"], str)):
        return False
    parts = value["selector"]
    if not (isinstance(parts, list) and len(parts) == 2 and all(isinstance(p, dict) for p in parts)):
        return False
    quote, place = parts
    return (set(quote) == {"type", "exact", "prefix", "suffix"} and all(isinstance(v, str) for v in quote.values()) and quote["type"] == "TextQuoteSelector"
            and set(place) == {"type", "start", "end"} and place["type"] == "TextPositionSelector" and type(place["start"]) is int
            and type(place["end"]) is int and 0 <= place["start"] <= place["end"])


def anchor(text: str, target: dict[str, Any]) -> str:
    """What became of a target in the text: "" where it stands as sealed, else where it moved to, or that it is not found."""
    quote, place = target["selector"]
    exact, start, end = quote["exact"], place["start"], place["end"]
    if text[start:end] == exact:
        return _around(text, quote, start)
    found = [(_kept(text, quote, at), -abs(at - start), at) for at in _places(text, exact)]
    if not found:
        return "the quote is not found"
    kept, _, at = max(found)
    whole = kept == len(quote["prefix"]) + len(quote["suffix"])
    return f"the quote moved by {at - start:+d} characters, to {at}" + ("" if whole else ", and the words round it differ")


def _around(text: str, quote: dict[str, Any], start: int) -> str:
    whole = _kept(text, quote, start) == len(quote["prefix"]) + len(quote["suffix"])
    return "" if whole else "the quote stands in its place, and the words round it differ"


def _places(text: str, exact: str) -> list[int]:
    found: list[int] = []
    at = text.find(exact) if exact else -1
    while at >= 0 and len(found) < PLACES:
        found.append(at)
        at = text.find(exact, at + 1)
    return found


def _kept(text: str, quote: dict[str, Any], at: int) -> int:
    """Characters of prefix and suffix that stand next to the place, counted outwards from the quote."""
    end = at + len(quote["exact"])
    before, after = text[max(0, at - len(quote["prefix"])): at], text[end: end + len(quote["suffix"])]
    return shared_start(quote["prefix"][::-1], before[::-1]) + shared_start(quote["suffix"], after)
