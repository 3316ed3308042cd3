"""Why mentions of a claim were put together, and what stands close by and was not: sentences from the links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from tracker.cells import plain
from tracker.tables import Case, listed

Row = dict[str, Any]
MOST = 6  # sentences a claim; the strongest link of each mention says enough
MEASURE = "linking"


def joined(case: Case, outlet_of: Mapping[str, str]) -> dict[str, list[Row]]:
    """Claim id to reasons as page data has them: the strongest link of each of its mentions, then what is close in words and not counted.

    `outlet_of`: mention id to the name of the outlet that prints it.
    """
    claim_of = dict(zip(case["members"]["mention_id"], case["members"]["claim_id"], strict=True))
    best: dict[str, dict[str, tuple[float, str, str]]] = defaultdict(dict)
    for row in case["links"].sort_values(["left_id", "right_id"], kind="stable").to_dict("records"):
        left, right, score = str(row["left_id"]), str(row["right_id"]), float(row["score"])
        claim = claim_of.get(left)
        if row["relation"] != "same" or claim is None or claim != claim_of.get(right):
            continue
        for a, b in ((left, right), (right, left)):
            if a not in best[claim] or score > best[claim][a][0]:
                best[claim][a] = (score, b, str(row["detail"]))
    out: dict[str, list[Row]] = {}
    for claim, links in best.items():
        pairs = {tuple(sorted((a, b))): (score, detail) for a, (score, b, detail) in links.items()}
        ranked = sorted(pairs.items(), key=lambda p: (-p[1][0], p[0]))[:MOST]
        out[claim] = [_reason(outlet_of.get(a, ""), outlet_of.get(b, ""), score, detail) for (a, b), (score, detail) in ranked]
    return out


def _reason(left: str, right: str, score: float, detail: str) -> Row:
    who = f"{left} and {right}" if left != right else f"two passages of {left}"
    because = "; ".join(plain(str(s)) for s in listed(detail)) or "word for word the same"
    return {"measure": MEASURE, "part": "together", "detail": f"{who} (likeness {score:.2f}): {because}", "effect": 0.0}
