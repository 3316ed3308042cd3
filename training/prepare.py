"""Turn the treebanks into spaCy training files: one Doc a sentence, tags, lemmas, dependencies, named entities.

    python training/prepare.py TREEBANK_DIR -o training/made [--parsed training/made/parsed.jsonl]

TREEBANK_DIR holds {gum,ewt}_{train,dev}.conllu.gz (Universal Dependencies; EWT CC BY-SA 4.0, the GUM documents under CC BY and
CC BY-SA). GUM marks every referring expression; we keep those with a proper noun as head, cut to the name itself. EWT marks none,
so its entities are missing values, not negative examples. With --parsed, the sentences that a larger parser read (teach_parser.py) are learned from as well:
every gold sentence comes GOLD_TIMES, and of the parsed ones the share UNSURE stays away whose heads were least sure. Their lemmas and entities are missing
values.
"""
from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span

ENTITY_LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC", "time": "DATE"}
PROPER = {"NNP", "NNPS"}
INSIDE_NAMES = {"of", "for", "the", "and", "&", "-", "'s", "de", "al", "bin", "von", "van", "del", "la"}
NEWS_LIKE = re.compile(r"GUM_(news|interview|bio)_")

GOLD_TIMES, UNSURE = 2, 0.15  # set once and not tuned

Row = list[str]


def sentences(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """(document name, token rows) of each sentence of a CoNLL-U file."""
    doc, rows = "", []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                doc = line.split("=", 1)[1].strip()
            elif line[:1].isdigit():
                cells = line.rstrip("\n").split("\t")
                if "-" not in cells[0] and "." not in cells[0]:
                    rows.append(cells)
            elif not line.strip() and rows:
                yield doc, rows
                rows = []
    if rows:
        yield doc, rows


def mentions(rows: list[Row]) -> Iterator[tuple[int, int, str, int]]:
    """(start, end, type, head index) of each bracketed GUM mention that closes inside the sentence."""
    opened: list[tuple[str, int, str, str]] = []
    for at, row in enumerate(rows):
        found = re.search(r"Entity=([^|]+)", row[9])
        for bracket in re.findall(r"\([^()]+\)?|[^()]*\)", found.group(1)) if found else []:
            if bracket.startswith("("):
                parts = bracket.strip("()").split("-")
                opened.append((parts[0], at, parts[1], parts[5] if len(parts) > 5 else "1"))
                if not bracket.endswith(")"):
                    continue
                key = parts[0]
            else:
                key = bracket.strip(")")
            for place in range(len(opened) - 1, -1, -1):
                if opened[place][0] == key:
                    _, start, kind, heads = opened.pop(place)
                    first = re.match(r"\d+", heads)
                    yield start, at + 1, kind, start + int(first.group() if first else 1) - 1
                    break


def name_span(rows: list[Row], start: int, end: int, head: int) -> tuple[int, int] | None:
    """The run of proper nouns round the head, inside the mention; None when the head is not a name."""
    if head >= end or rows[head][4] not in PROPER:
        return None

    def belongs(at: int) -> bool:
        return rows[at][4] in PROPER or rows[at][1].lower() in INSIDE_NAMES or (rows[at][1][:1].isupper() and rows[at][4] in {"JJ", "NN", "NNS", "CD"})

    left = right = head
    while left > start and belongs(left - 1):
        left -= 1
    while right + 1 < end and belongs(right + 1):
        right += 1
    while left < head and rows[left][4] not in PROPER:
        left += 1
    while right > head and rows[right][4] not in PROPER:
        right -= 1
    return left, right + 1


def entities(rows: list[Row]) -> list[tuple[int, int, str]]:
    """Named entities, longest first, not overlapping."""
    found = []
    for start, end, kind, head in mentions(rows):
        span = name_span(rows, start, end, head)
        if span:
            found.append((*span, ENTITY_LABELS.get(kind, "MISC")))
    kept: list[tuple[int, int, str]] = []
    for span in sorted(set(found), key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= k[0] or span[0] >= k[1] for k in kept):
            kept.append(span)
    return sorted(kept)


def to_doc(nlp: spacy.Language, rows: list[Row], with_entities: bool) -> Doc:
    """One sentence as a gold Doc."""
    doc = Doc(
        nlp.vocab,
        words=[r[1] for r in rows],
        spaces=["SpaceAfter=No" not in r[9] for r in rows],
        tags=[r[4] for r in rows],
        lemmas=[r[2] for r in rows],
        heads=[int(r[6]) - 1 if r[6] != "0" else at for at, r in enumerate(rows)],
        deps=["ROOT" if r[6] == "0" else r[7] for r in rows],
        sent_starts=[at == 0 for at in range(len(rows))],
    )
    if with_entities:
        doc.set_ents([Span(doc, s, e, label=label) for s, e, label in entities(rows)], default="outside")
    else:
        doc.set_ents([], default="missing")
    return doc


def parsed_docs(nlp: spacy.Language, path: Path) -> Iterator[Doc]:
    """The sentences that teach_parser.py parsed, less the share that it was least sure of."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows.sort(key=lambda r: -float(r["sure"]))
    for row in rows[: round(len(rows) * (1 - UNSURE))]:
        heads = [at if head == 0 else head - 1 for at, head in enumerate(row["heads"])]
        deps = ["ROOT" if head == 0 else dep for head, dep in zip(row["heads"], row["deps"], strict=True)]
        starts = [at == 0 for at in range(len(heads))]
        doc = Doc(nlp.vocab, words=row["words"], spaces=row["spaces"], tags=row["tags"], heads=heads, deps=deps, sent_starts=starts)
        doc.set_ents([], default="missing")
        yield doc


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("treebanks", type=Path)
    ap.add_argument("-o", "--out", type=Path, required=True)
    ap.add_argument("--parsed", type=Path, help="sentences parsed by teach_parser.py to learn from as well")
    args = ap.parse_args()
    nlp = spacy.blank("en")
    args.out.mkdir(parents=True, exist_ok=True)
    for part in ("train", "dev"):
        every, news = DocBin(store_user_data=False), DocBin(store_user_data=False)
        for bank in ("gum", "ewt"):
            for name, rows in sentences(args.treebanks / f"{bank}_{part}.conllu.gz"):
                doc = to_doc(nlp, rows, bank == "gum")
                every.add(doc)
                if bank == "gum" and NEWS_LIKE.match(name):
                    news.add(doc)
        if part == "train" and args.parsed:
            gold = list(every.get_docs(nlp.vocab))
            every = DocBin(docs=[*gold * GOLD_TIMES, *parsed_docs(nlp, args.parsed)], store_user_data=False)
        every.to_disk(args.out / f"{part}.spacy")
        news.to_disk(args.out / f"{part}_news.spacy")
        print(part, len(every), "sentences,", len(news), "of GUM news, interview and bio")


if __name__ == "__main__":
    main()
