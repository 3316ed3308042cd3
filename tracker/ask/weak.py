"""On whom claims hang alone: every outlet, controller and credited voice, with the claims that would fall without it."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

import pandas as pd

from tracker.ask.ground import Ground, Row, in_order, sheet
from tracker.ask.parts import Part, parts_of
from tracker.tables import Case, listed

NO_BOUNDS: Final = {"independent_min": 0}
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
        self.parties: dict[str, dict[int, Row]] = defaultdict(dict)
        self.places: dict[str, dict[str, set[int]]] = defaultdict(dict)
        """Claim to the places of its parties by party, by outlet and by controller."""
        self.claims_of: dict[str, set[str]] = defaultdict(set)
        self.kinds: dict[str, str] = {}
        self._whole: dict[str, bool] = {}
        prints = {m for m, row in ground.mentions.items() if row["stance"] == "supports"}
        for p in in_order(ground.case, "parties"):
            claim_id, place = p["claim_id"], p["place"]
            outlets = {ground.outlet_key(m) for m in listed(p["mentions"]) if m in prints}
            self.parties[claim_id][place] = {"fed_by": listed(p["fed_by"]), "may_be": listed(p["may_be"]), "entry": p["entry"], "printed by": outlets}
            for key in (p["party_id"], f"outlet {p['outlet_id']}", f"controller {p['controller_id']}"):
                self.claims_of[key].add(claim_id)
                self.places[claim_id].setdefault(key, set()).add(place)
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
        outlets = self._outlets(part)
        keys = [*part.parties, *(f"outlet {o}" for o in outlets), *([f"controller {part.id}"] if part.kind == "controller" else [])]
        hang, fall = [], []
        for claim_id in sorted(set().union(*(self.claims_of[k] for k in (*part.parties, f"{part.kind} {part.id}", f"outlet {part.id}")))):
            bounds = self.ground.claims.get(claim_id, NO_BOUNDS)
            if part.kind == "origin" and len(part.parties) == 1 and bounds["independent_min"] > 1:
                continue  # one voice is one place of a graph: with two origins at the fewest it takes more to bring the claim down
            off = set[int]().union(*(self.places[claim_id].get(k, ()) for k in keys))
            falls = self._whole_supported(claim_id) and not self._supported(claim_id, off, outlets)
            if falls:
                fall.append(claim_id)
            if falls or (bounds["independent_min"] == 1 and self._perhaps(claim_id, off, outlets)):
                hang.append(claim_id)
        return hang, fall

    def _outlets(self, part: Part) -> set[str]:
        """The outlets that print nothing any more without the part."""
        if part.kind == "controller":
            return {part.id, *(o for o, row in self.ground.outlets.items() if row["controller_id"] == part.id)}
        return {part.id} if part.kind == "outlet" else set()

    def _perhaps(self, claim_id: str, off: set[int], outlets: AbstractSet[str]) -> bool:
        close = {m for place in off for m in self.parties[claim_id][place]["may_be"]}
        return bool(off) and not self._supported(claim_id, off | close, outlets)

    def _whole_supported(self, claim_id: str) -> bool:
        if claim_id not in self._whole:
            self._whole[claim_id] = self._supported(claim_id, (), set())
        return self._whole[claim_id]

    def _supported(self, claim_id: str, off: Collection[int], outlets: AbstractSet[str]) -> bool:
        """Some way from outside to a supporting mention is left."""
        found: Mapping[int, Row] = self.parties[claim_id]
        waiting = [place for place, p in found.items() if place not in off and not p["printed by"] <= outlets]
        seen: set[int] = set()
        while waiting:
            place = waiting.pop()
            if found[place]["entry"]:
                return True
            if place not in seen:
                seen.add(place)
                waiting.extend(f for f in found[place]["fed_by"] if f in found and f not in off)
        return False
