"""Score the trained pipeline on the dev treebanks and copy it into the package with its model card.

    python training/publish.py [training/made/model/model-best] [--parsed training/made/parsed.jsonl]

--parsed says that the model learned from the sentences of teach_parser.py too; the card tells of it. Writes tracker/language/en_tracker/ and
docs/models/en_tracker.md. Scores: tag accuracy, unlabelled and labelled attachment (punctuation left out, as spaCy scores it), named-entity F1 over the
GUM dev documents; once over both dev files, once over GUM news, interview and bio.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from pathlib import Path

import numpy as np
import spacy
import srsly
from prepare import UNSURE
from spacy.tokens import DocBin
from spacy.training import Example

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "tracker" / "language" / "en_tracker"
CARD = HERE.parent / "docs" / "models" / "en_tracker.md"


TAUGHT = """\
- {0:,} sentences ({1:,} words) of news, the texts of PolNeAR, MPQA, BABE, Emergent and ECB+ (train parts) and of the STS headlines, of which no label was
  read: a larger parser (`training/teach_parser.py`) gave them trees and tags, and the small one learned from those as from the treebanks'. Nothing of these
  texts is in the package, nor are their words, unless the table of vectors holds them.
"""
ONWARD = """\
    python training/teach_parser.py learn MODEL_DIR TREEBANKS -o training/made/teacher.pt      # needs torch and transformers
    python training/teach_parser.py parse MODEL_DIR NEWS.jsonl ... --teacher training/made/teacher.pt -o training/made/parsed.jsonl
    python training/train.py TREEBANKS --onward training/made/model/model-best --parsed training/made/parsed.jsonl
"""


def halve_vectors(nlp: spacy.Language) -> None:
    """Round the vector table to half precision: 3 MB less in the package. tracker/language widens it again when it loads."""
    vectors = nlp.vocab.vectors
    vectors.data = vectors.data.astype(np.float16).astype(np.float32)


def measure(nlp: spacy.Language, path: Path) -> dict[str, float]:
    """Scores of a pipeline on a gold DocBin, sentence by sentence with gold tokens."""
    gold = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    plain = [spacy.tokens.Doc(nlp.vocab, words=[t.text for t in d], spaces=[bool(t.whitespace_) for t in d]) for d in gold]
    examples = [Example(p, g) for p, g in zip(nlp.pipe(plain), gold, strict=True)]
    scores = nlp.evaluate(examples)
    return {k: round(float(scores[k] or 0), 4) for k in ("tag_acc", "lemma_acc", "dep_uas", "dep_las", "ents_p", "ents_r", "ents_f")} | {
        "words_per_second": round(scores["speed"])
    }


def keep_strings(nlp: spacy.Language, place: Path) -> None:
    """Forget the words of the texts that were learned from: what stays are the language's own strings, the words of the vectors, labels, endings of lemmas."""
    have = nlp.vocab.strings
    endings = {have[t[k]] for t in srsly.msgpack_loads(nlp.get_pipe("trainable_lemmatizer").trees.to_bytes())["trees"] for k in ("orig", "subst") if k in t}
    labels = {part for listed in nlp.pipe_labels.values() for label in listed for part in (label, str(label).partition("-")[2])}
    vectors = {have[k] for k in nlp.vocab.vectors.keys()}  # noqa: SIM118 (a table, no mapping)
    srsly.write_json(place / "vocab" / "strings.json", sorted({*spacy.blank("en").vocab.strings, *endings, *map(str, labels), *vectors} - {""}))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model", type=Path, nargs="?", default=HERE / "made" / "model" / "model-best")
    ap.add_argument("--parsed", type=Path)
    args = ap.parse_args()
    nlp = spacy.load(args.model)
    halve_vectors(nlp)
    both, news = measure(nlp, HERE / "made" / "dev.spacy"), measure(nlp, HERE / "made" / "dev_news.spacy")
    if PACKAGE.exists():
        shutil.rmtree(PACKAGE)
    nlp.meta.update(
        {
            "name": "tracker",
            "version": "0.1.0",
            "license": "CC BY-SA 4.0",
            "author": "",
            "url": "",
            "description": "Small English pipeline of the corroboration tracker",
            "performance": {"dev": both, "gum_news_interview_bio": news},
        }
    )
    nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(np.float16)
    nlp.to_disk(PACKAGE)
    keep_strings(nlp, PACKAGE)
    (PACKAGE / "config.cfg").write_text(_without_paths((PACKAGE / "config.cfg").read_text(encoding="utf-8")), encoding="utf-8")
    size = sum(p.stat().st_size for p in PACKAGE.rglob("*") if p.is_file()) / 1e6
    CARD.parent.mkdir(parents=True, exist_ok=True)
    CARD.write_text(card(both, news, size, taught(args.parsed) if args.parsed else None), encoding="utf-8")
    print(json.dumps({"both": both, "news": news, "megabytes": round(size, 1)}, indent=1))


def _without_paths(config: str) -> str:
    """The saved settings without the training machine's folders and the code of this folder, which nothing needs at run time."""
    config = re.sub(r"\[initialize\.after_init\]\n@callbacks = .*\n*", "", config)
    return "\n".join(line if not line.startswith(("train = ", "dev = ", 'vectors = "')) else line.split("=")[0] + "= null" for line in config.split("\n"))


def taught(parsed: Path) -> tuple[int, int]:
    """Sentences and words of the parsed ones that prepare.py takes."""
    rows = sorted((json.loads(line) for line in parsed.read_text(encoding="utf-8").splitlines()), key=lambda r: -float(r["sure"]))
    kept = rows[: round(len(rows) * (1 - UNSURE))]
    return len(kept), sum(len(r["words"]) for r in kept)


def card(both: dict[str, float], news: dict[str, float], size: float, parsed: tuple[int, int] | None) -> str:
    """The model card as Markdown. `parsed`: sentences and words of news that a larger parser read for it."""
    rows = "\n".join(
        f"| {label} | {both[key]:.3f} | {news[key]:.3f} |"
        for label, key in (
            ("tag accuracy (Penn tags)", "tag_acc"),
            ("lemma accuracy", "lemma_acc"),
            ("UAS", "dep_uas"),
            ("LAS", "dep_las"),
            ("entity precision", "ents_p"),
            ("entity recall", "ents_r"),
            ("entity F1", "ents_f"),
        )
    )
    return f"""# en_tracker: the English pipeline that ships with the tracker

A spaCy pipeline (tagger, edit-tree lemmatizer, dependency parser, named entities) of {size:.1f} MB, made by `training/`. Labels: Penn tags,
Universal Dependencies, entities PERSON, ORG, LOC, DATE, MISC.

## Scores

Measured by `training/publish.py` with gold tokens and sentences. "Both" is the dev part of EWT and GUM together (3,023 sentences; entities over
GUM only, since EWT marks none), "news" is GUM dev news, interview and bio (218 sentences).

| | both | news |
|---|---|---|
{rows}

## Data and licences

- Universal Dependencies English EWT, train part: CC BY-SA 4.0.
- Universal Dependencies English GUM, the documents under CC BY and CC BY-SA only, train part. Entities are those of its referring expressions whose
  head is a proper noun, cut to the name.
{TAUGHT.format(*parsed) if parsed else ""}\
- A static table of 25,666 word vectors (64 dimensions, stored in half precision) distilled by `training/distil_vectors.py` from
  all-MiniLM-L6-v2 (Apache-2.0): every word encoded alone, principal components kept. Neither the encoder nor torch is needed to run the tracker.

The weights are offered under CC BY-SA 4.0, as the treebanks ask; the code of the tracker is Apache-2.0.

## How to make it again

    python training/distil_vectors.py MODEL_DIR TREEBANKS/ewt_train.conllu.gz TREEBANKS/gum_train.conllu.gz -o training/made/vectors.npz
    python training/train.py TREEBANKS        # seeded; about an hour and a half on one core
{ONWARD if parsed else ""}\
    python training/publish.py{" training/made/model/model-last --parsed training/made/parsed.jsonl" if parsed else ""}

## Limits

Trained on about 334,000 annotated words of web text, news, interviews, speeches and prose; headlines only through a training-time variation that puts
sentences in headline capitals. Entity labels are weak: rules in `tracker/extract/people.py` do not rely on them alone.
Name another pipeline with `--nlp` where it is installed.
"""


if __name__ == "__main__":
    main()
