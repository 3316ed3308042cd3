"""The export room: a case written for other tools. docs/formats.md documents every field."""
from __future__ import annotations

from tracker.export.graphs import to_gexf, to_graphml
from tracker.export.json import SCHEMA_VERSION, to_json, to_ledger
from tracker.export.tables import claims_csv, write_csv_folder, write_parquet_folder

__all__ = ["SCHEMA_VERSION", "claims_csv", "to_gexf", "to_graphml", "to_json", "to_ledger", "write_csv_folder", "write_parquet_folder"]
