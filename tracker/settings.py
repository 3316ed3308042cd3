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
    near_copy: float = 0.9  # share of word 5-grams in common from which two texts of one outlet are the same article


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """When two mentions are one claim."""

    threshold: float = 0.35  # mean probability inside a claim: best mean b3_f1 on the case folders left-one-out; .25 to .45 are within .01
    keep: float = 0.2  # pairs scored below this are not worth a row of `links`


@dataclass(frozen=True, slots=True)
class TraceSettings:
    """When one mention rests on another."""

    copy_shingle: int = 6  # words a shingle; news quotes share runs of 3-5 words by chance
    copy_containment: float = 0.5  # share of a passage's shingles found in an earlier one from which it is a near-copy


@dataclass(frozen=True, slots=True)
class ScoreSettings:
    """How independence, denials and hedges move belief."""


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
