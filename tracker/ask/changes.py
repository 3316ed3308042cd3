"""What changed between two states of a case: claims matched through shared mentions, each difference as a row with its reason."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from tracker.ask.ground import Ground, Row, bounds, counted, plural, said, sheet, tidy
from tracker.ask.judged import judged_between, judged_sentence, standing_verdicts
from tracker.ask.matching import Matched, match_claims
from tracker.ask.origin_changes import OriginChanges
from tracker.model import FLAGS
from tracker.tables import Case

COLUMNS: Final = ("id", "change", "before", "after", "why", "claim")

CHANGES: Final = ("status", "origins", "verdict", "merged", "split", "new", "gone", "moved", "flag", "digit", "wording", "reports", "id")
"""What a row can tell, weightiest first."""


def compare_cases(before: Case, after: Case, *, absent: str = "article withdrawn") -> pd.DataFrame:
    """One row a claim and change: id (of the later state; of the earlier for a claim that is gone or merged), change, before, after, why, claim.

    CHANGES lists the changes. Claims go together by the mentions they share, so a new id is no new claim; merges, splits and single mentions that
    went over are told as such. Equal cases give no row. `absent`: what to say of an article that the later state does not have.
    Rows stand claim by claim, the claim with the weightiest change first, then by id.
    """
    compared = _Comparison(Ground(before), Ground(after), absent)
    found = list(compared.found())
    rank = {c: n for n, c in enumerate(CHANGES)}
    top: dict[str, int] = {}
    for row in found:
        top[row["id"]] = min(top.get(row["id"], len(CHANGES)), rank[row["change"]])
    found.sort(key=lambda r: (top[r["id"]], r["id"], rank[r["change"]], r["before"], r["after"]))
    return sheet(COLUMNS, found)


class _Comparison:
    def __init__(self, before: Ground, after: Ground, absent: str) -> None:
        self.before, self.after = before, after
        self.match: Matched = match_claims(before, after)
        self.origins = OriginChanges(before, after, absent)
        self.judged = judged_between(before, after)

    def found(self) -> Iterator[Row]:
        """All rows, in no particular order."""
        for b, a in self.match.same.items():
            yield from self._pair(b, a)
        yield from self._whole_claims()
        for (b, a), n in self.match.moved.items():
            yield self._row(a, "moved", f"under {b}", f"under {a}", [f"{plural(n, 'report')} went over", *self._judged(a, LINKING)])

    def _row(self, claim_id: str, change: str, before: str, after: str, why: Sequence[str]) -> Row:
        claim = self.after.claims.get(claim_id) or self.before.claims[claim_id]
        return {"id": claim_id, "change": change, "before": before, "after": after, "why": said(why), "claim": tidy(claim["wording"])}

    def _judged(self, claim_id: str, verdicts: Sequence[str]) -> list[str]:
        return [sentence for verdict, sentence in self.judged.get(claim_id, []) if verdict in verdicts]

    # -- claims that came, went, merged or split -------------------------------------------------------------------------------------

    def _whole_claims(self) -> Iterator[Row]:
        for a in self.match.new:
            yield self._row(a, "new", "", counted(self.after.claims[a]), self._first_reports(a))
        for b in self.match.gone:
            why = self.origins.gone_articles(self.before.members[b]) or "no report of it is read any more"
            yield self._row(b, "gone", counted(self.before.claims[b]), "", [why])
        for b, a in self.match.merged.items():
            yield self._row(b, "merged", counted(self.before.claims[b]), f"part of {a}", [*self._judged(b, LINKING), *self._bridge(b, a)])
        for a, b in self.match.split.items():
            n = len(self.after.members[a])
            told = self._judged(a, LINKING) or [f"{plural(n, 'report')} of {b} now {'puts a claim of its' if n == 1 else 'put a claim of their'} own"]
            yield self._row(a, "split", f"part of {b}", counted(self.after.claims[a]), told)

    def _first_reports(self, a: str) -> list[str]:
        ids = sorted(self.after.members[a], key=self.after.when)
        labels = [tidy(o["label"]) for o in self.after.origins[a]]
        how = {"denies": "denied", "unverified": "called unverified"}.get(self.after.mentions[ids[0]]["stance"], "reported") if ids else ""
        return [f"first {how} by {self.after.where(ids[0])}" if ids else "", f"rests on {said(labels, ', ')}" if labels else "nobody supports it"]

    def _bridge(self, b: str, a: str) -> list[str]:
        """The new reports of the claim that took another in: what may have joined them."""
        fresh = [m for m in self.after.members[a] if m not in self.before.mentions]
        one = f"its reports and those of {a} are now one claim"
        return [f"{one}, with the report of {self.after.places(fresh)}" if fresh else one]

    # -- a claim that goes on --------------------------------------------------------------------------------------------------------

    def _pair(self, b: str, a: str) -> Iterator[Row]:
        old, new = self.before.claims[b], self.after.claims[a]
        judged = self._judged(a, VOICES) + self._judged(a, LINKING)
        counts = [*judged, *self.origins.sentences(b, a)]
        bound = [(c["independent_min"], c["independent_max"]) for c in (old, new)]
        if old["status"] != new["status"]:
            yield self._row(a, "status", counted(old), counted(new), counts or ["the texts now leave another count"])
        elif bound[0] != bound[1]:
            yield self._row(a, "origins", bounds(*bound[0]), bounds(*bound[1]), counts or ["the texts now leave another count"])
        flags = {flag: self._flag(flag, b, a) for flag in FLAGS if old[flag] != new[flag]}
        for flag, why in flags.items():
            name = flag.replace("_", "-")
            yield self._row(a, "flag", "" if new[flag] else name, name if new[flag] else "", why)
        if old["verdict"] != new["verdict"]:
            yield self._row(a, "verdict", old["verdict"], new["verdict"], self._verdict(b, a))
        if old["credibility"] != new["credibility"]:
            yield self._row(a, "digit", str(old["credibility"]), str(new["credibility"]), _follows(old, new, list(flags)))
        if old["wording"] != new["wording"]:
            yield self._row(a, "wording", tidy(old["wording"]), tidy(new["wording"]), self._wording(old, new))
        if bound[0] == bound[1] and (old["n_mentions"], old["n_outlets"]) != (new["n_mentions"], new["n_outlets"]):
            yield self._row(a, "reports", _reports(old), _reports(new), self._carriers(b, a))
        if b != a:
            yield self._row(a, "id", b, a, ["the same claim under a new id: its first mention is another now"])

    def _carriers(self, b: str, a: str) -> list[str]:
        old, new = set(self.before.members[b]), set(self.after.members[a])
        fresh = sorted(m for m in new if m not in self.before.mentions)
        came, went = (n for n in (len(new - old) - len(fresh), sum(m in self.after.mentions for m in old - new)))
        return [f"also in {self.after.places(fresh)}" if fresh else "", f"{plural(came, 'report')} came over from other claims" if came else "",
                f"{plural(went, 'report')} went over to other claims" if went else "", self.origins.gone_articles(self.before.members[b]),
                "" if fresh or came or went or old - new else "who carries it is read otherwise now"]

    def _verdict(self, b: str, a: str) -> list[str]:
        found = self._judged(a, CLAIM_VERDICTS) or self._judged(b, CLAIM_VERDICTS)
        named = standing_verdicts(self.after).get(self.after.claims[a]["verdict_id"])
        return found or ([judged_sentence(named)] if named else ["the verdict was taken back" if not self.after.claims[a]["verdict"] else "judged"])

    def _wording(self, old: Row, new: Row) -> list[str]:
        if new["wording_id"] != old["wording_id"]:
            named = standing_verdicts(self.after).get(new["wording_id"])
            return [judged_sentence(named) if named else "the wording that a person gave was taken back"]
        return ["another report's words stand for the claim"]

    def _flag(self, flag: str, b: str, a: str) -> list[str]:
        """Why a flag came or went."""
        on = bool(self.after.claims[a][flag])
        if flag in STANCES:
            stance, came, went = STANCES[flag]
            old, new = (_with_stance(g, c, stance) for g, c in ((self.before, b), (self.after, a)))
            ground, ids = (self.after, [m for m in new if m not in old]) if on else (self.before, [m for m in old if m not in new])
            other = self.before if on else self.after  # a report that both states have is only read otherwise: the others turned round it
            known = "read otherwise against the other reports: " if ids and all(m in other.mentions for m in ids) else ""
            return [known + (came if on else went).format(who=ground.said_by(m), where=ground.where(m)) for m in ids]
        outlets = [sorted({g.outlet(m) for m in g.members[c] if g.mentions[m]["stance"] != "denies"}) for g, c in ((self.before, b), (self.after, a))]
        came_outlets = said([o for o in outlets[1] if o not in outlets[0]], ", ")
        left_outlets = said([o for o in outlets[0] if o not in outlets[1]], ", ")
        labels = [tidy(o["label"]) for o in self.after.origins[a]]
        named = said([tidy(o["label"]) for o in self.after.origins[a] if not o["unnamed"]], ", ")
        words = {
            ("echo", True): f"several outlets, one origin: {said(labels, ', ')}", ("echo", False): f"{plural(len(labels), 'origin')} for "
            f"{plural(len(outlets[1]), 'outlet')} now", ("unnamed_only", True): "nobody named is left behind it",
            ("unnamed_only", False): f"also rests on {named}" if named else "no origin is left", ("single_outlet", True): f"no longer in {left_outlets}",
            ("single_outlet", False): f"also in {came_outlets}" if came_outlets else "no outlet carries it any more",
            ("circular", True): said([d for p, d in self.after.reasons.get(a, []) if p == "circular"]) or "credits run in a circle",
            ("circular", False): "credits no longer run in a circle",
        }
        return [words[flag, on]]


LINKING: Final = ("same", "different", "rival")
VOICES: Final = ("same-voice", "own-reporting", "copied")
CLAIM_VERDICTS: Final = ("verified", "refuted", "withdrawn")
STANCES: Final = {
    "disputed": ("denies", "a denial by {who}", "the denial by {who} is gone"),
    "unverified": ("unverified", "{where}: says that it is not verified", "{where}: no longer says that it is not verified"),
}
"""Flags that single mentions set: the stance that does, and the sentences for coming and going."""


def _with_stance(ground: Ground, claim_id: str, stance: str) -> list[str]:
    return [m for m in ground.members[claim_id] if ground.mentions[m]["stance"] == stance]


def _follows(old: Row, new: Row, flags: Sequence[str]) -> list[str]:
    """The digit is read off the status and three flags; the rows that tell of these say why they changed."""
    moved = [*(["status"] if old["status"] != new["status"] else []), *(f.replace("_", "-") for f in flags if f in ("disputed", "unverified", "unnamed_only"))]
    return [f"follows from: {', '.join(moved)}" if moved else "scored by another rule"]


def _reports(claim: Row) -> str:
    return f"{plural(claim['n_mentions'], 'mention')} in {plural(claim['n_outlets'], 'outlet')}"
