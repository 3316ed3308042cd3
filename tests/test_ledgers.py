"""A ledger read back is the case that it was written from, as far as it holds it; a broken or hostile one is refused in a line."""
from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from newsroom import says, tell
from worlds import make_case, poison, strike

from tracker.ask import compare_cases
from tracker.errors import UsageError
from tracker.export import to_json
from tracker.export.ledgers import case_from_ledger
from tracker.tables import Case

KEPT = {"claims": ["claim_id", "wording", "status", "independent_min", "independent_max", "n_outlets", "disputed", "credibility", "belief", "cut", "near"],
        "origins": ["origin_id", "claim_id", "label", "may_be_origin_id", "unnamed", "first_seen_at"], "supports": ["mention_id", "origin_id"],
        "members": ["mention_id", "claim_id"], "ties": ["later_id", "earlier_id", "kind", "detail"],
        "articles": ["article_id", "outlet_id", "published_at", "revision_of"],
        "reasons": ["subject_id", "measure", "rank", "part", "effect", "detail"]}


RELAYED = tell(says("post", "outlet:The Vell Wire>person:Ann Lee"), says("wire", "person:Ann Lee")).case


@pytest.mark.parametrize("case", [strike(), make_case(40, 8, 3), RELAYED, Case()],
                         ids=["strike", "made", "told", "empty"])
def test_a_ledger_read_back_is_the_case(case: Case) -> None:
    """Nothing changed between a case and its ledger, and the tables are the same."""
    back = case_from_ledger(to_json(case))
    assert len(compare_cases(case, back)) == len(compare_cases(back, case)) == 0
    for table, columns in KEPT.items():
        rows = case[table]
        if table == "members":
            rows = rows[rows["mention_id"].isin(case["mentions"]["mention_id"])]
        assert back[table][columns].to_dict("records") == rows[columns].reset_index(drop=True).to_dict("records"), table


def test_a_change_between_ledgers_has_its_reason() -> None:
    """As between cases: who came, and who denies."""
    first = says("post", "person:Ann Lee", day="2031-03-01")
    before = case_from_ledger(to_json(tell(first).case))
    after = case_from_ledger(to_json(tell(first, says("mirror", "body:Tarn Lines", day="2031-03-02"), says("herald", "person:Oto Marr", stance="denies")).case))
    why = {r["change"]: r["why"] for r in compare_cases(before, after).to_dict("records") if r["change"] != "flag" or r["after"]}
    assert why["status"] == "+1 origin: Tarn Lines (The Vell Mirror, 2031-03-02)"
    assert why["flag"] == "a denial by Oto Marr (The Vell Herald, undated)"


def test_hostile_words_come_through_as_words() -> None:
    """Control characters and lone surrogates in a ledger end no run."""
    text = to_json(poison(strike(), "=1\x1b[2J\u202e")).replace("Harbour", "\\ud800")
    case = case_from_ledger(text)
    assert len(case["claims"]) == 3 and len(compare_cases(case, case)) == 0
    assert not any("\x1b" in str(v) for v in compare_cases(Case(), case).to_numpy().ravel())


@pytest.mark.parametrize(("text", "told"), [
    ("", "no ledger"), ("[]", "no ledger"), ("{", "no ledger"), ("null", "no ledger"), ('{"format": "other"}', "no ledger"), ("[" * 100_000, "no ledger"),
    ('{"format": "corroboration-ledger", "schema_version": "9.0"}', "format 9.0"), ('{"format": "corroboration-ledger"}', "format None"),
    ('{"format": "corroboration-ledger", "schema_version": "1.0"}', "must be a list"), ('{"a": NaN}', "NaN is no JSON number"),
    ('{"a": ' + "9" * 5000 + "}", "no ledger"),
])
def test_what_is_no_ledger_is_refused(text: str, told: str) -> None:
    """One line that names the file."""
    with pytest.raises(UsageError, match=told) as refused:
        case_from_ledger(text, name="old.json")
    assert str(refused.value).startswith("old.json is ") and "\n" not in str(refused.value)


def _set(path: list[Any], value: Any) -> Callable[[Any], None]:
    def change(ledger: Any) -> None:
        for key in path[:-1]:
            ledger = ledger[key]
        if value is None:
            del ledger[path[-1]]
        else:
            ledger[path[-1]] = value
    return change


@pytest.mark.parametrize(("path", "value", "told"), [
    (["claims", 0, "id"], "", r"claims\[0\].id must be not empty"), (["claims", 1, "n_outlets"], "two", r"claims\[1\].n_outlets must be a whole number"),
    (["claims", 1, "n_outlets"], True, "whole number"), (["claims", 1, "n_outlets"], 1 << 80, "whole number"), (["claims", 0, "disputed"], 1, "true or false"),
    (["claims", 0, "cut"], [1], "a list"), (["claims", 0, "belief"], 0.5, "an object"), (["claims", 0, "belief", "low"], "x", "a number"),
    (["claims", 0], [], "an object"), (["mentions", 0, "claim"], None, r"mentions\[0\].claim must be not empty"), (["origins"], {}, "origins must be a list"),
    (["mentions", 0, "rests_on"], [{}], "origin must be not empty"), (["articles", 0, "published"], 7, "text"), (["run"], [], "run must be an object"),
])
def test_a_damaged_ledger_names_the_place(path: list[Any], value: Any, told: str) -> None:
    """Wrong kinds, missing keys, numbers too large."""
    ledger = json.loads(to_json(strike()))
    _set(path, value)(ledger)
    with pytest.raises(UsageError, match=told):
        case_from_ledger(json.dumps(ledger))


def test_ids_twice_are_refused() -> None:
    ledger = json.loads(to_json(strike()))
    ledger["claims"].append(ledger["claims"][0])
    with pytest.raises(UsageError, match="twice"):
        case_from_ledger(json.dumps(ledger))


def test_damaged_ledgers() -> None:
    """Any value replaced, any byte changed: a case or one line, and a comparison that ends; never another exception."""
    whole = to_json(tell(says("post", "outlet:The Vell Wire>person:Ann Lee"), says("mirror", "unnamed:a source", day="2031-03-02")).case)
    base, chance = case_from_ledger(whole), random.Random(3)
    values: list[Any] = [None, "", "\ud800", -1, 1 << 70, 1e308, True, [], {}, [None], [[]], {"id": 1}, "o-1", "2031-13-99"]
    refused = 0
    for n in range(120):
        if n % 2:
            ledger = json.loads(whole)
            at: Any = ledger
            while True:
                key = chance.choice(list(at) if isinstance(at, dict) else range(len(at)))
                if not isinstance(at[key], (dict, list)) or not at[key] or chance.random() < 0.2:
                    at[key] = chance.choice(values)
                    break
                at = at[key]
            text = json.dumps(ledger)
        else:
            place = chance.randrange(len(whole))
            text = whole[:place] + chr(chance.randrange(128)) + whole[place + 1:]
        try:
            found = case_from_ledger(text)
        except UsageError:
            refused += 1
        else:
            compare_cases(base, found)
            compare_cases(found, base)
    assert 20 < refused < 120
