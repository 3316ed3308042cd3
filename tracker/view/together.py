"""Why mentions of a claim were put together, and what a person kept apart: sentences from the links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from tracker.cells import plain
from tracker.model import JUDGED
from tracker.tables import Case, listed, lookup, records

Row = dict[str, Any]
MOST = 6  # sentences a claim; the strongest link of each mention says enough
MEASURE = "linking"
Rank = tuple[bool, float]  # judged by a person, likeness


def joined(case: Case, outlet_of: Mapping[str, str]) -> dict[str, list[Row]]:
    """Claim id to reasons as page data has them: the strongest link of each of its mentions, what a person judged first; then what one kept apart.

    `outlet_of`: mention id to the name of the outlet that prints it.
    """
    claim_of = lookup(case["members"], "mention_id", "claim_id")
    best: dict[str, dict[str, tuple[Rank, str, str]]] = defaultdict(dict)
    parted: dict[str, list[Row]] = defaultdict(list)
    for row in records(case["links"].sort_values(["left_id", "right_id"], kind="stable")):
        left, right, detail = str(row["left_id"]), str(row["right_id"]), str(row["detail"])
        rank = (_is_judged(detail), float(row["score"]))
        claim, other = claim_of.get(left), claim_of.get(right)
        if claim is None or other is None:
            continue
        if claim != other and _is_judged(detail):
            for own, a, b in ((claim, left, right), (other, right, left)):
                parted[own].append(_reason("apart", outlet_of.get(a, ""), outlet_of.get(b, ""), rank[1], detail))
        if row["relation"] != "same" or claim != other:
            continue
        for a, b in ((left, right), (right, left)):
            if a not in best[claim] or rank > best[claim][a][0]:
                best[claim][a] = (rank, b, detail)
    out: dict[str, list[Row]] = {}
    for claim_id, links in best.items():
        pairs = {tuple(sorted((a, b))): (rank, detail) for a, (rank, b, detail) in links.items()}
        ranked = sorted(pairs.items(), key=lambda p: (not p[1][0][0], -p[1][0][1], p[0]))[:MOST]
        out[claim_id] = [_reason("together", outlet_of.get(a, ""), outlet_of.get(b, ""), rank[1], detail) for (a, b), (rank, detail) in ranked]
    for claim_id, reasons in parted.items():
        out[claim_id] = out.get(claim_id, []) + reasons[:MOST]
    return out


def _is_judged(detail: str) -> bool:
    """A person judged the pair."""
    return detail.startswith(f'["{JUDGED}')


def _reason(part: str, left: str, right: str, score: float, detail: str) -> Row:
    who = f"{left} and {right}" if left != right else f"two passages of {left}"
    because = "; ".join(plain(str(s)) for s in listed(detail)) or "word for word the same"
    return {"measure": MEASURE, "part": part, "detail": f"{who} {'kept apart ' * (part == 'apart')}(likeness {score:.2f}): {because}", "effect": 0.0}
