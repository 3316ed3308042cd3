"""Mentions that speak about another one: denials of "these reports", remarks on what is verified."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract import lexicon as lex
from tracker.extract.drafts import Draft
from tracker.text import fold

_SPOKEN_OF = lex.REFERRING_NOUNS | {"it", "this", "that", "involvement", "wrongdoing"}
_POINTING = frozenset({"this", "that", "these", "those", "it"})
_ACCUSATIONS = frozenset({"accusation", "allegation", "rumor", "rumour"})  # a clause that speaks of one does not put it
FAR = 12  # sentences back in which what a denial speaks of is looked for; each costs a twelfth of a point
NEAR = 2  # sentences back in which "these reports" are looked for: a pointing word means what was last put
LEAST_FIT = 0.8  # something credited in the sentence before (.92) just fits


def settle_references(drafts: Sequence[Draft]) -> None:
    """Give each denial or remark the place of the draft it speaks about; what is said of verification moves to that draft."""
    for at, draft in enumerate(drafts):
        if draft.stance == "supports" or not (draft.rebuts or _is_remark(draft)):
            continue
        target = _antecedent(drafts, at)
        if target < 0:
            draft.weak = draft.weak or draft.rebuts
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
    for child in tree.kids(draft.head, "obj", "nsubj:pass", "nsubj"):
        relative = tree.tags[child] in {"WDT", "WP"} and tree.base(draft.head) == "acl"
        noun = tree.heads[draft.head] if relative else child
        if tree.lemmas[noun] in _SPOKEN_OF and tree.first(noun, "acl", "ccomp") in {None, draft.head}:
            return True
    return False


def _antecedent(drafts: Sequence[Draft], at: int) -> int:
    """What a denial or remark speaks of: the earlier draft that fits best, the nearest of equals; -1 if none fits.

    The next remark in a row speaks of what the one before it does.
    """
    draft = drafts[at]
    names = set(draft.parts.get("names", []))
    spoken = {fold(w) for c in draft.credits for v in c.chain[-1:] for w in v.name.split() if len(w) > 3}
    points, says = _points(draft), _says_what(draft)
    best, highest = -1, LEAST_FIT
    for back in range(at - 1, -1, -1):
        other = drafts[back]
        apart = draft.sentence - other.sentence
        if apart > (NEAR if points else FAR):
            break
        if other.refers >= 0:
            if apart <= 1:
                return other.refers
            continue
        fit = _fit(other, names, spoken if apart > 1 else set()) - apart / FAR if other.stance != "denies" or other.allegation else -1.0
        if fit > highest and (says or points or (apart <= 1 and (other.credits or other.allegation))):
            best, highest = back, fit
    return best


def _points(draft: Draft) -> bool:
    """ "these reports", "that is false": the nearest is meant."""
    tree = draft.tree
    nouns = list(tree.kids(draft.head, "obj", "nsubj", "nsubj:pass"))
    return any(tree.lower[n] in _POINTING or any(tree.lower[c] in _POINTING for c in tree.kids(n, "det")) for n in nouns)


def _says_what(draft: Draft) -> bool:
    """ "the allegations", "the report": a word for what was said, and not only "no involvement"."""
    return any(draft.tree.lemmas[n] in lex.REFERRING_NOUNS for n in draft.tree.kids(draft.head, "obj", "nsubj", "nsubj:pass"))


def _fit(other: Draft, names: set[str], spoken: set[str]) -> float:
    """How well a draft serves as what is denied: put as an allegation, by somebody else, about who denies it or by whom the remark names."""
    credited = {fold(w) for c in other.credits for v in c.chain for w in v.name.split()}
    if credited & spoken:
        return -1.0
    about = {n for n in other.parts.get("names", []) if n in spoken}
    itself = any(other.tree.lemmas[n] in _ACCUSATIONS for n in other.run)
    return 2.0 * other.allegation + bool(other.credits) + bool(names & credited) + bool(about) - 1.5 * itself
