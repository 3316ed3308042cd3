"""Measure whether an article is told for wire copy, and of which agency (PolNeAR's format).

    python benchmarks/wire.py DATA.jsonl [...] [--misses]

DATA.jsonl holds article and text; beside it DATA.meta.jsonl holds article and wire (AP, UPI, AFP, Reuters, or None / NA). Only the text is read: no byline,
no address, no publisher. Measured three times: as printed; with dateline and credit lines cut from every other article; and, on those alone, what is left.
Then as copies: the wire articles lie in the pile under their agency, and every other one once more at a paper, credit cut and a third of its
paragraphs dropped (seeded). How many are found by their words, and how many of the other articles are taken for copies?
Wire copy is an article whose dateline, byline, closing line or copyright line names an agency, as the parse stage reads them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from pathlib import Path

import pandas as pd

from tracker.parse import parse_articles
from tracker.parse.credits import wire_of
from tracker.pipeline import load_registry
from tracker.settings import ReadSettings, TraceSettings
from tracker.tables import make
from tracker.trace.copies import copied_articles

NAMES = {"ap": "ap", "reuters": "reuters", "upi": "upi", "afp": "afp"}
_CUT = re.compile(  # written apart from the parse stage's patterns, so that one fault does not hide the other
    r"^[^\n]{0,60}?\((?:AP|Reuters|REUTERS|UPI|AFP)\)\s*[—–-]+\s*|^[ \t]*\([^()\n]*\b(?:Reporting|Writing|Editing|reporting) by[^\n]*\)?[.\s]*$"
    r"|\([^()\n]*\b(?:Reporting|Writing|Editing|reporting) by[^()\n]*\)\.?|^[^\n]*(?:Associated Press|Reuters|UPI|AFP)[^\n]{0,60}\bcontributed\b[^\n]*$",
    re.MULTILINE,
)


def read(paths: list[Path]) -> pd.DataFrame:
    """article, text, wire ("" for none)."""
    rows = []
    for path in paths:
        meta = {d["article"]: d for d in map(json.loads, path.with_suffix("").with_suffix(".meta.jsonl").read_text(encoding="utf-8").splitlines())}
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            rows.append({"article": row["article"], "text": row["text"], "wire": NAMES.get(meta[row["article"]]["wire"].lower(), "")})
    return pd.DataFrame(rows)


def wires(frame: pd.DataFrame) -> list[str]:
    """The agency of each text, "" for none."""
    documents = make("documents", [{"document_id": f"d-{n:06}", "path": a, "media_type": "text/plain", "body": t, "given": "{}"}
                                   for n, (a, t) in enumerate(zip(frame["article"], frame["text"], strict=True))])  # fmt: skip
    articles, _ = parse_articles(documents, load_registry(), settings=ReadSettings())
    found = {row["file"]: wire_of(json.loads(row["credit"] or "[]"), load_registry()) for row in articles.to_dict("records")}
    return [found.get(a, "") for a in frame["article"]]


def figures(name: str, frame: pd.DataFrame, got: list[str], *, misses: bool) -> None:
    """One line: F1 and accuracy of "is wire copy", and accuracy of the agency."""
    gold = frame["wire"].tolist()
    counts = Counter((bool(a), bool(b)) for a, b in zip(gold, got, strict=True))
    both, extra, missed = counts[True, True], counts[False, True], counts[True, False]
    f1 = 2 * both / max(1, 2 * both + extra + missed)
    right = sum(a == b for a, b in zip(gold, got, strict=True))
    told = f"F1 {f1:.3f} (missed {missed}, wrongly {extra})  accuracy, agency told {right / len(gold):.4f}"
    print(f"{name:34} articles {len(gold):4} wire {both + missed:3}  {told}")
    if misses:
        for article, a, b in zip(frame["article"], gold, got, strict=True):
            if a != b:
                print(f"    {article}: {a or 'none'} read as {b or 'none'}")


def figure_of_copies(frame: pd.DataFrame, bare: pd.Index) -> None:
    """One line: shortened copies found among all articles."""
    chance = random.Random(7)
    rows = [{"article_id": f"a-{n:04}", "outlet_id": r["wire"] or r["article"].partition("_")[0], "text": r["text"], "published_at": "2016-01-01"}
            for n, r in enumerate(frame.to_dict("records"))]  # fmt: skip
    copies = []
    for n in bare:
        if frame.loc[n, "wire"]:
            paragraphs = [p for p in _CUT.sub("", frame.loc[n, "text"]).split("\n\n") if chance.random() > 1 / 3]
            copies.append({"article_id": f"b-{n:04}", "outlet_id": "paper", "text": "\n\n".join(paragraphs), "published_at": "2016-01-02"})
    groups = copied_articles(pd.DataFrame([*rows, *copies]), TraceSettings())
    found = {a: g for a, (g, _) in groups.items()}
    right = sum(found.get(c["article_id"], "?") == found.get(c["article_id"].replace("b-", "a-"), "!") for c in copies)
    others = sorted(a for a in found if a.startswith("a-") and a.replace("a-", "b-") not in {c["article_id"] for c in copies})
    print(f"shortened copies, credit cut       copies {len(copies)}  found {right}  other articles called copies {len(others)}")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=Path, nargs="+")
    ap.add_argument("--misses", action="store_true")
    args = ap.parse_args()
    frame = read(args.data)
    figures("as printed", frame, wires(frame), misses=args.misses)
    bare = frame.sort_values(["wire", "article"]).iloc[::2].index  # every other one of each agency and of the rest
    half = frame.copy()
    half.loc[bare, "text"] = half.loc[bare, "text"].map(lambda t: _CUT.sub("", t))
    got = wires(half)
    figures("dateline and credit cut from half", half, got, misses=args.misses)
    there = half.index.isin(bare)
    figures("the half without them, alone", half[there], [g for g, b in zip(got, there, strict=True) if b], misses=False)
    figure_of_copies(frame, bare)


if __name__ == "__main__":
    main()
