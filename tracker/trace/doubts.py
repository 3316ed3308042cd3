"""When two parties of a claim may be one and the same: the possible ties, one small rule for each pair of kinds.

The rules follow one principle: say "may be" wherever the printed words leave it open, and nowhere else. docs/independence.md lists them.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from tracker.text import fold
from tracker.trace.names import BodyName, body_name, given_agree, near_spelling, person_name, same_body
from tracker.trace.parties import Party
from tracker.trace.voices import APART, bare_words

_OTHER: Final = re.compile(r"\bothers?\b|\banother\b|\bseparate\b|\bsecond\b|\bdifferent\b", re.IGNORECASE)


class Named(Protocol):
    """Whatever can be named in a sentence."""

    @property
    def label(self) -> str: ...


class Doubt(NamedTuple):
    """Why two parties may be one: the kind of tie, and a plain sentence with gaps for names; of many thousands few are ever read."""

    kind: str
    pattern: str
    names: tuple[Named | str, ...]

    @property
    def sentence(self) -> str:
        """The sentence with the names filled in."""
        return self.pattern.format(*(n if isinstance(n, str) else n.label for n in self.names))


def may_be_one(left: Party, right: Party, *, same_article: bool = False, copied: bool = False) -> Doubt | None:
    """The first reason for which two parties may be one; None when the words keep them apart. Who is left and who right does not matter."""
    a, b = (left, right) if (_RANK[left.kind], left.key) <= (_RANK[right.kind], right.key) else (right, left)
    if a.controller and a.controller == b.controller:
        return Doubt("one-controller", "{} and {} answer to one controller, {}", (a, b, a.controller_name))
    if copied:
        return Doubt("near-copy", "{} and {} print nearly the same passage", (a, b))
    wires = (sorted(a.wires.keys() & b.wires) or sorted(w for w in {*a.wires, *b.wires} if w in (a.outlet_id, b.outlet_id))) if a.wires or b.wires else ()
    if wires:
        return Doubt("wire-credit", "{} and {} may both draw on {}, which is named in the credit line", (a, b, wires[0]))
    rule = _RULES.get((a.kind, b.kind))
    return rule(a, b, same_article) if rule else None


def _own_and_credited(own: Party, voice: Party, same_article: bool) -> Doubt | None:
    """One own report may silently rest on the voice that others credit; two own reports are not doubted against each other."""
    return Doubt("same-speaker", "{} names nobody and may rest on {}", (own, voice))


def _unnamed_pair(a: Party, b: Party, same_article: bool) -> Doubt | None:
    if (same_article and any(APART.search(n) for n in (*a.names, *b.names))) or _affiliations_differ(a, b):
        return None
    return Doubt("same-unnamed", "{} and {} are not named and may be the same", (a, b))


def _unnamed_and_named(named: Party, unnamed: Party, same_article: bool) -> Doubt | None:
    if unnamed.is_open or (same_article and sets_apart(unnamed)) or _affiliations_differ(named, unnamed):
        return None
    return Doubt("same-unnamed", "{} is not named and may be {}", (unnamed, named))


def _unnamed_and_body(body: Party, unnamed: Party, same_article: bool) -> Doubt | None:
    theirs = [body_name(a) for a in unnamed.affiliations]
    names = [body_name(n) for n in body.names]
    if any(_related(t, n) for t in theirs for n in names):
        return Doubt("speaks-for", "{} may speak for {}", (unnamed, body))
    if theirs or unnamed.is_open:
        return None
    return Doubt("same-unnamed", "{} is not named and may speak for {}", (unnamed, body))


def _unnamed_and_outlet(outlet: Party, unnamed: Party, same_article: bool) -> Doubt | None:
    return None if unnamed.is_open else Doubt("same-unnamed", "{} may have it from {}", (outlet, unnamed))


def _persons(a: Party, b: Party, same_article: bool) -> Doubt | None:
    for x in map(person_name, a.names):
        for y in map(person_name, b.names):
            if x.plain and near_spelling(x.surname, y.surname) and given_agree(x.given, y.given):
                return Doubt("same-speaker", "{} and {} may be one person in two spellings", (a, b))
    for one, other in ((a, b), (b, a)):
        if any(_names_person(affiliation, one) for affiliation in other.affiliations):
            return Doubt("speaks-for", "{} speaks for {}", (other, one))
    mine, theirs = ([body_name(n) for n in p.affiliations] for p in (a, b))
    if any(same_body(m, t) for m in mine for t in theirs):
        return Doubt("speaks-for", "{} and {} speak for one body", (a, b))
    return None


def _person_and_body(person: Party, body: Party, same_article: bool) -> Doubt | None:
    names = [body_name(n) for n in (*body.names, *body.affiliations)]
    member = any(_related(body_name(a), n) for a in person.affiliations for n in names)
    if member or any(_names_person(n, person) for n in body.names):
        return Doubt("speaks-for", "{} may speak for {}", (person, body))
    return None


def _bodies(a: Party, b: Party, same_article: bool) -> Doubt | None:
    if any(_related(body_name(x), body_name(y)) for x in a.names for y in b.names):
        return Doubt("same-speaker", "{} and {} may be one body", (a, b))
    return None


def _documents(a: Party, b: Party, same_article: bool) -> Doubt | None:
    shared = {w for n in a.names for w in bare_words(n)} & {w for n in b.names for w in bare_words(n)}
    return Doubt("same-speaker", "{} and {} may be one document", (a, b)) if shared else None


def _person_and_document(person: Party, document: Party, same_article: bool) -> Doubt | None:
    if any(_names_person(n, person) for n in document.names):
        return Doubt("speaks-for", "{} is {}'s own", (document, person))
    return None


def _body_and_document(body: Party, document: Party, same_article: bool) -> Doubt | None:
    words = {w for n in document.names for w in bare_words(n)}
    if any(set(body_name(n).words) <= words for n in body.names if body_name(n).words):
        return Doubt("speaks-for", "{} comes from {}", (document, body))
    return None


def _unnamed_and_document(document: Party, unnamed: Party, same_article: bool) -> Doubt | None:
    return None if unnamed.is_open else Doubt("same-unnamed", "{} may have it from {}", (unnamed, document))


_RANK: Final[Mapping[str, int]] = {"own": 0, "person": 1, "body": 2, "document": 3, "outlet": 4, "unnamed": 5}
_RULES: Final[Mapping[tuple[str, str], Callable[[Party, Party, bool], Doubt | None]]] = {
    **{("own", kind): _own_and_credited for kind in ("person", "body", "document", "outlet", "unnamed")},
    ("person", "person"): _persons, ("person", "body"): _person_and_body, ("person", "document"): _person_and_document,
    ("person", "unnamed"): _unnamed_and_named, ("body", "body"): _bodies, ("body", "document"): _body_and_document,
    ("body", "unnamed"): _unnamed_and_body, ("document", "document"): _documents, ("document", "unnamed"): _unnamed_and_document,
    ("outlet", "unnamed"): _unnamed_and_outlet, ("unnamed", "unnamed"): _unnamed_pair,
}


def sets_apart(party: Party) -> bool:
    """The description says that it is somebody else than another voice of its article ("another source", "other aides")."""
    return any(_OTHER.search(n) for n in party.names)


def _affiliations_differ(a: Party, b: Party) -> bool:
    if not a.affiliations or not b.affiliations:
        return False
    mine, theirs = ([body_name(n) for n in p.affiliations] for p in (a, b))
    if any(n.acronym and len(n.words) == 1 for n in (*mine, *theirs)):
        return False  # an acronym and a name spelled out may be one body
    return not any(_related(m, t) for m in mine for t in theirs)


def _related(a: BodyName, b: BodyName) -> bool:
    """Two body names share their words or one lies inside the other."""
    if same_body(a, b):
        return True
    x, y = set(a.words), set(b.words)
    return bool(x and y) and (x <= y or y <= x)


def _names_person(phrase: str, person: Party) -> bool:
    """The phrase holds the person's surname ("Stone's team")."""
    words = _phrase_words(phrase)
    return any(len(plain := person_name(n).plain) > 2 and plain in words for n in person.names)


@lru_cache(maxsize=100_000)
def _phrase_words(phrase: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", fold(phrase).replace("'s", " ")))
