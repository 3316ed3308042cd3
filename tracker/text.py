"""Plain text work that knows nothing of news: cleaning, folding, words, cutting."""
from __future__ import annotations

import re
import unicodedata

# Control characters and the marks that reorder or hide text on a screen (bidi overrides, zero-width, byte-order mark).
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")

# One character for one character, so that offsets hold: the language pipeline was trained on straight marks.
_STRAIGHT = (
    ("“", '"'), ("”", '"'), ("„", '"'), ("«", '"'), ("»", '"'), ("‘", "'"), ("’", "'"), ("‚", "'"), ("´", "'"), ("–", "-"), ("―", "—"),
    ("\u00a0", " "), ("\u2009", " "), ("\u202f", " "),
)


def safe(text: str) -> str:
    """The text without control, bidi-override, zero-width and surrogate characters; for showing, never for offsets."""
    return _UNSAFE.sub("", text)


def straight(text: str) -> str:
    """Curly quotes, odd dashes and spaces as plain ones; same length, so offsets stay."""
    text = text.replace("`", "'")
    if not text.isascii():
        for odd, plain in _STRAIGHT:  # one by one: a table of characters takes twenty times as long on an article
            text = text.replace(odd, plain)
    return text


def squeeze(text: str) -> str:
    """All runs of white space as one blank, none at the ends."""
    return _SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """Case, accents and compatibility forms folded, for comparing names."""
    return squeeze(_folded(text))


def _folded(text: str) -> str:
    plain = straight(text)
    if plain.isascii():  # nothing to take apart: the same result four times as fast
        return plain.casefold()
    plain = unicodedata.normalize("NFKD", plain).casefold()
    return _BEYOND_ASCII.sub(lambda m: "" if unicodedata.combining(m[0]) else m[0], plain)


def words(text: str) -> list[str]:
    """Folded words in order."""
    return _WORD.findall(_folded(text))


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word border and marked with an ellipsis."""
    text = squeeze(text)
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    return text[: cut if cut > limit // 2 else limit - 1].rstrip(" ,;:-") + "…"


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits and single hyphens; empty if nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def shared_start(left: str, right: str) -> int:
    """Characters in common at the beginning."""
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count
