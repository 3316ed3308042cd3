"""Broken files of every format that is read, the same for the same seed; an example to try by hand: `python tests/fuzz_read.py 7 200 folder`."""
from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

STORY = """Ferry burns off Marlhaven

MARLHAVEN, March 12 (Coast Wire) - A fire broke out in the engine room of the ferry Grey Heron late on Tuesday, the fire service said.

Fourteen people were injured in the fire, according to the hospital in the town. Two of them have serious burns, it added.

“The doors were open,” said Ines Halvard, a spokeswoman for the port. The company has denied that anyone switched off the alarms.

Follow our coverage on @marlhavencourier
© Marlhaven Courier. All rights reserved.
"""
_PARAGRAPHS = [p for p in STORY.split("\n") if p]
_FIELDS = {"title": _PARAGRAPHS[0], "text": STORY, "url": "https://marlhavencourier.example/fire", "outlet": "Marlhaven Courier",
    "date": "2025-03-12T09:00:00Z", "author": ["Ines Halvard"]}
_HTML = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{_PARAGRAPHS[0]} | Courier</title>
<meta property="og:site_name" content="Marlhaven Courier"><link rel="canonical" href="{_FIELDS['url']}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{_PARAGRAPHS[0]}", "datePublished": "2025-03-12T09:00:00Z"}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>{_PARAGRAPHS[0]}</h1>{''.join(f'<p>{p}</p>' for p in _PARAGRAPHS[1:])}</article></body></html>"""

SAMPLES: dict[str, str] = {
    "txt": STORY,
    "md": f"---\noutlet: Marlhaven Courier\ntitle: {_PARAGRAPHS[0]}\npublished: 2025-03-12\ntags: [fire, ferry]\n---\n{STORY}",
    "html": _HTML,
    "json": json.dumps([_FIELDS, {**_FIELDS, "url": "https://marlhavencourier.example/other"}]),
    "jsonl": "\n".join(json.dumps({**_FIELDS, "url": f"https://marlhavencourier.example/{n}"}) for n in range(3)),
    "csv": 'title,text,url\n"Ferry burns","' + STORY.replace('"', '""') + '",https://marlhavencourier.example/fire\nplain,short,x\n',
    "manifest": "file,outlet,url,title,published\n0.txt,marlhaven-courier,https://marlhavencourier.example/a,Ferry burns,2025-03-12\n../x.txt,a,,,\n",
}
_POISON = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u202e\u2028\u0085".encode(), b"[" * 3000, b"{\"a\":" * 1500, b"<div>" * 2000, b"<!--", b"]]>",
    b"</", b"&#x0;&#xD800;&lt",
    b"\r", b"\r\n", b"\n" * 50, b"\"", b"'", b"---\n", b"&a [*a, *a]", b"!!python/object:os.system x", b"=1+1", b"A" * 20_000, b"(" * 500, b"- " * 800,
    b"a/b, " * 400,
    "中文新闻".encode("gb18030"), "новости".encode("cp1251"), b"\x1b[2J", b"1e999", b"NaN", b"9" * 5000, b"<script>", b"<meta charset=utf-7>",
    b"<meta charset=undefined>", b"../../etc/passwd",
    b"Read Full Article at " * 40, b"News Feed\n" * 60, b"12 " * 600, b"By " * 300, b"2024-13-45", b"\xe2\x80", "© ".encode() * 300, b"Photo: " * 200)


def _flip(raw: bytes, rng: random.Random) -> bytes:
    out = bytearray(raw)
    for _ in range(rng.randint(1, 40)):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _cut(raw: bytes, rng: random.Random) -> bytes:
    return raw[: rng.randrange(len(raw))]


def _drop(raw: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(raw))
    return raw[:start] + raw[start + rng.randint(1, 400):]


def _double(raw: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(raw))
    return raw[:start] + raw[start: start + rng.randint(1, 300)] * rng.randint(2, 30) + raw[start:]


def _poison(raw: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(raw))
        raw = raw[:at] + rng.choice(_POISON) + raw[at:]
    return raw


def _recode(raw: bytes, rng: random.Random) -> bytes:
    text = raw.decode("utf-8", "replace")
    return text.encode(rng.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "cp1251", "shift_jis", "utf-7", "utf-8-sig"]), "replace")


def _noise(raw: bytes, rng: random.Random) -> bytes:
    return rng.randbytes(rng.randint(0, 3000))


MUTATORS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _cut, _drop, _double, _poison, _poison, _recode, _noise)


_FORMATS = [f for f in SAMPLES if f != "manifest"]


def mutations(seed: int, n: int) -> Iterator[tuple[str, bytes]]:
    """`n` broken files as (relative path, bytes): all formats, packed ones too, twenty to a folder, each folder with a broken manifest."""
    return (mutation(seed, number) for number in range(n))


def mutation(seed: int, number: int) -> tuple[str, bytes]:
    """One broken file by its number."""
    rng = random.Random(f"{seed}:{number}")
    folder = f"{number // 20:04d}"
    kind = "manifest" if number % 20 == 19 else _FORMATS[number % len(_FORMATS)]
    raw = SAMPLES[kind if rng.random() > 0.05 else rng.choice(list(SAMPLES))].encode()
    for _ in range(rng.randint(1, 3)):
        raw = rng.choice(MUTATORS)(raw or b" ", rng)
    if kind == "manifest":
        return f"{folder}/manifest.csv", raw
    packed = kind != "txt" and rng.random() < 0.15
    if packed:
        raw = gzip.compress(raw, mtime=0)
        raw = raw if rng.random() < 0.6 else _flip(raw, rng)
    return f"{folder}/{number % 20}.{kind}{'.gz' if packed else ''}", raw


def write_mutations(seed: int, n: int, folder: Path) -> list[str]:
    """The files of `mutations` below a folder; returns the paths of those that are articles or tables of them."""
    names = []
    for name, raw in mutations(seed, n):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        if path.name != "manifest.csv":
            names.append(name)
    return names


if __name__ == "__main__":
    write_mutations(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
