"""YAML text to a plain tree of nodes that know their lines; everything that could be an attack is refused on the way."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from tracker.errors import RegistryError
from tracker.text import safe, shorten

MAX_CHARS: Final = 2_000_000  # the built-in registry has about 60,000; 2 MB is room for some ten thousand outlets
MAX_DEPTH: Final = 5  # file > section > entry > list is four

_BROKEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml reads ten times faster, but not every build has it


@dataclass(slots=True)
class Node:
    """One value and the line it stands on.

    Every scalar is text or None: reading "NO" as false or "1e3" as a number helps nobody who lists outlets.
    """

    line: int
    value: str | list[Node] | dict[str, Node] | None


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong on a line, and the mend."""

    line: int
    message: str


def show(value: object) -> str:
    """A user's words fit to stand in a message."""
    return '"' + shorten(safe(str(value)), 60) + '"'


def refuse(file: str, faults: list[Fault], *, limit: int = 20) -> RegistryError:
    """One error for all faults, in the order of their lines; beyond `limit` only their number."""
    ordered = sorted(set(faults))
    lines = [f"{file}:{fault.line}: {fault.message}" for fault in ordered[:limit]]
    if len(ordered) > limit:
        lines.append(f"and {len(ordered) - limit} more; mend these first")
    return RegistryError("\n".join(lines))


def read_tree(text: str, *, file: str, faults: list[Fault]) -> Node:
    """The root node of one YAML document; repeated keys are added to `faults`.

    Raises RegistryError at once for what cannot be read on from: not YAML, too big, too deep, tags, anchors, aliases.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > MAX_CHARS:
        raise refuse(file, [Fault(1, f"the file has {len(text):,} characters, more than {MAX_CHARS:,}; cut it into smaller registries")])
    broken = _BROKEN.search(text)
    if broken:
        line = text.count("\n", 0, broken.start()) + 1
        raise refuse(file, [Fault(line, f"holds the control character U+{ord(broken.group()):04X}; delete it")])
    try:
        return _Builder(file, faults).build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = safe(error.problem or "cannot be read")
        fault = Fault(mark.line + 1 if mark else 1, f"not YAML: {problem}; look at the indents, colons and quotes here and on the line before")
        raise refuse(file, [fault]) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise refuse(file, [Fault(1, f"not YAML: {shorten(safe(str(error)), 120)}; save the file as plain UTF-8 text")]) from error


class _Builder:
    """Takes the parser's events one by one and stops at the first that is not allowed, before anything is built from it."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.file, self.faults = file, faults
        self.open: list[tuple[Node, list[Node]]] = []  # containers still open, each with the items read so far
        self.root: Node | None = None

    def build(self, text: str) -> Node:
        documents = 0
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1 if event.start_mark else 1
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise self._refuse(line, 'a second document starts here; delete the line "---"')
            self._guard(event, line)
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._enter(Node(line, {} if isinstance(event, yaml.MappingStartEvent) else []))
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self._leave()
            elif isinstance(event, yaml.ScalarEvent):
                plain = event.style is None or event.style == ""
                self._put(Node(line, None if plain and event.value in _NOTHING else event.value))
        return self.root or Node(1, None)

    def _guard(self, event: Any, line: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(line, f"the alias *{safe(event.anchor or '')[:40]} is not allowed; write the value out")
        if getattr(event, "anchor", None):
            raise self._refuse(line, f"the anchor &{safe(event.anchor)[:40]} is not allowed; delete it and write repeated values out")
        if getattr(event, "tag", None):
            raise self._refuse(line, f"the tag {show(event.tag)} is not allowed; delete it, every value is plain text")

    def _refuse(self, line: int, message: str) -> RegistryError:
        return refuse(self.file, [Fault(line, message)])

    def _enter(self, node: Node) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise self._refuse(node.line, f"lists or mappings inside each other more than {MAX_DEPTH} deep; an outlet needs three")
        self.open.append((node, []))

    def _leave(self) -> None:
        node, items = self.open.pop()
        if isinstance(node.value, dict):
            for key, value in zip(items[::2], items[1::2], strict=True):
                self._pair(node.value, key, value)
        else:
            node.value = items
        self._put(node)

    def _pair(self, mapping: dict[str, Node], key: Node, value: Node) -> None:
        if not isinstance(key.value, str):
            self.faults.append(Fault(key.line, 'a key must be one word such as "id"'))
        elif key.value in mapping:
            self.faults.append(Fault(key.line, f"the key {show(key.value)} stands twice in one entry; delete one"))
        else:
            mapping[key.value] = Node(key.line, value.value)

    def _put(self, node: Node) -> None:
        if self.open:
            self.open[-1][1].append(node)
        else:
            self.root = node
