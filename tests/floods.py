"""Made piles of outlets that count things in their own name, with a planted copier or without: known truth for tests and benchmarks."""
from __future__ import annotations

import random
from typing import Any

from tracker.ids import content_id
from tracker.tables import Case, make

OUTLETS = [f"paper-{n}" for n in range(10)]


def pile(seed: int, *, claims: int = 30, outlets: int = 10, copier: str = "", of: str = "paper-0", share: float = 0.9, error: float = 0.35, wide: int = 6,
         credit: bool = False, per_article: int = 3) -> Case:
    """Outlets that count things in their own name; each is wrong now and then, and a copier prints what another printed a day before."""
    rng = random.Random(seed)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("articles", "mentions", "members", "claims", "attributions", "outlets")}
    names = OUTLETS[:outlets]
    texts: dict[tuple[str, int], list[str]] = {}
    for n in range(claims):
        given = {o: 100 * n + (rng.randint(1, wide) if rng.random() < error else 0) for o in names}
        if copier and rng.random() < share:
            given[copier] = given[of]
        for o in names:
            texts.setdefault((o, n // per_article), []).append(f"The flood damaged {given[o]} houses in place {n}.")
        rows["claims"].append({"claim_id": f"c-{n}", "question_id": "", "wording": f"houses in place {n}", "status": "single-origin"})
    for (outlet, story), sentences in texts.items():
        text = " ".join(sentences)
        article = content_id("a", outlet, story)
        rows["articles"].append({"article_id": article, "outlet_id": outlet, "text": text, "file": f"{article}.txt",
                                 "published_at": f"2031-03-{story % 20 + (2 if outlet == copier else 1):02d}"})
        at = 0
        for k, sentence in enumerate(sentences):
            mention = content_id("m", article, at)
            rows["mentions"].append({"mention_id": mention, "article_id": article, "start": at, "end": at + len(sentence) - 1, "quote": sentence[:-1],
                                     "sentence_start": at, "sentence_end": at + len(sentence), "stance": "supports"})
            rows["members"].append({"mention_id": mention, "claim_id": f"c-{story * per_article + k}"})
            if credit:
                rows["attributions"].append({"mention_id": mention, "branch": 0, "hop": 0, "speaker": "Mara Quill", "speaker_kind": "person"})
            at += len(sentence) + 1
    rows["outlets"] = [{"outlet_id": o, "name": o.title()} for o in names]
    return Case({name: make(name, found) for name, found in rows.items()})
