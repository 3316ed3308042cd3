"""Stance of headlines towards claims, and denials that no verb of saying carries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from trees import tree_of

from tracker.extract.denials import read_denial
from tracker.extract.stance import STANCES, judge_stance

Read = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]
CLAIM = "The mayor of Port Alder was arrested in the harbour"
BODY = "\n\nThe town lies on the coast of the island and has about two thousand people."


@pytest.mark.parametrize(
    ("headline", "stance"),
    [
        ("Mayor of Port Alder arrested in harbour", "supports"),
        ("Police confirm arrest: mayor of Port Alder led away in the harbour after night of chase", "supports"),
        ("No, the mayor of Port Alder was not arrested", "denies"),
        ("Hoax report claims mayor of Port Alder was arrested", "denies"),
        ("Mayor of Port Alder denies she was arrested in the harbour", "denies"),
        ("Was the mayor of Port Alder arrested in the harbour?", "unverified"),
        ("Report: mayor of Port Alder may have been arrested", "unverified"),
    ],
)
def test_headlines_support_deny_or_leave_open(headline: str, stance: str) -> None:
    assert judge_stance(CLAIM, headline).label == stance


def test_a_stance_says_what_decided() -> None:
    """The shares are probabilities and the first reason is the reading itself."""
    judged = judge_stance(CLAIM, "Mayor of Port Alder arrested? It is a hoax")
    assert sum(judged.shares) == pytest.approx(1) and judged.shares[STANCES.index(judged.label)] == max(judged.shares)
    assert any("refuting" in name or "untrue" in name for name, _ in judged.reasons)


@pytest.mark.parametrize("text", ["", "?", "\x00\u202e", "not " * 3000, "🙂 " * 500, "a" * 20_000])
def test_hostile_headlines_get_a_stance(text: str) -> None:
    assert judge_stance(text, CLAIM).label in STANCES and judge_stance(CLAIM, text).label in STANCES


def stances(read: Read, text: str) -> dict[str, str]:
    mentions, _ = read(text + BODY)
    return {m["quote"]: m["stance"] for m in mentions.to_dict("records") if m["start"] < len(text)}


@pytest.mark.parametrize(
    ("text", "part", "stance"),
    [
        ("Hoax: Mayor sold the ferry to a rival firm", "sold the ferry", "denies"),
        ("Mayor sells ferry after denying claims of theft", "sells ferry", "supports"),
        ("The story of the ferry\n\nThere is no evidence that the captain sold the ferry in May.", "sold the ferry", "denies"),
        ("The story of the ferry\n\nThere were false reports that the captain sold the ferry in May.", "sold the ferry", "denies"),
        ("The story of the ferry\n\nThere were unconfirmed reports that the captain sold the ferry in May.", "sold the ferry", "unverified"),
        ("The story of the ferry\n\nA lawyer for the captain said that no laws were broken by the ferry sale.", "no laws", "denies"),
        ("The story of the ferry\n\nThe captain not only sold the ferry but also burned the log in May.", "sold the ferry", "supports"),
    ],
)
def test_words_round_a_clause_turn_it(read: Read, text: str, part: str, stance: str) -> None:
    found = stances(read, text)
    assert [s for q, s in found.items() if part in q] == [stance], found


def test_not_only_is_no_negation(read: Read) -> None:
    mentions, _ = read("The captain not only sold the ferry but also burned the log in May." + BODY)
    assert not mentions["frame"].str.contains('"negated":true').any()


def test_a_pronoun_called_false_denies_what_was_said_before(read: Read) -> None:
    text = "Two officials alleged that the mayor of Port Alder had taken money from the harbour fund. “That is completely false,” her spokesman Tom Hall said."
    mentions, _ = read("A quarrel in the town of Port Alder over money\n\n" + text + BODY)
    denial = mentions[mentions["stance"] == "denies"]
    assert len(denial) == 1 and denial.iloc[0]["refers_id"]
    target = mentions.set_index("mention_id").loc[denial.iloc[0]["refers_id"]]
    assert "had taken money" in target["quote"]


def test_a_denial_of_the_allegations_finds_them_further_up(read: Read) -> None:
    text = (
        "Nina Holt, a clerk, accused the mayor of Port Alder, Ann Lee, of taking money from the harbour fund.\n\nThe fund was set up in 2019.\n\n"
        "It holds about two million dollars.\n\nThe town council met on Friday in the old school.\n\nMs. Lee denied the allegations on Monday."
    )
    mentions, _ = read(text + BODY)
    denial = mentions[mentions["stance"] == "denies"]
    target = mentions.set_index("mention_id").loc[denial.iloc[0]["refers_id"]]
    assert "money" in target["quote"]


def test_a_title_with_a_question_waits_for_another_article(read: Read) -> None:
    """ "Did X?" is a weak, unverified mention: the link stage keeps it only beside another article's."""
    mentions, _ = read("Did the captain sell the ferry to a rival firm?" + BODY)
    asked = mentions[mentions["start"] == mentions["start"].min()]
    assert asked.iloc[0]["stance"] == "unverified" and '"weak":true' in asked.iloc[0]["frame"]


def test_stance_on_the_development_headlines(shared: Path) -> None:
    """A floor under the shipped weights on the lines they were fitted on: it falls when a feature is changed without fitting again."""
    import json

    rows = [json.loads(line) for line in (shared / "data" / "emergent" / "train.jsonl").read_text(encoding="utf-8").splitlines()]
    named = {"for": "supports", "against": "denies", "observing": "unverified"}
    right = sum(judge_stance(r["claimHeadline"], r["articleHeadline"]).label == named[r["articleHeadlineStance"]] for r in rows)
    assert right / len(rows) >= 0.86


@pytest.mark.parametrize("title", ["Prosecutor denies claims that the mayor sold the ferry", "Prosecutor Disputes Courier Report That Mayor Sold the Ferry"])
def test_who_denies_in_a_title_is_credited(read: Read, title: str) -> None:
    """Not the outlet whose report is denied."""
    mentions, attributions = read(title + "\n\nA prosecutor disputed a newspaper report that the mayor of Port Alder had sold the ferry." + BODY)
    denial = mentions[(mentions["start"] < len(title)) & (mentions["stance"] == "denies")].iloc[0]
    assert attributions[attributions["mention_id"] == denial["mention_id"]]["speaker"].str.contains("rosecutor").all()


@pytest.mark.parametrize(("noun", "of", "stance"), [("lack", "proof", "denies"), ("wealth", "proof", ""), ("lack", "bread", "")])
def test_a_lack_of_grounds_denies_what_hangs_on_it(noun: str, of: str, stance: str) -> None:
    """ "a lack of proof that boats sank", the clause hung on the lack; a wealth of proof denies nothing."""
    tree = tree_of(f"{noun} NN 0 root", "of IN 2 case", f"{of} NN 0 nmod", "that IN 5 mark", "boats NNS 5 nsubj", "sank|sink VBD 0 acl")
    assert read_denial(tree, 5, []) == stance
