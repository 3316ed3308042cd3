"""A small table for people and pipes: aligned columns, JSON, JSON lines, CSV or Markdown. Equal tables give equal bytes."""
from __future__ import annotations

import io
import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tracker.cells import csv_text, markdown, plain
from tracker.errors import UsageError
from tracker.tables import records

SHEET_FORMATS: Final = ("table", "json", "jsonl", "csv", "md")

_FOR_PIPES = frozenset({"fewest", "most", "claim ids", "falling ids", "mention"})  # the two ends of "origins" as numbers; lists too long to look at
_FOR_EYES = frozenset({"origins"})  # "1-2", which a spreadsheet would read as a date
_LONG = frozenset({"claim", "hangs on", "why", "chase", "note"})
_LEAST_LONG = 24  # columns; narrower, a claim would be a column of single words


def render_sheet(frame: pd.DataFrame, form: str, *, width: int = 100, colour: bool = False) -> str:
    """The table in one of SHEET_FORMATS, ending in a line break; `width` and `colour` matter to "table" only."""
    head = [str(c) for c in frame.columns if c not in (_FOR_PIPES if form in ("table", "md") else _FOR_EYES)]
    rows = [{name: row[name] for name in head} for row in records(frame)]
    if form == "json":
        return dumps(rows, indent=2)
    if form == "jsonl":
        return "".join(dumps(row) for row in rows)
    if form == "csv":
        return csv_text(head, (list(row.values()) for row in rows))
    if form == "md":
        lines = [head, ["---"] * len(head), *([markdown(v) for v in row.values()] for row in rows)]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)
    if form == "table":
        return _aligned(head, rows, width, colour)
    raise UsageError(f"there is no format {form!r}; the formats are {', '.join(SHEET_FORMATS)}")


def dumps(value: object, indent: int | None = None) -> str:
    """The value as JSON text that any terminal and page can show, ending in a line break."""
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False) + "\n"


def _aligned(head: list[str], rows: Sequence[Mapping[str, Any]], width: int, colour: bool) -> str:
    """Aligned columns; where long texts would leave no room, they stand on lines of their own below their row."""
    long = sorted(_LONG.intersection(head))
    short = [name for name in head if name not in _LONG]
    least = sum(max(cell_len(plain(value)) for value in (name, *(row[name] for row in rows))) + 2 for name in short)
    below = long if width < least + len(long) * (_LEAST_LONG + 2) else []
    lines = _lines(short if below else head, rows, max(width, least) if below or not long else width, colour)
    if below:
        texts = [[f"    {line}" for name in below for line in _wrapped(f"{name}: {plain(row[name])}", width - 4)] for row in rows]
        lines = [lines[0], *(line for first, more in zip(lines[1:], texts, strict=True) for line in (first, *more))]
    return "".join(f"{line}\n" for line in lines)


def _lines(head: list[str], rows: Sequence[Mapping[str, Any]], width: int, colour: bool) -> list[str]:
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for name in head:
        right = bool(rows) and all(isinstance(row[name], (int, float)) and not isinstance(row[name], bool) for row in rows)
        wide = {"min_width": _LEAST_LONG} if name in _LONG else {"no_wrap": True}
        table.add_column(name, justify="right" if right else "left", overflow="fold", **wide)
    for row in rows:
        table.add_row(*(Text(plain(row[name]), style=_style(name, row[name])) for name in head))
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=colour, no_color=not colour, color_system="standard" if colour else None, highlight=False, emoji=False,
            legacy_windows=False, _environ={}).print(table)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 20), subsequent_indent="  ") or [text]


def _style(name: str, value: object) -> str:
    """Colour only repeats what the words say."""
    if name == "status":
        return {"corroborated": "blue", "possibly-corroborated": "cyan", "single-origin": "yellow", "unsupported": "magenta"}.get(str(value), "")
    return "dim" if name == "id" else ""
