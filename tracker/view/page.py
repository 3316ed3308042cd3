"""The case as one self-contained HTML page: a pyvis network drawn by our own template, with nothing fetched and nothing run but our scripts.

Every text of the case is hostile. It reaches the page as JSON in blocks that no browser runs, or autoescaped; a Content-Security-Policy
with the hashes of our scripts and style stands first in the head, and the page is as safe without it.
"""
from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import networkx as nx
from jinja2 import BaseLoader, Environment
from markupsafe import Markup
from pyvis.network import Network

from tracker.collector import no_collector
from tracker.tables import Case
from tracker.text import fold
from tracker.view.evidence import headline, page_data, plural, tiles
from tracker.view.graph import clean, controller_name, node_of, to_graph
from tracker.view.pack import article_block, core_block, word_blocks

THEMES = ("auto", "light", "dark")
SCRIPTS = ("store.js", "count.js", "model.js", "words.js", "columns.js", "canvas.js", "table.js", "evidence.js", "lanes.js", "whatif.js", "judge.js", "take.js",
           "app.js")  # in this order inside one function
QUOTED = 300  # claims that stand in plain HTML with their quotes: what somebody without scripts may read through
SHAPES = {"outlet": "square", "claim": "box", "voice": "diamond"}

# Positions are ours, so the drawing needs no physics; the network view asks for it itself.
OPTIONS = {
    "physics": {"enabled": False}, "layout": {"improvedLayout": False, "randomSeed": 7},
    "interaction": {"dragNodes": False, "hover": False, "zoomView": False, "selectable": False},
    "edges": {"smooth": False, "width": 1}, "nodes": {"borderWidth": 1.5, "size": 9},
}


def render_page(case: Case, *, title: str = "", theme: str = "auto", redact_quotes: bool = False, embed: bool = False) -> str:
    """The page of a case as HTML text; equal cases and options give equal bytes.

    `theme` is auto, light or dark. `redact_quotes` leaves out quotes and titles of the articles; claims keep their short wording. `embed` makes the
    page compact, for an <iframe> from 480 x 360 pixels.
    """
    with no_collector():
        return _render(case, title, theme, redact_quotes, embed)


def _render(case: Case, title: str, theme: str, redact_quotes: bool, embed: bool) -> str:
    data = page_data(case, redact=redact_quotes)
    graph = to_graph(case)
    controllers = sorted({c for _, c in graph.nodes(data="controller") if c})
    net = CaseNetwork(graph, {c: controller_name(case, c) for c in controllers})
    style, script = asset("page.css"), "(() => {\n\"use strict\";\n" + "\n".join(asset(name) for name in SCRIPTS) + "\n})();"
    library = vis_network()
    net.templateEnv.globals.update(
        title=clean(title) or "What these claims rest on", theme=theme if theme in THEMES else "auto", head=headline(data), tiles=tiles(data),
        plain=_plain(data), articles=data["articles"], plural=plural, redacted=redact_quotes, embed=embed, blocks=_blocks(data, net, case),
        style=Markup(style), library=Markup(library), script=Markup(script), policy=policy([library, script], style))
    return str(net.generate_html())


def _blocks(data: dict[str, Any], net: CaseNetwork, case: Case) -> list[tuple[str, str]]:
    words = [(f"d-words-{i}", text) for i, text in enumerate(word_blocks(data))]
    return [("d-core", core_block(data, net.nodes, net.edges, case)), ("d-articles", article_block(data)), *words]


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """What is written as plain HTML for readers without scripts: the most fragile claims with their quotes, the rest in a line each."""
    claims = sorted(data["claims"], key=lambda c: (c["lo"] or 9, c["hi"], -c["n"], c["id"]))
    return {"quoted": claims[:QUOTED], "listed": claims[QUOTED:]}


class CaseNetwork(Network):  # type: ignore[misc]
    """A pyvis network of outlets, claims and voices that renders with our own autoescaped template."""

    def __init__(self, graph: nx.MultiDiGraph, controllers: Mapping[str, str]) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.templateEnv = Environment(loader=_Assets(), autoescape=True, trim_blocks=True, lstrip_blocks=True)
        self.templateEnv.filters["block"] = block
        self.templateEnv.tests["web"] = is_web
        self.path = "page.html"
        self.node_ids = _Ids()
        self.options = OPTIONS
        self.controllers = controllers
        self._add_graph(graph)

    def get_nodes(self) -> dict[str, Any]:
        """The nodes by id; pyvis's own list makes adding edges quadratic."""
        return dict.fromkeys(self.node_ids) if len(self.node_map) != len(self.node_ids) else self.node_map

    def _add_graph(self, graph: nx.MultiDiGraph) -> None:
        for node, found in graph.nodes(data=True):
            if found["kind"] != "origin":
                extra = {"state": found["outlet_kind"] == "state-media"} if found["kind"] == "outlet" else {}
                self._add(node, found["kind"], found["label"], **extra)
        voice_of = {node: node_of("voice", voice) for node, voice in graph.nodes(data="voice") if voice}
        self._add_voices(graph, voice_of)
        lines = {(voice_of.get(a, a), voice_of.get(b, b), kind) for a, b, kind in graph.edges(data="kind")}
        for start, end, kind in sorted(lines):
            self.add_edge(start, end, kind=kind)

    def _add_voices(self, graph: nx.MultiDiGraph, voice_of: dict[str, str]) -> None:
        origins: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for node, voice in voice_of.items():
            origins[voice].append(graph.nodes[node])
        names = {found["id"]: found["label"] for _, found in graph.nodes(data=True) if found["kind"] == "outlet"}
        for voice, found in sorted(origins.items()):
            labels = sorted({_short(o) for o in found})
            controller = found[0]["controller"]
            label = labels[0] if len({fold(name) for name in labels}) == 1 else names.get(controller) or self.controllers.get(controller) or labels[0]
            by = sorted({o["by"] for o in found if o["by"]}) if found[0]["unnamed"] else []
            own = all(o["origin_kind"] == "own" for o in found)
            once = sorted({s for o in found for s in [_short(o), *([] if own else o["speakers"].split("; "))] if s and s != label})
            self._add(voice, "voice", label, unnamed=found[0]["unnamed"], own=own, once=once, by=", ".join(by))

    def _add(self, node: str, kind: str, label: str, **extra: Any) -> None:
        self.add_node(node, label=label or "(no name)", shape=SHAPES[kind], kind=kind, **extra)


def _short(origin: dict[str, Any]) -> str:
    """An origin's name beside a mark that already says whether it is an outlet's own reporting or unnamed."""
    if origin["origin_kind"] == "own":
        return str(origin["by"] or origin["label"])
    return str(origin["speakers"] if origin["unnamed"] and origin["speakers"] and "; " not in origin["speakers"] else origin["label"])


class _Ids(list[str]):
    """A list of ids that knows what is in it; pyvis looks every new node up in a plain one."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[object] = set()

    def __contains__(self, item: object) -> bool:
        return item in self._known

    def append(self, item: str) -> None:
        self._known.add(item)
        super().append(item)


class _Assets(BaseLoader):
    """Templates from the package's own files, wherever it is installed."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, None]:
        return asset(template), None, None


def asset(name: str) -> str:
    """One of the page's own files."""
    return files("tracker.view").joinpath("assets", name).read_text(encoding="utf-8")


def vis_network() -> str:
    """The drawing library that pyvis brings along, without the mark that makes developer tools ask for its source map."""
    text = files("pyvis").joinpath("lib", "vis-9.1.2", "vis-network.min.js").read_text(encoding="utf-8")
    return text.split("//# sourceMappingURL")[0]


def block(value: object) -> Markup:
    """A value as JSON that can stand in a script element: no character of it can end the element or open another."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def is_web(url: str) -> bool:
    """Only http and https addresses become links."""
    return url.lower().startswith(("http://", "https://"))


def policy(scripts: list[str], style: str) -> str:
    """A Content-Security-Policy that lets exactly these texts run and nothing leave."""
    runs = " ".join(_hash(text) for text in scripts) or "'none'"
    return (f"default-src 'none'; script-src {runs}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
