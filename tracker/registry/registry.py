"""The registry as a value: tables of outlets and controllers, and lookups by address, handle and name."""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from tracker.registry.entries import Controller, Entries, Entry, chain, parents, read_entries
from tracker.registry.names import Names
from tracker.registry.tree import Fault, read_tree, refuse, show
from tracker.tables import dumps, make

_HOST: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,20}:)?//(?:[^/?#@\s]{0,200}@)?([^/?#:\s\[\]]{1,253})"  # with a scheme, perhaps a login
    r"|([^/?#:@\s\[\]]{1,253}\.[^/?#:@\s\[\]]{2,63})(?=[/?#:]|$)", re.IGNORECASE)  # or a bare host
_SOCIAL: Final = frozenset({"facebook.com", "instagram.com", "t.me", "telegram.me", "threads.net", "tiktok.com", "twitter.com", "x.com", "youtube.com"})

_PHRASES: Final = 100_000  # phrases whose outlet is kept in mind: some ten megabytes


@dataclass(frozen=True, eq=False)
class Registry:
    """All outlets that are known; `outlets` is the table, `controllers` maps the id of each voice behind outlets to its name."""

    entries: tuple[Entry, ...] = ()
    voices: tuple[Controller, ...] = ()
    countries: Mapping[str, str] = field(default_factory=dict)
    outlets: pd.DataFrame = field(init=False, repr=False)
    controllers: Mapping[str, str] = field(init=False, repr=False)
    _by_id: Mapping[str, Entry] = field(init=False, repr=False)
    _above: Mapping[str, str] = field(init=False, repr=False)
    _hosts: Mapping[str, tuple[tuple[str, str], ...]] = field(init=False, repr=False)
    _handles: Mapping[str, str] = field(init=False, repr=False)
    _names: Names = field(init=False, repr=False)
    _phrases: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "outlets", make("outlets", (_row(e) for e in self.entries)))
        put(self, "controllers", {v.id: v.name for v in sorted(self.voices, key=lambda v: v.id)})
        put(self, "_by_id", {e.id: e for e in self.entries})
        put(self, "_above", parents(self.entries, self.voices))
        put(self, "_hosts", _hosts(self.entries))
        put(self, "_handles", {h.casefold(): e.id for e in self.entries for h in e.handles})
        put(self, "_names", Names(self.entries, self.countries))
        put(self, "_phrases", {})

    def by_url(self, url: str) -> str:
        """The outlet whose domain, or domain and path, the address lies under: the longest such; "" if none."""
        found = _HOST.match(url[:2000].strip())
        if not found:
            return ""
        host = _plain_host(found.group(1) or found.group(2))
        path = url[:2000].strip()[found.end():]
        path = re.split(r"[?#]", re.sub(r"^:\d{1,5}", "", path), maxsplit=1)[0].lower() + "/"
        labels = host.split(".")
        for n in range(len(labels) - 1):
            for prefix, outlet_id in self._hosts.get(".".join(labels[n:]), ()):
                if path.startswith(prefix + "/") or not prefix:
                    return outlet_id
        if ".".join(labels[-2:]) in _SOCIAL:
            return self.by_handle(path.strip("/").removeprefix("s/").split("/")[0])
        return ""

    def by_handle(self, handle: str) -> str:
        """The outlet that posts under this account name, with or without "@"; "" if none."""
        return self._handles.get(handle.strip().removeprefix("@").casefold(), "")

    def by_name(self, name: str) -> str:
        """The outlet that a whole phrase names: "the Kyiv Independent newspaper", "AFP", an id, "@account" or "example.org"; "" if none."""
        if name not in self._phrases:  # the same few voices are credited over and over
            if len(self._phrases) >= _PHRASES:
                self._phrases.clear()
            self._phrases[name] = self._by_name(name.strip())
        return self._phrases[name]

    def _by_name(self, name: str) -> str:
        if name.startswith("@"):
            return self.by_handle(name)
        found = self._names.named(name) or self._names.named(re.sub(r"\s*\([^()]{1,60}\)$", "", name))  # "Federal Bureau of X (FBX)"
        if found or " " in name:
            return found
        if "-" in name and name in self._by_id:
            return name
        return self.by_url(name) if "." in name else ""

    def find_names(self, text: str) -> list[tuple[int, int, str]]:
        """Where outlets are named in printed text: (start, end, outlet id) in reading order, the longest where names overlap."""
        return self._names.find(text)

    def knows(self, outlet_id: str) -> bool:
        """Whether this is the id of an outlet."""
        return outlet_id in self._by_id

    def name(self, outlet_id: str) -> str:
        """The name of an outlet or controller; "" if unknown."""
        return self._by_id[outlet_id].name if outlet_id in self._by_id else self.controllers.get(outlet_id, "")

    def kind(self, outlet_id: str) -> str:
        """The outlet's kind; "" if unknown."""
        return self._by_id[outlet_id].kind if outlet_id in self._by_id else ""

    def country(self, outlet_id: str) -> str:
        """The outlet's country code; "" if unknown or of several countries."""
        return self._by_id[outlet_id].country if outlet_id in self._by_id else ""

    def reliability(self, outlet_id: str) -> str:
        """The outlet's Admiralty letter; "" if nobody has judged it."""
        return self._by_id[outlet_id].reliability if outlet_id in self._by_id else ""

    def controller(self, outlet_id: str) -> str:
        """The topmost controller above an outlet or controller; "" if it speaks for itself."""
        above = chain(outlet_id, self._above)
        return above[-1] if above else ""

    def carries(self, outlet_id: str) -> tuple[str, ...]:
        """The ids of the wires the outlet prints."""
        return self._by_id[outlet_id].carries if outlet_id in self._by_id else ()


def parse_registry(text: str, *, file: str = "sources.yaml", base: Registry | None = None) -> Registry:
    """The registry a YAML text describes; `base`: the one it will extend, into which its references may point.

    Raises RegistryError with file, line and mend for up to 20 faults.
    """
    faults: list[Fault] = []
    root = read_tree(text, file=file, faults=faults)
    known = {} if base is None else {v.id: "controller" for v in base.voices} | {e.id: "outlet" for e in base.entries}
    found = read_entries(root, faults, known=known)
    if base is not None:
        _check_names(found, base, faults)
    if faults:
        raise refuse(file, faults)
    by_id = sorted(found.outlets.values(), key=lambda e: e.id), sorted(found.controllers.values(), key=lambda v: v.id)
    return Registry(tuple(by_id[0]), tuple(by_id[1]), found.countries)


def extend(base: Registry, other: Registry) -> Registry:
    """Both registries as one: an entry of `other` replaces the one with its id, and takes over aliases, domains and handles it claims."""
    own = {e.id for e in other.entries}
    taken = {(what, key) for e in other.entries for what, key, _ in e.claims()}
    kept = tuple(e.without(taken) for e in base.entries if e.id not in own)
    voices = {v.id: v for v in (*base.voices, *other.voices)}
    return Registry((*kept, *other.entries), tuple(voices.values()), {**base.countries, **other.countries})


def _check_names(found: Entries, base: Registry, faults: list[Fault]) -> None:
    """A full name of the registry below can be replaced with its entry, not taken from it."""
    names = {e.claims()[0][1]: e.id for e in base.entries if e.id not in found.outlets}
    for entry in found.outlets.values():
        for what, key, printed in entry.claims():
            if what == "alias" and key in names:
                where = "name" if printed == entry.name else "aliases"
                faults.append(Fault(found.line(entry.id, where), f'{show(printed)} is the name of {show(names[key])} in the registry that this file extends; '
                                                                 f'use "id: {names[key]}" to replace that entry, or choose another name'))


def _row(entry: Entry) -> dict[str, str]:
    texts = {"outlet_id": entry.id, "name": entry.name, "kind": entry.kind, "country": entry.country, "lang": entry.lang,
             "controller_id": entry.controller, "reliability": entry.reliability, "note": entry.note}
    lists = {"domains": entry.domains, "aliases": entry.aliases, "handles": entry.handles, "carries": entry.carries}
    return texts | {key: dumps(list(value)) for key, value in lists.items()}


def _hosts(entries: Iterable[Entry]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Path prefixes and outlets by host, the longest prefix first."""
    found: dict[str, dict[str, str]] = {}
    for entry in entries:
        for domain in entry.domains:
            host, slash, path = domain.partition("/")
            found.setdefault(host, {})[slash + path] = entry.id
    return {host: tuple(sorted(paths.items(), key=lambda p: (-len(p[0]), p[0]))) for host, paths in found.items()}


def _plain_host(host: str) -> str:
    host = host.lower().strip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
