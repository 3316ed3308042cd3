"""`tracker fuse`: other people's tables of who says what."""
from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import pandas as pd

from tracker.cells import plain
from tracker.cli.terminal import note
from tracker.errors import UsageError
from tracker.fetch import read_bytes
from tracker.score.fusion import METHODS, Labelled, encode
from tracker.score.fusion.dependence import dependent_groups, dependent_pairs
from tracker.score.fusion.evidence import describe_pairs, groups_table
from tracker.score.rounds import settled

TABLE_BYTES: Final = 400_000_000  # of a table, unpacked; 2.7 million statements have about 100 MB
HEAD_BYTES: Final = 1_000_000  # looked at for the columns
NAMES: Final = ("party", "item", "value", "kind")
COLUMNS: Final = 1_000  # pandas takes the square of their number to tell apart those of one name


def read_statements(source: IO[bytes] | str, columns: Sequence[str] = NAMES[:3]) -> pd.DataFrame:
    """Party, item and value, with a fourth name also kind, as text from a CSV file (also .gz), by the columns' names.

    Raises UsageError for a file that is not there, is not such a table, or holds an empty party or item.
    """
    raw = read_bytes(source, limit=TABLE_BYTES, unpacked=True) if isinstance(source, str) else source.read(TABLE_BYTES + 1)
    if len(raw) > TABLE_BYTES:
        raise UsageError(f"the table has more than {TABLE_BYTES // 1_000_000} MB; split it")
    if raw[:HEAD_BYTES].partition(b"\n")[0].count(b",") > COLUMNS or b"\x00" in raw[:HEAD_BYTES]:
        raise UsageError(f"this is no table of statements: its first line has more than {COLUMNS} columns, or it is not text")
    try:
        frame = pd.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False, na_filter=False, usecols=list(columns), encoding="utf-8")
    except (ValueError, OSError, pd.errors.ParserError) as error:
        raise UsageError(f"the table needs the columns {', '.join(columns)} as UTF-8 CSV (name others with --columns): {plain(str(error))}") from error
    frame = frame[list(columns)].set_axis(list(NAMES[:len(columns)]), axis=1)
    if len(frame) and (frame[["party", "item"]] == "").to_numpy().any():
        raise UsageError("a row has an empty party or item; mend or drop it")
    return frame


def fused_table(table: str, *, method: str, columns: str, separator: str, what: str, all_values: bool, rounds: int, tolerance: float,
                quiet: bool) -> pd.DataFrame:
    """What `tracker fuse` prints: beliefs, trust, dependent pairs or groups of the statements in a CSV file, or stdin for "-"."""
    names = [c.strip() for c in columns.split(",")]
    if len(set(names)) != len(names) or len(names) not in (3, 4):
        raise UsageError("--columns takes three or four names with commas between: party, item, value and, if there is one, kind of question")
    read = read_statements(_source(table), names)
    try:
        labelled = encode(read, separator)
    except ValueError as error:
        raise UsageError(f"{plain(str(error))}; name the items so that each has one, such as flight and attribute together") from error
    note(f"{len(read)} rows, {labelled.table.parties} parties, {labelled.table.items} items, {labelled.table.facts} values", quiet=quiet)
    if what in ("pairs", "groups"):
        pairs = dependent_pairs(labelled.table)
        groups = dependent_groups(labelled.table, pairs=pairs)
        return describe_pairs(pairs, labelled.parties) if what == "pairs" else groups_table(pairs, groups, labelled.parties)
    found = METHODS[method](labelled.table, stop=settled(tolerance, rounds))
    note(f"{method}: {found.rounds} rounds", quiet=quiet)
    return beliefs_table(labelled, found.belief, all_values=all_values) if what == "beliefs" else trust_table(labelled, found.trust)


def beliefs_table(labelled: Labelled, belief: Any, *, all_values: bool) -> pd.DataFrame:
    """Item, value, belief and the number of parties that say it; only winners unless all are asked for."""
    frame = pd.DataFrame({"item": labelled.items, "value": labelled.values, "belief": np.round(belief, 6) + 0.0, "parties": labelled.table.voices.astype(int)})
    return frame if all_values else frame[labelled.table.winners(belief) > 0].reset_index(drop=True)


def trust_table(labelled: Labelled, trust: Any) -> pd.DataFrame:
    """Party, trust and the number of its statements, most trusted first."""
    frame = pd.DataFrame({"party": labelled.parties, "trust": np.round(trust, 6) + 0.0, "statements": labelled.table.output.astype(int)})
    return frame.sort_values(["trust", "party"], ascending=[False, True], kind="stable").reset_index(drop=True)


def _source(table: str) -> IO[bytes] | str:
    if table == "-":
        return sys.stdin.buffer
    if not Path(table).is_file():
        raise UsageError(f"{table} is not there; give a CSV file or - for stdin")
    return table
