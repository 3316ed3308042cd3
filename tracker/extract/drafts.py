"""A mention while its article is being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tracker.extract.people import Voice
from tracker.extract.sentences import Span
from tracker.extract.tree import Tree

Row = dict[str, Any]


@dataclass(slots=True)
class Credit:
    """One credited voice of a mention with the relays before it, outer first, and the cue it was read from."""

    chain: list[Voice]
    cue: str
    span: Span
    rule: str


@dataclass(slots=True)
class Draft:
    """A mention being read. `refers`: place of the draft it speaks about, -1 if none; `weak`: news only if several articles print it;
    `rebuts`: only calls untrue what stands before it; `absorbs`: its stance says its own negation ("no rule was broken" denies that some were);
    `tail`: what its quote shows after the proposition."""

    sentence: int
    paragraph: int
    tree: Tree
    head: int
    run: list[int]
    start: int
    end: int
    stance: str
    quoted: bool
    credits: list[Credit] = field(default_factory=list)
    hedge: str = ""
    weak: bool = False
    allegation: bool = False
    refers: int = -1
    confirmed_max: int = 0
    rebuts: bool = False
    absorbs: bool = False
    parts: Row = field(default_factory=dict)
    proposition: str = ""
    tail: str = ""
