"""Judgements as JSON lines, for version control and for other people: written by `judge export` and by the page, read by `judge import`."""
from __future__ import annotations

import json
from collections.abc import Callable, Container, Sequence
from typing import Any, Final

import pandas as pd

from tracker.errors import UsageError
from tracker.judge.spans import Span
from tracker.judge.standing import Row
from tracker.judge.verdicts import VERDICTS, make_judgement
from tracker.tables import dumps, make, records
from tracker.text import safe, shorten

LONGEST_LINE: Final = 20_000  # characters; a judgement with two spans has under 6,000
DEEPEST: Final = 8  # brackets inside brackets; a judgement has three

Told = tuple[str, str, str, str]
"""Verdict, time, who and why of a judgement."""

Namer = Callable[[str, str], tuple[str, Span]]
"""(subject, id) as somebody wrote it to (id, span) as the case has it; raises UsageError for what the case does not have."""


def write_judgements(judgements: pd.DataFrame) -> str:
    """One JSON object a line, earliest first; equal judgements give equal bytes."""
    rows = sorted(records(judgements), key=lambda r: (r["decided_at"], r["judgement_id"]))
    return "".join(dumps(_record(r)) + "\n" for r in rows)


def _record(row: Any) -> Row:
    ids = [row["withdraws"]] if row["verdict"] == "undo" else [i for i in (row["left_id"], row["right_id"]) if i]
    spans = [s for s in (json.loads(row["left_span"]), json.loads(row["right_span"])) if s]
    return {"id": row["judgement_id"], "kind": row["verdict"], "ids": ids, **({"spans": spans} if spans else {}), "value": row["value"], "who": row["who"],
            "why": row["why"], "when": row["decided_at"]}


def read_judgements(text: str, *, name: Namer | None = None, told: Container[Told] = (), where: str = "judgements") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Frames `judgements` and `rejects` (stage "judge") of a file of JSON lines; a bad line is a reject and loses no other.

    Lines without spans that say what `told` holds are passed over: the ids that they name may have gone because of it. `name` finds the printed words
    for ids that come without spans, as the page writes them. An `id` that does not fit the content is refused: somebody changed the line by hand.
    """
    rows: dict[str, Row] = {}
    rejects = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            try:
                row = _row(line.rstrip("\r"), name, told)
                if row:
                    rows[row["judgement_id"]] = row
            except UsageError as error:
                rejects.append({"stage": "judge", "item_id": f"{where}#{number}", "reason": "no judgement", "detail": f"{where} line {number}: {error}"})
    return make("judgements", rows.values()), make("rejects", rejects)


def _row(line: str, name: Namer | None, known: Container[Told]) -> Row:
    record = _object(line)
    kind, ids, when = record.get("kind"), record.get("ids"), record.get("when")
    if not isinstance(kind, str) or kind not in VERDICTS:
        raise UsageError(f"kind must be one of {', '.join(VERDICTS)}")
    if not isinstance(ids, list) or not all(isinstance(i, str) for i in ids):
        raise UsageError("ids must be a list of texts")
    if not isinstance(when, str) or not is_time(when):
        raise UsageError("when must be a UTC time such as 2031-03-05T09:30:00Z")
    told = {k: record.get(k, "") for k in ("value", "who", "why")}
    if not all(isinstance(v, str) for v in told.values()):
        raise UsageError("value, who and why must be texts")
    spans = _spans(record.get("spans", []))
    if not spans and (kind, when, told["who"], told["why"]) in known:
        return {}
    named = list(zip(ids, spans, strict=False)) if len(spans) == len(ids) else _named(kind, ids, name)
    row = make_judgement(kind, [i for i, _ in named], spans=[s for _, s in named], when=when, **told)
    if record.get("id", row["judgement_id"]) != row["judgement_id"] and len(spans) == len(ids):
        raise UsageError(f"its id {shorten(safe(str(record['id'])), 40)} does not fit what it says; leave id out if it was changed on purpose")
    return row


def _named(kind: str, ids: Sequence[str], name: Namer | None) -> list[tuple[str, Span]]:
    subjects = VERDICTS[kind].subjects
    if name is None or kind == "undo" or len(ids) != len(subjects):
        return [(i, {}) for i in ids]
    return [name(subject, i) for subject, i in zip(subjects, ids, strict=True)]


def _object(line: str) -> Row:
    if len(line) > LONGEST_LINE:
        raise UsageError(f"longer than {LONGEST_LINE} characters")
    if _depth(line) > DEEPEST:
        raise UsageError("brackets inside brackets: no judgement looks like this")
    try:
        value = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not JSON: {shorten(safe(str(error)), 80)}") from error
    if not isinstance(value, dict):
        raise UsageError("not a JSON object")
    return value


def _no_constant(text: str) -> float:
    raise ValueError(f"{text} is no JSON")


def _depth(line: str) -> int:
    deepest = depth = 0
    for c in line:
        depth += (c in "[{") - (c in "]}")
        deepest = max(deepest, depth)
    return deepest


def _spans(value: object) -> list[Span]:
    if not isinstance(value, list):
        raise UsageError("spans must be a list")
    return [_span(s) for s in value]


def _span(value: object) -> Span:
    texts, wholes = ("of", "article", "outlet", "exact", "prefix", "suffix"), ("start", "end")
    if not isinstance(value, dict) or not all(isinstance(value.get(k), str) for k in texts):
        raise UsageError("a span needs of, article, outlet, exact, prefix and suffix as texts")
    if not all(isinstance(value.get(k), int) and not isinstance(value[k], bool) and 0 <= value[k] < 1 << 53 for k in wholes):
        raise UsageError("a span needs start and end as whole numbers")
    named = {k: value[k] for k in ("party", "name") if k in value}
    if not all(isinstance(v, str) for v in named.values()):
        raise UsageError("party and name of a span must be texts")
    return {k: value[k] for k in (*texts, *wholes)} | named


def is_time(text: str) -> bool:
    """A UTC time as ISO 8601 to the second or finer."""
    head, _, tail = text.removesuffix("Z").partition(".")
    shape = "".join("0" if c in "0123456789" else c for c in head)
    return text.endswith("Z") and shape == "0000-00-00T00:00:00" and len(tail) <= 6 and all(c in "0123456789" for c in tail)

