"""Claims of two states matched through the mentions they share: which is which, what merged, what split, what only moved."""
from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from tracker.ask.ground import Ground, rows

IDLE = 0  # shared mentions of claims that only an id or an alias joins


@dataclass(slots=True)
class Matched:
    """How the claims of two states answer to each other; every claim is in exactly one of same, merged, split, gone, new."""

    same: dict[str, str] = field(default_factory=dict)
    """Claim before to the claim after that goes on for it."""
    merged: dict[str, str] = field(default_factory=dict)
    """Claim before that lives on only inside another claim after."""
    split: dict[str, str] = field(default_factory=dict)
    """Claim after that was cut out of a claim before."""
    moved: dict[tuple[str, str], int] = field(default_factory=dict)
    """(claim before, claim after) that both go on otherwise, with the number of mentions that went over."""
    gone: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


def match_claims(before: Ground, after: Ground) -> Matched:
    """Claims matched by most shared mentions first; between equals an equal id, then the lesser ids, decide.

    Claims without a shared mention still match by equal id, or by an alias of the later state.
    """
    shared = _shared(before, after)
    out = Matched()
    taken: set[str] = set()
    for (b, a), _ in sorted(shared.items(), key=lambda p: (-p[1], p[0][0] != p[0][1], p[0])):
        if b not in out.same and a not in taken:
            out.same[b] = a
            taken.add(a)
    best_after, best_before = _best(shared, 0), _best(shared, 1)
    for b in sorted(before.claims):
        if b not in out.same and b in best_after:
            out.merged[b] = best_after[b]
    for a in sorted(after.claims):
        if a not in taken and a in best_before:
            out.split[a] = best_before[a]
    for (b, a), n in sorted(shared.items()):
        told = out.same.get(b) == a or out.merged.get(b) == a or out.split.get(a) == b
        if n > IDLE and not told:
            out.moved[b, a] = n
    out.gone = [b for b in sorted(before.claims) if b not in out.same and b not in out.merged]
    out.new = [a for a in sorted(after.claims) if a not in taken and a not in out.split]
    return out


def _shared(before: Ground, after: Ground) -> dict[tuple[str, str], int]:
    """(claim before, claim after) to the mentions they share."""
    found: Counter[tuple[str, str]] = Counter()
    for mention_id, b in before.claim_of.items():
        a = after.claim_of.get(mention_id, "")
        if b in before.claims and a in after.claims:
            found[b, a] += 1
    both = {b for b, _ in found}, {a for _, a in found}
    alias = {r["old_claim_id"]: r["claim_id"] for r in rows(after.case["aliases"])}
    for b in sorted(before.claims):
        a = b if b in after.claims else alias.get(b, "")
        if a in after.claims and b not in both[0] and a not in both[1]:
            found[b, a] += IDLE
    return dict(found)


def _best(shared: dict[tuple[str, str], int], side: int) -> dict[str, str]:
    """Each claim of one side to the claim of the other with which it shares most mentions."""
    options: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for pair, n in shared.items():
        options[pair[side]].append((-n, pair[1 - side]))
    return {claim: min(found)[1] for claim, found in options.items()}
