"""Mentions that speak about another one: denials of "these reports", remarks on what is verified."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract import lexicon as lex
from tracker.extract.drafts import Draft
from tracker.extract.tree import Tree
from tracker.text import fold

_SPOKEN_OF = lex.REFERRING_NOUNS | {"it", "this", "that", "involvement", "wrongdoing"}
_POINTING = frozenset({"this", "that", "these", "those", "it"})
_ACCUSATIONS = frozenset({"accusation", "allegation", "rumor", "rumour"})  # a clause that speaks of one does not put it
FAR = 12  # sentences back in which what a denial speaks of is looked for; each costs a twelfth of a point
_EMPTY = frozenset(_SPOKEN_OF | lex.SAY | lex.DENY | {"be", "have", "do", "fake", "news"})
NEAR = 2  # sentences back in which "these reports" are looked for: a pointing word means what was last put
LEAST_FIT = 0.8  # something credited in the sentence before (.92) just fits


def settle_references(drafts: Sequence[Draft]) -> None:
    """Give each denial or remark the place of the draft it speaks about; what is said of verification moves to that draft."""
    for at, draft in enumerate(drafts):
        if draft.stance == "supports" or not (draft.rebuts or _is_remark(draft)):
            continue
        target = _antecedent(drafts, at)
        if target < 0:
            draft.weak = draft.weak or (draft.rebuts and not _of_what(draft))
            continue
        draft.refers = target
        spoken_of = drafts[target]
        if draft.confirmed_max:
            spoken_of.confirmed_max, spoken_of.credits, spoken_of.stance = draft.confirmed_max, draft.credits, "unverified"
        elif draft.stance == "unverified" and spoken_of.stance == "supports" and spoken_of.allegation and _vague(spoken_of):
            spoken_of.stance = "unverified"


def _vague(draft: Draft) -> bool:
    """Nobody named stands behind the draft."""
    return all(c.rule == "noun" or c.chain[-1].kind == "unnamed" for c in draft.credits) and not any(c.chain[-1].how == "named" for c in draft.credits)


def _is_remark(draft: Draft) -> bool:
    """The clause speaks about a report or an allegation and does not put one itself."""
    tree = draft.tree
    for child in (c for n in _acts(draft) for c in tree.kids(n, "obj", "nsubj:pass", "nsubj")):
        relative = tree.tags[child] in {"WDT", "WP"} and tree.base(draft.head) == "acl"
        noun = tree.heads[draft.head] if relative else child
        if tree.lemmas[noun] in _SPOKEN_OF and tree.first(noun, "acl", "ccomp") in {None, draft.head}:
            return True
    return False


def _acts(draft: Draft) -> list[int]:
    """The draft's predicate and the infinitives that complete it: "continued to deny"."""
    acts = [draft.head]
    for n in acts:
        acts.extend(draft.tree.kids(n, "xcomp"))
    return acts


def _whose(drafts: Sequence[Draft], at: int) -> set[str]:
    """Folded names that say whose report a remark speaks of: "denied the Courier report", or "the allegations" after "Ms. Holt's allegations"."""
    tree = drafts[at].tree
    nouns = {c for n in _acts(drafts[at]) for c in tree.kids(n, "obj", "nsubj:pass") if tree.lemmas[c] in lex.REFERRING_NOUNS}
    if drafts[at].rebuts:
        nouns |= {n for n in drafts[at].run if tree.lemmas[n] in lex.REFERRING_NOUNS}
    names = {name for n in nouns for name in _owners(tree, n)}
    meant = {tree.lemmas[n] for n in nouns if any(tree.lower[c] in {"the", "these", "those"} for c in tree.kids(n, "det"))}
    for draft in drafts[at - 1 :: -1] if at and meant and not names else ():
        if drafts[at].sentence - draft.sentence > NEAR:
            break
        names = names or {name for n in range(len(draft.tree)) if draft.tree.lemmas[n] in meant for name in _owners(draft.tree, n)}
    return names


def _of_what(draft: Draft) -> set[str]:
    """Lemmas that say what the report is about: "allegations of improper conduct" are met by a draft that speaks of wrongdoing."""
    tree = draft.tree
    nouns = [c for n in _acts(draft) for c in tree.kids(n, "obj", "nsubj", "nsubj:pass") if tree.lemmas[c] in lex.REFERRING_NOUNS]
    inside = [n for c in nouns for m in tree.kids(c, "nmod") for n in tree.subtree(m) if any(tree.lower[k] == "of" for k in tree.kids(m, "case"))]
    found = {tree.lemmas[n] for n in inside if tree.tags[n][:2] in {"NN", "VB", "JJ"} and not tree.is_name(n)}
    return found | {"wrongdoing"} if found & (lex.WRONG | lex.IMPROPER) else found


def _owners(tree: Tree, noun: int) -> set[str]:
    return {fold(tree.words[k]) for c in tree.kids(noun, "compound", "nmod:poss") for k in tree.subtree(c) if tree.is_name(k)}


def _is_of(other: Draft, whose: set[str]) -> float:
    """Points for a draft credited to those whose report is spoken of, or to "a report" without a name."""
    credited = _credited(other)
    if not whose or other.paragraph == 0 and not credited & whose:
        return 0.0
    return 1.0 if credited & (whose | lex.REFERRING_NOUNS) else -1.0


def _antecedent(drafts: Sequence[Draft], at: int) -> int:
    """What a denial or remark speaks of: the earlier draft that fits best, the nearest of equals; -1 if none fits.

    The next remark in a row speaks of what the one before it does.
    """
    draft = drafts[at]
    names = set(draft.parts.get("names", []))
    spoken = {fold(w) for c in draft.credits for v in c.chain[-1:] for w in v.name.split() if len(w) > 3}
    points = _points(draft)
    spoken_of = {d.refers for d in drafts[:at]}
    said, whose = _content_words(draft), _whose(drafts, at)
    says = bool(whose) or _says_what(draft)
    of_what = _of_what(draft)
    best, highest = -1, LEAST_FIT
    for back in range(at - 1, -1, -1):
        other = drafts[back]
        apart = draft.sentence - other.sentence
        if apart > (NEAR if points else FAR):
            break
        if other.refers >= 0:
            if apart <= 1 or whose & _credited(drafts[other.refers]):
                return other.refers
            continue
        near = 1.0 * bool(said & _content_words(other)) + 1.0 * (apart == 1 and other.paragraph == draft.paragraph)
        if of_what and not of_what & set(other.parts.get("words", [])):
            continue
        actor = set(str(other.parts.get("actor", "")).split())
        near += _is_of(other, whose) + 0.5 * bool(names & actor) * bool(whose) + 0.5 * (back in spoken_of)
        fit = near + _fit(other, names, spoken if apart > 1 else set()) - apart / FAR if other.stance != "denies" or other.allegation else -1.0
        if fit > highest and (says or points or (apart <= 1 and (other.credits or other.allegation))):
            best, highest = back, fit
    return best


def _content_words(draft: Draft) -> set[str]:
    """Nouns and verbs of a clause that say what it is about: "the reports of such a plan" is about a plan."""
    tree = draft.tree
    return {tree.lemmas[n] for n in draft.run if tree.tags[n][:2] in {"NN", "VB"} and not tree.is_name(n)} - _EMPTY


def _points(draft: Draft) -> bool:
    """ "these reports", "that is false": the nearest is meant."""
    tree = draft.tree
    nouns = list(tree.kids(draft.head, "obj", "nsubj", "nsubj:pass"))
    return any(tree.lower[n] in _POINTING or any(tree.lower[c] in _POINTING for c in tree.kids(n, "det")) for n in nouns)


def _says_what(draft: Draft) -> bool:
    """ "the allegations", "the report": a word for what was said, and not only "no involvement"."""
    return any(draft.tree.lemmas[n] in lex.REFERRING_NOUNS for a in _acts(draft) for n in draft.tree.kids(a, "obj", "nsubj", "nsubj:pass"))


def _credited(draft: Draft) -> set[str]:
    """Folded words of the names of all voices behind a draft."""
    return {fold(w) for c in draft.credits for v in c.chain for w in v.name.split()}


def _fit(other: Draft, names: set[str], spoken: set[str]) -> float:
    """How well a draft serves as what is denied: put as an allegation, by somebody else, about who denies it or by whom the remark names."""
    credited = _credited(other)
    if credited & spoken:
        return -1.0
    about = {n for n in other.parts.get("names", []) if n in spoken}
    itself = any(other.tree.lemmas[n] in _ACCUSATIONS for n in other.run)
    return 2.0 * other.allegation + bool(other.credits) + bool(names & credited) + bool(about) - 1.5 * itself
