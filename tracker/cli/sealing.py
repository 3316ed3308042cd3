"""`tracker seal` and `tracker verify`: the evidence ledger as a file, and the articles it is held against."""
from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from tracker.cli.terminal import put
from tracker.errors import UsageError
from tracker.export.chain import Fault
from tracker.export.recheck import check_articles
from tracker.export.seal import LEDGER_BYTES, seal_case, sound_ledger
from tracker.export.verify import Checked, check_ledger, follows
from tracker.fetch import read_bytes, read_documents
from tracker.parse import article_text
from tracker.settings import ReadSettings
from tracker.tables import Case, lookup, records

_HASH: Final = re.compile(r"[0-9a-f]{12,64}")


@dataclass(frozen=True)
class Verdict:
    """What verifying found: the differences as a table, and a line for people."""

    differences: pd.DataFrame
    says: str


def day_or_minute(at: datetime | None) -> str:
    """A date given on the command line, as fine as it was given: a time of 00:00 is a day."""
    return at.strftime("%Y-%m-%dT%H:%MZ" if at.hour or at.minute else "%Y-%m-%d") if at else ""


def seal_to(case: Callable[[], Case], output: str | None, paths: Sequence[str], settings: Mapping[str, Any], at: str) -> tuple[str, str]:
    """Append a sealing to the file, or write a first one to stdout: what was done, for people, and the last hash.

    The ledger is checked before the articles are read, and its lines are never written again.
    Raises UsageError when the ledger does not verify, lies among the articles, or cannot be written.
    """
    if output in (None, "-"):
        data, last = seal_case(case(), settings=settings, at=at)
        put(data)
        return f"sealed; the last hash is {last}", last
    known = _ledger_so_far(str(output), paths)
    data, last = seal_case(case(), known, settings=settings, at=at)
    _append(Path(str(output)), data, len(known.raw))
    lines = data.count(b"\n")
    done = f"wrote {lines} records to {output}" if data else f"nothing is new; {output} stays as it is"
    return f"{done}; its last hash is {last}. Keep it apart from the file: tracker verify --expect finds what a shortened file hides", last


def _ledger_so_far(output: str, paths: Sequence[str]) -> Checked:
    """The ledger that is there, checked before the articles are read, which takes long."""
    _apart(output, paths)
    if output.lower().endswith(".gz"):
        raise UsageError("a ledger is plain text that grows; leave .gz out")
    return sound_ledger(read_bytes(output, limit=LEDGER_BYTES) if os.path.lexists(output) else b"")


def _apart(ledger: str, paths: Sequence[str]) -> None:
    """Raises UsageError when the ledger lies in a folder of articles: it would be read as one."""
    own = os.path.realpath(ledger)
    for path in paths:
        top = os.path.realpath(path)
        if own == top or (Path(path).is_dir() and own.startswith(top + os.sep)):
            raise UsageError(f"{ledger} lies among the articles, and would be read as one; keep it in another folder")


def _append(path: Path, data: bytes, size: int) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            if file.tell() != size:
                raise UsageError(f"{path} has grown meanwhile: another run seals into it; run this one again")
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error


def verify_ledger(ledger: str, paths: Sequence[str], expect: str) -> Verdict:
    """Check a ledger, and the articles at the paths against it.

    Raises UsageError for a ledger or path that is not there and a hash that is none.
    """
    if expect and not _HASH.fullmatch(expect.lower()):
        raise UsageError("--expect takes the hash that tracker seal printed: 64 hex digits, or at least the first 12")
    if paths:
        _apart(ledger, paths)
    found = check_ledger(read_bytes(ledger, limit=LEDGER_BYTES))
    faults = [*found.faults, *(follows(found, expect.lower()) if expect else [])]
    says = f"{found.lines} records in {len(found.ends)} {'sealing' if len(found.ends) == 1 else 'sealings'}"
    if paths:
        settings = ReadSettings()
        documents, rejects = read_documents(paths, settings=settings)
        unread = lookup(rejects, "item_id", "reason")
        rows = records(documents)
        more, quotes = check_articles(found, rows, unread, lambda row: article_text(row, settings=settings))
        faults = sorted(faults + more, key=lambda f: (not f.line, f.line, f.record, f.what))
        says += f", {quotes} quotes looked up in {len(rows)} documents"
    what = f"{len(faults)} {'thing differs' if len(faults) == 1 else 'things differ'}" if faults else "nothing differs"
    return Verdict(_table(faults), f"{what}: {says}; the last hash is {found.last}")


def _table(faults: Sequence[Fault]) -> pd.DataFrame:
    rows = [(str(f.line) if f.line else "", f.record, f.what) for f in faults]
    return pd.DataFrame(rows, columns=["line", "record", "differs"], dtype=object)
