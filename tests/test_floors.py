"""The house stands: every file has a floor, and knows only lower floors and its own room."""
from __future__ import annotations

import ast
from pathlib import Path

import pytest

import tracker

PACKAGE = Path(tracker.__file__).parent
FLOORS = (
    ("errors", "ids", "text", "shingles", "collector"),
    ("model", "tables", "cells"),
    ("settings", "registry"),
    ("parse", "extract", "link", "trace", "score", "judge", "ask"),
    ("fetch", "store", "engines", "language", "view", "export"),
    ("pipeline",),
    ("cli",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# They show or write what floor 3 made, and never call it.
NO_FLOOR_3 = FLOORS[4]
# Pure rooms: no clock, no disk, no network, no environment, no chance.
IMPURE = {"time", "os", "pathlib", "io", "random", "socket", "urllib.request", "subprocess", "tempfile", "uuid", "secrets", "requests", "logging"}


def room_of(path: Path) -> str:
    """The room a file belongs to: its folder under the package, or its own name."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(source: str) -> set[str]:
    """All modules a source imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path, so that a reader sees the floor"
            found |= {node.module or ""} | {f"{node.module}.{a.name}" for a in node.names}
    return found


def may_know(room: str, other: str) -> bool:
    """A room knows lower floors, but who meets the world does not know the pure stages."""
    return other in FLOOR and FLOOR[other] < FLOOR[room] and not (room in NO_FLOOR_3 and FLOOR[other] == 3)


def faults(room: str, source: str) -> list[str]:
    """What a source in this room may not import."""
    inside = {m.split(".")[1] for m in imports(source) if m.startswith("tracker.") and m != "tracker.__version__"} - {room, "__version__"}
    wrong = [f"{room} knows {other}" for other in sorted(inside) if not may_know(room, other)]
    if FLOOR[room] == 3:
        wrong += [f"{room} is pure and imports {m}" for m in sorted(imports(source)) if m in IMPURE or m.split(".")[0] in IMPURE]
    return wrong


FILES = sorted(p for p in PACKAGE.rglob("*.py") if p.name not in ("__init__.py", "__main__.py") or p.parent != PACKAGE)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_file_knows_only_lower_floors(path: Path) -> None:
    """A room imports lower floors and itself; rooms on one floor do not know each other."""
    assert room_of(path) in FLOOR, f"{path.name} has no floor; see docs and this file's table"
    assert faults(room_of(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("room", "source"), [
    ("link", "def f():\n    from tracker.trace import x"), ("view", "import tracker.export.json"), ("engines", "from tracker.extract import y"),
    ("score", "import time"), ("extract", "def f():\n    from os import environ"), ("ids", "from tracker import tables"),
    ("link", "from tracker.lost import z"),
])
def test_the_rule_bites(room: str, source: str) -> None:
    """Planted faults, one of each kind, are all seen."""
    assert faults(room, source)


def test_no_room_for_odds_and_ends() -> None:
    """Nothing is called utils, helpers, common, misc or manager."""
    assert not [p for p in FILES if {p.stem, p.parent.name} & {"utils", "helpers", "common", "misc", "manager"}]
