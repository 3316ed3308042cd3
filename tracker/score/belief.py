"""How well a claim stands: a sum of log-odds parts that say where it comes from, bounds from the bounds of independence, and the Admiralty digit."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.settings import ScoreSettings
from tracker.tables import Case, lookup, records, tuples

Row = Mapping[str, Any]
Part = tuple[str, float, str]

DIGITS = 6  # decimals kept of every part; the value is made from the rounded parts, so that they add up to it exactly


@dataclass(frozen=True, slots=True)
class Evidence:
    """What belief in one claim is made from."""

    claim: Row
    origins: tuple[Row, ...]
    qualities: tuple[tuple[float, float, float], ...]
    """For each origin its shares by letter, by name and by hedge."""
    letters: tuple[str, ...]
    deniers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Belief:
    """Belief in one claim with its bounds, digit and parts (name, log-odds, sentence)."""

    value: float
    low: float
    high: float
    credibility: int
    parts: tuple[Part, ...]


def weigh_claim(evidence: Evidence, settings: ScoreSettings) -> Belief:
    """Belief from the parts; the bounds count the strongest origins at the fewest and all of them at the most."""
    strength = sorted(evidence.qualities, key=lambda q: (-math.prod(q), q))
    fewest, most = evidence.claim["independent_min"], len(strength)
    middle = [settings.repeat ** i * (0.5 if i >= fewest else 1.0) for i in range(most)]
    parts = [("prior", settings.prior, "where every claim starts"), *_origin_parts(evidence, strength, middle, settings), *_against(evidence, settings)]
    kept = tuple((name, round(effect, DIGITS) + 0.0, detail) for name, effect, detail in parts)
    against = sum(effect for name, effect, _ in kept if name in {"prior", "denials", "unverified"})
    low = against + _sum(strength[:fewest], settings)
    high = against + _sum(strength, settings)
    return Belief(_chance(sum(effect for _, effect, _ in kept)), _chance(low), _chance(high), digit(evidence.claim), kept)


def _sum(strength: Sequence[tuple[float, float, float]], settings: ScoreSettings) -> float:
    return sum(settings.origin * settings.repeat ** i * math.prod(q) for i, q in enumerate(strength))


def _origin_parts(evidence: Evidence, strength: Sequence[tuple[float, float, float]], weights: Sequence[float], settings: ScoreSettings) -> Iterable[Part]:
    """The gain from origins as if all were of the best kind, then what letters, missing names and hedges take off."""
    if not strength:
        return
    fewest, most = evidence.claim["independent_min"], len(strength)
    count = f"{most} independent {'origin' if most == 1 else 'origins'}" if fewest == most else f"{fewest} to {most} independent origins"
    sums = [settings.origin * sum(w * math.prod(q[:n]) for w, q in zip(weights, strength, strict=True)) for n in range(4)]
    yield "origins", sums[0], count
    letters = sorted({letter or "not judged" for letter in evidence.letters})
    unnamed = sum(bool(o["unnamed"]) for o in evidence.origins)
    for name, n, detail in (("reliability", 1, f"reliability of those who bring it: {', '.join(letters)}"), ("unnamed", 2, f"{unnamed} of {most} unnamed"),
                            ("hedges", 3, "put with reserve even where it is put most firmly")):
        if sums[n] != sums[n - 1]:
            yield name, sums[n] - sums[n - 1], detail


def _against(evidence: Evidence, settings: ScoreSettings) -> Iterable[Part]:
    n = len(evidence.deniers)
    if n:
        yield "denials", -settings.denial * sum(settings.denial_repeat ** i for i in range(n)), f"denied by {n} {'voice' if n == 1 else 'voices'}"
    if evidence.claim["unverified"]:
        yield "unverified", -settings.unverified, "a text says that it is not verified"


def _chance(odds: float) -> float:
    """Log-odds as a probability."""
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), DIGITS)


def digit(claim: Row) -> int:
    """Admiralty credibility: 1 confirmed by other independent origins, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged.

    It says how well the report is borne out, and nothing about who brings it; 6 is not the worst.
    """
    shaken = bool(claim["disputed"] or claim["unverified"])
    if claim["status"] == "corroborated":
        return 2 if shaken else 1
    if claim["status"] == "possibly-corroborated":
        return 3 if shaken else 2
    if claim["status"] == "single-origin":
        return 4 if claim["disputed"] else 6 if claim["unverified"] else 4 if claim["unnamed_only"] else 3
    return 5 if claim["disputed"] else 6


def gather_evidence(case: Case, settings: ScoreSettings) -> list[Evidence]:
    """The evidence of every claim, in order of its id."""
    letters = lookup(case["outlets"], "outlet_id", "reliability")
    outlet_of = lookup(case["articles"], "article_id", "outlet_id")
    mentions: dict[str, Row] = {m["mention_id"]: m for m in records(case["mentions"], "mention_id", "article_id", "stance", "hedge")}
    carriers: dict[str, list[Row]] = {}
    for mention_id, origin_id in tuples(case["supports"], "mention_id", "origin_id"):
        carriers.setdefault(origin_id, []).append(mentions[mention_id])
    origins: dict[str, list[Row]] = {}
    for origin in records(case["origins"]):
        origins.setdefault(origin["claim_id"], []).append(origin)
    deniers = deniers_of(case, mentions, outlet_of)
    judge = _Judge(settings, letters, outlet_of)
    out = []
    for claim in records(case["claims"]):
        own = origins.get(claim["claim_id"], [])
        seen = [judge.letter(o, carriers.get(o["origin_id"], [])) for o in own]
        qualities = tuple(judge.quality(o, letter, carriers.get(o["origin_id"], [])) for o, letter in zip(own, seen, strict=True))
        out.append(Evidence(claim, tuple(own), qualities, tuple(seen), tuple(sorted(deniers.get(claim["claim_id"], ())))))
    return out


class _Judge:
    """Turns letters, names and hedges into shares of an origin's weight."""

    def __init__(self, settings: ScoreSettings, letters: Mapping[str, str], outlet_of: Mapping[str, str]) -> None:
        self.settings, self.letters, self.outlet_of = settings, letters, outlet_of
        self.by_letter, self.by_hedge = dict(settings.letters), dict(settings.hedges)

    def share(self, letter: str) -> float:
        return self.by_letter.get(letter, self.settings.unjudged)

    def letter(self, origin: Row, carriers: Iterable[Row]) -> str:
        """The origin's own letter, or the best of the outlets that print it."""
        if origin["reliability"]:
            return str(origin["reliability"])
        found = sorted({self.letters.get(self.outlet_of.get(m["article_id"], ""), "") for m in carriers})
        return max(found, key=self.share, default="")

    def quality(self, origin: Row, letter: str, carriers: Iterable[Row]) -> tuple[float, float, float]:
        firmest = max((self.by_hedge.get(m["hedge"], 1.0) for m in carriers), default=1.0)
        return self.share(letter), self.settings.unnamed if origin["unnamed"] else 1.0, firmest


def deniers_of(case: Case, mentions: Mapping[str, Row], outlet_of: Mapping[str, str]) -> dict[str, set[str]]:
    """Claim id to the voices that deny it: the innermost of each denying mention, or the outlet itself."""
    voices: dict[str, dict[int, str]] = {}
    credited = case["attributions"][["mention_id", "branch", "hop", "speaker_id"]].sort_values(["mention_id", "branch", "hop"], kind="stable")
    for row in records(credited):
        voices.setdefault(row["mention_id"], {})[row["branch"]] = row["speaker_id"]
    out: dict[str, set[str]] = {}
    for mention_id, claim_id in tuples(case["members"], "mention_id", "claim_id"):
        mention = mentions.get(mention_id)
        if mention is not None and mention["stance"] == "denies":
            own = {outlet_of.get(mention["article_id"], "") or str(mention["article_id"])}
            out.setdefault(claim_id, set()).update(set(voices.get(mention_id, {}).values()) or own)
    return out
