"""What a claim says is what the article says: subjects fetched from the right place, nothing cut off that turns the sense, questions told as questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tracker.pipeline import build, read_articles

Read = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]
TITLE = "A quiet week in Port Alder\n\n"
BODY = "\n\nThe town lies on the coast of the island and has about two thousand people."


def told(read: Read, text: str) -> dict[str, dict[str, Any]]:
    """The mentions in `text` by proposition, final stops left out."""
    mentions, _ = read(TITLE + text + BODY)
    rows = [m for m in mentions.to_dict("records") if len(TITLE) <= m["start"] < len(TITLE) + len(text)]
    return {r["proposition"].rstrip(". "): r for r in rows}


SAID = {
    "neither and nor stay": (
        "Officials said that neither the harbour office nor the tax office, an agency that looks at boats, is investigating.",
        "neither the harbour office nor the tax office, an agency that looks at boats, is investigating",
    ),
    "nor before its verb": (
        "The statement homed in on the papers, but it did not dispute that Hall had lied, nor did it make mention of the tower deal.",
        "nor did it make mention of the tower deal",
    ),
    "not all": ("Not all of the guests are eager to hear the speech and are planning a protest.", "Not all of the guests are planning a protest"),
    "a who inside the subject": ("Hall said that women who sought them should be punished.", "women who sought them should be punished"),
    "a who that is the object": ("The state, which Hall represented for eight years, closed the port.", "Hall represented The state for eight years"),
    "a thing carried by the further verb": (
        "The race moves to New York, a state that she hoped to carry by a large margin.",
        "she hoped to carry a state by a large margin",
    ),
    "which words it replaces": (
        "These acts represent a shift in which his name is serving as a stand-in.",
        "These acts represent a shift in which his name is serving as a stand-in",
    ),
    "the one who leads": ("Hall is still a favorite to win, leading Clark by 46 percent to 35 percent.", "Hall leading Clark by 46 percent to 35 percent"),
    "a participle told of somebody": ("Driven by greed, they sold the ferry.", "they, driven by greed"),
    "the capital of a sentence": ("Responding to the letter, Ann Hall left the island on Sunday.", "Ann Hall responding to the letter"),
    "it has a subject": (
        "Hall plans to send a letter, but it is unlikely that any reply could get through.",
        "it is unlikely that any reply could get through",
    ),
    "both of two": ("Rubin and Kay, who may not survive past next week, won their states.", "Rubin and Kay may not survive past next week"),
    "who is a person": ("Mr. Hall cleared the way to this year's nomination for Mr. Spence, who had just left it.", "Mr. Spence had just left it"),
    "a thing is which": (
        "Two senior officials of Mr. Cole at the Port Authority, which operates the bridge, were fired.",
        "the Port Authority operates the bridge",
    ),
    "many are were": (
        "They seek records relating to three close aides to Mr. Cole who resigned or were fired when their roles were revealed.",
        "three close aides to Mr. Cole resigned",
    ),
    "who stands further off": ("The mayor of the island, who was elected in May, left the town.", "The mayor of the island was elected in May"),
    "either may have left": ("An aide to Ann Hall who left the town in May sued the port.", "An aide to Ann Hall who left the town"),
    "what he is": ("Tom Reed is an adviser to the fund, who worked for the port.", "Tom Reed worked for the port"),
    "who sues alleges": (
        "Reed was sued by his former aide, Ann Lee, in 2014, alleging a hostile workplace in his office.",
        "his former aide alleging a hostile workplace in Reed’s office",
    ),
    "a verb of many": (
        "Sen. Ron Pell told the Courier that polls could be way off, and have been unreliable in past races.",
        "have been unreliable in past races",
    ),
    "refused to concede": (
        "And he refused, generally, to concede that critics had a point in warning that firms might hire fewer people.",
        "he refused, generally, to concede that critics had a point in warning",
    ),
}


@pytest.mark.parametrize(("text", "proposition"), SAID.values(), ids=SAID)
def test_a_clause_is_told_as_it_stands(read: Read, text: str, proposition: str) -> None:
    assert proposition in told(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "The source said that the police was reaching out to shops to zero in on where the parts of the bombs were made.",
        "Hall made conflicting statements about how he would tackle the fund, tax cuts and jobs.",
        "There are some industries in California that might respond more radically to the rule.",
        "They live up to the accord by changing the ways they produce and consume energy.",
        "It is the council that sold the ferry to a rival.",
    ],
)
def test_what_only_defines_a_noun_is_no_claim(read: Read, text: str) -> None:
    """ "where the parts were made", "the ways they use energy", "industries that might respond": the clause belongs to its noun."""
    assert len(told(read, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The council must work towards unity, whether it is led by Hall or by Clark.",
        "Hall also asked how it is conservative to add a trillion dollars.",
        "Soerens argued that:",
        "A spokeswoman said Thursday that she could neither confirm nor deny whether any specific steps had been taken.",
    ],
)
def test_what_puts_nothing_is_no_claim(read: Read, text: str) -> None:
    assert not {k: v for k, v in told(read, text).items() if "unity" not in k}


ASKED = {
    "a dispute": ("The police are looking into disputes over whether the office misused the relief money.", "whether the office misused the relief money"),
    "a question": ("A clerk did not respond to questions about whether he had fulfilled that promise.", "whether he had fulfilled that promise"),
    "an inquiry": (
        "The detectives are still seeking to determine whether the parts were capable of exploding.",
        "The detectives are still seeking to determine whether the parts were capable of exploding",
    ),
    "somebody who asks": ("Lee Wang of the Courier asked Hall on Friday whether she would release the papers.", "whether she would release the papers"),
    "a wonder": ("It is hard not to wonder whether the council looks enviously at the other town.", "whether the council looks enviously at the other town"),
}


@pytest.mark.parametrize(("text", "quote"), ASKED.values(), ids=ASKED)
def test_what_is_asked_is_not_put(read: Read, text: str, quote: str) -> None:
    """The quotation shows who asks where that is all that the words before do; these are no claim by themselves."""
    found = told(read, text)
    assert [r["quote"] for r in found.values() if r["stance"] == "unverified"] == [quote]
    assert not any(p.endswith(("determine", "Friday", "wonder")) for p in found)


def test_a_purpose_that_asks_is_shown_with_its_clause(read: Read) -> None:
    found = told(read, 'Ann Hall said only that her office was reviewing the matter "to determine whether a law was broken."')
    assert 'her office was reviewing the matter "to determine whether a law was broken' in [r["quote"] for r in found.values()]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("That suggests a lack of confidence that the systems can be fully trusted.", "denies"),
        ("Officials closed the port without evidence that the ferry carried any weapons.", "denies"),
        ("Officials closed the port on evidence that the ferry carried many weapons.", "supports"),
    ],
)
def test_what_there_is_no_ground_for_is_denied(read: Read, text: str, stance: str) -> None:
    assert [r["stance"] for p, r in told(read, text).items() if "trusted" in p or "weapons" in p][-1] == stance


def test_a_chance_is_held_back(read: Read) -> None:
    found = told(read, "Hall spoke of the danger, the risk that the old dam of the valley breaks this winter.")
    assert [r["hedge"] for p, r in found.items() if p.startswith("the old dam")] == ["possible"]


def test_nor_negates_what_follows(read: Read) -> None:
    found = told(read, SAID["nor before its verb"][0])
    assert '"negated":true' in found["nor did it make mention of the tower deal"]["frame"].replace(" ", "")


def test_days_are_no_names_and_an_act_without_object_has_none(read: Read) -> None:
    (row,) = told(read, "The captain of the ferry slept in the harbour on Wednesday.").values()
    frame = row["frame"].replace(" ", "")
    assert '"names":[]' in frame and '"object":""' in frame


def claims_of(tmp_path: Path, *texts: str) -> pd.DataFrame:
    for n, text in enumerate(texts):
        (tmp_path / f"{n}.txt").write_text(TITLE + text + BODY, encoding="utf-8")
    return build(read_articles([tmp_path]))["claims"]


def test_the_wording_ends_with_the_clause_that_the_quotation_shows(tmp_path: Path) -> None:
    claims = claims_of(tmp_path, "The council paid for the pier that the captain had repaired with the money of the fund.")
    assert "The council paid for the pier that the captain had repaired with the money of the fund" in set(claims["full_wording"])


def test_because_of_stays(tmp_path: Path) -> None:
    claims = claims_of(tmp_path, "Because of her ties to the fund, Ann Hall left the council of Port Alder in May.")
    assert any(w.startswith("Because of Ann Hall’s ties") for w in claims["full_wording"])


def test_the_desks_credit_line_is_no_claim(tmp_path: Path) -> None:
    claims = claims_of(tmp_path, "The port closed on Monday after the storm. (Reporting by Ann Lee in Port Alder; Editing by Tom Reed)")
    assert not claims["full_wording"].str.contains("Reporting by|Editing by").any()


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Reed was sued by his former aide in 2014, alleging that he had lied about the harbour fund.", "his former aide"),
        ("The firm was sued in May by Ann Lee, claiming that it had hidden the leak in the pier.", "Ann Lee"),
    ],
)
def test_who_sues_is_who_alleges(read: Read, text: str, voice: str) -> None:
    """The one who is sued, though the subject of the sentence, says nothing."""
    mentions, attributions = read(TITLE + text + BODY)
    inner = mentions[mentions["quote"].str.startswith(("he had lied", "it had hidden"))]["mention_id"].iloc[0]
    assert attributions[attributions["mention_id"] == inner]["speaker"].tolist() == [voice]
