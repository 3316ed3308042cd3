"""Claims of which nothing changed since the case was last counted: what the count of a claim follows from, as a mark, and the rows it gave."""
from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from tracker.tables import row_hashes

OF_CLAIMS: Final = ("claims", "ties", "origins", "supports", "parties", "assessments", "reasons")
"""Tables whose rows of a claim follow from what is marked."""


class Earlier(NamedTuple):
    """An earlier count with the same version, registry and settings: a mark for each claim, and the tables OF_CLAIMS as they were."""

    marks: Mapping[str, str]
    tables: Mapping[str, pd.DataFrame]

    def same(self, marks: Mapping[str, str]) -> set[str]:
        """The claims that were marked so before: their counts are what they were."""
        return {claim_id for claim_id, mark in marks.items() if self.marks.get(claim_id) == mark}


def mark_claims(mentions: pd.DataFrame, attributions: pd.DataFrame, members: pd.DataFrame, articles: pd.DataFrame,
                copied: Mapping[str, tuple[str, float]]) -> dict[str, str]:
    """Claim id to a digest of all that its tracing and scoring look at, given registry and settings.

    That is: its mentions by id and stance, their articles (what was read from an article follows from it), their attributions once voices are resolved,
    and which of their articles are near-copies (`copied`: article to class and share).
    """
    claim_ids, claim = np.unique(members["claim_id"].to_numpy(dtype=object).astype(str), return_inverse=True)
    claim_of = pd.Series(claim, index=members["mention_id"].to_numpy(dtype=object))
    article = pd.Series(row_hashes(articles), index=articles["article_id"].to_numpy(dtype=object))
    said = _of_mentions(mentions, claim_of, article, copied)
    credited = attributions["mention_id"].map(claim_of).fillna(-1).to_numpy(dtype=np.int64)
    # An outlet that nobody knows goes by the id of its article.
    whose = attributions["speaker_outlet_id"].map(article).fillna(0).to_numpy(dtype=np.uint64)
    hops = np.stack([row_hashes(attributions), whose], axis=1)
    rows = [_by_claim(values, of, len(claim_ids)) for values, of in (said, (hops, credited))]
    return {str(c): hashlib.blake2b(one + b"/" + two, digest_size=16).hexdigest() for c, one, two in zip(claim_ids.tolist(), *rows, strict=True)}


def _of_mentions(mentions: pd.DataFrame, claim_of: pd.Series, article: pd.Series, copied: Mapping[str, tuple[str, float]]) -> tuple[np.ndarray, np.ndarray]:
    """(four numbers a mention: its own, its article's, class and share of a copied article; claim of each mention, -1 for none)."""
    claim = mentions["mention_id"].map(claim_of).fillna(-1).to_numpy(dtype=np.int64)
    printed = mentions["article_id"].map(article).fillna(0).to_numpy(dtype=np.uint64)
    classes = {a: n for n, a in enumerate(sorted({group for group, _ in copied.values()}))}
    group = np.asarray([classes[copied[a][0]] if a in copied else -1 for a in mentions["article_id"].tolist()], dtype=np.int64)
    share = np.asarray([copied[a][1] if a in copied else 0.0 for a in mentions["article_id"].tolist()], dtype=np.float64)
    # Which class it is matters only inside the claim: the class is named by its first mention there.
    first = pd.DataFrame({"claim": claim, "group": group, "row": np.arange(len(claim))}).groupby(["claim", "group"])["row"].transform("min")
    start = pd.Series(np.arange(len(claim))).groupby(claim).cumcount().to_numpy(dtype=np.int64)
    place = np.where(group < 0, -1, start[first.to_numpy(dtype=np.int64)] if len(first) else start)
    return np.stack([row_hashes(mentions[["mention_id", "stance"]]), printed, place.view(np.uint64), share.view(np.uint64)], axis=1), claim


def _by_claim(values: np.ndarray, claim: np.ndarray, count: int) -> list[bytes]:
    """The rows of each claim in their order, as bytes."""
    order = np.argsort(claim, kind="stable")
    bounds = np.searchsorted(claim[order], np.arange(count + 1))
    sorted_rows = np.ascontiguousarray(values[order])
    return [sorted_rows[a:b].tobytes() for a, b in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]
