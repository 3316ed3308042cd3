"""The printed words behind an id: where they stood when somebody judged, and where they stand now.

A span is a W3C TextQuoteSelector (exact, prefix, suffix) and TextPositionSelector (start, end) with the article and its outlet.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from tracker.text import shared_start

AROUND: Final = 32  # characters of prefix and suffix; enough to tell two equal sentences of one article apart
NAME: Final = 300  # characters of a printed name that are kept
LONGEST: Final = 2000  # characters of the exact words that are kept; a mention is a clause or a sentence

Row = Mapping[str, Any]
Span = dict[str, Any]


def span_of_mention(mention: Row, article: Row) -> Span:
    """The span of a mention's quote; `article` is its row of table `articles`."""
    return _span("mention", article, int(mention["start"]), int(mention["end"]))


def span_of_voice(party: str, mention: Row, credit: Row | None, article: Row) -> Span:
    """The span of a mention that rests on a voice, with the party's id and the name that is printed ("" for the outlet's own reporting)."""
    name = str(credit["speaker"])[:NAME] if credit is not None else ""
    return {**_span("voice", article, int(mention["start"]), int(mention["end"])), "party": party, "name": name}


def _span(of: str, article: Row, start: int, end: int) -> Span:
    text = str(article["text"])
    return {"of": of, "article": article["article_id"], "outlet": article["outlet_id"], "start": start, "end": end, "exact": text[start:end][:LONGEST],
            "prefix": text[max(0, start - AROUND):start], "suffix": text[end:end + AROUND]}


def anchor(span: Row, texts: Mapping[str, str], outlets: Mapping[str, Iterable[str]]) -> tuple[str, int, int] | None:
    """(article id, start, end) of the words today; None when no article has them.

    In its own article the place counts, whoever changed the splitter; in another version of the article, at the same outlet, the words do, with
    what stood round them when they stand there more than once. `texts`: text by article id; `outlets`: article ids by outlet.
    """
    exact, article = str(span.get("exact", "")), str(span.get("article", ""))
    start, end = _whole(span.get("start")), _whole(span.get("end"))
    if not exact:
        return None
    if article in texts and texts[article][start:start + len(exact)] == exact:
        return article, start, max(end, start + len(exact))
    near = [article] if article in texts else []
    for other in [*near, *sorted(set(outlets.get(str(span.get("outlet", "")), ())) - {article})]:
        found = _find(texts[other], exact, str(span.get("prefix", "")), str(span.get("suffix", "")), start)
        if found >= 0:
            return other, found, found + len(exact)
    return None


def _find(text: str, exact: str, prefix: str, suffix: str, near: int) -> int:
    """Where the exact words stand: the place whose surroundings agree best, then the nearest to where they stood; -1 if nowhere."""
    best, at = (-1, 0, 0), text.find(exact)
    place = -1
    while at >= 0:
        alike = shared_start(text[max(0, at - AROUND):at][::-1], prefix[::-1]) + shared_start(text[at + len(exact):at + len(exact) + AROUND], suffix)
        rank = (alike, -abs(at - near), -at)
        if rank > best:
            best, place = rank, at
        at = text.find(exact, at + 1)
    return place


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0
