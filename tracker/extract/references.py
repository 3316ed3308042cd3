"""Mentions that speak about another one: denials of "these reports", remarks on what is verified."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract import lexicon as lex
from tracker.extract.drafts import Draft
from tracker.text import fold

_SPOKEN_OF = lex.REFERRING_NOUNS | {"it", "this", "that", "involvement", "wrongdoing"}
NEAR = 2  # sentences within which "the allegations" are those last put, whoever put them; further back a name must agree


def settle_references(drafts: Sequence[Draft]) -> None:
    """Give each denial or remark the place of the draft it speaks about; what is said of verification moves to that draft."""
    for at, draft in enumerate(drafts):
        if draft.stance == "supports" or not _is_remark(draft):
            continue
        target = _antecedent(drafts, at)
        if target < 0:
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
    """The nearest earlier draft put as a report or allegation; else the nearest credited one of the sentence before; -1 if none."""
    draft = drafts[at]
    names = set(draft.parts.get("names", []))
    best = -1
    for back in range(at - 1, -1, -1):
        other = drafts[back]
        apart = draft.sentence - other.sentence
        if other.refers >= 0:
            if apart <= 1:
                return other.refers
            continue
        credited = {fold(w) for c in other.credits for v in c.chain for w in v.name.split()}
        if other.allegation and other.stance != "denies" and (apart <= NEAR or names & credited):
            return back
        if best < 0 and other.credits and apart == 1:
            best = back
    return best
