"""Checking an evidence ledger against the articles: are the files still those that were sealed, and does each quote stand where it stood? Pure."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tracker.export.anchors import anchor
from tracker.export.chain import Fault, Record
from tracker.export.records import given_digest
from tracker.export.verify import FAULTS, Checked
from tracker.ids import digest

SEARCHED: Final = 2_000_000_000  # characters gone through for quotes out of place; about 2 s

Document = Mapping[str, Any]


@dataclass
class _Pile:
    """What lies there now: documents by path, reasons of unread items, and faults found so far."""

    documents: dict[str, Document]
    unread: Mapping[str, str]
    text_of: Callable[[Document], str]
    faults: list[Fault] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    changed: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    manifests: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    searched: int = 0

    def tell(self, line: int, record: str, what: str) -> None:
        self.faults.append(Fault(line, record, what))


def check_articles(ledger: Checked, documents: Iterable[Document], unread: Mapping[str, str], text_of: Callable[[Document], str]) -> tuple[list[Fault], int]:
    """What differs between the ledger and the files there now, and how many quotes were looked up.

    `documents` are rows of the table, `unread` the reasons of what could not be read by item, `text_of` gives the text of a document's article.
    """
    pile = _Pile({d["path"]: d for d in documents}, unread, text_of)
    articles = list(ledger.records("article"))
    asides = list(ledger.records("aside"))
    pile.known = {a["file"] for _, a in articles} | {a["id"] for _, a in asides}
    texts: dict[str, str] = {}
    for line, article in articles:
        document = _find(pile, line, article)
        if document:
            texts[article["id"]] = _compare_article(pile, line, article, document)
    for line, aside in asides:
        _compare_aside(pile, line, aside)
    _tell_changed(pile)
    count = 0
    for line, mention in ledger.records("mention"):
        if mention["target"]["source"] in texts and len(pile.faults) < FAULTS:
            count += 1
            _look_up(pile, line, mention, texts[mention["target"]["source"]])
    for name in sorted((set(pile.documents) | set(unread)) - pile.known):
        pile.tell(0, f"file {name}", "it is not in the ledger")
    if len(pile.faults) >= FAULTS:
        pile.tell(0, "", "so much differs that the rest is not listed")
    return pile.faults, count


def _find(pile: _Pile, line: int, article: Record) -> Document | None:
    """The document an article was made from, by its name, else the same bytes under another name."""
    name = article["file"]
    if name in pile.documents:
        return pile.documents[name]
    for path in sorted(set(pile.documents) - pile.known):
        other = pile.documents[path]
        if article["file_digest"] and other["file_digest"] == article["file_digest"] and digest(other["body"]) == article["body_digest"]:
            pile.tell(line, f"article {article['id']}", f"{name} is now called {path}")
            pile.known.add(path)
            return other
    reason = next((pile.unread[n] for n in (name, name.rpartition("#")[0]) if n in pile.unread), "")
    pile.tell(line, f"article {article['id']}", f"{name} cannot be read any more: {reason}" if reason else f"{name} is not there")
    return None


def _compare_article(pile: _Pile, line: int, article: Record, document: Document) -> str:
    """The text that is there now; what differs is told."""
    text, name, who = pile.text_of(document), article["file"], f"article {article['id']}"
    same_bytes = _compare_digests(pile, line, name, article, document)
    if digest(text) != article["text_digest"]:
        why = " though its bytes are the same: another version of the reader?" if same_bytes else ""
        pile.tell(line, who, f"the text of {name} is another ({len(text)} characters, {article['length']} when sealed){why}")
    elif len(text) != article["length"]:
        pile.tell(line, who, f"the text of {name} has {len(text)} characters, and the record says {article['length']}")
    if article["given_digest"] and given_digest(document) != article["given_digest"]:
        pile.tell(line, who, f"what the manifest, front matter or columns say about {name} has changed")
    return text


def _compare_digests(pile: _Pile, line: int, name: str, record: Record, document: Document) -> bool:
    """Gather files and manifests whose bytes differ; says whether the file's bytes are known and the same."""
    if record["file_digest"] and record["file_digest"] != document["file_digest"]:
        pile.changed[record["file_digest"], document["file_digest"]].append((line, name))
    if record["file_digest"] and record["manifest_digest"] != document["manifest_digest"]:
        pile.manifests[record["manifest_digest"], document["manifest_digest"]].append((line, name))
    return bool(record["file_digest"]) and record["file_digest"] == document["file_digest"]


def _compare_aside(pile: _Pile, line: int, aside: Record) -> None:
    name, who = aside["id"], f"aside {aside['id']}"[:120]
    document = pile.documents.get(name)
    if document is None:
        if aside["file_digest"] and name in pile.unread:
            pile.tell(line, who, f"it cannot be read any more: {pile.unread[name]}")
        elif name not in pile.unread:
            pile.tell(line, who, f"it was put aside when sealed ({aside['reason'][:80]}), and is not there" if aside["file_digest"]
                      else f"it could not be read when sealed ({aside['reason'][:80]}), and nothing is said of it now")
    elif aside["file_digest"]:
        _compare_digests(pile, line, name, aside, document)
    else:
        pile.tell(line, who, f"it could not be read when sealed ({aside['reason'][:80]}), and can be now")


def _tell_changed(pile: _Pile) -> None:
    """One fault a changed file or manifest, however many articles it holds."""
    for (_, now), found in pile.changed.items():
        line, name = found[0]
        rows = f" ({len(found)} articles)" if len(found) > 1 else ""
        pile.tell(line, f"file {name}", f"its bytes have changed{rows}: SHA-256 is now {now[:12]}...")
    for (_, now), found in pile.manifests.items():
        what = f"the bytes of its manifest have changed: SHA-256 is now {now[:12]}..." if now else "no manifest speaks of it any more"
        pile.tell(found[0][0], f"file {found[0][1]}", what + (f" (and of {len(found) - 1} more)" if len(found) > 1 else ""))


def _look_up(pile: _Pile, line: int, mention: Record, text: str) -> None:
    target = mention["target"]
    place = target["selector"][1]
    if text[place["start"]: place["end"]] != target["selector"][0]["exact"]:
        pile.searched += len(text)
        if pile.searched > SEARCHED:
            pile.tell(line, f"mention {mention['id']}", "the quote is not in its place; too many are not to look for each elsewhere")
            return
    what = anchor(text, target)
    if what:
        pile.tell(line, f"mention {mention['id']}", what)
