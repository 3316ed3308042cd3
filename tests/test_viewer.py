"""The page: the same bytes, the tables' numbers, nothing fetched, nothing run, and a first screen that says what rests on one origin."""
from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hostile import PAYLOADS
from worlds import World, make_case, poison, strike

from tracker.tables import Case, make
from tracker.view.claim_sheet import claim_evidence, claim_text
from tracker.view.graph import clean
from tracker.view.page import asset, render_page
from tracker.view.parts import render_pages
from tracker.view.report import claims_table

OURS = {
    "html", "head", "meta", "title", "style", "script", "body", "header", "div", "h1", "bdi", "p", "b", "a", "button", "span", "nav", "label", "kbd",
    "input", "select", "option", "output", "main", "section", "i", "aside", "table", "thead", "tbody", "dialog", "h2", "dl", "form", "noscript",
    "article", "ul", "li", "q", "em", "details", "summary", "svg", "g", "caption",
}


class Tags(HTMLParser):
    """Collects what a browser would build from a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def unpacked(html: str, block: str) -> Any:
    """What a packed block of the page holds."""
    return json.loads(zlib.decompress(base64.b64decode(re.findall(rf'id="{block}">([^<]*)<', html)[0])))


@pytest.fixture(scope="module")
def hostile() -> Case:
    """A world for every payload, all in one case."""
    return poison(strike(), *(f"{payload}·{i}·" for i, payload in enumerate(PAYLOADS)))


def until(page: Any, condition: str) -> None:
    """Wait for a condition in the page. The browser's own way of waiting evaluates text, which the page forbids, as soon as it has to look twice."""
    for _ in range(500):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never came: {condition}")


def test_same_bytes_again_and_in_another_process() -> None:
    """Rebuilding, and another hash seed, give the same page."""
    page = render_page(make_case(30, 6, 2), title="A")
    assert "sourceMappingURL" not in page  # developer tools would ask for it
    code = ("import sys; from worlds import make_case; from tracker.view.page import asset, render_page; "
            "sys.stdout.buffer.write(render_page(make_case(30, 6, 2), title='A').encode())")
    root = Path(__file__).resolve().parents[1]
    env = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])}
    assert page == render_page(make_case(30, 6, 2), title="A")
    assert subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True).stdout == page.encode()


def test_tiles_count_what_the_table_counts() -> None:
    """3+, 2 and 1 by the fewest origins, echo and disputed by their flags."""
    case = make_case(200, 20, 5)
    claims = case["claims"]
    low = claims["independent_min"]
    wanted = [int((low >= 3).sum()), int((low == 2).sum()), int((low == 1).sum()), int(claims["echo"].sum()), int(claims["disputed"].sum())]
    assert [int(n) for n in re.findall(r'data-tile="\w+" aria-pressed="false"><b>(\d+)</b>', render_page(case))] == wanted


def test_first_sentence_names_the_unverified_echo() -> None:
    """A reader of the first line learns that the strike has two outlets, one origin and no verification."""
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", re.findall(r'<div class="said">(.*?)</div>', render_page(strike()), re.S)[0]))
    assert "2 of 3 claims rest on a single origin" in said
    assert "A strike killed six officers — 2 outlets, all from one origin: its intelligence source; unverified." in said


def test_hostile_text_builds_no_element(hostile: Case) -> None:
    """In every field of every row kind: no element, no handler, no address but our own kinds come of it."""
    tags = Tags(render_page(hostile, title=PAYLOADS[0] + PAYLOADS[8], theme="<script>")).found
    assert {tag for tag, _ in tags} <= OURS
    assert sum(tag == "script" for tag, _ in tags) == 7  # options, four packed blocks, the library, ours
    assert not [name for _, attrs in tags for name in attrs if name.startswith("on") or name in ("src", "style", "srcdoc")]
    assert all(re.match(r"#c:|https?://", attrs["href"]) for tag, attrs in tags if tag == "a")


@pytest.mark.parametrize("policy", [True, False])
def test_hostile_text_runs_nothing_and_loses_nothing(hostile: Case, opened: Callable[..., Any], policy: bool) -> None:
    """With the policy and without it nothing runs, nothing leaves, and every claim and quote is shown whole but for control and bidi characters."""
    html = render_page(hostile)
    page = opened(html if policy else re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html))
    shown = page.evaluate("""async () => (await tracker.words(), tracker.visible().map(id => {
        location.hash = "#c:" + encodeURIComponent(id); tracker.open("claim:" + id);
        const texts = kind => [...document.querySelectorAll("#evidence " + kind)].map(x => x.textContent);
        return [texts("h2")[0], texts("mark"), [...document.querySelectorAll("#evidence a")].map(a => a.protocol + a.rel)]; }))""")
    assert sorted(words for words, _, _ in shown) == sorted(clean(text) for text in hostile["claims"]["full_wording"])
    assert {quote for _, marks, _ in shown for quote in marks} == {clean(text) for text in hostile["mentions"]["quote"]}
    assert {link for _, _, links in shown for link in links} <= {f"{kind}:noopener noreferrer nofollow" for kind in ("http", "https")}
    for key in "vvvwjjx":
        page.keyboard.press(key)
        page.wait_for_timeout(100)
    page.evaluate("""() => { const boxes = [...document.querySelectorAll("#whatif input[data-id]")].map(x => x.dataset.id);
        tracker.off(boxes.filter(x => x.includes(":")).slice(0, 40));
        for (const row of [...document.querySelectorAll("#claims tbody tr")].slice(0, 5)) row.click();
        dispatchEvent(new Event("beforeprint")); tracker.csv(); JSON.parse(tracker.json()); }""")
    assert page.evaluate("window.hit") is None
    assert page.evaluate("Object.prototype.hit") is None


def test_a_picture_of_hostile_text_is_a_picture(hostile: Case, opened: Callable[..., Any]) -> None:
    """The SVG of what is drawn is well-formed and holds shapes and text only."""
    page = opened(render_page(hostile))
    tree = ElementTree.fromstring(page.evaluate("tracker.svg()"))
    assert {node.tag.partition("}")[2] for node in tree.iter()} == {"svg", "path", "text"}
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on") or "href" in name]


@pytest.mark.parametrize("payload", ["__proto__", "constructor", "toString", "W" * 100_000], ids=["proto", "constructor", "toString", "100 kB"])
def test_a_cell_that_is_only_a_bad_word(payload: str, opened: Callable[..., Any]) -> None:
    """Names that every object has, and a word as long as a book, alone in each kind of cell: shown as they are."""
    case = strike()
    odd = {"claims": ("wording", "full_wording", "topic_id", "status"), "origins": ("label", "kind", "basis", "controller_id", "reliability"),
           "outlets": ("name", "reliability"), "parties": ("label", "kind", "controller_id"), "mentions": ("hedge",),
           "attributions": ("speaker",), "articles": ("file", "url", "title", "published_at")}
    page = opened(render_page(Case({name: frame.assign(**dict.fromkeys(odd.get(name, ()), payload)) for name, frame in case.tables.items()})))
    page.evaluate("tracker.words()")
    for claim_id in case["claims"]["claim_id"]:
        page.evaluate("id => tracker.open('claim:' + id)", claim_id)
        assert page.text_content("#evidence h2") == payload
        assert "function" not in page.inner_text("#evidence")
    page.keyboard.press("v")
    page.keyboard.press("w")
    page.wait_for_timeout(100)


def test_hostile_text_in_the_index(hostile: Case, opened: Callable[..., Any]) -> None:
    """The index of a split case: the same rules."""
    pages = render_pages(hostile, name="a", title=PAYLOADS[1], limit=40)
    assert {tag for tag, _ in Tags(pages[0][1]).found} <= OURS | {"tr", "th", "td"}
    opened(pages[0][1], plain=True)


def test_a_large_case_is_split_by_topic() -> None:
    """Whole topics stay together where they fit, every claim is on exactly one page, and the index counts them."""
    case = make_case(240, 20, 5)
    pages = render_pages(case, name="big", limit=100)
    found = [{c["id"] for c in unpacked(html, "d-core")["claims"]} for _, html in pages[1:]]
    assert [name for name, _ in pages] == ["big.html", *(f"big-{n:03}.html" for n in range(1, len(found) + 1))]
    assert sum(map(len, found)) == 240 and set().union(*found) == set(case["claims"]["claim_id"])
    assert max(map(len, found)) <= 100
    topic = dict(zip(case["claims"]["claim_id"], case["claims"]["topic_id"], strict=True))
    assert sum(len({topic[c] for c in part}) for part in found) == len(set(topic.values()))
    assert "240 claims" in pages[0][1]
    assert pages == render_pages(case, name="big", limit=100)


def test_quotes_can_be_left_out() -> None:
    """A page to share: no quote, no sentence round it, no title; files and places stay."""
    case = strike()
    html = render_page(case, redact_quotes=True)
    everything = html + "".join(json.dumps(unpacked(html, block)) for block in ("d-core", "d-articles", "d-words-0"))
    wordings = set(case["claims"]["wording"])
    for text in (*case["mentions"]["quote"], *case["articles"]["title"], "Lead sentence", "Last sentence"):
        assert text in wordings or text not in everything
    assert {m[4] for _, mentions in unpacked(html, "d-words-0") for m in mentions} == {15}
    assert "post.txt" in everything


def test_an_echo_is_drawn_with_two_lines_in_and_one_out(opened: Callable[..., Any]) -> None:
    """What is painted, not only what is known."""
    page = opened(render_page(strike()))
    drawn = [tuple(line) for line in page.evaluate("tracker.drawn()") if line[0] == "claim:c-strike"]
    assert sorted(kind for _, _, kind in drawn) == ["carries", "rests-on", "unverified"]
    assert page.evaluate("tracker.lines('c-strike')") == {"in": 2, "out": 1}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1100, 700), (390, 844)])
def test_what_is_where(width: int, height: int, theme: str, opened: Callable[..., Any], request: pytest.FixtureRequest) -> None:
    """The first screen by structure: header, bar, drawing, panel; outlets left of cards left of origins; more origins higher. Pictures go to pytest's cache."""
    page = opened(render_page(strike(), theme=theme))
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(150)
    page.screenshot(path=Path(request.config.cache.mkdir("viewer")) / f"strike-{width}-{theme}.png")  # type: ignore[union-attr]
    boxes = {name: page.locator(name).bounding_box() for name in ("header", "#bar", "#stage", "#panel")}
    phone = width < 760
    order = ["header", "#bar", *(["#panel"] if phone else ["#stage"])]
    tops = [boxes[name]["y"] for name in order]
    assert tops == sorted(tops) and tops[0] == 0
    if phone:
        assert boxes["#panel"]["width"] == width
        return
    assert boxes["#stage"]["x"] == 0 and boxes["#panel"]["x"] >= boxes["#stage"]["width"] - 1
    assert boxes["#panel"]["y"] == boxes["#stage"]["y"]
    spot = {name: page.evaluate("id => tracker.spot(id)", name) for name in ("outlet:post", "claim:c-bill", "claim:c-strike", "claim:c-plan")}
    voices = [page.evaluate("id => tracker.spot(id)", side) for _, side, kind in page.evaluate("tracker.drawn()") if kind == "rests-on"]
    assert spot["outlet:post"]["x"] < spot["claim:c-bill"]["x"] < min(v["x"] for v in voices)
    assert spot["claim:c-bill"]["y"] < min(spot["claim:c-strike"]["y"], spot["claim:c-plan"]["y"])
    assert max(v["x"] for v in voices) < boxes["#stage"]["width"]


def test_evidence_shows_quote_place_and_doubt(opened: Callable[..., Any]) -> None:
    """The claim opened by its link: the exact quote marked, outlet, date or "undated", file and characters, whom it credits, the cut."""
    page = opened(render_page(strike()))
    page.evaluate("location.hash = 'c:c-strike'")
    page.wait_for_selector("#evidence mark")
    text = page.inner_text("#evidence")
    assert page.locator("#evidence mark").all_text_contents() == ["A strike killed six officers", "The report of a strike is not confirmed beyond one source"]
    for words in ("2 outlets, but 1 origin · unverified", "It hangs on: its intelligence source", "post.txt · characters 15-43", "undated",
                  "credits its intelligence source", "not verified"):
        assert words in text


def test_back_returns_to_the_claim_before(opened: Callable[..., Any]) -> None:
    """Each claim that is clicked is a place in the browser's history, with an address of its own."""
    page = opened(render_page(strike()))
    for claim_id in ("c-strike", "c-plan"):
        page.locator("#tab-claims").click()
        page.locator(f"tr[data-id={claim_id}]").click()
    assert page.url.endswith("#c:c-plan")
    page.go_back()
    until(page, "tracker.state().selected === 'claim:c-strike'")
    page.go_back()
    until(page, "tracker.state().selected === ''")


def test_keys_tiles_and_search_filter(opened: Callable[..., Any]) -> None:
    """Search reaches quotes and origins; a tile shows its claims and no others; Esc leaves."""
    case = make_case(200, 20, 5)
    claims = case["claims"]
    page = opened(render_page(case))
    page.evaluate("tracker.words()")
    page.keyboard.press("e")
    assert sorted(page.evaluate("tracker.visible()")) == sorted(claims.loc[claims["echo"], "claim_id"])
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    assert len(page.evaluate("tracker.visible()")) == int(claims["disputed"].sum())
    page.keyboard.press("Escape")
    page.fill("#search", "VELL gazette report 1")
    found = page.evaluate("tracker.visible()")
    assert 0 < len(found) < 200
    page.fill("#search", "")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.is_visible("#evidence h2")


def test_two_thousand_claims_become_topics(opened: Callable[..., Any]) -> None:
    """Too many cards to read are drawn as topics; the lines of a chosen claim are all there; a click on a topic opens its claims."""
    case = make_case(300, 20, 1)
    page = opened(render_page(case))
    claim = case["claims"].sort_values("independent_max").iloc[-1]
    page.evaluate("id => tracker.open('claim:' + id)", claim["claim_id"])
    drawn = page.evaluate("id => tracker.drawn(id)", claim["claim_id"])
    assert sum(kind == "rests-on" for _, _, kind in drawn) == claim["independent_max"]
    assert sum(kind == "carries" for _, _, kind in drawn) == claim["n_outlets"]
    spot = page.evaluate("tracker.spot('topic:topic 3')")
    edge = page.locator("#net").bounding_box()
    page.mouse.click(edge["x"] + spot["x"] + 100, edge["y"] + spot["y"])
    until(page, "tracker.state().topic === 'topic 3'")
    assert len(page.evaluate("tracker.visible()")) == 12 + (300 % 24 > 3)


def test_readable_without_scripts(opened: Callable[..., Any]) -> None:
    """Claims, counts, cut and quotes stand in plain HTML."""
    page = opened(render_page(strike()), java_script_enabled=False)
    text = page.inner_text(".plain")
    assert "A strike killed six officers" in text
    assert "2 outlets, but 1 origin · unverified" in text
    assert "The report of a strike is not confirmed beyond one source" in text


def test_a_cell_cannot_be_a_formula(opened: Callable[..., Any]) -> None:
    """CSV cells that a spreadsheet would run get an apostrophe."""
    page = opened(render_page(poison(strike(), "=1+1,")))
    lines = page.evaluate("tracker.csv()").splitlines()
    assert len(lines) == 4
    assert not re.search(r'(^|",)"[=+\-@]', "\n".join(lines))


def test_an_empty_case_says_so() -> None:
    """No claims: a page all the same, and no division by nothing."""
    assert "0 of 0 claims rest on a single origin" in render_page(Case())


def test_unknown_outlets_are_each_their_own() -> None:
    """Two articles of unknown outlets are two nodes."""
    world = World()
    ids = [world.mention("c-1", "", f"It rained {n}.", file=f"{n}.txt") for n in ("once", "twice")]
    world.origin("c-1", "unknown outlet", ids[:1], kind="own")
    core = unpacked(render_page(world.case()), "d-core")
    assert [n["label"] for n in core["nodes"] if n["kind"] == "outlet"] == ["unknown outlet (once.txt)", "unknown outlet (twice.txt)"] or len(
        {n["id"] for n in core["nodes"] if n["kind"] == "outlet"}) == 2


def luminance(colour: str) -> float:
    """Relative luminance of "#rgb" or "#rrggbb" (WCAG 2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i: i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [r":root \{", r'^\[data-theme="dark"\] \{', r'\[data-theme="auto"\] \{'])
def test_every_text_can_be_read(theme: str) -> None:
    """Text on its ground has a contrast of 4.5 to 1 or more in every theme."""
    body = re.findall(theme + r"(.*?)\}", asset("page.css"), re.S | re.M)[0]
    colours = dict(re.findall(r"--([\w-]+): (#\w+);", body))
    pairs = [(ink, ground) for ink in ("ink", "muted", "one", "dispute") for ground in ("bg", "soft", "one-bg", "zero-bg", "two-bg")]
    pairs += [("ink", "three-bg"), ("muted", "three-bg"), ("dispute", "three-bg"), ("three", "three-bg"), ("two-ink", "two-bg"), ("two-ink", "bg"),
             ("on-accent", "accent"), ("accent", "bg"), ("accent", "soft"),
              ("on-outlet", "outlet"), ("on-origin", "origin"), ("origin", "bg"), ("ink", "mark")]
    poor = []
    for ink, ground in pairs:
        light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
        poor += [(ink, ground, round((light + 0.05) / (dark + 0.05), 2))] if (light + 0.05) / (dark + 0.05) < 4.5 else []
    assert poor == []


def test_a_judged_claim_says_so_and_by_whom(opened: Callable[..., Any]) -> None:
    """A person's verdict stands beside the counts in page, table and sheet, and the counts stay the machine's."""
    case = strike()
    row = {"judgement_id": "j-1", "verdict": "refuted", "who": "Ines <b>", "decided_at": "2031-03-05T09:30:00Z"}
    claims = case["claims"].assign(verdict=["refuted", *[""] * (len(case["claims"]) - 1)], verdict_id=["j-1", *[""] * (len(case["claims"]) - 1)])
    case = Case({**case.tables, "claims": claims, "judgements": make("judgements", [row])})
    claim_id = claims["claim_id"].iloc[0]
    page = opened(render_page(case))
    assert ["judged", "refuted by Ines <b>, 2031-03-05"] in page.evaluate("id => tracker.says(id)", claim_id)
    assert "refuted by Ines <b>, 2031-03-05" in page.inner_text("body")
    assert "judged by a person: refuted by Ines <b>, 2031-03-05" in claim_text(claim_evidence(case, claim_id))
    assert "judged-refuted" in claims_table(case).iloc[0]["flags"] or "judged-refuted" in str(claims_table(case)["flags"].tolist())
