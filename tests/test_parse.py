"""Documents to articles: who published a text and when, what it credits as a whole, and what is no article."""
from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from tracker.parse import parse_articles
from tracker.parse.credits import find_credits, wire_of
from tracker.parse.layout import lay_out
from tracker.parse.outlets import outlet_of
from tracker.parse.repeats import fingerprint, shared, shingles
from tracker.parse.stamps import read_stamp, stamp_of_url
from tracker.registry import Registry, extend, parse_registry
from tracker.settings import ReadSettings
from tracker.tables import make

STORY = [
    "A fire broke out in the engine room of the passenger ferry Grey Heron late on Tuesday, the Marlhaven fire service said.",
    "Fourteen people were injured when smoke filled the lower deck of the ferry, according to St Anne Hospital in Marlhaven.",
    "The captain of the Grey Heron turned the ship back towards the harbour when the crew saw smoke, the coast guard said.",
]
TITLE = "Ferry Grey Heron burns off Marlhaven"
BODY = "\n\n".join([TITLE, *STORY])


@pytest.fixture(scope="module")
def press() -> Registry:
    """A registry of invented outlets."""
    return parse_registry("""
outlets:
- {id: tide-herald, name: The Tide Herald, kind: newspaper, domains: [tideherald.example], handles: [tideherald_news], aliases: [Tide Herald]}
- {id: north-post, name: North Post, kind: newspaper, domains: [northpost.example], handles: [northpost]}
- {id: coast-wire, name: Coast Wire, kind: agency, domains: [coastwire.example], aliases: [CW]}
- {id: sea-press, name: Sea Press Agency, kind: agency, domains: [seapress.example], aliases: [SPA]}
- {id: port-ministry, name: Ministry of Ports, kind: official, domains: [ports.example]}
""")


def document(body: str, path: str = "a.txt", media_type: str = "text/plain", **given: Any) -> dict[str, Any]:
    facts = given if media_type == "text/html" else {"text_from": 0, **given}
    return {"document_id": f"d-{path}-{len(body)}", "path": path, "media_type": media_type, "body": body, "given": json.dumps(facts)}


def parse(press: Registry, *documents: dict[str, Any], **settings: Any) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Articles by file, and reasons of rejects by file."""
    articles, rejects = parse_articles(make("documents", documents), press, settings=ReadSettings(**settings))
    return sorted(articles.to_dict("records"), key=lambda r: r["file"]), dict(zip(rejects["item_id"], rejects["reason"], strict=True))


def found(press: Registry, *lines: str, **given: str) -> tuple[str, str]:
    layout = lay_out("\n\n".join(lines), is_outlet=lambda phrase: bool(press.by_name(phrase)))
    return outlet_of(given, {}, layout, press)


@pytest.mark.parametrize(("before", "after", "expected"), [
    ([], ["Follow our coverage of the fire on @tideherald_news"], ("tide-herald", "handle")),
    (["The captain turned back. Read Full Article at TideHerald.example"], [], ("tide-herald", "republication line")),
    ([], ["This article originally appeared on North Post."], ("north-post", "republication line")),
    ([], ["© The Tide Herald(www.tideherald.example). All rights reserved."], ("tide-herald", "copyright line")),
    (["The Tide Herald", "12 March 2025"], [], ("tide-herald", "alias in header")),
    ([], ["The Tide Herald could not verify these reports."], ("tide-herald", "self-reference")),
    ([], ["North Post could not independently confirm the number of the injured on board."], ("north-post", "self-reference")),
    (["By Ann Lee, North Post"], [], ("north-post", "byline")),
])
def test_a_page_says_who_published_it(press: Registry, before: list[str], after: list[str], expected: tuple[str, str]) -> None:
    """Prompts, copyright, masthead and what an outlet says of itself tell the outlet; each alone is enough."""
    assert found(press, TITLE, *before, *STORY, *after) == expected


@pytest.mark.parametrize("line", [
    "The Tide Herald reported on Monday that the doors of the ferry were open.", "“The doors were open,” the captain told the Tide Herald on Monday evening.",
    "Coast Wire noted in June that the ferry had failed an inspection.", "The ministry said that the Tide Herald had verified nothing of what it printed.",
    "The Tide Herald's offices in the harbour were searched by police on Friday morning.", "Photo: Ann Lee / Coast Wire", "[Image source=Coast Wire]",
    "© Coast Wire",
    "The account @northpost was closed on Friday, the company said in a statement.", "Follow the Ministry of Ports on @ports for more"])
def test_the_subject_of_a_story_did_not_publish_it(press: Registry, line: str) -> None:
    """An article about an outlet, or one that cites it or prints its picture, is not by it."""
    assert found(press, TITLE, *STORY, line) == ("", "")


def test_the_strongest_cue_wins_and_a_tie_is_unknown(press: Registry) -> None:
    """Manifest before address before what is printed; two outlets by one kind of cue are none."""
    said = "The Tide Herald could not verify these reports."
    assert found(press, TITLE, *STORY, said, outlet="North Post") == ("north-post", "manifest")
    assert found(press, TITLE, *STORY, said, url="https://www.northpost.example/a/b") == ("north-post", "url")
    assert found(press, TITLE, *STORY, said, "Follow us on @northpost") == ("north-post", "handle")
    assert found(press, TITLE, *STORY, said, "North Post was not able to confirm the report either.") == ("", "")


@pytest.mark.parametrize(("given", "expected"), [
    ({"outlet": "coast-wire"}, "coast-wire"), ({"outlet": "the tide herald newspaper"}, "tide-herald"), ({"outlet": "Gull & Sons Gazette"},
        "gull-sons-gazette"),
    ({"url": "https://web.archive.org/web/2024/https://northpost.example/a"}, "north-post"), ({"url": "https://www.gull.example/a"}, "gull-example"),
    ({"url": "https://medium.com/@someone/a"}, ""), ({"url": "javascript:alert(1)"}, ""), ({"url": "http://[broken"}, "")])
def test_given_outlets(press: Registry, given: dict[str, str], expected: str) -> None:
    """Ids, names and addresses are looked up; what nobody registered gets a slug; shared hosts say nothing."""
    assert found(press, TITLE, *STORY, **given)[0] == expected


@pytest.mark.parametrize(("lines", "credit"), [
    (["MARLHAVEN, March 12 (Coast Wire) - " + STORY[0]], ["dateline:coast-wire"]),
    (["MARLHAVEN (Coast Wire/SPA) — " + STORY[0]], ["dateline:coast-wire", "dateline:sea-press"]),
    (["OSLO, March 12 (Fjord News) -- " + STORY[0]], ["dateline:fjord-news"]),
    (["SKARN, March 12. /Coast Wire/. " + STORY[0]], ["dateline:coast-wire"]),
    (["By Ann Lee, Coast Wire", STORY[0]], ["byline:coast-wire"]),
    (["Coast Wire", STORY[0]], ["byline:coast-wire"]),
    ([STORY[0], "Coast Wire contributed to this report."], ["contributed:coast-wire"]),
    ([STORY[0], "With reporting by SPA"], ["contributed:sea-press"]),
    ([STORY[0], "© Coast Wire"], ["copyright:coast-wire"]),
    ([STORY[0] + " (SPA)"], ["closing:sea-press"]),
    ([STORY[0], "Source: Coast Wire"], ["source:coast-wire"]),
    ([STORY[0], "First published by North Post."], ["republished:north-post"]),
    ([STORY[0], "Photo: Ann Lee / Coast Wire"], []),
    ([STORY[0], "A ferry burns on Tuesday. (Ann Lee / Coast Wire via Getty Images)"], []),
    (["Coast Wire reported that " + STORY[0]], []),
    (["MARLHAVEN (pictured) - " + STORY[0]], []),
    (["MARLHAVEN — " + STORY[0]], []),
    (["March 12 (Coast Wire) - " + STORY[0]], ["dateline:coast-wire"]),
    ([STORY[0] + " [Coast Wire.]", "Another ferry sank off the northern cape on Sunday night, its owner said. [North Post.]"], []),
])
def test_credits_of_wires(press: Registry, lines: list[str], credit: list[str]) -> None:
    """Datelines, bylines and closing lines credit a wire for the text; a picture's credit and a mention in the story do not."""
    layout = lay_out("\n\n".join([TITLE, *lines, *STORY[1:]]), is_outlet=lambda phrase: bool(press.by_name(phrase)))
    assert find_credits(layout, press, outlet_id="tide-herald") == credit


@pytest.mark.parametrize(("last", "credit"), [
    ("(Reporting by Ann Lee in Marlhaven; Editing by Tom Hall)", ["closing:reuters"]),
    ("(Reporting by Ann Lee and Tom Hall; Additional reporting by Mara Quill; Editing by Jonas Pell and Ilse Brandt.)", ["closing:reuters"]),
    ("Reporting by Ann Lee; pictures by Tom Hall", []),
    ("___\n\nAP writers Ann Lee and Tom Hall contributed to this report.", ["closing:ap", "contributed:ap", "style:ap"]),
    ("___", []),
])
def test_house_style_betrays_an_agency(registry: Registry, last: str, credit: list[str]) -> None:
    """A desk's own form of credit names it though it prints no name; a bare rule between paragraphs does not."""
    layout = lay_out("\n\n".join([TITLE, *STORY, last]), is_outlet=lambda phrase: bool(registry.by_name(phrase)))
    assert find_credits(layout, registry, outlet_id="kyiv-post") == credit


@pytest.mark.parametrize(("credit", "wire"), [
    (["contributed:ap", "dateline:reuters"], "reuters"), (["byline:ap", "dateline:reuters"], "reuters"), (["style:ap"], "ap"), (["contributed:ap"], ""),
    (["source:xinhua"], ""), (["dateline:kyiv-post"], ""), ([], "")])
def test_wire_copy_is_what_names_an_agency_as_its_writer(registry: Registry, credit: list[str], wire: str) -> None:
    """A dateline outweighs a byline; help and sources make no copy, and a newspaper is no agency."""
    assert wire_of(credit, registry) == wire


def test_an_outlet_does_not_credit_itself(press: Registry) -> None:
    """The agency's own page under its own dateline is no copy."""
    layout = lay_out("\n\n".join([TITLE, "MARLHAVEN, March 12 (Coast Wire) - " + STORY[0]]))
    assert find_credits(layout, press, outlet_id="coast-wire") == []


@pytest.mark.parametrize(("value", "stamp"), [
    ("2024-10-14", ("2024-10-14", "day")), ("2024-10-14T09:30:00+03:00", ("2024-10-14T06:30Z", "minute")), ("2024-10-14T09:30:00", ("2024-10-14", "day")),
    ("Mon, 14 Oct 2024 23:30:00 -0500", ("2024-10-15T04:30Z", "minute")), ("Apr 28, 2025 - 00:01", ("2025-04-28", "day")), ("October 14, 2024 9:30 am EDT",
        ("2024-10-14T13:30Z", "minute")),
    ("14/10/2024", ("2024-10-14", "day")), ("03/04/2024", ("", "")), ("1728898200", ("2024-10-14T09:30Z", "minute")), ("2024-02-31", ("", "")), ("Oct. 14",
        ("", "")), ("March 2024", ("", ""))])
def test_values_of_time(value: str, stamp: tuple[str, str]) -> None:
    """UTC with a grain; a minute only with its zone; what could be two days is none."""
    assert read_stamp(value) == stamp


@pytest.mark.parametrize(("header", "expected"), [
    (["Apr 28, 2025 - 00:01"], "2025-04-28"), (["Published: 3 March 2024", "Updated: 5 March 2024"], "2024-03-03"), (["Updated 5 March 2024",
        "Published 3 March 2024"], "2024-03-03"),
    (["2024-03-03 10:00 GMT"], "2024-03-03T10:00Z"), (["By Ann Lee | March 12, 2025"], "2025-03-12"), (["Oct. 14"], ""),
        (["On 14 October 2024 the ferry had been inspected by the ministry."], "")])
def test_publication_stamps(press: Registry, header: list[str], expected: str) -> None:
    """A date alone on a line of the header is the publication's; one in a sentence is the story's, and a day without a year is none."""
    articles, _ = parse(press, document("\n\n".join([TITLE, *header, *STORY])))
    assert articles[0]["published_at"] == expected


def test_address_dates() -> None:
    """Many addresses hold the day; other numbers do not."""
    assert stamp_of_url("https://x.example/2024/10/14/a.html") == ("2024-10-14", "day")
    assert stamp_of_url("https://x.example/2024/99/14/a") == stamp_of_url("https://x.example/p/20241014123") == ("", "")


PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title} | Tide Herald</title><link rel="canonical" href="https://tideherald.example/fire">
<meta property="og:site_name" content="Tide Herald"><meta name="author" content="Ann Lee">
<script type="application/ld+json">{{"@graph": [{{"@type": "Organization", "name": "x"}}, {{"@type": ["NewsArticle"], "headline": "{title}",
"datePublished": "2025-03-12T09:30:00+01:00", "author": [{{"@type": "Person", "name": "Bo Ek"}}]}}]}}</script></head>
<body><nav><a href="/">Home</a><a href="/s">Sport</a></nav><article><h1>{title}</h1>{story}</article>
<aside><h2>More from us</h2><p>Council votes on new bus lanes</p></aside><p style="display:none">Hidden words of a cheat that nobody can see on the page.</p>
<footer>Follow us. Copyright Tide Herald.</footer></body></html>"""


def page(title: str = TITLE, story: list[str] = STORY) -> str:
    return PAGE.format(title=title, story="".join(f"<p>{p}</p>" for p in story))


def test_a_page_gives_text_and_metadata(press: Registry) -> None:
    """The story in paragraphs below its headline, without menu, footer, other stories and hidden words; metadata from the markup."""
    articles, _ = parse(press, document(page(), "a.html", "text/html"))
    row = articles[0]
    assert row["text"] == BODY and row["file_offset"] == -1
    assert (row["outlet_id"], row["outlet_how"], row["title"], row["byline"], row["url"]) == ("tide-herald", "url", TITLE, "Bo Ek",
        "https://tideherald.example/fire")
    assert (row["published_at"], row["published_grain"]) == ("2025-03-12T08:30Z", "minute")


def test_pages_do_not_depend_on_those_before(press: Registry) -> None:
    """The same page gives the same article alone and after a hundred that resemble it."""
    alone, _ = parse(press, document(page(), "z.html", "text/html"))
    many, _ = parse(press, *(document(page(f"{TITLE} {n}"), f"{n}.html", "text/html") for n in range(30)), document(page(), "z.html", "text/html"),
        near_copy=1.1, revision=1.1)
    assert alone[0] == many[-1]


@pytest.mark.parametrize("markup", ["", "<html></html>", "<p>" + "<div>" * 5000, "<script>" * 500, "\x00<p>", "<p>Log in</p>", "<!--",
    "<?xml version='1.0' encoding='utf-16'?><p>a</p>"])
def test_pages_without_a_story(press: Registry, markup: str) -> None:
    """A page with nothing to read is told so."""
    articles, rejects = parse(press, document(markup, "a.html", "text/html"))
    assert not articles and rejects["a.html"] in {"nothing readable", "not English", "too short"}


def test_text_is_verbatim_and_counted_from_the_file(press: Registry) -> None:
    """Offsets into the article, moved by file_offset, are offsets into the file; line ends are untouched."""
    body = "---\nx: 1\n---\n" + BODY.replace("\n", "\r\n")
    row = parse(press, document(body, "a.md", "text/markdown", text_from=13))[0][0]
    assert row["file_offset"] == 13 and body[13:] == row["text"] and "\r\n" in row["text"]


@pytest.mark.parametrize(("body", "reason"), [
    ("Un incendie s'est déclaré mardi soir dans la salle des machines du navire. Le navire transportait plus de deux cents passagers vers l'île, selon les "
        "pompiers.", "not English"),
    ("Ein Feuer ist am Dienstag im Maschinenraum der Fähre ausgebrochen, wie die Feuerwehr mitteilte. Die Fähre war auf dem Weg zur Insel und hatte 212 "
        "Menschen an Bord.", "not English"),
    ("Пожар вспыхнул во вторник вечером в машинном отделении парома, сообщила пожарная служба города в среду утром.", "not English"),
    ("A ferry burned on Tuesday.", "too short"),
    ("Home\n\nNews\n\nSubscribe to our newsletter\n\n© North Post. All rights reserved.", "too short"),
    ("1234 5678 ....", "nothing readable")])
def test_what_is_no_article(press: Registry, body: str, reason: str) -> None:
    """Other languages, scraps and pages without a story become rejects with a reason."""
    articles, rejects = parse(press, document(body))
    assert not articles and rejects == {"a.txt": reason}


def test_a_short_text_full_of_names_is_english(press: Registry) -> None:
    """Names outweigh common words in a line-up; that is no other language."""
    names = "Coach Per Olsen named Anders Berg, Nils Dahl, Erik Lund, Jonas Pell, Tomas Reyl, Ada Korr, Ines Halvard, Mats Vik and Ole Moe on Friday."
    assert parse(press, document(names))[0]


def test_the_same_article_again_is_put_aside(press: Registry) -> None:
    """At one outlet or one address the better known copy stays; the same text at another outlet stays as evidence of a copy."""
    copy = BODY + "\n\nMost Read\n\n© North Post. All rights reserved."
    articles, rejects = parse(press, document(BODY, "a.txt", outlet="north-post"), document(copy, "b.txt", outlet="north-post", published="2025-03-12"),
                              document(BODY, "c.txt", outlet="tide-herald"), document(BODY, "d.txt"), document(BODY, "e.txt"))
    assert [r["file"] for r in articles] == ["b.txt", "c.txt", "d.txt"] or [r["file"] for r in articles] == ["b.txt", "c.txt", "e.txt"]
    assert set(rejects.values()) == {"repeat"} and "a.txt" in rejects and len(rejects) == 2


def test_a_corrected_figure_is_a_revision_and_not_a_repeat(press: Registry) -> None:
    """The same page with another number is news: it stays and points to the version before."""
    long = "\n\n".join([BODY, *(f"{s[:-1]} for the {n} time." for n, s in zip(("second", "third", "fourth"), STORY, strict=True))])
    later = long.replace("Fourteen people", "Eleven people", 1)
    articles, rejects = parse(press, document(long, "a.txt", outlet="north-post", url="https://northpost.example/a", published="2025-03-12"),
                              document(later, "b.txt", outlet="north-post", url="https://northpost.example/a", published="2025-03-14"))
    assert not rejects and articles[1]["revision_of"] == articles[0]["article_id"] and articles[0]["revision_of"] == ""


def test_order_of_arrival_does_not_matter(press: Registry) -> None:
    """Documents in any order give the same tables, and reading one twice changes nothing."""
    documents = [document(BODY + f"\n\nThe ferry had been inspected {n} times before.", f"{n}.txt", outlet="north-post") for n in range(6)]
    there = parse_articles(make("documents", documents), press, settings=ReadSettings())
    frame = make("documents", documents)
    back = parse_articles(pd.concat([frame.iloc[::-1]], ignore_index=True), press, settings=ReadSettings())
    assert there[0].equals(back[0]) and there[1].equals(back[1])


def test_fingerprints_estimate_what_texts_share() -> None:
    """Equal hashes of two fingerprints come as often as their word runs are shared."""
    one = " ".join(f"word{n}" for n in range(300))
    two = one.replace("word150 ", "other ")
    same = sum(a == b for a, b in zip(fingerprint(one), fingerprint(two), strict=True)) / 64
    assert abs(same - shared(shingles(one), shingles(two))) < 0.15 and fingerprint(one) == fingerprint(one.upper())


def test_development_case_outlets(shared_case: tuple[pd.DataFrame, dict[str, str]]) -> None:
    """Without a manifest the raw pages give their outlets, or stay unknown."""
    articles, gold = shared_case
    assert dict(zip(articles["file"].str.removesuffix(".txt"), articles["outlet_id"], strict=True)) == gold


def test_outlets_are_never_wrong_without_a_manifest(shared: Any, registry: Registry) -> None:
    """The other cases read blind: right or unknown."""
    from tracker.fetch import read_documents

    documents, _ = read_documents([str(p) for p in sorted((shared / "cases").glob("*/articles")) if p.parent.name != "treaty"], settings=ReadSettings())
    blind = documents.assign(given='{"text_from":0}')
    articles, _ = parse_articles(blind, registry, settings=ReadSettings())
    known = articles[articles["outlet_id"] != ""]
    assert len(articles) == 18 and all(file.endswith(f"{outlet}.txt") for file, outlet in zip(known["file"], known["outlet_id"], strict=True))


@pytest.fixture
def shared_case(shared: Any, registry: Registry) -> tuple[pd.DataFrame, dict[str, str]]:
    import yaml

    from tracker.fetch import read_documents

    documents, _ = read_documents([str(shared / "cases" / "treaty" / "articles")], settings=ReadSettings())
    articles, _ = parse_articles(documents, registry, settings=ReadSettings())
    gold = yaml.safe_load((shared / "cases" / "treaty" / "gold.yaml").read_text(encoding="utf-8"))["outlets"]
    return articles, {k: v["outlet"] or "" for k, v in gold.items()}


def test_examples_are_read_as_their_answer_says(registry: Registry) -> None:
    """The invented corpus: outlets, undated articles and rejects."""
    from pathlib import Path

    import yaml

    from tracker.fetch import read_documents, read_text

    examples = Path(__file__).resolve().parent.parent / "examples" / "harbour"
    known = extend(registry, parse_registry(read_text(str(examples / "sources.yaml")), base=registry))
    answer = yaml.safe_load(read_text(str(examples / "expected.yaml")))
    documents, unread = read_documents([str(examples / "articles")], settings=ReadSettings())
    articles, unparsed = parse_articles(documents, known, settings=ReadSettings())
    assert dict(zip(articles["file"], articles["outlet_id"], strict=True)) == {k: v["outlet"] for k, v in answer["outlets"].items()}
    assert sorted(articles.loc[articles["published_at"] == "", "file"]) == answer["undated"]
    told = pd.concat([unread, unparsed])
    assert {(r["item_id"], r["stage"], r["reason"]) for r in told.to_dict("records")} == {(r["file"], r["stage"], r["reason"]) for r in answer["rejects"]}
