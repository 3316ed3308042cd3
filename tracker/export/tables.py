"""The case as CSV, or as one CSV or Parquet file a table."""
from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from tracker.cells import csv_text
from tracker.errors import UsageError
from tracker.tables import TABLES, Case

CLAIM_COLUMNS = (
    "claim_id", "wording", "status", "n_outlets", "independent_min", "independent_max", "disputed", "unverified", "echo", "unnamed_only", "single_outlet",
    "circular", "cut", "first_seen_at", "last_seen_at", "n_mentions", "belief", "belief_low", "belief_high", "credibility", "question_id", "topic_id",
)

_LEFT_OUT = {"documents": ["body"], "articles": ["text", "fingerprint"], "runs": ["started_at"]}  # the pile itself, and the clock


def claims_csv(case: Case) -> str:
    """The claims table as one CSV text, by claim id."""
    return _csv(case["claims"][list(CLAIM_COLUMNS)])


def write_csv_folder(case: Case, folder: str | Path) -> list[Path]:
    """Every table as FOLDER/TABLE.csv, without the articles' texts; gives the files written."""
    return [_put(Path(folder) / f"{name}.csv", _csv(_shown(case, name)).encode("utf-8")) for name in TABLES]


def write_parquet_folder(case: Case, folder: str | Path) -> list[Path]:
    """Every table as FOLDER/TABLE.parquet, without the articles' texts; needs the `parquet` extra."""
    if find_spec("pyarrow") is None:
        raise UsageError("Parquet needs pyarrow: pip install 'corroboration-tracker[parquet]'")
    return [_put(Path(folder) / f"{name}.parquet", _shown(case, name).to_parquet(None, index=False, compression="zstd")) for name in TABLES]


def _shown(case: Case, name: str) -> pd.DataFrame:
    return case[name].drop(columns=_LEFT_OUT.get(name, []))


def _csv(frame: pd.DataFrame) -> str:
    return csv_text([str(c) for c in frame.columns], frame.astype(object).itertuples(index=False, name=None))


def _put(path: Path, body: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path
