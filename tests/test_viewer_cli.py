"""`tracker graph` with the options that are about the page."""
from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from worlds import make_case, strike

import tracker.cli.written
from tracker.cli import cli
from tracker.cli.options import Pile
from tracker.view.page import render_page


@pytest.fixture(autouse=True)
def _world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Commands get this case instead of reading articles, and write where nothing is lost."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Pile, "case", lambda self: strike())


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ["graph", "x", *args])


def test_the_options_reach_the_page() -> None:
    """Title, theme, no quotes, compact: what Python gives for the same wishes."""
    assert run("-o", "g.html", "--title", "A", "--theme", "dark", "--redact-quotes", "--embed").exit_code == 0
    assert Path("g.html").read_text(encoding="utf-8") == render_page(strike(), title="A", theme="dark", redact_quotes=True, embed=True)
    assert run("--theme", "pink").exit_code == 2


@pytest.mark.parametrize("option", [("--redact-quotes",), ("--embed",), ("--theme", "dark")])
def test_what_is_no_page_refuses_them(option: tuple[str, ...]) -> None:
    """A brief with quotes must not be taken for one without."""
    result = run("-o", "g.md", *option)
    assert result.exit_code == 2
    assert "about the page" in str(result.exception) + result.output
    assert not Path("g.md").exists()


def test_a_large_case_becomes_an_index_with_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit: the named file is the index, the parts stand beside it, and stderr says so; stdout gets one page whatever its size."""
    monkeypatch.setattr(Pile, "case", lambda self: make_case(60, 6, 5))
    monkeypatch.setattr(tracker.cli.written, "PAGE_CLAIMS", 25)
    result = run("-o", "out/big.html")
    assert result.exit_code == 0, result.output
    assert sorted(p.name for p in Path("out").iterdir()) == ["big-001.html", "big-002.html", "big-003.html", "big.html"]
    assert "3 pages by topic stand beside it" in result.stderr
    assert 'href="big-001.html"' in Path("out/big.html").read_text(encoding="utf-8")
    assert run("-o", "-").stdout_bytes.startswith(b"<!doctype html>")
