"""Everything the tracker raises on purpose.

TrackerError                 the root: the command line catches it, prints one line that says what to do, exits 2
├── UsageError               what was asked for cannot be done as asked (a path that is not there, a claim id nobody has)
├── RegistryError            sources.yaml or a user's registry is wrong; carries file, line and what to do
├── SettingsError            a setting is out of its bounds
├── StoreError               a case file cannot be opened, read or written as it is; says what is left untouched and the way back
│   └── OldCase              an older version made it and it was opened for looking only
├── LanguageError            a spaCy pipeline cannot be loaded or lacks a part we need
└── TableError               a frame does not have the columns its table declares: our own fault

A bad article is none of these: it becomes a row of `rejects` and the run goes on.
"""
from __future__ import annotations


class TrackerError(Exception):
    """Root of all errors the tracker raises on purpose; its text says what to do."""


class UsageError(TrackerError):
    """What was asked for cannot be done as asked."""


class RegistryError(TrackerError):
    """A registry of outlets is wrong: the text names file, line and the mend."""


class SettingsError(TrackerError):
    """A setting is outside its bounds."""


class StoreError(TrackerError):
    """A case file cannot be opened, read or written as it is; the text says what was left untouched and names a way back."""


class OldCase(StoreError):
    """A case of an older version, opened for looking only: it has to be brought up to date first."""


class LanguageError(TrackerError):
    """A spaCy pipeline cannot be loaded, or lacks a component the tracker needs."""


class TableError(TrackerError):
    """A frame does not fit the table it was made for; always a fault of the tracker itself."""
