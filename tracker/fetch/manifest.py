"""`manifest.csv` beside the articles: what a person knows about each file."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from tracker.fetch.base import Reject, Unread
from tracker.fetch.decode import decode
from tracker.fetch.places import printable
from tracker.fetch.rows import csv_records, fields
from tracker.fetch.source import load_bytes
from tracker.ids import digest_bytes

NAME: Final = "manifest.csv"


@dataclass(slots=True)
class Manifests:
    """All manifests met in a run, each read once; `rejects` gathers rows that could not be used."""

    limit: int
    rejects: dict[str, Reject] = field(default_factory=dict)
    _read: dict[Path, Mapping[str, dict[str, str]]] = field(default_factory=dict)
    _digests: dict[Path, str] = field(default_factory=dict)

    def given(self, path: Path, *, top: Path) -> tuple[dict[str, str], str]:
        """What the nearest manifest says about a file, and the digest of that manifest's bytes ("" if none speaks).

        Nearest: one in the file's folder or in those above, up to the folder that holds `top`.
        """
        path, top = path.absolute(), top.absolute()
        for folder in path.parents:
            rows = self._rows(folder, top)
            for key in (path.relative_to(folder).as_posix(), path.name):
                if key in rows:
                    return rows[key], self._digests[folder]
            if folder == top.parent:
                break
        return {}, ""

    def _rows(self, folder: Path, top: Path) -> Mapping[str, dict[str, str]]:
        if folder not in self._read:
            inside = folder.relative_to(top) if folder == top or top in folder.parents else Path()
            self._read[folder] = self._load(folder / NAME, printable(inside / NAME))
        return self._read[folder]

    def _load(self, path: Path, shown: str) -> Mapping[str, dict[str, str]]:
        rows: dict[str, dict[str, str]] = {}
        try:
            if not path.is_file():
                return rows
            raw = load_bytes(path, self.limit)
            self._digests[path.parent] = digest_bytes(raw)
            for number, record in csv_records(decode(raw).removeprefix("\ufeff"), self.limit):
                try:
                    file = _file(record)
                    if file in rows:
                        raise Unread("named twice", f"{file} has an earlier row in this manifest, which was used; remove one")
                    rows[file] = _known(record)
                except Unread as error:
                    self._reject(f"{shown}#{number}", error)
        except Unread as error:
            self._reject(shown, error)
        except OSError as error:
            self._reject(shown, Unread("cannot be read", error.strerror or "the system refused"))
        return rows

    def _reject(self, item: str, error: Unread) -> None:
        self.rejects[item] = Reject(item, error.reason, error.advice)


def _file(record: Mapping[str, str] | Unread) -> str:
    """The file that a row names, as a path below the manifest's folder."""
    if isinstance(record, Unread):
        raise record
    named = {str(k).strip().casefold(): v for k, v in record.items()}
    file = str(named.get("file") or named.get("filename") or "").strip()
    if not file:
        raise Unread("broken row", "a row of a manifest needs a file name in the column file")
    parts = PureWindowsPath(file).parts  # splits at both kinds of slash and knows drives
    if PureWindowsPath(file).anchor or ".." in parts:
        raise Unread("leaves the folder", "a manifest may only name files in its own folder and below; use a relative path without ..")
    return PurePosixPath(*parts).as_posix()


def _known(record: Mapping[str, str] | Unread) -> dict[str, str]:
    found = fields(record) if isinstance(record, Mapping) else {}
    found.pop("text", None)
    return found
