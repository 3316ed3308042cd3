"""A sentence encoder by name: loaded only when asked for, and told plainly where it is missing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tracker.errors import UsageError
from tracker.language import load_encoder
from tracker.language.encoder import _load_model
from tracker.link.features import AT, compare
from tracker.link.profiles import profile
from tracker.model import Vectors
from tracker.pipeline import build, read_articles
from tracker.settings import LinkSettings, Settings


class Lengths:
    """A model that knows how long a text is and how many letters "a" it has."""

    def __init__(self, name: str, **options: Any) -> None:
        if name != "lengths":
            raise OSError(f"{name} is not a local folder\nand more")
        assert options == {"device": "cpu", "local_files_only": True}

    def encode(self, texts: Sequence[str], **options: Any) -> np.ndarray:
        return np.asarray([[len(t), t.count("a")] for t in texts], dtype=np.float32)


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package `sentence_transformers` with one model."""
    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = Lengths  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    _load_model.cache_clear()


def test_no_name_is_no_encoder() -> None:
    assert load_encoder("") is None


@pytest.mark.usefixtures("package")
def test_meaning_is_the_encoders(vectors: Vectors) -> None:
    parts = [{"act": "", "actor": "", "object": "", "words": [w], "names": [], "figures": [], "dates": [], "negated": False, "text": w}
             for w in ("aaaa", "bb", "aaaa", "cccccc")]
    encoder = load_encoder("lengths")
    assert encoder is not None
    assert encoder(["bb", "aaaa", "bb"]).tolist() == [[2, 0], [4, 4], [2, 0]]
    rows = compare(profile(parts, vectors, None, encoder), np.array([0, 0]), np.array([2, 1]))
    assert rows[0, AT["meaning"]] == pytest.approx(1.0) and rows[1, AT["meaning"]] < 0.5


@pytest.mark.usefixtures("package")
def test_a_run_uses_the_named_model_and_another_says_what_to_fetch(tmp_path: Any) -> None:
    text = "Fire\n\nThe ferry burned in the harbour of Port Alder on Monday, and the police closed the quay for the whole day and night.\n"
    (tmp_path / "a.txt").write_text(text)
    case = read_articles([str(tmp_path)])
    assert len(build(case, settings=Settings(link=LinkSettings(vectors="lengths")))["claims"])
    with pytest.raises(UsageError, match="hf download other"):
        build(case, settings=Settings(link=LinkSettings(vectors="other")))


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    _load_model.cache_clear()
    with pytest.raises(UsageError, match=r"corroboration-tracker\[encoder\]"):
        load_encoder("lengths")
