"""The graph holds what the tables hold, in one order, in plain values."""
from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from worlds import World, make_case, poison, strike

from tracker.tables import Case
from tracker.view.graph import to_graph


def kinds(graph: nx.MultiDiGraph, node: str, *, into: bool) -> list[str]:
    edges = graph.in_edges(node, data="kind") if into else graph.out_edges(node, data="kind")
    return sorted(kind for _, _, kind in edges)


def test_an_echo_has_two_lines_in_and_one_out() -> None:
    """Two outlets, one of them only saying that it is not verified, and one origin behind both."""
    graph = to_graph(strike())
    assert kinds(graph, "claim:c-strike", into=True) == ["carries", "unverified"]
    assert kinds(graph, "claim:c-strike", into=False) == ["rests-on"]


def test_a_denial_is_not_carried() -> None:
    """The outlet that denies is joined by a denial only, and no origin stands behind it."""
    graph = to_graph(strike())
    assert graph.get_edge_data("outlet:signal", "claim:c-plan").keys() == {"denies"}
    assert kinds(graph, "claim:c-plan", into=False) == ["rests-on"]


def test_possible_ties_join_origins() -> None:
    """2-3 origins: three lines out, and one of the three may be another."""
    graph = to_graph(strike())
    origins = [o for _, o in graph.out_edges("claim:c-bill")]
    assert len(origins) == 3
    assert sum(kind == "may-be" for o in origins for _, _, kind in graph.out_edges(o, data="kind")) == 1


def test_two_origins_of_one_claim_are_two_voices() -> None:
    """Even with one name: otherwise two lines would run into one node and look like one origin. Another claim's joins the first."""
    world = World()
    for claim in ("c-1", "c-2"):
        for label in ("police", "police")[: 2 if claim == "c-1" else 1]:
            world.origin(claim, label, [])
    voices = [voice for _, voice in to_graph(world.case()).nodes(data="voice")]
    assert len(voices) == 3
    assert len(set(voices)) == 2


@pytest.mark.parametrize("seed", range(3))
def test_lines_are_the_counts_of_the_table(seed: int) -> None:
    """As many rests-on lines as the upper reading counts, to as many different voices; as many carriers as outlets."""
    case = make_case(40, 9, seed)
    graph = to_graph(case)
    for row in case["claims"].itertuples():
        node = f"claim:{row.claim_id}"
        voices = {graph.nodes[o]["voice"] for _, o in graph.out_edges(node)}
        assert len(voices) == graph.out_degree(node) == row.independent_max
        assert kinds(graph, node, into=True).count("carries") == row.n_outlets


def test_same_bytes_from_shuffled_tables(tmp_path: Path) -> None:
    """Order of rows does not matter, and GraphML and GEXF take the graph as it is, hostile text and all."""
    case = poison(make_case(12, 5, 1), "<a>\x00\x1b\u202e\uffff&")
    turned = Case({name: frame.iloc[::-1].reset_index(drop=True) for name, frame in case.tables.items()})
    assert "\n".join(nx.generate_graphml(to_graph(case))) == "\n".join(nx.generate_graphml(to_graph(Case(dict(case.tables)))))
    assert sorted(to_graph(turned).nodes(data="label")) == sorted(to_graph(case).nodes(data="label"))
    nx.write_graphml(to_graph(case), tmp_path / "g.graphml")
    nx.write_gexf(to_graph(case), tmp_path / "g.gexf")
    assert nx.read_graphml(tmp_path / "g.graphml").number_of_edges() == to_graph(case).number_of_edges()


def test_empty_case_is_an_empty_graph() -> None:
    """Nothing read, nothing drawn, no error."""
    assert to_graph(Case()).number_of_nodes() == 0
