"""Small worlds for the tests of trace and score: who prints what, whom it credits, in one line each."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from tracker.registry import Registry, parse_registry
from tracker.settings import ScoreSettings, TraceSettings
from tracker.tables import Case, dumps, make, union

OUTLETS = ("wire", "courier", "gazette", "herald", "ledger", "mirror", "post", "signal")
STATE = ("voice", "evening")
NAMES = {o: f"The Vell {o.title()}" for o in (*OUTLETS, *STATE)}
STORY = "The harbour office closed the northern ferry line on Tuesday because the old quay wall had moved by two metres after the storm."


def registry(rename: Mapping[str, str] | None = None) -> Registry:
    """Eight outlets that answer to nobody and two under one ministry."""
    rename = rename or {}
    lines = ["controllers:", "- {id: ministry, name: Ministry of Vell}", "outlets:"]
    for outlet in OUTLETS:
        lines.append(f"- {{id: {rename.get(outlet, outlet)}, name: {name_of(outlet, rename)}, kind: {'agency' if outlet == 'wire' else 'newspaper'}}}")
    for outlet in STATE:
        lines.append(f"- {{id: {rename.get(outlet, outlet)}, name: {name_of(outlet, rename)}, kind: state-media, controller: ministry}}")
    return parse_registry("\n".join(lines))


def name_of(outlet: str, rename: Mapping[str, str] | None = None) -> str:
    """The printed name of an outlet, also when it is renamed."""
    return NAMES[outlet] if not rename or outlet not in rename else f"The Orrin {rename[outlet].title()}"


class Line(NamedTuple):
    """One mention: who prints it, when, its stance, and chains of credit like "outlet:The Vell Herald>person:Mara Quill@Tarn Lines"."""

    outlet: str
    chains: tuple[str, ...] = ()
    stance: str = "supports"
    claim: str = "c-1"
    day: str = ""
    wire: str = ""
    text: str = ""
    hedge: str = ""
    confirmed_max: int = 0
    page: str = ""
    title: bool = False


def says(outlet: str, *chains: str, **more: Any) -> Line:
    """A line in the order that reads best: says("post", "person:Mara Quill")."""
    return Line(outlet, chains, **more)


@dataclass
class Told:
    """The tables that the lines make, before and after trace and score."""

    case: Case
    ties: pd.DataFrame = field(default_factory=pd.DataFrame)

    def claim(self, claim_id: str = "c-1") -> dict[str, Any]:
        rows = self.case["claims"].set_index("claim_id").loc[[claim_id]].reset_index().to_dict("records")
        return {str(k): v for k, v in rows[0].items()}

    def bounds(self, claim_id: str = "c-1") -> tuple[int, int]:
        claim = self.claim(claim_id)
        return int(claim["independent_min"]), int(claim["independent_max"])


def tell(*lines: Line, rename: Mapping[str, str] | None = None, shuffle: int | None = None) -> Told:
    """Trace and score the lines."""
    from tracker.score import score_case
    from tracker.trace import resolve_voices, trace_origins, trace_ties

    known = registry(rename)
    tables = pile(lines, rename, shuffle)
    voices = resolve_voices(tables["attributions"], tables["mentions"], tables["articles"], known)
    evidence = (tables["mentions"], voices, tables["members"], tables["articles"])
    ties = trace_ties(*evidence, known, settings=TraceSettings())
    traced = trace_origins(*evidence, tables["claims"], ties, known, settings=TraceSettings())
    tables |= {"attributions": voices, "ties": ties, "origins": traced.origins, "supports": traced.supports, "parties": traced.parties, "claims": traced.claims,
               "outlets": known.outlets}
    scored = score_case(Case(tables), settings=ScoreSettings())
    tables |= {"claims": scored.claims, "assessments": scored.assessments, "reasons": union("reasons", [traced.reasons, scored.reasons])}
    return Told(Case(tables), ties)


def pile(lines: Sequence[Line], rename: Mapping[str, str] | None = None, shuffle: int | None = None) -> dict[str, pd.DataFrame]:
    """Articles, mentions, attributions, members and claims of the lines; every line is an article of its own, unless it names its page."""
    rows: dict[str, list[dict[str, Any]]] = {"articles": [], "mentions": [], "attributions": [], "members": []}
    for n, line in enumerate(lines):
        article_id, mention_id = f"a-{line.page or f'{n:03}'}", f"m-{n:03}"
        text = line.text or f"Report {n} by desk {n * 7 % 11}."
        outlet = (rename or {}).get(line.outlet, line.outlet)
        if not any(a["article_id"] == article_id for a in rows["articles"]):
            rows["articles"].append({"article_id": article_id, "outlet_id": outlet, "file": f"{n}.txt", "text": text, "published_at": line.day,
                                 "credit": dumps([f"{how}:{(rename or {}).get(w, w)}" for how, _, w in [line.wire.partition(":")] if w])})
        rows["mentions"].append({"mention_id": mention_id, "article_id": article_id, "end": len(text), "quote": text, "sentence_end": len(text),
                                 "frame": dumps({"title": line.title}), "stance": line.stance, "hedge": line.hedge, "confirmed_max": line.confirmed_max})
        rows["members"].append({"mention_id": mention_id, "claim_id": line.claim})
        rows["attributions"].extend(credit for branch, chain in enumerate(line.chains) for credit in _hops(mention_id, branch, chain, rename))
    rows["claims"] = [{"claim_id": c} for c in sorted({line.claim for line in lines})]
    if shuffle is None:
        return {name: make(name, table) for name, table in rows.items()}
    return {name: make(name, table).sample(frac=1, random_state=shuffle) for name, table in rows.items()}


def _hops(mention_id: str, branch: int, chain: str, rename: Mapping[str, str] | None) -> list[dict[str, Any]]:
    out = []
    for hop, voice in enumerate(chain.split(">")):
        kind, _, rest = voice.partition(":")
        name, _, affiliation = rest.partition("@")
        old = next((o for o, printed in NAMES.items() if printed == name), "")
        out.append({"mention_id": mention_id, "branch": branch, "hop": hop, "speaker": name_of(old, rename) if old else name, "speaker_kind": kind,
                    "speaker_id": "s-?", "affiliation": affiliation, "basis": "told", "number": 0})
    return out
