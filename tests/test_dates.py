"""Dates in prose, resolved against the article's date and nothing else."""
from __future__ import annotations

import pytest

from tracker.extract.dates import find_dates


@pytest.mark.parametrize(("text", "published", "found"), [
    ("on Oct. 14", "2024-10-15", ["2024-10-14"]),
    ("on Oct.14", "2024-10-15", ["2024-10-14"]),
    ("on 14 October 2023", "", ["2023-10-14"]),
    ("on Oct. 14", "", ["--10-14"]),
    ("in June 2024", "", ["2024-06"]),
    ("last December", "2025-04-28", ["2024-12"]),
    ("on Monday", "2024-10-16", ["2024-10-14"]),
    ("on Monday", "", []),
    ("yesterday", "2024-03-01", ["2024-02-29"]),
    ("signed in 1961", "", ["1961"]),
    ("it may rain and we march on", "2024-10-15", []),
    ("2,000 people and 1995 boxes", "2024-10-15", ["1995"]),
])
def test_dates(text: str, published: str, found: list[str]) -> None:
    assert find_dates(text, published) == found
