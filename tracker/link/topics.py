"""Topics: claims that name the same person, place or body, called by that name."""
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

TOPIC_SHARE = 0.5  # a name in more than half of all claims tells nothing about one of them
LEAST_CLAIMS = 2  # a topic of one claim is no topic


def name_topics(claims: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, str]:
    """Topic of each claim: the most widespread of its names that does not run through everything; "" if it shares none.

    A bare surname or short form counts as the one longer name of the pile that ends in it.
    """
    names = {c: {n for p in parts for n in p["called"]} for c, parts in claims.items()}
    full = _full_names({n for found in names.values() for n in found})
    terms = {c: {full.get(n, n) for n in found} for c, found in names.items()}
    spread = Counter(n for found in terms.values() for n in found)
    limit = max(LEAST_CLAIMS, int(TOPIC_SHARE * len(claims)))
    out = {}
    for claim_id, found in terms.items():
        shared = [n for n in found if LEAST_CLAIMS <= spread[n] <= limit]
        out[claim_id] = max(shared, key=lambda n: (spread[n], n)) if shared else ""
    sizes = Counter(out.values())
    return {claim_id: topic if sizes[topic] >= LEAST_CLAIMS else "" for claim_id, topic in out.items()}


def _full_names(names: set[str]) -> dict[str, str]:
    """Each one-word name that exactly one longer name ends in, with that longer name."""
    longer: dict[str, list[str]] = {}
    for name in sorted(names):
        if " " in name:
            longer.setdefault(name.rsplit(" ", 1)[1], []).append(name)
    return {short: found[0] for short, found in longer.items() if short in names and len(found) == 1}
