"""What our default does with kinds of questions and with lists: against the same formulas in plain loops, and what they are for."""
from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from tracker.score.fusion import Table, encode
from tracker.score.fusion.duels import by_kind, duels, levelled, rings, shared_errors, strengths
from tracker.score.fusion.labelled import parts_of
from tracker.score.fusion.merged import merged
from tracker.score.fusion.parts import Lists
from tracker.score.rounds import after, settled

ROUNDS = 5
Rows = list[tuple[int, int, str]]


def statements(seed: int, parties: int = 6, items: int = 12) -> Rows:
    """A party speaks of three items in four, now and then with two values of one."""
    chance = np.random.default_rng(seed)
    texts = ["a", "a|b", "a|b|c", "b|d", "", "d"]
    return sorted({(p, i, texts[int(chance.integers(len(texts)))]) for p in range(parties) for i in range(items) for _ in range(2) if chance.random() < 0.5})


def table(rows: Rows, kinds: int = 0, separator: str = "") -> Table:
    frame = pd.DataFrame([(f"p{p}", f"i{i:02}", v) for p, i, v in rows], columns=["party", "item", "value"])
    if kinds:
        frame["kind"] = [f"k{i % kinds}" for _, i, _ in rows]
    return encode(frame, separator).table


def logit(x: float) -> float:
    return math.log(x / (1 - x))


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


class Said:
    """Statements as dicts, without groups: facts in order, who says them, and what lists they are."""

    def __init__(self, rows: Rows) -> None:
        self.facts = sorted({(i, v) for _, i, v in rows})
        self.by = {f: [p for p, i, v in rows if (i, v) == f] for f in self.facts}
        self.parties = sorted({p for p, _, _ in rows})
        self.says = {p: [f for f in self.facts if p in self.by[f]] for p in self.parties}
        self.of = {i: [f for f in self.facts if f[0] == i] for i in {i for i, _ in self.facts}}

    def speaks(self, p: int, i: int) -> bool:
        return any(p in self.by[f] for f in self.of[i])


def plain_lists(t: Said) -> tuple[list[float], list[float]]:
    """Round by round: who says the list is right, everybody else kept, left out and added parts."""
    parts = {f: {x for x in f[1].split("|") if x} for f in t.facts}
    top = {i: max(len(t.by[f]) for f in own) for i, own in t.of.items()}
    belief = {f: (len(t.by[f]) == top[f[0]]) / sum(len(t.by[g]) == top[f[0]] for g in t.of[f[0]]) for f in t.facts}
    trust = dict.fromkeys(t.parties, 0.8)

    def learned() -> tuple[float, float]:
        kept = whole = added = voices = 0.0
        for true in t.facts:
            for said in t.of[true[0]]:
                if said != true:
                    for _ in t.by[said]:
                        kept += belief[true] * len(parts[said] & parts[true])
                        whole += belief[true] * len(parts[true])
                        added += belief[true] * len(parts[said] - parts[true])
                        voices += belief[true]
        return min(max((kept + 1) / (whole + 2), 0.01), 0.99), (added + 1) / (voices + 1)

    keeps, adds = learned()
    for _ in range(ROUNDS):
        chance = {}
        for true in t.facts:
            chance[true] = math.prod(trust[p] / (1 - trust[p]) for p in t.by[true])
            for said in t.of[true[0]]:
                if said != true:
                    exact = keeps ** len(parts[true]) * math.exp(-adds)
                    out, more = len(parts[true] - parts[said]), len(parts[said] - parts[true])
                    one = keeps ** len(parts[said] & parts[true]) * (1 - keeps) ** out * math.exp(-adds) * min(adds / 10, 0.5) ** more / (1 - exact)
                    chance[true] *= one ** len(t.by[said])
        belief = {f: chance[f] / sum(chance[g] for g in t.of[f[0]]) for f in t.facts}
        keeps, adds = learned()
        mean = sum(belief[f] for own in t.says.values() for f in own) / sum(map(len, t.says.values()))
        trust = {p: (sum(belief[f] for f in own) + 2 * mean) / (len(own) + 2) for p, own in t.says.items()}
    return [trust[p] for p in t.parties], [belief[f] for f in t.facts]


@pytest.mark.parametrize("seed", range(5))
def test_lists_equal_their_formulas(seed: int) -> None:
    """Trust and belief to 1e-9."""
    rows = statements(seed)
    found = merged(table(rows, separator="|"), stop=after(ROUNDS), groups=np.arange(6))
    trust, belief = plain_lists(Said(rows))
    np.testing.assert_allclose(found.belief, belief, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.trust, trust, rtol=1e-9, atol=1e-9)


def plain_duels(t: Said, kind: int, kinds: int, belief: dict[tuple[int, str], float], odds: dict[int, float]) -> dict[tuple[int, int], float]:
    """Every third party on every item on which two differ."""
    facts = [f for f in t.facts if f[0] % kinds == kind]
    own = [p for p in t.parties if any(p in t.by[f] for f in facts)]
    shared = {}
    for i, j in itertools.product(own, own):
        same = sum(1 - belief[f] for f in facts if i in t.by[f] and j in t.by[f])
        errors = [sum(1 - belief[f] for f in facts if a in t.by[f] and t.speaks(b, f[0])) for a, b in ((i, j), (j, i))]
        shared[i, j] = 1.0 if i == j else min(same / (min(errors) + 2), 1.0)
    out = {}
    for i, j in itertools.product(own, own):
        won = heard = 0.0
        for c in own:
            weight = max(odds[c], 0.0) * (1 - shared[c, i]) * (1 - shared[c, j])
            for_i = sum(1 for f in facts if {c, i} <= set(t.by[f]) and t.speaks(j, f[0]) and j not in t.by[f])
            for_j = sum(1 for f in facts if {c, j} <= set(t.by[f]) and t.speaks(i, f[0]) and i not in t.by[f])
            won += weight * for_i
            heard += weight * (for_i + for_j > 0)
        out[i, j] = won / heard if heard > 1e-12 else 0.0
    return out


def plain_strengths(won: dict[tuple[int, int], float], prior: dict[int, float]) -> dict[int, float]:
    """By a general optimiser."""
    own = sorted({i for i, _ in won})

    def loss(x: np.ndarray) -> float:
        s = dict(zip(own, x, strict=True))
        return float(sum((s[p] - prior[p]) ** 2 / 2 for p in own) + sum(n * math.log1p(math.exp(s[j] - s[i])) for (i, j), n in won.items()))

    found = minimize(loss, [prior[p] for p in own], method="BFGS", options={"gtol": 1e-9})
    return dict(zip(own, found.x, strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_duels_equal_their_formulas(seed: int) -> None:
    """Counts of duels to 1e-9 and strengths to 1e-5, which is what the general optimiser gives."""
    rows, chance = statements(seed, parties=7, items=20), np.random.default_rng(seed)
    t, of = table(rows, kinds=2), Said(rows)
    assert t.kind is not None
    belief, odds = chance.random(t.facts), chance.normal(1, 1, t.parties)
    named, own = dict(zip(of.facts, belief, strict=True)), dict(enumerate(odds))
    cells = by_kind(rings(t, t.kind), odds, belief, 2)
    for ring in rings(t, t.kind):
        won = duels(ring, np.maximum(odds[ring.parties], 0), shared_errors(ring, belief))
        expected = plain_duels(of, ring.kind, 2, named, own)
        np.testing.assert_allclose(won, [[expected[i, j] for j in ring.parties] for i in ring.parties], rtol=1e-9, atol=1e-9)
        best = plain_strengths(expected, own)
        np.testing.assert_allclose(strengths(won, odds[ring.parties]), [best[p] for p in ring.parties], atol=1e-5)
        np.testing.assert_array_equal(cells[ring.parties, ring.kind], strengths(won, odds[ring.parties]))


def plain_merged_kinds(t: Said, kinds: int, start: Table) -> list[float]:
    """Three looks at the kinds, from the fit that knows none; duels and levels from the functions tested here, all else in loops."""
    first = merged(replace(start, kind=None), stop=after(ROUNDS), groups=np.arange(start.parties))
    belief = dict(zip(t.facts, first.belief, strict=True))
    mean = sum(belief[f] for own in t.says.values() for f in own) / sum(map(len, t.says.values()))
    odds = {p: logit(min(max((sum(belief[f] for f in own) + 2 * mean) / (len(own) + 2), 1e-3), 1 - 1e-3)) for p, own in t.says.items()}

    def spread() -> float:
        pairs = same = 0.0
        for f, g in itertools.product(t.facts, t.facts):
            if f[0] == g[0]:
                count = len(t.by[f]) * (len(t.by[g]) - (f == g))
                pairs += count * (1 - belief[f]) * (1 - belief[g])
                same += (f == g) * count * (1 - belief[f]) ** 2
        return min(max((pairs + 1) / (same + 0.5) - 1, 0.02), 1000.0)

    urn = spread()
    for _ in range(3):
        cell: dict[tuple[int, int], float] = {}
        for k in range(kinds):
            best = plain_strengths(plain_duels(t, k, kinds, belief, odds), odds) if len({p for f in t.facts if f[0] % kinds == k for p in t.by[f]}) > 2 else {}
            cell |= {(p, k): best.get(p, odds[p]) for p in t.parties}
        for _ in range(ROUNDS):
            chance = {}
            for f in t.facts:
                chance[f], drawn = math.exp(math.fsum(cell[p, f[0] % kinds] for p in t.by[f])), 0
                for g in t.of[f[0]]:
                    for already in range(len(t.by[g]) if g != f else 0):
                        chance[f] *= (already or urn) / (urn + drawn)
                        drawn += 1
            belief = {f: chance[f] / sum(chance[g] for g in t.of[f[0]]) for f in t.facts}
            urn = spread()
            for k in range(kinds):
                said = {p: [f for f in t.says[p] if f[0] % kinds == k] for p in t.parties}
                right, low, high = sum(belief[f] for own in said.values() for f in own), -30.0, 30.0
                for _ in range(80):
                    level = (low + high) / 2
                    enough = math.fsum(len(own) * sigmoid(cell[p, k] + level) for p, own in said.items()) >= right
                    low, high = (low, level) if enough else (level, high)
                cell |= {(p, k): cell[p, k] + level for p in t.parties}
    return [belief[f] for f in t.facts]


@pytest.mark.parametrize("seed", range(3))
def test_kinds_equal_their_formulas(seed: int) -> None:
    """Beliefs to 1e-4: the plain twin climbs with a general optimiser."""
    rows = statements(seed, parties=6, items=16)
    t = table(rows, kinds=2)
    found = merged(t, stop=after(ROUNDS), groups=np.arange(t.parties))
    np.testing.assert_allclose(found.belief, plain_merged_kinds(Said(rows), 2, t), atol=1e-4)


def test_levels() -> None:
    """After levelling, as many statements are expected right as are believed, kind by kind; differences between parties stay."""
    odds, output = np.array([[0.0, 2.0], [1.0, -1.0]]), np.array([[10.0, 5.0], [20.0, 5.0]])
    moved = levelled(odds, output, np.array([[9.0, 1.0], [12.0, 1.0]]))
    np.testing.assert_allclose((output / (1 + np.exp(-moved))).sum(axis=0), [21, 2], rtol=1e-9)
    np.testing.assert_allclose(moved[0] - moved[1], odds[0] - odds[1])


def camps(seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Two kinds of questions, one of them hard: a camp of three repeats its own errors there, one of two is right, six others are right now and then."""
    chance, rows = np.random.default_rng(seed), []
    for i in range(600):
        hard = i % 2
        camp = 0 if chance.random() < 0.6 else 1
        loners = [0 if chance.random() < 0.35 else int(chance.integers(10, 99)) for _ in range(6)]
        for p in range(11):
            if hard:
                value = (0 if p < 2 else camp if p < 5 else loners[p - 5]) if chance.random() < 0.97 else int(chance.integers(100, 999))
            else:
                value = 0 if chance.random() < (0.95 if p < 5 else 0.8) else int(chance.integers(1, 99))
            rows.append((f"p{p:02}", f"i{i:03}", str(value), f"k{hard}"))
    frame = pd.DataFrame(rows, columns=["party", "item", "value", "kind"])
    return frame, np.array([value == "0" for value in encode(frame).values])


def test_a_camp_is_seen_through() -> None:
    """The others bear out the smaller camp where the two differ; without the kinds the larger one wins more often."""
    frame, true = camps(0)
    known, unknown = (encode(f).table for f in (frame, frame.drop(columns="kind")))
    score = {name: (t.winners(merged(t, stop=settled(), groups=np.arange(11)).belief) * true).sum() / t.items for name, t in
             (("known", known), ("unknown", unknown))}
    assert score["known"] > 0.97 and score["known"] > score["unknown"]


def test_one_kind_is_no_kind() -> None:
    """A column of kinds that says nothing changes nothing; nor does a separator that no method but ours looks at."""
    rows = statements(1)
    plain, one = table(rows), table(rows, kinds=1)
    assert merged(plain, stop=settled()).belief.tobytes() == merged(one, stop=settled()).belief.tobytes()


def test_lists_that_are_part_of_another_speak_for_it() -> None:
    """Four shops give the first author alone, three all of them; elsewhere the four leave out authors as well, and nobody adds any."""
    rows: Rows = [(p, 0, "a" if p < 4 else "a|b|c") for p in range(7)]
    rows += [(p, i, "x" if p < 4 and (p + i) % 2 else "x|y") for p in range(7) for i in range(1, 9)]
    t = table(rows, separator="|")
    belief = merged(t, stop=settled(), groups=np.arange(7)).belief
    assert belief[1] > 0.9 > 0.1 > belief[0]
    law = Lists(t)
    law.learn(belief)
    assert law.keeps > 0.4 and law.adds < 0.2


def test_long_lists_do_not_make_additions_likely() -> None:
    """Five give thirty parts each, all their own; the two who agree on two parts are believed."""
    rows: Rows = [(p, i, "|".join(f"{p}-{i}-{k}" for k in range(30)) if p < 5 else "a|b") for p in range(7) for i in range(6)]
    found = table(rows, separator="|")
    belief = merged(found, stop=settled(), groups=np.arange(7)).belief
    assert belief[found.voices == 2].min() > 0.9


def test_parts() -> None:
    """Parts count once, without spaces around them; empty ones do not count; parts of different items are apart."""
    parts = parts_of(np.array([0, 0, 1, 1]), np.array(["a; b;a", "", "b", ";c"], dtype=object), ";").toarray()
    assert parts.shape == (4, 4) and parts.sum(axis=1).tolist() == [2, 0, 1, 1] and (parts.sum(axis=0) == 1).all()


def test_an_item_has_one_kind() -> None:
    """Two are refused; edges do not stumble."""
    frame = pd.DataFrame([("p", "i", "v", "k"), ("q", "i", "v", "l")], columns=["party", "item", "value", "kind"])
    with pytest.raises(ValueError, match="two kinds"):
        encode(frame)
    for rows in (frame.iloc[:0], frame.iloc[:1]):
        found = merged(encode(rows, ";").table, stop=settled())
        assert np.isfinite(found.belief).all() and np.isfinite(found.trust).all()
