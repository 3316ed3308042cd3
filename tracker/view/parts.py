"""A case too large for one page, as pages by topic and an index of them."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from tracker.tables import Case, among
from tracker.text import squeeze
from tracker.view.evidence import plural
from tracker.view.graph import clean, rows
from tracker.view.page import THEMES, asset, policy, render_page

PAGE_CLAIMS = 10_000  # claims that one page holds: above, browsers take seconds to draw the first screen and mail refuses the file

Row = dict[str, Any]


def render_pages(case: Case, *, name: str = "graph", title: str = "", limit: int = PAGE_CLAIMS, **look: Any) -> list[tuple[str, str]]:
    """(file name, HTML) of the index and of a page for each part; equal cases give equal bytes. `look` goes to `render_page`.

    A part holds whole topics as long as they fit; a topic of more than `limit` claims, or claims without one, are cut by id.
    """
    parts = list(_parts(rows(case["claims"], "claim_id", "topic_id"), limit))
    heading = clean(title) or "What these claims rest on"
    pages, entries = [], []
    for n, (topics, ids) in enumerate(parts, 1):
        part, file = part_of(case, ids), f"{name}-{n:03}.html"
        label = ", ".join(topics[:6]) + (f" and {len(topics) - 6} more" if len(topics) > 6 else "")
        pages.append((file, render_page(part, title=f"{heading}: part {n} of {len(parts)}", **look)))
        low = part["claims"]["independent_min"]
        entries.append({"file": file, "label": label, "claims": len(ids), "three": int((low >= 3).sum()), "two": int((low == 2).sum()),
                        "one": int((low == 1).sum()), "echo": int(part["claims"]["echo"].sum()), "disputed": int(part["claims"]["disputed"].sum())})
    return [(f"{name}.html", _index(heading, entries, str(look.get("theme", "auto")))), *pages]


def part_of(case: Case, claim_ids: Sequence[str]) -> Case:
    """The tables of these claims alone."""
    ids = set(claim_ids)
    kept = {name: frame[among(frame["claim_id"], ids)] for name in ("claims", "members", "origins", "parties") for frame in [case[name]]}
    mentions = set(kept["members"]["mention_id"])
    kept |= {name: frame[among(frame["mention_id"], mentions)] for name in ("mentions", "attributions", "supports") for frame in [case[name]]}
    kept["articles"] = case["articles"][among(case["articles"]["article_id"], kept["mentions"]["article_id"].tolist())]
    kept["reasons"] = case["reasons"][among(case["reasons"]["subject_id"], ids)]
    return Case({"outlets": case["outlets"], **kept}, registry=case.registry)


def _parts(claims: Sequence[Row], limit: int) -> Iterator[tuple[list[str], list[str]]]:
    """Topics and claim ids of each part."""
    topics: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        topics[claim["topic_id"]].append(claim["claim_id"])
    names: list[str] = []
    ids: list[str] = []
    for topic in sorted(topics, key=lambda t: (not t, t)):
        label = squeeze(clean(topic)) or "no common topic"
        for at in range(0, len(topics[topic]), limit):
            piece = topics[topic][at: at + limit]
            if ids and len(ids) + len(piece) > limit:
                yield names, ids
                names, ids = [], []
            names, ids = [*names, label], [*ids, *piece]
    if ids:
        yield names, ids


def _index(title: str, entries: Sequence[Row], theme: str) -> str:
    style = asset("page.css")
    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(asset("index.html"))
    return str(page.render(title=title, entries=entries, theme=theme if theme in THEMES else "auto", style=Markup(style), policy=policy([], style),
                           total=plural(sum(e["claims"] for e in entries), "claim"), plural=plural))
