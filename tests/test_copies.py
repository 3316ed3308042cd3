"""Shared runs of words: as numbers, and the passages they lead to, against plain loops."""
from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest

from tracker.settings import TraceSettings
from tracker.shingles import runs, runs_of_pieces, word_hashes
from tracker.trace import copies

SETTINGS = TraceSettings(copy_shingle=3)
Copies = dict[str, tuple[str, float]]


def test_equal_runs_have_equal_numbers() -> None:
    """The same three words give the same number wherever they stand; other words or another order give another."""
    found = runs(word_hashes("a b c x a b c b a".split()), 3)
    assert len(found) == 7 and found[0] == found[4] and len(set(found.tolist())) == 6
    assert len(runs(word_hashes(["a", "b"]), 3)) == 0


def test_no_run_goes_over_the_end_of_a_piece() -> None:
    pieces = ["a b c d".split(), [], "e f".split(), "g h i".split()]
    found, piece = runs_of_pieces(pieces, 3)
    assert piece.tolist() == [0, 0, 3]
    assert found.tolist() == [*runs(word_hashes(pieces[0]), 3).tolist(), *runs(word_hashes(pieces[3]), 3).tolist()]
    assert [len(part) for part in runs_of_pieces([["a"], ["b"]], 3)] == [0, 0] == [len(part) for part in runs_of_pieces([], 3)]


def test_words_inside_quotation_marks_show_nothing() -> None:
    said = copies.shingle(['one two three "four five six seven" eight nine ten', "eight nine ten", "four five six"], 3)
    assert said.sizes.tolist() == [2, 1, 1]
    assert (said.texts @ said.texts.T).toarray().tolist() == [[2, 1, 0], [1, 1, 0], [0, 0, 1]]


def some_articles(chance: random.Random) -> pd.DataFrame:
    """Up to twelve texts made of a few shared sentences, in four outlets, some without a date, some word for word the same."""
    sentences = [" ".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(4, 40))) for _ in range(6)]
    rows = []
    for n in range(chance.randint(2, 12)):
        text = " ".join(chance.choices(sentences, k=chance.randint(1, 4)))
        rows.append({"article_id": f"a-{n}", "outlet_id": chance.choice(["", "post", "herald", "mirror"]), "text": text,
                     "published_at": chance.choice(["", "2031-03-01", "2031-03-02"])})
    return pd.DataFrame(rows)


def plainly(articles: pd.DataFrame, fewest: int) -> Copies:
    """Each article's best earlier match, one shingle after the other."""
    rows = sorted(articles.to_dict("records"), key=lambda a: (not a["published_at"], a["published_at"], a["text"], a["article_id"]))
    texts = [a["text"].split() for a in rows]
    sets = [{tuple(t[i:i + 3]) for i in range(len(t) - 2)} for t in texts]
    who = [a["outlet_id"] or a["article_id"] for a in rows]
    holders: dict[tuple[str, ...], list[int]] = {}
    found: Copies = {}
    for n, mine in enumerate(sets):
        votes: dict[int, int] = {}
        asked = [s for s in mine if len(mine) <= copies.LONG or int(runs(word_hashes(s), 3)[0]) % 4 == 0]
        for s in asked:
            held = holders.setdefault(s, [])
            for other in held:
                if who[other] != who[n]:
                    votes[other] = votes.get(other, 0) + 1
            if len(held) < 2 and all(who[h] != who[n] for h in held):
                held.append(n)
        best = (0.0, "")
        for other in sorted(votes, key=lambda k: (-votes[k], k))[:copies.CANDIDATES]:
            both = len(mine & sets[other])
            days = rows[n]["published_at"], rows[other]["published_at"]
            size = len(mine) if all(days) and days[0] != days[1] else min(len(mine), max(fewest, len(sets[other])))
            if len(mine) >= fewest <= both and both / size > best[0]:
                best = both / size, rows[other]["article_id"]
        if best[0] >= SETTINGS.copy_containment:
            found[rows[n]["article_id"]] = best[1], best[0]
    return found


@pytest.mark.parametrize("fewest", [3, 12])
def test_nearest_agrees_with_plain_loops(fewest: int) -> None:
    """Four hundred made piles: the same later and earlier article and the same share, whatever the order of the rows."""
    seen = 0
    for seed in range(400):
        chance = random.Random(seed)
        articles = some_articles(chance)
        rows = [copies._Passage(a["article_id"], a["outlet_id"] or a["article_id"], a["published_at"], a["text"]) for a in articles.to_dict("records")]
        chance.shuffle(rows)
        found = {c.later_id: (c.earlier_id, c.share) for c in copies._nearest(rows, SETTINGS, fewest, whole=True)}
        assert found == plainly(articles, fewest), seed
        seen += len(found)
    assert seen > 300


def test_passages_of_two_groups_are_not_compared() -> None:
    """The same words in two claims: a copy only inside one of them."""
    text = "one two three four five six seven"
    rows = [copies._Passage(f"m-{n}", f"outlet-{n}", "", text, group) for n, group in enumerate([0, 1, 1])]
    assert [(c.later_id, c.earlier_id) for c in copies._nearest(rows, SETTINGS, 3, whole=False)] == [("m-2", "m-1")]


def test_hashes_do_not_hang_on_what_else_is_in_the_pile() -> None:
    """Which quarter of the shingles finds candidates is a matter of the shingle alone."""
    long = " ".join(f"w{n}" for n in range(200))
    alone, among = copies.shingle([long], 3), copies.shingle(["x y z a b c", long, "q r s t"], 3)
    assert alone.quarter[alone.texts[0].indices].sum() == among.quarter[among.texts[1].indices].sum() > 20
    assert np.array_equal(np.diff(alone.texts.indptr), alone.sizes)
