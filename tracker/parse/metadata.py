"""What a page's markup says about it: JSON-LD, OpenGraph, meta, <time>, <link rel=canonical>."""
from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tracker.parse.stamps import NONE, Stamp, read_stamp
from tracker.text import safe, squeeze

_ARTICLE: Final = re.compile(r"(?:Article|Blog|Posting|Report)$|^(?:Web|Item)Page$")  # NewsArticle, ReportageNewsArticle, LiveBlogPosting, ...
_META: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("og:title", "twitter:title", "dc.title", "headline", "parsely-title", "sailthru.title"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher", "twitter:site:name", "al:ios:app_name"),
    "url": ("og:url", "twitter:url", "parsely-link"),
    "published": ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date",
                  "dcterms.created", "pubdate", "publishdate", "publish-date", "publication_date", "date.created", "cxenseparse:recs:publishtime",
                  "article.published", "date"),
    "byline": ("author", "article:author", "og:article:author", "byl", "dc.creator", "parsely-author", "sailthru.author", "cxenseparse:author"),
    "handle": ("twitter:site",),
}
_BLOCKS: Final = 20  # JSON-LD blocks looked at; pages have one to five
_NODES: Final = 2_000  # values visited in them
_VALUE: Final = 1_000  # characters of one value


def read_metadata(tree: Any) -> dict[str, str]:
    """Title, outlet, url, byline, handle and published (with published_grain) of a parsed page; what the page does not say is left out."""
    linked, meta = _json_ld(tree), _meta(tree)
    out = {key: next((v for v in (linked.get(key, ""), meta.get(key, "")) if v), "") for key in ("title", "byline", "url")}
    out["outlet"] = meta.get("outlet", "") or linked.get("outlet", "")
    out["handle"] = meta.get("handle", "") if meta.get("handle", "").startswith("@") else ""
    canonical = [str(a.get("href") or "") for a in tree.iterfind(".//link") if str(a.get("rel") or "").lower() == "canonical"]
    out["url"] = next((u for u in (*canonical, out["url"]) if u.startswith(("http://", "https://"))), "")
    out["title"] = out["title"] or _heading(tree)
    if re.match(r"https?://", out["byline"]):
        out["byline"] = ""  # article:author is often the address of a profile
    stamp = next((s for s in map(read_stamp, (linked.get("published", ""), meta.get("published", ""))) if s[0]), NONE)
    stamp = stamp if stamp[0] else _time(tree)
    out["published"], out["published_grain"] = stamp
    return {key: value for key, value in out.items() if value}


def _clean(value: object) -> str:
    return squeeze(safe(str(value)[:_VALUE]))


def _meta(tree: Any) -> dict[str, str]:
    """Values of <meta> by our names; of several spellings the first listed wins, and of one the first in the page."""
    seen: dict[str, str] = {}
    for tag in tree.iterfind(".//meta"):
        name = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        content = _clean(tag.get("content") or "")
        if name and content:
            seen.setdefault(name, content)
    return {ours: next((seen[t] for t in theirs if t in seen), "") for ours, theirs in _META.items()}


def _json_ld(tree: Any) -> dict[str, str]:
    """Values of the first article in the page's JSON-LD."""
    scripts = [s for s in tree.iterfind(".//script") if "ld+json" in str(s.get("type") or "").lower()]
    for script in scripts[:_BLOCKS]:
        try:
            data = json.loads((script.text or "").strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _articles(data):
            return {"title": _name(node.get("headline") or node.get("name")), "byline": _name(node.get("author") or node.get("creator")),
                    "outlet": _name(node.get("publisher")), "url": _name(node.get("url") or node.get("mainEntityOfPage")),
                    "published": _name(node.get("datePublished") or node.get("dateCreated"))}
    return {}


def _articles(data: Any) -> Iterator[Mapping[str, Any]]:
    """Objects of an article type, outermost first."""
    queue, left = [data], _NODES
    while queue and left:
        node, left = queue.pop(0), left - 1
        if isinstance(node, list):
            queue += node[:200]
        elif isinstance(node, Mapping):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(k, str) and _ARTICLE.search(k) for k in kinds) and (node.get("headline") or node.get("datePublished")):
                yield node
            queue += [v for v in node.values() if isinstance(v, list | Mapping)]


def _name(value: Any) -> str:
    """A value as text: names of people joined, things by their name or address."""
    if isinstance(value, list):
        return ", ".join(n for n in map(_name, value[:10]) if n)[:_VALUE]
    if isinstance(value, Mapping):
        return next((_clean(v) for v in (value.get(k) for k in ("name", "@id", "url")) if isinstance(v, str) and v.strip()), "")
    return _clean(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _heading(tree: Any) -> str:
    """The page's only <h1>, or its <title> without the site's name."""
    heads = [_clean("".join(h.itertext())) for h in tree.iterfind(".//h1")]
    heads = [h for h in heads if h]
    if len(heads) == 1:
        return heads[0]
    title = next((_clean("".join(t.itertext())) for t in tree.iterfind(".//title")), "")
    parts = re.split(r"\s+[|–—»·]\s+|\s+-\s+", title)
    return max(parts, key=len) if parts else ""


def _time(tree: Any) -> Stamp:
    """The first <time> that says it is the publication's, or the only one of the page."""
    times = [t for t in tree.iterfind(".//time") if t.get("datetime")]
    told = [t for t in times if t.get("pubdate") is not None or "publish" in f"{t.get('itemprop')} {t.get('class')} {t.get('id')}".lower()]
    chosen = told[:1] or (times if len({t.get("datetime") for t in times}) == 1 else [])
    return read_stamp(str(chosen[0].get("datetime"))) if chosen else NONE
