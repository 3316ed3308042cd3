"""Parses that were led up the garden path and are mended."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.language.pipeline import one_root
from tracker.language.repairs import mend_agents, mend_lost_subjects, mend_reduced_relatives

WORDS = "A official briefed on it told them .".split()


def test_a_main_verb_that_must_be_a_participle() -> None:
    """ "A official briefed on it told them": the second verb gets the subject, the first becomes its description."""
    tags = ["DT", "NN", "VBD", "IN", "PRP", "VBD", "PRP", "."]
    heads = [1, 2, 5, 4, 2, 5, 5, 5]
    deps = ["det", "nsubj", "ccomp", "case", "obl", "root", "iobj", "punct"]
    new_tags, new_heads, new_deps = mend_reduced_relatives(WORDS, tags, heads, deps)
    assert (new_tags[2], new_heads[2], new_deps[2]) == ("VBN", 1, "acl")
    assert (new_heads[1], new_deps[1]) == (5, "nsubj") and (new_heads[5], new_deps[5]) == (5, "root")


@pytest.mark.parametrize("label", ["conj", "parataxis"])
def test_the_same_with_both_verbs_beside_a_third(label: str) -> None:
    """ "He left but an official briefed on it told them": the conjunction goes over to the verb that it joins."""
    words = ["He", "left", "but", *WORDS]
    tags = ["PRP", "VBD", "CC", "DT", "NN", "VBD", "IN", "PRP", "VBD", "PRP", "."]
    heads = [1, 1, 5, 4, 5, 1, 7, 5, 1, 8, 1]
    deps = ["nsubj", "root", "cc", "det", "nsubj", "conj", "case", "obl", label, "iobj", "punct"]
    new_tags, new_heads, new_deps = mend_reduced_relatives(words, tags, heads, deps)
    assert (new_tags[5], new_heads[5], new_deps[5]) == ("VBN", 4, "acl")
    assert (new_heads[8], new_deps[8]) == (1, "conj") and new_heads[4] == new_heads[2] == 8


def test_the_same_with_the_first_verb_as_root() -> None:
    """The second verb takes over the root and what stood to its right."""
    tags = ["DT", "NN", "VBD", "IN", "PRP", "VBD", "PRP", "."]
    heads = [1, 2, 2, 4, 2, 2, 5, 2]
    deps = ["det", "nsubj", "root", "case", "obl", "advcl", "iobj", "punct"]
    new_tags, new_heads, new_deps = mend_reduced_relatives(WORDS, tags, heads, deps)
    assert (new_heads[5], new_deps[5]) == (5, "root") and new_heads[7] == 5 and (new_heads[2], new_deps[2]) == (1, "acl") and new_tags[2] == "VBN"


def test_sound_parses_stay() -> None:
    """A verb with an object, a subject of its own for the second verb, a comma between: nothing is moved."""
    words = "Ann told them , he left .".split()
    tags = ["NNP", "VBD", "PRP", ",", "PRP", "VBD", "."]
    heads, deps = [1, 1, 1, 1, 5, 1, 1], ["nsubj", "root", "obj", "punct", "nsubj", "parataxis", "punct"]
    assert mend_reduced_relatives(words, tags, heads, deps) == (tags, heads, deps)


def test_a_past_tense_under_a_noun_is_a_participle() -> None:
    """ "A person briefed on it said": the tag follows the tree."""
    tags = ["DT", "NN", "VBD", "VBD"]
    assert mend_reduced_relatives(["A", "person", "briefed", "said"], tags, [1, 3, 1, 3], ["det", "nsubj", "acl", "root"])[0] == ["DT", "NN", "VBN", "VBD"]


@pytest.mark.parametrize("deps, heads, top", [
    (["conj", "obj", "punct"], [0, 0, 0], 0),
    (["discourse", "root", "obj"], [0, 1, 1], 1),
    (["root", "obj", "root"], [0, 0, 2], 0),
    (["compound", "amod", "flat"], [0, 1, 2], 0),
])
def test_one_token_on_top_whatever_the_parser_left(deps: list[str], heads: list[int], top: int) -> None:
    """A sentence cut once more can leave a top labelled conj; a walk up a chain of conjuncts must end there."""
    new_heads, new_deps = one_root(heads, deps)
    assert [n for n, head in enumerate(new_heads) if head == n] == [top]
    assert [n for n, dep in enumerate(new_deps) if dep == "root"] == [top]


TAGS = ["NN", "NNP", "VBD", "VBN", "VBZ", "CC", "DT", "MD", ","]
LABELS = ["nsubj", "obj", "acl", "ccomp", "conj", "cc", "parataxis", "csubj", "aux", "mark", "obl", "xcomp"]


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[str], list[int], list[str]]:
    """Any tree over up to twelve tokens, with tags and labels at random."""
    order = draw(st.permutations(range(draw(st.integers(2, 12)))))
    heads = [0] * len(order)
    for place, token in enumerate(order):
        heads[token] = order[draw(st.integers(0, place - 1))] if place else token
    tags = [draw(st.sampled_from(TAGS)) for _ in order]
    return tags, heads, ["root" if heads[n] == n else draw(st.sampled_from(LABELS)) for n in range(len(order))]


@settings(max_examples=300)
@given(trees())
def test_a_mended_tree_is_a_tree(tree: tuple[list[str], list[int], list[str]]) -> None:
    """Every token still reaches the one root, or a walk upwards would never end."""
    tags, heads, deps = mend_lost_subjects(*mend_reduced_relatives([t.lower() for t in tree[0]], *tree))
    assert [n for n, dep in enumerate(deps) if heads[n] == n] == [n for n, dep in enumerate(deps) if dep == "root"]
    for n in range(len(tags)):
        for _ in tags:
            n = heads[n]
        assert heads[n] == n


def test_by_whom_belongs_to_the_passive() -> None:
    """ "He was quoted as saying by X": X quoted him. "She was praised for working by night" and "was hit by X" stay."""
    tags = "PRP VBD VBN IN VBG IN NNP".split()
    deps = ["nsubj:pass", "aux:pass", "root", "mark", "advcl", "case", "obl:agent"]
    assert mend_agents(tags, [2, 2, 2, 4, 2, 6, 4], deps) == [2, 2, 2, 4, 2, 6, 2]
    assert mend_agents(tags, [2, 2, 2, 4, 2, 6, 4], [*deps[:-1], "obl"]) == [2, 2, 2, 4, 2, 6, 4]
    assert mend_agents(tags[:3] + tags[5:], [2, 2, 2, 4, 2], ["nsubj:pass", "aux:pass", "root", "case", "obl:agent"]) == [2, 2, 2, 4, 2]
