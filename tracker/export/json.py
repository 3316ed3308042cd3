"""The ledger: a whole case as one JSON object that needs nothing else to be checked against the articles.

Described field by field in docs/formats.md and by docs/ledger.schema.json. Equal cases give equal bytes: no clock, no machine path.
"""
from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from tracker import __version__
from tracker.export.credits import credits_of
from tracker.model import FLAGS
from tracker.tables import Case, listed, lookup, records, tuples

SCHEMA_VERSION: Final = "1.1"
"""Raised in its first part when a reader of the old format would go wrong, in its second when fields are added."""

Row = dict[str, Any]


def to_json(case: Case) -> str:
    """The ledger as text, two blanks a level, ending in a line break."""
    return json.dumps(to_ledger(case), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_ledger(case: Case) -> Row:
    """The ledger as plain lists and mappings."""
    return {
        "format": "corroboration-ledger",
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "corroboration-tracker", "version": __version__},
        "run": _run(case),
        "counts": _counts(case),
        "outlets": [_outlet(row) for row in _rows(_outlets_in(case))],
        "articles": [_article(row) for row in _rows(case["articles"])],
        "claims": _claims(case),
        "mentions": _mentions(case),
        "origins": _origins(case),
        "ties": _rows(case["ties"].rename(columns={"later_id": "later", "earlier_id": "earlier"})),
        "reasons": _rows(case["reasons"].rename(columns={"subject_id": "subject"})),
        "assessments": _rows(case["assessments"].rename(columns={"subject_id": "subject"})),
        "judgements": _judgements(case),
        "rejects": _rows(case["rejects"].rename(columns={"item_id": "item"})),
    }


def _rows(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows as mappings of plain values."""
    return records(frame)


def _run(case: Case) -> Row:
    rows = _rows(case["runs"])
    last = rows[-1] if rows else {}
    return {key: last.get(key, "") for key in ("run_id", "settings_digest", "inputs_digest", "as_of")}


def _counts(case: Case) -> Row:
    counts: Row = {name: len(case[name]) for name in ("documents", "articles", "mentions", "claims", "origins", "ties")}
    counts["outlets"] = len(_outlets_in(case))
    counts["rejected"] = len(case["rejects"])
    return counts


def _outlets_in(case: Case) -> pd.DataFrame:
    """The outlets that publish or are credited in the case; the rest of the registry is not news here."""
    used = set(case["articles"]["outlet_id"]) | set(case["attributions"]["speaker_outlet_id"])
    outlets = case["outlets"]
    return outlets[outlets["outlet_id"].isin(used)]


def _outlet(row: Mapping[str, Any]) -> Row:
    kept = ("name", "kind", "country", "lang", "reliability", "note")
    return {"id": row["outlet_id"], **{k: row[k] for k in kept}, "controller": row["controller_id"] or None}


def _article(row: Mapping[str, Any]) -> Row:
    kept = ("outlet_how", "file_offset", "url", "title", "byline", "published_grain", "lang", "text_digest")
    return {
        "id": row["article_id"], "file": row["file"], "outlet": row["outlet_id"] or None, "published": row["published_at"] or None,
        "offsets": "file" if row["file_offset"] >= 0 else "text", "credit": listed(row["credit"]), "revision_of": row["revision_of"] or None,
        **{k: row[k] for k in kept},
    }


def _claims(case: Case) -> list[Row]:
    rows = _rows(case["claims"])
    asked: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        asked[row["question_id"]].append(row["claim_id"])
    return [_claim(row, [c for c in asked[row["question_id"]] if row["question_id"] and c != row["claim_id"]]) for row in rows]


def _claim(row: Mapping[str, Any], rivals: list[str]) -> Row:
    kept = ("wording", "full_wording", "status", "independent_min", "independent_max", "n_outlets", "n_mentions", *FLAGS, "credibility")
    return {
        "id": row["claim_id"], **{k: row[k] for k in kept}, "question": row["question_id"] or None, "topic": row["topic_id"] or None, "rivals": rivals,
        "cut": listed(row["cut"]), "cut_low": listed(row["cut_low"]), "near": listed(row["near"]), "first_mention": row["first_mention_id"],
        "first_seen": row["first_seen_at"] or None, "last_seen": row["last_seen_at"] or None,
        "verdict": row["verdict"], "verdict_from": row["verdict_id"], "wording_from": row["wording_id"],
        "belief": {"value": row["belief"], "low": row["belief_low"], "high": row["belief_high"]},
    }


def _mentions(case: Case) -> list[Row]:
    claim_of = lookup(case["members"], "mention_id", "claim_id")
    offset_of = {a: max(0, int(n)) for a, n in tuples(case["articles"], "article_id", "file_offset")}
    credits, rests_on = credits_of(case["attributions"]), _rests_on(case)
    rows = sorted((row for row in _rows(case["mentions"]) if row["mention_id"] in claim_of), key=_reading_order)
    return [
        _mention(row, offset_of.get(row["article_id"], 0), claim=claim_of[row["mention_id"]], origins=credits(row["mention_id"]),
                 rests_on=rests_on.get(row["mention_id"], []))
        for row in rows
    ]


def _reading_order(row: Mapping[str, Any]) -> tuple[str, int, int, str]:
    """By article and by where a mention ends; one that stands inside another comes before it."""
    return row["article_id"], row["end"], -row["start"], row["mention_id"]


def _mention(row: Mapping[str, Any], offset: int, **more: Any) -> Row:
    """One mention; its offsets count in the file where the text stands in the file as it is."""
    spans = {name: row[name] + offset for name in ("start", "end", "sentence_start", "sentence_end")}
    kept = ("quote", "proposition", "stance", "hedge", "event_at", "event_grain", "confirmed_max", "method")
    return {"id": row["mention_id"], "article": row["article_id"], **more, **spans, **{k: row[k] for k in kept}, "refers_to": row["refers_id"] or None}


def _rests_on(case: Case) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(case["supports"]):
        out[row["mention_id"]].append({"origin": row["origin_id"], "via": listed(row["via"])})
    return out


def _judgements(case: Case) -> list[Row]:
    """What people judged; the printed words behind the ids stand in the mentions."""
    kept = {"judgement_id": "id", "verdict": "verdict", "left_id": "left", "right_id": "right", "value": "value", "who": "who", "why": "why",
            "decided_at": "decided", "withdraws": "withdraws"}
    return _rows(case["judgements"][list(kept)].rename(columns=kept))


def _origins(case: Case) -> list[Row]:
    mentions: dict[str, list[str]] = defaultdict(list)
    for row in _rows(case["supports"]):
        mentions[row["origin_id"]].append(row["mention_id"])
    return [_origin(row, mentions[row["origin_id"]]) for row in _rows(case["origins"])]


def _origin(row: Mapping[str, Any], mentions: list[str]) -> Row:
    kept = ("kind", "label", "reliability", "unnamed", "basis")
    return {
        "id": row["origin_id"], "claim": row["claim_id"], **{k: row[k] for k in kept}, "controller": row["controller_id"] or None,
        "speakers": listed(row["speakers"]), "may_be": row["may_be_origin_id"], "root_mention": row["root_mention_id"],
        "first_seen": row["first_seen_at"] or None, "mentions": mentions,
    }
