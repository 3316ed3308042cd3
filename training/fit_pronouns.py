"""Fit the weights that choose whom a pronoun stands for (tracker/extract/antecedents.py) and write them.

    python training/fit_pronouns.py TREEBANK.conllu.gz ... [--news NEWS.jsonl] [-o tracker/extract/pronoun_weights.py]

TREEBANK as in benchmarks/pronouns.py: the gold says whom a pronoun stands for. NEWS (one object with `text` a line) has no gold; there a pronoun teaches
where the words themselves leave one answer: all people near it are known by title or given name to be men or women, and one alone fits. What is
learned from it is where such a person stands, not that the sex fits: the others are options too. Prints precision and recall over five folds
of the treebanks' documents, all of NEWS in each, before it fits on all.
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from pronouns import Told, count, read_told, shown

from tracker.extract.antecedent_features import Asked, Spoken, features
from tracker.extract.antecedents import SEX, Antecedents
from tracker.extract.people import Directory
from tracker.extract.reading import Page, read_page
from tracker.extract.tree import Tree
from tracker.language import load_parser
from tracker.pipeline import load_registry

PENALTY = 4.0  # L2; 2, 4 and 8 gave .92 / .87, .93 / .87 and .93 / .85 on news from .6, while the features were being chosen
FOLDS = 5
LEAST_SEEN = 3  # options that a feature must speak of
LEAST_WEIGHT = 0.03  # smaller ones are left out of the file
WEIGHT_OF = {"bio": 0.5, "conversation": 0.5, "vlog": 0.5}  # one person runs through a biography, and nobody is named in talk: news is neither
WEIGHTS = Path(__file__).parents[1] / "tracker" / "extract" / "pronoun_weights.py"


class Choice(NamedTuple):
    """The features of each option, whether it is right, and how much the choice counts."""

    options: list[tuple[str, ...]]
    right: list[bool]
    weight: float


class Taught(Antecedents):
    """Goes through a text with the gold at hand and notes every choice as it stood."""

    def __init__(self, doc: Told, page: Page, directory: Directory) -> None:
        self.doc, self.choices, self._of, self._ahead = doc, list[Choice](), dict[int, str](), list[Spoken]()
        super().__init__([p.tree for p in page.places], directory.people, page.quotes, {})

    def _entity(self, spoken: Spoken) -> str:
        start = self.trees[spoken.sentence].parsed.starts[spoken.token]
        if start not in self._of:
            self._of[start] = self.doc.entity(start)
        return self._of[start]

    def _pick(self, start: int, rows: Sequence[tuple[int, tuple[str, ...]]]) -> tuple[int, float]:
        entity = self.doc.entity(start)
        right = [who >= 0 and bool(entity) and self._whom_gold_means(who) == entity for who, _ in rows]
        right[-1] = not any(right)
        self.choices.append(Choice([named for _, named in rows], right, WEIGHT_OF.get(self.doc.kind, 1.0)))
        return rows[right.index(True)][0], 1.0

    def _whom_gold_means(self, who: int) -> str:
        """The gold's entity of one of the people: that of most places where he or she is named or described."""
        votes = Counter(self._entity(s) for s in (*self.people[who].seen, *self._ahead) if s.who == who and s.way != "pronoun")
        return max(sorted(votes), key=votes.__getitem__, default="")

    def _options(self, asked: Asked, sexes: Collection[str], later: Sequence[Spoken]) -> list[Spoken]:
        self._ahead = list(later)
        return super()._options(asked, sexes, later)


class Evident(Antecedents):
    """Goes through a text without gold and notes the choices that sex alone decides."""

    def __init__(self, page: Page, directory: Directory, weights: Mapping[str, float]) -> None:
        self.choices: list[Choice] = []
        super().__init__([p.tree for p in page.places], directory.people, page.quotes, weights)

    def _choose(self, asked: Asked, tree: Tree, later: Sequence[Spoken]) -> None:
        sex = SEX[tree.lower[asked.token]]
        options = self._options(asked, {"", "m", "f"}, later)
        fit = [s.who for s in options if self.people[s.who].sex == sex]
        open_near = any(not self.people[s.who].sex and s.sentence >= asked.sentence - 2 for s in options)
        if len(fit) != 1 or open_near or len(options) < 2 or not self.people[fit[0]].key:
            super()._choose(asked, tree, later)
            return
        rows = [tuple(features(self.trees, asked, s, self.people[s.who], n, len(options))) for n, s in enumerate(options)]
        rows = [tuple(f for f in row if not f.startswith("sex ")) for row in rows]
        self.choices.append(Choice(rows, [s.who == fit[0] for s in options], 1.0))
        self._see(Spoken(asked.sentence, asked.token, "pronoun", asked.role, asked.quoted, fit[0]))


def fit(choices: Iterable[Choice]) -> dict[str, float]:
    """Weights that make the right options likely: a softmax over the options of each choice, the right ones added up."""
    usable = [c for c in choices if len(c.options) > 1]
    seen = Counter(f for c in usable for option in c.options for f in set(option))
    names = sorted(f for f, n in seen.items() if n >= LEAST_SEEN)
    place = {f: n for n, f in enumerate(names)}
    entries = [(n, place[f]) for n, option in enumerate(o for c in usable for o in c.options) for f in set(option) if f in place]
    sizes = [len(c.options) for c in usable]
    row, column = np.asarray(entries, dtype=np.int64).T
    table = sparse.csr_matrix((np.ones(len(row)), (row, column)), shape=(sum(sizes), len(names)))
    first = np.cumsum([0, *sizes[:-1]])
    of = np.repeat(np.arange(len(sizes)), sizes)
    right = np.asarray([r for c in usable for r in c.right], dtype=float)
    weight = np.asarray([c.weight for c in usable])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = table @ w
        parts = np.exp(scores - np.maximum.reduceat(scores, first)[of])
        whole, good = np.add.reduceat(parts, first), np.add.reduceat(parts * right, first)
        pull = (parts / whole[of] - parts * right / good[of]) * weight[of]
        return float(-(weight * np.log(good / whole)).sum() + PENALTY / 2 * w @ w), table.T @ pull + PENALTY * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {f: round(float(v), 2) for f, v in zip(names, found, strict=True) if abs(v) >= LEAST_WEIGHT}


def write(weights: Mapping[str, float], path: Path, gold: int, evident: int) -> None:
    """The weights as hundredths in a module."""
    listed = textwrap.fill("; ".join(f"{f}: {round(100 * v)}" for f, v in sorted(weights.items())), 150, break_long_words=False, break_on_hyphens=False)
    path.write_text(
        f'''"""Weights of antecedent_features.py in hundredths.

Fitted by `training/fit_pronouns.py` on {gold:,} pronouns of GUM (train and dev) whose person is annotated, and on {evident:,} of
PolNeAR's 840 training articles where titles and given names leave one answer.
"""

from __future__ import annotations

from functools import cache

WEIGHTS = """\\
{listed}
"""


@cache
def weights() -> dict[str, float]:
    """Feature to weight."""
    pairs = (entry.rsplit(": ", 1) for entry in " ".join(WEIGHTS.split()).split("; "))
    return {{name: int(value) / 100 for name, value in pairs}}
''',
        encoding="utf-8",
    )


def pages(texts: Iterable[str]) -> Iterator[tuple[Page, Directory]]:
    """The texts read, with the people they introduce."""
    parser, registry = load_parser(), load_registry()
    for text in texts:
        page = read_page(text, parser)
        yield page, Directory([p.tree for p in page.places], registry, page.quotes)


def main() -> None:
    """Read, fold, fit, write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("treebanks", type=Path, nargs="+")
    asked.add_argument("--news", type=Path)
    asked.add_argument("-o", "--out", type=Path, default=WEIGHTS)
    args = asked.parse_args()
    docs = [d for path in args.treebanks for d in read_told(path)]
    read = list(pages(d.text for d in docs))
    taught = [Taught(d, *r).choices for d, r in zip(docs, read, strict=True)]
    first = fit(c for own in taught for c in own)
    news = [json.loads(line)["text"] for line in args.news.read_text(encoding="utf-8").splitlines() if line.strip()] if args.news else []
    evident = [c for page, directory in pages(news) for c in Evident(page, directory, first).choices]
    for least in (0.0, 0.5, 0.6, 0.7):
        kinds: dict[str, Counter[str]] = {}
        for fold in range(FOLDS):
            weights = fit([*(c for n, own in enumerate(taught) if n % FOLDS != fold for c in own), *evident])
            for doc, (page, directory) in zip(docs[fold::FOLDS], read[fold::FOLDS], strict=True):
                found = Antecedents([p.tree for p in page.places], directory.people, page.quotes, weights)
                kinds.setdefault(doc.kind, Counter()).update(count(doc, page, directory, found, least))
        print(f"probability {least:.1f}:", "news", shown(kinds, ["news"]), "| all", shown(kinds, kinds), flush=True)
    final = fit([*(c for own in taught for c in own), *evident])
    write(final, args.out, sum(map(len, taught)), len(evident))
    print(f"{len(final)} weights from {sum(map(len, taught))} and {len(evident)} pronouns")


if __name__ == "__main__":
    main()
