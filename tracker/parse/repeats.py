"""Near-copies inside one outlet: the same article twice, or its corrected version."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final

import numpy as np

from tracker.shingles import Hashes, runs, word_hashes
from tracker.text import straight, words

SHINGLE: Final = 5  # words
HASHES: Final = 64
_BANDS: Final = 16  # of four hashes each: a pair with .9 of its shingles in common shares a band with a chance of 1 - 4e-8
_MULTIPLY: Final = np.array([int.from_bytes(blake2b(f"multiply {n}".encode(), digest_size=8).digest(), "big") | 1 for n in range(HASHES)], dtype=np.uint64)
_ADD: Final = np.array([int.from_bytes(blake2b(f"add {n}".encode(), digest_size=8).digest(), "big") for n in range(HASHES)], dtype=np.uint64)
_WORD: Final = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_NUMBER: Final = re.compile(r"\d[\d.,:]*|\b(?:no|not|never|denied|denies|deny|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|"
    r"hundreds?|thousands?|n['’]t)\b", re.IGNORECASE)

_Key = tuple[str | int, ...]


def _words(text: str) -> list[str]:
    """Folded words; the long way round accents only where there are any."""
    plain = straight(text)
    return _WORD.findall(plain.lower()) if plain.isascii() else words(text)


def shingles(text: str) -> Hashes:
    """Sorted 64-bit hashes of a text's runs of five words; of the whole text when it is shorter."""
    row = word_hashes(_words(text))
    if len(row) < SHINGLE:
        row = np.concatenate([row, np.zeros(SHINGLE - len(row), dtype=np.uint64)])
    return np.unique(runs(row, SHINGLE))


def fingerprint(text: str) -> list[int]:
    """64 minimal hashes of the shingles: the share of equal ones estimates how much two texts have in common."""
    hashed = shingles(text)
    lows = np.full(HASHES, np.iinfo(np.uint64).max, dtype=np.uint64)
    for at in range(0, len(hashed), 4096):  # in pieces, so that a long text needs no more memory than a short one
        lows = np.minimum(lows, (hashed[at: at + 4096, None] * _MULTIPLY + _ADD).min(axis=0))
    return [int(v) for v in lows >> np.uint64(32)]


def shared(left: Hashes, right: Hashes) -> float:
    """The share of shingles that two texts have in common."""
    both = len(np.intersect1d(left, right, assume_unique=True))
    return both / max(1, len(left) + len(right) - both)


def find_repeats(rows: Sequence[Mapping[str, Any]], stories: Mapping[str, str], *, near: float, revised: float = 1.0) -> tuple[dict[str, str], dict[str, str]]:
    """Which articles are another one again, and which are a changed version of another: ids to the id of the one that stands.

    `rows` come in the order of preference. Only articles of one known outlet or of one address are compared; a version with other numbers or
    other negations at the same address or under the same title is a revision and stays, and so is one at the same address that shares as much as
    `revised` of its word runs. `stories`: texts without furniture by article id.
    """
    repeats: dict[str, str] = {}
    revisions: dict[str, str] = {}
    kept: dict[_Key, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        own, keys = row["article_id"], list(_keys(row))
        for other in _candidates(keys, kept):
            like = shared(_cached(stories[own]), _cached(stories[other["article_id"]]))
            at_one_address = bool(row["url"]) and row["url"] == other["url"]
            if like < near:
                if at_one_address and like >= revised:
                    revisions.setdefault(own, other["article_id"])
                continue
            if _figures(stories[own]) == _figures(stories[other["article_id"]]):
                repeats[own] = other["article_id"]
            elif at_one_address or (row["title"] and row["title"] == other["title"]):
                revisions[own] = other["article_id"]
                continue
            else:
                continue
            break
        if own not in repeats:
            for key in keys:
                kept[key].append(row)
    return repeats, {a: b for a, b in revisions.items() if a not in repeats}


def _keys(row: Mapping[str, Any]) -> Iterator[_Key]:
    """Where near-copies of an article would be filed: by outlet or address, and by each band of its fingerprint."""
    prints = row["prints"]
    if row["url"]:
        yield ("address", row["url"])
    size = HASHES // _BANDS
    for who in (f"outlet {row['outlet_id']}" if row["outlet_id"] else "", f"url {row['url']}" if row["url"] else "",
        f"text {row['text_digest']} {row['outlet_id']}"):
        if who.startswith("text"):
            yield (who,)
        elif who:
            yield from ((who, band, *prints[band * size: (band + 1) * size]) for band in range(_BANDS))


def _candidates(keys: Iterable[_Key], kept: Mapping[_Key, list[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    """Kept articles filed under one of these keys, each once, in the order they were kept."""
    found: dict[str, Mapping[str, Any]] = {}
    for key in keys:
        for other in kept.get(key, ()):
            found.setdefault(other["article_id"], other)
    return sorted(found.values(), key=lambda r: r["rank"])


def _figures(story: str) -> list[str]:
    """What a correction changes: numbers and negations, in order of value."""
    return sorted(m.group().lower().strip(".,:") for m in _NUMBER.finditer(story))


@lru_cache(maxsize=4096)
def _cached(story: str) -> Hashes:
    return shingles(story)
