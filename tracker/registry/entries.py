"""Nodes to entries: every key, code and reference is checked, and each fault is told with its line and its mend."""
from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from tracker.model import OUTLET_KINDS
from tracker.registry.codes import COUNTRIES, LANGUAGES, RELIABILITIES
from tracker.registry.tree import Fault, Node, show
from tracker.text import fold, safe, slug, squeeze

MAX_CHAIN: Final = 6  # outlet, group, holding, ministry, state: nobody needs more
MAX_TEXT: Final = 300  # longest built-in note has about 120 characters; a name of this length is a pasted paragraph
_NOT_COUNTRIES: Final = {"UK": "GB", "EN": "GB", "SU": "RU", "EU": "", "UN": ""}  # codes that people write for these, and what ISO 3166 has

_TOP: Final = ("outlets", "controllers", "countries")
_CONTROLLER: Final = ("id", "name", "controller", "note")
_TEXTS: Final = ("id", "name", "kind", "country", "lang", "controller", "reliability", "note")
_LISTS: Final = ("domains", "aliases", "handles", "carries")
_OUTLET: Final = (*_TEXTS, *_LISTS, "ordinary")
_DOMAIN: Final = re.compile(r"(?=.{4,253}(?:/|$))(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9](?P<path>(?:/[\w.~%-]+){0,4})")
_SUFFIX: Final = re.compile(r"(?:ac|co|com|edu|gob|gov|gv|ne|net|or|org)\.(?!uk$)[a-z]{2}|(?:ac|co|org|net)\.uk")  # shared; gov.uk publishes itself
_HANDLE: Final = re.compile(r"[A-Za-z0-9_.-]{1,60}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One outlet as written, checked and cleaned; `ordinary`: its one-word name is an everyday word or a surname too."""

    id: str
    name: str
    kind: str = "online"
    country: str = ""
    lang: str = ""
    controller: str = ""
    reliability: str = ""
    note: str = ""
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    ordinary: bool = False

    def claims(self) -> list[tuple[str, str, str]]:
        """What only one outlet may have: (kind of thing, comparable form, as written)."""
        named = [("alias", name_key(a), a) for a in (self.name, *self.aliases)]
        return named + [("domain", d, d) for d in self.domains] + [("handle", h.casefold(), h) for h in self.handles]

    def without(self, taken: Collection[tuple[str, str]]) -> Entry:
        """The entry less the aliases, domains and handles that another one has taken over."""
        return replace(self, aliases=tuple(a for a in self.aliases if ("alias", name_key(a)) not in taken),
                       domains=tuple(d for d in self.domains if ("domain", d) not in taken),
                       handles=tuple(h for h in self.handles if ("handle", h.casefold()) not in taken))


@dataclass(frozen=True, slots=True)
class Controller:
    """A voice behind several outlets; `controller`: the one behind it, if any."""

    id: str
    name: str
    controller: str = ""
    note: str = ""


@dataclass(slots=True)
class Entries:
    """All that one file holds, with the lines its faults are told by."""

    outlets: dict[str, Entry] = field(default_factory=dict)
    controllers: dict[str, Controller] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def line(self, id: str, key: str = "id") -> int:
        """The line of a key of an entry; of its id where the key is not written."""
        return self.lines.get((id, key), self.lines.get((id, "id"), 1))


def name_key(name: str) -> str:
    """The form in which two names are the same name: folded words without a leading "the"."""
    return " ".join(re.findall(r"[^\W_]+", fold(name))).removeprefix("the ")


def read_entries(root: Node, faults: list[Fault], *, known: Mapping[str, str]) -> Entries:
    """The entries under a root node; `known` maps ids of an earlier registry to "outlet" or "controller"."""
    found = Entries()
    if root.value is None:
        return found
    if not isinstance(root.value, dict):
        faults.append(Fault(root.line, 'the file must begin with "outlets:", "controllers:" or "countries:" and list entries under it'))
        return found
    for key, node in root.value.items():
        if key not in _TOP:
            faults.append(Fault(node.line, f"unknown section {show(key)}{_meant(key, _TOP)}"))
    reader = _Reader(faults, found, known)
    for node in reader.listed(root.value.get("controllers"), "controllers"):
        reader.controller(node)
    for node in reader.listed(root.value.get("outlets"), "outlets"):
        reader.outlet(node)
    reader.countries(root.value.get("countries"))
    _check_claims(found, faults)
    _check_references(found, faults, known)
    return found


def _meant(word: str, options: Iterable[str]) -> str:
    """What was probably meant, or all that may stand there."""
    options = list(options)
    close = difflib.get_close_matches(word[:60], options, 1, 0.7)
    return f'; did you mean "{close[0]}"?' if close else f"; use one of {', '.join(options)}"


class _Reader:
    """Reads the sections of one file into `found`, leaving what is wrong in `faults`."""

    def __init__(self, faults: list[Fault], found: Entries, known: Mapping[str, str]) -> None:
        self.faults, self.found, self.known = faults, found, known

    def fault(self, node: Node, message: str) -> None:
        self.faults.append(Fault(node.line, message))

    def listed(self, node: Node | None, section: str) -> list[Node]:
        """The items of a section, which may be left empty."""
        if node is None or node.value is None:
            return []
        if not isinstance(node.value, list):
            self.fault(node, f'"{section}" must be a list: begin every entry with "- id: ..."')
            return []
        return node.value

    def controller(self, node: Node) -> None:
        given = self._mapping(node, "controller", _CONTROLLER)
        if given is not None:
            texts = {k: self._text(given, k) for k in _CONTROLLER}
            if self._take_id(node, given, texts, "controller"):
                self.found.controllers[texts["id"]] = Controller(texts["id"], texts["name"], texts["controller"], texts["note"])

    def outlet(self, node: Node) -> None:
        given = self._mapping(node, "outlet", _OUTLET)
        if given is None:
            return
        texts = {k: self._text(given, k) for k in _TEXTS}
        lists = {k: self._texts(given, k) for k in _LISTS}
        if self._take_id(node, given, texts, "outlet"):
            self._codes(given, texts)
            self.found.outlets[texts["id"]] = Entry(
                **{**texts, "kind": texts["kind"] or "online"},
                domains=self._each(given, "domains", lists, self._domain), handles=self._each(given, "handles", lists, self._handle),
                aliases=self._each(given, "aliases", lists, self._alias), carries=tuple(lists["carries"]), ordinary=self._flag(given, "ordinary"))

    def countries(self, node: Node | None) -> None:
        """Printed names and adjectives by country code: {"south korean": "KR"}."""
        if node is None or node.value is None:
            return
        if not isinstance(node.value, dict):
            self.fault(node, '"countries" must map codes to lists of names: "KR: [South Korea, South Korean]"')
            return
        for code, names in node.value.items():
            if code not in COUNTRIES:
                self.fault(names, self._no_country(code))
            for name in self._texts(node.value, code):
                if self.found.countries.setdefault(name_key(name), code) != code:
                    self.fault(names, f"{show(name)} stands under {self.found.countries[name_key(name)]} and {code}; delete one")

    def _mapping(self, node: Node, what: str, allowed: tuple[str, ...]) -> dict[str, Node] | None:
        if not isinstance(node.value, dict):
            self.fault(node, f'this {what} is not an entry; write "- id: some-slug" and its other keys below')
            return None
        for key, child in node.value.items():
            if key not in allowed:
                self.fault(child, f"unknown key {show(key)}{_meant(key, allowed)}")
        return node.value

    def _text(self, given: Mapping[str, Node], key: str) -> str:
        node = given.get(key)
        if node is None or node.value is None:
            return ""
        if not isinstance(node.value, str):
            self.fault(node, f'"{key}" must be one value, not a list or mapping')
            return ""
        return self._clean(node, node.value)

    def _texts(self, given: Mapping[str, Node], key: str) -> list[str]:
        node = given.get(key)
        if node is None or node.value is None:
            return []
        items = node.value if isinstance(node.value, list) else [node]
        texts = [self._clean(i, i.value) for i in items if isinstance(i.value, str)]
        if len(texts) < len(items) or "" in texts:
            self.fault(node, f'"{key}" must be a list of words, such as [one, two]; an item is empty or a list of its own')
        return list(dict.fromkeys(t for t in texts if t))

    def _clean(self, node: Node, value: str) -> str:
        value = squeeze(safe(value))
        if len(value) > MAX_TEXT:
            self.fault(node, f"{show(value)} has {len(value)} characters; at most {MAX_TEXT} are read, shorten it")
        return value

    def _flag(self, given: Mapping[str, Node], key: str) -> bool:
        value = self._text(given, key).lower()
        if value not in {"", "true", "false"}:
            self.fault(given[key], f'"{key}" must be true or false, not {show(value)}')
        return value == "true"

    def _take_id(self, node: Node, given: Mapping[str, Node], texts: Mapping[str, str], what: str) -> bool:
        """Whether the entry has an id of its own and a name; its faults are noted if not."""
        at, name, found = given.get("id", node), texts["name"], self.found
        if not texts["id"]:
            self.fault(node, f'this {what} has no id; add "id: {slug(name)[:60] or "some-slug"}"')
            return False
        if not name or not name_key(name):
            self.fault(given.get("name", at), f'{what} {show(texts["id"])} has no name; add "name: ..." as the name is printed')
        if slug(texts["id"]) != texts["id"] or len(texts["id"]) > 60:
            mend = slug(texts["id"])[:60] or slug(name)[:60] or "some-slug"
            self.fault(at, f'bad id {show(texts["id"])}; use small letters, digits and hyphens: "{mend}"')
        elif (texts["id"], "id") in found.lines:
            self.fault(at, f'the id {show(texts["id"])} is taken by the entry on line {found.line(texts["id"])}; rename or delete one')
        elif self.known.get(texts["id"], what) != what:
            self.fault(at, f'the id {show(texts["id"])} is a {self.known[texts["id"]]} of the registry that this file extends; choose another')
        else:
            found.lines |= {(texts["id"], key): child.line for key, child in given.items()}
            return bool(name)
        return False

    def _codes(self, given: Mapping[str, Node], texts: Mapping[str, str]) -> None:
        kind, country, lang, letter = (texts[k] for k in ("kind", "country", "lang", "reliability"))
        if kind and kind not in OUTLET_KINDS:
            self.fault(given["kind"], f"unknown kind {show(kind)}{_meant(kind, OUTLET_KINDS)}")
        if country and country not in COUNTRIES:
            self.fault(given["country"], self._no_country(country))
        if lang and lang not in LANGUAGES:
            self.fault(given["lang"], f'{show(lang)} is no language code of ISO 639-1; use two small letters, such as "en"')
        if letter and letter not in RELIABILITIES:
            self.fault(given["reliability"], f"bad reliability {show(letter)}; use a letter A to F, or null when nobody has judged it")

    def _no_country(self, code: str) -> str:
        mend = _NOT_COUNTRIES.get(code.upper(), code.upper() if code.upper() in COUNTRIES else None)
        if mend == "":
            return f"{show(code)} is no country; use null for bodies of several countries"
        return f'{show(code)} is no country code of ISO 3166-1; use {f"{mend}" if mend else "two capitals, such as KR"}'

    def _each(self, given: Mapping[str, Node], key: str, lists: Mapping[str, list[str]], mend: Callable[[Node, str], str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m for value in lists[key] if (m := mend(given[key], value))))

    def _domain(self, node: Node, value: str) -> str:
        bare = re.sub(r"^[a-z]+://", "", value.strip().lower()).removeprefix("www.").rstrip("/.")
        host, slash, path = bare.partition("/")
        try:
            plain = host.encode("idna").decode("ascii") + slash + path
        except UnicodeError:
            plain = ""
        if "://" in value or not _DOMAIN.fullmatch(plain):
            self.fault(node, f'bad domain {show(value)}; write only the host, and a path if it needs one: "example.org" or "example.org/section"')
        elif _SUFFIX.fullmatch(plain):
            self.fault(node, f"{show(value)} is a suffix that many sites share; write the outlet's own domain")
        return plain

    def _handle(self, node: Node, value: str) -> str:
        bare = value.removeprefix("@")
        if not _HANDLE.fullmatch(bare):
            self.fault(node, f'bad handle {show(value)}; write the account name alone, such as "some_account"')
        return bare

    def _alias(self, node: Node, value: str) -> str:
        if not name_key(value):
            self.fault(node, f"the alias {show(value)} has no letters; delete it")
            return ""
        return value


def _check_claims(found: Entries, faults: list[Fault]) -> None:
    """No two outlets of one file may share a name, domain or handle."""
    owners: dict[tuple[str, str], str] = {}
    for entry in found.outlets.values():
        for what, key, printed in entry.claims():
            owner = owners.setdefault((what, key), entry.id)
            if owner != entry.id:
                where = {"alias": "aliases" if printed != entry.name else "name", "domain": "domains", "handle": "handles"}[what]
                label = "name or alias" if what == "alias" else what
                faults.append(Fault(found.line(entry.id, where), f"the {label} {show(printed)} of {show(entry.id)} belongs to {show(owner)} "
                                                                 f"(line {found.line(owner)}) already; keep it in one of them"))


def _check_references(found: Entries, faults: list[Fault], known: Mapping[str, str]) -> None:
    """Controllers and carried wires must exist, and chains of controllers must end."""
    outlets = {i for i, what in known.items() if what == "outlet"} | found.outlets.keys()
    everyone = known.keys() | outlets | found.controllers.keys()
    above = parents(found.outlets.values(), found.controllers.values())
    for key, controller in above.items():
        if controller and controller not in everyone:
            faults.append(Fault(found.line(key, "controller"), f"{show(key)} names the controller {show(controller)}, which nobody has; "
                                                               f'list it under "controllers:" or correct it{_close(controller, everyone, faults)}'))
        elif len(chain(key, above)) > MAX_CHAIN:
            faults.append(Fault(found.line(key, "controller"), f"the controllers above {show(key)} run in a ring or are more than {MAX_CHAIN}; "
                                                               "take the controller out of one of them"))
    for entry in found.outlets.values():
        for wire in entry.carries:
            if wire not in outlets or wire == entry.id:
                fault = f"{show(wire)}, which is no outlet; list that outlet or correct the id{_close(wire, outlets, faults)}"
                fault = "itself; delete that" if wire == entry.id else fault
                faults.append(Fault(found.line(entry.id, "carries"), f"{show(entry.id)} carries {fault}"))


def _close(word: str, options: Collection[str], faults: Collection[Fault]) -> str:
    if len(faults) > 20:  # no more are printed, and a hostile file could make this dear
        return ""
    close = difflib.get_close_matches(word[:60], sorted(options), 1, 0.7)
    return f' ("{close[0]}"?)' if close else ""


def parents(outlets: Iterable[Entry], controllers: Iterable[Controller]) -> dict[str, str]:
    """Who stands right above each outlet and controller; "" for nobody."""
    return {c.id: c.controller for c in controllers} | {o.id: o.controller for o in outlets}


def chain(start: str, above: Mapping[str, str]) -> list[str]:
    """The controllers above `start`, nearest first; cut one past MAX_CHAIN."""
    found: list[str] = []
    at = above.get(start, "")
    while at and len(found) <= MAX_CHAIN:
        found.append(at)
        at = above.get(at, "")
    return found
