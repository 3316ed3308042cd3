"""The parts of a case that claims rest on and that a person can name: outlets, controllers behind them, and credited voices."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from tracker.ask.ground import Ground, in_order, tidy
from tracker.errors import UsageError
from tracker.tables import listed
from tracker.text import fold, words

LISTED = 8  # candidates named in a message; more would hide the message
LEAST = 4  # characters of the beginning of an id; fewer are a word


@dataclass(slots=True)
class Part:
    """An outlet, a controller or a voice (kind "origin"), with every name it goes by and the parties that it is in provenance graphs."""

    kind: str
    id: str
    names: dict[str, None] = field(default_factory=dict)
    parties: set[str] = field(default_factory=set)
    shown: str = ""
    note: str = ""
    loose: bool = True
    """Whether some words of a name are enough to mean it."""

    @property
    def key(self) -> str:
        """Kind and id, as the page's addresses write them: "outlet:post"."""
        return f"{self.kind}:{self.id}"

    @property
    def name(self) -> str:
        """The name to show: the given one, else the fullest."""
        return (self.shown or tidy(max(self.names, key=lambda n: (len(n), n), default=self.id))) + self.note


def parts_of(ground: Ground) -> list[Part]:
    """All parts, controllers first, then outlets, then voices, each in order of ids."""
    parties = in_order(ground.case, "parties", "claim_id", "party_id", "kind", "label", "controller_id", "outlet_id", "origin_id", "mentions")
    used = {a["outlet_id"] or a["article_id"] for a in ground.articles.values()} | ({p["outlet_id"] for p in parties} - {""})
    found: dict[str, Part] = {}
    behind = {p["controller_id"] for p in parties} | {ground.outlets.get(o, {}).get("controller_id", "") for o in used}
    for controller in sorted(behind - {""}):
        name = ground.controller_name(controller)
        found[f"controller:{controller}"] = Part("controller", controller, dict.fromkeys((name, controller)), shown=name)
    for outlet in sorted(used):
        given = [str(n) for n in (ground.outlets.get(outlet, {}).get("name", ""), *listed(ground.outlets.get(outlet, {}).get("aliases", "[]"))) if n]
        name = ground.outlet_name(outlet)
        found[f"outlet:{outlet}"] = Part("outlet", outlet, dict.fromkeys([name, *given]), {f"outlet:{outlet}", f"own:{outlet}"}, shown=name)
    spoken: dict[str, list[str]] = defaultdict(list)
    for p in sorted(parties, key=lambda p: (p["party_id"], p["claim_id"])):
        if p["party_id"].startswith("outlet:"):
            continue
        part = found.setdefault(f"origin:{p['party_id']}", Part("origin", p["party_id"], loose=p["kind"] != "own"))
        part.names[p["label"]] = None
        part.parties.add(p["party_id"])
        if p["kind"] == "unnamed":
            spoken[p["party_id"]].extend(m for m in listed(p["mentions"]) if m in ground.mentions)
    for party_id, mention_ids in spoken.items():
        if mention_ids:
            found[f"origin:{party_id}"].note = f", in {ground.outlet(min(mention_ids, key=ground.when))}"
    order = {"controller": 0, "outlet": 1, "origin": 2}
    return sorted(found.values(), key=lambda p: (order[p.kind], p.id))


def find_part(parts: Iterable[Part], ground: Ground, wanted: str, kinds: Collection[str] = ("controller", "outlet", "origin")) -> Part:
    """The part meant by kind:id, an id, the beginning of one (LEAST characters or more), a name, or words that begin words of its names.

    An origin's id means the voice that it is. Raises UsageError that lists the candidates when several parts or none fit.
    """
    kind, _, rest = wanted.partition(":")
    chosen = [p for p in parts if p.kind in kinds]
    if rest and kind in kinds:
        chosen, wanted = [p for p in chosen if p.kind == kind], rest
    exact = [p for p in chosen if p.id == wanted]
    if not exact:
        known = in_order(ground.case, "parties", "party_id", "origin_id") if wanted.startswith("o-") else []
        own = {p["party_id"] for p in known if _begins(p["origin_id"], wanted)}
        exact = [p for p in chosen if own & p.parties and (p.kind == "origin" or f"outlet:{p.id}" in own)]
    fits = exact or [p for p in chosen if fold(wanted) in {fold(n) for n in p.names}] or [p for p in chosen if _begins(p.id, wanted)]
    asked = words(wanted)
    fits = fits or [p for p in chosen if p.loose and asked and all(any(w.startswith(a) for w in words(" ".join(p.names))) for a in asked)]
    fits = [p for p in fits if p.loose] or fits  # an outlet before its own reporting
    if len(fits) == 1:
        return fits[0]
    what = " or ".join(kinds)
    if not fits:
        raise UsageError(f"no {what} fits {wanted!r}; `tracker weak` and `tracker outlets` list names and ids")
    lines = "".join(f"\n  {p.key}  {p.name}" for p in fits[:LISTED])
    more = f"\n  and {len(fits) - LISTED} more" if len(fits) > LISTED else ""
    raise UsageError(f"{wanted!r} fits {len(fits)} of the parts that claims rest on; name one by what stands first:{lines}{more}")


def _begins(item_id: str, wanted: str) -> bool:
    return len(wanted) >= LEAST and item_id.startswith(wanted)
