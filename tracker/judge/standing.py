"""Which judgements stand, and where people disagree."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tracker.judge.verdicts import VERDICTS
from tracker.tables import records

Row = dict[str, Any]


def standing(judgements: pd.DataFrame) -> list[Row]:
    """The judgements that nobody took back, earliest first (ties by id); taking back a taking-back makes the first stand again."""
    rows = {r["judgement_id"]: r for r in records(judgements)}
    undone: dict[str, list[str]] = {}
    for row in rows.values():
        if row["verdict"] == "undo":
            undone.setdefault(row["withdraws"], []).append(row["judgement_id"])
    gone: dict[str, bool] = {}

    def is_gone(judgement_id: str) -> bool:
        """Some undo of it stands. An undo names what was there before it, so this ends; a forged ring counts as not undone."""
        waiting = [judgement_id]
        while waiting:
            at = waiting[-1]
            if at in gone:
                waiting.pop()
                continue
            by = undone.get(at, [])
            open_ones = [u for u in by if u not in gone and u not in waiting]
            if open_ones:
                waiting.append(open_ones[0])
                continue
            gone[at] = any(not gone.get(u, True) for u in by)
            waiting.pop()
        return gone[judgement_id]

    kept = [r for r in rows.values() if r["verdict"] in VERDICTS and r["verdict"] != "undo" and not is_gone(r["judgement_id"])]
    return sorted(kept, key=lambda r: (r["decided_at"], r["judgement_id"]))


def latest(rows: list[Row]) -> list[Row]:
    """Of judgements about the same thing the last one, in the order of `standing`; each row has `subject`, what it is about today."""
    last = {(VERDICTS[r["verdict"]].about, r["subject"]): r for r in rows}
    kept = {id(r) for r in last.values()}
    return [r for r in rows if id(r) in kept]


def find_conflicts(rows: list[Row]) -> list[tuple[Row, Row]]:
    """Pairs of resolved judgements by different people that say different things of one subject, the later second; the later one is used."""
    by_subject: dict[tuple[str, Any], dict[str, Row]] = {}
    out: list[tuple[Row, Row]] = []
    for row in rows:
        held = by_subject.setdefault((VERDICTS[row["verdict"]].about, row["subject"]), {})
        out.extend((other, row) for who, other in sorted(held.items()) if who != row["who"] and _says(other) != _says(row))
        held[row["who"]] = row
    return out


def _says(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["verdict"], row["value"]
