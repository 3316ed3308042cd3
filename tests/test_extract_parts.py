"""Small parts of extract: figures, hedges, headlines, people, and what is no claim."""
from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from tracker.extract.headlines import lower_headlines
from tracker.extract.sentences import split_sentences

Read = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]


def parts(read: Read, text: str, **columns: Any) -> dict[str, Any]:
    mentions, _ = read(text, **columns)
    frame: dict[str, Any] = json.loads(mentions.iloc[0]["frame"])
    return frame


@pytest.mark.parametrize(("text", "figure"), [
    ("More than 20 soldiers died in the strike.", [20.0, None, "soldier"]),
    ("Several officers died in the strike.", [3, 9, "officer"]),
    ("Fourteen people died in the strike.", [14.0, 14.0, "person"]),
    ("Twenty-two people died in the strike.", [22.0, 22.0, "person"]),
    ("The state paid $3 million to the town.", [3000000.0, 3000000.0, "million"]),
])
def test_figures_are_read_with_what_they_count(read: Read, text: str, figure: list[Any]) -> None:
    found = parts(read, text)["figures"]
    assert any(f[:2] == figure[:2] for f in found), found


def test_the_number_of_a_pier_is_no_figure(read: Read) -> None:
    assert parts(read, "Two tugs pulled the ferry to Pier 4 on Monday.")["figures"] == [[2.0, 2.0, "tug"]]


@pytest.mark.parametrize("text", [
    "The clerk wrote to friends of Hale, including his 2012 mayoral rival Ann Lee.",
    "The council refused to pay under Article 7 of the harbour treaty.",
    "The clerk read from page 31 of the report to the council.",
])
def test_years_and_numbers_of_things_count_nothing(read: Read, text: str) -> None:
    assert parts(read, text)["figures"] == []


@pytest.mark.parametrize(("text", "known"), [
    ("Hale promised to repay the $30,500 to the town.", True),
    ("Hale promised to repay $30,500 to the town.", False),
    ("Hale promised to repay the $30,500 in 40 parts.", False),
    ("The office led the inquiry and five of the cranes.", False),
])
def test_a_figure_may_be_told_as_known(read: Read, text: str, known: bool) -> None:
    assert parts(read, text)["known"] is known


def test_a_round_number_before_many_may_count_them(read: Read) -> None:
    assert parts(read, "The port hired 2000 workers for the new pier.")["figures"] == [[2000.0, 2000.0, "worker"]]


@pytest.mark.parametrize(("text", "hedge"), [
    ("The captain reportedly locked the doors of the ferry.", "reported"),
    ("The captain may have locked the doors of the ferry.", "possible"),
    ("The captain locked the doors of the ferry.", ""),
])
def test_hedges(read: Read, text: str, hedge: str) -> None:
    mentions, _ = read(text)
    assert mentions.iloc[0]["hedge"] == hedge


def test_a_headline_is_read_as_the_body_prints_its_words() -> None:
    text = "Company Denies Poisoning River\n\nThe company denies that it was poisoning the river Alder."
    lowered = lower_headlines(text, split_sentences(text))
    assert lowered.splitlines()[0] == "company denies poisoning river"
    assert len(lowered) == len(text) and lowered.splitlines()[2] == text.splitlines()[2]


@pytest.mark.parametrize("text", [
    "The official asked not to be named because she was not authorised to speak.",
    "Please keep your letters coming to the editor.",
    "What a sad week for the little town of Port Alder!",
    "It looks like the mayor of Port Alder had a change of heart.",
    "The mayor of Port Alder told the council on Monday.",
])
def test_what_is_no_claim(read: Read, text: str) -> None:
    mentions, _ = read(text)
    assert len(mentions) == 0, mentions["quote"].tolist()


def test_a_surname_is_the_person_named_before(read: Read) -> None:
    text = "Sen. Maria Stone visited the port. Stone said that the bridge collapsed at noon."
    _, attributions = read(text)
    assert attributions["speaker"].tolist() == ["Maria Stone"]


def test_an_acronym_is_the_body_it_was_given_for(read: Read) -> None:
    text = "The Center for Harbour Studies (CHS) warned of floods. The CHS reported that the bridge collapsed at noon."
    mentions, attributions = read(text)
    last = mentions[mentions["quote"].str.contains("collapsed")].iloc[0]
    speaker = attributions.set_index("mention_id").loc[last["mention_id"], "speaker"]
    assert "CHS" in speaker and "Harbour Studies" in speaker


def test_a_proposition_says_who_did_it(read: Read) -> None:
    text = "Mayor Ann Lee visited the site. She opened the new bridge on Monday and promised a second one."
    mentions, _ = read(text)
    opened = mentions[mentions["quote"].str.contains("opened")].iloc[0]
    assert opened["proposition"].startswith("Ann Lee opened the new bridge")


@pytest.mark.parametrize(("text", "told"), [
    ("The board read out the letter the mayor sent to the port on Friday.", "the mayor sent the letter to the port on Friday"),
    ("The party lost a man the clerk had worked for on the council.", "the clerk had worked for a man on the council"),
])
def test_a_clause_that_hangs_on_its_object_tells_it(read: Read, text: str, told: str) -> None:
    """The noun stands where the clause leaves it out, so that a reader is told what was sent."""
    assert told in [p.rstrip(".") for p in read(text)[0]["proposition"]]


@pytest.mark.parametrize(
    ("text", "doer", "ahead"),
    [
        ("Mayor Ann Lee opened the new bridge on Monday.", "lee", False),
        ("The new bridge was opened on Monday by Ann Lee.", "lee", False),
        ("The crew opened the new bridge on Monday.", "", False),
        ("Ann Lee will open the new bridge on Monday.", "lee", True),
        ("Ann Lee promised to open the new bridge on Monday.", "lee", True),
        ("Ann Lee would have opened the new bridge on Monday.", "lee", False),
        ("Ann Lee would like to thank the crew of the new bridge.", "lee", False),
    ],
)
def test_a_frame_says_who_does_it_and_whether_it_lies_ahead(read: Read, text: str, doer: str, ahead: bool) -> None:
    frame = json.loads(read(text)[0].iloc[0]["frame"])
    assert (frame["doer"], frame["ahead"]) == (doer, ahead)


@pytest.mark.parametrize(
    ("count", "range_"),
    [
        ("more than 20", [20, None]), ("at least 20", [20, None]), ("no fewer than 9", [9, None]), ("upwards of 60", [60, None]),
        ("up to 30", [None, 30]), ("as many as 70", [None, 70]), ("no more than 5", [None, 5]), ("fewer than 12", [None, 12]),
        ("nearly 40", [36, 40]), ("about 40", [36, 44]), ("some 200", [180, 220]), ("between 10 and 15", [10, 15]), ("10 to 15", [10, 15]),
        ("several", [3, 9]), ("dozens of", [24, 99]), ("hundreds of", [200, 999]), ("tens of thousands of", [10000, 99999]), ("half a dozen", [6, 6]),
        ("two dozen", [24, 24]), ("1.2 million", [1200000, 1200000]), ("14", [14, 14]),
    ],
)
def test_vague_counts_are_ranges(read: Callable[..., tuple[pd.DataFrame, pd.DataFrame]], count: str, range_: list[float | None]) -> None:
    mentions, _ = read(f"The fire injured {count} people in Port Alder on Monday.")
    assert [json.loads(f)["figures"] for f in mentions["frame"]] == [[[*range_, "person"]]]


def test_a_commitment_that_something_will_be_done_lies_ahead(read: Read) -> None:
    mentions, _ = read("Ann Lee made a commitment that she would open the new bridge.")
    assert json.loads(mentions[mentions["quote"].str.contains("commitment")].iloc[0]["frame"])["ahead"]


def test_a_quotation_is_cut_at_a_pause_between_two_statements(read: Read) -> None:
    mentions, _ = read('The mayor of Port Alder wrote: "We all believe that sound piers are vital...the work on the dock is held up."')
    held = [q for q in mentions["quote"] if "dock" in q]
    assert held and all("piers" not in q for q in held)


def test_allegations_of_a_wrong_that_are_called_baseless_ask_whether_it_was_done(read: Read) -> None:
    frame = parts(read, "The lawyer said that the claims of unlawful deals lack any basis.")
    assert frame["act"] == "wrongdoing"
