"""A web page to its text and metadata; the story by trafilatura, the rest by what the markup says."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from tracker.parse.metadata import read_metadata
from tracker.text import fold, safe, squeeze

_LATEST: Final = "2999-12-31"  # htmldate's bound is otherwise today: no clock here
_EARLIEST: Final = "1990-01-01"
_LATER: Final = re.compile(r"modif|updat|revis|expir", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """The story of a page as text, headline first, and what its markup says about it; `fault` tells why there is no story."""

    text: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    fault: str = ""


def read_page(markup: str, *, max_elements: int) -> Page:
    """The story and metadata of a page; the same page gives the same text whatever was read before it."""
    try:
        tree = _tree(markup)
        if tree is None:
            return Page(fault="nothing readable")
        if sum(1 for _ in zip(tree.iter(), range(max_elements + 1), strict=False)) > max_elements:
            return Page(fault="too big")
        metadata = read_metadata(tree)
        if "published" not in metadata:
            metadata |= _dated(tree)
        return Page(_with_title(_story(tree), metadata.get("title", "")), metadata)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, RecursionError, LookupError, MemoryError):
        return Page(fault="nothing readable")  # third parties trip over broken markup in many ways; one page must not end the run


def _tree(markup: str) -> Any:
    """The page as an lxml tree without what a reader does not see."""
    from lxml import etree, html

    bare = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup.replace("\x00", ""))
    if not bare.strip():
        return None
    try:
        tree = html.document_fromstring(bare, parser=html.HTMLParser(encoding=None, remove_comments=True, remove_pis=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and element.getparent() is not None and _hidden(element):
            element.drop_tree()
    return tree


def _hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(str(element.get("style") or "")[:500]))


def _story(tree: Any) -> str:
    """The story's paragraphs, a blank line between them."""
    from copy import deepcopy

    from trafilatura import bare_extraction

    found = bare_extraction(deepcopy(tree), include_comments=False, include_tables=False, include_images=False, include_links=False, include_formatting=False,
                            deduplicate=False, with_metadata=False)
    text = str((found.text if found is not None and not isinstance(found, dict) else "") or "")
    lines = [squeeze(safe(line)) for line in re.split(r"[\n\r\u2028\u2029]+", text)]
    return "\n\n".join(line for line in lines if line)


def _with_title(story: str, title: str) -> str:
    """The headline as the first line, as in a printed article; once."""
    first = story.partition("\n")[0]
    if not story or not title or fold(first) == fold(title):
        return story
    return f"{title}\n\n{story}"


def _dated(tree: Any) -> dict[str, str]:
    """A date of publication that stands in the markup where htmldate knows to look; its guesses from prose are not asked for."""
    from copy import deepcopy

    from htmldate import find_date

    bare = deepcopy(tree)
    for element in [*bare.iter("time"), *(m for m in bare.iter("meta") if _LATER.search(f"{m.get('property')} {m.get('name')} {m.get('itemprop')}"))]:
        element.drop_tree()  # times that told nothing before are those of other stories or of changes
    found = find_date(bare, extensive_search=False, original_date=True, outputformat="%Y-%m-%d", min_date=_EARLIEST, max_date=_LATEST)
    return {"published": found, "published_grain": "day"} if found else {}
