"""Ids made from content: equal content, equal id, on every machine and in every run."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

LENGTH = 12  # hex digits; 48 bits: among 1,000,000 rows a clash has a chance of about 0.2 %, and `conform` refuses it


def content_id(prefix: str, *parts: object) -> str:
    """`prefix-` and twelve hex digits of a SHA-256 over the parts, in order and with their borders kept."""
    body = json.dumps([str(p) for p in parts], ensure_ascii=True, separators=(",", ":"))
    return f"{prefix}-{hashlib.sha256(body.encode('ascii')).hexdigest()[:LENGTH]}"


def digest(text: str) -> str:
    """SHA-256 of a text as hex; lone surrogates are kept apart, not refused."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_bytes(raw: bytes) -> str:
    """SHA-256 of bytes as hex."""
    return hashlib.sha256(raw).hexdigest()


def digest_all(parts: Iterable[str]) -> str:
    """SHA-256 of a set of texts, whatever their order."""
    return digest("\n".join(sorted(digest(p) for p in parts)))
