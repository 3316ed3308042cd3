"""Bodies of `add` and `forget`."""
from __future__ import annotations

import fnmatch
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from tracker.cells import plain
from tracker.cli.terminal import note, progress_bar
from tracker.errors import UsageError
from tracker.pipeline.cases import CaseFile
from tracker.text import safe, shorten
from tracker.view.evidence import plural


def now() -> str:
    """This moment in UTC, to the microsecond: two judgements of one person in one second stay two."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def add_once(case: CaseFile, paths: tuple[str, ...], *, workers: int, quiet: bool, say_known: bool) -> None:
    """Add what is at the paths now and count again if anything changed."""
    added = case.add(paths, at=now(), stdin=sys.stdin.buffer.read, workers=workers)
    if not say_known and not added.new and not added.back:
        return
    with progress_bar(quiet=quiet) as progress:
        made = case.case(workers=workers, progress=progress)
    parts = [plural(added.new, "new document")]
    parts += [f"{added.back} back after being forgotten"] if added.back else []
    parts += [f"{added.known} there already"] if added.known else []
    note(f"{', '.join(parts)}; {plural(len(made['articles']), 'article')} and {plural(len(made['claims']), 'claim')} in the case", quiet=quiet)
    for row in added.rejects.head(5).to_dict("records"):
        note(f"not read: {plain(row['item_id'])}: {plain(row['reason'])}. {shorten(plain(row['detail']), 200)}", quiet=quiet)
    if len(made["rejects"]):
        note(f"{plural(len(made['rejects']), 'item')} of the case could not be used; tracker claims --case CASE --rejects FILE lists them", quiet=quiet)


def forget_articles(case: CaseFile, wanted: str, why: str) -> Iterator[str]:
    """Forget the articles that an id, the beginning of an id, a file name or a pattern means; a line for each.

    Raises UsageError when none fits, or when the beginning of an id fits several.
    """
    documents = [(d["document_id"], d["path"]) for d in case.documents()]
    by_id = dict(case.article_ids())
    starts = sorted(d for a, d in by_id.items() if len(wanted) >= 4 and a.startswith(wanted)) or \
        sorted(d for d, _ in documents if len(wanted) >= 4 and d.startswith(wanted))
    if len(set(starts)) > 1:
        raise UsageError(f"{len(starts)} articles begin with {safe(wanted)}; give more of the id")
    chosen = set(starts) or {d for d, path in documents if path == wanted or fnmatch.fnmatchcase(path, wanted)}
    if not chosen:
        raise UsageError(f"no article of the case fits {safe(wanted)!r}; `tracker export --case CASE --format csv -o FOLDER` lists them in articles.csv")
    case.forget(chosen, at=now(), why=why)
    for document_id, path in sorted(documents):
        if document_id in chosen:
            yield f"forgot {document_id} {plain(path)}"
