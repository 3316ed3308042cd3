"""Dependence in words: a sentence for every pair and every group, with the numbers behind it."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tracker.score.fusion.table import Ints


def describe_pairs(pairs: pd.DataFrame, names: Sequence[str] | Any) -> pd.DataFrame:
    """Left, right, overlap, low, shared, telling, log10_p and a sentence for each dependent pair."""
    out = pairs.assign(left=[names[k] for k in pairs["left"]], right=[names[k] for k in pairs["right"]])
    out["why"] = [pair_sentence(row) for row in out.to_dict("records")]
    return out[["left", "right", "overlap", "low", "shared", "telling", "log10_p", "why"]].round({"overlap": 4, "low": 4, "log10_p": 1})


def pair_sentence(pair: Any) -> str:
    """What shows that two parties are not independent, and who was first if times tell."""
    said = (f"{pair['left']} and {pair['right']} give the same rare value on {pair['shared']} of the {pair['telling']} items on which one of them "
            f"departs from the commonest; where both depart they agree {pair['agree']} times of {pair['both']}, and by chance it would be "
            f"{pair['expected']:.0f} (chance of that below 10^{int(min(pair['log10_p'], 0))})")
    if not pair["earlier"]:
        return said
    first, count = (pair["left"], pair["earlier"]) if pair["earlier"] > 0 else (pair["right"], -pair["earlier"])
    return f"{said}; {first} was first {count} times more often"


def groups_table(pairs: pd.DataFrame, groups: Ints, names: Sequence[str] | Any) -> pd.DataFrame:
    """Each group of two or more: its members, the weakest overlap of its pairs, and the sentence of that pair."""
    inside = pairs[groups[pairs["left"]] == groups[pairs["right"]]]
    rows = []
    for group, own in inside.groupby(groups[inside["left"]], sort=True):
        weakest = own.iloc[-1]
        told = {**weakest.to_dict(), "left": names[int(weakest["left"])], "right": names[int(weakest["right"])]}
        told |= {k: int(told[k]) for k in ("shared", "telling", "both", "agree", "earlier")}
        members = [names[k] for k in range(len(groups)) if groups[k] == group]
        rows.append({"members": ", ".join(members), "size": len(members), "low": round(float(weakest["low"]), 4), "why": f"least sure: {pair_sentence(told)}"})
    return pd.DataFrame(rows, columns=["members", "size", "low", "why"])
