"""Whether what somebody names is a case, and how large: told from a URL or the first hundred bytes of a file, without opening a database."""
from __future__ import annotations

from pathlib import Path
from typing import Final

APPLICATION: Final = 0x54524B43  # "TRKC" in the header of a SQLite file says that it is a case and not anybody's database
HEAD: Final = b"SQLite format 3\x00"


def is_url(place: str) -> bool:
    """The place is a database's URL and not a file."""
    return place.startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def size_of(place: str) -> int:
    """Bytes of a case's file; 0 for a database and for what is not there."""
    try:
        return 0 if is_url(place) else Path(place).stat().st_size
    except (OSError, ValueError):
        return 0


def is_case(place: str) -> bool:
    """The place is a PostgreSQL URL, or a file that the tracker made as a case."""
    if is_url(place):
        return True
    try:
        if not Path(place).is_file():
            return False
        with Path(place).open("rb") as file:
            head = file.read(100)
    except (OSError, ValueError):
        return False
    return head.startswith(HEAD) and int.from_bytes(head[68:72], "big") == APPLICATION
