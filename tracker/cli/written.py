"""Which room writes which format."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracker.cli.terminal import put
from tracker.errors import UsageError
from tracker.export import claims_csv, to_gexf, to_graphml, to_json, write_csv_folder, write_parquet_folder
from tracker.tables import Case
from tracker.view.claim_sheet import brief, claim_markdown, claim_text
from tracker.view.evidence import Row
from tracker.view.graph import to_graph
from tracker.view.page import render_page
from tracker.view.parts import PAGE_CLAIMS, render_pages
from tracker.view.sheets import dumps

GRAPHS: Final = ("html", "json", "csv", "graphml", "gexf", "md")
EXPORTS: Final = ("json", "csv", "parquet", "graphml", "gexf", "md", "html")

CLAIM_WRITERS: Final[dict[str, Callable[[Row], str]]] = {"table": claim_text, "md": claim_markdown, "json": lambda found: dumps(found, indent=2)}
"""One claim as a whole; other forms of it are a table of its quotes."""

@dataclass(frozen=True)
class Look:
    """How a page is to look; `title` is also a brief's."""

    title: str = ""
    theme: str = "auto"
    redact_quotes: bool = False
    embed: bool = False


_WRITERS: Final[dict[str, Callable[[Case, Look], str]]] = {
    "html": lambda case, look: render_page(case, title=look.title, theme=look.theme, redact_quotes=look.redact_quotes, embed=look.embed),
    "md": lambda case, look: brief(case, title=look.title),
    "json": lambda case, _: to_json(case),
    "csv": lambda case, _: claims_csv(case),
    "graphml": lambda case, _: to_graphml(to_graph(case)),
    "gexf": lambda case, _: to_gexf(to_graph(case)),
}
_FOLDERS: Final = {"csv": write_csv_folder, "parquet": write_parquet_folder}
_ENDINGS: Final = {"htm": "html", "markdown": "md"}


def written(case: Case, form: str, look: Look | None = None) -> str:
    """The case in the format, as one text."""
    return _WRITERS[form](case, look or Look())


def write_pages(case: Case, look: Look, output: str) -> int:
    """A case too large for one page as an index with a page for each part beside it.

    Gives the number of parts; 0 if one page is enough, and then nothing is written.
    """
    if len(case["claims"]) <= PAGE_CLAIMS or output == "-":
        return 0
    path = Path(output)
    pages = render_pages(case, name=path.stem, limit=PAGE_CLAIMS, title=look.title, theme=look.theme, redact_quotes=look.redact_quotes, embed=look.embed)
    for name, text in pages:
        put(text, output if name == f"{path.stem}.html" else str(path.with_name(name)))
    return len(pages) - 1


def format_of(output: str | None, allowed: tuple[str, ...], default: str) -> str:
    """The format that the ending of a file's name asks for; raises UsageError for an ending nobody writes."""
    ending = Path(output or "").suffix.lower().removeprefix(".")
    form = _ENDINGS.get(ending, ending) or default
    if form not in allowed:
        raise UsageError(f"{output} ends in .{ending}, which is none of {', '.join(allowed)}; say --format")
    return form


def write_folder(form: str, output: str | None, case: Callable[[], Case]) -> bool:
    """Write all tables when the output is a folder: one that is there, or a name without an ending. Says whether it did."""
    named = output not in (None, "-") and output is not None
    folder = named and (Path(str(output)).is_dir() or str(output).endswith("/") or not Path(str(output)).suffix)
    if form == "parquet" and not folder:
        raise UsageError("parquet is a folder of tables: say -o FOLDER")
    if form not in _FOLDERS or not folder:
        return False
    try:
        _FOLDERS[form](case(), str(output))
    except OSError as error:
        raise UsageError(f"cannot write to {output}: {error.strerror or error}") from error
    return True
