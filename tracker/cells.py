"""Cells that nothing takes for more than text: no formula in CSV, no markup in Markdown, no control character anywhere."""
from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from tracker.text import safe, squeeze

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~&])")


def cell(value: object) -> str:
    """The value as a CSV cell: numbers as they are, flags as yes or no, an apostrophe before text that a spreadsheet would run."""
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(v) for v in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return str(value)
    raw = str(value)
    text = safe(raw).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if raw.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with a head line, quoted where needed, line breaks as "\\n"."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([cell(name) for name in head])
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def plain(value: object) -> str:
    """The value as one line of text: lists joined, flags as yes or no, no line break and no control character."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "; ".join(plain(v) for v in value)
    return squeeze(safe(str(value)))


def markdown(value: object) -> str:
    """The value as one line of Markdown that shows just its characters."""
    return re.sub(r"://", ":\u2060//", _MARKUP.sub(r"\\\1", plain(value)))
