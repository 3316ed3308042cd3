"""Who does what a clause tells: how often the subject that the tracker finds is the one that the gold tree gives.

    python benchmarks/subjects.py TREEBANK.conllu.gz ... [--nlp NAME]

TREEBANK: CoNLL-U with Penn tags. The words and sentences are the gold's; tags and trees are read anew. For every verb the rule that says whose act it is
(`subject_of`) is asked on the gold tree and on the tree that was read. A subject is right if it lies in the noun phrase of the gold's. "own": the gold
has it beside its verb; "relative": it is what a relative pronoun stands for; "shared": it is that of another clause, or the noun that a participle
hangs on. A subject given where the gold has none counts against the precision of all. What this does not tell is where the rule itself is wrong. The
parser that ships learned from other parts of the same treebanks.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from tracker.extract.clauses import subject_of
from tracker.extract.tree import Tree
from tracker.language.pipeline import load_pipeline, parsed_of
from tracker.model import Parsed

sys.path.append(str(Path(__file__).resolve().parents[1] / "training"))
from prepare import sentences

KINDS = ("own", "relative", "shared")


def text_kind(document: str) -> str:
    """The kind of text: "news" of "GUM_news_flag", "" where a document is not named so."""
    return document.split("_")[1] if document.startswith("GUM_") else ""


def gold_tree(rows: list[list[str]], read: Parsed) -> Tree:
    """The gold's tree over the words of what was read."""
    heads = tuple(int(r[6]) - 1 if r[6] != "0" else n for n, r in enumerate(rows))
    deps = tuple("root" if r[6] == "0" else r[7] for r in rows)
    return Tree(Parsed(read.start, read.end, read.words, read.starts, read.ends, tuple(r[2].lower() for r in rows), tuple(r[4] for r in rows), heads, deps, ()))


def read_tree(nlp: Language, rows: list[list[str]]) -> Parsed:
    """What the pipeline makes of the words."""
    doc = Doc(nlp.vocab, words=[r[1] for r in rows], spaces=["SpaceAfter=No" not in r[9] for r in rows], sent_starts=[n == 0 for n in range(len(rows))])
    return parsed_of(nlp(doc), 0, len(doc.text))


def kind_of(gold: Tree, verb: int, subject: int) -> str:
    """Where the gold has the subject of a verb."""
    found = gold.first(verb, "nsubj", "csubj")
    if found is None:
        return "shared"
    return "own" if found == subject else "relative"


def count(gold: Tree, read: Tree) -> Counter[tuple[str, str]]:
    """How many verbs have a subject, are given one, and are given the right one, by kind; what is given where there is none is of kind "none"."""
    out: Counter[tuple[str, str]] = Counter()
    for n in range(len(gold)):
        if not gold.tags[n].startswith("VB") or gold.base(n) in {"aux", "cop", "amod", "compound", "case", "fixed"}:
            continue
        subject, found = subject_of(gold, n), subject_of(read, n)
        kind = "none" if subject is None else kind_of(gold, n, subject)
        right = subject is not None and found is not None and found in gold.phrase(subject)
        out.update({(kind, "wanted"): int(subject is not None), (kind, "given"): int(found is not None), (kind, "right"): int(right)})
    return out


def shown(counted: Counter[tuple[str, str]]) -> str:
    """Precision and recall over all, then how many are right of each kind."""
    wanted, given, right = (sum(n for (_, what), n in counted.items() if what == w) for w in ("wanted", "given", "right"))
    by_kind = ", ".join(f"{k} {counted[k, 'right'] / max(1, counted[k, 'wanted']):.3f} of {counted[k, 'wanted']}" for k in KINDS)
    return f"{wanted:6} subjects: precision {right / max(1, given):.3f}, recall {right / max(1, wanted):.3f}; {by_kind}"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("treebanks", type=Path, nargs="+")
    ap.add_argument("--nlp", default="")
    args = ap.parse_args()
    nlp = load_pipeline(args.nlp)
    kinds: dict[str, Counter[tuple[str, str]]] = {}
    for path in args.treebanks:
        for document, rows in sentences(path):
            read = read_tree(nlp, rows)
            if len(read.words) == len(rows):
                kinds.setdefault(text_kind(document), Counter()).update(count(gold_tree(rows, read), Tree(read)))
    print("all ", shown(sum(kinds.values(), Counter())))
    if "news" in kinds:
        print("news", shown(kinds["news"]))


if __name__ == "__main__":
    main()
