"""The files that ship with the tracker: the registry of outlets and the example articles.

In a wheel they lie inside the package; in a checkout they lie at its top.
"""
from __future__ import annotations

from pathlib import Path

from tracker.errors import UsageError

_PACKAGE = Path(__file__).resolve().parents[1]


def builtin_text(name: str) -> str:
    """The text of a shipped file; raises UsageError when the installation lacks it."""
    return builtin_path(name).read_text(encoding="utf-8")


def builtin_path(name: str) -> Path:
    """Where a shipped file or folder lies; raises UsageError when the installation lacks it."""
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.exists():
            return place
    raise UsageError(f"{name} is missing from this installation; install corroboration-tracker again")
