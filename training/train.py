"""Make the English pipeline of the tracker: treebanks and vector table in, `tracker/language/en_tracker` out.

    python training/train.py TREEBANK_DIR [--vectors training/made/vectors.npz]
    python training/train.py TREEBANK_DIR --onward MODEL --parsed training/made/parsed.jsonl

Steps: prepare.py (treebanks to spaCy files), the vector table as a spaCy vocabulary, `spacy train` with config.cfg (seeded), scores
on the dev files. One to two hours on one core. The second command goes on from a model that the first one made, with the sentences that
teach_parser.py parsed beside the gold ones. training/publish.py copies the result into the package with its model card.
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
ONWARD_STEPS, ONWARD_RATE = 5000, 0.0008  # four and a half times through gold and parsed sentences; set once and not tuned


def save_vectors(table: Path, out: Path) -> None:
    """The word table as a spaCy vocabulary keyed by NORM, so that curly quotes and capitals find their row."""
    data = np.load(table)
    nlp = spacy.blank("en")
    words = [str(w) for w in data["words"]]
    keys = [nlp.vocab.strings.add(w) for w in words]
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=data["vectors"], keys=keys, attr="NORM", name="en_tracker")
    nlp.to_disk(out)


def onward_settings(model: Path, work: Path) -> Path:
    """config.cfg with every component, and the vectors, taken from a model that is trained already; written to `work`."""
    nlp = spacy.load(model)
    nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(np.float32)  # published models hold half precision
    nlp.to_disk(work / "first")
    config = spacy.util.load_config(HERE / "config.cfg")
    config["components"] = {name: {"source": str(work / "first")} for name in config["nlp"]["pipeline"]}
    config["paths"]["vectors"] = str(work / "first")
    config["initialize"]["after_init"] = {"@callbacks": "tracker.restore_labels.v1"}
    config["training"]["max_steps"] = ONWARD_STEPS
    config["training"]["optimizer"]["learn_rate"] |= {"initial_rate": ONWARD_RATE, "total_steps": ONWARD_STEPS + ONWARD_STEPS // 9}
    config.to_disk(work / "onward.cfg")
    return work / "onward.cfg"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("treebanks", type=Path)
    ap.add_argument("--vectors", type=Path, default=HERE / "made" / "vectors.npz")
    ap.add_argument("--onward", type=Path, metavar="MODEL", help="go on from this model instead of starting anew")
    ap.add_argument("--parsed", type=Path, help="sentences parsed by teach_parser.py to learn from as well")
    ap.add_argument("--steps", type=int, help="stop after this many steps, for a quick trial")
    args = ap.parse_args()
    work = HERE / "made"
    prepare = [sys.executable, str(HERE / "prepare.py"), str(args.treebanks), "-o", str(work)]
    subprocess.run([*prepare, "--parsed", str(args.parsed)] if args.parsed else prepare, check=True)
    if args.onward:
        config = onward_settings(args.onward, work)
    else:
        config = HERE / "config.cfg"
        save_vectors(args.vectors, work / "vectors")
    command = [sys.executable, "-m", "spacy", "train", str(config), "--output", str(work / "model"), "--code", str(HERE / "augment.py")]
    if args.steps:
        command += ["--training.max_steps", str(args.steps)]
    subprocess.run(command, check=True, cwd=HERE.parent)


if __name__ == "__main__":
    main()
