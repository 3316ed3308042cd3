"""Whom a personal pronoun stands for: how often the name put for "he", "she", "him", "her" or "his" is right.

    python benchmarks/pronouns.py TREEBANK.conllu.gz ... [--least P]

TREEBANK: CoNLL-U with entities in the last column ("Entity=(3-person-new-...", as GUM gives them), documents opened by "# newdoc id". A pronoun counts
as told if it is given a name, and as right if a proper noun of the gold's entity bears that name. Recall is over the pronouns whose entity is named
somewhere in the text. By kind of text, which is the second part of a document's id ("GUM_news_..."). The shipped weights were fitted on the treebank's
own development data: figures for other text are the folds of `training/fit_pronouns.py`.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tracker.extract.antecedents import SEX, SURE, Antecedents
from tracker.extract.people import Directory
from tracker.extract.reading import Page, read_page
from tracker.language import load_parser
from tracker.pipeline import load_registry
from tracker.text import fold

_ENTITY = re.compile(r"\((\d+)-[^()]*(\)?)|(\d+)\)")


@dataclass(slots=True)
class Told:
    """A document with its entities: spans of their mentions, pronouns among them, and offsets of proper nouns."""

    name: str
    text: str = ""
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    names: list[tuple[int, str]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of text: "news" of "GUM_news_flag"."""
        return self.name.split("_")[1] if "_" in self.name else ""

    def entity(self, start: int) -> str:
        """The entity of the smallest mention round this offset, "" where there is none."""
        return min(((b - a, e) for a, b, e in self.spans if a <= start < b), default=(0, ""))[1]

    def names_of(self, entity: str) -> set[str]:
        """Folded proper nouns inside the mentions of an entity."""
        return {fold(w) for a, b, e in self.spans if e == entity for at, w in self.names if a <= at < b}


def read_told(path: Path) -> list[Told]:
    """The documents of a treebank as running text, with entities by offset."""
    out: list[Told] = []
    opened: dict[str, list[int]] = {}
    gap = ""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                out.append(Told(line.split("=")[1].strip()))
                opened, gap = {}, ""
            elif line.startswith("# newpar") and "block" not in line:
                gap = "\n\n" if out[-1].text else ""
            elif line[:1].isdigit():
                gap = _read_token(out[-1], line.rstrip("\n").split("\t"), gap, opened)
            elif not line.strip() and out:
                gap = gap or " "
    return out


def _read_token(doc: Told, columns: list[str], gap: str, opened: dict[str, list[int]]) -> str:
    """Append one token; returns what is printed before the next one. A contraction is printed by its parts."""
    if not columns[0].isdigit():
        return gap
    start = len(doc.text) + len(gap)
    doc.text += gap + columns[1]
    notes = dict(n.split("=", 1) for n in columns[9].split("|") if "=" in n)
    if columns[4].startswith("NNP"):
        doc.names.append((start, columns[1]))
    for entity, closed, ends in _ENTITY.findall(notes.get("Entity", "")):
        if ends:
            doc.spans.append((opened[ends].pop(), len(doc.text), ends))
        elif closed:
            doc.spans.append((start, len(doc.text), entity))
        else:
            opened.setdefault(entity, []).append(start)
    return "" if notes.get("SpaceAfter") == "No" else " "


def pronouns_of(doc: Told, page: Page) -> Iterator[tuple[int, str]]:
    """Offset and entity of every pronoun that the tracker reads and the gold marks."""
    for place in page.places:
        tree = place.tree
        for n in range(len(tree)):
            start, end = tree.parsed.starts[n], tree.parsed.ends[n]
            entity = next((e for a, b, e in doc.spans if (a, b) == (start, end)), "")
            if entity and tree.tags[n] in {"PRP", "PRP$"} and tree.lower[n] in SEX:
                yield start, entity


def count(doc: Told, page: Page, directory: Directory, found: Antecedents, least: float) -> Counter[str]:
    """How many pronouns there are, have a named person, are given a name, and are given the right one."""
    out: Counter[str] = Counter()
    for start, entity in pronouns_of(doc, page):
        names = doc.names_of(entity)
        somebody = found.whom(start, least)
        given = {somebody.key} if somebody is not None and somebody.key else set()
        if given and somebody is not None and somebody.key in directory.people:
            given |= set(fold(directory.people[somebody.key].name).split())
        out.update(pronouns=1, named=int(bool(names)), given=int(bool(given)), right=int(bool(given & names)))
    return out


def shown(kinds: Mapping[str, Counter[str]], only: Iterable[str]) -> str:
    """One line of figures over some kinds of text."""
    total = sum((kinds.get(k, Counter()) for k in only), Counter[str]())
    precision, recall = total["right"] / max(1, total["given"]), total["right"] / max(1, total["named"])
    return f"{total['pronouns']:6} pronouns, {total['named']} with a name, {total['given']} told: precision {precision:.3f}, recall {recall:.3f}"


def main() -> None:
    """Read, resolve, count."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("treebanks", type=Path, nargs="+")
    asked.add_argument("--least", type=float, default=SURE)
    args = asked.parse_args()
    parser, registry = load_parser(), load_registry()
    kinds: dict[str, Counter[str]] = {}
    for doc in (d for path in args.treebanks for d in read_told(path)):
        page = read_page(doc.text, parser)
        directory = Directory([p.tree for p in page.places], registry, page.quotes)
        kinds.setdefault(doc.kind, Counter()).update(count(doc, page, directory, directory.antecedents, args.least))
    for kind in sorted(kinds):
        print(f"{kind:14}", shown(kinds, [kind]))
    print(f"{'all':14}", shown(kinds, kinds))


if __name__ == "__main__":
    main()
