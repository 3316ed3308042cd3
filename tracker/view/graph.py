"""Tables to a networkx graph of outlets, claims and origins: data before pixels.

outlet --carries | unverified | denies--> claim --rests-on--> origin --may-be--> origin

Every attribute is a plain str, int, float or bool without control characters, so the graph writes to GraphML and GEXF as it is;
nodes and edges come in the order of their ids. `voice` of an origin says which origins of different claims are drawn as one node:
those with one controller, or with one name; two origins of one claim never share a voice, so lines stay counts.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import networkx as nx
import pandas as pd

from tracker.ids import content_id
from tracker.model import FLAGS
from tracker.tables import Case, listed
from tracker.text import fold, safe

STANCE_EDGES = {"supports": "carries", "denies": "denies", "unverified": "unverified"}

_NOT_XML = re.compile("[\ufffe\uffff]")  # no XML file may hold these two, not even escaped

_CLAIM = {"label": "wording", "id": "claim_id", "question": "question_id", "topic": "topic_id", "status": "status", "outlets": "n_outlets",
          "mentions": "n_mentions", "independent_min": "independent_min", "independent_max": "independent_max", "belief": "belief",
          "credibility": "credibility", "first_seen": "first_seen_at", "last_seen": "last_seen_at", **{flag: flag for flag in FLAGS}}
_ORIGIN = {"label": "label", "id": "origin_id", "origin_kind": "kind", "controller": "controller_id", "reliability": "reliability", "unnamed": "unnamed",
           "first_seen": "first_seen_at"}
_OUTLET = {"outlet_kind": "kind", "country": "country", "controller": "controller_id", "reliability": "reliability"}


def to_graph(case: Case) -> nx.MultiDiGraph:
    """The case as a directed graph; a claim's `rests-on` edges are its independent origins at the upper reading."""
    graph = nx.MultiDiGraph()
    _add_outlets(graph, case)
    for row in rows(case["claims"]):
        graph.add_node(node_of("claim", row["claim_id"]), kind="claim", **_picked(row, _CLAIM))
    _add_origins(graph, case)
    for (outlet, claim, kind), count in sorted(_stances(case).items()):
        graph.add_edge(outlet, claim, key=kind, kind=kind, mentions=count)
    return graph


def rows(frame: pd.DataFrame, *columns: str) -> list[dict[str, Any]]:
    """The frame's rows, or these columns of them, as mappings of plain Python values."""
    names = list(columns) or [str(column) for column in frame.columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*(frame[name].tolist() for name in names), strict=True)]


def node_of(kind: str, item_id: str) -> str:
    """The node of an outlet, claim or origin."""
    return f"{kind}:{clean(item_id)}"


def outlet_node(outlet_id: str, article_id: str) -> str:
    """The node of an article's outlet; articles of an unknown outlet each stand for an outlet of their own."""
    return node_of("outlet", outlet_id or f"unknown:{article_id}")


def clean(text: str) -> str:
    """Text that any file format can hold: control, bidi-override and non-characters are gone."""
    return text if text.isascii() and text.isprintable() else _NOT_XML.sub("", safe(text))


def _picked(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    values = {name: row.get(column, "") for name, column in names.items()}
    return {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}


def _add_outlets(graph: nx.MultiDiGraph, case: Case) -> None:
    known = {row["outlet_id"]: row for row in rows(case["outlets"])}
    articles = {outlet_node(a["outlet_id"], a["article_id"]): a for a in rows(case["articles"], "article_id", "outlet_id", "file")}
    for node, article in sorted(articles.items(), key=lambda item: item[0]):
        outlet_id = article["outlet_id"]
        row = known.get(outlet_id, {})
        name = row.get("name") or outlet_id or f"unknown outlet ({article['file'] or article['article_id']})"
        graph.add_node(node, kind="outlet", label=clean(name), id=clean(outlet_id), **_picked(row, _OUTLET))


def _add_origins(graph: nx.MultiDiGraph, case: Case) -> None:
    origins, by = rows(case["origins"]), printed_by(case)
    voices = voices_of(case, by)
    for row in origins:
        speakers = "; ".join(clean(str(s)) for s in listed(row["speakers"]))
        graph.add_node(node_of("origin", row["origin_id"]), kind="origin", voice=voices[row["origin_id"]], speakers=speakers,
                       by=clean(by.get(row["root_mention_id"], "")), **_picked(row, _ORIGIN))
    for row in origins:
        node, claim, other = node_of("origin", row["origin_id"]), node_of("claim", row["claim_id"]), node_of("origin", row["may_be_origin_id"])
        if claim in graph:
            graph.add_edge(claim, node, key="rests-on", kind="rests-on")
        if other != node and other in graph:
            graph.add_edge(node, other, key="may-be", kind="may-be")


def voices_of(case: Case, by: Mapping[str, str]) -> dict[str, str]:
    """Origin id to the id of the voice it is drawn as; `by`: mention id to the outlet that prints it.

    Named origins share a voice by controller or by name, unnamed ones only inside one outlet: two papers' "officials" need not be the same.
    """
    taken: Counter[tuple[str, str]] = Counter()
    out = {}
    for row in rows(case["origins"]):
        voice = voice_id(row, by.get(row["root_mention_id"], ""))
        nth = taken[row["claim_id"], voice]
        taken[row["claim_id"], voice] += 1
        out[row["origin_id"]] = f"{voice}.{nth}" if nth else voice
    return out


def printed_by(case: Case) -> dict[str, str]:
    """Mention id to the outlet that prints it; in a page it says in whose words an unnamed voice speaks."""
    names = {o["outlet_id"]: o["name"] for o in rows(case["outlets"], "outlet_id", "name")}
    outlet_of = {a["article_id"]: names.get(a["outlet_id"]) or a["outlet_id"] or "unknown outlet" for a in rows(case["articles"], "article_id", "outlet_id")}
    return {m["mention_id"]: outlet_of.get(m["article_id"], "") for m in rows(case["mentions"], "mention_id", "article_id")}


def voice_id(origin: Mapping[str, Any], by: str) -> str:
    """The voice that an origin or a party is drawn as; `by`: the outlet in whose pages an unnamed one speaks."""
    return content_id("v", *_voice(origin, by))


def _voice(origin: Mapping[str, Any], by: str) -> tuple[str, ...]:
    if origin["unnamed"]:
        return "unnamed", fold(origin["label"]), by
    if origin["controller_id"]:
        return "controller", origin["controller_id"]
    return origin["kind"], fold(origin["label"])


def _stances(case: Case) -> Counter[tuple[str, str, str]]:
    """(outlet node, claim node, edge kind) with the number of mentions behind the edge."""
    outlet_of = {a["article_id"]: a["outlet_id"] for a in rows(case["articles"], "article_id", "outlet_id")}
    claims = set(case["claims"]["claim_id"])
    both = case["mentions"][["mention_id", "article_id", "stance"]].merge(case["members"], on="mention_id")
    found = [m for m in rows(both) if m["article_id"] in outlet_of and m["claim_id"] in claims]
    return Counter((outlet_node(outlet_of[m["article_id"]], m["article_id"]), node_of("claim", m["claim_id"]), STANCE_EDGES.get(m["stance"], "carries"))
                   for m in found)
