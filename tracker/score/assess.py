"""Claims by any method: who brings what as a table of statements, read at the fewest and at the most independent voices."""
from __future__ import annotations

from typing import Any

import pandas as pd

from tracker.score.belief import Row, deniers_of
from tracker.score.fusion import METHODS, encode
from tracker.score.rounds import Stop, settled
from tracker.tables import Case, lookup, records, tuples
from tracker.text import fold

OWN = "log-odds"
"""The tracker's own belief, which knows letters, hedges and unnamed voices (tracker.score.belief)."""

COLUMNS = ("id", "outlets", "fewest", "most", "rivals", "by outlets", "low", "high", "digit", "claim")


def assess_claims(case: Case, method: str, *, stop: Stop | None = None) -> pd.DataFrame:
    """One row a claim: belief with every outlet as a voice of its own, and low and high with the independent voices at the two readings.

    Rival claims of one question are values of one item; so are a claim and its denial. A claim that nobody rivals or denies has no belief by
    agreement ("", rivals 0): no method that weighs voices against each other can say anything of it. `log-odds` gives the tracker's own belief.
    """
    claims = records(case["claims"])
    if method == OWN:
        found = [{c["claim_id"]: c[name] for c in claims} for name in ("belief", "belief_low", "belief_high")]
    else:
        readings = _statements(case)
        found = [_believed(frame, method, stop or settled()) for frame in readings]
    rivals = _rivals(_statements(case)[0])
    out = []
    for c in claims:
        wide, *bounds = (f.get(c["claim_id"]) for f in found)
        known = method == OWN or (rivals.get(c["claim_id"], 0) > 0 and wide is not None)
        low, high = sorted(b for b in bounds if b is not None) if known and None not in bounds else ("", "")
        out.append({"id": c["claim_id"], "outlets": c["n_outlets"], "fewest": c["independent_min"], "most": c["independent_max"],
                    "rivals": rivals.get(c["claim_id"], 0), "by outlets": _shown(wide if known else ""), "low": _shown(low), "high": _shown(high),
                    "digit": c["credibility"], "claim": c["wording"]})
    out.sort(key=lambda r: (r["low"] == "", -float(r["low"] or 0), r["id"]))
    return pd.DataFrame(out, columns=list(COLUMNS), dtype=object)


def _shown(value: Any) -> Any:
    return value if value == "" else round(float(value), 4)


def _believed(frame: pd.DataFrame, method: str, stop: Stop) -> dict[str, float]:
    labelled = encode(frame)
    belief = METHODS[method](labelled.table, stop=stop).belief
    return dict(zip(labelled.values, belief.tolist(), strict=True))


def _rivals(frame: pd.DataFrame) -> dict[str, int]:
    """Claim to the other values of its item that anybody gives."""
    values = frame.groupby("item")["value"].nunique()
    return {value: int(values[item]) - 1 for item, value in tuples(frame, "item", "value")}


def _statements(case: Case) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Party, item, value with outlets as parties, with the origins of the fewest, and with those of the most."""
    item = {c["claim_id"]: c["question_id"] or c["claim_id"] for c in records(case["claims"])}
    mentions: dict[str, Row] = {m["mention_id"]: m for m in records(case["mentions"])}
    outlet_of = lookup(case["articles"], "article_id", "outlet_id")
    claim_of = lookup(case["members"], "mention_id", "claim_id")
    by_outlet, few, many = [], [], []
    for mention_id, m in mentions.items():
        claim_id, outlet_id = claim_of.get(mention_id, ""), outlet_of.get(m["article_id"], "") or m["article_id"]
        if claim_id in item and m["stance"] in ("supports", "denies"):
            by_outlet.append((outlet_id, item[claim_id], claim_id if m["stance"] == "supports" else f"not {claim_id}"))
    voices = {o["origin_id"]: _voice(o) for o in records(case["origins"])}
    for o in records(case["origins"]):
        statement = (item.get(o["claim_id"], o["claim_id"]), o["claim_id"])
        many.append((voices[o["origin_id"]], *statement))
        few.append((voices.get(o["may_be_origin_id"], voices[o["origin_id"]]), *statement))
    for claim_id, deniers in sorted(deniers_of(case, mentions, outlet_of).items()):
        for party in sorted(deniers):
            for rows in (few, many):
                rows.append((party, item.get(claim_id, claim_id), f"not {claim_id}"))
    one, two, three = (pd.DataFrame(rows, columns=["party", "item", "value"]).drop_duplicates() for rows in (by_outlet, few, many))
    return one, two, three


def _voice(origin: dict[Any, Any]) -> str:
    """Who an origin is across claims; somebody unnamed is nobody else's unnamed."""
    return str(origin["origin_id"] if origin["unnamed"] else origin["controller_id"] or fold(origin["label"]))
