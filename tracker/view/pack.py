"""The page's data as two kinds of compressed block: the core that the first screen needs, and the printed words, unpacked when they are asked for.

A block is zlib-compressed JSON in base64, which the browser unpacks with DecompressionStream: no character of it can end the element it stands in.
Values that are empty, zero or false are left out, and places in lists stand for ids; assets/store.js puts both back.
"""
from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tracker.model import FLAGS
from tracker.tables import Case
from tracker.view.evidence import denier
from tracker.view.graph import clean, controller_name, node_of, rows

WORDS = 250  # claims whose printed words share a block: unpacking one takes a few milliseconds, so a claim opens at once

LEVEL = 6  # of zlib; 9 takes three times as long for a hundredth

Row = dict[str, Any]


def core_block(data: Row, nodes: Iterable[Row], edges: Iterable[Row], case: Case) -> str:
    """Claims with their counts and provenance graphs, the drawn nodes and lines, and what is known of the outlets."""
    drawn = [_bare(n, drop=("shape",)) for n in nodes if n["kind"] != "claim"]
    place = {n["id"]: i for i, n in enumerate(drawn)} | {node_of("claim", c["id"]): len(drawn) + i for i, c in enumerate(data["claims"])}
    lines = [[place[e["from"]], place[e["to"]], e["kind"]] for e in edges if e["from"] in place and e["to"] in place]
    articles = [[place.get(a["outlet"], -1), a["date"], *([1] if a["mends"] else [])] for a in data["articles"]]
    spots = {m["id"]: [i, k] for i, c in enumerate(data["claims"]) for k, m in enumerate(c["mentions"])}
    claims = [_core(c, data["articles"], spots) for c in data["claims"]]
    return packed({"claims": claims, "articles": articles, "nodes": drawn, "edges": lines, "outlets": _outlets(data, case)})


def word_blocks(data: Row) -> list[str]:
    """The reasons and printed words of the claims, WORDS claims a block."""
    claims = data["claims"]
    return [packed([_words(c) for c in claims[i: i + WORDS]]) for i in range(0, len(claims), WORDS)]


def article_block(data: Row) -> str:
    """Title, address, file and offset of every article."""
    return packed([[a["title"], a["url"], a["file"], a["offset"]] for a in data["articles"]])


def packed(value: object) -> str:
    """A value as compressed JSON in base64."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), LEVEL)).decode("ascii")


def _core(c: Row, articles: Sequence[Row], spots: Mapping[str, list[int]]) -> Row:
    origin = {o["id"]: i for i, o in enumerate(c["origins"])}
    parties = [_bare({**{k: p[k] for k in ("kind", "label", "controller", "voice", "outlet", "fed", "near", "by")}, "inner": not p["entry"],
                      "origin": origin[p["origin"]] + 1 if p["origin"] in origin else 0}) for p in c["parties"]]
    for p in parties:
        home = c["origins"][p["origin"] - 1] if p.get("origin") else {}
        for name in ("voice", "label", "kind"):
            if p.get(name) == home.get(name):
                p.pop(name, None)
    origins = [_bare({**{k: o[k] for k in ("id", "voice", "label", "kind", "unnamed", "reliability")}, "basis": "" if o["basis"] == "unknown" else o["basis"],
                      "speakers": [] if o["speakers"] == [o["label"]] else o["speakers"], "may": origin.get(o["may"], -1) + 1}) for o in c["origins"]]
    mentions = [_mention(m, articles, origin, [p.get("origin", 0) - 1 for p in parties]) for m in c["mentions"]]
    near = [spots[m] for m in c["near"] if m in spots]
    kept = ("id", "question", "topic", "wording", "status", "n", "lo", "hi", "first", "last", "credibility", "belief", "cut", "judged")
    return _bare({**{k: c[k] for k in kept}, "near": near, "full": "" if c["full_wording"] == c["wording"] else c["full_wording"],
                  "flags": [f for f in FLAGS if c[f]], "cut_low": [] if c["cut_low"] == c["cut"] else c["cut_low"], "parties": parties,
                  "origins": origins, "mentions": mentions})


def _mention(m: Row, articles: Sequence[Row], origin: Mapping[str, int], home: Sequence[int]) -> list[Any]:
    """Article, stance, places that feed it, the limit that it sets, who denies, and the origins that it rests on where the places do not say so."""
    who = denier(m, articles) if m["stance"] == "denies" else ""
    rests = [origin[o] for o in m["origins"] if o in origin]
    told = sorted({home[n] for n in m["ends"] if n < len(home) and home[n] >= 0})
    out = [m["article"], m["stance"], m["ends"], m["cap"], who, rests]
    return out if rests != told else out[:5] if who else out[:4] if m["cap"] else out[:3]


def _words(c: Row) -> list[Any]:
    mentions = [[m["id"], m["before"], m["quote"], m["after"], m["start"], m["end"] - m["start"], m["hedge"], m["event"],
                 [[k["who"], *k["via"]] for k in m["credits"]]] for m in c["mentions"]]
    return [[[w["measure"], w["part"], w["detail"], w["effect"]] for w in c["why"]], mentions]


def _outlets(data: Row, case: Case) -> Mapping[str, Sequence[str]]:
    """Outlet node to its name, reliability letter and controller, for outlets that publish or are credited."""
    used = {a["outlet"] for a in data["articles"]} | {p["outlet"] for c in data["claims"] for p in c["parties"]}
    found = {node_of("outlet", o["outlet_id"]): [clean(o[k]) for k in ("name", "reliability", "controller_id")] for o in rows(case["outlets"])}
    behind = {found[n][2] for n in used if n in found} | {p["controller"] for c in data["claims"] for p in c["parties"]}
    for controller in behind - {""}:
        found.setdefault(node_of("outlet", controller), [controller_name(case, controller), "", ""])
    return {node: found[node] for node in sorted(used | {node_of("outlet", c) for c in behind if c}) if node in found}


def _bare(row: Mapping[str, Any], drop: Sequence[str] = ()) -> Row:
    """The row without what is empty, zero or false."""
    return {k: v for k, v in row.items() if v and k not in drop}
