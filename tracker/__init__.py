"""Which claims in a pile of articles have several independent origins, which rest on one, and why."""
from __future__ import annotations

__version__ = "0.1.0"
