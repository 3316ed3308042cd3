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
        "The clerk said that neither the bakery nor the mill, a house on the hill, is selling flour this week.",
        "neither the bakery nor the mill, a house on the hill, is selling flour this week",
    ),
    "nor before its verb": (
        "The choir sang in the hall on Sunday, but it did not please the town, nor did it earn money for the roof.",
        "nor did it earn money for the roof",
    ),
    "not all": ("Not all of the farmers are glad about the new road and are selling their fields.", "Not all of the farmers are selling their fields"),
    "a who inside the subject": ("Hall said that boys who stole apples should be sent home.", "boys who stole apples should be sent home"),
    "a who that is the object": ("The orchard, which Hall tended for eight years, burned on Monday.", "Hall tended The orchard for eight years"),
    "which words it replaces": (
        "These nets were a gift in which her brother had taken some pride.",
        "These nets were a gift in which her brother had taken some pride",
    ),
    "the one who leads": ("Hall is the new captain of the team, training four boys on the beach every day.", "Hall training four boys on the beach every day"),
    "a participle told of somebody": ("Worn out by the long winter, they sold the ferry.", "they, worn out by the long winter"),
    "the capital of a sentence": ("Carrying two heavy bags, Ann Hall left the island on Sunday.", "Ann Hall carrying two heavy bags"),
    "it has a subject": (
        "Hall plans to build a pier, but it is doubtful that the bank will pay for it.",
        "it is doubtful that the bank will pay for it",
    ),
    "both of two": ("Rubin and Kay, who may buy the old mill, were born in Lund.", "Rubin and Kay may buy the old mill"),
    "who is a person": ("The choir sang at the celebration for Mr. Spence, who had won the boat race.", "Mr. Spence had won the boat race"),
    "a thing is which": (
        "Three clerks of the Lund Savings Bank, which owns the mill, sang in the choir.",
        "the Lund Savings Bank owns the mill",
    ),
    "many are were": (
        "The letter names two old friends of Mr. Cole who moved away or were sent to sea after the storm.",
        "two old friends of Mr. Cole moved away",
    ),
    "who stands further off": ("The mayor of the island, who was elected in May, left the town.", "The mayor of the island was elected in May"),
    "either may have left": ("A cook of Ann Hall who won the prize opened a shop.", "A cook of Ann Hall who won the prize"),
    "what he is": ("Tom Reed is a teacher in Lund, who built the school boat.", "Tom Reed built the school boat"),
    "who sues alleges": (
        "Reed was scolded by the baker, Ann Lee, on Monday, claiming two sacks of flour from his barn.",
        "the baker claiming two sacks of flour from Reed’s barn",
    ),
    "refused to concede": (
        "The captain refused to admit that the boat had lost its rudder near the island.",
        "The captain refused to admit that the boat had lost its rudder near the island",
    ),
}


@pytest.mark.parametrize(("text", "proposition"), SAID.values(), ids=SAID)
def test_a_clause_is_told_as_it_stands(read: Read, text: str, proposition: str) -> None:
    assert proposition in told(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "The baker showed the children of the school where the bread of the whole island is made.",
        "Hall gave two talks about how she would rebuild the mill, the pier and the school.",
        "There are two bakers in Lund that might sell bread on the ferry.",
        "The fishermen saved the old nets by changing the way they dry and store rope.",
        "It is the baker that sold the ferry to a rival.",
    ],
)
def test_what_only_defines_a_noun_is_no_claim(read: Read, text: str) -> None:
    """ "where the bread is made", "the way they dry rope", "bakers that might sell bread": the clause belongs to its noun."""
    assert len(told(read, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The boats must leave before noon, whether it is raining or not in the harbour.",
        "The teacher also asked how the boys had built a boat.",
        "Tom Reed argued that:",
        "The baker said on Monday that he could neither confirm nor deny whether the mill had been sold to Kay.",
    ],
)
def test_what_puts_nothing_is_no_claim(read: Read, text: str) -> None:
    assert not {k: v for k, v in told(read, text).items() if "noon" not in k}


ASKED = {
    "a dispute": ("The choir is torn by quarrels over whether the teacher hid the old organ.", "whether the teacher hid the old organ"),
    "a question": ("The baker smiled at questions about whether he had burned the bread.", "whether he had burned the bread"),
    "an inquiry": (
        "The divers are still trying to determine whether the old boat carried any gold.",
        "The divers are still trying to determine whether the old boat carried any gold",
    ),
    "somebody who asks": ("Tom Kay of the Courier asked Hall on Monday whether she would sell the mill.", "whether she would sell the mill"),
    "a wonder": ("It is hard not to wonder whether the captain slept on the bridge of the ferry.", "whether the captain slept on the bridge of the ferry"),
}


@pytest.mark.parametrize(("text", "quote"), ASKED.values(), ids=ASKED)
def test_what_is_asked_is_not_put(read: Read, text: str, quote: str) -> None:
    """The quotation shows who asks where that is all that the words before do; these are no claim by themselves."""
    found = told(read, text)
    assert [r["quote"] for r in found.values() if r["stance"] == "unverified"] == [quote]
    assert not any(p.endswith(("determine", "Monday", "wonder")) for p in found)


def test_a_purpose_that_asks_is_shown_with_its_clause(read: Read) -> None:
    found = told(read, 'Tom Kay said on Monday that the divers were searching the bay "to determine whether a boat was lost."')
    assert 'the divers were searching the bay "to determine whether a boat was lost' in [r["quote"] for r in found.values()]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The captain spoke of a lack of proof that the ferry carried any weapons.", "denies"),
        ("Officials closed the port without evidence that the ferry carried any weapons.", "denies"),
        ("Officials closed the port on evidence that the ferry carried many weapons.", "supports"),
    ],
)
def test_what_there_is_no_ground_for_is_denied(read: Read, text: str, stance: str) -> None:
    assert [r["stance"] for p, r in told(read, text).items() if "weapons" in p][-1] == stance


def test_a_chance_is_held_back(read: Read) -> None:
    found = told(read, "Hall spoke of the danger, the risk that the old dam of the valley breaks this winter.")
    assert [r["hedge"] for p, r in found.items() if p.startswith("the old dam")] == ["possible"]


def test_nor_negates_what_follows(read: Read) -> None:
    found = told(read, SAID["nor before its verb"][0])
    assert '"negated":true' in found["nor did it earn money for the roof"]["frame"].replace(" ", "")


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
