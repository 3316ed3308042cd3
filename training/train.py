"""Make the English pipeline of the tracker: treebanks and vector table in, `tracker/language/en_tracker` out.

    python training/train.py TREEBANK_DIR [--vectors training/made/vectors.npz]

Steps: prepare.py (treebanks to spaCy files), the vector table as a spaCy vocabulary, `spacy train` with config.cfg (seeded), scores
on the dev files. One to two hours on one core. training/publish.py copies the result into the package with its model card.
"""
from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import numpy as np
import spacy
from spacy.vectors import Vectors

HERE = Path(__file__).parent


def save_vectors(table: Path, out: Path) -> None:
    """The word table as a spaCy vocabulary keyed by NORM, so that curly quotes and capitals find their row."""
    data = np.load(table)
    nlp = spacy.blank("en")
    words = [str(w) for w in data["words"]]
    keys = [nlp.vocab.strings.add(w) for w in words]
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=data["vectors"], keys=keys, attr="NORM", name="en_tracker")
    nlp.to_disk(out)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("treebanks", type=Path)
    ap.add_argument("--vectors", type=Path, default=HERE / "made" / "vectors.npz")
    ap.add_argument("--steps", type=int, help="stop after this many steps, for a quick trial")
    args = ap.parse_args()
    work = HERE / "made"
    subprocess.run([sys.executable, str(HERE / "prepare.py"), str(args.treebanks), "-o", str(work)], check=True)
    save_vectors(args.vectors, work / "vectors")
    command = [sys.executable, "-m", "spacy", "train", str(HERE / "config.cfg"), "--output", str(work / "model"), "--code", str(HERE / "augment.py")]
    if args.steps:
        command += ["--training.max_steps", str(args.steps)]
    subprocess.run(command, check=True, cwd=HERE.parent)


if __name__ == "__main__":
    main()
