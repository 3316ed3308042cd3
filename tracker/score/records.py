"""One outlet's standing in words: the letter it came with, and its record on the pile, kept apart."""
from __future__ import annotations

from typing import Any

import pandas as pd

from tracker.errors import UsageError
from tracker.score.standing import MEASURES
from tracker.tables import Case

COLUMNS = ("part", "value", "low", "high", "of", "says")


def explain_outlet(case: Case, wanted: str) -> pd.DataFrame:
    """Rows part, value, low, high, of, says: prior letter first, then each share of the record with its interval and the count behind it.

    `wanted` is an id or a name. Where too little data stands behind a share, value says F: it cannot be judged. Raises UsageError for an outlet
    that is not in the pile.
    """
    outlets = {o["outlet_id"]: o for o in case["outlets"].to_dict("records")}
    present = sorted(set(case["articles"]["outlet_id"]) - {""})
    named = [i for i in present if i == wanted or str(outlets.get(i, {}).get("name", "")).casefold() == wanted.casefold()]
    if not named:
        raise UsageError(f"no outlet {wanted!r} in these articles; see `tracker outlets` for ids")
    letter = str(outlets.get(named[0], {}).get("reliability", ""))
    prior = {"part": "letter", "value": letter or "F", "low": "", "high": "", "of": "",
             "says": "reliability given by the registry, from before these articles" if letter else "the registry does not judge it: F, cannot be judged"}
    found = case["assessments"]
    mine = {a["measure"]: a for a in found[(found["subject_kind"] == "outlet") & (found["subject_id"] == named[0])].to_dict("records")}
    return pd.DataFrame([prior, *(_row(m, mine[m], says) for m, says in MEASURES.items() if m in mine)], columns=list(COLUMNS), dtype=object)


def _row(measure: str, found: dict[Any, Any], says: str) -> dict[str, Any]:
    n = int(found["n"])
    yes = round(float(found["value"]) * (n + 2)) - 1
    judged = "too little data" not in str(found["method"])
    detail = f"{yes} of {n}: {says}" + ("" if judged else "; too few to judge")
    value = f"{found['value']:.2f}" if judged else "F"
    return {"part": measure, "value": value, "low": f"{found['low']:.2f}", "high": f"{found['high']:.2f}", "of": n, "says": detail}
