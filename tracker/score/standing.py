"""How an outlet has done on the pile: shares of its claims that rest on one origin, that it only relays, had first, that others bore out or denied."""
from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import betaincinv

from tracker.settings import ScoreSettings
from tracker.tables import Case, tuples

Row = dict[str, Any]

METHOD = "beta@1"

LOOKED_AT = {
    "claims": ["claim_id", "question_id", "n_outlets", "status", "echo", "disputed", "independent_min"], "members": ["mention_id", "claim_id"],
    "mentions": ["mention_id", "article_id", "stance"], "articles": ["article_id", "outlet_id", "published_at", "revision_of"],
    "attributions": ["mention_id", "hop", "speaker_outlet_id"], "ties": ["later_id", "earlier_id", "kind"],
    "origins": ["origin_id", "unnamed"], "supports": ["mention_id", "origin_id"],
}
"""The columns that rating looks at: to send a table takes as long as it is wide."""

RELAYING = frozenset({"credited-outlet", "wire-credit", "near-copy"})
"""Ties by which a later mention takes a claim from another outlet's."""

MEASURES = {
    "single-origin": "claims it carries that rest on one origin", "echo": "claims it carries that several outlets print from one origin",
    "relayed": "claims it carries that it only takes from other outlets", "first": "claims shared with others that it had first",
    "borne-out": "claims it had first that other independent origins now bear out",
    "contradicted": "claims it carries that are denied, or rivalled by one with more independent origins",
    "unnamed": "origins of its claims behind whom nobody is named", "corrected": "articles it printed again in another version",
}
"""What each share of an outlet's record counts."""


def rate_outlets(case: Case, settings: ScoreSettings) -> list[Row]:
    """Rows of assessments for every outlet that carries a claim; each share is the mean of a Beta(1 + yes, 1 + no) with its interval.

    MEASURES says what each counts. First means alone and by date. None of them looks at the outlet's name, country or letter.
    """
    put = _Put(case)
    carried = _carried(put, len(case["claims"]))
    shares = _shares(case, put, carried)
    counts = np.bincount(carried.outlet, minlength=len(put.outlets))
    out: list[Row] = []
    for n in np.flatnonzero(counts).tolist():
        count, outlet_id = int(counts[n]), put.outlets[n]
        about = {"subject_kind": "outlet", "subject_id": outlet_id, "measure": "claims"}
        out.append({**about, "value": count, "low": count, "high": count, "n": count, "method": "count"})
        out.extend(_share(outlet_id, measure, int(yes[n]), int(whole[n]), settings) for measure, (yes, whole) in shares.items())
    return out


class _Put:
    """Who puts what and when, in numbers: for each mention its outlet, the time of its article, its claim, and whether it is put in the outlet's name.

    Outlets and times are numbered in order, 0 for unknown; claims by their rows, -1 for none.
    """

    def __init__(self, case: Case) -> None:
        articles = {a: (outlet_id, at) for a, outlet_id, at in tuples(case["articles"], "article_id", "outlet_id", "published_at")}
        self.outlets = ["", *sorted({outlet_id for outlet_id, _ in articles.values()} - {""})]
        self.outlet_code = {outlet_id: n for n, outlet_id in enumerate(self.outlets)}
        times = {at: n for n, at in enumerate(["", *sorted({at for _, at in articles.values()} - {""})])}
        article = {a: n for n, a in enumerate(articles)}
        printed = _numbers(case["mentions"]["article_id"], article)
        self.place = {m: n for n, m in enumerate(case["mentions"]["mention_id"].tolist())}
        self.outlet = np.asarray([*(self.outlet_code[outlet_id] for outlet_id, _ in articles.values()), 0], dtype=np.int64)[printed]
        self.time = np.asarray([*(times[at] for _, at in articles.values()), 0], dtype=np.int64)[printed]
        self.claim = np.full(len(printed), -1, dtype=np.int64)
        member, claim = _numbers(case["members"]["mention_id"], self.place), {c: n for n, c in enumerate(case["claims"]["claim_id"].tolist())}
        self.claim[member[member >= 0]] = _numbers(case["members"]["claim_id"], claim)[member >= 0]
        self.own = np.where(case["mentions"]["stance"].to_numpy(dtype=object) != "denies", self.outlet, 0)
        self.taken = self._taken(case)

    def _taken(self, case: Case) -> np.ndarray:
        """Mentions that take their claim from another outlet: credited at hand, or tied to its mention; a near-copy only if dates say who was first."""
        taken = np.zeros(len(self.own) + 1, dtype=bool)  # the last place stands for mentions that are not there
        hop = case["attributions"]["hop"].to_numpy() == 0
        credits = case["attributions"][hop]
        whom, who = _numbers(credits["speaker_outlet_id"], self.outlet_code), _numbers(credits["mention_id"], self.place)
        own, time = np.append(self.own, 0), np.append(self.time, 0)
        taken[who[(whom != 0) & (whom != own[who])]] = True
        ties = case["ties"]
        kind = ties["kind"].to_numpy(dtype=object)
        later, earlier = _numbers(ties["later_id"], self.place), _numbers(ties["earlier_id"], self.place)
        dated = (time[earlier] > 0) & (time[earlier] < time[later])
        relays = np.asarray([k in RELAYING for k in kind.tolist()], dtype=bool)
        taken[later[relays & (own[earlier] != own[later]) & ((kind != "near-copy") | dated)]] = True
        return taken[:-1]


def _numbers(ids: pd.Series, known: Mapping[str, int]) -> np.ndarray:
    """The number of each id, -1 for one that is not known."""
    return np.fromiter(map(known.get, ids.tolist(), repeat(-1)), dtype=np.int64, count=len(ids))


class _Carried(NamedTuple):
    """Which known outlet carries which claim, one row a pair in order: whether all that it prints of it is another outlet's, and whether it had it first."""

    claim: np.ndarray
    outlet: np.ndarray
    relayed: np.ndarray
    first: np.ndarray


def _carried(put: _Put, claims: int) -> _Carried:
    mentions = np.flatnonzero((put.own > 0) & (put.claim >= 0))
    key = put.claim[mentions] * len(put.outlets) + put.own[mentions]
    mentions, key = (column[np.argsort(key, kind="stable")] for column in (mentions, key))
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    claim, outlet = np.divmod(key[starts], len(put.outlets))
    if not len(starts):
        return _Carried(claim, outlet, np.zeros(0, dtype=bool), np.zeros(0, dtype=bool))
    never = int(put.time.max()) + 1
    time = np.minimum.reduceat(np.where(put.time[mentions] > 0, put.time[mentions], never), starts)
    time[time == never] = 0  # none of its mentions is dated: it may have been the first
    earliest = np.full(claims, never)
    np.minimum.at(earliest, claim, time)
    leads = time == earliest[claim]
    alone = np.bincount(claim[leads], minlength=claims) == 1
    shared = np.bincount(claim, minlength=claims) > 1
    return _Carried(claim, outlet, np.logical_and.reduceat(put.taken[mentions], starts), leads & (time > 0) & (alone & shared)[claim])


def _shares(case: Case, put: _Put, carried: _Carried) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each of MEASURES how often it holds and of how many, by outlet."""
    claims, count = case["claims"], len(put.outlets)

    def share(holds: np.ndarray, among: np.ndarray, outlet: np.ndarray = carried.outlet) -> tuple[np.ndarray, np.ndarray]:
        return np.bincount(outlet[holds & among], minlength=count), np.bincount(outlet[among], minlength=count)

    def of_claims(values: np.ndarray) -> np.ndarray:
        return np.asarray(values[carried.claim], dtype=bool)

    status = claims["status"].to_numpy(dtype=object)
    least, asked = claims["independent_min"].to_numpy(), claims["question_id"].tolist()
    strongest: dict[str, int] = {}
    for question_id, fewest in zip(asked, least.tolist(), strict=True):
        strongest[question_id] = max(strongest.get(question_id, 0), fewest)
    beaten = np.asarray([bool(q) and strongest[q] > fewest for q, fewest in zip(asked, least.tolist(), strict=True)], dtype=bool)
    every = np.ones(len(carried.claim), dtype=bool)
    reached, hidden = _origins(case, put)
    articles = case["articles"]
    again = set(articles["revision_of"].tolist()) - {""}
    printer = _numbers(articles["outlet_id"], put.outlet_code)
    mended = np.asarray([a in again for a in articles["article_id"].tolist()], dtype=bool)
    return {
        "single-origin": share(of_claims(status == "single-origin"), every), "echo": share(of_claims(claims["echo"].to_numpy(dtype=bool)), every),
        "relayed": share(carried.relayed, every), "first": share(carried.first, of_claims(claims["n_outlets"].to_numpy() > 1)),
        "borne-out": share(of_claims(status == "corroborated"), carried.first),
        "contradicted": share(of_claims(claims["disputed"].to_numpy(dtype=bool) | beaten), every),
        "unnamed": share(hidden, reached > 0, reached), "corrected": share(mended, articles["revision_of"].to_numpy(dtype=object) == "", printer),
    }


def _origins(case: Case, put: _Put) -> tuple[np.ndarray, np.ndarray]:
    """Outlets and the origins that their mentions reach, each pair once: (outlet, whether nobody is named behind the origin)."""
    origin = {o: n for n, o in enumerate(case["origins"]["origin_id"].tolist())}
    unnamed = np.append(case["origins"]["unnamed"].to_numpy(dtype=bool), False)
    who = np.append(put.own, 0)[_numbers(case["supports"]["mention_id"], put.place)]
    to = _numbers(case["supports"]["origin_id"], origin) + 1
    outlet, to = np.divmod(np.unique(who * (len(origin) + 1) + to), len(origin) + 1)
    return outlet, unnamed[to - 1]


def _share(outlet_id: str, measure: str, yes: int, n: int, settings: ScoreSettings) -> Row:
    a, b = 1 + yes, 1 + n - yes
    tail = (1 - settings.interval) / 2
    method = METHOD if n >= settings.enough else f"{METHOD}; too little data: F"
    low, high = (round(float(betaincinv(a, b, t)), 6) for t in (tail, 1 - tail))
    value = round(a / (a + b), 6)
    return {"subject_kind": "outlet", "subject_id": outlet_id, "measure": measure, "value": value, "low": low, "high": high, "n": n, "method": method}
