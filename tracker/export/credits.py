"""Whom a mention credits, as the exports and reports show it: the innermost voice of each branch and the relays before it."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pandas as pd

from tracker.tables import records

Credit = dict[str, Any]

# A credited outlet is not the outlet's own reporting; readers of the ledger take the kind "outlet" for that.
_KINDS = {"outlet": "credited-outlet"}


def credits_of(attributions: pd.DataFrame) -> Callable[[str], list[Credit]]:
    """A function from a mention id to its credits; a mention nobody is credited for is the outlet's own reporting."""
    branches: dict[str, dict[int, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in records(attributions.sort_values(["mention_id", "branch", "hop"], kind="stable")):
        branches[row["mention_id"]][row["branch"]].append(row)

    def look_up(mention_id: str) -> list[Credit]:
        found = branches.get(mention_id)
        return [_credit(found[b]) for b in sorted(found)] if found else [{"name": "own", "kind": "own", "id": "", "via": [], "cue": ""}]

    return look_up


def _credit(hops: list[dict[str, Any]]) -> Credit:
    last = hops[-1]
    kind = str(last["speaker_kind"])
    name = "own" if kind == "own" else str(last["speaker"])
    via = [str(h["speaker"]) for h in hops[:-1]]
    return {"name": name, "kind": _KINDS.get(kind, kind), "id": str(last["speaker_id"]), "via": via, "cue": str(last["cue"])}
