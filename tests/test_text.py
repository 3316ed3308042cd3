"""Folding of words: the quick way for plain letters gives what the long way gives."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tracker.text import fold, squeeze, straight


def long_way(text: str) -> str:
    plain = unicodedata.normalize("NFKD", straight(text)).casefold()
    return squeeze("".join(c for c in plain if not unicodedata.combining(c)))


@given(st.text(max_size=40) | st.text(st.characters(max_codepoint=127), max_size=40))
def test_fold_is_the_same_both_ways(text: str) -> None:
    assert fold(text) == long_way(text)


def test_fold_takes_accents_case_and_marks_away() -> None:
    assert fold("  Élan  `VITAL’\x0b ") == "elan 'vital'"
