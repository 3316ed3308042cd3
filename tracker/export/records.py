"""The kinds of records of an evidence ledger and their fields. docs/evidence.md says what each means."""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tracker.export.anchors import is_target
from tracker.ids import digest
from tracker.model import FLAGS
from tracker.tables import dumps

FORMAT: Final = "corroboration-seal/1"
KINDS: Final = ("article", "aside", "mention", "claim", "judgement")
"""Kinds of records that hold until they are replaced or gone, in the order in which a sealing writes them."""

_DIGESTS: Final = {"file_digest": str, "manifest_digest": str, "body_digest": str, "given_digest": str}
SHAPES: Final[Mapping[str, Mapping[str, type]]] = {
    "head": {"format": str, "tool": str, "version": str, "at": str, "as_of": str, "settings": dict, "settings_digest": str, "registry_digest": str,
             "case_digest": str},
    "article": {"id": str, "file": str, "url": str, "title": str, "byline": str, "text_digest": str, "file_offset": int, "revision_of": str, "outlet": str,
                "outlet_how": str, "published": str, "credit": list, "length": int, **_DIGESTS},
    "aside": {"id": str, "reason": str, **_DIGESTS},
    "mention": {"id": str, "claim": str, "stance": str, "hedge": str, "credits": list, "target": dict, "method": str},
    "claim": {"id": str, "wording": str, "status": str, "independent_min": int, "independent_max": int, "n_outlets": int, **dict.fromkeys(FLAGS, bool),
              "verdict": str, "verdict_id": str, "wording_id": str, "question": str, "cut": list, "cut_low": list, "members": list},
    "judgement": dict.fromkeys(("id", "verdict", "left_id", "right_id", "left_span", "right_span", "value", "who", "why", "decided_at", "withdraws"), str),
    "gone": {"of": str, "id": str},
    "end": {"written": dict, "held": dict},
}
"""Fields of each kind of record and what they hold, beside `kind`, `previous` and `hash`."""


def misfit(record: Mapping[str, Any]) -> str:
    """What keeps a record of a sound line from being one of a ledger; "" if nothing does."""
    kind = record.get("kind")
    shape = SHAPES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        return f"there is no kind of record {str(kind)[:40]!r}"
    fields = set(record) - {"kind", "previous", "hash"}
    wrong = sorted(fields ^ set(shape)) or sorted(f for f, t in shape.items() if type(record[f]) is not t)
    if wrong:
        return f"a {kind} record with a missing, unknown or ill-formed field {wrong[0][:40]!r}"
    if kind == "head" and record["format"] != FORMAT:
        return f"the format is {record['format'][:40]!r}, and this version reads {FORMAT}"
    if kind == "mention" and not is_target(record["target"]):
        return "the target of a mention needs a source, a TextQuoteSelector and a TextPositionSelector"
    if kind == "gone" and record["of"] not in KINDS:
        return f"no record of kind {record['of'][:40]!r} can go"
    return "" if kind != "claim" or all(isinstance(m, str) for m in record["members"]) else "a member of a claim is no id"


def given_digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of what manifest, front matter or columns say about a row of `documents`."""
    known = json.loads(document["given"]) or {}
    return digest(dumps({k: v for k, v in known.items() if k != "text_from"}))  # where the text begins is no statement


def state_digest(contents: Iterable[str]) -> str:
    """SHA-256 over the content digests of all records that hold, whatever their order."""
    return digest("\n".join(sorted(contents)))
