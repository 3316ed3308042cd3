"""On whom claims hang alone: every outlet, controller and credited voice, with the claims that would fall without it."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from tracker.ask.ground import Ground, Row, in_order, sheet
from tracker.ask.parts import Part, parts_of
from tracker.tables import Case, listed

COLUMNS: Final = ("party", "kind", "letter", "claims", "fall", "id", "claim ids", "falling ids")


def list_weak_parties(case: Case) -> pd.DataFrame:
    """One row a party on which some claim hangs alone, those with most claims first: party, kind, letter, claims, fall, id, claim ids, falling ids.

    claims: claims that hang on it alone at the fewest reading, which takes all that may be one for one; `fall`: those of them that would be left without
    support if it were wrong, whatever else may be one. The count of `fall` is that of `tracker what-if --without ID`. Parties are outlets (all they print
    and all that goes through them), controllers (all they stand behind) and voices; own reporting is its outlet's.
    """
    ground = Ground(case)
    graphs = _Graphs(ground)
    found = []
    for part in parts_of(ground):
        if part.kind == "origin" and all(i.startswith("own:") for i in part.parties):
            continue
        hang, fall = graphs.hanging(part)
        if hang:
            found.append({"party": part.name, "kind": graphs.kind(part), "letter": ground.outlets.get(part.id, {}).get("reliability", ""), "claims": len(hang),
                          "fall": len(fall), "id": part.key, "claim ids": hang, "falling ids": fall})
    found.sort(key=lambda r: (-r["claims"], -r["fall"], r["party"], r["id"]))
    return sheet(COLUMNS, found)


class _Graphs:
    """The provenance graphs of a case, to see what is left of each when a party is taken away."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.parties: dict[str, list[Row]] = defaultdict(list)
        for p in in_order(ground.case, "parties"):
            self.parties[p["claim_id"]].append({**p, "fed_by": listed(p["fed_by"]), "may_be": listed(p["may_be"]), "mentions": listed(p["mentions"])})
        self.claims_of: dict[str, set[str]] = defaultdict(set)
        self.kinds: dict[str, str] = {}
        for claim_id, found in self.parties.items():
            for p in found:
                for key in (p["party_id"], f"outlet {p['outlet_id']}", f"controller {p['controller_id']}"):
                    self.claims_of[key].add(claim_id)
                self.kinds.setdefault(p["party_id"], p["kind"])
        for mention_id, claim_id in ground.claim_of.items():
            if mention_id in ground.mentions:
                outlet = ground.outlet_key(mention_id)
                for key in (f"outlet {outlet}", f"controller {ground.outlets.get(outlet, {}).get('controller_id', '')}"):
                    self.claims_of[key].add(claim_id)

    def kind(self, part: Part) -> str:
        """What to call the kind of a part."""
        return part.kind if part.kind != "origin" else self.kinds.get(part.id, "voice")

    def hanging(self, part: Part) -> tuple[list[str], list[str]]:
        """Claims that hang on the part alone at the fewest reading, and those of them that fall without it."""
        near = set().union(*(self.claims_of[k] for k in (*part.parties, f"{part.kind} {part.id}", f"outlet {part.id}")))
        fall = [c for c in sorted(near) if self._supported(c, (), ()) and not self._supported(c, *self._off(part, c))]
        hang = [c for c in sorted(near) if c in fall or self._perhaps(part, c)]
        return hang, fall

    def _perhaps(self, part: Part, claim_id: str) -> bool:
        claim = self.ground.claims.get(claim_id)
        if claim is None or claim["independent_min"] != 1:
            return False
        places, outlets = self._off(part, claim_id)
        close = {m for p in self.parties[claim_id] if p["place"] in places for m in p["may_be"]}
        return bool(places) and not self._supported(claim_id, {*places, *close}, outlets)

    def _off(self, part: Part, claim_id: str) -> tuple[set[int], set[str]]:
        """Places of the claim's parties that go with the part, and the outlets that print nothing any more."""
        outlets = {part.id} if part.kind == "outlet" else set()
        if part.kind == "controller":
            outlets = {part.id, *(o for o, row in self.ground.outlets.items() if row["controller_id"] == part.id)}
        mine = {p["place"] for p in self.parties[claim_id] if p["party_id"] in part.parties or (p["outlet_id"] and p["outlet_id"] in outlets)
                or (part.kind == "controller" and p["controller_id"] == part.id)}
        return mine, outlets

    def _supported(self, claim_id: str, off: Collection[int], outlets: Collection[str]) -> bool:
        """Some way from outside to a supporting mention is left."""
        found: Mapping[int, Row] = {p["place"]: p for p in self.parties[claim_id] if p["place"] not in off}
        waiting = [place for place, p in found.items() if any(self._prints(m, outlets) for m in p["mentions"])]
        seen: set[int] = set()
        while waiting:
            place = waiting.pop()
            if found[place]["entry"]:
                return True
            if place not in seen:
                seen.add(place)
                waiting.extend(f for f in found[place]["fed_by"] if f in found)
        return False

    def _prints(self, mention_id: str, outlets: Collection[str]) -> bool:
        known = self.ground.mentions.get(mention_id)
        return known is not None and known["stance"] == "supports" and self.ground.outlet_key(mention_id) not in outlets
