"""The pair files of linking.py: MRPC and STS list pairs, ECB+ and GVC list sentences with the events they report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

Row = dict[str, Any]
Pair = tuple[str, str]


def rows_of(path: Path) -> list[Row]:
    """The rows of a .jsonl file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def given_pairs(rows: Sequence[Row], label: str) -> tuple[list[Pair], np.ndarray]:
    """The pairs of a file that lists them, and their labels."""
    return [(r["a"], r["b"]) for r in rows], np.asarray([r[label] for r in rows], float)


def event_pairs(rows: Sequence[Row]) -> tuple[list[Pair], np.ndarray]:
    """Pairs of sentences of one topic and different documents; 1 where they share an event."""
    topics: dict[str, list[Row]] = {}
    for row in rows:
        topics.setdefault(row["topic"], []).append(row)
    pairs, labels = [], []
    for inside in topics.values():
        for n, one in enumerate(inside):
            for two in inside[n + 1 :]:
                if one["doc"] != two["doc"]:
                    pairs.append((f"{one['doc']}\t{one['text']}", f"{two['doc']}\t{two['text']}"))
                    labels.append(float(bool(set(one["events"]) & set(two["events"]))))
    return pairs, np.asarray(labels)
