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

import pandas as pd
import pytest
from worlds import World, make_case, poison, strike

from tracker.tables import Case, conform
from tracker.text import safe
from tracker.view.page import asset, render_page

PAYLOADS = (
    "<script>window.hit=1</script>", "</script><script>window.hit=1</script>", "<!--<script>window.hit=1</script>-->",
    "<img src=x onerror=window.hit=1>", "<svg onload=window.hit=1>", "\"'><img src=https://evil.example/a.png>", "' onmouseover='window.hit=1",
    "</style><style>*{background:url(https://evil.example/b)}</style>", "</title><script>window.hit=1</script>",
    "</noscript><script>window.hit=1</script>", "javascript:window.hit=1//", "data:text/html,<script>window.hit=1</script>",
    "{{ 7 * 7 }}{% for x in y %}", "${window.hit=1}`", "\\u003cscript\\u003e\\", "]]><b>", "&lt;img src=x onerror=window.hit=1&gt;",
    "__proto__", "constructor", "\u202egnp.exe\u2066", "a\x00b\x1b[31mc", "\u2028\u2029window.hit=1",
    "<iframe srcdoc='<script>parent.hit=1</script>'>", "<link rel=preload href=https://evil.example/c as=image>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/d'>", "=HYPERLINK(\"https://evil.example/e\")",
    "<base href=https://evil.example/>", "%3Cscript%3E#?/../..",
)
OURS = {
    "html", "head", "meta", "title", "style", "script", "body", "header", "div", "h1", "bdi", "p", "b", "a", "button", "span", "nav", "label", "kbd",
    "input", "select", "option", "output", "main", "section", "i", "aside", "table", "thead", "tbody", "dialog", "h2", "dl", "form", "noscript",
    "article", "ul", "li", "q", "aside", "details", "summary", "svg", "g", "caption",
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


def merged(*cases: Case) -> Case:
    names = sorted({name for case in cases for name in case.tables})
    return Case({name: conform(name, pd.concat([case[name] for case in cases], ignore_index=True)) for name in names})


@pytest.fixture(scope="module")
def hostile() -> Case:
    """A world for every payload, all in one case."""
    return merged(*(poison(strike(), f"{payload}·{i}·") for i, payload in enumerate(PAYLOADS)))


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
    assert sum(tag == "script" for tag, _ in tags) == 6  # options, three packed blocks, the library, ours
    assert not [name for _, attrs in tags for name in attrs if name.startswith("on") or name in ("src", "style", "srcdoc")]
    assert all(re.match(r"#c:|https?://", attrs["href"]) for tag, attrs in tags if tag == "a")


@pytest.mark.parametrize("policy", [True, False])
def test_hostile_text_runs_nothing_and_loses_nothing(hostile: Case, opened: Callable[..., Any], policy: bool) -> None:
    """With the policy and without it nothing runs, nothing leaves, and the text is shown whole but for control and bidi characters."""
    html = render_page(hostile)
    page = opened(html if policy else re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html))
    shown = page.evaluate("""async () => (await tracker.words(), tracker.visible().map(id => {
        location.hash = "#c:" + encodeURIComponent(id); tracker.open("claim:" + id);
        const links = [...document.querySelectorAll("#evidence a")].map(a => a.protocol + a.rel);
        return [document.querySelector("#evidence h2").textContent, links]; }))""")
    assert sorted(words for words, _ in shown) == sorted(safe(text) for text in hostile["claims"]["full_wording"])
    assert {link for _, links in shown for link in links} <= {f"{kind}:noopener noreferrer nofollow" for kind in ("http", "https")}
    page.keyboard.press("v")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert page.evaluate("Object.prototype.hit") is None


def test_an_echo_is_drawn_with_two_lines_in_and_one_out(opened: Callable[..., Any]) -> None:
    """What is painted, not only what is known."""
    page = opened(render_page(strike()))
    drawn = [tuple(line) for line in page.evaluate("tracker.drawn()") if line[0] == "claim:c-strike"]
    assert sorted(kind for _, _, kind in drawn) == ["carries", "rests-on", "unverified"]
    assert page.evaluate("tracker.lines('c-strike')") == {"in": 2, "out": 1}


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
    page.wait_for_function("tracker.state().selected === 'claim:c-strike'")
    page.go_back()
    page.wait_for_function("tracker.state().selected === ''")


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
    """Too many cards to read are drawn as topics; a click on one opens its claims."""
    page = opened(render_page(make_case(300, 20, 1)))
    spot = page.evaluate("tracker.spot('topic:topic 3')")
    edge = page.locator("#net").bounding_box()
    page.mouse.click(edge["x"] + spot["x"] + 100, edge["y"] + spot["y"])
    page.wait_for_function("tracker.state().topic === 'topic 3'")
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
