"""Numbers someone might turn, each with a note on where it comes from. Frozen, made once at the edge, handed down."""
from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from tracker.errors import SettingsError
from tracker.ids import digest
from tracker.tables import dumps


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Bounds on what is read."""

    max_bytes: int = 5_000_000  # a news article of 5 MB does not exist; a page that size is a dump or an attack
    min_words: int = 20  # below this there is no story to read, only a caption or a login page
    max_table_bytes: int = 100_000_000  # a .jsonl or .csv of 10,000 articles has about 50 MB; more would not fit the 3 GiB of a run
    max_rows: int = 50_000  # of one table file; at 2 KB an article that is its largest size
    max_elements: int = 60_000  # of one web page; news pages have 500 to 5,000, and reading time grows with the square on bad markup
    max_lines: int = 20_000  # of one text; news pages with all their menus have up to 1,500
    english_share: float = 0.15  # of words that are the commonest English ones: news in English has .30 to .45, other languages up to .06
    near_copy: float = 0.9  # share of word 5-grams in common from which two texts of one outlet are the same article
    revision: float = 0.4  # the same for two texts at one address to be versions of one article; doubling its length leaves .5. Not fitted: cases have none


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """When two mentions are one claim."""

    threshold: float = 0.30  # mean probability inside a claim; b3_f1, each case left out: .711 at .27, .710 at .30, .703 at .33; no claim of the examples
    # changes between .27 and .33, and counts of the treaty case are worse at .24
    keep: float = 0.15  # pairs scored below this are not worth a row of `links`
    vectors: str = ""  # name or folder of a sentence-transformers model that compares meanings; "" is the word table that ships with the tracker


@dataclass(frozen=True, slots=True)
class TraceSettings:
    """When one mention rests on another."""

    copy_shingle: int = 6  # words a shingle; news quotes share runs of 3-5 words by chance
    copy_containment: float = 0.5  # share of a passage's shingles found in an earlier one from which it is a near-copy


@dataclass(frozen=True, slots=True)
class ScoreSettings:
    """How independence, denials and hedges move belief, in natural log-odds.

    None of these is fitted: there is no large set of news claims with known truth here. They are set so that the order of claims is right (more
    origins above fewer, named above unnamed) and so that no claim comes near certainty; a later issue calibrates them.
    """

    prior: float = -0.4  # a claim nobody has vouched for yet: 40 %
    origin: float = 1.2  # one named origin by an outlet of letter A: 69 %
    repeat: float = 0.6  # each further independent origin counts this share of the one before; three make 88 %, no number passes 93 %
    letters: tuple[tuple[str, float], ...] = (("A", 1.0), ("B", 0.85), ("C", 0.7), ("D", 0.45), ("E", 0.2))  # share of an origin's weight by Admiralty letter
    unjudged: float = 0.6  # letter F or none: below C, above D, since unknown is not bad
    unnamed: float = 0.6  # readers cannot check an unnamed voice
    # Share of an origin's weight by the least hedged of its mentions: "reportedly" only passes on, "may" takes back.
    hedges: tuple[tuple[str, float], ...] = (("", 1.0), ("reported", 0.9), ("suggested", 0.8), ("possible", 0.6), ("unconfirmed", 0.4))
    denial: float = 0.8  # less than one origin: the accused nearly always deny
    denial_repeat: float = 0.5  # each further denying voice counts half of the one before
    unverified: float = 0.5  # some text says that it could not be or has not been verified
    interval: float = 0.9  # share of the Beta distribution that an outlet's interval holds
    enough: int = 10  # claims below which an outlet's record says too little to judge (letter F): the interval of 5 of 10 is .27 to .73


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run."""

    read: ReadSettings = field(default_factory=ReadSettings)
    link: LinkSettings = field(default_factory=LinkSettings)
    trace: TraceSettings = field(default_factory=TraceSettings)
    score: ScoreSettings = field(default_factory=ScoreSettings)
    nlp: str = ""  # name or path of a spaCy pipeline; "" is the one that ships with the tracker
    as_of: str = ""  # ISO date: nothing published after it is used; "" is everything

    def __post_init__(self) -> None:
        if self.read.max_bytes < 1:
            raise SettingsError("read.max_bytes must be at least 1")
        if self.as_of and not (len(self.as_of) == 10 and self.as_of[4] == self.as_of[7] == "-"):
            raise SettingsError(f"as_of must be a date like 2024-10-31, not {self.as_of!r}")

    def as_dict(self) -> dict[str, Any]:
        """All settings as plain nested values."""
        return asdict(self)

    def digest(self) -> str:
        """SHA-256 over all settings: two runs with equal digests used the same numbers."""
        return digest(dumps(self.as_dict()))
