"""What a relative pronoun stands for, and what a relative clause leaves out."""

from __future__ import annotations

from tracker.extract import lexicon as lex
from tracker.extract.tree import Tree

_ONE = frozenset({"is", "was", "has", "does", "'s", "’s"})
_MANY = frozenset({"are", "were", "have", "do", "'re", "’re"})
_COUNTED = frozenset(
    (
        "tribe family crowd public media generation population number majority minority group handful series couple dozen lot range set pair percent "
        "half quarter third rest variety array hundred thousand million one"
    ).split()
)
_THINGS = (lex.CONTENT_NOUNS | lex.DOCUMENT_NOUNS) - lex.BODY_NOUNS
_ABSTRACT = ("tion", "sion", "ment", "ness", "ship", "ance", "ence", "ism")
_LINKED = frozenset({"nmod", "conj", "appos", "flat", "compound"})


def antecedent(tree: Tree, n: int) -> int | None:
    """The noun that the relative pronoun of clause n stands for; None if n is no relative clause.

    The noun that the clause hangs on, unless pronoun or verb cannot go with it ("aides to the mayor who were fired"): then the nearest of its phrase that
    they can go with, if there is one.
    """
    while tree.base(n) == "conj" and tree.heads[n] != n:
        n = tree.heads[n]
    if tree.base(n) != "acl" or tree.heads[n] == n:
        return None
    noun, pronoun = tree.heads[n], tree.first(n, "nsubj")
    if pronoun is None or pronoun <= noun:
        return noun
    fits = _goes_with(tree, noun, pronoun, n)
    maybe = tree.lower[pronoun] == "who" and tree.tags[noun] in {"NN", "NNS"} and not _like_a_person(tree.lemmas[noun])  # "the mayor of the island who"
    if fits and not maybe:
        return noun
    top = noun
    while tree.base(top) in _LINKED and tree.heads[top] < pronoun and tree.tags[tree.heads[top]].startswith("NN"):
        top = tree.heads[top]
    titles = {"compound", "flat", "nmod:desc"}
    beside = [k for k in tree.subtree(top) if k < pronoun and k != noun and tree.tags[k].startswith("NN") and not {tree.base(k), tree.deps[k]} & titles]
    fitting = (k for k in reversed(beside) if _goes_with(tree, k, pronoun, n))
    found = next((k for k in fitting if not fits or (tree.tags[k] in {"NN", "NNS"} and lex.names_person(tree.lemmas[k]))), noun)
    while tree.base(found) == "conj" and tree.heads[found] in beside:
        found = tree.heads[found]
    return found


def _like_a_person(lemma: str) -> bool:
    return lex.names_person(lemma) or lemma in _COUNTED


def _goes_with(tree: Tree, noun: int, pronoun: int, verb: int) -> bool:
    """A noun agrees with the relative pronoun (persons are "who") and with its verb in number, so far as both can be told."""
    lemma, common = tree.lemmas[noun], tree.tags[noun] in {"NN", "NNS"}
    if tree.lower[pronoun] == "who" and common and (lemma in _THINGS or (lemma.endswith(_ABSTRACT) and lemma not in lex.BODY_NOUNS)):
        return False
    if tree.lower[pronoun] == "which" and common and lemma in lex.PEOPLE_NOUNS - lex.BODY_NOUNS:
        return False
    verbs = [verb, *(c for c in tree.kids(verb, "conj") if tree.first(c, "nsubj") is None)]
    forms = {tree.lower[c] for v in verbs for c in tree.kids(v, "aux", "cop")}
    tags = {tree.tags[v] for v in verbs if tree.first(v, "aux", "cop") is None}
    one, many = bool(forms & _ONE) or "VBZ" in tags, bool(forms & _MANY) or "VBP" in tags
    plural = tree.tags[noun] == "NNS" and tree.first(noun, "conj") is None
    if plural and one:
        return False
    named = tree.is_name(noun) and tree.first(noun, "flat", "nmod:desc") is not None  # "Ann Hall", "Mr. Hall"; other names may be plural
    single = named or (tree.tags[noun] == "NN" and lemma not in _COUNTED | lex.BODY_NOUNS)
    return not (many and single and tree.first(noun, "conj") is None)


def _takes_object(tree: Tree, n: int) -> bool:
    """A verb that has no object yet."""
    return tree.is_verb(n) and tree.first(n, "obj", "xcomp", "ccomp", "cop") is None


def told_apart(tree: Tree, n: int, noun: int) -> bool:
    """The reader can tell what the pronoun of clause n stands for: not so in "an aide to Ann Hall who left", where it may be the aide."""
    above = tree.heads[noun]
    person = tree.tags[above].startswith("NN") and not tree.is_name(above) and lex.names_person(tree.lemmas[above])
    return not (tree.base(noun) == "nmod" and tree.is_name(noun) and person and _pronoun(tree, n) == "who")


def _pronoun(tree: Tree, n: int) -> str:
    """The relative pronoun that is the subject of clause n or of the one it is joined to."""
    while tree.base(n) == "conj" and tree.heads[n] != n and tree.first(n, "nsubj") is None:
        n = tree.heads[n]
    subject = tree.first(n, "nsubj")
    return tree.lower[subject] if subject is not None and tree.tags[subject] in {"WP", "WDT"} else ""


def object_noun(tree: Tree, n: int) -> int | None:
    """The noun that a relative clause takes as its object: "the notice" for "the notice (that) the party received"; None elsewhere."""
    subject, stated = tree.first(n, "nsubj"), tree.first(n, "obj")
    if tree.base(n) != "acl" or subject is None or tree.tags[subject] in {"WDT", "WP"}:
        return None
    if stated is None or tree.tags[stated] not in {"WDT", "WP"} or stated > n or len(list(tree.kids(n, "obj"))) > 1:
        asked = any(tree.tags[k] in {"WDT", "WP", "WRB"} for k in tree.subtree(n) if k < n)  # "a gift in which she took pride"
        further = tree.first(n, "xcomp")  # "a wreck the divers helped find"
        if asked or tree.first(n, "obj", "mark", "ccomp", "advcl") is not None or (further is not None and not _takes_object(tree, further)):
            return None
    noun = tree.heads[n]
    named = tree.tags[noun].startswith("NN") or (tree.tags[noun] in {"DT", "CD", "JJ"} and tree.first(noun, "nmod") is not None)  # "some of the causes"
    return noun if named and noun < subject and tree.lemmas[noun] not in {"time", "day", "way", "reason"} else None
