"""Speed and blocking of the link stage, for linking.py."""

from __future__ import annotations

import random
import resource
import time
from importlib import util
from pathlib import Path
from typing import Any

import numpy as np
from case_pairs import Case, case_folders, read_case
from linking_data import event_pairs, rows_of
from sentence_pairs import printed, read_sentences
from sklearn.metrics import average_precision_score

from tracker.collector import no_collector
from tracker.language import load_vectors
from tracker.link.block import candidate_pairs
from tracker.link.claims import compare_mentions
from tracker.link.compare import probability
from tracker.link.features import compare
from tracker.link.profiles import Parts, profile, unit
from tracker.link.terms import count_terms
from tracker.pipeline.runs import beside, worth_two
from tracker.settings import LinkSettings
from tracker.tables import dumps, make
from tracker.text import words

SHARE = 0.02  # of all pairs: what blocking may keep


def measure_blocking(cases: Path, data: Path) -> None:
    """Recall of true pairs and share of all pairs: what the link stage compares, and what the likest pairs would hold, were only SHARE of all compared."""
    read = [read_case(folder) for folder in case_folders(cases)]
    parts, stories, true = _pile(read)
    alone = [(found, len(t)) for case in read for p, s, t in [_pile([case])] for found in [_likest(p, s, t)]]
    print(f"blocking, each case alone, all compared; the likest {SHARE:.0%} hold {sum(f for f, _ in alone) / sum(n for _, n in alone):.3f} of the true pairs")
    print(f"blocking, the cases as one pile: the likest {SHARE:.0%} hold {_likest(parts, stories, true) / len(true):.3f} of the true pairs")
    others, more = _other_news(data)
    for name, pile, told in (("the cases as one pile", parts, stories), ("the cases among other news", parts + others, stories | more)):
        left, right, _ = candidate_pairs(profile(pile, load_vectors(), told))
        found = set(zip(left.tolist(), right.tolist(), strict=True))
        share = len(left) / (len(pile) * (len(pile) - 1) / 2)
        print(f"blocking, {name:24} mentions {len(pile)}  true pairs found {np.mean([p in found for p in true]):.3f}  share of all pairs {share:.4f}")


def _pile(read: list[Case]) -> tuple[list[Parts], dict[str, list[str]], list[tuple[int, int]]]:
    """Parts, words of articles and true pairs of several cases."""
    parts: list[Parts] = []
    true: list[tuple[int, int]] = []
    for case in read:
        true += [(len(parts) + a, len(parts) + b) for a in case.labels for b in case.labels if a < b and case.labels[a] & case.labels[b]]
        parts += case.parts
    return parts, {a: w for case in read for a, w in case.stories.items()}, true


def _likest(parts: list[Parts], stories: dict[str, list[str]], true: list[tuple[int, int]]) -> int:
    """True pairs among the SHARE of all pairs that the machine finds likest."""
    left, right = np.triu_indices(len(parts), 1)
    score = probability(compare(profile(parts, load_vectors(), stories), left, right))
    best = np.argsort(-score, kind="stable")[: int(SHARE * len(left))]
    return len(set(zip(left[best].tolist(), right[best].tolist(), strict=True)) & set(true))


def _other_news(data: Path) -> tuple[list[Parts], dict[str, list[str]]]:
    """Clauses of ECB+, GVC and MRPC; a sentence that no document is named for is an article of its own."""
    document: dict[str, str] = {}
    for file in ("ecbplus/train", "ecbplus/dev", "gvc/val"):
        document.update({row["text"]: f"{file} {row['doc']}" for row in rows_of(data / f"{file}.jsonl")})
    texts = set(document) | {row[k] for row in rows_of(data / "mrpc" / "train.jsonl") for k in ("a", "b")}
    parts: list[Parts] = []
    stories: dict[str, list[str]] = {}
    for text, (_, clauses) in read_sentences(sorted(texts)).items():
        article = document.get(text, text)
        parts += [{**c, "article": article} for c in clauses]
        stories.setdefault(article, []).extend(w for c in clauses for w in c["words"])
    return parts, stories


def invented_mentions(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Rows of the mentions table: events with words of their own, told by 1 to 20 articles in part, over a common vocabulary with Zipf frequencies."""
    chance = random.Random(seed)
    common = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("an", "el", "or", "is", "um") for c in ("ter", "ing", "ed", "al", "ment", "ous", "ity", "er")]
    weights = [1 / (n + 2) for n in range(len(common))]
    rows: list[dict[str, Any]] = []
    while len(rows) < count:
        own = [f"{chance.choice(common)}{chance.randrange(count)}" for _ in range(3)]
        event = own + chance.choices(common, weights, k=9)
        figures = [[n := chance.randrange(2, 400), n, "person"]] if chance.random() < 0.25 else []
        for _ in range(min(count - len(rows), int(chance.paretovariate(1.3)), 20)):
            words = chance.sample(event, 7) + chance.choices(common, weights, k=4)
            chance.shuffle(words)
            day = f"2024-{chance.randrange(1, 13):02d}-{chance.randrange(1, 28):02d}" if chance.random() < 0.15 else ""
            frame = {"act": words[0], "actor": words[1], "object": words[2], "passive": False, "negated": chance.random() < 0.04, "modal": "", "names": own[:2],
                     "figures": figures, "dates": [day] if day else [], "words": words, "called": [], "quoted": False, "title": False, "weak": False}
            text = " ".join(words)
            rows.append({"mention_id": f"m-{len(rows):08d}", "article_id": f"a-{len(rows) // 12:07d}", "quote": text, "proposition": text, "stance": "supports",
                         "refers_id": "", "frame": dumps(frame)})
    return rows


def measure_speed(sizes: list[int]) -> None:
    """Seconds, memory and growth of linking invented mentions, mentions to claims, as a count does it: with a process beside where there are two cores."""
    before: tuple[int, float] | None = None
    load_vectors()(["warm"])
    for size in sizes:
        mentions = make("mentions", invented_mentions(size))
        start = time.perf_counter()
        with beside(worth_two(size // 12, "pool", 0)) as ask, no_collector():
            linked = compare_mentions(mentions, vectors=load_vectors(), settings=LinkSettings(), ask=ask)()
            links = linked.ask_links(ask)()
        seconds = time.perf_counter() - start
        growth = f"  n^{np.log(seconds / before[1]) / np.log(size / before[0]):.2f}" if before else ""
        memory = [resource.getrusage(who).ru_maxrss / 1e6 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        print(f"speed {size:9,} mentions {seconds:7.1f} s  {len(linked.claims):,} claims  {len(links):,} links  peak memory {memory[0]:.1f} GB, of the process "
              f"beside {memory[1]:.1f} GB{growth}", flush=True)
        before = (size, seconds)


def sums_of_words(texts: list[str]) -> np.ndarray:
    """The sum of the word vectors of each text less the mean of all, at unit length: what is left is not what all of them are about."""
    counted = count_terms(map(words, texts))
    rows = unit(counted.rows @ load_vectors()(list(counted.vocabulary)))
    return unit(rows - rows.mean(axis=0))


def measure_vectors(data: Path, model: Path | None) -> None:
    """Sentences a second and AP on ECB+ dev of the table, and of the encoder it was learned from where that is at hand."""
    pairs, labels = event_pairs(rows_of(data / "ecbplus" / "dev.jsonl"))
    texts = sorted({t for p in pairs for t in p})
    place = {t: n for n, t in enumerate(texts)}
    left, right = np.asarray([place[a] for a, _ in pairs]), np.asarray([place[b] for _, b in pairs])

    def shown(name: str, table: np.ndarray, seconds: float) -> float:
        ap = average_precision_score(labels, np.einsum("ij,ij->i", table[left], table[right]))
        print(f"vectors, {name:24} {len(texts) / seconds:8.0f} sentences a second  AP on ECB+ dev {ap:.3f}")
        return float(ap)

    load_vectors()(["warm"])
    start = time.perf_counter()
    table = sums_of_words([printed(t) for t in texts])
    own_time = time.perf_counter() - start
    own = shown("table", table, own_time)
    if model is None:
        print("vectors, encoder                  not measured: give --model")
        return
    spec = util.spec_from_file_location("learn_vectors", Path(__file__).parents[1] / "training" / "learn_vectors.py")
    assert spec is not None and spec.loader is not None
    training = util.module_from_spec(spec)
    spec.loader.exec_module(training)
    encoder = training.load_encoder(model)
    training.encode(encoder, [printed(t) for t in texts[:64]])
    start = time.perf_counter()
    theirs_table = training.encode(encoder, [printed(t) for t in texts])
    seconds = time.perf_counter() - start
    theirs = shown("encoder", theirs_table, seconds)
    print(f"vectors, table against encoder     speed x{seconds / own_time:.0f}  AP {own / theirs:.3f} of the encoder's")
