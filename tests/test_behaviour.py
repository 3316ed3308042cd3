"""Outlets that share odd details over several articles: found where it was planted, and nowhere else."""
from __future__ import annotations

import pytest
from floods import OUTLETS, pile

from tracker.score.behaviour import MEASURE, find_shared, rate_shared, statements
from tracker.score.records import explain_outlet
from tracker.score.scores import score_case
from tracker.settings import ScoreSettings
from tracker.tables import Case, make


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_copier_is_found(seed: int) -> None:
    """The pair, and no other; the sentence says who was first."""
    found = find_shared(pile(seed, claims=60, copier="paper-7"))
    assert [(f.left, f.right) for f in found] == [("paper-0", "paper-7")]
    assert "Paper-0 was first" in found[0].detail and found[0].low <= found[0].overlap <= found[0].high


def test_independent_outlets_are_not_accused() -> None:
    """Not one false pair in 60 piles of 10 outlets with 30 claims, whether errors scatter or gather."""
    assert [n for n in range(60) if find_shared(pile(n, wide=2 + n % 6, error=0.2 + 0.05 * (n % 8)))] == []


@pytest.mark.parametrize("copier", ["", "paper-2"])
def test_a_small_case_gives_none(copier: str) -> None:
    """Twenty articles, or one article an outlet, are too few to call anything a habit."""
    assert [n for n in range(20) if find_shared(pile(n, claims=12, outlets=5, copier=copier, share=1.0))] == []
    assert find_shared(pile(1, claims=30, copier="paper-7", per_article=30)) == []
    assert find_shared(Case()) == []


def test_figures_of_a_named_voice_are_not_the_outlets_own() -> None:
    """Outlets that quote one person share her figures honestly."""
    case = pile(1, copier="paper-7", credit=True)
    assert list(statements(case)) == [] and find_shared(case) == []


def test_rivals_are_one_item() -> None:
    """Claims of one question are values of one item, so that its figures are not counted twice."""
    case = pile(1, claims=4)
    claims = case["claims"].assign(question_id="q")
    said = list(statements(Case({**case.tables, "claims": claims})))
    assert {s.item for s in said} == {"q-q"} and {s.value for s in said} <= {f"c-{n}" for n in range(4)}


def test_without_figures_the_wording_counts() -> None:
    """Where most outlets print no figure, the words of the quote are the value."""
    case = pile(1, claims=3)
    letters = str.maketrans("0123456789", "oabcdefghi")
    texts, quotes = ([v.translate(letters) for v in column] for column in (case["articles"]["text"], case["mentions"]["quote"]))
    changed = Case({**case.tables, "articles": case["articles"].assign(text=texts), "mentions": case["mentions"].assign(quote=quotes)})
    assert all(s.value.startswith("the flood damaged") for s in statements(changed))


def test_it_is_an_assessment_and_a_row_of_explain() -> None:
    """Shown for both outlets, with the interval; no claim's count moves."""
    case = pile(2, claims=60, copier="paper-7")
    rows, reasons = rate_shared(case)
    assert [(r["subject_id"], r["measure"]) for r in rows] == [("paper-0", MEASURE), ("paper-7", MEASURE)] and len(reasons) == 2
    scored = score_case(case, settings=ScoreSettings())
    whole = Case({**case.tables, "assessments": scored.assessments, "reasons": scored.reasons})
    shown = explain_outlet(whole, "paper-7").to_dict("records")[-1]
    assert shown["part"] == MEASURE and "Paper-0 and Paper-7" in shown["says"]
    before = case["claims"][["independent_min", "independent_max"]]
    assert scored.claims[["independent_min", "independent_max"]].equals(before)


def test_names_move_nothing() -> None:
    """Renaming outlets changes ids and sentences, no number."""
    case = pile(3, claims=60, copier="paper-7")
    rename = {o: f"x{9 - n}" for n, o in enumerate(OUTLETS)}
    other = Case({**case.tables, "articles": case["articles"].assign(outlet_id=case["articles"]["outlet_id"].map(rename)), "outlets": make("outlets", [])})
    one, two = find_shared(case), find_shared(other)
    assert [f[2:7] for f in one] == [f[2:7] for f in two] and one
