"""Rival values of one question: counts, days, parties; and what is no rival."""

from __future__ import annotations

import pandas as pd
import pytest

from tracker.extract import extract_mentions
from tracker.language import load_weights
from tracker.link import link_mentions
from tracker.model import Parser, Vectors
from tracker.registry import Registry
from tracker.settings import LinkSettings
from tracker.tables import make


@pytest.mark.parametrize(
    ("one", "two", "rivals"),
    [
        ("The ferry fire in Port Alder injured 14 passengers.", "The ferry fire in Port Alder injured 11 passengers.", True),
        ("The ferry fire in Port Alder injured at least 12 passengers.", "The ferry fire in Port Alder injured 11 passengers.", True),
        ("The ferry fire in Port Alder injured up to 14 passengers.", "The ferry fire in Port Alder injured 11 passengers.", False),
        ("The ferry fire in Port Alder injured dozens of passengers.", "The ferry fire in Port Alder injured 31 passengers.", False),
        ("The ferry fire in Port Alder injured nearly 40 passengers.", "The ferry fire in Port Alder injured 38 passengers.", False),
        ("The mayor of Port Alder resigned from the harbour board on May 3.", "The mayor of Port Alder resigned from the harbour board on May 7.", True),
        ("The mayor of Port Alder resigned from the harbour board in May.", "The mayor of Port Alder resigned from the harbour board on May 7.", False),
        ("The mayor of Port Alder resigned from the harbour board on Monday.", "The mayor of Port Alder resigned from the harbour board on Friday.", False),
        ("Calvo Steel bought the old mill in Port Alder.", "Brenner Works bought the old mill in Port Alder.", True),
        ("Anna Hale condemned the old mill fire in Port Alder.", "Tom Brenner condemned the old mill fire in Port Alder.", False),
    ],
)
def test_rivals(parser: Parser, vectors: Vectors, registry: Registry, one: str, two: str, rivals: bool) -> None:
    rows = [{"article_id": f"a-{n}", "outlet_id": f"paper-{n}", "text": t, "furniture": "[]", "published_at": "2024-10-15"} for n, t in enumerate((one, two))]
    mentions = extract_mentions(make("articles", rows), parser=parser, weights=load_weights(), registry=registry).mentions
    claims: pd.DataFrame = link_mentions(mentions, vectors=vectors, settings=LinkSettings()).claims
    asked = claims[claims["question_id"] != ""]
    assert (len(asked) == 2 and asked["question_id"].nunique() == 1) == rivals, claims[["wording", "question_id"]].to_dict("records")
