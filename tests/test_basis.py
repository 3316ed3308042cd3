"""How a credited voice comes to know, and what is said by nobody named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

Read = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]


def hops(read: Read, text: str, **columns: Any) -> list[tuple[str, str, str]]:
    """(speaker, kind, basis) of the hops of the first mention with credits."""
    _, found = read(text, **columns)
    first = found[found["mention_id"] == found["mention_id"].iloc[0]].sort_values(["branch", "hop"]) if len(found) else found
    return [(r["speaker"], r["speaker_kind"], r["basis"]) for r in first.to_dict("records")]


@pytest.mark.parametrize(("text", "basis"), [
    ("The bridge in Lund collapsed at noon, according to three witnesses.", "witnessed"),
    ("\"I saw two men run away from the gate,\" said Ann Lee, who lives next door.", "witnessed"),
    ("The firm paid the mayor of Lund $3 million, according to court documents.", "documented"),
    ("The port authority announced on Monday that it had signed the contract.", "official-act"),
    ("The port authority believes that the fire in Lund was set on purpose.", "inferred"),
    ("A person briefed on the talks said that the bank would close two branches in Lund.", "told"),
    ("The clerk said that the bank would close two branches in Lund.", "unknown"),
])
def test_basis(read: Read, text: str, basis: str) -> None:
    """One of BASES, by what is printed."""
    assert hops(read, text)[-1][2] == basis


def test_a_chain_of_outlet_and_unnamed_pair(read: Read) -> None:
    """Who reported stands before whom it cites; those who have seen the paper hold a document."""
    text = "The envoy wrote a letter to the minister, Fox News reported, citing two officials who had seen the letter."
    assert hops(read, text) == [("Fox News", "outlet", "unknown"), ("two officials who had seen the letter", "unnamed", "documented")]


def test_a_report_outside_a_finding(read: Read) -> None:
    """The trailing "X reported" stands outside what the sentence itself credits."""
    text = "The police of Lund concluded that the fire was set on purpose, Reuters reported on Friday."
    assert next(h[0] for h in hops(read, text)) == "Reuters" and len(hops(read, text)) == 2


def test_quoted_by_an_agency(read: Read) -> None:
    """ "was quoted as saying by X": X is the relay."""
    text = "The minister was quoted as saying by Reuters that the port in Lund was closed to ships."
    assert [h[0] for h in hops(read, text)] == ["Reuters", "The minister"]


def test_nobody_in_particular(read: Read) -> None:
    """ "It was reported that": somebody unnamed says so, not the outlet itself."""
    found = hops(read, "It was reported that the port in Lund had been closed to ships.")
    assert [kind for _, kind, _ in found] == ["unnamed"]
