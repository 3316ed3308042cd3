"""Credited voices made the same across articles: one id for one person, body, outlet or document; unnamed voices stay apart by article."""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from tracker.ids import content_id
from tracker.registry import Registry
from tracker.tables import conform, lookup, tuples
from tracker.text import fold, slug
from tracker.trace.names import body_clusters, person_clusters, word_set

SPOKES = re.compile(r"\bspokes(?:man|woman|person|people)\b|\brepresentatives?\b|\bpress secretary\b|\bpress office\b", re.IGNORECASE)
APART = re.compile(r"\b(?:another|separate|second|different)\b", re.IGNORECASE)
_LOOSE = word_set("a an the his her its their our some several many more most multiple of other one two three four five six seven eight nine ten dozen dozens "
                   "various certain single at least few both all any no who that and or")

Row = dict[str, Any]

_LOOKED_AT = ("speaker_kind", "speaker", "speaker_outlet_id", "affiliation", "number", "detail")
"""What a voice's name follows from: rows that agree in it are looked at once."""


def resolve_voices(attributions: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """The attributions with speaker_id the same for the same party everywhere and speaker_outlet_id filled; each merge says why in `detail`.

    Persons agree in surname (spelling variants of other scripts are one) and in given name; a name that fits two persons is merged with neither.
    An unnamed voice is one voice only inside its article; a body's unnamed spokesman is the body's voice.
    """
    printed = list(tuples(attributions, *_LOOKED_AT))
    distinct: dict[tuple[Any, ...], Row] = {key: dict(zip(_LOOKED_AT, key, strict=True)) for key in dict.fromkeys(printed)}
    article_of = lookup(mentions, "mention_id", "article_id")
    homes = [article_of.get(m, "") for m in attributions["mention_id"].tolist()]
    outlets = set(articles["outlet_id"].tolist()) - {""}
    rows = distinct.values()
    _settle_kinds(rows, registry, outlets)
    persons = person_clusters([r["speaker"] for r in rows if r["speaker_kind"] == "person"])
    bodies = body_clusters([*(r["speaker"] for r in rows if r["speaker_kind"] == "body"), *(r["affiliation"] for r in rows if speaks_for(r))])
    _spread_outlets(rows, bodies)
    for row in rows:
        _name_voice(row, persons, bodies, registry)
    named = [distinct[key] for key in printed]
    unnamed = _unnamed_clusters((home, row["speaker"]) for home, row in zip(homes, named, strict=True) if row["speaker_kind"] == "unnamed")
    ids = [row["speaker_id"] or unnamed[home, row["speaker"]] for home, row in zip(homes, named, strict=True)]
    settled = {"speaker_id": ids, **{c: [row[c] for row in named] for c in ("speaker_outlet_id", "detail")}}
    return conform("attributions", attributions.assign(**settled))


def _settle_kinds(rows: Iterable[Row], registry: Registry, outlets: set[str]) -> None:
    """Outlets and registered bodies get their outlet id; nothing else changes kind."""
    known: dict[str, str] = {}
    for row in rows:
        if row["speaker_kind"] in {"outlet", "body"} and not row["speaker_outlet_id"]:
            speaker = row["speaker"]
            if speaker not in known:
                known[speaker] = registry.by_name(speaker) or (short if (short := slug(speaker)) in outlets else "")
            row["speaker_outlet_id"] = known[speaker]


def _spread_outlets(rows: Iterable[Row], bodies: Mapping[str, str]) -> None:
    """A body known to the registry under one of its printed names is known under all of them ("FWS" beside the name in full)."""
    rows = [r for r in rows if r["speaker_kind"] == "body"]
    known: dict[str, set[str]] = {}
    for row in rows:
        if row["speaker_outlet_id"]:
            known.setdefault(bodies[row["speaker"]], set()).add(row["speaker_outlet_id"])
    for row in rows:
        found = known.get(bodies[row["speaker"]], set())
        if not row["speaker_outlet_id"] and len(found) == 1:
            row["speaker_outlet_id"] = min(found)


def speaks_for(hop: Mapping[str, Any]) -> bool:
    """The voice is a body's unnamed spokesman or representative: what he says the body says."""
    return bool(hop["speaker_kind"] == "unnamed" and hop["affiliation"] and hop["number"] <= 1 and SPOKES.search(hop["speaker"]))


def _name_voice(row: Row, persons: Mapping[str, str], bodies: Mapping[str, str], registry: Registry) -> None:
    """Fill in speaker_id, which stays "" for a voice that is one voice only inside its article, and what goes with it."""
    kind, speaker = row["speaker_kind"], row["speaker"]
    if row["speaker_outlet_id"]:
        row["speaker_id"] = _voice_id("outlet", row["speaker_outlet_id"])
        known = registry.name(row["speaker_outlet_id"])
        if known and fold(known) != fold(speaker):
            _because(row, f"{speaker} is {known} in the registry")
    elif kind == "person":
        row["speaker_id"] = _voice_id("person", persons[speaker])
        if persons[speaker] != speaker:
            _because(row, f"the same person as {persons[speaker]}: surname and given name agree")
    elif kind == "body":
        row["speaker_id"] = _voice_id("body", bodies[speaker])
        if bodies[speaker] != speaker:
            _because(row, f"the same body as {bodies[speaker]}")
    elif speaks_for(row):
        outlet_id = registry.by_name(row["affiliation"])
        row["speaker_id"] = _voice_id("outlet", outlet_id) if outlet_id else _voice_id("body", bodies[row["affiliation"]])
        row["speaker_outlet_id"] = outlet_id
        _because(row, f"speaks for {row['affiliation']}")
    elif kind == "unnamed":
        row["speaker_id"] = ""
    else:
        row["speaker_id"] = _voice_id(kind, " ".join(bare_words(speaker)))


@lru_cache(maxsize=100_000)
def _voice_id(*parts: str) -> str:
    return content_id("s", *parts)


def _because(row: Row, reason: str) -> None:
    if reason not in row["detail"]:
        row["detail"] = f"{row['detail']}; {reason}" if row["detail"] else reason


@lru_cache(maxsize=100_000)
def bare_words(description: str) -> tuple[str, ...]:
    """Words of a description without articles, counts and possessives."""
    return tuple(w for w in re.findall(r"[^\W_]+", fold(description).replace("'s ", " ")) if w not in _LOOSE)


def _unnamed_clusters(said: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(article, description) to a voice id: inside an article "prosecutors" and "prosecutors working for the agency" are the same people."""
    heard: dict[str, set[str]] = {}
    for article_id, description in said:
        heard.setdefault(article_id, set()).add(description)
    out: dict[tuple[str, str], str] = {}
    for article_id, descriptions in sorted(heard.items()):
        groups: list[list[str]] = []
        for text in sorted(descriptions, key=lambda d: (-len(bare_words(d)), d)):
            fitting = [g for g in groups if not APART.search(text) and not APART.search(g[0]) and _within(text, g[0])]
            if len(fitting) == 1:
                fitting[0].append(text)
            else:
                groups.append([text])
        out.update({(article_id, d): content_id("s", "unnamed", article_id, g[0]) for g in groups for d in g})
    return out


def _within(short: str, long: str) -> bool:
    """Every telling word of the shorter description stands in the longer."""
    a, b = bare_words(short), bare_words(long)
    return bool(a) and {_singular(w) for w in a} <= {_singular(w) for w in b}


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
