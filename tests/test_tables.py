"""Frames that fit their table, however they were put together."""
from __future__ import annotations

import random

import pandas as pd
import pytest

from tracker import tables
from tracker.errors import TableError
from tracker.tables import conform, empty, from_columns, from_rows, make

IDS = ["b", "a", "é", "Z", "\uffff", "\U0001f600", "a\x00", "", "ab"]


def test_rows_and_columns_make_the_same_table() -> None:
    """Mappings that leave columns out, whole rows, and columns; no rows make the empty table."""
    rows = [("m-2", "o-1", 0, "[]"), ("m-1", "o-1", 2, '["x"]')]
    names = list(tables.TABLES["supports"].columns)
    made = make("supports", [dict(zip(names, row, strict=True)) for row in rows])
    pd.testing.assert_frame_equal(made, from_rows("supports", rows))
    pd.testing.assert_frame_equal(made, from_columns("supports", dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))))
    assert list(made["mention_id"]) == ["m-1", "m-2"]
    for none in (make("supports", []), from_rows("supports", [])):
        pd.testing.assert_frame_equal(none, empty("supports"))
    part = make("supports", [{"mention_id": "m-1", "hop": 3}, {"mention_id": "m-0", "via": '["y"]'}])
    assert part.to_numpy().tolist() == [["m-0", "", 0, '["y"]'], ["m-1", "", 3, "[]"]]
    with pytest.raises(TableError, match="no column hops"):
        make("supports", [{"mention_id": "m-1"}, {"hops": 3}])


def test_order_is_by_code_point_whatever_the_order_before() -> None:
    """As Python sorts: one key, several keys, numbers among them."""
    for seed in range(20):
        ids = random.Random(seed).sample(IDS, len(IDS))
        assert list(make("aliases", [{"old_claim_id": i} for i in ids])["old_claim_id"]) == sorted(IDS)
        keys = [(f"{a}{k}", b, n) for k, a in enumerate(ids[:4]) for b in ("x", "y") for n in (10, 9, -1)]
        rows = make("parties", [{"claim_id": a + b, "place": n} for a, b, n in keys])
        assert list(zip(rows["claim_id"], rows["place"], strict=True)) == sorted((a + b, n) for a, b, n in keys)


def test_what_no_table_takes() -> None:
    """Two rows of one key, wherever they stand, nulls, a column too few, a value of another kind."""
    ids = [{"mention_id": m, "claim_id": c} for m, c in (("m-2", "c"), ("m-1", "c"), ("m-3", "c"), ("m-1", "d"))]
    with pytest.raises(TableError, match=r"\['m-1'\] twice"):
        make("members", ids)
    with pytest.raises(TableError, match="holds a null"):
        from_columns("members", {"mention_id": ["a", None], "claim_id": ["b", "c"]})  # type: ignore[list-item]
    with pytest.raises(TableError, match="lacks claim_id"):
        conform("members", pd.DataFrame({"mention_id": ["a"]}))
    with pytest.raises(TableError, match="is not whole"):
        make("supports", [{"mention_id": "m", "hop": "far"}])


def test_texts_are_the_same_without_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pandas keeps texts itself, and for values that are no texts, which it turns into some."""
    columns = {"old_claim_id": IDS, "claim_id": [f"c {i}" for i in IDS], "since_run": [""] * len(IDS)}
    odd = {**columns, "since_run": list(range(len(IDS)))}
    with_arrow = from_columns("aliases", columns), from_columns("aliases", odd)
    monkeypatch.setattr(tables, "_arrow", lambda: None)
    for one, other in zip(with_arrow, (from_columns("aliases", columns), from_columns("aliases", odd)), strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert sorted(with_arrow[1]["since_run"]) == [str(n) for n in range(len(IDS))]


def test_hashes_hang_on_cells_and_their_order_of_columns_alone() -> None:
    """Equal rows and texts have equal hashes, whatever is beside them; none have none."""
    frame = pd.DataFrame({"a": IDS, "b": list(range(len(IDS)))})
    hashes = tables.row_hashes(frame)
    assert len(set(hashes.tolist())) == len(IDS)
    back = frame.iloc[::-1].reset_index(drop=True)
    assert tables.row_hashes(back).tolist() == hashes[::-1].tolist() and tables.row_hashes(frame.iloc[:0]).tolist() == []
    texts = tables.text_hashes(IDS)
    assert len(set(texts.tolist())) == len(IDS) and tables.text_hashes(IDS[3:4]).tolist() == texts[3:4].tolist() and not len(tables.text_hashes([]))
