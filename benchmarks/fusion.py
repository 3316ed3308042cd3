"""Measure fusion: truth of Flight and Book, copy pairs, harm to independent data, and speed.

    python benchmarks/fusion.py DATA [--speed]

DATA holds a folder truth/ with flight_claims.csv.gz (day, source, flight, attr, val), flight_gold.csv (day, flight, attr, gold),
flight_copy_gold.json (groups), book_claims.csv.gz (source, item, val), book_gold100.csv and book_silver.csv (isbn10, surnames). Precision is the
share of gold items that anybody speaks of whose winning value is the gold one, ties shared. Gold of Flight comes from three airline sites, which
are left out. Times are wall-clock on this machine.
"""
from __future__ import annotations

import argparse
import io
import itertools
import json
import resource
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from tracker.cli.fusing import read_statements
from tracker.score.fusion import METHODS, Labelled, Table, encode, table_of
from tracker.score.fusion.dependence import dependent_groups, dependent_pairs
from tracker.score.rounds import after, settled

AIRLINES = {"aa", "ua", "CO"}
PARTIAL = {frozenset(("mytripandmore", "orbitz"))}  # copies in part, says the gold's own note, as are boston and the group of flightview
COPY_DAY = "20111208"


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def statements(claims: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"party": claims["source"], "item": claims["day"] + "|" + claims["flight"] + "|" + claims["attr"], "value": claims["val"],
                         "kind": claims["attr"]})


def precision(labelled: Labelled, belief: np.ndarray, gold: dict[str, str]) -> float:
    known = np.array([i in gold for i in labelled.items])
    right = np.array([gold.get(i) == v for i, v in zip(labelled.items, labelled.values, strict=True)])
    return float((labelled.table.winners(belief) * right).sum() / len(np.unique(labelled.table.item[known])))


def flight(folder: Path) -> None:
    """All development days at once, and the mean over single days for our default."""
    claims, gold = read(folder / "flight_claims.csv.gz"), read(folder / "flight_gold.csv")
    truth = dict(zip(gold["day"] + "|" + gold["flight"] + "|" + gold["attr"], gold["gold"], strict=True))
    claims = claims[~claims["source"].isin(AIRLINES)]
    labelled = encode(statements(claims))
    print(f"Flight, {claims['day'].nunique()} days, {len(claims):,} rows, without airlines")
    for name, method in METHODS.items():
        print(f"  {name:18} {precision(labelled, method(labelled.table, stop=settled()).belief, truth):.4f}")
    place = {p: k for k, p in enumerate(labelled.parties)}
    groups = np.arange(len(place))
    for group in json.loads((folder / "flight_copy_gold.json").read_text())["groups"]:
        members = [place[p] for p in group if p in place]
        groups[members] = members[0]
    known = np.unique(groups, return_inverse=True)[1]
    print(f"  merged, groups given {precision(labelled, METHODS['merged'](labelled.table, stop=settled(), groups=known).belief, truth):.4f}")
    days = []
    for _, part in claims.groupby("day"):
        one = encode(statements(part))
        days.append(precision(one, METHODS["merged"](one.table, stop=settled()).belief, truth))
    print(f"  merged, each day on its own: mean {np.mean(days):.4f}, least {min(days):.4f}, most {max(days):.4f}")


def copies(folder: Path) -> None:
    """Average precision and best F1 of the copy pairs of one day, ranked by the lower bound of their overlap."""
    claims, gold = read(folder / "flight_claims.csv.gz"), json.loads((folder / "flight_copy_gold.json").read_text())["groups"]
    group = {p: k for k, members in enumerate(gold) for p in members}
    every: list[tuple[float, float]] = []
    partial = PARTIAL | {frozenset(("boston", p)) for p in next(g for g in gold if "flightview" in g)}
    for day in sorted(claims["day"].unique()):
        for left_out in (frozenset(), AIRLINES):
            labelled = encode(statements(claims[(claims["day"] == day) & ~claims["source"].isin(left_out)]))
            found = dependent_pairs(labelled.table)
            low = {frozenset((labelled.parties[a], labelled.parties[b])): x for a, b, x in found[["left", "right", "low"]].itertuples(index=False)}
            pairs = [p for p in map(frozenset, itertools.combinations(labelled.parties, 2)) if p not in partial]
            ranked = sorted(((low.get(p, 0.0), group.get(min(p), -1) == group.get(max(p), -2)) for p in pairs), key=lambda x: (-x[0], x[1]))
            hits = np.cumsum([t for _, t in ranked])
            true, at = hits[-1], np.arange(1, len(ranked) + 1)
            average = float(np.mean((hits / at)[[t for _, t in ranked]]))
            if not left_out:
                every.append((average, float(np.max(2 * hits / (at + true)))))
            if day == COPY_DAY:
                who = " without airlines" if left_out else ""
                print(f"copy pairs, {day}{who}: AP {average:.4f}, best F1 {np.max(2 * hits / (at + true)):.4f}, {true} true")
    print(f"copy pairs, mean of the {len(every)} days: AP {np.mean([a for a, _ in every]):.4f}, best F1 {np.mean([f for _, f in every]):.4f}")


def book(folder: Path) -> None:
    claims = read(folder / "book_claims.csv.gz")
    labelled = encode(claims.rename(columns={"source": "party", "val": "value"}), "|")
    truths = [dict(read(folder / f).to_numpy()) for f in ("book_gold100.csv", "book_silver.csv")]
    print(f"Book, {len(claims):,} rows (gold / silver)")
    for name, method in METHODS.items():
        belief = method(labelled.table, stop=settled()).belief
        print(f"  {name:18} " + " / ".join(f"{precision(labelled, belief, truth):.4f}" for truth in truths))


def independent(parties: int, items: int, each: int, false: int, low: float, high: float) -> tuple[Table, np.ndarray]:
    """Everybody errs on their own; the true value is 0. Returns the table and which facts are true."""
    chance = np.random.default_rng(0)
    item, party = np.repeat(np.arange(items), each), chance.integers(0, parties, items * each)
    value = np.where(chance.random(len(item)) < chance.uniform(low, high, parties)[party], 0, chance.integers(1, false + 1, len(item)))
    kept = np.unique(party * items + item, return_index=True)[1]
    return table_of(party[kept], item[kept], value[kept], parties), np.unique(item[kept] * (false + 1) + value[kept]) % (false + 1) == 0


def harm() -> None:
    print("independent, 1,000 parties, 50,000 items (false pairs; precision)")
    for each, false, low, high in ((20, 10, 0.5, 0.95), (20, 1, 0.5, 0.95), (20, 3, 0.55, 0.7), (6, 10, 0.3, 0.9), (20, 30, 0.3, 0.6)):
        table, true = independent(1000, 50_000, each, false, low, high)
        scores = {n: float((table.winners(METHODS[n](table, stop=after(20)).belief) * true).sum() / table.items)
                  for n in ("vote", "accu", "popaccu", "dawid-skene", "crh", "merged")}
        print(f"  {each} voices, {false} false values, right {low}-{high}: {len(dependent_pairs(table))} pairs; "
              + ", ".join(f"{n} {s:.4f}" for n, s in scores.items()) + f"; default loses {max(scores.values()) - scores['merged']:.4f}")


def harm_by_kind() -> None:
    """Kinds that say nothing, and kinds on which the parties differ; the same tables with and without their column."""
    print("independent, 200 parties, 20,000 items of 4 kinds, 6 voices, 10 false values (precision without and with kinds)")
    for name, spread in (("alike on all kinds", 0.0), ("each its own on each kind", 0.25)):
        chance = np.random.default_rng(0)
        item, party = np.repeat(np.arange(20_000), 6), chance.integers(0, 200, 120_000)
        right = np.clip(chance.uniform(0.4, 0.8, (200, 1)) + chance.uniform(-spread, spread, (200, 4)), 0.02, 0.98)
        value = np.where(chance.random(len(item)) < right[party, item % 4], 0, chance.integers(1, 11, len(item)))
        kept = np.unique(party * 20_000 + item, return_index=True)[1]
        table, true = table_of(party[kept], item[kept], value[kept], 200), np.unique(item[kept] * 11 + value[kept]) % 11 == 0
        scores = []
        for one in (table, replace(table, kind=np.arange(20_000) % 4)):
            start = time.perf_counter()
            scores.append(float((one.winners(METHODS["merged"](one, stop=settled()).belief) * true).sum() / one.items))
            took = time.perf_counter() - start
        print(f"  {name}: {scores[0]:.4f}, {scores[1]:.4f} ({took:.1f} s)")


def speed() -> None:
    chance = np.random.default_rng(1)
    rows = 1_000_000
    frame = pd.DataFrame({"party": chance.integers(0, 2000, rows), "item": chance.integers(0, 60_000, rows), "value": chance.integers(0, 6, rows)})
    text = "party,item,value\n" + "\n".join(f"site{p},item-{i},v{v}" for p, i, v in frame.itertuples(index=False)) + "\n"
    print(f"1,000,000 rows from CSV, 20 rounds (peak so far {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB)")
    for name, method in METHODS.items():
        start = time.perf_counter()
        labelled = encode(read_statements(io.BytesIO(text.encode())))
        loaded = time.perf_counter()
        method(labelled.table, stop=after(20))
        print(f"  {name:18} load {loaded - start:.2f} s, rounds {time.perf_counter() - loaded:.2f} s, together {time.perf_counter() - start:.2f} s")
    print(f"  peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


def speed_copies(folder: Path) -> None:
    claims = read(folder / "flight_claims.csv.gz")
    twice = pd.concat([statements(claims), statements(claims.assign(day=claims["day"] + "b")), statements(claims.assign(day=claims["day"] + "c"))])
    labelled = encode(twice.iloc[:2_700_000])
    start = time.perf_counter()
    groups = dependent_groups(labelled.table)
    took = time.perf_counter() - start
    print(f"copy-aware pass, {len(labelled.table.party):,} rows, {labelled.table.parties} parties: {took:.2f} s, {groups.max() + 1} groups")
    table, _ = independent(1000, 50_000, 54, 10, 0.5, 0.95)
    start = time.perf_counter()
    dependent_groups(table)
    print(f"copy-aware pass, {len(table.party):,} rows, {table.parties} parties: {time.perf_counter() - start:.2f} s")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=Path)
    ap.add_argument("--speed", action="store_true", help="only time")
    args = ap.parse_args()
    folder = args.data / "truth"
    if args.speed:
        speed()
        speed_copies(folder)
        return
    flight(folder)
    copies(folder)
    book(folder)
    harm()
    harm_by_kind()


if __name__ == "__main__":
    main()
