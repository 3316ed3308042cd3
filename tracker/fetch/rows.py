"""Tables of articles: the rows of .json, .jsonl and .csv files, with their columns brought to one set of names."""
from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tracker.fetch.base import Unread
from tracker.fetch.decode import plain

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "article", "article_text", "full_text", "html"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "outlet_id", "source", "publisher", "site", "site_name"),
    "url": ("url", "link", "canonical_url"),
    "published": ("published", "date", "published_at", "date_published", "publish_date"),
    "byline": ("byline", "author", "authors"),
}
"""The names a column may have, the first one that is filled wins; matched without case, blanks and hyphens as underscores."""

_WRAPPERS: Final = ("articles", "items", "documents", "data", "results", "rows", "docs")
_SIZE: Final = 2_000  # characters of one metadata value; a longer one is not a title or an address

Row = tuple[int, dict[str, str] | Unread]


def read_rows(text: str, kind: str, *, limit: int) -> Iterator[Row]:
    """The rows of a table file with their numbers from 1: fields by our names, or why the row cannot be read.

    `kind` is "json", "jsonl" or "csv"; for .jsonl the number is that of the line. Raises Unread when no row can be had.
    """
    reader = {"json": _json, "jsonl": _jsonl, "csv": csv_records}[kind]
    for number, record in reader(text.removeprefix("\ufeff"), limit):
        yield number, (record if isinstance(record, Unread) else fields(record))


def fields(record: Mapping[Any, Any]) -> dict[str, str]:
    """A record's values under our names, as plain text; empty ones left out."""
    named = {re.sub(r"[\s-]+", "_", str(k).strip().casefold()): v for k, v in record.items()}
    out = {}
    for ours, theirs in COLUMNS.items():
        value = next((v for v in (_plain(named.get(t)) for t in theirs) if v.strip()), "")
        if value:
            out[ours] = value if ours == "text" else value.strip()[:_SIZE]
    return out


def _plain(value: Any) -> str:
    """A value as text: lists joined, objects by their name."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return next((_plain(value[k]) for k in ("name", "title", "url", "id") if value.get(k)), "")
    if isinstance(value, list | tuple):
        return ", ".join(p for p in (_plain(v) for v in value[:50]) if p)
    return "" if value is None or isinstance(value, bool) else str(value)


def _json(text: str, limit: int) -> Iterator[tuple[int, Mapping[Any, Any] | Unread]]:
    found = _loads(text)
    if isinstance(found, Mapping):
        inner = next((found[k] for k in _WRAPPERS if isinstance(found.get(k), list)), None)
        found = [found] if inner is None else inner
    if not isinstance(found, list):
        raise Unread("broken JSON", "a JSON file of articles is a list of objects or one object")
    for number, record in enumerate(found, 1):
        yield number, record if isinstance(record, Mapping) else Unread("broken row", "an article must be a JSON object with a text")


def _jsonl(text: str, limit: int) -> Iterator[tuple[int, Mapping[Any, Any] | Unread]]:
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):  # not splitlines(): U+2028 may stand inside a JSON string
        if not line.strip():
            continue
        try:
            record = _loads(line) if len(line) <= 2 * limit else Unread("too big", f"the line has {len(line)} characters; split it")
        except Unread as error:
            record = error
        if not isinstance(record, Mapping | Unread):
            record = Unread("broken row", "an article must be a JSON object with a text")
        yield number, record


def _loads(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise Unread("broken JSON", f"this is not valid JSON{where}; mend or remove it") from error


def csv_records(text: str, limit: int) -> Iterator[tuple[int, Mapping[Any, Any] | Unread]]:
    """Data rows of a CSV text as mappings by header, numbered from 1; the delimiter is read off the header."""
    head = next((line for line in text.split("\n") if line.strip()), "")[:_SIZE]
    delimiter = max(",;\t|", key=lambda d: (head.count(d), -",;\t|".index(d)))
    before = csv.field_size_limit(max(limit, 1_000))
    try:
        yield from _csv_rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    finally:
        csv.field_size_limit(before)


def _csv_rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, Mapping[Any, Any] | Unread]]:
    header: list[str] | None = None
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield number, Unread("broken row", f"{error}; mend the quoting of this row")
            continue
        if not any(c.strip() for c in cells):
            continue
        if header is None:
            header = cells
            continue
        number += 1
        yield number, dict(zip(header, cells, strict=False))
