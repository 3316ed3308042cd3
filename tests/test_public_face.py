"""What `from tracker import ...` gives: at most ten names, each documented, and nothing heavy until it is used."""
from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import tracker

FACE = ["Case", "Settings", "TrackerError", "build", "claims_table", "read_articles", "render_page", "show", "to_graph", "to_json"]
README = Path(__file__).parents[1] / "README.md"


def test_the_face_is_these_names() -> None:
    """Adding a name is a decision; this list is where it is taken."""
    assert sorted(tracker.__all__) == FACE
    assert len(FACE) <= 10


@pytest.mark.parametrize("name", FACE)
def test_every_name_is_documented(name: str) -> None:
    """Each name has a sentence of its own and stands in the README."""
    assert (inspect.getdoc(getattr(tracker, name)) or "").strip()
    assert name in README.read_text(encoding="utf-8")


def test_importing_is_light() -> None:
    """`import tracker` and `tracker --help` load neither pandas nor spaCy for a name nobody used."""
    code = "import sys, tracker; sys.exit(bool({'spacy', 'pandas', 'pyvis'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_wrong_name_is_refused() -> None:
    """A name that is not there is an AttributeError, as in any module."""
    with pytest.raises(AttributeError, match="no attribute 'graph'"):
        tracker.graph  # noqa: B018
