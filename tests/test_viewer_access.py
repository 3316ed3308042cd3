"""Everybody can use the page: axe-core finds nothing in any view and theme, the keyboard reaches everything, names in any script, any width."""
from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from worlds import World, make_case, strike

from tracker.view.page import render_page
from tracker.view.parts import render_pages

AXE = "axe-core@4.10.3"  # the version the page was checked with; another one may know other rules
RULES = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }"


@pytest.fixture(scope="session")
def axe(request: pytest.FixtureRequest) -> str:
    """The script of axe-core, fetched once from npm; without npm or the registry the test says so and is skipped."""
    folder = Path(request.config.cache.mkdir("axe"))  # type: ignore[union-attr]
    if not next(folder.glob("*.tgz"), None):
        if not shutil.which("npm"):
            pytest.skip("npm is not installed, so axe-core cannot be fetched")
        got = subprocess.run(["npm", "pack", AXE, "--silent"], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        if got.returncode:
            pytest.skip(f"axe-core cannot be fetched from npm: {got.stderr.strip()[:200]}")
    with tarfile.open(next(folder.glob("*.tgz"))) as pack:
        found = pack.extractfile("package/axe.min.js")
        assert found
        return found.read().decode("utf-8")


def faults(page: Any, axe: str) -> list[tuple[str, str]]:
    """What axe-core has to say about the page as it stands: rule and first place."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(axe)
    found = page.evaluate(f"axe.run(document, {RULES}).then(r => r.violations.map(v => [v.id, v.nodes[0].html.slice(0, 160)]))")
    return [(rule, html) for rule, html in found]


VIEWS = {
    "first screen": "0", "a claim": "tracker.open('claim:' + tracker.visible()[0])", "an outlet": "tracker.open('outlet:outlet-1')",
    "what if": "(tracker.off(['outlet:outlet-1']), document.getElementById('off').click())", "time": "document.getElementById('v-time').click()",
    "network": "document.getElementById('v-network').click()",
    "nothing": "(document.getElementById('search').value = 'zzzz', document.getElementById('search').dispatchEvent(new Event('input')))",
    "keys": "document.getElementById('help').click()", "take along": "document.querySelector('#take summary').click()",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 720, 390])
def test_axe_finds_nothing(theme: str, width: int, axe: str, opened: Callable[..., Any]) -> None:
    """Every view, in both themes, on a desk, at 200 % zoom and on a phone."""
    page = opened(render_page(make_case(30, 6, 5), theme=theme), bypass_csp=True)
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("tracker.words()")
    found = {}
    for view, action in VIEWS.items():
        page.evaluate(f"() => {{ {action}; }}")
        page.wait_for_timeout(100)
        found[view] = faults(page, axe)
        page.evaluate("""() => { for (const d of document.querySelectorAll('dialog[open]')) d.close();
            document.getElementById('reset').click(); document.getElementById('v-columns').click(); }""")
    assert {view: what for view, what in found.items() if what} == {}


def test_axe_finds_nothing_in_the_index(axe: str, opened: Callable[..., Any]) -> None:
    """The index of a case that was split."""
    page = opened(render_pages(make_case(60, 6, 5), limit=20)[0][1], bypass_csp=True, plain=True)
    assert faults(page, axe) == []


def test_the_keyboard_reaches_everything(opened: Callable[..., Any]) -> None:
    """Tab goes round all controls in order with a visible mark, arrows walk the tabs, Enter opens, Esc leaves."""
    page = opened(render_page(strike()))
    seen: list[str] = []
    for _ in range(90):
        page.keyboard.press("Tab")
        now = page.evaluate("""() => { const it = document.activeElement, style = getComputedStyle(it);
            return [it.id || it.dataset.tile || it.dataset.sort || it.className || it.tagName, style.outlineStyle, it.matches(':focus-visible')]; }""")
        if now[0] == "BODY":
            break
        assert now[1] != "none" or not now[2], f"no visible focus on {now[0]}"
        seen.append(now[0])
    for control in ("looks", "3", "echo", "search", "least", "v-time", "v-network", "off", "reset", "theme", "help", "tab-claims", "lo", "open"):
        assert control in seen, f"{control} cannot be reached: {seen}"
    page.focus("#tab-claims")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-evidence"
    page.keyboard.press("ArrowRight")
    assert page.is_visible("#whatif")
    page.locator("#tab-claims").focus()
    page.keyboard.press("Enter")
    page.locator("tr[data-id=c-plan] .open").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#evidence mark")
    assert page.evaluate("tracker.state().selected") == "claim:c-plan"
    page.keyboard.press("Escape")
    assert page.evaluate("tracker.state().selected") == ""


def test_names_in_any_script_and_of_any_length(opened: Callable[..., Any]) -> None:
    """Arabic, Hebrew, Chinese and endless names stand whole in the table and break no layout."""
    world = World()
    names = ("وكالة أنباء الميناء", "סוכנות הנמל", "港口通讯社", "A" * 400, "The Society of " * 30)
    for n, words in enumerate(names):
        world.outlet(f"o{n}", words)
    ids = [world.mention("c-1", f"o{n}", f"{words} أغلقت العبارة.") for n, words in enumerate(names)]
    world.origin("c-1", "متحدث باسم الميناء", ids, kind="person")
    wording = "أغلقت العبارة في الميناء"
    world.add("claims", claim_id="c-1", wording=wording, full_wording=wording, status="single-origin", n_outlets=5, n_mentions=5, independent_min=1,
              independent_max=1, echo=True)
    for width in (1440, 720, 360):
        page = opened(render_page(world.case()))
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("tracker.open('claim:c-1')")
        page.wait_for_selector("#evidence mark")
        text = page.inner_text("#evidence")
        assert all(words.strip()[:300] in text.replace("\n", "") for words in names)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"the page is wider than a screen of {width}"
        assert page.evaluate("getComputedStyle(document.querySelector('#evidence h2')).direction") == "rtl"


@pytest.mark.parametrize("height", [360, 520])
def test_it_fits_a_frame(height: int, opened: Callable[..., Any]) -> None:
    """The compact page leaves room for the drawing and the panel in a small frame, and the frame's address stays its own."""
    page = opened(render_page(make_case(30, 6, 5), embed=True))
    page.set_viewport_size({"width": 900, "height": height})
    page.wait_for_timeout(100)
    assert page.locator("#net").bounding_box()["height"] > height * 0.4
    assert not page.is_visible("#hints")
