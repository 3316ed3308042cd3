"""Every fusion method against the same formulas written with plain loops, on random small tables."""
from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from tracker.score.fusion import METHODS, Table, encode, table_of
from tracker.score.fusion.merged import merged
from tracker.score.rounds import after, iterate, settled

Facts = dict[int, tuple[int, set[int]]]
"""Fact code to its item and the parties that say it."""
Answer = tuple[list[float], list[float]]
ROUNDS = 7


def random_table(seed: int, parties: int = 7, items: int = 9, values: int = 4) -> Table:
    """A party says about two of three items, now and then two values of one."""
    chance = np.random.default_rng(seed)
    rows = [(p, i, int(chance.integers(values))) for p in range(parties) for i in range(items) for _ in range(2) if chance.random() < 0.45]
    return table_of(*zip(*rows, strict=True), parties=parties)


class Plain:
    """The table as dicts and sets, and what the formulas ask of it."""

    def __init__(self, table: Table) -> None:
        self.n, self.m = table.parties, table.facts
        self.item = [int(i) for i in table.item]
        self.by = [set() for _ in range(self.m)]  # type: list[set[int]]
        for p, f in zip(table.party, table.fact, strict=True):
            self.by[f].add(int(p))
        self.says = [[f for f in range(self.m) if p in self.by[f]] for p in range(self.n)]
        self.rivals = [[g for g in range(self.m) if self.item[g] == self.item[f] and g != f] for f in range(self.m)]
        self.against = [{p for g in self.rivals[f] for p in self.by[g]} - self.by[f] for f in range(self.m)]

    def mean(self, belief: list[float]) -> list[float]:
        return [sum(belief[f] for f in own) / len(own) if own else 0.0 for own in self.says]


def top(numbers: list[float]) -> list[float]:
    return [x / max(numbers) for x in numbers] if max(numbers, default=0) > 0 else numbers


def plain_vote(t: Plain) -> Answer:
    belief = [len(t.by[f]) / (len(t.by[f]) + sum(len(t.by[g]) for g in t.rivals[f])) for f in range(t.m)]
    return t.mean(belief), belief


def plain_sums(t: Plain) -> Answer:
    trust = [1.0] * t.n
    for _ in range(ROUNDS):
        belief = top([sum(trust[p] for p in t.by[f]) for f in range(t.m)])
        trust = top([sum(belief[f] for f in own) for own in t.says])
    return trust, belief


def plain_average_log(t: Plain) -> Answer:
    trust = [1.0] * t.n
    for _ in range(ROUNDS):
        belief = top([sum(trust[p] for p in t.by[f]) for f in range(t.m)])
        trust = top([math.log(len(own)) * sum(belief[f] for f in own) / len(own) if own else 0.0 for own in t.says])
    return trust, belief


def plain_investment(t: Plain, pooled: bool = False) -> Answer:
    trust = [1.0] * t.n
    for _ in range(ROUNDS):
        pool = [sum(trust[p] / len(t.says[p]) for p in t.by[f]) for f in range(t.m)]
        if pooled:
            belief = [pool[f] * pool[f] ** 1.4 / (pool[f] ** 1.4 + sum(pool[g] ** 1.4 for g in t.rivals[f])) for f in range(t.m)]
        else:
            belief = [x**1.2 for x in pool]
        trust = top([sum(belief[f] * (trust[p] / len(own)) / pool[f] for f in own) if own else 0.0 for p, own in enumerate(t.says)])
    return trust, belief


def plain_truthfinder(t: Plain) -> Answer:
    trust = [0.9] * t.n
    for _ in range(ROUNDS):
        tau = [-math.log(1 - min(x, 1 - 1e-12)) for x in trust]
        score = [sum(tau[p] for p in t.by[f]) for f in range(t.m)]
        moved = [score[f] + 0.5 * sum(score[g] * -0.5 for g in t.rivals[f]) for f in range(t.m)]
        belief = [1 / (1 + math.exp(-0.3 * s)) for s in moved]
        trust = t.mean(belief)
    return trust, belief


def stretch(numbers: list[float]) -> list[float]:
    low, high = min(numbers), max(numbers)
    even = [(x - low) / (high - low) if high > low else min(max(x, 0.0), 1.0) for x in numbers]
    return [0.5 * x + 0.5 * math.floor(x + 0.5) for x in even]


def ratio(above: float, below: float) -> float:
    return above / below if below else 0.0


def plain_two_estimates(t: Plain) -> Answer:
    wrong = [0.1] * t.n
    for _ in range(ROUNDS):
        belief = stretch([ratio(sum(1 - wrong[p] for p in t.by[f]) + sum(wrong[p] for p in t.against[f]),
                                len(t.by[f]) + len(t.against[f])) for f in range(t.m)])
        wrong = stretch([ratio(sum(1 - belief[f] for f in t.says[p]) + sum(belief[f] for f in range(t.m) if p in t.against[f]),
                               len(t.says[p]) + sum(p in t.against[f] for f in range(t.m))) for p in range(t.n)])
    return [1 - e for e in wrong], belief


def plain_three_estimates(t: Plain) -> Answer:
    wrong, hard = [0.1] * t.n, [0.4] * t.m
    for _ in range(ROUNDS):
        belief = stretch([ratio(sum(1 - wrong[p] * hard[f] for p in t.by[f]) + sum(wrong[p] * hard[f] for p in t.against[f]),
                                len(t.by[f]) + len(t.against[f])) for f in range(t.m)])
        hard = stretch([ratio(sum((1 - belief[f]) / wrong[p] for p in t.by[f] if wrong[p]) + sum(belief[f] / wrong[p] for p in t.against[f] if wrong[p]),
                              sum(wrong[p] > 0 for p in t.by[f] | t.against[f])) for f in range(t.m)])
        wrong = stretch([ratio(sum((1 - belief[f]) / hard[f] for f in range(t.m) if p in t.by[f] and hard[f])
                               + sum(belief[f] / hard[f] for f in range(t.m) if p in t.against[f] and hard[f]),
                               sum(hard[f] > 0 for f in range(t.m) if p in t.by[f] | t.against[f])) for p in range(t.n)])
    return [1 - e for e in wrong], belief


def plain_crh(t: Plain) -> Answer:
    weight = [1.0] * t.n
    for _ in range(ROUNDS):
        mass = [sum(weight[p] for p in t.by[f]) for f in range(t.m)]
        belief = [mass[f] / (mass[f] + sum(mass[g] for g in t.rivals[f])) for f in range(t.m)]
        best = [[g for g in [f, *t.rivals[f]] if belief[g] >= max(belief[h] for h in [f, *t.rivals[f]]) - 1e-12] for f in range(t.m)]
        truth = [1 / len(best[f]) if f in best[f] else 0.0 for f in range(t.m)]
        loss = [max(ratio(sum(1 - truth[f] for f in own), len(own)), 1e-9) for own in t.says]
        weight = [-math.log(x / sum(loss)) for x in loss]
    return weight, belief


def posterior(t: Plain, likelihood: list[float], others: Callable[[int], float] = lambda f: 0.0) -> list[float]:
    return [likelihood[f] / (likelihood[f] + sum(likelihood[g] for g in t.rivals[f]) + others(f)) for f in range(t.m)]


def edge(accuracy: float) -> float:
    return min(max(accuracy, 1e-6), 1 - 1e-6)


def plain_accu(t: Plain) -> Answer:
    trust = [0.8] * t.n
    for _ in range(ROUNDS):
        belief = posterior(t, [math.prod(10 * edge(trust[p]) / (1 - edge(trust[p])) for p in t.by[f]) for f in range(t.m)],
                           lambda f: max(10 + 1 - 1 - len(t.rivals[f]), 0))
        trust = t.mean(belief)
    return trust, belief


def pop_likelihood(t: Plain, trust: list[float]) -> list[float]:
    """Directly: who says it is right, who says another is wrong and drew that one by its share among the wrong."""
    out = []
    for f in range(t.m):
        wrong = sum(len(t.by[g]) for g in t.rivals[f])
        out.append(math.prod(edge(trust[p]) for p in t.by[f])
                   * math.prod((1 - edge(trust[p])) * len(t.by[g]) / wrong for g in t.rivals[f] for p in t.by[g]))
    return out


def plain_popaccu(t: Plain) -> Answer:
    trust = [0.8] * t.n
    for _ in range(ROUNDS):
        belief = posterior(t, pop_likelihood(t, trust))
        trust = t.mean(belief)
    return trust, belief


def plain_dawid_skene(t: Plain) -> Answer:
    trust = [0.8] * t.n
    for _ in range(ROUNDS):
        belief = posterior(t, [math.prod(edge(trust[p]) for p in t.by[f])
                               * math.prod((1 - edge(trust[p])) / max(len(t.rivals[f]), 1) for g in t.rivals[f] for p in t.by[g]) for f in range(t.m)])
        trust = t.mean(belief)
    return trust, belief


def plain_scatter(t: Plain, belief: list[float]) -> float:
    """Pairs of false statements of one item over those that coincide."""
    statements = [(f, 1 - belief[f]) for f in range(t.m) for _ in t.by[f]]
    pairs = [(f == g, x * y) for i, (f, x) in enumerate(statements) for j, (g, y) in enumerate(statements) if i != j and t.item[f] == t.item[g]]
    return min(max((sum(w for _, w in pairs) + 1) / (sum(w for same, w in pairs if same) + 0.5) - 1, 0.02), 1000.0)


def plain_merged(t: Plain) -> Answer:
    """With nobody dependent: errors by Ewens's formula, drawn one after the other; two statements of mean trust added."""
    trust = [0.8] * t.n
    votes = [len(t.by[f]) for f in range(t.m)]
    best = [max(votes[g] for g in [f, *t.rivals[f]]) for f in range(t.m)]
    spread = plain_scatter(t, [(votes[f] == best[f]) / sum(votes[g] == best[f] for g in [f, *t.rivals[f]]) for f in range(t.m)])
    for _ in range(ROUNDS):
        likelihood = []
        for f in range(t.m):
            chance, drawn = math.prod(edge(trust[p]) / (1 - edge(trust[p])) for p in t.by[f]), 0
            for g in t.rivals[f]:
                for already in range(votes[g]):
                    chance *= (already or spread) / (spread + drawn)
                    drawn += 1
            likelihood.append(chance)
        belief = posterior(t, likelihood)
        spread = plain_scatter(t, belief)
        mean = sum(belief[f] for own in t.says for f in own) / sum(map(len, t.says))
        trust = [(sum(belief[f] for f in own) + 2 * mean) / (len(own) + 2) for own in t.says]
    return trust, belief


PLAIN: dict[str, Callable[[Plain], Answer]] = {
    "vote": plain_vote, "sums": plain_sums, "average-log": plain_average_log, "investment": plain_investment,
    "pooled-investment": lambda t: plain_investment(t, pooled=True), "truthfinder": plain_truthfinder, "2-estimates": plain_two_estimates,
    "3-estimates": plain_three_estimates, "crh": plain_crh, "accu": plain_accu, "popaccu": plain_popaccu, "dawid-skene": plain_dawid_skene,
    "merged": plain_merged,
}


def test_every_method_has_a_plain_twin() -> None:
    """A method without one would go unchecked."""
    assert set(PLAIN) == set(METHODS)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", METHODS)
def test_a_method_equals_its_formulas(name: str, seed: int) -> None:
    """Trust and belief agree to 1e-9 after the same number of rounds."""
    table = random_table(seed, parties=3 + 2 * seed, items=4 + 3 * seed)
    found = METHODS[name](table, stop=after(ROUNDS))
    trust, belief = PLAIN[name](Plain(table))
    np.testing.assert_allclose(found.trust, trust, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.belief, belief, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", METHODS)
def test_order_and_repetition_do_not_matter(name: str) -> None:
    """The same rows in another order, some twice: the same bytes."""
    frame = pd.DataFrame([(f"p{p}", f"i{i}", f"v{(p * i) % 3}") for p in range(6) for i in range(8)], columns=["party", "item", "value"])
    again = pd.concat([frame.iloc[::-1], frame.sample(9, random_state=1)])
    one, two = (METHODS[name](encode(f).table, stop=settled()) for f in (frame, again))
    assert one.trust.tobytes() == two.trust.tobytes() and one.belief.tobytes() == two.belief.tobytes()


@pytest.mark.parametrize("name", METHODS)
def test_edges(name: str) -> None:
    """Nothing said, one thing said, all agree: numbers without NaN, and no warning."""
    nobody = METHODS[name](table_of([], [], []), stop=after(3))
    assert nobody.trust.size == nobody.belief.size == 0
    for rows in ([(0, 0, 0)], [(p, i, 0) for p in range(3) for i in range(2)], [(0, 0, 0), (2, 0, 1)]):
        found = METHODS[name](table_of(*zip(*rows, strict=True)), stop=settled())
        assert np.isfinite(found.trust).all() and np.isfinite(found.belief).all()


def test_stopping() -> None:
    """The rule is handed in: so many rounds, or until nothing moves."""
    halve = lambda trust: (trust, trust / 2)  # noqa: E731
    assert iterate(halve, np.ones(2), after(4)).trust[0] == 1 / 16
    assert iterate(halve, np.ones(2), settled(0.1)).rounds == 4
    assert iterate(halve, np.ones(2), settled(0.0, at_most=9)).rounds == 9


def test_known_groups_count_once() -> None:
    """Three copies against two: with the copies as one party the two win."""
    rows = [(p, i, 1 if p < 3 else 0) for p in range(5) for i in range(4)] + [(3, i, 0) for i in range(4, 9)] + [(4, i, 0) for i in range(4, 9)]
    table = table_of(*zip(*rows, strict=True))
    apart, together = (merged(table, stop=after(20), groups=np.array(g)) for g in ([0, 1, 2, 3, 4], [0, 0, 0, 1, 2]))
    assert together.belief[0] > 0.5 and together.belief[0] > apart.belief[0]


def test_codes_must_fit() -> None:
    """Unequal lengths and negative codes are refused."""
    for bad in (([0], [0, 1], [0, 0]), ([-1], [0], [0])):
        with pytest.raises(ValueError, match="equally long"):
            table_of(*bad)
