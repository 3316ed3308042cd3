"""What to switch off in a case when somebody asks "what if this one is wrong?": names turned into articles, parties and voices that are one."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from tracker.ask.ground import Ground, rows
from tracker.ask.parts import Part, find_part, parts_of
from tracker.errors import UsageError
from tracker.tables import Case, among, dumps, listed

LETTERS: Final = "ABCDE"  # F means "cannot be judged", which is no reason to distrust
ABSENT: Final = "left out"
"""What answers say of an article that is switched off."""


class Cut(NamedTuple):
    """Articles by id and parties by claim and place that are off, and sets of party ids that are one voice."""

    articles: frozenset[str]
    parties: frozenset[tuple[str, int]]
    one_voice: tuple[frozenset[str], ...]


def plan_cut(case: Case, *, without: Sequence[str] = (), distrust: str = "", assume_same: Sequence[tuple[str, str]] = ()) -> Cut:
    """The cut that these names mean.

    An outlet prints nothing any more and nothing that goes through it counts; a controller takes along every outlet and voice that it stands behind;
    an origin is one voice in every claim. `distrust` is a letter: outlets of that reliability or worse are off. Raises UsageError for a name that fits
    nothing or several things, for a letter that is none of LETTERS, and when there is nothing to switch off.
    """
    if not (without or distrust or assume_same):
        raise UsageError("say what to switch off: --without, --distrust or --assume-same")
    if distrust and distrust not in LETTERS:
        raise UsageError(f"--distrust takes a letter from A to E, not {distrust!r}; F means that an outlet cannot be judged")
    ground = Ground(case)
    parts = parts_of(ground)
    off = [find_part(parts, ground, name) for name in without]
    pairs = [(find_part(parts, ground, a, ("outlet", "origin")), find_part(parts, ground, b, ("outlet", "origin"))) for a, b in assume_same]
    for a, b in pairs:
        if a is b:
            raise UsageError(f"{a.name} is one voice already; --assume-same takes two")
    outlets = _outlets_off(ground, off, distrust)
    articles = frozenset(a["article_id"] for a in ground.articles.values() if (a["outlet_id"] or a["article_id"]) in outlets)
    return Cut(articles, _parties_off(case, off, outlets), _classes(pairs))


def _outlets_off(ground: Ground, off: Sequence[Part], distrust: str) -> set[str]:
    controllers = {p.id for p in off if p.kind == "controller"}
    poor = {o for o, row in ground.outlets.items() if distrust and row["reliability"] in tuple(LETTERS) and row["reliability"] >= distrust}
    held = {o for o, row in ground.outlets.items() if row["controller_id"] in controllers}
    return {p.id for p in off if p.kind == "outlet"} | controllers | held | poor


def _parties_off(case: Case, off: Sequence[Part], outlets: set[str]) -> frozenset[tuple[str, int]]:
    controllers, voices = {p.id for p in off if p.kind == "controller"}, {i for p in off if p.kind == "origin" for i in p.parties}
    found = rows(case["parties"], "claim_id", "place", "party_id", "outlet_id", "controller_id")
    unknown = {f"own:{o}" for o in outlets}  # an article of an unknown outlet stands for one
    return frozenset((p["claim_id"], p["place"]) for p in found
                     if p["party_id"] in voices or p["party_id"] in unknown or p["outlet_id"] in outlets or p["controller_id"] in controllers)


def _classes(pairs: Sequence[tuple[Part, Part]]) -> tuple[frozenset[str], ...]:
    """Party ids that are one voice; pairs that share a voice are one class."""
    out: list[set[str]] = []
    for a, b in pairs:
        both = a.parties | b.parties
        joined = [c for c in out if c & both]
        out = [c for c in out if not c & both] + [both.union(*joined)]
    return tuple(frozenset(c) for c in sorted(out, key=sorted))


def cut_frames(case: Case, cut: Cut) -> Case:
    """The Case without what is printed in the articles that are off; claims, origins and parties are left for trace to count again."""
    mentions = case["mentions"][~among(case["mentions"]["article_id"], cut.articles)]
    left = set(mentions["mention_id"])
    tables = {"articles": case["articles"][~among(case["articles"]["article_id"], cut.articles)], "mentions": mentions}
    for name in ("attributions", "members", "supports"):
        tables[name] = case[name][among(case[name]["mention_id"], left)]
    for name, one, other in (("links", "left_id", "right_id"), ("ties", "later_id", "earlier_id")):
        tables[name] = case[name][among(case[name][one], left) & among(case[name][other], left)]
    tables["claims"] = case["claims"].assign(near=[_listed_left(cell, left) for cell in case["claims"]["near"]])
    return Case({**case.tables, **{name: frame.reset_index(drop=True) for name, frame in tables.items()}}, registry=case.registry)


def _listed_left(cell: str, left: set[str]) -> str:
    found = listed(cell)
    return cell if all(m in left for m in found) else dumps([m for m in found if m in left])
