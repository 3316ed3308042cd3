"""Denials and doubts that no verb of saying carries: "false reports that ...", "found no evidence that ...", "no rule was broken", "Hoax: ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extract import lexicon as lex
from tracker.extract.attribution import Frame
from tracker.extract.stance import judge_stance
from tracker.extract.stance_words import AUXILIARIES
from tracker.extract.tree import Tree

SURE = 0.7  # probability from which a title turns the clause it prints; on the case folders .5 to .9 change the same titles
_UNTRUE = frozenset("false bogus fake untrue unfounded baseless groundless debunked discredited fabricated phony phoney erroneous fictitious disproved".split())
_FALSE = _UNTRUE | frozenset("lie hoax fiction myth nonsense rubbish fabrication invention inaccurate incorrect falsehood".split())
_TRUE = frozenset("true accurate correct case so right fact".split())
_BEFORE = frozenset("it this that these those they".split())
_UNSURE = frozenset("unconfirmed unverified unsubstantiated uncorroborated".split())
_GROUNDS = frozenset("evidence proof indication sign confidence basis truth hint trace".split())
_LACK = frozenset({"lack", "absence"})
_MERIT = frozenset("merit foundation substance credibility".split())
FEW = 3  # words of a fragment that comments on the whole title
_HEADED = re.compile(r"([^:?\n]{2,30}):\s+")
_LEADS_IN = re.compile(r"\b(?:that|(?:report|claim|rumou?r|allegation|stor(?:y|ie)|idea|suggestion)s?)$", re.IGNORECASE)
_PUT = lex.CONTENT_NOUNS | lex.REFERRING_NOUNS


def read_denial(tree: Tree, head: int, covering: Sequence[Frame]) -> str:
    """ "denies" or "unverified" where the words round a clause turn it, else ""."""
    if _in_doubt(tree, head):
        return "unverified"
    for noun in _nouns_over(tree, head, covering):
        said = {tree.lower[c] for c in tree.kids(noun, "amod")}
        if said & _UNTRUE:
            return "denies"
        if said & _UNSURE:
            return "unverified"
        if _lacking(tree, noun):
            return "denies"
    return "denies" if clears(tree, head) else ""


def _in_doubt(tree: Tree, head: int) -> bool:
    """ "questions about whether he had paid": asked, not put."""
    return any(tree.lower[m] == "whether" and (m > 0 and tree.tags[m - 1] == "IN" or tree.base(head) == "acl") for m in tree.kids(head, "mark"))


def _lacking(tree: Tree, noun: int) -> bool:
    """ "no proof that", "without evidence that", "a lack of confidence that"."""
    if tree.lemmas[noun] in _LACK:
        return any(tree.lemmas[c] in _GROUNDS for c in tree.kids(noun, "nmod"))
    if tree.lemmas[noun] not in _GROUNDS:
        return False
    without = any(tree.lower[c] in {"no", "zero", "without"} for c in tree.kids(noun, "det", "case"))
    return without or (tree.base(noun) == "nmod" and tree.lemmas[tree.heads[noun]] in _LACK)


def _nouns_over(tree: Tree, head: int, covering: Sequence[Frame]) -> list[int]:
    """Nouns that hold the clause: "the report that", and those whose frame covers it."""
    over = [tree.heads[head]] if tree.base(head) in {"acl", "ccomp"} else []
    held = [n for f in covering if f.rule == "noun" for n in f.cue]
    return [n for n in (*over, *held) if tree.tags[n].startswith("NN") and tree.lemmas[n] in _PUT | _GROUNDS | _LACK]


def clears(tree: Tree, head: int) -> bool:
    """Nothing wrong was done: "no rule was broken", "nothing improper took place"."""
    for n in (n for child in tree.kids(head, "nsubj", "obj") for n in tree.conjuncts(child)):
        kids = tree.children[n]
        if tree.lower[n] == "nothing" and any(tree.lower[c] in lex.IMPROPER for c in (*kids, n + 1) if c < len(tree)):
            return True
        no = any(tree.lower[c] == "no" for c in kids)
        if no and (tree.lemmas[n] in lex.WRONG or (tree.lemmas[n] in lex.RULES and tree.lemmas[head] in {"break", "violate"})):
            return True
    return False


def read_title(title: str, start: int, end: int) -> str:
    """What a title does to the clause at title[start:end]: "denies", "unverified" for a question, else "".

    Only words that govern the clause count: a few before a colon or comma ("Hoax: ..."), those that lead into it ("dismisses claims that ..."), a few
    after a break ("...? Probably not"). Another clause of the title ("... after denying claims") says nothing of this one.
    """
    start += next((m.end() for m in [_HEADED.match(title[start:end])] if m and len(m[1].split()) <= FEW), 0)
    clause = title[start:end]
    front, back = title[:start].rstrip(), title[end:].strip()
    if not ((len(front.split()) <= FEW and front[-1:] in {":", ",", "?", "-", "–", "—"}) or _LEADS_IN.search(front)):
        front = ""
    asks = back[:1] == "?"
    if not (back[:1] in {"?", ":", "-", "–", "—", ","} and len(back.strip("?:-–—, ").split()) <= FEW):
        back = ""
    if not front and not back.strip(" .!"):
        return ""
    judged = judge_stance(clause, f"{front} {clause}{back if asks else ' ' + back}".strip())
    denies, unverified, _ = judged.shares
    if denies >= SURE:
        return "denies"
    return "unverified" if asks and unverified >= SURE else ""


def rebuts(tree: Tree, head: int, tokens: Sequence[int]) -> bool:
    """ "that is categorically false", "it was a phony story", "the report is not true": what was said before is called untrue.

    So is it by "correcting the false story" and by "the allegations lack a basis". `tokens` are the clause's own.
    """
    subject = tree.first(head, "nsubj")
    if any(_called_untrue(tree, n) for n in tokens):
        return True
    if subject is not None and tree.lemmas[subject] in lex.REFERRING_NOUNS and _groundless(tree, head):
        return True
    if subject is None or tree.first(head, "cop") is None or tree.lower[subject] not in _BEFORE and tree.lemmas[subject] not in lex.REFERRING_NOUNS:
        return False
    said = {tree.lower[head], tree.lemmas[head], *(tree.lower[c] for c in tree.kids(head, "amod", "compound"))}
    negated = any(tree.lower[c] in lex.NEGATIONS for c in tree.children[head])
    return bool(said & _TRUE) if negated else bool(said & _FALSE)


def _called_untrue(tree: Tree, n: int) -> bool:
    """ "the false story": one that the reader knows of, and not "a false story" or "false reports that ..."."""
    if tree.tags[n] != "NN" or tree.lemmas[n] not in lex.REFERRING_NOUNS or tree.first(n, "acl", "ccomp") is not None:
        return False
    known = any(tree.lower[c] in {"the", "this", "that"} for c in tree.kids(n, "det"))
    return known and any(tree.lower[c] in _UNTRUE for c in tree.kids(n, "amod", "compound"))


def _groundless(tree: Tree, head: int) -> bool:
    """The predicate takes the ground away: "lack a basis", "are without merit", "rest on errors"."""
    nouns = {tree.lemmas[n] for n in (head, *tree.kids(head, "obj", "obl"))}
    without = tree.lemmas[head] == "lack" or any(tree.lower[c] == "without" for n in (head, *tree.kids(head, "obl")) for c in tree.kids(n, "case"))
    if without and nouns & (_GROUNDS | _MERIT):
        return True
    joined = any(_groundless(tree, c) for c in tree.kids(head, "conj"))
    return joined or (tree.lemmas[head] in {"rest", "base"} and bool(nouns & {"error", "lie", "falsehood", "fabrication"}))


def opens_with_verb(tree: Tree) -> bool:
    """A question that can be answered yes or no: "Did ...?", "Is ...?"."""
    return tree.words[-1] == "?" and next((w for w in tree.lower if w[:1].isalpha()), "") in AUXILIARIES
