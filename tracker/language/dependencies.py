"""Dependencies in the style of spaCy's own English models, rewritten to Universal Dependencies."""
from __future__ import annotations

_RENAMED = {
    "dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "relcl": "acl:relcl", "poss": "nmod:poss",
    "neg": "advmod", "nn": "compound", "prt": "compound:prt", "dative": "iobj", "npadvmod": "obl:unmarked", "acl": "acl", "preconj": "cc:preconj",
    "predet": "det:predet", "oprd": "xcomp", "pcomp": "advcl", "quantmod": "advmod", "intj": "discourse", "meta": "discourse",
}
_MARKS = {"prep", "attr", "acomp", "dobj", "nsubjpass", "pobj"}


def to_universal(heads: list[int], deps: list[str], tags: list[str]) -> tuple[list[int], list[str]]:
    """The same tree with Universal Dependencies heads and labels; a tree that already has them comes back unchanged."""
    if not _MARKS & set(deps):
        return heads, deps
    heads, deps = list(heads), list(deps)
    _lift_copulas(heads, deps)
    _lower_prepositions(heads, deps, tags)
    return heads, [_RENAMED.get(d, d) for d in deps]


def _lift_copulas(heads: list[int], deps: list[str]) -> None:
    """"is" -> attr/acomp becomes predicate -> cop."""
    for n, dep in enumerate(list(deps)):
        verb = heads[n]
        if dep not in {"attr", "acomp"} or verb == n:
            continue
        heads[n], deps[n] = (n if heads[verb] == verb else heads[verb]), deps[verb]
        for other, head in enumerate(heads):
            if head == verb and other not in (n, verb):
                heads[other] = n
        heads[verb], deps[verb] = n, "cop"


def _lower_prepositions(heads: list[int], deps: list[str], tags: list[str]) -> None:
    """head -> prep -> pobj becomes head -> noun -> case."""
    for n, dep in enumerate(list(deps)):
        if dep != "pobj":
            continue
        preposition = heads[n]
        if deps[preposition] not in {"prep", "agent", "dative"}:
            continue
        outer = heads[preposition]
        verbal = tags[outer].startswith(("VB", "MD", "JJ"))
        label = "obl:agent" if deps[preposition] == "agent" else "obl" if verbal else "nmod"
        heads[n], deps[n] = outer, label
        heads[preposition], deps[preposition] = n, "case"
