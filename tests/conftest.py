"""Shared fixtures: the built-in language pipeline and registry, loaded once, and where the development data may lie."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tracker.model import Parser, Vectors
from tracker.registry import Registry

SHARED = Path(__file__).resolve().parents[2] / "shared"


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
