"""Broken and hostile inputs for everything the tracker reads, the same for the same seed: kinds, samples, attacks, and ways to break them.

Files of articles are made by fuzz_read; here are the registry, evidence ledgers, judgement files, JSON ledgers and tables of statements, and the attacks
on each kind that chance would not find. A part is made by hypothesis: values of any shape where the readers expect one of their own.
"""
from __future__ import annotations

import copy
import gzip
import json
import random
import string
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fuzz_read import MUTATORS, SAMPLES, STORY, mutation
from worlds import make_case, strike

from tracker.export import to_json
from tracker.export.chain import chain_lines
from tracker.export.seal import seal_case

SHARES = {"file": 48, "registry": 14, "ledger": 14, "judgements": 12, "json-ledger": 4, "statements": 8}
"""Of a hundred inputs."""

CANARY = "canary-7f3a-of-a-file-outside"


@dataclass(frozen=True)
class Input:
    """One input: its number, which reader it is for, the name of its file below the run's folder, and its bytes."""

    number: int
    kind: str
    name: str
    raw: bytes


REGISTRY = """controllers:
- id: harbour-group
  name: Harbour Group
  note: owns both titles
outlets:
- id: harbour-gazette
  name: The Harbour Gazette
  kind: newspaper
  country: IE
  lang: en
  domains: [harbourgazette.example]
  aliases: [Gazette of the Harbour, "HG"]
  handles: ["@harbourgazette"]
  controller: harbour-group
  carries: [reuters]
  reliability: B
- {id: harbour-post, name: Harbour Post, kind: online, reliability: null}
"""
_SPAN = {"of": "mention", "article": "a-1", "outlet": "post", "exact": "A strike killed six officers", "prefix": "Lead sentence. ",
         "suffix": ". Last", "start": 15, "end": 43}
_VERDICTS: tuple[dict[str, Any], ...] = (
    {"kind": "same", "ids": ["m-1", "m-2"], "spans": [_SPAN, {**_SPAN, "start": 3, "exact": "d sentence"}], "value": "", "who": "Ines", "why": "seen"},
    {"kind": "verified", "ids": ["c-strike"], "who": "Ines", "why": "the register"}, {"kind": "wording", "ids": ["c-strike"], "value": "Six died"},
    {"kind": "same-voice", "ids": ["s-1", "s-2"], "spans": [{**_SPAN, "of": "voice", "party": "s-1", "name": "Mara Quill"}] * 2},
    {"kind": "undo", "ids": ["j-1"]}, {"kind": "copied", "ids": ["m-1"]})
JUDGEMENTS = "".join(json.dumps({**v, "when": f"2031-03-0{n + 1}T09:30:00Z"}) + "\n" for n, v in enumerate(_VERDICTS))
STATEMENTS = "party,item,value\n" + "".join(f"post-{n % 7},flight {n % 13},{n % 3}:30\n" for n in range(120))

# YAML that grows, nests, repeats or means more than text.
_YAML = (
    "a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\n"
    "d: [*c, *c, *c, *c, *c, *c, *c, *c]\n", "&a [*a, *a]\n",
    "? " * 3000, "- " * 3000, "[" * 60_000, "{a: " * 20_000, "!!python/object/apply:os.system ['id']\n",
    "!!binary |\n  //8=\n", "<<: *x\n", "--- a\n" * 500, "%YAML 9.9\n---\n",
    "outlets:\n" + "- {id: a, name: a}\n" * 3000, "outlets: [" + "{}, " * 5000 + "]\n", "a: '" + "''" * 20_000 + "'\n",
    "\u0085", "\ufeff" * 3, "outlets: {a: {b: {c: {d: {e: f}}}}}\n",
    "outlets:\n- id: \"\\uD800\"\n",
    "|\n" + " " * 3000 + "x\n", "outlets: !<tag:x> []\n", "a: 0x" + "f" * 5000, "a: 1:1:1:1\n", "a: .nan\n", "\t- a\n", "# " + "x" * 50_000 + "\n",
    "controllers:\n- {id: a, name: a, controller: b}\n- {id: b, name: b, controller: a}\noutlets:\n- {id: c, name: c, controller: c, carries: [c]}\n")
# Values where another was meant.
_ODD: tuple[Any, ...] = (None, True, -1, 2**53, 10**30, 1.5, "", "x" * 20_000, "\u202e\x1b[2J\x00", [], {}, [[[[[]]]]], {"a": {"b": [1, None]}}, ["a", 1],
                         "../../etc/passwd", "c-" + "f" * 12, "2031-99-99T99:99:99Z", [None] * 500, {"__proto__": 1}, "\ufffe\uffff", "=1+1")


EVERY = 25
"""One input in so many is an attack; all attacks take their turns."""


def made_inputs(seed: int, n: int, *, start: int = 0, port: int = 9, only: str = "") -> Iterator[Input]:
    """Inputs `start` to `n` of all kinds, or of one; each follows from seed and number alone. `port`: where a server listens that nobody may call."""
    order = [kind for kind, share in SHARES.items() for _ in range(share)]
    random.Random(seed).shuffle(order)
    for number in range(start, n):
        rng = random.Random(f"{seed}/{number}")
        kind = only or order[number % 100]
        if not only and number % EVERY == EVERY - 1:
            attacks = _attacks(seed, port)
            kind, name, raw = attacks[number // EVERY % len(attacks)]
            yield Input(number, kind, f"attack/{number}/{name}", raw)
        elif kind == "file":
            name, raw = mutation(seed, number // 100 * SHARES["file"] + order[: number % 100].count("file"))
            yield Input(number, kind, f"files/{name}", raw)
        else:
            yield Input(number, kind, f"{kind}/{number}.{_ENDINGS[kind]}", _other(kind, rng, seed))


@lru_cache(maxsize=1)
def _attacks(seed: int, port: int) -> list[tuple[str, str, bytes]]:
    """All attacks on all kinds, in an order of the seed's."""
    found = [(kind, name, raw) for kind in SHARES for name, raw in attacks_on(kind, port)]
    random.Random(seed).shuffle(found)
    return found


_ENDINGS = {"registry": "yaml", "ledger": "jsonl", "judgements": "jsonl", "json-ledger": "json", "statements": "csv"}


def sample_of(kind: str) -> bytes:
    """A sound input of a kind."""
    texts = {"registry": REGISTRY, "judgements": JUDGEMENTS, "statements": STATEMENTS, "file": STORY}
    return (texts[kind] if kind in texts else _ledger() if kind == "ledger" else _json_ledger()).encode()


@lru_cache(maxsize=1)
def _ledger() -> str:
    return seal_case(make_case(6, 4, 1))[0].decode()


@lru_cache(maxsize=1)
def _json_ledger() -> str:
    return to_json(strike())


def _other(kind: str, rng: random.Random, seed: int) -> bytes:
    """A broken input that is no file of articles."""
    if kind in ("ledger", "judgements", "json-ledger") and rng.random() < 0.5:
        return _bent(kind, rng, odd_records(seed, 300))
    raw = sample_of(kind)
    if kind == "registry" and rng.random() < 0.4:
        at = rng.choice([0, len(raw), rng.randrange(len(raw))])
        raw = raw[:at] + rng.choice(_YAML).encode("utf-8", "surrogatepass") + raw[at:]
    for _ in range(rng.randint(1, 3)):
        raw = rng.choice(MUTATORS)(raw or b" ", rng)
    return gzip.compress(raw, mtime=0) if rng.random() < 0.02 else raw


def _bent(kind: str, rng: random.Random, odd: Sequence[Any]) -> bytes:
    """Sound lines that say odd things: some fields replaced, and the chain of a ledger made anew over them."""
    text = sample_of(kind).decode()
    records = [json.loads(text)] if kind == "json-ledger" else [json.loads(line) for line in text.split("\n") if line]
    for _ in range(rng.randint(1, 4)):
        record = rng.choice(records)
        if kind == "ledger" and rng.random() < 0.2:
            records.insert(rng.randrange(len(records)), dict(record))
        elif rng.random() < 0.1:
            record[rng.choice(string.ascii_letters)] = rng.choice(_ODD)
        else:
            _replace(record, rng, rng.choice(odd) if rng.random() < 0.4 else rng.choice(_ODD))
    if kind in ("judgements", "json-ledger"):
        return "".join(json.dumps(r, ensure_ascii=rng.random() < 0.5) + "\n" for r in records).encode("utf-8", "surrogatepass")
    contents = ({k: v for k, v in r.items() if k not in ("hash", "previous")} for r in records)
    return "".join(f"{line}\n" for line, _ in chain_lines(contents)).encode("utf-8", "replace")


def _replace(value: Any, rng: random.Random, new: Any) -> None:
    """Put a value somewhere inside a record, at any depth."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        key = rng.choice(keys)
        if isinstance(value[key], dict | list) and value[key] and rng.random() < 0.6:
            value = value[key]
            continue
        value[key] = copy.deepcopy(new)
        return


@lru_cache(maxsize=2)
def odd_records(seed: int, n: int) -> list[Any]:
    """Values of any shape, made by hypothesis."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    leaves = st.none() | st.booleans() | st.integers(-2**60, 2**60) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    names = st.text(string.ascii_letters, max_size=8)
    found: list[Any] = []

    @seeded(seed)
    @settings(max_examples=max(1, n), database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=12))
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


def attacks_on(kind: str, port: int) -> list[tuple[str, bytes]]:
    """Inputs made to do harm: to grow, to leave the folder, to call home, to nest; each with the name of its file."""
    return {"file": _file_attacks(port), "registry": [("mine.yaml", y.encode("utf-8", "surrogatepass")) for y in _YAML],
            "ledger": _line_attacks("ledger.jsonl"),
            "judgements": _line_attacks("judgements.jsonl"), "json-ledger": _line_attacks("ledger.json"), "statements": _table_attacks()}[kind]


def page_attacks(port: int) -> list[tuple[str, bytes]]:
    """Pages whose entities grow or name files, and whose addresses call home."""
    home = f"http://127.0.0.1:{port}"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    story = "".join(f"<p>{p}</p>" for p in STORY.split("\n") if p)
    doctypes = {
        "laughs": f'<!DOCTYPE html [<!ENTITY l0 "lol">{laughs}]>', "external": f'<!DOCTYPE html SYSTEM "{home}/x.dtd">',
        "file": '<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY g SYSTEM "../../secret.txt">]>',
        "parameter": f'<!DOCTYPE html [<!ENTITY % p SYSTEM "{home}/p.dtd"> %p;]>', "quadratic": f'<!DOCTYPE html [<!ENTITY a "{"x" * 50_000}">]>'}
    pages = [(f"{name}.{end}", f'<?xml version="1.0"?>{doctype}<html><body><article>&l11;&f;&g;{"&a;" * 2000}{story}</article></body></html>'.encode())
             for name, doctype in doctypes.items() for end in ("html", "xhtml", "txt")]
    calls = (f'<html><head><base href="{home}/"><link rel="canonical" href="{home}/c"><link rel=stylesheet href="{home}/s.css"><meta http-equiv=refresh '
             f'content="0;url={home}/m"><script src="{home}/j.js"></script></head><body><img src="{home}/i.png">'
             f'<iframe src="{home}/f"></iframe>{story}</body></html>')
    return [*pages, ("calls.html", calls.encode())]


def _file_attacks(port: int) -> list[tuple[str, bytes]]:
    home = f"http://127.0.0.1:{port}"
    story = "".join(f"<p>{p}</p>" for p in STORY.split("\n") if p)
    bombs = [("bomb.txt.gz", _bomb(60)), ("twice.jsonl.gz", gzip.compress(_bomb(30), mtime=0)),
             ("torn.csv.gz", gzip.compress(SAMPLES["csv"].encode(), mtime=0)[:-9])]
    roads = ("../secret.txt", "..\\secret.txt", "/etc/passwd", "a/../../secret.txt", "C:\\secret.txt", "file:///etc/passwd", "\\\\host\\share",
             "%2e%2e/secret.txt", "~/x",
             "link.txt", ".", "..", "", "\x00", "x" * 5000)
    manifest = "file,outlet,url,title\n" + "".join(f'"{r}",a,{home}/{n},t\n' for n, r in enumerate(roads))
    deep = [("deep.html", b"<div>" * 200_000 + story.encode()), ("deep.json", b"[" * 3_000_000), ("wide.json", b"[" + b"{}," * 60_000 + b"{}]"),
            ("line.txt", (STORY.replace("\n", " ") * 4000).encode()), ("lines.txt", b"\n" * 3_000_000),
            ("cells.csv", b"text," * 500_000 + b"\n" + b"a," * 500_000),
            ("columns.csv", b'text\n"' + b"a" * 6_000_000), ("attributes.html", b"<p " + b"a=b " * 300_000 + b">" + story.encode()),
            ("row.jsonl", b'{"text": "' + b"word " * 900_000 + b'"}'),
            ("front.md", b"---\n" + b"a: &a [x]\nb: [*a" + b", *a" * 3000 + b"]\n---\n" + STORY.encode()), ("marks.txt", "\u0301".encode() * 400_000),
            ("url.json", json.dumps([{"text": STORY, "url": f"{home}/{'../' * 50}secret.txt", "outlet": "../../secret.txt"}]).encode())]
    return [*page_attacks(port), *bombs, ("manifest.csv", manifest.encode()), *deep]


@lru_cache(maxsize=2)
def _bomb(megabytes: int) -> bytes:
    """A gzip file of so many MB of one letter, made without holding them."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(b"a" * 1_000_000) for _ in range(megabytes)), packer.flush()])


def _line_attacks(name: str) -> list[tuple[str, bytes]]:
    first = sample_of("ledger").split(b"\n")[0]
    lines = (b"[" * 2_000_000, b'{"a":' * 400_000, b"{" + b'"a":1,' * 300_000 + b'"a":1}', b"\n" * 2_000_000, b"9" * 1_000_000, b'{"a":1e999999}', b'{"a":NaN}',
             b"x" * 40_000_000, "{}\n".encode("utf-16"), b"\xef\xbb\xbf" + first, first + b"\r\n", b"\x00" * 100_000, b'"\\ud800"', b"{}\n" * 200_000,
             b'{"kind":"same","ids":["a","b"],"when":"2031-03-01T00:00:00Z"}\n' * 5000,
             b'{"kind":"same","ids":' + b'["a",' * 3 + b'"b"]]],"when":"2031-03-01T00:00:00Z"}', gzip.compress(first * 1000, mtime=0))
    return [(name, line) for line in lines]


def _table_attacks() -> list[tuple[str, bytes]]:
    head = b"party,item,value\n"
    bombs = [("table.csv.gz", _bomb(60)), ("torn.csv.gz", gzip.compress(head * 100, mtime=0)[:-9])]
    return [*bombs, *(("table.csv", raw) for raw in (
        head + b'"' + b"a" * 5_000_000, head + b"," * 1_000_000, head * 50_000, b"party," * 20_000 + b"\n", head + b"\x00,\x00,\x00\n",
        head.decode().encode("utf-16"),
        b"party," * 400_000 + b"\n", head + b'a,"b\nc",d\n"', b"", head, head + b"a,b\n" * 1000, head + b"a,b,c,d\n", head + b"\xff,\xfe,\xfd\n",
        b"party,party,item,value\n1,2,3,4\n", head + b"=1+1,b,c\n" * 100))]
