"""How far the words of a clause hold back."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract import lexicon as lex
from tracker.extract.people import Voice
from tracker.extract.tree import Tree


def find_hedge(tree: Tree, head: int, run: Sequence[int], cues: Sequence[str] = ()) -> str:
    """The strongest hedge over a clause: "unconfirmed", "reported", "suggested", "possible" or ""."""
    found = {lex.HEDGES[tree.lower[n]] for n in run if tree.lower[n] in lex.HEDGES}
    found |= {"possible" for c in tree.kids(head, "aux") if tree.lower[c] in {"may", "might", "could"}}
    if tree.base(head) == "xcomp" and tree.lemmas[tree.heads[head]] in lex.SEEM:
        found.add("suggested")
    if tree.base(head) == "acl" and tree.lemmas[tree.heads[head]] in lex.CHANCES:
        found.add("possible")
    if set(cues) & {"suggest", "indicate", "hint", "imply", "speculate", "believe", "think"}:
        found.add("suggested")
    if set(cues) & lex.ALLEGATION_NOUNS:
        found.add("reported")
    return next((h for h in ("unconfirmed", "reported", "suggested", "possible") if h in found), "")


_PART_IN_IT = frozenset({"involvement", "role", "part", "knowledge", "wrongdoing", "hand", "responsibility"})


def disowns(tree: Tree, head: int, voices: Sequence[Voice]) -> bool:
    """ "X said that he had no role in it": somebody's word against what is said of him is a denial, not a claim of its own."""
    named = any(v.kind in {"person", "body"} for v in voices)
    return named and any(tree.lemmas[n] in _PART_IN_IT and any(tree.lower[d] == "no" for d in tree.kids(n, "det")) for n in tree.kids(head, "obj"))
