"""One outlet's standing in words: the letter it came with, and its record on the pile, kept apart."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tracker.errors import UsageError
from tracker.score.behaviour import MEASURE
from tracker.score.standing import MEASURES
from tracker.tables import Case, records

COLUMNS = ("part", "value", "low", "high", "of", "says")


def explain_outlet(case: Case, wanted: str) -> pd.DataFrame:
    """Rows part, value, low, high, of, says: prior letter first, then each share of the record with its interval and the count behind it.

    `wanted` is an id or a name. Where too little data stands behind a share, value says F: it cannot be judged. Raises UsageError for an outlet
    that is not in the pile.
    """
    outlets = {o["outlet_id"]: o for o in records(case["outlets"])}
    present = sorted(set(case["articles"]["outlet_id"]) - {""})
    named = [i for i in present if i == wanted or str(outlets.get(i, {}).get("name", "")).casefold() == wanted.casefold()]
    if not named:
        raise UsageError(f"no outlet {wanted!r} in these articles; see `tracker outlets` for ids")
    letter = str(outlets.get(named[0], {}).get("reliability", ""))
    prior = {"part": "letter", "value": letter or "F", "low": "", "high": "", "of": "",
             "says": "reliability given by the registry, from before these articles" if letter else "the registry does not judge it: F, cannot be judged"}
    found = case["assessments"]
    mine = {a["measure"]: a for a in found[(found["subject_kind"] == "outlet") & (found["subject_id"] == named[0])].to_dict("records")}
    rows = [prior, *(_row(m, mine[m], says) for m, says in MEASURES.items() if m in mine), *_shared(case, named[0], mine.get(MEASURE))]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _shared(case: Case, outlet_id: str, found: Mapping[Any, Any] | None) -> list[dict[str, Any]]:
    """A row for each outlet with which it shares odd details; the interval is that of the strongest."""
    if found is None:
        return []
    reasons = case["reasons"]
    mine = reasons[(reasons["subject_kind"] == "outlet") & (reasons["subject_id"] == outlet_id) & (reasons["measure"] == MEASURE)].to_dict("records")
    blank = {"low": "", "high": "", "of": ""}
    sure = {"low": f"{found['low']:.2f}", "high": f"{found['high']:.2f}", "of": int(found["n"])}
    return [{"part": MEASURE, "value": f"{r['effect']:.2f}", **(blank if r["rank"] else sure), "says": r["detail"]} for r in mine]


def _row(measure: str, found: dict[Any, Any], says: str) -> dict[str, Any]:
    n = int(found["n"])
    yes = round(float(found["value"]) * (n + 2)) - 1
    judged = "too little data" not in str(found["method"])
    detail = f"{yes} of {n}: {says}" + ("" if judged else "; too few to judge")
    value = f"{found['value']:.2f}" if judged else "F"
    return {"part": measure, "value": value, "low": f"{found['low']:.2f}", "high": f"{found['high']:.2f}", "of": n, "says": detail}
