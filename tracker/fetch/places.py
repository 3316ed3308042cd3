"""What the user named, as a list of files: folders walked, globs spread, doubles dropped, each with a name of its own."""
from __future__ import annotations

import glob
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from tracker.errors import UsageError
from tracker.fetch.base import Reject
from tracker.text import safe

FORMATS: Final = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html",
                  ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"}
_DOCUMENTS: Final = frozenset((".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".mht",
                                 ".mhtml", ".warc", ".zip", ".tar", ".tgz"))  # people take these for articles
_SKIPPED: Final = frozenset(("manifest.csv",))


@dataclass(frozen=True, slots=True)
class Place:
    """A file to read: where it lies, what the run calls it, and the folder that was named or holds the named file."""

    path: Path
    name: str
    top: Path


def format_of(path: Path | PurePosixPath) -> str:
    """The format that a file's name promises, "" if none; a final .gz does not count."""
    suffixes = [s.lower() for s in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return FORMATS.get(suffixes[-1], "") if suffixes else ""


def find_places(paths: Sequence[str]) -> tuple[list[Place], list[Reject]]:
    """All files under the paths in the order of their names, each once, and what was found but cannot be used.

    Raises UsageError for a path that is not there and a glob that matches nothing.
    """
    places: dict[str, Place] = {}
    rejects: dict[str, Reject] = {}
    for path, top in (found for named in paths for found in _spread(named)):
        for item in _walk(path) if path.is_dir() else [_named_file(path, top)]:
            if isinstance(item, Reject):
                rejects[item.item] = item
                continue
            key = os.path.realpath(item.path)
            if key not in places or (len(item.name), item.name) < (len(places[key].name), places[key].name):
                places[key] = item
    return sorted(_told_apart(places.values()), key=lambda p: p.name), [rejects[k] for k in sorted(rejects)]


def _named_file(path: Path, top: Path) -> Place:
    """A file that was named itself, or matched by a glob whose fixed part is `top`."""
    return Place(path, printable(path.relative_to(top) if top in path.parents else Path(path.name)), path.parent)


def _spread(named: str) -> Iterator[tuple[Path, Path]]:
    """The files and folders that one argument names, each with the folder its name is counted from."""
    try:
        path = Path(named)
        if named and path.exists():
            yield path, path.parent
            return
        found = sorted(glob.glob(named, recursive=True)) if glob.has_magic(named) else []  # noqa: PTH207 - takes absolute and ".." patterns, which Path.glob refuses
    except (OSError, ValueError) as error:
        raise UsageError(f"{safe(named)!r} cannot be a path: {error}") from error
    if not found:
        what = "matches no file" if glob.has_magic(named) else "is not there"
        raise UsageError(f"{safe(named)} {what}; give a file, a folder, a glob, or - for standard input")
    fixed = Path(*_before_magic(Path(named).parts))
    for match in found:
        if Path(match).is_dir() or Path(match).name not in _SKIPPED:
            yield Path(match), fixed


def _before_magic(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        if glob.has_magic(part):
            return
        yield part


def _walk(top: Path) -> Iterator[Place | Reject]:
    """Files of a folder and those below; hidden ones left out, links followed only when they stay inside."""
    inside = os.path.realpath(top)
    for folder, folders, files in os.walk(top, onerror=None):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted((*files, *(f for f in folders if (Path(folder) / f).is_symlink()))):
            path = Path(folder) / name
            shown = printable(path.relative_to(top))
            item = _entry(path, shown, top, inside)
            if item is not None:
                yield item
        for closed in [f for f in folders if not os.access(Path(folder) / f, os.R_OK | os.X_OK)]:
            shown = printable((Path(folder) / closed).relative_to(top))
            yield Reject(shown, "cannot be read", "the folder is closed to this user; check its permissions")


def _entry(path: Path, shown: str, top: Path, inside: str) -> Place | Reject | None:
    """One name met in a folder: a file to read, a reject, or nothing to us."""
    if path.name.startswith(".") or path.name.lower() in _SKIPPED:
        return None
    if path.is_symlink() and not os.path.realpath(path).startswith(inside + os.sep):
        return Reject(shown, "leaves the folder", "a link that points out of the folder is not followed; name its target if it is meant")
    if format_of(path) and not path.is_dir():
        plain = path.is_file()  # a named pipe in a folder would hold up the run for ever
        return Place(path, shown, top) if plain else Reject(shown, "not a plain file", "only files are read from a folder; name a pipe itself")
    if path.suffix.lower() in _DOCUMENTS:
        return Reject(shown, "unknown format", f"{path.suffix.lower()} files are not read; save the article as .txt, .md or .html")
    return None


def printable(path: Path) -> str:
    """A path as text that can be shown and stored: "/" between parts, no control characters, undecodable bytes replaced."""
    return safe(os.fsencode(path.as_posix()).decode("utf-8", "replace")).replace("\n", " ").replace("\r", " ").replace("\t", " ")


def _told_apart(places: Iterable[Place]) -> Iterator[Place]:
    """Files of one name are called by as much of their path as tells them apart."""
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        groups[place.name].append(place)
    for group in groups.values():
        if len(group) == 1:
            yield group[0]
            continue
        full = sorted((p.path.absolute().as_posix(), p) for p in group)
        shared = os.path.commonpath([f for f, _ in full])
        for number, (path, place) in enumerate(full, 1):
            own = printable(Path(path).relative_to(shared))
            yield Place(place.path, own if own != "." and own not in groups else f"{own}~{number}", place.top)
