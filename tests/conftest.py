"""Shared fixtures: the built-in language pipeline and registry, loaded once, and where the development data may lie."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from postgres import MISSING, Server, binaries

from tracker.model import Parser, Vectors
from tracker.registry import Registry

SHARED = Path(__file__).resolve().parents[2] / "shared"
LONG = "casefile cli viewer_access fuzz viewer laws laws_trace asking_cli stores timeline notebooks what_if viewer_whatif provenance changes".split()
"""Files that take longest, longest first: begun last they would keep one process waiting for the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files come first, the others as they are."""
    rank = {f"test_{name}": n for n, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The Parser of the pipeline that ships with the tracker."""
    from tracker.language import load_parser

    return load_parser()


@pytest.fixture(scope="session")
def vectors() -> Vectors:
    """The word vectors of the pipeline that ships with the tracker."""
    from tracker.language import load_vectors

    return load_vectors()


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The built-in registry."""
    from tracker.pipeline import load_registry

    return load_registry()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data; tests that need it skip where it is not there."""
    if not (SHARED / "cases").is_dir():
        pytest.skip("needs the development data in ../shared, which is not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def read(parser: Parser, registry: Registry) -> Callable[..., tuple[pd.DataFrame, pd.DataFrame]]:
    """A function from one text to its (mentions, attributions)."""
    from tracker.extract import extract_mentions
    from tracker.language import load_weights
    from tracker.tables import make

    def run(text: str, **columns: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
        row = {"article_id": "a-1", "text": text, "furniture": "[]", "published_at": "2024-10-15", **columns}
        found = extract_mentions(make("articles", [row]), parser=parser, weights=load_weights(), registry=registry)
        return found.mentions, found.attributions

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium, if this machine has one."""
    path = next((p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(p).exists()), "")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not path:
        pytest.skip("chromium is not installed")
    with api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """A function from HTML to a page that fails the test when anything is asked for, said to the console as an error, or raised."""
    trouble: list[str] = []
    contexts: list[Any] = []

    def open_page(html: str, *, plain: bool = False, **options: Any) -> Any:
        file = tmp_path / "graph.html"
        file.write_text(html, encoding="utf-8", newline="\n")
        contexts.append(browser.new_context(viewport={"width": 1440, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.on("request", lambda r: trouble.append(r.url) if r.url.split("#")[0] != file.as_uri() else None)
        page.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: trouble.append(str(e)))
        page.on("dialog", lambda d: (trouble.append(d.message), d.dismiss()))
        page.goto(file.as_uri())
        if options.get("java_script_enabled", True) and not plain:
            page.evaluate("tracker.ready")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of this run; skips, saying why, where there is none."""
    pytest.importorskip("psycopg", reason="needs the postgres extra")
    if binaries() is None:
        pytest.skip(MISSING)
    server = Server()
    yield server
    server.stop()
