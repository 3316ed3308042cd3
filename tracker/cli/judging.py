"""Bodies of `judge`: decide, list, export, import."""
from __future__ import annotations

import getpass
from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from tracker.cells import plain
from tracker.cli.casebook import answers_text
from tracker.cli.keeping import now
from tracker.cli.naming import name_subject
from tracker.cli.terminal import colour, note, table_width
from tracker.errors import UsageError
from tracker.judge import VERDICTS, make_judgement, read_judgements, standing, write_judgements
from tracker.pipeline.cases import CaseFile
from tracker.tables import make, records, tuples
from tracker.text import safe, shorten
from tracker.view.evidence import plural
from tracker.view.sheets import render_sheet

_COLUMNS = ("judgement", "verdict", "about", "and", "text", "who", "when", "why", "stands")


def judging_as(who: str) -> str:
    """The name that judgements are kept under."""
    if who:
        return who
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def decide(case: CaseFile, verdict: str, ids: Sequence[str], *, why: str, who: str) -> str:
    """Keep one judgement; gives the line that says so. Raises UsageError for an unknown verdict or for ids that fit nothing, or several things."""
    kind = VERDICTS.get(verdict)
    if kind is None:
        raise UsageError(f"there is no verdict {safe(verdict)!r}; say one of {', '.join(VERDICTS)}, list, export or import")
    value = ""
    if verdict == "wording":
        if len(ids) != 2:
            raise UsageError("a wording needs a claim and its text: tracker judge CASE wording CLAIM 'the text'")
        ids, value = ids[:1], ids[1]
    named: list[tuple[str, dict[str, Any]]] = [(i, {}) for i in ids]
    if verdict == "undo":
        named = [(_judgement(case, i), {}) for i in ids]
    elif len(ids) == len(kind.subjects):
        tables = case.last()
        named = [name_subject(tables, subject, i) for subject, i in zip(kind.subjects, ids, strict=True)]
    row = make_judgement(verdict, [i for i, _ in named], spans=[s for _, s in named], value=value, who=judging_as(who), why=why, when=now())
    case.judge(make("judgements", [row]))
    return f"{row['judgement_id']} kept: {verdict} {' '.join(i for i, _ in named)} ({kind.sentence})"


def _judgement(case: CaseFile, wanted: str) -> str:
    ids = [j for j in case.store.read("judgements")["judgement_id"] if len(wanted) >= 4 and j.startswith(wanted)]
    if len(ids) != 1:
        raise UsageError(f"{'no judgement begins' if not ids else f'{len(ids)} judgements begin'} with {safe(wanted)!r}; `tracker judge CASE list` has them")
    return str(ids[0])


def listing(case: CaseFile, form: str) -> str:
    """All judgements with whether they stand, and what people disagree on."""
    judgements = case.store.read("judgements")
    tables = case.case()
    resolved = case.resolved(tables)
    lost = {r["judgement_id"] for r in resolved.lost}
    used = {r["judgement_id"] for r in resolved.used}
    stand = {r["judgement_id"] for r in standing(judgements)}
    against = {a["judgement_id"]: b for a, b in resolved.conflicts}

    def state(row: dict[str, Any]) -> str:
        j = row["judgement_id"]
        if row["verdict"] == "undo":
            return ""
        if j not in stand:
            return "taken back"
        if j in lost:
            return "its words are in no article now"
        if j in against:
            return f"{against[j]['who'] or 'somebody'} disagrees ({against[j]['judgement_id']}), later, so that is used"
        return "yes" if j in used else "a later one is used"

    rows = [(r["judgement_id"], r["verdict"], r["left_id"] or r["withdraws"], r["right_id"], r["value"], r["who"], r["decided_at"][:19], r["why"],
             state({str(k): v for k, v in r.items()}))
            for r in sorted(records(judgements), key=lambda r: (r["decided_at"], r["judgement_id"]))]
    frame = pd.DataFrame([[plain(c) for c in row] for row in rows], columns=list(_COLUMNS), dtype=object)
    return render_sheet(frame, form, width=table_width(), colour=colour())


def exported(case: CaseFile) -> str:
    """All judgements as JSON lines."""
    return write_judgements(case.store.read("judgements"))


def import_files(case: CaseFile, files: Sequence[str], *, quiet: bool) -> None:
    """Keep the judgements of these files; those that are there stay once. Bad lines and conflicts are listed and block nothing."""
    if not files:
        raise UsageError("name a file: tracker judge CASE import FILE (- for stdin)")
    texts = [(f, answers_text(f)) for f in files]
    tables = case.last() if any('"spans"' not in line for _, t in texts for line in t.splitlines()) else None
    name = partial(name_subject, tables) if tables is not None else None
    for file, text in texts:
        kept = case.store.read("judgements")
        told = set(tuples(kept, "verdict", "decided_at", "who", "why"))
        frame, rejects = read_judgements(text, name=name, told=told, where=file)
        new = case.judge(frame)
        again = sum(bool(line.strip()) for line in text.split("\n")) - len(rejects) - new
        note(f"{file}: {plural(new, 'new judgement')}, {again} there already", quiet=quiet)
        for row in records(rejects):
            note(f"not kept: {shorten(plain(row['detail']), 240)}", quiet=quiet)
        if len(rejects):
            note(f"{plural(len(rejects), 'line')} of {file} could not be used", quiet=quiet)
    conflicts = case.resolved(case.case()).conflicts
    for earlier, later in conflicts:
        note(f"conflict: {earlier['who'] or 'somebody'} says {earlier['verdict']} ({earlier['judgement_id']}), {later['who'] or 'somebody'} says "
             f"{later['verdict']} ({later['judgement_id']}); the later one is used", quiet=quiet)
