"""What happened to a claim when: who printed it, when each origin came, how the count stood after each day, what was corrected."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, NamedTuple

import pandas as pd

from tracker.ask.ground import Ground, Row, bounds, plural, rows, said, sheet, tidy
from tracker.ask.revisions import revised_claims
from tracker.errors import UsageError
from tracker.tables import Case, tuples

COLUMNS: Final = ("date", "what", "outlet", "credits", "outlets", "origins", "fewest", "most", "status", "note", "mention")
SECOND: Final = ("id", "first", "second", "days", "perhaps", "perhaps days", "outlets", "origins", "fewest", "most", "claim")
UNDATED: Final = "undated"

Recount = Callable[[str], Case]
"""A day to the case as it stood then, built as `--as-of` that day builds it."""


class Count(NamedTuple):
    """How a claim stood after a day: outlets, bounds, status, and how many claims its reports stood under."""

    outlets: int
    fewest: int
    most: int
    status: str
    claims: int


def trace_timeline(case: Case, claim_id: str, *, recount: Recount) -> pd.DataFrame:
    """One row a mention and event of a claim, oldest first, undated last: date, what, outlet, credits, count after that day, note, mention.

    what: "first report", "new origin" (a report by which an origin of the count today came in), "repeat", "denial", "not verified", "second origin"
    (from that day on the fewest are two), "perhaps a second" (the most are two), "dropped" (a revised version no longer has it). outlets, origins and
    status are those of the case as `recount` gives it for that day; undated reports are in no day's case, and stand under the count with everything.
    Raises UsageError for a claim that the case does not have.
    """
    ground = Ground(case)
    if claim_id not in ground.claims:
        raise UsageError(f"no claim {claim_id!r} in this case; see `tracker claims`")
    mine = sorted((m for m in ground.members[claim_id] if m in ground.mentions), key=ground.when)
    days = sorted({ground.day(m) for m in mine} - {""})
    counts = {day: count_on(recount(day), {m for m in mine if ground.day(m) and ground.day(m) <= day}) for day in days}
    told = _Told(ground, claim_id, mine)
    found: list[Row] = []
    last = Count(0, 0, 0, "", 0)
    for day in days:
        events = [told.mention(m) for m in mine if ground.day(m) == day] + [*told.dropped(day)] + [*_seconds(last, counts[day], day, days[0])]
        events[0]["note"] = said([events[0]["note"], _moved(last, counts[day])])
        found += [_row(e, day, counts[day]) for e in events]
        last = counts[day]
    whole = ground.claims[claim_id]
    everything = Count(whole["n_outlets"], whole["independent_min"], whole["independent_max"], whole["status"], 1)
    late = [told.mention(m) for m in sorted((m for m in mine if not ground.day(m)), key=lambda m: ground.mentions[m]["stance"] != "supports")]
    if late and days:
        late[0]["note"] = said([late[0]["note"], _moved(last, everything)])
    found += [_row(e, UNDATED, everything) for e in late]
    return sheet(COLUMNS, found)


def count_on(state: Case, mention_ids: set[str]) -> Count:
    """How the claim with most of these mentions stands in a state; counts of 0 when it has none of them."""
    member = {m: c for m, c in tuples(state["members"], "mention_id", "claim_id") if m in mention_ids}
    claims = Counter(member.values())
    if not claims:
        return Count(0, 0, 0, "", 0)
    claim_id = min(claims, key=lambda c: (-claims[c], c))
    row = state["claims"].set_index("claim_id").loc[claim_id]
    return Count(int(row["n_outlets"]), int(row["independent_min"]), int(row["independent_max"]), str(row["status"]), len(claims))


def _row(event: Row, day: str, count: Count) -> Row:
    apart = f"its reports then stood under {count.claims} claims; this is the largest" if count.claims > 1 else ""
    return {"date": day, **event, "outlets": count.outlets, "origins": bounds(count.fewest, count.most), "fewest": count.fewest, "most": count.most,
            "status": count.status, "note": said([event["note"], apart])}


def _moved(before: Count, after: Count) -> str:
    """That the count is another than on the day before."""
    if not before.outlets or before[:3] == after[:3]:
        return ""
    sides = [f"{plural(c.outlets, 'outlet')}, {plural(bounds(c.fewest, c.most), 'origin')}" for c in (before, after)]
    return f"count: {sides[0]} to {sides[1]}"


def _seconds(before: Count, after: Count, day: str, first: str) -> Iterator[Row]:
    """That the second independent origin came on this day, for certain or perhaps."""
    passed = _days(first, day)
    words = "on the first day" if passed == 0 else f"{plural(passed, 'day')} after the first report" if passed != "" else ""
    for what, had, has in (("second origin", before.fewest, after.fewest), ("perhaps a second", before.most, after.most)):
        if had < 2 <= has and not (what == "perhaps a second" and after.fewest >= 2):
            yield {"what": what, "outlet": "", "credits": "", "note": words, "mention": ""}


class _Told:
    """Words for the mentions of one claim."""

    def __init__(self, ground: Ground, claim_id: str, mine: list[str]) -> None:
        self.ground, self.claim_id, self.mine = ground, claim_id, mine
        self.enters: dict[str, list[str]] = {}
        for origin in ground.origins[claim_id]:
            carried = sorted(ground.carried[origin["origin_id"]], key=ground.when)
            if carried:
                self.enters.setdefault(carried[0], []).append(tidy(origin["label"]))
        self.label = {o["origin_id"]: tidy(o["label"]) for o in ground.origins[claim_id]}
        self.perhaps = {tidy(o["label"]): self.label.get(o["may_be_origin_id"], "") for o in ground.origins[claim_id]}

    def mention(self, mention_id: str) -> Row:
        """One mention as an event."""
        row = self.ground.mentions[mention_id]
        entering = self.enters.get(mention_id, [])
        supporting = [m for m in self.mine if self.ground.mentions[m]["stance"] == "supports"]
        if row["stance"] != "supports":
            what, note = ("denial" if row["stance"] == "denies" else "not verified"), ""
        elif mention_id == supporting[0]:
            what, note = "first report", f"rests on {said(entering, ', ')}" if entering else ""
        elif entering:
            what, note = "new origin", f"brings {said((self._named(label) for label in entering), ', ')}"
        else:
            rests = [self.label[o] for o in self.ground.rests.get(mention_id, []) if o in self.label]
            what, note = "repeat", f"rests on {said(rests, ', ')}" if rests else ""
        credits = said(self.ground.voices(mention_id), ", ") or ("own reporting" if self._is_own(mention_id) else "names nobody")
        return {"what": what, "outlet": self.ground.outlet(mention_id), "credits": credits,
                "note": said([note, self._revision(row)]), "mention": mention_id}

    def _is_own(self, mention_id: str) -> bool:
        """It rests on nobody else's word: not a headline over a story that credits somebody, and no wire's text."""
        origins = set(self.ground.rests.get(mention_id, ()))
        return all(o["kind"] == "own" for o in self.ground.origins[self.claim_id] if o["origin_id"] in origins)

    def _named(self, label: str) -> str:
        """An origin with the one that it may be one with."""
        return label + (f" (perhaps one with {self.perhaps[label]})" if self.perhaps[label] not in ("", label) else "")

    def _revision(self, row: Row) -> str:
        """What a revised version did to the claim, for a mention that stands in one."""
        article = self.ground.articles[row["article_id"]]
        old = self.ground.articles.get(article["revision_of"])
        if old is None:
            return ""
        change = next((r for r in revised_claims(self.ground, old, article) if r["id"] == self.claim_id), None)
        version = f"in a revised version of the article of {old['published_at'][:10] or 'no date'}"
        if change is None or change["change"] == "dropped":
            return version
        words = {"added": "added", "stance": f"from {change['before']} to {change['after']}",
                 "figure": f"figure changed from '{change['before']}' to '{change['after']}'"}
        return f"{words[change['change']]} {version}"

    def dropped(self, day: str) -> Iterator[Row]:
        """Revised versions of that day that no longer have the claim."""
        have = {self.ground.mentions[m]["article_id"] for m in self.mine}
        for article in self.ground.articles.values():
            if article["revision_of"] in have and article["article_id"] not in have and article["published_at"][:10] == day:
                outlet = self.ground.outlet_name(article["outlet_id"] or article["article_id"])
                yield {"what": "dropped", "outlet": outlet, "credits": "", "note": f"no longer in the revised version ({tidy(article['file'])})", "mention": ""}


def second_origins(case: Case, days: pd.DataFrame) -> pd.DataFrame:
    """One row a claim: the day of its first report, the day on which its second independent origin came, and the days between; slowest first, then
    those without one.

    `days`: claim_id, first, sure and perhaps, as trace gives them. second: by the fewest origins; perhaps: by the most.
    """
    ground = Ground(case)
    known = {r["claim_id"]: r for r in rows(days)}
    found = [_second_row(claim, known[c]) for c, claim in ground.claims.items() if c in known]
    found.sort(key=lambda r: (r["days"] == "", r["perhaps days"] == "", -(r["days"] or 0), -(r["perhaps days"] or 0), -r["outlets"], r["id"]))
    return sheet(SECOND, found)


def _second_row(claim: Row, days: Row) -> Row:
    return {"id": claim["claim_id"], "first": days["first"], "second": days["sure"], "days": _days(days["first"], days["sure"]), "perhaps": days["perhaps"],
            "perhaps days": _days(days["first"], days["perhaps"]), "outlets": claim["n_outlets"],
            "origins": bounds(claim["independent_min"], claim["independent_max"]), "fewest": claim["independent_min"], "most": claim["independent_max"],
            "claim": tidy(claim["wording"])}


def _days(first: str, later: str) -> int | str:
    """Days between two days; "" where one is unknown or no date."""
    try:
        return (date.fromisoformat(later) - date.fromisoformat(first)).days
    except ValueError:
        return ""
