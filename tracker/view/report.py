"""The case as small tables and as words: claims, outlets and origins for the command line, and one claim with all it rests on.

Claims come most fragile first: single-origin, then possibly corroborated, then corroborated, then those nobody supports; inside a status
the most outlets first (the more repeat it, the stronger it looks), then unverified, unnamed-only and disputed ones, the oldest, by id.
"""
from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatchcase
from typing import Any, Final

import pandas as pd

from tracker.errors import UsageError
from tracker.model import FLAGS
from tracker.tables import Case, listed
from tracker.text import fold, shorten
from tracker.text import words as words_of
from tracker.view.evidence import bounds
from tracker.view.graph import outlet_node, rows

_ORDER: Final = {"single-origin": 0, "possibly-corroborated": 1, "corroborated": 2, "unsupported": 3, "cannot-tell": 4}
_CLAIM: Final = ("id", "outlets", "origins", "fewest", "most", "status", "flags", "hangs on", "claim")
_LISTED = 10  # candidates named in a message; more would hide the message

Row = dict[str, Any]


def fragile_first(case: Case) -> list[Row]:
    """The rows of the claims table, most fragile first."""
    return sorted(rows(case["claims"]), key=_fragility)


def claims_table(case: Case) -> pd.DataFrame:
    """One row a claim, most fragile first: outlets that carry it, independent origins behind it, status, flags, what it hangs on."""
    return _table(_CLAIM, [_claim_row(c) for c in fragile_first(case)])


def failing(case: Case, *, min_origins: int, claims: str = "") -> pd.DataFrame:
    """The claims whose fewest independent origins are below `min_origins`, as `claims_table` gives them.

    claims: a pattern with * and ? that an id or a wording must match, case folded. Raises UsageError when there is no claim to judge:
    a policy that looks at nothing must not pass.
    """
    chosen = [c for c in fragile_first(case) if not claims or _matches(c, claims)]
    if not chosen:
        raise UsageError(f"no claim matches {claims!r}; see `tracker claims` for ids and wordings" if claims else "no claim was found in these articles")
    return _table(_CLAIM, [_claim_row(c) for c in chosen if c["independent_min"] < min_origins])


def outlets_table(case: Case) -> pd.DataFrame:
    """One row an outlet in the pile, those with most claims first: its articles, the claims it carries, how many of them rest on one origin or are echoes."""
    names = {o["outlet_id"]: o for o in rows(case["outlets"])}
    articles, carried, claims = defaultdict(list), _carried(case), {c["claim_id"]: c for c in rows(case["claims"])}
    for a in rows(case["articles"]):
        articles[outlet_node(a["outlet_id"], a["article_id"])].append(a)
    standing = _measures(case, "outlet")
    out = []
    for node, found in articles.items():
        outlet_id = found[0]["outlet_id"]
        known, mine = names.get(outlet_id, {}), [claims[c] for c in sorted(carried[node]) if c in claims]
        out.append({
            "id": outlet_id, "name": known.get("name") or outlet_id or f"unknown outlet ({found[0]['file']})", "kind": known.get("kind", ""),
            "controller": known.get("controller_id", ""), "letter": known.get("reliability", ""), "articles": len(found), "claims": len(mine),
            "single-origin": sum(c["status"] == "single-origin" for c in mine), "echo": sum(c["echo"] for c in mine),
            "borne out": standing.get((outlet_id, "borne-out"), ""), "first": standing.get((outlet_id, "first"), "")})
    out.sort(key=lambda o: (-o["claims"], o["name"], o["id"]))
    return _table(("id", "name", "kind", "controller", "letter", "articles", "claims", "single-origin", "echo", "borne out", "first"), out)


def origins_table(case: Case) -> pd.DataFrame:
    """One row a voice, those behind most claims first: the claims that rest on it and how many of them rest on it alone."""
    claims = {c["claim_id"]: c for c in rows(case["claims"])}
    voices: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for o in rows(case["origins"]):
        voices[o["controller_id"] or fold(o["label"]), o["kind"], "unnamed" if o["unnamed"] else ""].append(o)
    out = [_voice_row(found, claims) for _, found in sorted(voices.items())]
    out.sort(key=lambda v: (-v["claims"], -v["alone"], fold(v["label"])))
    return _table(("label", "kind", "controller", "letter", "unnamed", "claims", "alone", "claim ids"), out)


def find_claim(case: Case, wanted: str) -> str:
    """The id of the claim meant by an id, an old id, the beginning of an id, or words of its wording.

    Raises UsageError that lists the candidates when several claims or none fit.
    """
    found = rows(case["claims"])
    ids = {c["claim_id"] for c in found} | {""}
    old = {a["old_claim_id"]: a["claim_id"] for a in rows(case["aliases"])}
    at, seen = wanted, {""}
    while at not in ids and at in old and at not in seen:  # an old id may lead to one that is old by now
        seen.add(at)
        at = old[at]
    if at in ids and at:
        return at
    words = words_of(wanted)
    fits = [c for c in found if len(wanted) >= 4 and c["claim_id"].startswith(wanted)] or [c for c in found if _has(c, words)]
    if len(fits) == 1:
        return str(fits[0]["claim_id"])
    if not fits:
        raise UsageError(f"no claim fits {wanted!r}; see `tracker claims` for ids and wordings")
    fits = [c for c in fragile_first(case) if c in fits]
    lines = "".join(f"\n  {c['claim_id']}  {shorten(c['wording'], 90)}" for c in fits[:_LISTED])
    more = f"\n  and {len(fits) - _LISTED} more" if len(fits) > _LISTED else ""
    raise UsageError(f"{len(fits)} claims fit {wanted!r}; name one by its id:{lines}{more}")


def _fragility(c: Row) -> tuple[Any, ...]:
    weak = (not c["unverified"], not c["unnamed_only"], not c["disputed"])
    return _ORDER.get(c["status"], len(_ORDER)), -c["n_outlets"], *weak, c["independent_min"], c["first_seen_at"] or "9", c["claim_id"]


def _claim_row(c: Row) -> Row:
    return {"id": c["claim_id"], "outlets": c["n_outlets"], "origins": bounds(c["independent_min"], c["independent_max"]),
            "fewest": c["independent_min"], "most": c["independent_max"], "status": c["status"],
            "flags": [*(f.replace("_", "-") for f in FLAGS if c[f]), *([f"judged-{c['verdict']}"] if c["verdict"] else [])],
            "hangs on": listed(c["cut"]), "claim": c["wording"]}


def _voice_row(found: list[Row], claims: dict[str, Row]) -> Row:
    ids = sorted({o["claim_id"] for o in found})
    alone = [i for i in ids if i in claims and claims[i]["independent_max"] == 1]
    first = found[0]
    return {"label": min((o["label"] for o in found), key=lambda label: (len(label), label)), "kind": first["kind"], "controller": first["controller_id"],
            "letter": first["reliability"], "unnamed": bool(first["unnamed"]), "claims": len(ids), "alone": len(alone), "claim ids": ids}


def _carried(case: Case) -> dict[str, set[str]]:
    """Outlet node to the claims it carries; a denial does not carry what it denies."""
    node = {a["article_id"]: outlet_node(a["outlet_id"], a["article_id"]) for a in rows(case["articles"])}
    out: dict[str, set[str]] = defaultdict(set)
    for m in rows(case["mentions"].merge(case["members"], on="mention_id")):
        if m["stance"] != "denies" and m["article_id"] in node:
            out[node[m["article_id"]]].add(m["claim_id"])
    return out


def _measures(case: Case, kind: str) -> dict[tuple[str, str], str]:
    """(subject, measure) to "value (low-high)", or "?" where there is too little to go by."""
    found = [a for a in rows(case["assessments"]) if a["subject_kind"] == kind]
    return {(a["subject_id"], a["measure"]): _measured(a) for a in found}


def _measured(a: Row) -> str:
    return "?" if "too little data" in a["method"] else f"{a['value']:.2f} ({a['low']:.2f}-{a['high']:.2f})"


def _matches(c: Row, pattern: str) -> bool:
    return fnmatchcase(c["claim_id"], pattern) or fnmatchcase(fold(c["wording"]), fold(pattern))


def _has(c: Row, words: list[str]) -> bool:
    there = words_of(f"{c['wording']} {c['full_wording']}")
    return bool(words) and all(any(found.startswith(word) for found in there) for word in words)


def _table(columns: tuple[str, ...], found: list[Row]) -> pd.DataFrame:
    return pd.DataFrame([[row[c] for c in columns] for row in found], columns=list(columns), dtype=object)
