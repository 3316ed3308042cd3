"""A brief as Markdown or as one HTML file, from headings, sentences, tables and figures that others made."""
from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from tracker.cells import markdown, plain

CSS = """body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;font-size:13px;display:block;overflow-x:auto}th,td{border-bottom:1px solid #ddd;padding:.25rem .5rem}
th,td{text-align:left;vertical-align:top}
img{max-width:100%}@media print{table{display:table}}"""


class Section(NamedTuple):
    """A heading with sentences, a table and a figure, each of which may be empty."""

    heading: str
    sentences: Sequence[str] = ()
    table: pd.DataFrame | None = None
    figure: str = ""
    """Name of a figure."""


def to_markdown(title: str, sections: Sequence[Section], figures: dict[str, str]) -> str:
    """Markdown; `figures` gives the address of each figure's file."""
    parts = [f"# {markdown(title)}\n"]
    for s in sections:
        parts.append(f"## {markdown(s.heading)}\n")
        parts.extend(f"{markdown(text)}\n" for text in s.sentences)
        if s.table is not None and len(s.table):
            head = [str(c) for c in s.table.columns]
            lines = [[markdown(h) for h in head], ["---"] * len(head), *([markdown(v) for v in row] for row in s.table.itertuples(index=False, name=None))]
            parts.append("".join(f"| {' | '.join(line)} |\n" for line in lines))
        if s.figure in figures:
            parts.append(f"![{markdown(s.heading)}]({figures[s.figure]})\n")
    return "\n".join(parts)


def to_html(title: str, sections: Sequence[Section], figures: dict[str, str]) -> str:
    """One HTML file without scripts or outside addresses; `figures` gives the SVG text of each figure, which is shown as a picture."""
    parts = [Markup("<h1>{}</h1>").format(plain(title))]
    for s in sections:
        parts.append(Markup("<h2>{}</h2>").format(plain(s.heading)))
        parts.extend(Markup("<p>{}</p>").format(plain(text)) for text in s.sentences)
        if s.figure in figures:
            data = base64.b64encode(figures[s.figure].encode()).decode()
            parts.append(Markup('<img alt="{}" src="data:image/svg+xml;base64,{}">').format(plain(s.heading), data))
        if s.table is not None and len(s.table):
            parts.append(_table(s.table))
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    head = Markup('<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{}">'
                  '<meta name="viewport" content="width=device-width"><title>{}</title><style>{}</style>'
                  '</head><body>\n').format(policy, plain(title), Markup(CSS))
    return str(head + Markup("\n").join(parts) + Markup("\n</body></html>\n"))


def _table(frame: pd.DataFrame) -> Markup:
    head = Markup("").join(Markup("<th>{}</th>").format(plain(c)) for c in frame.columns)
    rows = (Markup("").join(Markup("<td>{}</td>").format(plain(v)) for v in row) for row in frame.itertuples(index=False, name=None))
    return Markup("<table><thead><tr>") + head + Markup("</tr></thead><tbody>") + Markup("").join(
        Markup("<tr>") + escape(row) + Markup("</tr>") for row in rows) + Markup("</tbody></table>")
