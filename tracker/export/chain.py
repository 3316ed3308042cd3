"""A hash chain of records: JSON lines of which each names the hash of the one before, so that no byte of any can change unseen.

A line is the canonical JSON of its record: keys sorted, no blanks, text as UTF-8 with the fewest escapes, whole numbers only. Without fractions that is
RFC 8785 (JSON Canonicalization Scheme), so that any tool which knows it gets the same bytes. `hash` is the SHA-256 over the canonical record
without its `hash`; `previous` is the hash of the record before, 64 zeros at the first.
"""
from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from tracker.ids import digest
from tracker.tables import dumps

Record = dict[str, Any]

FIRST: Final = "0" * 64
LINE_BYTES: Final = 16_000_000  # of one line; a claim with 100,000 members has 1.6 MB
WHOLE: Final = 2**53 - 1  # the largest whole number that RFC 8785 lets through unchanged
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that differs: the line (0: no line of the ledger), the record it is about, and what is wrong."""

    line: int
    record: str
    what: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a ledger: its number from 1, where it lies in the file, its record (None: it is none), and all that is wrong with it."""

    number: int
    start: int
    end: int
    record: Record | None
    faults: tuple[str, ...]


class Broken(Exception):
    """A line is no record; always caught here and turned into a Fault."""


def chain_lines(records: Iterable[Mapping[str, Any]], previous: str = FIRST) -> Iterator[tuple[str, str]]:
    """Each record as (line without its line end, hash), the first one linked to `previous`."""
    for record in records:
        linked = {**record, "previous": previous}
        previous = digest(dumps(linked))
        yield dumps({**linked, "hash": previous}), previous


def content_digest(record: Mapping[str, Any]) -> str:
    """SHA-256 over a record without its place in the chain: equal content, equal digest."""
    return digest(dumps({k: v for k, v in record.items() if k not in ("previous", "hash")}))


def clean(value: Any) -> Any:
    """The value with lone surrogates, which no UTF-8 can hold, as U+FFFD."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {str(k): clean(v) for k, v in value.items()}
    return [clean(v) for v in value] if isinstance(value, list | tuple) else value


def read_chain(raw: bytes) -> Iterator[Line]:
    """Each line with what is wrong with it and with its link to the line before; only the byte 0A ends a line."""
    previous: str | None = FIRST
    at = number = 0
    while at < len(raw):
        found = raw.find(b"\n", at)
        end = found if found >= 0 else len(raw)
        number += 1
        try:
            record, faults = _record(raw[at:end])
        except Broken as error:
            record, faults = None, [str(error)]
        if record and previous is not None and record["previous"] != previous:
            before = f"that of line {number - 1} is {previous[:12]}..." if number > 1 else "the first record has none before it"
            faults.append(f"it follows the hash {record['previous'][:12]}..., and {before}: a record was taken out, put in or moved here")
        if found < 0:
            faults.append("the line is cut off: its line end is missing")
        yield Line(number, at, end, record, tuple(faults))
        previous = record["hash"] if record else None
        at = end + 1


def _record(line: bytes) -> tuple[Record, list[str]]:
    """The record of a line and what is wrong with its form or hash; raises Broken when it is none."""
    text = _text(line)
    record = _parse(text)
    faults = []
    if not _canonical(record, text):
        faults.append("the line is not in canonical form: keys sorted, no blanks, fewest escapes, whole numbers")
    elif (right := digest(dumps({k: v for k, v in record.items() if k != "hash"}))) != record["hash"]:
        faults.append(f"its hash is {record['hash'][:12]}..., and its content gives {right[:12]}...: one of them was changed")
    return record, faults


def _text(line: bytes) -> str:
    if len(line) > LINE_BYTES:
        raise Broken(f"the line has {len(line)} bytes; a record has at most {LINE_BYTES}")
    if not line.strip():
        raise Broken("the line is empty")
    if line.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise Broken("the line begins with a byte-order mark, which a ledger has not")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Broken(f"byte {error.start + 1} of the line is not UTF-8") from error


def _parse(text: str) -> Record:
    try:
        record = json.loads(text, parse_float=_no_number, parse_constant=_no_number, parse_int=_whole, object_pairs_hook=_once)
    except RecursionError as error:
        raise Broken("the line is nested too deeply for a record") from error
    except json.JSONDecodeError as error:
        raise Broken(f"the line is not JSON from character {error.pos + 1} on") from error
    except ValueError as error:
        raise Broken(f"the line is not JSON: {error}") from error
    if not isinstance(record, dict):
        raise Broken("the line is no JSON object")
    for name in ("previous", "hash"):
        if not isinstance(record.get(name), str) or not _HASH.fullmatch(record[name]):
            raise Broken(f"the record has no {name} of 64 hex digits")
    return record


def _canonical(record: Record, text: str) -> bool:
    try:
        return dumps(record) == text
    except (ValueError, RecursionError):
        return False


def _no_number(text: str) -> NoReturn:
    raise Broken(f"{text[:20]} is no whole number")


def _whole(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > WHOLE:
        raise Broken(f"{text[:20]}... is too large a number")
    return int(text)


def _once(pairs: list[tuple[str, Any]]) -> Record:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise Broken("a key stands twice in one object")
    return record
