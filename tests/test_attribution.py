"""Whom an article credits: one construction a test, in sentences made for it."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

Read = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]


def credited(read: Read, text: str, part: str, **columns: Any) -> list[list[str]]:
    """The chains of speakers, outer first, of the mention that holds `part`."""
    mentions, attributions = read(text, **columns)
    rows = mentions[mentions["quote"].str.contains(part, regex=False)]
    assert len(rows), f"no mention holds {part!r}: {mentions['quote'].tolist()}"
    own = attributions[attributions["mention_id"] == rows.iloc[0]["mention_id"]]
    return [list(branch.sort_values("hop")["speaker"]) for _, branch in own.groupby("branch")]


def stance(read: Read, text: str, part: str) -> str:
    mentions, _ = read(text)
    return str(mentions[mentions["quote"].str.contains(part, regex=False)].iloc[0]["stance"])


@pytest.mark.parametrize(("text", "part", "chains"), [
    ("The mayor, Ann Lee, said that the bridge collapsed at noon.", "bridge collapsed", [["Ann Lee"]]),
    ("The bridge collapsed at noon, two police officials said on Friday.", "bridge collapsed", [["two police officials"]]),
    ("According to the harbour authority, the bridge collapsed at noon.", "bridge collapsed", [["the harbour authority"]]),
    ("“The bridge collapsed at noon,” said Ann Lee, a spokeswoman for the city.", "bridge collapsed", [["Ann Lee"]]),
    ("The bridge collapsed at noon on Friday after two barges hit a pillar.", "bridge collapsed", []),
    ("The envoy to the United Nations, Ann Lee, said that the bridge collapsed at noon.", "bridge collapsed", [["Ann Lee"]]),
])
def test_who_is_credited(read: Read, text: str, part: str, chains: list[list[str]]) -> None:
    assert credited(read, text, part) == chains


def test_an_outlet_citing_others_is_a_relay(read: Read) -> None:
    """"Reuters reported, citing two officials": the officials are the origin, Reuters stands between."""
    chains = credited(read, "Reuters reported, citing two police officials, that the bridge collapsed at noon.", "bridge collapsed")
    assert chains == [["Reuters", "two police officials"]]


def test_an_article_that_credits_its_own_outlet_credits_nobody_else(read: Read) -> None:
    text = "Reuters reported last week that the bridge collapsed at noon."
    assert credited(read, text, "bridge collapsed", outlet_id="reuters") == []


def test_the_attribution_frame_is_not_part_of_the_claim(read: Read) -> None:
    mentions, _ = read("The mayor, Ann Lee, said that the bridge collapsed at noon.")
    assert mentions["quote"].tolist() == ["the bridge collapsed at noon"]


def test_one_sentence_can_put_two_claims(read: Read) -> None:
    mentions, _ = read("Ann Lee said the bridge collapsed at noon and that the ferry sank two hours later.")
    assert len(mentions) == 2


def test_a_pronoun_is_read_as_the_person_it_stands_for(read: Read) -> None:
    text = "Mayor Ann Lee visited the site. She said the bridge collapsed at noon."
    assert credited(read, text, "bridge collapsed") == [["Ann Lee"]]


def test_denying_a_report_denies_it(read: Read) -> None:
    text = "Reuters reported that the company had poisoned the river. The company denied the report."
    mentions, _ = read(text)
    denial = mentions[mentions["stance"] == "denies"].iloc[0]
    assert "poisoned" in mentions.set_index("mention_id").loc[denial["refers_id"], "quote"]


def test_a_remark_on_verification_marks_what_it_speaks_about(read: Read) -> None:
    text = ("The mayor spoke after reports that three divers drowned at the dam. "
            "Our newsroom was unable to verify those reports, which are not confirmed beyond one police source.")
    mentions, attributions = read(text)
    drowned = mentions[mentions["quote"].str.contains("divers drowned")].iloc[0]
    assert drowned["stance"] == "unverified"
    assert drowned["confirmed_max"] == 1
    assert "police source" in attributions.set_index("mention_id").loc[[drowned["mention_id"]], "speaker"].iloc[0]


def test_whether_puts_nothing(read: Read) -> None:
    assert stance(read, "The police have not said whether the van belonged to Paul Stone.", "van belonged") == "unverified"


@pytest.mark.parametrize("text", [
    "“It is a terrible plan for a good town,” she said.",
    "Ann Lee declined to comment on the collapse of the bridge.",
    "Does anybody in the city know who built the bridge?",
])
def test_no_claim_is_made_of_opinion_silence_and_questions(read: Read, text: str) -> None:
    mentions, _ = read(text)
    assert all(mentions["frame"].str.contains('"weak":true')) if len(mentions) else True


def test_offsets_are_exact(read: Read) -> None:
    text = "LONDON — “The bridge\u00a0collapsed,” Ann Lee told Reuters – “at noon”. It was 5 °C.\r\n\r\nTwo men died, the police said."
    mentions, _ = read(text)
    assert len(mentions)
    for row in mentions.to_dict("records"):
        assert text[row["start"]:row["end"]] == row["quote"]


HIDDEN = {
    "members who said": (
        "The storm led to quarrels among old fishermen of the village who said that the pier, if mended, could stand for a century.",
        "could stand",
        ["old fishermen of the village"],
    ),
    "an article saying": (
        "The baker laughed about an article published by Harbour News on Monday saying that Mr. Cole had sold the ferry to a rival.",
        "had sold the ferry",
        ["Harbour News"],
    ),
    "a statement she issued saying": (
        "On Monday, Ann Zoll issued a letter saying two divers from the village had mended the ferry.",
        "had mended the ferry",
        ["Ann Zoll"],
    ),
    "a lawyer for two": ("The port was closed in May, a lawyer for the fund and the party said Thursday.", "port was closed", ["a lawyer for the fund"]),
    "a letter saying": ("The teacher tore up a letter of the museum saying that the old bell belonged to the village.", "old bell", ["a letter of the museum"]),
    "accused of fishing in the lake": ("Mr. Hall had been accused of fishing in the lake by Ann Lee, the village teacher.", "accused of fishing", ["Ann Lee"]),
    "where it was cleaned, according to": (
        "The divers lifted the old bell out of the bay and took it to the school, where it was cleaned, according to the teacher.",
        "lifted the old bell",
        ["the teacher"],
    ),
    "done by one and said by another": (
        "Divers identified the wreck from a bell that lay under the bow, museum officials said on Monday.",
        "identified the wreck",
        ["museum officials"],
    ),
    "people invited to the party said": (
        "The baker did not open the shop, but people invited to the party said the bread was given to the school.",
        "bread was given",
        ["people invited to the party"],
    ),
    "sources confirmed to": (
        "A painter bought the old lighthouse on Monday, museum sources confirmed to Harbour News.",
        "bought the old lighthouse",
        ["museum sources"],
    ),
    "the office is no party": (
        "The party met in May in the harbour hall, the party said. The office said at the time that it had found no weapons in the port.",
        "no weapons",
        ["The office"],
    ),
}


@pytest.mark.parametrize(("text", "part", "chain"), HIDDEN.values(), ids=HIDDEN)
def test_who_is_credited_behind_other_words(read: Read, text: str, part: str, chain: list[str]) -> None:
    assert credited(read, text, part) == [chain]


def test_who_did_it_stands_alone_where_nobody_says_so(read: Read) -> None:
    """ "identified" puts the police behind it unless somebody else tells of it."""
    assert credited(read, "Investigators identified Reed on Friday as the man who sold the ferry.", "identified Reed") == [["Investigators"]]
