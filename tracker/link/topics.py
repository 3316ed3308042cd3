"""Topics: claims that name the same things, named by their telling terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

TOPIC_SHARE = 0.5  # a name in more than half of all claims tells nothing about one of them
LEAST_CLAIMS = 2  # a topic of one claim is no topic


def name_topics(claims: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, str]:
    """Topic of each claim: the most widespread of its names and nouns that does not run through everything; "" if none is shared."""
    terms = {c: {w for p in parts for w in p["names"]} or {w for p in parts for w in p["words"]} for c, parts in claims.items()}
    spread = Counter(w for found in terms.values() for w in found)
    limit = max(LEAST_CLAIMS, int(TOPIC_SHARE * len(claims)))
    out = {}
    for claim_id, found in terms.items():
        shared = [w for w in found if LEAST_CLAIMS <= spread[w] <= limit]
        out[claim_id] = max(shared, key=lambda w: (spread[w], w)) if shared else ""
    return out
