"""Linking again after a pile has grown or shrunk: only what is new or weighs otherwise is compared, and what comes out is what comes out of all of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from tracker.link import block, claims, cluster, kept, near, pack, terms, unpack
from tracker.link.claims import Grouped, compare_mentions
from tracker.link.near import Near, Table, find_near, in_whole_numbers, renew
from tracker.model import Vectors
from tracker.settings import LinkSettings
from tracker.tables import dumps, make

Patch = pytest.MonkeyPatch
BY_THE_WAY = "perhaps though indeed merely quite rather soon hardly barely nearly often seldom twice again thus yet hence anyway elsewhere besides".split()
WORDS = "mill quay clerk deed ferry pier mayor storm river bridge council tax archive dam train crew".split()
SEEDS = range(6)


def drawn_mentions(seed: int, articles: int = 40) -> tuple[pd.DataFrame, dict[str, str]]:
    """(mentions of invented articles that tell a few stories over and over, the day of each article)."""
    chance = random.Random(seed)
    stories = [[f"{w}{n}" for w in chance.sample(WORDS, 6)] for n in range(8)]
    rows: list[dict[str, Any]] = []
    for article in range(articles):
        own = chance.choice(stories)
        for _ in range(chance.randrange(1, 7)):
            listed = chance.sample(own, 4) + chance.choices(WORDS, k=chance.randrange(3))
            figures = [[n := chance.randrange(2, 5), n, "boat"]] if chance.random() < 0.3 else []
            frame = {"act": listed[0], "actor": listed[1], "object": listed[2], "passive": False, "negated": chance.random() < 0.1, "modal": "",
                     "names": own[:2], "figures": figures, "dates": [], "words": listed, "called": [], "quoted": False, "title": False, "weak": False}
            text, number = " ".join(chance.sample([*listed, *chance.sample(BY_THE_WAY, 3)], len(listed) + 3)), len(rows)
            again = chance.choice(rows) if rows and chance.random() < 0.2 else {}  # articles copy from each other
            rows.append({"quote": text, "proposition": text, "frame": dumps(frame), **again, "mention_id": f"m-{number:06d}", "article_id": f"a-{article:04d}",
                         "start": number, "stance": "supports", "refers_id": ""})
    return make("mentions", rows), {f"a-{n:04d}": f"2031-03-{chance.randrange(1, 29):02d}" for n in range(articles)}


@pytest.fixture(params=["all with all", "by terms", "by terms and meaning", "many articles"])
def small(request: pytest.FixtureRequest, monkeypatch: Patch) -> None:
    """Small piles are treated as large ones are."""
    values = {"ALL": 500 if request.param == "all with all" else 5, "NEAREST": 4, "LEAST_NEAREST": 3, "BUDGET": 300, "COMMON": 16,
              "BY_MEANING": 200 if request.param == "by terms and meaning" else 0, "MANY": 3 if request.param == "many articles" else 10_000}
    for name, value in values.items():
        monkeypatch.setattr(block, name, value)
    monkeypatch.setattr(near, "BATCH", 16)
    monkeypatch.setattr(block, "BATCH", 16)


def linked(pile: tuple[pd.DataFrame, dict[str, str]], out: set[str], vectors: Vectors, earlier: kept.Kept | None = None) -> Grouped:
    """The pile without the articles that are `out`."""
    mentions, published = pile
    here = mentions[~mentions["article_id"].isin(out)].reset_index(drop=True)
    return compare_mentions(here, vectors=vectors, settings=LinkSettings(), published=published, earlier=earlier)()


def alike(one: Grouped, two: Grouped) -> bool:
    """Everything that a later stage or a table takes from linking is equal, to the last bit."""
    columns = zip((one.compared.keys, *one.compared.pairs), (two.compared.keys, *two.compared.pairs), strict=True)
    frames = all(getattr(one, name).equals(getattr(two, name)) for name in ("mentions", "members", "claims"))
    return frames and all(a.tobytes() == b.tobytes() for a, b in columns) and one.ask_links()().equals(two.ask_links()())


def grow(seed: int, vectors: Vectors) -> list[tuple[Grouped, Grouped]]:
    """A pile to which articles come and from which they go: each time (linked from the time before, linked at once)."""
    chance, pile = random.Random(seed), drawn_mentions(seed)
    ids = sorted(pile[1])
    out = set(chance.sample(ids, 12))
    before, found = linked(pile, out, vectors), []
    for _ in range(5):
        out = (out - set(chance.sample(sorted(out), 2))) | set(chance.sample(ids, chance.randrange(2)))
        before = linked(pile, out, vectors, unpack(pack(before.compared)))
        found.append((before, linked(pile, out, vectors)))
    return found


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("seed", range(3))
def test_linking_what_grew_is_linking_at_once(seed: int, vectors: Vectors) -> None:
    """Law: whatever was kept of the time before, the pairs, their scores and the tables are those of a linking of everything."""
    assert all(alike(one, two) for one, two in grow(seed, vectors))


@pytest.mark.usefixtures("small")
def test_only_what_is_new_or_weighs_otherwise_is_compared(vectors: Vectors, monkeypatch: Patch) -> None:
    """One article more: all pairs that are compared hold a mention whose mark is new, and most pairs are not compared."""
    compared: list[tuple[int, int]] = []
    compare = claims._compare_some

    def seen(profiles: Any, left: np.ndarray, right: np.ndarray) -> Any:
        compared.extend(zip(left.tolist(), right.tolist(), strict=True))
        return compare(profiles, left, right)

    pile = drawn_mentions(1, articles=50)
    more = sorted(pile[1])[7]
    before = linked(pile, {more}, vectors)
    monkeypatch.setattr(claims, "_compare_some", seen)
    after = linked(pile, set(), vectors, before.compared)
    new = ~np.isin(after.compared.marks, before.compared.marks)
    asked = set(zip((after.compared.keys // len(new)).tolist(), (after.compared.keys % len(new)).tolist(), strict=True))
    assert compared and set(compared) <= asked
    # Of the others some are compared that were no neighbours before: what stood between them weighs less now.
    touched = [n for n, (a, b) in enumerate(compared) if new[a] or new[b]]
    assert len(touched) >= 0.9 * len(compared) and len(compared) < 0.7 * len(asked)


def no_weights(patch: Patch) -> None:
    """A mention's mark leaves out how much its words weigh."""
    patch.setattr(claims, "mark_mentions", lambda own, profiles: own)


def no_beside(patch: Patch) -> None:
    """Nor what else its article says."""
    patch.setattr(kept, "_beside", lambda own, story: own)


def no_openings(patch: Patch) -> None:
    """Nor which pieces of words may open a pair now."""
    patch.setattr(kept, "opening", lambda terms: np.zeros(terms.rows.shape[1], dtype=bool))


def no_telling(patch: Patch) -> None:
    """An article's mark leaves out which of its words count."""
    patch.setattr(kept, "telling", lambda tales, which: np.zeros(tales.rows.shape[1], dtype=bool))


def no_newcomers(patch: Patch) -> None:
    """Rows keep their old neighbours, though a new one is nearer."""
    patch.setattr(near, "_reaching", lambda found, some, farthest: near.NONE)


def all_kept(patch: Patch) -> None:
    """Pairs that are candidates no longer stay."""
    patch.setattr(claims, "_within", lambda some, keys, true=claims._within: true(some, keys) | (len(keys) > len(some)))


@pytest.mark.parametrize("fault", [no_weights, no_beside, no_openings, no_telling, no_newcomers, all_kept])
def test_the_law_catches_its_faults(fault: Callable[[Patch], None], vectors: Vectors, monkeypatch: Patch) -> None:
    """Planted faults: some pile comes out otherwise."""
    many = {"MANY": 3, "COMMON": 4} if fault is no_telling else {"COMMON": 16}
    for name, value in {"ALL": 5, "NEAREST": 4, "LEAST_NEAREST": 3, "BUDGET": 300, "BY_MEANING": 200, **many}.items():
        monkeypatch.setattr(block, name, value)
    fault(monkeypatch)
    assert not all(alike(one, two) for seed in SEEDS for one, two in grow(seed, vectors))


def test_a_component_of_which_nothing_changed_is_not_taken_apart_again(vectors: Vectors, monkeypatch: Patch) -> None:
    """What became of it is kept; another score in it, or another threshold, and it is taken apart."""
    taken: list[int] = []
    apart = cluster._taken_apart
    monkeypatch.setattr(cluster, "_taken_apart", lambda count, *pairs: (taken.append(count), apart(count, *pairs))[1])
    left, right = np.asarray([0, 1, 5, 6]), np.asarray([1, 2, 6, 7])
    score, none = np.asarray([0.9, 0.8, 0.9, 0.7]), np.zeros(4, dtype=bool)
    first = cluster.cluster(9, left, right, score, none, threshold=0.3)
    assert taken == [3, 3] and first.labels.tolist() == [0, 0, 0, 1, 2, 3, 3, 3, 4]
    taken.clear()
    again = cluster.cluster(9, left, right, score, none, threshold=0.3, known=first.trees)
    moved = cluster.cluster(10, left + 1, right + 1, score, none, threshold=0.3, known=first.trees)
    assert not taken and again.labels.tolist() == first.labels.tolist() and moved.labels.tolist() == [0, 1, 1, 1, 2, 3, 4, 4, 4, 5]
    score[3] = 0.2
    changed = cluster.cluster(9, left, right, score, none, threshold=0.3, known=first.trees)
    assert taken == [3] and changed.labels.tolist() == [0, 0, 0, 1, 2, 3, 3, 4, 5]
    cluster.cluster(9, left, right, score, none, threshold=0.31, known=first.trees)
    assert len(taken) == 3


def test_what_another_way_of_packing_left_is_not_used(vectors: Vectors) -> None:
    arrays = pack(linked(drawn_mentions(2, articles=5), set(), vectors).compared)
    assert unpack(arrays) is not None
    assert unpack({name: column for name, column in arrays.items() if name != "marks"}) is None
    assert unpack({name: column for name, column in arrays.items() if name != "terms start"}) is not None  # as if none had been looked for


def test_a_mark_that_stands_for_two_says_nothing() -> None:
    """And neither does a pile whose order is another: of equals the earlier one is the neighbour."""
    old = np.asarray([5, 6, 7], dtype=np.uint64)
    assert kept._places(old, np.asarray([7, 9, 8], dtype=np.uint64)).tolist() == [-1, -1, 0]  # type: ignore[union-attr]
    assert kept._places(old, np.asarray([5, 5, 7], dtype=np.uint64)) is None
    assert kept._places(np.asarray([5, 5], dtype=np.uint64), old) is None
    assert kept._places(old, np.asarray([7, 5], dtype=np.uint64)) is None
    assert kept._places(old, old[:0]) is None


# -- neighbours ---------------------------------------------------------------------------------------------------------------


def drawn_table(chance: np.random.Generator, count: int, dense: bool) -> Table:
    """Rows of few different values: many are equally like."""
    rows = chance.integers(0, 3, (count, 6)).astype(float)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1.0)
    return in_whole_numbers(rows, 0.3) if dense else Table(sparse.csr_matrix(rows), int(0.3 * near.UNIT))


def plainly(table: Table, most: int) -> list[list[int]]:
    """The nearest of each row, by sorting all."""
    rows = table.rows if isinstance(table.rows, np.ndarray) else table.rows.toarray()
    like = rows @ rows.T if isinstance(table.rows, np.ndarray) else np.rint(rows @ rows.T * near.UNIT)
    out = []
    for n, row in enumerate(like):
        able = [k for k in range(len(row)) if k != n and row[k] >= table.least]
        out.append(sorted(able, key=lambda k: (-row[k], k))[:most])
    return out


def listed(found: Near, most: int) -> list[list[int]]:
    row, column, _ = found.first(most)
    return [column[row == n].tolist() for n in range(len(found.whole))]


@pytest.mark.parametrize("dense", [False, True])
@pytest.mark.parametrize("count", [0, 1, 5, 60])
def test_the_nearest_are_those_that_sorting_all_gives(count: int, dense: bool, monkeypatch: Patch) -> None:
    """Also where several are equally like, and found a few rows at a time or by two."""
    monkeypatch.setattr(near, "BATCH", 7)
    table = drawn_table(np.random.default_rng(count), count, dense)
    assert listed(find_near(table, 6), 6) == plainly(table, 6)
    assert listed(find_near(table, 6), 4) == plainly(table, 4)
    rows = np.arange(count)
    both = near.together([find_near(table, 6, rows[: count // 2]), find_near(table, 6, rows[count // 2 :])])
    assert all(a.tolist() == b.tolist() for a, b in zip(both, find_near(table, 6), strict=True))


@pytest.mark.parametrize("dense", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_nearest_that_are_renewed_are_those_found_at_once(seed: int, dense: bool, monkeypatch: Patch) -> None:
    """Rows go and come, several times, and what was renewed is renewed again."""
    monkeypatch.setattr(near, "BATCH", 7)
    chance = np.random.default_rng(seed)
    whole = drawn_table(chance, 80, dense)
    here = np.sort(chance.choice(80, 50, replace=False))
    found = find_near(Table(whole.rows[here], whole.least), 6)
    for _ in range(4):
        stays = here[chance.random(len(here)) < 0.9]
        then = np.union1d(stays, chance.choice(80, 6, replace=False))
        place = np.asarray([int(np.searchsorted(then, n)) if n in then else -1 for n in here.tolist()])
        table = Table(whole.rows[then], whole.least)
        new = np.setdiff1d(np.arange(len(then)), place)
        found, here = renew(table, found, place, new, 4, 6), then
        assert listed(found, 4) == plainly(table, 4)


def test_rounded_counts_change_seldom() -> None:
    """Small counts are exact; above that one more changes nothing most of the time."""
    counts = terms.rounded(np.arange(2000))
    assert counts[:5].tolist() == [0, 1, 2, 3, 4] and (np.diff(counts) >= 0).all()
    assert len(np.unique(counts[5:])) <= 10
