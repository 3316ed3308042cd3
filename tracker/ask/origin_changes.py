"""Why the count of a claim changed: its origins before and after side by side, each difference as a sentence."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tracker.ask.ground import Ground, Row, in_order, tidy
from tracker.text import fold

KINDS: Final[Mapping[str, str]] = {
    "same-speaker": "one voice", "credited-outlet": "one credits the other", "wire-credit": "same agency copy", "near-copy": "nearly the same text",
    "one-controller": "one controller", "same-unnamed": "perhaps the same unnamed voice", "speaks-for": "one speaks for the other",
}


class OriginChanges:
    """Compares the origins of matched claims. `absent` says of an article that is not in the later state what became of it."""

    def __init__(self, before: Ground, after: Ground, absent: str) -> None:
        self.before, self.after, self.absent = before, after, absent
        self.ties: dict[tuple[str, str], str] = {}
        for tie in in_order(after.case, "ties", "later_id", "earlier_id", "kind"):
            for pair in ((tie["later_id"], tie["earlier_id"]), (tie["earlier_id"], tie["later_id"])):
                self.ties.setdefault(pair, KINDS.get(tie["kind"], tie["kind"]))

    def sentences(self, b: str, a: str) -> list[str]:
        """Why the count of claim `b` before is not that of claim `a` after; empty when the same origins stand behind both."""
        return list(dict.fromkeys([*self._lost_and_merged(b, a), *self._came(b, a), *self._doubts(b, a), *self._limits(b, a)]))

    def gone_articles(self, mention_ids: Sequence[str]) -> str:
        """Says which articles of these mentions the later state does not have; "" if it has them all."""
        lost = [m for m in mention_ids if self.before.mentions[m]["article_id"] not in self.after.articles]
        return f"{self.absent}: {self.before.places(lost)}" if lost else ""

    def _pairs(self, b: str, a: str) -> dict[str, str]:
        """Origins before to the same origins after: by id, then by what and who they are, then by the mentions that rest on them alone."""
        old, new = self.before.origins[b], self.after.origins[a]
        left = {o["origin_id"]: o for o in old}
        came = {o["origin_id"]: o for o in new}
        out = {i: i for i in left if i in came}
        for key in (_who, self._resting):
            there: dict[Any, list[str]] = defaultdict(list)
            for i in came:
                if i not in out.values():
                    there[key(came[i], self.after)].append(i)
            for i in left:
                if i not in out and there.get(key(left[i], self.before)):
                    out[i] = there[key(left[i], self.before)].pop(0)
        return out

    @staticmethod
    def _resting(origin: Mapping[str, Any], ground: Ground) -> tuple[str, ...]:
        return tuple(ground.carried[origin["origin_id"]]) or (origin["origin_id"],)

    def _lost_and_merged(self, b: str, a: str) -> Iterator[str]:
        pairs = self._pairs(b, a)
        label = {o["origin_id"]: tidy(o["label"]) for o in self.after.origins[a]}
        heir: dict[str, Row] = {}
        for origin in self.before.origins[b]:
            if origin["origin_id"] in pairs:
                heir[pairs[origin["origin_id"]]] = origin
        for origin in self.before.origins[b]:
            if origin["origin_id"] in pairs:
                continue
            mine = self.before.carried[origin["origin_id"]]
            there = [o for m in mine for o in self.after.rests.get(m, []) if o in label]
            apart = [label[o] for o in dict.fromkeys(there) if o not in heir]
            if len(apart) > 1 and len(apart) == len(set(there)):
                yield f"{tidy(origin['label'])} is now counted apart as {' and '.join(apart)}"
            elif there:
                target = min(there, key=lambda o: (-there.count(o), o))
                yield self._merged(origin, heir.get(target), label[target], mine)
                heir.setdefault(target, origin)
            else:
                yield f"-1 origin: {tidy(origin['label'])}{self._what_became(mine, a)}"

    def _merged(self, origin: Row, other: Row | None, target: str, mine: Sequence[str]) -> str:
        """The reports of an origin now rest on one that was there already, or on another than they did."""
        if other is None:
            return f"{tidy(origin['label'])} is now counted as {target}"
        theirs = self.before.carried[other["origin_id"]]
        tie = next((self.ties[m, o] for m in mine for o in theirs if (m, o) in self.ties), "")
        return f"two origins merged: {tidy(other['label'])} and {tidy(origin['label'])}{': ' + tie if tie else ''}"

    def _what_became(self, mine: Sequence[str], a: str) -> str:
        gone = self.gone_articles(mine)
        if gone:
            return f": {gone}"
        moved = sorted({c for m in mine if (c := self.after.claim_of.get(m, "")) not in ("", a)})
        if moved:
            return f": its report now counts under {' and '.join(moved[:3])}"
        turned = [m for m in mine if m in self.after.mentions and self.after.mentions[m]["stance"] != "supports"]
        if turned:
            return f": {self.after.places(turned)} no longer supports it"
        if all(m in self.after.mentions for m in mine):
            return ": what its report rests on is gone"
        return ": no report brings it any more"

    def _came(self, b: str, a: str) -> Iterator[str]:
        pairs = self._pairs(b, a)
        there = set(pairs.values())
        absorbed = {o for origin in self.before.origins[b] if origin["origin_id"] not in pairs
                    for m in self.before.carried[origin["origin_id"]] for o in self.after.rests.get(m, [])}
        label = {o["origin_id"]: tidy(o["label"]) for o in self.after.origins[a]}
        for origin in self.after.origins[a]:
            if origin["origin_id"] in there or origin["origin_id"] in absorbed:
                continue
            mine = self.after.carried[origin["origin_id"]]
            known = {self.before.claim_of.get(m, "") for m in mine}
            perhaps = next((f", perhaps the same as {label[o['origin_id']]}" for o in self.after.origins[a]
                            if o is not origin and o["may_be_origin_id"] == origin["may_be_origin_id"]), "")
            if known == {b}:
                yield f"one origin is now counted apart: {tidy(origin['label'])}{perhaps}"
            else:
                other = sorted(known - {"", b})
                yield f"+1 origin: {tidy(origin['label'])} ({f'from {other[0]}' if other else self.after.places(mine)}){perhaps}"

    def _doubts(self, b: str, a: str) -> Iterator[str]:
        """Origins on both sides that may be one on one side only."""
        pairs = [(o, p) for o, p in self._pairs(b, a).items()]
        old = {o["origin_id"]: o["may_be_origin_id"] for o in self.before.origins[b]}
        new = {o["origin_id"]: o["may_be_origin_id"] for o in self.after.origins[a]}
        label = {o["origin_id"]: tidy(o["label"]) for o in self.after.origins[a]}
        for n, (o1, a1) in enumerate(pairs):
            for o2, a2 in pairs[n + 1: n + 1 + NEXT]:
                was, now = old[o1] == old[o2], new[a1] == new[a2]
                if was != now:
                    yield f"{label[a1]} and {label[a2]} {'may be one voice' if now else 'no longer count as perhaps one voice'}"

    def _limits(self, b: str, a: str) -> Iterator[str]:
        """Limits that a text sets, and rings of credit, on one side only."""
        old, new = ({r for r in g.reasons.get(c, []) if r[0] in ("confirmed", "circular")} for g, c in ((self.before, b), (self.after, a)))
        yield from (tidy_sentence(detail) for _, detail in sorted(new - old))
        yield from (f"no longer so: {tidy_sentence(detail)}" for part, detail in sorted(old - new) if part == "confirmed")


NEXT = 20  # origins each is compared with for doubts; a claim with hundreds of origins is told well enough


def tidy_sentence(text: str) -> str:
    """A reason as part of a sentence."""
    return tidy(text[:1] + text[1:])


def _who(origin: Mapping[str, Any], ground: Ground) -> tuple[str, ...]:
    """Who an origin is, whatever its claim is called; somebody unnamed is known by the outlet that first prints him."""
    root = origin["root_mention_id"]
    by = ground.outlet_key(root) if origin["unnamed"] and root in ground.mentions else ""
    return origin["kind"], fold(origin["label"]), origin["controller_id"], by
