"""The evidence that mentions rest on one another: which rows there are, how strong, and in which direction."""
from __future__ import annotations

import pandas as pd
from newsroom import STORY, says, tell

from tracker.model import STRENGTHS, TIE_KINDS

ANN = "person:Ann Lee"
HERALD = "outlet:The Vell Herald"


def found(ties: pd.DataFrame) -> set[tuple[str, str, str, str]]:
    return set(zip(ties["kind"], ties["later_id"], ties["earlier_id"], ties["strength"], strict=True))


def test_each_kind_of_tie() -> None:
    """Kind, later mention, earlier mention, strength; the earlier article is the earlier end whatever the order of reading."""
    one, two = {"day": "2031-03-01"}, {"day": "2031-03-02"}
    assert found(tell(says("post", ANN, **two), says("mirror", ANN, **one)).ties) == {("same-speaker", "m-000", "m-001", "certain")}
    assert found(tell(says("post", HERALD, **two), says("herald", **one)).ties) == {("credited-outlet", "m-000", "m-001", "certain")}
    assert found(tell(says("post", wire="byline:wire", **two), says("wire", **one)).ties) == {("wire-credit", "m-000", "m-001", "certain")}
    assert found(tell(says("voice", **two), says("evening", **one)).ties) == {("one-controller", "m-000", "m-001", "possible")}
    assert found(tell(says("post", "unnamed:aides", **two), says("mirror", "unnamed:a source", **one)).ties) == {("same-unnamed", "m-000", "m-001", "possible")}
    colleagues = tell(says("post", "person:Jo Pell@Tarn", **two), says("mirror", "person:Al Ross@Tarn", **one))
    assert found(colleagues.ties) == {("speaks-for", "m-000", "m-001", "possible")}
    assert found(tell(says("post", text=STORY, **two), says("mirror", text=STORY, **one)).ties) == {("near-copy", "m-000", "m-001", "possible")}


def test_every_tie_says_why() -> None:
    ties = tell(says("post", ANN), says("herald", ANN), says("mirror", HERALD), says("signal", "unnamed:aides"), says("voice"), says("evening")).ties
    assert set(ties["kind"]) <= set(TIE_KINDS) and set(ties["strength"]) == set(STRENGTHS)
    assert "both credit Ann Lee: The Vell Post and The Vell Herald" in set(ties["detail"])
    assert (ties["later_id"] != ties["earlier_id"]).all() and (ties["detail"].str.len() > 15).all()


def test_a_copy_may_change_words_and_shorten() -> None:
    """An edited copy is found by its runs of words; a retelling of the same fact is not a copy."""
    edited = STORY.replace("closed the northern ferry line", "shut the northern ferry line")
    ties = tell(says("post", text=STORY, day="2031-03-01"), says("mirror", text=edited, day="2031-03-04")).ties
    assert list(ties["kind"]) == ["near-copy"] and 0.5 <= ties["weight"].iloc[0] < 1
    retold = "Because a storm shifted the old quay wall, ferries of the northern line stay in port, the harbour office decided this week."
    assert tell(says("post", text=STORY), says("mirror", text=retold)).ties.empty


def test_direction_of_a_copy_is_unknown_without_dates() -> None:
    ties = tell(says("post", text=STORY), says("mirror", text=STORY)).ties
    assert ties["detail"].str.contains("which came first is not known").all()


def test_one_outlet_does_not_copy_itself() -> None:
    assert tell(says("post", text=STORY, day="2031-03-01"), says("post", text=STORY, day="2031-03-02")).ties.empty


def test_rows_grow_with_mentions_and_not_with_pairs() -> None:
    """A hundred papers' copies of one credited passage: one tie each."""
    lines = [says(f"paper-{n}", ANN, text=STORY, day=f"2031-03-{1 + n // 10:02}") for n in range(100)]
    ties = tell(*lines).ties
    assert ties.groupby("kind").size().to_dict() == {"near-copy": 99, "same-speaker": 99}


def test_traced_once_is_traced_twice() -> None:
    """trace_case gives what trace_ties and trace_origins give one after the other, on the invented corpus."""
    import pandas as pd

    from tracker.pipeline import build, read_articles
    from tracker.pipeline.runs import load_registry
    from tracker.settings import TraceSettings
    from tracker.store.builtin import builtin_path
    from tracker.trace import trace_case, trace_origins, trace_ties

    folder = builtin_path("examples") / "harbour"
    case = build(read_articles([folder / "articles"], registry=folder / "sources.yaml"))
    known, settings = load_registry(folder / "sources.yaml"), TraceSettings()
    evidence = case["mentions"], case["attributions"], case["members"], case["articles"]
    ties = trace_ties(*evidence, known, settings=settings)
    both, traced, *_ = trace_case(*evidence, case["claims"], known, settings=settings)
    pd.testing.assert_frame_equal(both, ties)
    for one, other in zip(traced, trace_origins(*evidence, case["claims"], ties, known, settings=settings), strict=True):
        pd.testing.assert_frame_equal(one, other)
