"""What the rooms of reading share: one thing that cannot be read, and how it becomes a row of `rejects`."""
from __future__ import annotations

from dataclasses import dataclass


class Unread(Exception):
    """One item cannot be read; always caught inside `fetch` and turned into a row of `rejects`."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason, self.advice = reason, advice


@dataclass(frozen=True, slots=True)
class Reject:
    """An item that was not read, why, and what to do."""

    item: str
    reason: str
    advice: str

    def row(self) -> dict[str, str]:
        """The row of the table `rejects`."""
        return {"stage": "read", "item_id": self.item, "reason": self.reason, "detail": f"{self.item}: {self.advice}"}
