"""The commands of a kept case: make it, add to it, forget, rebuild, judge, review."""
from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from tracker.cli.commands import PATHS, cli
from tracker.cli.terminal import note, progress_bar, put
from tracker.errors import UsageError

_PLACE = "CASE is a file, or a postgresql:// URL (docs/cases.md)."
_quiet = click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
_workers = click.option("--workers", type=click.IntRange(min=0), default=0, metavar="N", help="Processes that read; 0 is one a core for many articles.")
_who = click.option("--who", default="", envvar="TRACKER_WHO", metavar="NAME", help="Who decides; else TRACKER_WHO, else the user's name on this machine.")


def opened(place: str, *, quiet: bool = False, growing: bool = False, workers: int = 0) -> Any:
    """The CaseFile at a place, for changing; says when an old one was copied and brought up to date. `growing`, `workers`: as CaseFile takes them."""
    from tracker.pipeline.cases import CaseFile  # takes seconds to load, and --help needs none of it

    found = CaseFile(place, growing=growing, workers=workers)
    if found.copy:
        note(f"{place} was made by an older version and is up to date now; as it was it is kept in {found.copy}", quiet=quiet)
    return found


@cli.command(epilog=_PLACE, examples=[
    ("tracker new strike.case", "an empty case in a file"),
    ("tracker new strike.case --registry mine.yaml", "with outlets of your own"),
])
@click.argument("place", metavar="CASE")
@click.option("--registry", metavar="FILE", help="Outlets of your own, added to the built-in ones; kept in the case.")
@click.option("--nlp", metavar="NAME", default="", help="An installed spaCy pipeline to read with instead of the built-in one.")
@_quiet
def new(place: str, registry: str | None, nlp: str, quiet: bool) -> None:
    """Make an empty case that is kept.

    What is added and judged stays in it; what follows from that is counted again whenever it changes.
    """
    from tracker.pipeline.cases import CaseFile

    CaseFile.create(place, registry=registry, nlp=nlp).close()
    note(f"made {place}; `tracker add {place} articles/` puts articles in", quiet=quiet)


@cli.command(epilog=_PLACE + " " + PATHS, examples=[
    ("tracker add strike.case articles/", "all articles of a folder; those already there stay as they are"),
    ("tracker add strike.case inbox/ --watch", "and whatever is put into the folder later, until Ctrl-C"),
])
@click.argument("place", metavar="CASE")
@click.argument("paths", nargs=-1, required=True)
@click.option("--watch", is_flag=True, help="Go on looking for new files until Ctrl-C.")
@click.option("--every", type=click.FloatRange(min=0.1), default=10.0, show_default=True, metavar="SECONDS", help="How often --watch looks.")
@click.option("--rounds", type=click.IntRange(min=0), default=0, hidden=True, help="Stop watching after so many looks; 0 is never.")
@_workers
@_quiet
def add(place: str, paths: tuple[str, ...], watch: bool, every: float, rounds: int, workers: int, quiet: bool) -> None:
    """Add articles to a case.

    Only what is new is read; then everything is counted again. What cannot be read is listed by `tracker claims --case CASE --rejects FILE`.
    """
    from tracker.cli.keeping import add_once

    case = opened(place, quiet=quiet, growing=True, workers=workers)
    add_once(case, paths, workers=workers, quiet=quiet, say_known=True)
    looked = 1
    while watch and (not rounds or looked < rounds):
        time.sleep(every)
        add_once(case, paths, workers=workers, quiet=quiet, say_known=False)
        looked += 1


@cli.command(epilog=_PLACE, examples=[
    ("tracker forget strike.case a-1f2e3d4c5b6a", "one article by its id, as exports and the page give it"),
    ("tracker forget strike.case 'tass-*.txt' --why 'sent in by mistake'", "files by name or pattern"),
])
@click.argument("place", metavar="CASE")
@click.argument("article")
@click.option("--why", default="", help="The reason, kept in the case.")
@_quiet
def forget(place: str, article: str, why: str, quiet: bool) -> None:
    """Use an article no more, as if it had never been read.

    Its text stays in the case, out of use; `tracker add` brings it back.
    """
    from tracker.cli.keeping import forget_articles

    case = opened(place, quiet=quiet)
    for line in forget_articles(case, article, why):
        put(line + "\n")


@cli.command(epilog=_PLACE, examples=[
    ("tracker rebuild strike.case", "read and count everything again, as after a new version"),
    ("tracker rebuild strike.case --registry mine.yaml", "with other outlets of your own from now on"),
])
@click.argument("place", metavar="CASE")
@click.option("--registry", metavar="FILE", help="Outlets of your own from now on; '' for the built-in ones only.")
@_workers
@_quiet
def rebuild(place: str, registry: str | None, workers: int, quiet: bool) -> None:
    """Read and count a case again from its documents and judgements.

    These are never changed. The result is the same as that of a new case with the same documents and judgements.
    """
    case = opened(place, quiet=quiet)
    if registry is not None:
        case.set_registry(registry or None)
    with progress_bar(quiet=quiet) as progress:
        made = case.rebuild(workers=workers, progress=progress)
    note(f"{len(made['articles'])} articles, {len(made['claims'])} claims", quiet=quiet)


@cli.command(epilog="WHAT: same, different or rival with two mentions (or claims); same-voice with two voices; verified, refuted or withdrawn with a "
                    "claim; own-reporting or copied with a mention; wording with a claim and a text; undo with a judgement; list; export; import with a "
                    "FILE (- for stdin). Ids may be shortened, or be words of the quote, wording or name.", examples=[
    ("tracker judge strike.case same m-3f2a m-91bc --why 'both mean Tuesday'", "two mentions put one claim"),
    ("tracker judge strike.case same-voice s-77aa 'a senior official'", "two voices are one"),
    ("tracker judge strike.case refuted c-1f2e --who Ines", "checked, and does not hold"),
    ("tracker judge strike.case undo j-0a1b", "take a judgement back"),
    ("tracker judge strike.case export -o judgements.jsonl", "for version control, or for a colleague's `import`"),
])
@click.argument("place", metavar="CASE")
@click.argument("what")
@click.argument("ids", nargs=-1)
@click.option("--why", default="", help="The reason, kept with it.")
@_who
@click.option("-o", "--output", metavar="FILE", help="Where list and export go; else stdout.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "md", "json"]), default="table", show_default=True, help="Form of list.")
@_quiet
def judge(place: str, what: str, ids: tuple[str, ...], why: str, who: str, output: str | None, form: str, quiet: bool) -> None:
    """Decide what the machine cannot.

    Never overruled by a later run, never lost, taken back when you say so.

    A judgement is kept when this command prints its id. It changes the counts when the case is next looked at.
    """
    from tracker.cli import judging

    case = opened(place, quiet=quiet)
    if what == "list":
        put(judging.listing(case, form), output)
    elif what == "export":
        put(judging.exported(case), output)
    elif what == "import":
        judging.import_files(case, ids, quiet=quiet)
    else:
        put(judging.decide(case, what, ids, why=why, who=who) + "\n")


@cli.command(epilog=_PLACE + " Answers: s same, d different, r rival, v one voice, k skip, q stop; with a reason after it if you like.", examples=[
    ("tracker review strike.case", "question after question, the most valuable first"),
    ("tracker review strike.case --list --limit 20 --format csv", "only the questions"),
    ("tracker review strike.case --answers answers.txt", "a line an answer: 's it is one', or 'same m-3f2a m-91bc it is one'"),
])
@click.argument("place", metavar="CASE")
@click.option("--answers", metavar="FILE", help="Take the answers from this file (- for stdin) instead of asking.")
@click.option("--list", "listing", is_flag=True, help="Print the questions and ask nothing.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="So many questions at most.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "md", "json"]), default="table", show_default=True, help="Form of --list.")
@_who
@_quiet
def review(place: str, answers: str | None, listing: bool, limit: int | None, form: str, who: str, quiet: bool) -> None:
    """Answer the questions that matter most.

    Pairs of mentions that are nearly alike, and voices that may be one, on claims where the answer can change the status.
    """
    from tracker.cli import reviewing

    case = opened(place, quiet=quiet)
    if listing:
        put(reviewing.questions(case, limit or 0, form))
        return
    if answers is None and not sys.stdin.isatty():
        raise UsageError("nobody is there to ask; give --answers FILE (- for stdin), or --list for the questions")
    reviewing.review_case(case, answers=answers, limit=limit or 0, who=who, quiet=quiet)


def answers_text(path: str) -> str:
    """The answers in a file, or from stdin."""
    from tracker.fetch import read_text

    return sys.stdin.read() if path == "-" else read_text(str(Path(path)))
