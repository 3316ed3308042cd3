"""What several commands take: the pile of articles and how to read it, and the form of a table."""
from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import wraps
from typing import Any

import click
import pandas as pd

from tracker.cells import csv_text, plain
from tracker.cli.terminal import colour, note, progress_bar, put, set_up_logs, table_width
from tracker.errors import UsageError
from tracker.settings import LinkSettings, Settings
from tracker.store.place import is_case
from tracker.tables import Case, records
from tracker.text import shorten
from tracker.view.sheets import SHEET_FORMATS, render_sheet

# Articles from which one process a core is worth its start: each loads the language pipeline for about 3 s. On two busy cores reading
# 100 articles of 600 words took 15 s in one process and 13 s in two.
POOL_FROM = 150

# The names of tracker.score.fusion.METHODS, which takes a second to load; a test holds them equal.
METHODS = ("merged", "vote", "sums", "average-log", "investment", "pooled-investment", "truthfinder", "2-estimates", "3-estimates", "crh", "accu", "popaccu",
           "dawid-skene")

Decorator = Callable[[Callable[..., None]], Callable[..., None]]


@dataclass(frozen=True)
class Pile:
    """The articles a command was given and how to read them."""

    paths: tuple[str, ...]
    registry: str | None = None
    as_of: str = ""
    nlp: str = ""
    workers: int = 0
    rejects: str | None = None
    quiet: bool = False
    verbose: int = 0
    kept: str = ""
    known_on: str = ""
    vectors: str = ""
    _read: list[Any] = field(default_factory=list, repr=False, compare=False)
    """What case_as_of read, and the engine that remembers what it took apart."""

    def settings(self, day: str | None = None) -> Settings:
        """The settings that the options make; `day`: another --as-of."""
        return Settings(nlp=self.nlp, as_of=self.as_of if day is None else day, link=LinkSettings(vectors=self.vectors))

    def case(self) -> Case:
        """Read and build, or take the case that is kept, with a bar on stderr; what could not be read is counted there too."""
        set_up_logs(self.verbose)
        settings = self.settings()
        if self.kept:
            return self._of_kept(settings)
        from tracker.pipeline import build, read_articles  # takes seconds to load, and --help needs none of it

        with progress_bar(quiet=self.quiet) as progress:
            read = read_articles(self.paths, registry=self.registry, settings=settings, stdin=sys.stdin.buffer.read)
            pool = self.workers > 1 or (self.workers == 0 and len(read["articles"]) >= POOL_FROM)
            case = build(read, settings=settings, engine="pool" if pool else "local", workers=self.workers, progress=progress)
        self._tell_rejects(case["rejects"])
        return case

    def whole(self) -> Case:
        """The case with its documents in use, and when each was added or forgotten, which a kept case leaves where they are."""
        case = self.case()
        if not self.kept:
            return case
        from tracker.pipeline.cases import open_case

        found = open_case(self.kept)
        try:
            return Case({**case.tables, **found.observed(self.known_on)}, registry=case.registry)
        finally:
            found.close()

    def case_as_of(self, day: str) -> Case:
        """The case as `--as-of` that day builds it, "" for everything; articles are read and taken apart once however many days are asked for."""
        settings = self.settings(day)
        if self.kept:
            return self._of_kept(settings)
        from tracker.engines import RecallEngine, engine_named
        from tracker.pipeline import read_articles, rebuilt_on

        if not self._read:
            set_up_logs(self.verbose)
            read = read_articles(self.paths, registry=self.registry, settings=self.settings(""), stdin=sys.stdin.buffer.read)
            pool = self.workers > 1 or (self.workers == 0 and len(read["articles"]) >= POOL_FROM)
            self._read.extend([read, RecallEngine(engine_named("pool" if pool else "local", workers=self.workers))])
            self._tell_rejects(read["rejects"])
        read, engine = self._read
        return rebuilt_on(read, day, settings=settings, engine=engine)

    def case_known_on(self, day: str) -> Case:
        """A kept case with what had been added and judged by the end of that day, "" for now; raises UsageError for articles that are not kept."""
        if not self.kept:
            raise UsageError("only a kept case knows when something was added; say --case CASE")
        return replace(self, known_on=day, _read=self._read)._of_kept(self.settings())

    def _of_kept(self, settings: Settings) -> Case:
        from tracker.pipeline.cases import open_case

        with progress_bar(quiet=self.quiet) as progress:
            found = open_case(self.kept)
            case = found.case(settings=settings, known_on=self.known_on, workers=self.workers, engine="pool" if self.workers > 1 else "", progress=progress,
                              as_asked=True)
        if not self._read:  # once, however many days are asked for
            rejects = case["rejects"]
            self._tell_rejects(rejects if settings.as_of == self.as_of else rejects[rejects["stage"] != "as-of"])
            self._read.append(self.kept)
        return case

    def why(self, case: Case, left_id: str, right_id: str) -> dict[str, Any]:
        """Why two mentions of the case are one claim or two."""
        from tracker.pipeline import why

        return why(case, left_id, right_id, settings=self.settings())

    def _tell_rejects(self, rejects: pd.DataFrame) -> None:
        if self.rejects:
            put(csv_text([str(c) for c in rejects.columns], rejects.itertuples(index=False, name=None)), self.rejects)
        if self.verbose:
            for row in records(rejects):
                note(f"not read: {plain(row['item_id'])}: {plain(row['reason'])}. {shorten(plain(row['detail']), 200)}", quiet=self.quiet)
        if len(rejects):
            why = ", ".join(f"{n} {reason}" for reason, n in sorted(Counter(plain(r) for r in rejects["reason"]).items(), key=lambda x: (-x[1], x[0])))
            where = f"they are in {self.rejects}" if self.rejects else "--rejects FILE lists them"
            note(f"{len(rejects)} {'item was' if len(rejects) == 1 else 'items were'} not read ({shorten(why, 120)}); {where}", quiet=self.quiet)


@dataclass(frozen=True)
class Sheet:
    """Where a table goes and in which form."""

    form: str
    output: str | None

    def put(self, frame: pd.DataFrame) -> None:
        """The table to its place."""
        to_file = self.output not in (None, "-")
        put(render_sheet(frame, self.form, width=table_width(), colour=colour() and not to_file), self.output)


_READING = (
    click.option("--registry", metavar="FILE", help="Outlets of your own, added to the built-in ones (docs/registry.md)."),
    click.option("--case", "kept", metavar="CASE", default="", help="A kept case instead of PATHS: a file, or a postgresql:// URL (docs/cases.md)."),
    click.option("--known-on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
                 help="Of a kept case only what had been added and judged by the end of this day."),
    click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Use nothing published after this day, such as 2024-10-31."),
    click.option("--nlp", metavar="NAME", default="", help="An installed spaCy pipeline to read with instead of the built-in one."),
    click.option("--vectors", metavar="NAME", default="", help="A sentence-transformers model, by name or folder, to compare meanings with (extra: encoder)."),
    click.option("--workers", type=click.IntRange(min=0), default=0, metavar="N",
                 help=f"Processes; 1 is this one only, 0 is one a core from {POOL_FROM} articles on. The result is the same."),
    click.option("--rejects", metavar="FILE", help="Write what could not be read, and why, to this CSV file."),
    click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors."),
    click.option("-v", "--verbose", count=True, help="Name what was not read; twice: log what the libraries do."),
)
_SHEET = (
    click.option("--format", "form", type=click.Choice(SHEET_FORMATS), default="table", show_default=True, help="Form of the output."),
    click.option("-o", "--output", metavar="FILE", help="Write here instead of to stdout."),
)


def reading(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command a `pile` made from PATHS and the options on reading."""

    @wraps(command)
    def with_pile(*, paths: tuple[str, ...], as_of: datetime | None, known_on: datetime | None, **more: Any) -> None:
        reading = {name: more.pop(name) for name in ("registry", "nlp", "workers", "rejects", "quiet", "verbose", "kept", "vectors")}
        if not reading["kept"] and len(paths) == 1 and is_case(paths[0]):
            reading["kept"], paths = paths[0], ()
        pile = Pile(paths, as_of=_day(as_of), known_on=_day(known_on), **reading)
        _refuse_both(pile)
        command(pile, **more)

    for option in reversed(_READING):
        with_pile = option(with_pile)
    return click.argument("paths", nargs=-1, type=str)(with_pile)


def _day(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d") if moment else ""


def _refuse_both(pile: Pile) -> None:
    """Articles come from PATHS or from a kept case, which brings its own registry and pipeline."""
    if pile.kept and pile.paths:
        raise click.UsageError("name PATHS or --case CASE, not both; `tracker add CASE PATHS` adds articles to a case")
    if any(is_case(p) for p in pile.paths):
        raise click.UsageError("a kept case stands alone: name it without other PATHS, or put them into it with `tracker add`")
    if not pile.kept and not pile.paths:
        raise click.UsageError("name the articles: PATHS, or --case CASE for a case that is kept")
    if pile.kept and (pile.registry or pile.nlp):
        raise click.UsageError("a kept case has its own registry and pipeline; set them with `tracker new` or `tracker rebuild`")
    if pile.known_on and not pile.kept:
        raise click.UsageError("--known-on is about a kept case: say --case CASE")


def as_sheet(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command a `sheet` made from --format and -o."""

    @wraps(command)
    def with_sheet(*args: Any, form: str, output: str | None, **more: Any) -> None:
        command(*args, sheet=Sheet(form, output), **more)

    for option in reversed(_SHEET):
        with_sheet = option(with_sheet)
    return with_sheet
