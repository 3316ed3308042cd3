"""The brief: words of the field, figures that are the same every time, and nothing that a hostile text could do to either."""
from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from newsroom import says, tell
from worlds import poison, strike

from tracker.cli import cli
from tracker.cli.options import Pile
from tracker.cli.reporting import verdicts
from tracker.score.phrases import admiralty, confidence, likelihood
from tracker.tables import Case


def write(monkeypatch: pytest.MonkeyPatch, case: Case, name: str) -> str:
    monkeypatch.setattr(Pile, "case", lambda self: case)
    done = CliRunner().invoke(cli, ["report", "x", "-o", name], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return Path(name).read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def world() -> Case:
    return tell(says("post", "person:Ann Lee", day="2031-03-01"), says("herald", "outlet:The Vell Post", day="2031-03-03"),
                says("mirror", claim="c-2", day="2031-03-02"), says("signal", claim="c-2", day="2031-03-02")).case


def test_likelihood_and_confidence_are_apart() -> None:
    """Bands of the field; one origin is low confidence however likely, and what cannot be judged says so."""
    words = ["almost no chance", "very unlikely", "roughly even chance", "likely", "very likely", "almost certain"]
    assert [likelihood(x) for x in (0.0, 0.1, 0.5, 0.7, 0.9, 1.0)] == words
    one, two = (tell(*lines).claim() for lines in ([says("post", "person:Ann Lee")], [says("post"), says("herald")]))
    assert (confidence(one), confidence(two)) == ("low", "high")
    assert confidence(tell(says("post", stance="denies")).claim()) == "cannot be judged"
    assert confidence(tell(says("post", "person:Ann Lee"), says("herald")).claim()) == "moderate"
    assert (admiralty(one, ""), admiralty(two, "B")) == ("F3", "B1")


def test_a_page_with_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """One file, the same every time, with the figures in it and no script."""
    pytest.importorskip("matplotlib", reason="needs the report extra")
    page = write(monkeypatch, world(), "a.html")
    assert page == write(monkeypatch, world(), "b.html")
    assert page.count('src="data:image/svg+xml;base64,') == 3 and "<script" not in page
    assert "<td>F1</td><td>likely</td><td>high</td>" in page and "Neither says that it is true" in page


def test_markdown_with_figures_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each figure that the text shows lies beside it, with the date axis in it."""
    pytest.importorskip("matplotlib", reason="needs the report extra")
    text = write(monkeypatch, world(), "my brief.md")
    named = [n.replace("%20", " ") for n in re.findall(r"\]\(([^)]+\.svg)\)", text)]
    assert named == ["my brief-origins.svg", "my brief-timeline.svg", "my brief-outlets.svg"]
    assert all(Path(n).read_text(encoding="utf-8").startswith("<?xml") for n in named)


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    """The brief comes without figures, and stderr says what is missing."""
    import sys

    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setattr(Pile, "case", lambda self: world())
    done = CliRunner().invoke(cli, ["report", "x", "-o", "a.html"])
    assert done.exit_code == 0 and "need matplotlib" in done.stderr and "<img" not in Path("a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "$\\frac{1}{$", "\x1b[2J\u202e", "](javascript:x)"])
@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_hostile_texts_stay_text(monkeypatch: pytest.MonkeyPatch, name: str, payload: str) -> None:
    """Markup, mathematics and control characters in names and wordings change nothing but themselves."""
    pytest.importorskip("matplotlib", reason="needs the report extra")
    page = write(monkeypatch, poison(strike(), payload), name)
    alive = r"<script|<img src=x" if name.endswith("html") else r"(?<!\\)<(script|img)|(?<!\\)\]\(javascript"
    assert not re.search(alive + "|\x1b|\u202e", page)


def test_calibration_comes_from_verdicts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verified and refuted claims are held against belief; a withdrawn verdict is not."""
    case = world()
    told = {"c-1": "refuted", "c-2": "verified", "c-3": "withdrawn"}
    case = Case({**case.tables, "claims": case["claims"].assign(verdict=[told.get(c, "") for c in case["claims"]["claim_id"]])})
    table = verdicts(case)
    assert table["n"].sum() == 2 and (table["share"] * table["n"]).sum() == 1
    pytest.importorskip("matplotlib", reason="needs the report extra")
    assert write(monkeypatch, case, "a.html").count("data:image/svg+xml") == 4
