"""A ledger read back: as much of the Case as the file holds, enough to compare it with another. Whatever the file holds, it is only text.

What a ledger does not hold is empty in the Case: texts, links, frames of mentions, parties, spans of judgements.
"""
from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NoReturn

from tracker.errors import TableError, UsageError
from tracker.export.json import SCHEMA_VERSION
from tracker.tables import TABLES, Case, dumps, make
from tracker.text import safe, shorten

Row = dict[str, Any]

MOST_BYTES: Final = 500_000_000  # a ledger of 10,000 claims has about 60 MB

# Table column to ledger field, where they differ; a field that a minor version added may be missing.
_SAME: Final[Mapping[str, Mapping[str, str]]] = {
    "outlets": {"outlet_id": "id", "controller_id": "controller", **{k: k for k in ("name", "kind", "country", "lang", "reliability", "note")}},
    "articles": {"article_id": "id", "outlet_id": "outlet", "published_at": "published",
                 **{k: k for k in ("file", "outlet_how", "file_offset", "url", "title", "byline", "credit", "published_grain", "lang", "text_digest",
                                   "revision_of")}},
    "claims": {"claim_id": "id", "question_id": "question", "topic_id": "topic", "first_mention_id": "first_mention", "first_seen_at": "first_seen",
               "last_seen_at": "last_seen", "verdict": "verdict", "verdict_id": "verdict_from", "wording_id": "wording_from",
               **{k: k for k in ("wording", "full_wording", "status", "independent_min", "independent_max", "n_outlets", "n_mentions", "disputed", "unverified",
                                 "echo", "unnamed_only", "single_outlet", "circular", "credibility", "near", "cut", "cut_low")}},
    "mentions": {"mention_id": "id", "article_id": "article", "refers_id": "refers_to",
                 **{k: k for k in ("start", "end", "sentence_start", "sentence_end", "quote", "proposition", "stance", "hedge", "event_at", "event_grain",
                                   "confirmed_max", "method")}},
    "origins": {"origin_id": "id", "claim_id": "claim", "controller_id": "controller", "may_be_origin_id": "may_be", "root_mention_id": "root_mention",
                "first_seen_at": "first_seen", **{k: k for k in ("kind", "label", "reliability", "unnamed", "basis", "speakers")}},
    "ties": {"later_id": "later", "earlier_id": "earlier", **{k: k for k in ("kind", "strength", "weight", "detail")}},
    "judgements": {"judgement_id": "id", "left_id": "left", "right_id": "right", "decided_at": "decided",
                   **{k: k for k in ("verdict", "value", "who", "why", "withdraws")}},
    "reasons": {"subject_id": "subject", **{k: k for k in ("subject_kind", "measure", "rank", "part", "effect", "detail")}},
}
LATER: Final = ("judgements",)  # lists that came with a later minor version: a ledger of an earlier one lacks them
_TYPES: Final[Mapping[str, str]] = {"text": "text", "time": "text", "list": "a list", "whole": "a whole number", "real": "a number", "flag": "true or false"}


def case_from_ledger(text: str, *, name: str = "the ledger") -> Case:
    """The Case that a ledger tells of: outlets, articles, claims, mentions, members, credits, origins, supports, ties, reasons and the run.

    Raises UsageError that names the place for anything that is no ledger of this format; `name` is what to call the file.
    """
    return _Ledger(_parsed(text, name), name).case()


def _parsed(text: str, name: str) -> Row:
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name} is no ledger: {shorten(safe(str(error)), 100)}; write one with tracker export -o ledger.json") from error
    if not isinstance(found, dict) or found.get("format") != "corroboration-ledger":
        raise UsageError(f"{name} is no ledger; write one with tracker export -o ledger.json")
    version = found.get("schema_version")
    if not isinstance(version, str) or version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        raise UsageError(f"{name} is a ledger of format {shorten(safe(str(version)), 20)}; this tracker reads {SCHEMA_VERSION.partition('.')[0]}.x")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


class _Ledger:
    def __init__(self, found: Row, name: str) -> None:
        self.found, self.name = found, name

    def case(self) -> Case:
        """All tables that the ledger holds."""
        rows = {table: [self._row(table, item, place) for place, item in self._items(table)] for table in _SAME}
        for row, (place, item) in zip(rows["claims"], self._items("claims"), strict=True):
            belief = self._mapping(item.get("belief"), f"{place}.belief")
            row.update({column: self._value(belief.get(key, 0.0), "real", f"{place}.belief.{key}")
                        for column, key in (("belief", "value"), ("belief_low", "low"), ("belief_high", "high"))})
        rows |= {"members": [], "attributions": [], "supports": []}
        for place, item in self._items("mentions"):
            self._mention(item, place, rows)
        run = self._mapping(self.found.get("run", {}), "run")
        tool = self._mapping(self.found.get("tool", {}), "tool")
        rows["runs"] = [{"version": self._value(tool.get("version", ""), "text", "tool.version"),
                         **{k: self._value(run.get(k, ""), "text", f"run.{k}") for k in ("run_id", "settings_digest", "inputs_digest", "as_of")}}]
        try:
            return Case({table: make(table, found) for table, found in rows.items()})
        except (TableError, OverflowError) as error:
            raise UsageError(f"{self.name} is no whole ledger: {shorten(safe(str(error)), 100)}") from error

    def _mention(self, item: Row, place: str, rows: Mapping[str, list[Row]]) -> None:
        mention_id = self._field(item, "id", "text", place)
        rows["members"].append({"mention_id": mention_id, "claim_id": self._field(item, "claim", "text", place)})
        for n, (where, credit) in enumerate(self._listed(item.get("origins", []), f"{place}.origins")):
            kind, via = self._field(credit, "kind", "text", where), self._value(credit.get("via", []), "list", f"{where}.via")
            chain = [*json.loads(via), *([] if kind == "own" else [self._field(credit, "name", "text", where)])]
            rows["attributions"].extend({"mention_id": mention_id, "branch": n, "hop": hop, "speaker": speaker, "speaker_kind": kind}
                                        for hop, speaker in enumerate(chain))
        for where, rest in self._listed(item.get("rests_on", []), f"{place}.rests_on"):
            via = self._value(rest.get("via", []), "list", f"{where}.via")
            origin_id = self._field(rest, "origin", "text", where)
            rows["supports"].append({"mention_id": mention_id, "origin_id": origin_id, "via": via, "hop": len(json.loads(via))})

    def _row(self, table: str, item: Row, place: str) -> Row:
        kinds = TABLES[table].columns
        keys = TABLES[table].keys
        return {column: self._field(item, key, kinds[column], place, needed=column in keys) for column, key in _SAME[table].items()
                if column in keys or key in item}

    def _items(self, table: str) -> Sequence[tuple[str, Row]]:
        return list(self._listed(self.found.get(table, [] if table in LATER else None), table))

    def _listed(self, value: object, place: str) -> Iterator[tuple[str, Row]]:
        if not isinstance(value, list):
            self._wrong(place, "a list")
        for n, item in enumerate(value):
            yield f"{place}[{n}]", self._mapping(item, f"{place}[{n}]")

    def _mapping(self, value: object, place: str) -> Row:
        return value if isinstance(value, dict) else self._wrong(place, "an object")

    def _field(self, item: Row, key: str, kind: str, place: str, *, needed: bool = True) -> Any:
        found = self._value(item.get(key), kind, f"{place}.{key}")
        return found if found != "" or not needed else self._wrong(f"{place}.{key}", "not empty")

    def _value(self, value: object, kind: str, place: str) -> Any:
        """The value as a table cell of that kind; null is empty text."""
        if kind in ("text", "time") and (value is None or isinstance(value, str)):
            return _whole_text(value or "")
        if kind == "list" and isinstance(value, list) and all(isinstance(v, str) for v in value):
            return dumps([_whole_text(v) for v in value])
        if kind == "flag" and isinstance(value, bool):
            return value
        if kind == "whole" and isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 62:
            return value
        if kind == "real" and isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e300 and math.isfinite(value):
            return float(value)
        return self._wrong(place, _TYPES.get(kind, kind))

    def _wrong(self, place: str, wanted: str) -> NoReturn:
        raise UsageError(f"{self.name} is no whole ledger: {place} must be {wanted}")


def _whole_text(text: str) -> str:
    """The text without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
