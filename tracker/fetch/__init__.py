"""Meeting the world of files: paths to documents. What cannot be read becomes a row of `rejects`, never an exception."""
from __future__ import annotations

from tracker.fetch.files import read_bytes, read_documents, read_text

__all__ = ["read_bytes", "read_documents", "read_text"]
