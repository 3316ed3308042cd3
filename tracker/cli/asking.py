"""What the commands that ask need beyond one call: two states to compare, days, and the words for stderr."""
from __future__ import annotations

from datetime import datetime

import pandas as pd

from tracker.ask import compare_cases, second_origins, trace_timeline
from tracker.ask.what_if import ABSENT
from tracker.cli.options import Pile
from tracker.cli.terminal import note
from tracker.errors import UsageError
from tracker.export.ledgers import MOST_BYTES, case_from_ledger
from tracker.fetch import read_text
from tracker.pipeline import days_of_second_origins, recount
from tracker.tables import Case
from tracker.view.report import find_claim

COUNTS = ("status", "origins")


def compared(pile: Pile, begin: datetime | None, end: datetime | None, clock: str) -> pd.DataFrame:
    """What changed between two days of a pile, or between two ledgers when no day is given; `clock`: whose days, "printed" or "known"."""
    if begin is None and end is None:
        if len(pile.paths) != 2:
            raise UsageError("give two ledgers, the earlier first; or articles, or a kept case, and --from DATE")
        before, after = (case_from_ledger(read_text(path, limit=MOST_BYTES), name=path) for path in pile.paths)
        _tell_unlike(before, after, pile.quiet)
        return compare_cases(before, after)
    if begin is None:
        raise UsageError("--to needs --from, the day to compare with")
    first, last = (day.strftime("%Y-%m-%d") if day else "" for day in (begin, end))
    if last and last < first:
        raise UsageError(f"--from {first} is later than --to {last}")
    on = pile.case_known_on if clock == "known" else pile.case_as_of
    return compare_cases(on(first), on(last))


def _tell_unlike(before: Case, after: Case, quiet: bool) -> None:
    for column, what in (("version", "versions of the tracker"), ("settings_digest", "settings")):
        if set(before["runs"][column]) != set(after["runs"][column]):
            note(f"the ledgers were made with different {what}; some changes may come from that", quiet=quiet)


def told_changes(found: pd.DataFrame) -> str:
    """How much changed, as a line for people."""
    claims = found["id"].nunique()
    return f"{len(found)} {'change' if len(found) == 1 else 'changes'} in {claims} {'claim' if claims == 1 else 'claims'}" if claims else "nothing changed"


def timeline_of(pile: Pile, claim: str) -> pd.DataFrame:
    """One claim's timeline, or a row a claim for "*"."""
    case = pile.case_as_of(pile.as_of)
    if claim == "*":
        return second_origins(case, days_of_second_origins(case))
    return trace_timeline(case, find_claim(case, claim), recount=pile.case_as_of)


def what_if(pile: Pile, *, without: tuple[str, ...], distrust: str, assume_same: tuple[tuple[str, str], ...], everything: bool) -> pd.DataFrame:
    """The changes that switching these off makes: of counts, or of everything."""
    case = pile.case()
    after = recount(case, without=without, distrust=distrust, assume_same=assume_same, settings=pile.settings())
    found = compare_cases(case, after, absent=ABSENT)
    lost = sum(b > 0 == a for b, a in zip(case["claims"]["independent_max"], after["claims"]["independent_max"], strict=True))
    moved = int((found["change"] == "status").sum())
    note(f"{moved} {'claim changes' if moved == 1 else 'claims change'} status; {lost} {'is' if lost == 1 else 'are'} left without support", quiet=pile.quiet)
    return found if everything else found[found["change"].isin(COUNTS)].reset_index(drop=True)
