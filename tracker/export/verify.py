"""Checking an evidence ledger by itself: its chain, its sealings, and what holds at its end. Pure: bytes in, faults out."""
from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tracker.export.chain import FIRST, Fault, Line, Record, content_digest, read_chain
from tracker.export.records import KINDS, misfit, state_digest

FAULTS: Final = 1_000  # reported at the most; a file that is no ledger at all would give one a line

Key = tuple[str, str]


@dataclass
class Checked:
    """What a ledger holds and what is wrong with it.

    `state` has the content digest, line and place in the file of each record that holds; `ends` the line and hash of each end record.
    """

    raw: bytes = b""
    faults: list[Fault] = field(default_factory=list)
    state: dict[Key, tuple[str, Line]] = field(default_factory=dict)
    ends: list[tuple[int, str]] = field(default_factory=list)
    head: Record | None = None
    last: str = FIRST
    lines: int = 0
    whole_until: int = 0

    def content(self, key: Key) -> str:
        """The content digest of the record that holds under a key, "" if none does."""
        return self.state[key][0] if key in self.state else ""

    def records(self, kind: str) -> Iterator[tuple[int, Record]]:
        """Line and record of all records of a kind that hold, by line."""
        for line in sorted((line for (k, _), (_, line) in self.state.items() if k == kind), key=lambda found: found.number):
            yield line.number, json.loads(self.raw[line.start: line.end])

    def tell(self, line: int, record: str, what: str) -> None:
        """One more fault."""
        self.faults.append(Fault(line, record, what))


def check_ledger(raw: bytes) -> Checked:
    """Everything that is wrong with a ledger by itself, and the records that hold at its end.

    After a fault the records are still read as far as they can be; what only follows from the fault is not told again. What this cannot see
    is a ledger cut off right after an end record, or written anew as a whole: for these, compare the last hash (`follows`).
    """
    out = Checked(raw)
    inside, readable = False, True
    for line in read_chain(raw):
        out.lines = line.number
        known = len(out.faults)
        for what in line.faults:
            out.tell(line.number, _name(line.record), what)
        readable = line.record is not None
        if line.record is not None:
            inside = _take(out, Line(line.number, line.start, line.end, None, ()), line.record, inside)
            out.last = line.record["hash"]
        if not inside and len(out.faults) == known == 0:
            out.whole_until = line.number
        if len(out.faults) >= FAULTS:
            out.tell(line.number, "", "so much is wrong that the rest is not listed")
            return out
    if not raw:
        out.tell(1, "", "the ledger is empty")
    elif inside and readable:
        out.tell(out.lines, "end", "the ledger stops inside a sealing: the records after this line are missing")
    return out


def follows(found: Checked, expected: str) -> list[Fault]:
    """A fault unless some sealing of the ledger ended with the expected hash (or its beginning): later sealings may follow it."""
    if any(h.startswith(expected) for _, h in found.ends):
        return []
    return [Fault(found.lines, "end", f"no sealing ends with {expected[:12]}...; the last hash is {found.last[:12]}...: "
                                      "later sealings were taken off, or the ledger is another one")]


def _name(record: Record | None) -> str:
    if not record:
        return ""
    return " ".join(str(record[k])[:80] for k in ("kind", "of", "id") if isinstance(record.get(k), str))


def _take(out: Checked, place: Line, record: Record, inside: bool) -> bool:
    """Let a record play its part: says whether a sealing is open after it. Structure is only judged while nothing else was wrong."""
    name, wrong = _name(record), misfit(record)
    if wrong:
        out.tell(place.number, name, wrong)
        return inside
    kind, sound = record["kind"], not out.faults
    if sound and kind == "head" and inside:
        out.tell(place.number, name, "a sealing begins before the one before it has ended")
    if sound and kind != "head" and not inside:
        out.tell(place.number, name, "the record stands outside a sealing: no head record comes before it")
    if kind == "head":
        out.head = record
        return True
    if kind == "end":
        if sound:
            _check_end(out, place.number, record)
        out.ends.append((place.number, record["hash"]))
        return False
    if sound:
        _check_names(out, place.number, record)
    if kind == "gone":
        out.state.pop((record["of"], record["id"]), None)
    else:
        out.state[kind, record["id"]] = (content_digest(record), place)
    return inside


def _check_names(out: Checked, line: int, record: Record) -> None:
    """The records that a record names hold."""
    named: list[Key] = []
    if record["kind"] == "gone":
        named = [(record["of"], record["id"])]
    elif record["kind"] == "mention":
        named = [("article", record["target"]["source"])]
    elif record["kind"] == "claim":
        named = [("mention", m) for m in record["members"]]
    lost = next((k for k in named if k not in out.state), None)
    if lost:
        out.tell(line, _name(record), f"it names the {lost[0]} {lost[1][:40]}, which the ledger does not hold")


def _check_end(out: Checked, line: int, record: Record) -> None:
    count = Counter(kind for kind, _ in out.state)
    if record["held"] != {kind: count[kind] for kind in KINDS}:
        out.tell(line, "end", "the counts of what holds are not those of the records")
    if out.head and out.head["case_digest"] != state_digest(content for content, _ in out.state.values()):
        out.tell(line, "end", "the case digest of the head is not that of the records that hold")
