"""Topics: claims that name the same person, place or body, or else speak of the same thing, called by that."""
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

TOPIC_SHARE = 0.5  # a name in more than half of all claims tells nothing about one of them
LEAST_CLAIMS = 2  # a topic of one claim is no topic
LEAST_THING = 3  # claims that must share a thing: "statement" in two claims is chance
_EMPTY = frozenset(
    (
        "i you he she it we they one who which what that this these those there him her them someone something nothing everything anyone nobody "
        "thing people person man woman way part time day week month year today lot number kind case fact point work place group member other name "
        "wrongdoing"
    ).split()
)


def name_topics(claims: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, str]:
    """Topic of each claim: the most widespread of its names that does not run through everything, or else of the things that act or are acted on; ""
    if it shares neither.

    A part of a name counts as the one longer name of the pile that it belongs to.
    """
    names = {c: {n for p in parts for n in p["called"]} for c, parts in claims.items()}
    full = _full_names(Counter(n for found in names.values() for n in found))
    limit = max(LEAST_CLAIMS, int(TOPIC_SHARE * len(claims)))
    out = _most_widespread({c: {full.get(n, n) for n in found} for c, found in names.items()}, LEAST_CLAIMS, limit)
    named = {w.lower() for found in names.values() for n in found for w in n.split()}
    bare = {c: parts for c, parts in claims.items() if not out[c]}
    return out | _most_widespread({c: _things(parts) - named for c, parts in bare.items()}, LEAST_THING, limit)


def _most_widespread(terms: Mapping[str, set[str]], least: int, most: int) -> dict[str, str]:
    """For each claim the term that the most claims have, if at least and at most so many do."""
    spread = Counter(n for found in terms.values() for n in found)
    out = {}
    for claim_id, found in terms.items():
        shared = [n for n in found if least <= spread[n] <= most]
        out[claim_id] = max(shared, key=lambda n: (spread[n], n)) if shared else ""
    sizes = Counter(out.values())
    return {claim_id: topic if sizes[topic] >= least else "" for claim_id, topic in out.items()}


def _things(parts: Sequence[Mapping[str, Any]]) -> set[str]:
    """Plain nouns that act or are acted on; the object may be the act itself where a clause has none."""
    found = {str(p.get(role, "")) for p in parts for role in ("actor", "object") if p.get(role) != p.get("act")}
    names = {n for p in parts for n in p.get("names", ())}
    return {w for w in found if w.isalpha() and len(w) > 2 and w not in _EMPTY and w not in names}


def _full_names(names: Mapping[str, int]) -> dict[str, str]:
    """Names that are short for another, with that one: "Stone" and "M. Stone" where one person of the pile is called Stone, "North" for "North Korea"."""
    ending: dict[str, set[str]] = {}
    opening: dict[str, set[str]] = {}
    for name in names:
        if " " in name:
            ending.setdefault(name.rsplit(" ", 1)[1], set()).add(name)
            opening.setdefault(name.split(" ", 1)[0], set()).add(name)
    out: dict[str, str] = {}
    for last, longer in ending.items():
        if len({n[0] for n in longer}) == 1 and len({n.split(" ", 1)[0].rstrip(".") for n in longer if len(n.split(" ", 1)[0].rstrip(".")) > 1}) <= 1:
            best = max(longer, key=lambda n: (names[n], len(n), n))
            out.update(dict.fromkeys(longer | ({last} if last in names else set()), best))
    for first, longer in opening.items():
        if first in names and first not in ending and len({out.get(n, n) for n in longer}) == 1:
            out[first] = min(out.get(n, n) for n in longer)
    return {short: name for short, name in out.items() if short != name}
