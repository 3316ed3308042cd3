"""A Case laid out for asking: rows by id, who prints and who says what, and the words in which answers name them."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from tracker.registry import Registry
from tracker.tables import TABLES, Case, listed, lookup, tuples
from tracker.text import safe, shorten, squeeze

Row = dict[str, Any]

LABEL = 90  # characters of a name or wording inside a sentence; more would hide the sentence
SAID = 5  # sentences or names listed before "and n more"


def rows(frame: pd.DataFrame, *columns: str) -> list[Row]:
    """The frame's rows, or these columns of them, as mappings of plain Python values."""
    names = list(columns) or [str(c) for c in frame.columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*(frame[n].tolist() for n in names), strict=True)]


def in_order(case: Case, name: str, *columns: str) -> list[Row]:
    """The rows of a table in order of its keys, whatever order the frame is in."""
    return rows(case[name].sort_values(list(TABLES[name].keys), kind="stable"), *columns)


def sheet(columns: Iterable[str], found: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows as a frame of plain values with exactly these columns; no text in it has a control character."""
    names = list(columns)
    return pd.DataFrame([[_clean(row[c]) for c in names] for row in found], columns=names, dtype=object)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return safe(value)
    return [_clean(v) for v in value] if isinstance(value, list) else value


def tidy(text: str) -> str:
    """A name or wording as part of a sentence: one short line without control characters."""
    return shorten(squeeze(safe(str(text))), LABEL)


def bounds(low: int, high: int) -> str:
    """An interval as people read it: "1", "1-2"."""
    return str(low) if low == high else f"{low}-{high}"


def plural(count: int | str, noun: str) -> str:
    """A count with its noun: "1 outlet", "2 outlets", "1-2 origins"."""
    return f"{count} {noun}" if str(count) == "1" else f"{count} {noun}s"


def counted(claim: Mapping[str, Any]) -> str:
    """Status with the apparent and the effective number: "single-origin: 3 outlets, 1 origin"."""
    return f"{claim['status']}: {plural(claim['n_outlets'], 'outlet')}, {plural(bounds(claim['independent_min'], claim['independent_max']), 'origin')}"


def said(sentences: Iterable[str], between: str = "; ") -> str:
    """Sentences in their order, each once, at most SAID of them."""
    found = list(dict.fromkeys(s for s in sentences if s))
    return between.join(found if len(found) <= SAID else [*found[:SAID], f"and {len(found) - SAID} more"])


class Ground:
    """One Case by ids: what answers are read from. Lists are in order of ids, so equal cases give equal answers."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.claims: dict[str, Row] = {c["claim_id"]: c for c in in_order(case, "claims")}
        wanted = ("article_id", "outlet_id", "file", "published_at", "revision_of", "title", "url")
        self.articles: dict[str, Row] = {a["article_id"]: a for a in in_order(case, "articles", *wanted)}
        kept = ("mention_id", "article_id", "start", "quote", "proposition", "stance", "hedge", "confirmed_max")
        self.mentions: dict[str, Row] = {m["mention_id"]: m for m in in_order(case, "mentions", *kept)}
        self.claim_of: dict[str, str] = lookup(case["members"], "mention_id", "claim_id")
        self.members: dict[str, list[str]] = defaultdict(list)
        for mention_id, claim_id in sorted(self.claim_of.items()):
            self.members[claim_id].append(mention_id)
        self.origins: dict[str, list[Row]] = defaultdict(list)
        for origin in in_order(case, "origins"):
            self.origins[origin["claim_id"]].append(origin)
        self.carried: dict[str, list[str]] = defaultdict(list)
        self.rests: dict[str, list[str]] = defaultdict(list)
        for mention_id, origin_id in sorted(tuples(case["supports"], "mention_id", "origin_id")):
            self.carried[origin_id].append(mention_id)
            self.rests[mention_id].append(origin_id)
        self.outlets: dict[str, Row] = {o["outlet_id"]: o for o in in_order(case, "outlets")}
        self.reasons: dict[str, list[tuple[str, str]]] = defaultdict(list)
        found = case["reasons"].sort_values(["subject_id", "measure", "rank"], kind="stable")
        for r in rows(found, "subject_kind", "subject_id", "measure", "part", "detail"):
            if r["subject_kind"] == "claim" and r["measure"] == "independence":
                self.reasons[r["subject_id"]].append((r["part"], r["detail"]))
        self._voices = _innermost(case)

    def day(self, mention_id: str) -> str:
        """The day on which a mention was printed; "" if unknown."""
        return str(self.articles.get(self.mentions[mention_id]["article_id"], {}).get("published_at", ""))[:10]

    def outlet_key(self, mention_id: str) -> str:
        """The outlet that prints a mention; an article of an unknown outlet stands for an outlet of its own."""
        article_id = str(self.mentions[mention_id]["article_id"])
        return str(self.articles.get(article_id, {}).get("outlet_id", "")) or article_id

    def outlet(self, mention_id: str) -> str:
        """What to call the outlet that prints a mention."""
        return self.outlet_name(self.outlet_key(mention_id))

    def outlet_name(self, key: str) -> str:
        """What to call an outlet, or the unknown outlet of an article."""
        if key in self.articles:
            return f"unknown outlet ({tidy(self.articles[key]['file'])})" if self.articles[key]["file"] else "unknown outlet"
        return tidy(self.outlets.get(key, {}).get("name") or key)

    def controller_name(self, controller_id: str) -> str:
        """What to call who stands behind outlets: by the registry that the articles were read with, else by the id."""
        registry = self.case.registry
        known = registry.name(controller_id) if isinstance(registry, Registry) else ""
        return tidy(known or controller_id[:1].upper() + controller_id[1:].replace("-", " "))

    def where(self, mention_id: str) -> str:
        """Outlet and day of a mention: "Courier, 2024-10-14"."""
        return f"{self.outlet(mention_id)}, {self.day(mention_id) or 'undated'}"

    def places(self, mention_ids: Iterable[str]) -> str:
        """Outlets and days of mentions, oldest first, undated last, each once."""
        return said((self.where(m) for m in sorted(mention_ids, key=self.when)), " and ")

    def when(self, mention_id: str) -> tuple[bool, str, str]:
        """Sorting key: by the article's date, undated last."""
        at = str(self.articles.get(self.mentions[mention_id]["article_id"], {}).get("published_at", ""))
        return not at, at, mention_id

    def voices(self, mention_id: str) -> list[str]:
        """Whom a mention credits innermost, one name a branch; nobody when it is the outlet's own reporting."""
        return [tidy(v) for v in self._voices.get(mention_id, [])]

    def said_by(self, mention_id: str) -> str:
        """Who says it and where: "Mara Quill (Courier, 2024-10-14)", or the outlet itself: "Courier, 2024-10-14"."""
        voices = said(self.voices(mention_id), " and ")
        return f"{voices} ({self.where(mention_id)})" if voices else self.where(mention_id)

    def speakers_of(self, origin: Mapping[str, Any]) -> list[str]:
        """Names that an origin was credited by."""
        return [tidy(str(s)) for s in listed(origin["speakers"])]


def _innermost(case: Case) -> dict[str, list[str]]:
    last: dict[tuple[str, int], str] = {}
    found = case["attributions"].sort_values(["mention_id", "branch", "hop"], kind="stable")
    for row in rows(found, "mention_id", "branch", "speaker"):
        last[row["mention_id"], row["branch"]] = row["speaker"]
    out: dict[str, list[str]] = defaultdict(list)
    for (mention_id, _), speaker in sorted(last.items()):
        out[mention_id].append(speaker)
    return dict(out)
