"""The graph of outlets, claims and origins as GraphML and GEXF, for Gephi, yEd, Cytoscape and the like."""
from __future__ import annotations

import io
import re

import networkx as nx

_CLOCK = re.compile(r' lastmodifieddate="[^"]*"')


def to_graphml(graph: nx.MultiDiGraph) -> str:
    """The graph as GraphML text."""
    body = io.BytesIO()
    nx.write_graphml_xml(graph, body, encoding="utf-8", prettyprint=True)
    return body.getvalue().decode("utf-8")


def to_gexf(graph: nx.MultiDiGraph) -> str:
    """The graph as GEXF text, without the day of writing: equal graphs give equal bytes."""
    # The writer takes an attribute "id" for the node's own: outlets nobody knows have none and would become one node.
    apart = graph.copy()
    for _, found in apart.nodes(data=True):
        found["item"] = found.pop("id", "")
    body = io.BytesIO()
    nx.write_gexf(apart, body, encoding="utf-8", prettyprint=True)
    return _CLOCK.sub("", body.getvalue().decode("utf-8"))
