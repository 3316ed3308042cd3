"""What of a page is the site's and not the story's; losing a story's sentence is as bad as keeping a menu."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tracker.fetch import read_documents
from tracker.parse import parse_articles
from tracker.parse.furniture import find_furniture
from tracker.parse.layout import lay_out
from tracker.parse.prompts import form_of
from tracker.registry import Registry
from tracker.settings import ReadSettings

STORY = [
    "Ferry Grey Heron burns off Marlhaven with 212 on board",
    "A fire broke out in the engine room of the passenger ferry Grey Heron late on Tuesday, the Marlhaven fire service said.",
    "Fourteen people were injured when smoke filled the lower deck of the ferry, according to St Anne Hospital in Marlhaven.",
    "The captain of the Grey Heron, Jonas Pell, turned the ship back towards the harbour when the crew saw smoke, the coast guard said.",
    "“The doors were open,” said Ines Halvard, a spokeswoman for the port.",
    "Tarn Lines, which owns the Grey Heron, denied that its managers had told the crew to switch off the alarms.",
    "Investigators from the ministry took the data recorder of the ferry away on Wednesday, the coast guard said.",
    "The hospital has sent ten of the injured passengers home, and the captain was questioned by the fire service on Wednesday evening.",
]
OTHERS = ["Council Votes on New Bus Lanes for the Old Town", "Central bank leaves rates where they are as prices cool",
          "The council voted on Monday for bus lanes in three streets of the old town, after months of dispute with shop owners over parking.",
          "The central bank left its main rate unchanged, saying that prices had risen by only two percent over the year to February."]


def kept(*lines: str, title: str = "") -> list[str]:
    """What is left of a page of these lines."""
    text = "\n\n".join(lines)
    spans = find_furniture(text, lay_out(text, title=title))
    left, at = "", 0
    for start, end in [*spans, (len(text), len(text))]:
        left, at = left + text[at:start], end
    return [line.strip() for line in left.split("\n") if line.strip()]


@pytest.mark.parametrize("line", [
    "News Feed", "Most Commented", "2 min read", "Text Size", "bar_progress", "1,204 views", "12 Comments", "Share this story", "Show More", "3 hours ago",
    "* * *",
    "Ann Lee Views", "0", "Advertisement", "#ferry #fire", "Page 2 of 3", "Updated 5:32 PM EDT, March 12, 2025", "14 March 2025", "By Ann Lee and Bo Ek",
    "By ANN LEE, Coast Wire", "By Ann Lee | March 12, 2025", "JOIN US VIA WHATSAPP", "Follow our coverage of the fire on the @harbour_post.",
    "Join us on social!",
    "To report a mistake highlight it and press Ctrl + Enter", "Did you find an error? Select it and press Ctrl+Enter",
    "Read more: What we know about the ferry",
    "Sign up for our newsletter and get the best of the coast every morning.", "This site uses cookies to improve your visit.", "Already a subscriber? Log in",
    "© Marlhaven Courier. All rights reserved.", "Copyright 2025 Coast Wire. This material may not be published, broadcast or redistributed without "
    "permission.",
    "[Image source=Coast Wire]", "(Ann Lee / POOL / AFP via Getty Images)", "Photo: Ann Lee/Reuters",
    "FILE PHOTO: A ferry leaves the port, May 2, 2023. REUTERS/Ann Lee",
    "In this handout photo released by the navy, a ship burns at sea.", "The ferry leaves the port on Monday.CreditAnn Lee/Reuters",
    "Reporting by Ann Lee; Editing by Bo Ek",
    "The Associated Press contributed to this report.", "Source: Xinhua", "This article was originally published by The Conversation.",
    "Our Standards: The Thomson Reuters Trust Principles.", "The views expressed in this article are the author's own.", "https://example.org/a",
    "Tags: ferry, fire"])
def test_lines_that_are_never_story(line: str) -> None:
    """Labels, prompts, credits and the desk's lines are told by their form."""
    assert form_of(line) and kept(*STORY[:4], line, *STORY[4:]) == STORY


@pytest.mark.parametrize("line", [
    "Follow-up talks will be held in Oslo, the minister said.", "“We use cookies,” he said, and the room laughed.",
    "Copyright law does not protect ideas, the court said.",
    "Getty Images said that it would sue the company.", "By Monday, 14 people had died.", "Share prices fell by 3 percent on Tuesday.",
    "Top officials met in Geneva.",
    "Help arrived two hours later, residents said.", "Reporting by the BBC showed that the ship was old.", "The photo showed a ship burning near the pier.",
    "Contact between the two sides was lost on Friday.", "Watch officers on the bridge saw the fire first.",
    "The Associated Press reported that the general had resigned.",
    "The story was first reported by The Washington Post.", "Please stop the war, she wrote to the president.", "Latest figures show that 12 people died.",
    "Video: the minister said the film was fake.", "This report was produced by the ministry and lists 14 deaths.", "From Moscow, Putin flew to Beijing.",
    "14 October 2024 was the deadliest day of the war.", "If you find an error in the ballot, tell the clerk, the commission said.",
    "He told AFP/Reuters that nothing had happened.",
    "More from the ship was found on the beach, police said.", "Correction: eleven people, not fourteen, were injured in the fire."])
def test_sentences_that_look_like_furniture(line: str) -> None:
    """A story's sentence may begin as a prompt does."""
    assert not form_of(line) and kept(*STORY[:4], line, *STORY[4:]) == [*STORY[:4], line, *STORY[4:]]


@pytest.mark.parametrize("heading", ["Related Stories", "News Feed", "Latest", "More from the Courier", "You may also like", "Special Coverage"])
@pytest.mark.parametrize("teasers", [OTHERS[:2], OTHERS[2:], [OTHERS[0], OTHERS[2], OTHERS[1], OTHERS[3]]])
def test_footer_with_other_stories(heading: str, teasers: list[str]) -> None:
    """Headlines and first paragraphs of other stories below a footer's heading are not this story's."""
    assert kept(*STORY, heading, *teasers, "Show More") == STORY


@pytest.mark.parametrize("teasers", [OTHERS[:2], OTHERS[2:], [OTHERS[0], OTHERS[2], OTHERS[1], OTHERS[3]]])
def test_story_goes_on_below_a_box(teasers: list[str]) -> None:
    """A box of other stories in the middle takes nothing of the story with it."""
    assert kept(*STORY[:4], "Read next", *teasers, *STORY[4:]) == STORY


def test_headline_of_another_story_between_paragraphs() -> None:
    """A title-case line without a stop between two paragraphs is a link; an item of a list is not."""
    link = "Harbour in Flames: Ferry Company Under Pressure After Second Fire"
    assert kept(*STORY[:3], link, *STORY[3:]) == STORY
    listed = [*STORY[:3], "The inspectors named two ships of the company as unsafe:", "The Grey Heron of Marlhaven Harbour", "The Old Gull of Skarn",
        *STORY[3:]]
    assert kept(*listed) == listed


def test_title_is_kept_once() -> None:
    """The headline may carry a claim; what repeats it says nothing new."""
    assert kept("News Feed", STORY[0], "2 min read", STORY[0], *STORY[1:]) == STORY
    short = ["Ferry burns"]
    assert kept(*short, *STORY[1:], title="Ferry burns") == [*short, *STORY[1:]]


def test_menus_round_the_story() -> None:
    """Runs of very short lines above and below are the site's."""
    assert kept("Home", "World", "Coast", "Fishing", "Log in", *STORY, "Imprint", "Our team", "Top") == STORY


def test_lines_in_another_script() -> None:
    """A menu in another script is not English story."""
    assert kept("본문 바로가기", "Текст новости", *STORY) == STORY


def test_caption_above_its_credit() -> None:
    """The words in one block with a picture's credit, or that say who stands where, are its caption."""
    picture = "The ferry Grey Heron is towed to Pier 4 in Marlhaven on Wednesday.\n[Image source=Coast Wire]"
    text = "\n\n".join([*STORY[:3], picture, *STORY[3:]])
    spans = find_furniture(text, lay_out(text))
    assert [text[s:e].split()[0] for s, e in spans] == ["The", "[Image"]
    assert kept(*STORY[:3], "Minister Ada Korr (left) and Jonas Pell (right) look at the ferry.", "Getty Images", *STORY[3:]) == STORY


@pytest.mark.parametrize("opening", ["MARLHAVEN — ", "WASHINGTON -- ", "KYIV, Oct 3 (Reuters) - ", "SEOUL, Oct. 14 (Yonhap) -- ", "(Reuters) - ",
    "MOSCOW, October 14. /TASS/. ",
                                     "BEIRUT/JERUSALEM, Oct 3 (Reuters) - ", "Berlin (dpa) - ", "NEW DELHI: ", "Geneva, 3 October (ATS) – "])
def test_dateline_is_no_part_of_a_claim(opening: str) -> None:
    """Place, day and agency before the first sentence are marked, the sentence is not."""
    assert kept(STORY[0], opening + STORY[1], *STORY[2:]) == STORY


@pytest.mark.parametrize("opening", ["NATO — ", "The ship — ", "UPDATE: "])
def test_no_dateline(opening: str) -> None:
    """Not everything before a dash is a place."""
    assert kept(STORY[0], opening + STORY[1], *STORY[2:])[1] == (opening + STORY[1])


def test_furniture_inside_a_line() -> None:
    """The end of a line may be the site's and the rest the story's."""
    assert kept(STORY[0], STORY[1] + " Read Full Article at Tide.com", *STORY[2:]) == STORY


def test_hard_wrapped_text_is_taken_by_blocks() -> None:
    """Lines of a wrapped paragraph are not taken for headlines or menus."""
    import textwrap

    blocks = [textwrap.fill(p, 60) for p in STORY]
    text = "\n\n".join(blocks)
    assert find_furniture(text, lay_out(text)) == []


def test_development_cases_keep_their_stories(shared: Path, registry: Registry) -> None:
    """Nothing that the gold quotes is furniture, and what it calls furniture is."""
    documents, _ = read_documents([str(shared / "cases" / "*" / "articles" / "*.txt")], settings=ReadSettings())
    articles, rejects = parse_articles(documents, registry, settings=ReadSettings())
    assert len(articles) == 23 and not len(rejects)
    spans = {r["file"]: (r["text"], json.loads(r["furniture"])) for r in articles.to_dict("records")}
    for case in sorted((shared / "cases").iterdir()):
        if not (case / "gold.yaml").is_file():
            continue
        gold = yaml.safe_load((case / "gold.yaml").read_text(encoding="utf-8"))
        for report in [r for claim in gold["claims"] for r in claim["reports"]]:
            assert not _covered(spans[f"{case.name}/articles/{report['article']}.txt"], report["quote"]), report
        for item in gold["not_claims"]:
            if any(w in item["why"] for w in ("furniture", "teaser", "call to follow", "photo credit", "dateline")):
                assert _covered(spans[f"{case.name}/articles/{item['article']}.txt"], item["quote"]), item


def _covered(article: tuple[str, list[list[int]]], quote: str) -> bool:
    """Whether a quote lies in the furniture wherever it stands first outside a title."""
    text, spans = article
    at = text.index(quote.strip())
    return any(s <= at + len(quote) // 2 < e for s, e in spans)
