"""A parsed sentence as a tree one can walk: children, subtrees, noun phrases, surface spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from tracker.extract.lexicon import known_verb
from tracker.model import Parsed

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
CALENDAR = WEEKDAYS | frozenset(
    (
        "january february march april june july august september october november december jan feb mar apr jun "
        "jul aug sep sept oct nov dec yesterday today week month year morning afternoon evening night"
    ).split()
)
_NOT_OF_A_PHRASE = frozenset("punct case mark cc advmod acl advcl parataxis ccomp nsubj dep cop expl".split())  # before the noun


class Tree:
    """A Parsed with its children looked up once. Token numbers are positions in the sentence."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.words = tuple('"' if w in {"''", "``"} else w for w in parsed.words)  # typewriter quotation marks read like all others
        self.tags = parsed.tags
        self.lemmas = tuple(known_verb(w.lower(), le) if t.startswith("VB") else le for w, le, t in zip(parsed.words, parsed.lemmas, parsed.tags, strict=True))
        self.heads, self.deps = parsed.heads, parsed.deps
        self.lower = tuple(w.lower() for w in self.words)
        self.bases = tuple(d.partition(":")[0] for d in parsed.deps)
        self.runs: tuple[tuple[int, int], ...] | None = None  # names.py keeps its name runs here
        self._below: dict[int, list[int]] = {}
        self._above: dict[int, tuple[int, ...]] = {}
        children: list[list[int]] = [[] for _ in parsed.words]
        for n, head in enumerate(parsed.heads):
            if head != n:
                children[head].append(n)
        self.children = children

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def root(self) -> int:
        """The token that is its own head."""
        return next((n for n, h in enumerate(self.heads) if h == n), 0)

    def base(self, n: int) -> str:
        """The dependency label without its subtype: "nsubj" of "nsubj:pass"."""
        return self.bases[n]

    def kids(self, n: int, *labels: str) -> Iterator[int]:
        """Children of n with one of these labels (a label without subtype matches all its subtypes)."""
        for child in self.children[n]:
            if self.bases[child] in labels or self.deps[child] in labels:
                yield child

    def first(self, n: int, *labels: str) -> int | None:
        """The first child with one of these labels."""
        return next(self.kids(n, *labels), None)

    def subtree(self, n: int, without: Iterable[int] = ()) -> list[int]:
        """Tokens of the subtree of n in order, subtrees of `without` left out."""
        skip = set(without)
        if not skip:
            if n not in self._below:
                self._below[n] = self._walk(n, skip)
            return list(self._below[n])
        return self._walk(n, skip)

    def _walk(self, n: int, skip: set[int]) -> list[int]:
        out, stack = [], [n]
        while stack:
            at = stack.pop()
            if at in skip:
                continue
            out.append(at)
            stack.extend(self.children[at])
        return sorted(out)

    def up(self, n: int) -> Iterator[int]:
        """n's head, its head's head, ... to the root."""
        if n not in self._above:
            at, seen = n, [n]
            while self.heads[at] != at and self.heads[at] not in seen:
                at = self.heads[at]
                seen.append(at)
            self._above[n] = tuple(seen[1:])
        yield from self._above[n]

    def under(self, n: int, top: int) -> bool:
        """n is top or hangs below it."""
        if n == top:
            return True
        if n not in self._above:
            list(self.up(n))
        return top in self._above[n]

    def chars(self, tokens: Iterable[int]) -> tuple[int, int]:
        """Offsets from the first to the last of these tokens."""
        tokens = list(tokens)
        return self.parsed.starts[min(tokens)], self.parsed.ends[max(tokens)]

    def is_verb(self, n: int) -> bool:
        """A verb or auxiliary by its tag, or a word with subject and clause that the tagger took for a noun ("the log shows that ...")."""
        if self.tags[n].startswith("VB") or self.tags[n] == "MD":
            return True
        if self.tags[n] not in {"NNS", "NN", "JJ"}:
            return False
        below = {self.base(c) for c in self.children[n]}
        return "nsubj" in below and bool({"ccomp", "obj"} & below) and "cop" not in below

    def is_predicate(self, n: int) -> bool:
        """A verb, or a word made a predicate by a copula or a subject."""
        return self.is_verb(n) or any(self.base(c) in {"cop", "nsubj"} for c in self.children[n])

    def is_name(self, n: int) -> bool:
        """A proper noun by its tag."""
        return self.tags[n] in {"NNP", "NNPS"}

    def conjuncts(self, n: int) -> list[int]:
        """n and what is coordinated with it; a single name after a comma and a common noun is a description of it, however it was labelled."""
        out = [n]
        joined = list(self.kids(n, "conj"))
        if len(joined) == 1 and not self.is_name(n) and self.is_name(joined[0]) and self.first(joined[0], "cc") is None and self.words[joined[0] - 1] == ",":
            return [joined[0]]
        for child in self.kids(n, "conj"):
            out.extend(self.conjuncts(child))
        return out

    def phrase(self, n: int) -> list[int]:
        """The noun phrase of n: its subtree without clauses, appositions, coordination and trailing punctuation; one unbroken run."""
        cut = [c for c in self.children[n] if self.base(c) in {"acl", "appos", "conj", "cc", "parataxis", "dep", "punct", "advcl", "list"} and c > n]
        cut += [
            c
            for c in self.children[n]
            if c < n and self.base(c) in _NOT_OF_A_PHRASE and self.lower[c] != "not"
        ]
        cut += [c for c in self.kids(n, "nmod", "obl") if c > n and self._is_date(c)]
        tokens = self.subtree(n, cut)
        run = [n]
        inside = set(tokens)
        while run[0] - 1 in inside:
            run.insert(0, run[0] - 1)
        while run[-1] + 1 in inside:
            run.append(run[-1] + 1)
        return run

    def _is_date(self, n: int) -> bool:
        """The phrase of n names a day or month ("on Oct. 10", "Friday")."""
        return any(self.lower[k].rstrip(".") in CALENDAR for k in self.subtree(n))

    def text(self, tokens: Iterable[int]) -> str:
        """The words of these tokens as printed, joined by the printed white space."""
        out, last = "", -1
        for n in sorted(tokens):
            if last >= 0:
                out += " " if n > last + 1 or self.parsed.starts[n] > self.parsed.ends[last] else ""
            out += self.words[n]
            last = n
        return out
