"""Paths to the table `documents`: every article file, page and table row, decoded, with what is known about it."""
from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import pandas as pd

from tracker.errors import UsageError
from tracker.fetch.base import Reject, Unread
from tracker.fetch.decode import decode
from tracker.fetch.front import split_front
from tracker.fetch.manifest import Manifests
from tracker.fetch.places import Place, find_places, format_of
from tracker.fetch.rows import read_rows
from tracker.fetch.source import load_bytes, load_raw, unpack_named, within
from tracker.ids import content_id, digest_bytes
from tracker.settings import ReadSettings
from tracker.tables import dumps, make

_TYPES: Final = {"text": "text/plain", "markdown": "text/markdown", "html": "text/html"}
_TABLES: Final = frozenset(("json", "jsonl", "csv"))
_MARKUP: Final = re.compile(r"\s*(?:<!doctype html|<html|<\?xml|<head|<body|<article|<div|<p[ >])", re.IGNORECASE)
STDIN: Final = "stdin"

Item = dict[str, Any] | Reject


def read_documents(paths: Sequence[str], *, settings: ReadSettings, stdin: Callable[[], bytes] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Frames `documents` and `rejects` (stage "read") for files, folders, globs and "-".

    The body of a file is its decoded text with all line ends as they are; what a manifest, front matter or columns say is in `given`,
    with `text_from`, the place where the article starts. Raises UsageError for a path that is not there.
    """
    if not paths:
        raise UsageError("name at least one file, folder or glob, or - for standard input")
    places, rejects = find_places([p for p in paths if p != "-"])
    manifests = Manifests(settings.max_bytes)
    items: list[Item] = [*rejects]
    for place in places:
        items += _guarded(place.name, partial(_read_place, place, manifests, settings))
    if "-" in paths:
        items += _guarded(STDIN, partial(_read_stdin, stdin, settings))
    items += manifests.rejects.values()
    documents = {d["document_id"]: d for d in items if isinstance(d, dict)}
    refused = {r.item: r for r in items if isinstance(r, Reject)}
    return make("documents", documents.values()), make("rejects", [r.row() for r in refused.values()])


def read_text(path: str, *, limit: int = 0) -> str:
    """The text of one file that the user named for the tracker itself, such as a registry or a ledger, of at most `limit` bytes (0: as an article).

    Raises UsageError when it cannot be read.
    """
    try:
        return decode(load_bytes(Path(path), limit or ReadSettings().max_bytes)).removeprefix("\ufeff")
    except Unread as error:
        raise UsageError(f"{path}: {error.reason}: {error.advice}") from error
    except ValueError as error:
        raise UsageError(f"{path!r} cannot be a path: {error}") from error


def read_bytes(path: str, *, limit: int, unpacked: bool = False) -> bytes:
    """The bytes of one file that the user named for the tracker itself, as they lie on disk or `unpacked` if its name ends in .gz.

    Raises UsageError when they cannot be had.
    """
    try:
        return (load_bytes if unpacked else load_raw)(Path(path), limit)
    except Unread as error:
        raise UsageError(f"{path}: {error.reason}: {error.advice}") from error
    except ValueError as error:
        raise UsageError(f"{path!r} cannot be a path: {error}") from error


def _guarded(name: str, read: Callable[[], Iterator[Item]]) -> list[Item]:
    """All items of one file; what stops the reading becomes the file's reject, the items before it stay."""
    items: list[Item] = []
    try:
        items.extend(read())
    except Unread as error:
        items.append(Reject(name, error.reason, error.advice))
    return items


def _read_place(place: Place, manifests: Manifests, settings: ReadSettings) -> Iterator[Item]:
    kind = format_of(place.path)
    limit = settings.max_table_bytes if kind in _TABLES else settings.max_bytes
    raw = load_raw(place.path, limit)
    given, manifest = manifests.given(place.path, top=place.top)
    yield from _digested(_read(place.name, kind, unpack_named(place.path, raw, limit), given, settings), digest_bytes(raw), manifest)


def _read_stdin(stdin: Callable[[], bytes] | None, settings: ReadSettings) -> Iterator[Item]:
    raw = stdin() if stdin else sys.stdin.buffer.read(settings.max_table_bytes + 1)
    within(len(raw), settings.max_table_bytes)
    head = raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = "jsonl" if head.startswith(b"{") else "json" if re.match(rb"\[\s*[{\]]", head) else ""
    yield from _digested(_read(STDIN, kind, raw, {}, settings), digest_bytes(raw), "")


def _digested(items: Iterator[Item], file: str, manifest: str) -> Iterator[Item]:
    """The items with the digests of the file and of the manifest that they come from."""
    for item in items:
        yield {**item, "file_digest": file, "manifest_digest": manifest} if isinstance(item, dict) else item


def _read(name: str, kind: str, raw: bytes, given: dict[str, str], settings: ReadSettings) -> Iterator[Item]:
    """The items of one file: its documents, and rejects for the parts that cannot be read."""
    if not raw.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise Unread("empty", "the file holds no text; remove it or save the article again")
    text = decode(raw, page=kind in {"html", ""})
    if kind in _TABLES:
        yield from _read_table(name, kind, text, given, settings)
        return
    within(len(raw), settings.max_bytes)
    kind = kind or ("html" if _MARKUP.match(text[:500]) else "text")
    if kind == "html":
        yield _document(name, text, _TYPES[kind], given, 0)
        return
    front, start, fault = split_front(text) if kind == "markdown" else ({}, 0, None)
    if fault:
        yield Reject(f"{name}#front-matter", fault.reason, fault.advice)
    if not text[start:].strip(" \t\r\n\ufeff"):
        raise Unread("empty", "nothing follows the front matter; save the article again")
    yield _document(name, text, _TYPES[kind], front | given, start or int(text.startswith("\ufeff")))


def _read_table(name: str, kind: str, text: str, given: dict[str, str], settings: ReadSettings) -> Iterator[Item]:
    rows = 0
    for number, found in read_rows(text, kind, limit=settings.max_bytes):
        item, rows = f"{name}#{number}", rows + 1
        if rows > settings.max_rows:
            raise Unread("too big", f"only the first {settings.max_rows} rows were read; split the table")
        if isinstance(found, Unread):
            yield Reject(item, found.reason, found.advice)
            continue
        body = found.pop("text", "")
        if not body.strip():
            yield Reject(item, "empty", "the row has no text; the column must be called text, body, content or article")
        elif len(body) > settings.max_bytes:
            yield Reject(item, "too big", f"the text has more than {settings.max_bytes} characters; an article is smaller")
        else:
            yield _document(item, body, _TYPES["html" if _MARKUP.match(body[:500]) else "text"], given | found, -1)
    if not rows:
        raise Unread("empty", "the table has no rows; remove it or fill it")


def _document(path: str, body: str, media_type: str, given: dict[str, str], text_from: int) -> dict[str, Any]:
    facts: dict[str, Any] = {**given, "text_from": text_from} if media_type != "text/html" else dict(given)
    known = dumps(facts)
    return {"document_id": content_id("d", path, media_type, body, known), "url": given.get("url", ""), "path": path, "media_type": media_type,
            "body": body, "fetcher": "files", "given": known}
