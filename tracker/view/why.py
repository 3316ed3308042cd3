"""Two mentions side by side, and why they are in one claim or in two."""

from __future__ import annotations

from tracker.cells import plain
from tracker.errors import UsageError
from tracker.tables import Case, records
from tracker.text import shorten, words
from tracker.view.evidence import Row

_LISTED = 8  # candidates named before "and more"


def find_mention(case: Case, wanted: str) -> Row:
    """The mention meant by an id, the beginning of an id, or words of its quote.

    Raises UsageError that lists the candidates when several mentions or none fit.
    """
    rows = records(case["mentions"])
    inside = set(words(wanted))
    fits = [r for r in rows if len(wanted) >= 4 and r["mention_id"].startswith(wanted)] or [r for r in rows if inside and inside <= set(words(r["quote"]))]
    if len(fits) == 1:
        return fits[0]
    if not fits:
        raise UsageError(f"no mention fits {wanted!r}; `tracker show CLAIM --format csv` lists the mentions of a claim")
    lines = "".join(f"\n  {r['mention_id']}  {shorten(r['quote'], 90)}" for r in fits[:_LISTED])
    more = f"\n  and {len(fits) - _LISTED} more" if len(fits) > _LISTED else ""
    raise UsageError(f"{len(fits)} mentions fit {wanted!r}; name one by its id:{lines}{more}")


def why_text(left: Row, right: Row, found: Row) -> str:
    """The two quotes, the outcome, the reasons and the parts of the score as plain text."""
    lines = [f"{plain(m['mention_id'])}\n    \"{plain(m['quote'])}\"" for m in (left, right)]
    lines += ["", f"  {'one claim' if found['together'] else 'two claims'}: likeness {found['likeness']:.2f}, one claim from {found['threshold']:.2f} on"]
    lines += [f"  - {plain(sentence)}" for sentence in found["because"]]
    if found["parts"]:
        lines += ["", "  What each comparison adds to the log-odds:", *(f"  {p['adds']:+6.2f}  {p['feature']}" for p in found["parts"])]
    return "\n".join(lines) + "\n"
