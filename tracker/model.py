"""The words of the house as values: what a stance, a status, a tie can be, and the shape of a parsed sentence."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np

STANCES: Final = ("supports", "denies", "unverified")
"""What a mention does to its claim: puts it as so, denies it, or says that it is not verified."""

HEDGES: Final = ("", "reported", "possible", "suggested", "unconfirmed")
"""How far the words hold back: none, "reportedly", "may", "appears to", "not confirmed"."""

SPEAKER_KINDS: Final = ("own", "person", "body", "document", "outlet", "unnamed")
"""Whom an article credits. `own` is the outlet's own reporting."""

BASES: Final = ("told", "witnessed", "documented", "official-act", "inferred", "unknown")
"""How an origin comes to know."""

STATUSES: Final = ("corroborated", "possibly-corroborated", "single-origin", "unsupported", "cannot-tell")
FLAGS: Final = ("disputed", "unverified", "echo", "unnamed_only", "single_outlet", "circular")

RELATIONS: Final = ("same", "rival", "neither", "different")
"""How two mentions stand to each other; "different" is a person's word only, the machine says "neither"."""

JUDGED: Final = "judged by a person: "
"""How the detail of a link begins that a person judged; the machine's never does."""

TIE_KINDS: Final = ("same-speaker", "credited-outlet", "wire-credit", "near-copy", "one-controller", "same-unnamed", "speaks-for")
STRENGTHS: Final = ("certain", "possible")

OUTLET_KINDS: Final = (
    "newspaper", "magazine", "broadcaster", "agency", "state-media", "online", "aggregator", "official", "research",
    "fact-checker", "blog", "social", "party", "company",
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """One sentence as the language pipeline reads it; token positions are offsets into the article's text.

    `heads[i]` is the index of token i's head inside the sentence (its own index at the root); `deps` are Universal Dependencies
    labels; `tags` are Penn Treebank tags; `entities` are (first token, one past the last, label) with the labels PERSON, ORG,
    LOC, DATE, MISC.
    """

    start: int
    end: int
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    entities: tuple[tuple[int, int, str], ...]


Parser = Callable[[str, Sequence[tuple[int, int]]], list[Parsed]]
"""Text of one article and the spans of its sentences to one Parsed a span, in order."""

Vectors = Callable[[Sequence[str]], np.ndarray]
"""Words to a float array (words, dimensions); words without a vector give zero rows."""

Encoder = Callable[[Sequence[str]], np.ndarray]
"""Texts to a float array (texts, dimensions): a sentence encoder that stands in for the sum of word vectors."""

Ask = Callable[..., Callable[[], Any]]
"""Takes a pure, importable function and its arguments, and gives a function for its result. Whether another process works on it meanwhile or it is done
when the result is asked for shows in nothing but the time."""


def when_asked(work: Callable[..., Any], *args: Any) -> Callable[[], Any]:
    """An `Ask` of one process: the work is done when its result is wanted."""
    return partial(work, *args)


WEIGHT_ROWS: Final = 1 << 16
"""Rows of a table of hashed weights; twice as many gained nothing on development data."""


@dataclass(frozen=True, slots=True)
class CueWeights:
    """Weights of the learned reading of attributions, one list of WEIGHT_ROWS a decision, and the lemmas that can head a cue."""

    cue: Sequence[float]
    content: Sequence[float]
    source: Sequence[float]
    voice: Sequence[float]
    lemmas: frozenset[str]
