"""The table `documents` to the table `articles`: text, outlet, date, credits and furniture of each, and rejects for what is no article."""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from tracker.collector import no_collector
from tracker.ids import content_id, digest
from tracker.parse.credits import find_credits
from tracker.parse.english import is_english
from tracker.parse.furniture import find_furniture
from tracker.parse.layout import Layout, lay_out
from tracker.parse.lines import Span
from tracker.parse.outlets import outlet_of
from tracker.parse.page import read_page
from tracker.parse.prompts import BYLINE
from tracker.parse.repeats import find_repeats, fingerprint
from tracker.parse.stamps import NONE, Stamp, is_update, read_stamp, stamp_after, stamp_in, stamp_of_url
from tracker.registry import Registry
from tracker.settings import ReadSettings
from tracker.tables import dumps, make, records
from tracker.text import safe, shorten, squeeze

Row = dict[str, Any]
_ADVICE: Final = {
    "not English": "only English articles are read; leave it out or give a translation",
    "too short": "there is no story to read in so few words; give the whole article",
    "nothing readable": "no story was found on the page; save its text as .txt",
    "too big": "a page this large is not an article; cut it or save its text as .txt",
}
_TITLE: Final = 300  # characters of a title or byline that are kept


class _NoArticle(Exception):
    """A document holds no article; the text is the reason."""


def parse_articles(documents: pd.DataFrame, registry: Registry, *, settings: ReadSettings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Frames `articles` and `rejects` (stage "parse") of a frame `documents`; the order of the documents does not matter.

    The same article again at one outlet or one address is a reject that names the one kept: the one with more metadata, then the lowest id.
    The same text at another outlet stays, since it tells that one of them copied.
    """
    rows = records(documents)
    return settle_articles((parse_document(d, registry, settings=settings) for d in rows), settings=settings)


def parse_document(document: Mapping[str, Any], registry: Registry, *, settings: ReadSettings) -> Row:
    """One document by itself: {"article": its row, before it is held against the others} or {"reject": why it is none}; plain JSON values."""
    try:
        return {"article": _article(document, registry, settings)}
    except _NoArticle as error:
        return {"reject": _reject(str(document["path"]), str(error), _ADVICE[str(error)])}


@no_collector()
def settle_articles(parsed: Iterable[Mapping[str, Any]], *, settings: ReadSettings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Frames `articles` and `rejects` of what parse_document gave for each document: repeats left out, revisions told."""
    rows: list[Row] = []
    rejects = []
    for found in parsed:
        if "article" in found:
            rows.append(dict(found["article"]))
        else:
            rejects.append(found["reject"])
    stories = {row["article_id"]: _story(row["text"], json.loads(row["furniture"])) for row in rows}
    kept, again = _without_repeats(rows, stories, settings)
    return make("articles", kept), make("rejects", [*rejects, *again])


def _article(document: Mapping[str, Any], registry: Registry, settings: ReadSettings) -> Row:
    """One document's row; raises _NoArticle."""
    given: dict[str, Any] = json.loads(document["given"]) or {}
    text, metadata, offset = _text(document, given, settings)
    facts = metadata | {k: str(v) for k, v in given.items() if v and k != "text_from"}
    layout = lay_out(text, title=facts.get("title", ""), is_outlet=lambda phrase: bool(registry.by_name(phrase)))
    furniture = find_furniture(text, layout)
    story = _story(text, furniture)
    _check(text, story, settings)
    outlet_id, how = outlet_of({k: str(v) for k, v in given.items()}, metadata, layout, registry)
    url = facts.get("url", "")
    published, grain = _published(facts, given, layout, url)
    byline = shorten(safe(facts.get("byline", "")), _TITLE) or _byline(layout)
    prints = fingerprint(story)
    return {
        "article_id": content_id("a", outlet_id, url, text), "document_id": document["document_id"], "outlet_id": outlet_id, "outlet_how": how,
        "file": document["path"], "file_offset": offset, "url": url, "byline": byline,
        "title": shorten(safe(facts.get("title", "") or layout.title.lstrip("# ")), _TITLE),
        "credit": dumps(find_credits(layout, registry, byline=byline, outlet_id=outlet_id)), "published_at": published, "published_grain": grain, "lang": "en",
        "text": text, "text_digest": digest(text), "fingerprint": dumps(prints), "furniture": dumps([list(s) for s in furniture]), "prints": prints,
        "known": len([v for v in facts.values() if v]) + bool(outlet_id) + bool(published),
    }


def _text(document: Mapping[str, Any], given: Mapping[str, Any], settings: ReadSettings) -> tuple[str, dict[str, str], int]:
    """The text that offsets count in, the markup's metadata, and where the text stands in the file (-1: it was made)."""
    if document["media_type"] == "text/html":
        page = read_page(document["body"], max_elements=settings.max_elements)
        if page.fault or not page.text:
            raise _NoArticle(page.fault or "nothing readable")
        return page.text, page.metadata, -1
    start = given.get("text_from", 0)
    start = start if isinstance(start, int) else 0
    return document["body"][max(start, 0):], {}, start


def article_text(document: Mapping[str, Any], *, settings: ReadSettings) -> str:
    """The text that the article of a row of `documents` has, "" if it holds none: what every offset counts in."""
    try:
        return _text(document, json.loads(document["given"]) or {}, settings)[0]
    except _NoArticle:
        return ""


def _check(text: str, story: str, settings: ReadSettings) -> None:
    if text.count("\n") > settings.max_lines:
        raise _NoArticle("too big")
    if not is_english(story if story.strip() else text, share=settings.english_share):
        raise _NoArticle("not English" if any(c.isalpha() for c in text) else "nothing readable")
    if len(story.split()) < settings.min_words:
        raise _NoArticle("too short")


def _story(text: str, furniture: Iterable[Span]) -> str:
    parts, at = [], 0
    for start, end in furniture:
        parts.append(text[at:start])
        at = end
    return " ".join((*parts, text[at:]))


def _published(facts: Mapping[str, str], given: Mapping[str, Any], layout: Layout, url: str) -> Stamp:
    """When it was published: as given, as the markup says, as printed in a stamp, as the address has it."""
    stamp = read_stamp(str(given.get("published") or ""))
    if not stamp[0] and facts.get("published_grain"):
        stamp = facts["published"], facts["published_grain"]
    return next((s for s in (stamp, _printed(layout), stamp_of_url(url)) if s[0]), NONE)


def _printed(layout: Layout) -> Stamp:
    """The first stamp above the story, else the first below it; one of an update only if there is no other."""
    order = [*range(layout.body), *range(len(layout.lines) - 1, layout.body, -1)]
    later = NONE
    for n in order:
        line, kind = layout.lines[n], layout.kinds[n]
        stamp = stamp_in(line.text) if kind == "stamp" else stamp_after(line.text) if kind == "byline" else NONE
        if stamp[0] and not is_update(line.text):
            return stamp
        later = later if later[0] else stamp
    return later


def _byline(layout: Layout) -> str:
    """Who wrote it, from a line "By ..." above or right below the story."""
    for line, kind in zip(layout.lines, layout.kinds, strict=True):
        found = BYLINE.fullmatch(squeeze(line.text)) if kind == "byline" else None
        if found:
            return shorten(safe(found["who"]), _TITLE)
    return ""


def _without_repeats(rows: list[Row], stories: Mapping[str, str], settings: ReadSettings) -> tuple[list[Row], list[dict[str, str]]]:
    """Rows without the articles that are another one again, `revision_of` filled in, and rejects for those left out."""
    order = sorted(rows, key=lambda r: (-r["known"], r["article_id"], r["file"]))
    for rank, row in enumerate(order):
        row["rank"] = rank
    single: dict[str, Row] = {}
    rejects = []
    for row in order:
        first = single.setdefault(row["article_id"], row)
        if first is not row:
            rejects.append(_reject(row["file"], "repeat", f"the same article as {first['file']}, which was kept"))
    repeats, revisions = find_repeats(list(single.values()), stories, near=settings.near_copy, revised=settings.revision)
    rejects += [_reject(single[a]["file"], "repeat", f"the same article as {single[b]['file']}, which was kept") for a, b in repeats.items()]
    kept = [{k: v for k, v in row.items() if k not in {"prints", "known", "rank"}} | {"revision_of": _earlier(row, revisions, single)}
            for a, row in single.items() if a not in repeats]
    return kept, rejects


def _earlier(row: Row, revisions: Mapping[str, str], single: Mapping[str, Row]) -> str:
    """The version before this one; of two the later published is the revision, or the one named so by the order of ids when undated."""
    own = row["article_id"]
    pairs = [(b, a) if single[a]["published_at"] < single[b]["published_at"] else (a, b) for a, b in sorted(revisions.items())]
    return next((b for a, b in pairs if a == own), "")


def _reject(path: str, reason: str, advice: str) -> dict[str, str]:
    return {"stage": "parse", "item_id": path, "reason": reason, "detail": f"{path}: {advice}"}
