"""Who published a text: from what is known of the file, then from what the page says about itself; never from whom the story is about."""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from tracker.parse.layout import TITLE, Layout
from tracker.registry import Registry
from tracker.text import slug, straight

Found = tuple[str, str]
"""An outlet's id and how it was found: ("kyiv-post", "handle"); ("", "") when unknown."""

UNKNOWN: Final[Found] = ("", "")
# Hosts on which many publish: their address does not say who.
_SHARED_HOSTS: Final = frozenset(
    "facebook.com instagram.com t.me telegram.me twitter.com x.com youtube.com youtu.be reddit.com medium.com substack.com wordpress.com blogspot.com "
    "google.com "
    "archive.org archive.is archive.ph archive.today localhost github.com dropbox.com pastebin.com tumblr.com linkedin.com vk.com".split())
_ARCHIVED: Final = re.compile(r"^https?://(?:web\.archive\.org/web/\w+/|archive\.(?:is|ph|today)/\w+/)(https?://.+)$", re.IGNORECASE)
_REPUBLISHED: Final = tuple(re.compile(rf"\b(?:{phrase})\s+(?P<who>.{{2,60}})", re.IGNORECASE) for phrase in (
    r"read (?:the )?(?:full|whole|original|entire|complete) (?:article|story|text|report) (?:at|on|in)",
    r"(?:originally|first) (?:appeared|published) (?:on|in|at|by)",
    r"republished (?:from|with (?:the )?permission (?:of|from))", r"the post .{3,200} appeared first on"))
_HANDLE: Final = re.compile(r"(?<![\w@.])@(\w{2,30})|(?:t\.me|twitter\.com|x\.com|facebook\.com|instagram\.com)/(?:s/)?([\w.]{2,40})", re.IGNORECASE)
_FOLLOW: Final = re.compile(r"\b(?:follow (?:us|our)|our (?:coverage|channel|telegram|twitter|page|account)|join (?:us|our)|subscribe to our|find us)\b",
    re.IGNORECASE)
# The outlet speaks of itself: "The Herald could not verify", "X has not been able to confirm", "X was unable to independently".
_VERIFY: Final = re.compile(
    r"\b(?:could|can|did|has|have|had|was|is|were)(?:\s?n[o'’]t|not)?(?: (?:not|yet|been|able|unable|to|independently|immediately|itself|so|far)){0,7}"
    r" (?:verif(?:y|ied)|confirm(?:ed)?|corroborated?|authenticated?|reach(?:ed)?)\b"
    r"|\b(?:has|have) (?:reached out to|contacted|asked) .{3,60} for (?:a )?comment\b", re.IGNORECASE)
_NEGATED: Final = re.compile(r"\b(?:not|n[’']t|unable|cannot)\b|n[’']t\b|for (?:a )?comment", re.IGNORECASE)
_BY_OUTLET: Final = re.compile(r"[,|/–—]|\s-\s|\b(?:for|of)\b")


def outlet_of(given: Mapping[str, str], metadata: Mapping[str, str], layout: Layout, registry: Registry) -> Found:
    """The outlet by the strongest kind of cue that speaks; two outlets by cues of one kind make it unknown.

    `given` holds what manifest, front matter or columns say, `metadata` what the markup says, both with the keys outlet, url, byline, handle.
    """
    named = given.get("outlet", "")
    if named:
        return _named(named, registry), "manifest"
    by_address = _by_address([given.get("url", ""), metadata.get("url", "")], registry)
    site = metadata.get("outlet", "")
    if by_address and (registry.by_url(given.get("url", "")) or registry.by_url(metadata.get("url", "")) or not site):
        return by_address, "url"
    if site:
        return _named(site, registry), "metadata"
    return _from_text(given, metadata, layout, registry)


def _from_text(given: Mapping[str, str], metadata: Mapping[str, str], layout: Layout, registry: Registry) -> Found:
    """Cues of the printed page, strongest kind first."""
    cues = {
        "handle": _handles(metadata, layout, registry),
        "republication line": _republished(layout, registry),
        "copyright line": _copyright(layout, registry),
        "alias in header": _header(layout, registry),
        "self-reference": _self(layout, registry),
        "byline": _bylines([given.get("byline", ""), metadata.get("byline", "")], layout, registry),
    }
    for how, found in cues.items():
        outlets = sorted({o for o in found if o})
        if len(outlets) == 1:
            return outlets[0], how
        if outlets:
            return UNKNOWN
    return UNKNOWN


def _named(name: str, registry: Registry) -> str:
    """An outlet's id from an id, a name or an address; the slug of a name nobody registered."""
    return name if registry.knows(name) else registry.by_name(name) or registry.by_url(name) or slug(name)


def _by_address(urls: Sequence[str], registry: Registry) -> str:
    """The outlet of the first address that has one; an unregistered host stands for itself."""
    urls = [m[1] if (m := _ARCHIVED.match(u[:2000])) else u[:2000] for u in urls if u]
    return next((o for o in map(registry.by_url, urls) if o), "") or next((h for h in map(_host, urls) if h), "")


def _host(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "") if url.startswith(("http://", "https://")) else ""
    except ValueError:
        return ""
    host = re.sub(r"^(?:www\d?|m|mobile|amp|edition|en|eng|english)\.", "", host.lower())
    if "." not in host or any(host == s or host.endswith("." + s) for s in _SHARED_HOSTS) or re.fullmatch(r"[\d.]+", host):
        return ""
    return slug(host)


def _press(outlet_id: str, registry: Registry) -> str:
    """The outlet, if it is of a kind that publishes articles."""
    return outlet_id if registry.kind(outlet_id) not in {"official", "company", "party", "social"} else ""


def _handles(metadata: Mapping[str, str], layout: Layout, registry: Registry) -> Iterator[str]:
    """Accounts in the page's own prompts: "Follow our coverage on the @..."."""
    yield registry.by_handle(metadata.get("handle", ""))
    for line, kind in zip(layout.lines, layout.kinds, strict=True):
        if kind in {"prompt", "link"} and (kind == "link" or _FOLLOW.search(line.text)):
            yield from (_press(registry.by_handle(a or b), registry) for a, b in _HANDLE.findall(line.text[:700]))


def _republished(layout: Layout, registry: Registry) -> Iterator[str]:
    for line in layout.lines:
        tail = straight(line.text[-400:])
        for found in (m for p in _REPUBLISHED for m in p.finditer(tail)):
            yield _press(_leading_name(found["who"], registry), registry)


def _leading_name(text: str, registry: Registry) -> str:
    """The outlet that a phrase starts with: an address or a name."""
    word = re.match(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,10})\b", text, re.IGNORECASE)
    names = [o for start, _, o in registry.find_names(text) if not text[:start].strip(" \"'")]
    return (registry.by_url(word[1].lower()) if word else "") or (names[0] if names else "")


def _copyright(layout: Layout, registry: Registry) -> Iterator[str]:
    """Owners in copyright lines; an agency there owns the wire copy, not the page."""
    for line, kind in zip(layout.lines, layout.kinds, strict=True):
        if kind == "copyright":
            hosts = [registry.by_url(h.lower()) for h in re.findall(r"(?:[\w-]+\.)+[a-z]{2,10}\b", line.text[:400], re.IGNORECASE)]
            found = {o for o in hosts if o} or {o for _, _, o in registry.find_names(line.text[:400])}
            yield from (_press(o, registry) for o in found if registry.kind(o) != "agency")


def _header(layout: Layout, registry: Registry) -> Iterator[str]:
    """Mastheads above the story, and an outlet's name after the title ("... | The Herald")."""
    for line, kind in zip(layout.lines[: layout.body], layout.kinds[: layout.body], strict=True):
        if kind == "masthead":
            yield _not_agency(registry.by_name(line.text.strip("|-–—•* ")), registry)
        elif kind in {"byline", "stamp", "label"} or kind == TITLE:
            parts = re.split(r"\s+[|–—•·-]\s+", line.text[:300])
            yield from (_not_agency(registry.by_name(p), registry) for p in parts[1:] if len(p.split()) <= 6)


def _not_agency(outlet_id: str, registry: Registry) -> str:
    return "" if registry.kind(outlet_id) == "agency" else _press(outlet_id, registry)


def _self(layout: Layout, registry: Registry) -> Iterator[str]:
    """Outlets that say of themselves that they could not verify or reach someone."""
    for line, kind in zip(layout.lines, layout.kinds, strict=True):
        if kind:
            continue
        for found in _VERIFY.finditer(line.text):
            if not _NEGATED.search(found.group()):
                continue
            before = line.text[max(0, found.start() - 60): found.start()]
            names = [(end, o) for _, end, o in registry.find_names(before) if not before[end:].strip(" ,’'")]
            yield from (_press(o, registry) for _, o in names[-1:])


def _bylines(bylines: Sequence[str], layout: Layout, registry: Registry) -> Iterator[str]:
    """Outlets after a writer's name: "By Ann Lee, The Herald"."""
    printed = [line.text for line, kind in zip(layout.lines[: layout.body], layout.kinds[: layout.body], strict=True) if kind == "byline"]
    for byline in (*bylines, *printed):
        parts = _BY_OUTLET.split(byline[:200])
        yield from (_not_agency(registry.by_name(p.strip()), registry) for p in parts[1:] if p.strip())
