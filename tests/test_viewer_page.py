"""What a reader does in the page beyond the first screen: turn the time back, judge, take things along, read rivals side by side."""
from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate
from worlds import World, make_case, strike

from tracker.tables import Case
from tracker.view.page import render_page
from tracker.view.show import show

RECORD = {"type": "object", "additionalProperties": False, "required": ["kind", "ids", "who", "why", "when"], "properties": {
    "kind": {"enum": ["same", "different", "same-voice", "verified", "refuted"]},
    "ids": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2},
    "who": {"type": "string"}, "why": {"type": "string"}, "when": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}}}


def ferry() -> Case:
    """A claim told by one voice on the first day, by a second on the fourth; repeated undated; denied on the fifth; with a rival claim."""
    world = World()
    for outlet in ("post", "courier", "herald", "mirror"):
        world.outlet(outlet, outlet.title())
    found = [world.mention("c-six", "post", "Six people died.", credits=[("Mara Quill", "person")], day="2031-03-01"),
             world.mention("c-six", "courier", "Six people are dead.", credits=[("Mara Quill", "person")], day="2031-03-02"),
             world.mention("c-six", "herald", "Six died in the fire.", credits=[("the port office", "body")], day="2031-03-04T10:00Z"),
             world.mention("c-six", "mirror", "Six, it is said, died.", credits=[("Mara Quill", "person")], day=""),
             world.mention("c-six", "mirror", "Nobody died.", credits=[("the ferry line", "body")], day="2031-03-05", stance="denies")]
    quill = world.origin("c-six", "Mara Quill", [found[0], found[1], found[3]], kind="person", basis="told", first_seen_at="2031-03-01")
    office = world.origin("c-six", "the port office", found[2:3], kind="body", basis="witnessed", first_seen_at="2031-03-04T10:00Z")
    world.party(quill, 0, [found[0], found[1], found[3]])
    world.party(office, 1, found[2:3])
    several = world.mention("c-several", "mirror", "Several people died.", credits=[("a nurse", "unnamed")], day="2031-03-02")
    world.party(world.origin("c-several", "a nurse (unnamed)", [several], kind="unnamed", unnamed=True), 0, [several])
    common = {"question_id": "q-1", "first_seen_at": "2031-03-01", "last_seen_at": "2031-03-05"}
    world.add("claims", claim_id="c-six", wording="Six people died", full_wording="Six people died", status="corroborated", n_outlets=4, n_mentions=5,
              independent_min=2, independent_max=2, disputed=True, cut='["Mara Quill","the port office"]', cut_low='["Mara Quill","the port office"]', **common)
    world.add("claims", claim_id="c-several", wording="Several people died", full_wording="Several people died", status="single-origin", n_outlets=1,
              n_mentions=1, independent_min=1, independent_max=1, disputed=True, unnamed_only=True, cut='["a nurse (unnamed)"]',
              cut_low='["a nurse (unnamed)"]', **common)
    return world.case()


def test_the_second_independent_origin_has_a_day(opened: Callable[..., Any]) -> None:
    """Told by one voice twice, then by another: three days to the second independent origin; a claim of one voice has none."""
    page = opened(render_page(ferry()))
    assert page.evaluate("tracker.second('c-six')") == {"first": "2031-03-01", "perhaps": "2031-03-04", "sure": "2031-03-04", "undated": 1}
    page.evaluate("tracker.open('claim:c-six')")
    page.wait_for_selector("#evidence mark")
    assert "Time to second independent origin: 3 days (2031-03-04)." in page.inner_text("#evidence")
    page.evaluate("tracker.open('claim:c-several')")
    assert "No second independent origin came." in page.inner_text("#evidence")


def test_as_known_on_a_day(opened: Callable[..., Any]) -> None:
    """The slider by keyboard: on the third day the claim has one origin and two outlets, the undated one is left out, and the address says so."""
    page = opened(render_page(ferry()))
    page.focus("#asof")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("tracker.state().asof") == "2031-03-02"
    assert page.evaluate("tracker.counts('c-six')") == {"n": 2, "lo": 1, "hi": 1, "status": "single-origin", "cut": ["Mara Quill"]}
    assert "2031-03-02 (without 1 undated)" in page.inner_text("#time")
    assert page.url.endswith("&asof=2031-03-02")
    page.keyboard.press("Home")
    assert page.evaluate("tracker.visible()") == ["c-six"]
    page.keyboard.press("End")
    assert page.evaluate("tracker.counts('c-six')")["lo"] == 2
    page.locator("#play").click()
    page.locator("#asof-words", has_text="2031-03-01").wait_for()
    page.locator("#asof-words", has_text="everything").wait_for()


def test_rivals_stand_side_by_side(opened: Callable[..., Any]) -> None:
    """Six: who; several: who. A click goes to the rival."""
    page = opened(render_page(ferry()))
    page.evaluate("tracker.open('claim:c-six')")
    page.wait_for_selector("#evidence mark")
    lines = [row.inner_text().split("\t") for row in page.locator(".rivals tbody tr").all()]
    assert [[cell.strip() for cell in line] for line in lines] == [["2", "Six people died", "Courier, Herald, Mirror, Post", "Mara Quill; the port office"],
                                                                   ["1", "Several people died", "Mirror", "a nurse (unnamed)"]]
    assert "told" in page.inner_text("#evidence") and "witnessed it" in page.inner_text("#evidence")
    page.locator(".rivals button").click()
    assert page.evaluate("tracker.state().selected") == "claim:c-several"


def test_two_readings_are_shown(opened: Callable[..., Any]) -> None:
    """Where two voices may be one, both readings stand side by side, and the card shows the interval."""
    page = opened(render_page(strike()))
    page.evaluate("tracker.open('claim:c-bill')")
    page.wait_for_selector("#evidence mark")
    text = page.inner_text(".two")
    assert "At the most 3" in text and "At the fewest 2" in text
    assert "Harbour Post = Signal" in text


def test_judgements_are_kept_and_exported(opened: Callable[..., Any], tmp_path: Path) -> None:
    """Verified, the same as a rival, one voice: kept in the browser, shown on the claim, written as lines of the documented form, withdrawn."""
    page = opened(render_page(ferry()))
    page.evaluate("tracker.open('claim:c-six')")
    page.wait_for_selector("#evidence mark")
    page.fill("#who", "Ines")
    page.locator("#who").blur()
    page.fill("#why", "the death register, seen on Friday")
    page.locator(".judge button", has_text="Verified").click()
    page.locator(".judge button", has_text="are the same").click()
    page.locator(".judge button", has_text="are one voice").click()
    page.locator(".judge button", has_text="are different").click()
    assert page.inner_text("#tally").strip() == "3 judgements"
    with page.expect_download() as download:
        page.locator("#tally").click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    records = [json.loads(line) for line in (tmp_path / "judgements.jsonl").read_text(encoding="utf-8").splitlines()]
    for record in records:
        validate(record, RECORD)
    assert [(r["kind"], r["who"]) for r in records] == [("verified", "Ines"), ("same-voice", "Ines"), ("different", "Ines")]
    assert records[0]["ids"] == ["c-six"] and records[0]["why"] == "the death register, seen on Friday"
    assert records[2]["ids"] == ["c-six", "c-several"]
    page.reload()
    page.evaluate("tracker.ready")
    assert "you: verified" in page.inner_text("tr[data-id=c-six]")
    page.evaluate("tracker.open('claim:c-six')")
    page.wait_for_selector("#evidence mark")
    page.locator(".judge li button").first.click()
    assert len(page.evaluate("tracker.judgements()").splitlines()) == 2


def test_what_is_kept_by_a_browser_is_hostile_too(opened: Callable[..., Any]) -> None:
    """Anything may stand in the store of a browser: what is no judgement is left out."""
    page = opened(render_page(ferry()))
    good = {"kind": "verified", "ids": ["c-six"], "who": "<b>", "why": "", "when": "2031"}
    for kept in ('[{"kind": "__proto__", "ids": []}, 7, null]', "not json", "{}", json.dumps([good])):
        page.evaluate("text => localStorage.setItem('tracker.judgements', text)", kept)
        page.reload()
        page.evaluate("tracker.ready")
    assert len(page.evaluate("tracker.judgements()").splitlines()) == 1


FORMS = [("csv", "claims.csv", '\ufeff"claim_id"'), ("json", "claims.json", "{"), ("svg", "graph.svg", "<svg"), ("png", "graph.png", "\x89PNG")]


@pytest.mark.parametrize(("what", "name", "begins"), FORMS, ids=[form[0] for form in FORMS])
def test_it_can_be_taken_along(what: str, name: str, begins: str, opened: Callable[..., Any], tmp_path: Path) -> None:
    """Each form is a file of the visible claims, by keyboard."""
    page = opened(render_page(make_case(30, 6, 5)))
    page.keyboard.press("e")
    page.focus("#take summary")
    page.keyboard.press("Enter")
    with page.expect_download() as download:
        page.locator(f"#take [data-take={what}]").press("Enter")
    assert download.value.suggested_filename == name
    download.value.save_as(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    text = data.decode("latin-1" if what == "png" else "utf-8")
    assert text.startswith(begins)
    visible = page.evaluate("tracker.visible()")
    if what == "csv":
        assert [row["claim_id"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))] == visible
    if what == "json":
        assert [c["id"] for c in json.loads(text)["claims"]] == visible
        assert all(m["quote"] for c in json.loads(text)["claims"] for m in c["mentions"])


def test_print_has_the_evidence(opened: Callable[..., Any]) -> None:
    """On paper: the table, and every visible claim with its quotes; nothing to click."""
    page = opened(render_page(strike()))
    page.evaluate("tracker.words()")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    text = page.inner_text("#appendix")
    assert "A strike killed six officers" in text and "It hangs on: Mara Quill." in text
    assert not page.is_visible("#bar") and not page.is_visible("#hints")
    assert page.locator("#appendix .judge").count() == 0


def test_hints_are_dismissed_for_good(opened: Callable[..., Any]) -> None:
    """The first visit explains the lines; after "Got it" it never does again."""
    page = opened(render_page(strike()))
    page.locator("#hints button").click()
    page.reload()
    page.evaluate("tracker.ready")
    assert not page.is_visible("#hints")


def test_no_match_says_so_and_offers_a_way_back(opened: Callable[..., Any]) -> None:
    """An empty result is a sentence and a button."""
    page = opened(render_page(strike()))
    page.fill("#search", "zzzz")
    assert "No claim fits" in page.inner_text("#nothing")
    page.locator("#again").click()
    assert len(page.evaluate("tracker.visible()")) == 3


def test_notebooks_show_it_in_a_closed_frame(opened: Callable[..., Any]) -> None:
    """`tracker.show`: a frame without an address or a store of its own; all works in it, and the page round it is out of reach."""
    shown = show(strike(), height=500)
    assert repr(shown) == f"<page of {len(shown.html)} characters; a notebook shows it>"
    page = opened(f"<!doctype html><title>notebook</title>{shown._repr_html_()}", plain=True)
    frame = page.frame_locator("iframe")
    frame.locator("tr[data-id=c-strike]").click()
    frame.locator("#evidence mark").first.wait_for()
    frame.locator(".judge button", has_text="Verified").click()
    assert "this browser does not keep them" in frame.locator("#tally").inner_text()
    frame.locator("#off").click()
    frame.locator("#whatif label.off input").first.click()
    assert frame.locator("#banner").is_visible()
    assert page.evaluate("location.hash") == ""
