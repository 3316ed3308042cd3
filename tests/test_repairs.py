"""Parses that were led up the garden path and are mended."""

from __future__ import annotations

from tracker.language.repairs import mend_reduced_relatives

WORDS = "A official briefed on it told them .".split()


def test_a_main_verb_that_must_be_a_participle() -> None:
    """ "A official briefed on it told them": the second verb gets the subject, the first becomes its description."""
    tags = ["DT", "NN", "VBD", "IN", "PRP", "VBD", "PRP", "."]
    heads = [1, 2, 5, 4, 2, 5, 5, 5]
    deps = ["det", "nsubj", "ccomp", "case", "obl", "root", "iobj", "punct"]
    new_tags, new_heads, new_deps = mend_reduced_relatives(WORDS, tags, heads, deps)
    assert (new_tags[2], new_heads[2], new_deps[2]) == ("VBN", 1, "acl")
    assert (new_heads[1], new_deps[1]) == (5, "nsubj")


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
