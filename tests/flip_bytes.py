"""Random changes of single bytes in an evidence ledger and in the articles it seals, each of which `tracker verify` must find.

    python tests/flip_bytes.py --changes 1000 --seed 1

Half of the changes are to the ledger, which is then checked alone; half are to the files of the pile (text, pages, front matter, packed tables, manifests).
Lines of the ledger are cut, swapped, doubled, put in and cut off besides. Prints what was found, and what was not; exit code 1 if anything was missed.
"""
from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fuzz_read import SAMPLES, STORY

from tracker.cli.sealing import seal_to, verify_ledger
from tracker.pipeline import build, read_articles

EXAMPLES = Path(__file__).parents[1] / "examples"
Change = tuple[str, bytes]


def make_pile(folder: Path, *, examples: tuple[str, ...] = ("harbour", "treaty")) -> Path:
    """Articles of every kind that is read, below a folder: the examples, a page, packed and plain tables, and a manifest for a folder."""
    for name in examples:
        shutil.copytree(EXAMPLES / name / "articles", folder / name)
    own = folder / "own"
    own.mkdir(parents=True)
    (own / "page.html").write_text(SAMPLES["html"], encoding="utf-8")
    (own / "notes.md").write_text(SAMPLES["md"].replace("Fourteen", "Fifteen"), encoding="utf-8")
    (own / "rows.jsonl.gz").write_bytes(gzip.compress(_rows("Thirteen").encode(), mtime=0))
    (own / "rows.csv").write_text('title,text,url\n"Ferry burns","' + STORY.replace('"', '""').replace("Fourteen", "Twelve") + '",https://a.example/1\n',
                                  encoding="utf-8")
    (own / "story.txt.gz").write_bytes(gzip.compress(STORY.replace("Fourteen", "Eleven").encode(), mtime=0))
    (own / "manifest.csv").write_text("file,outlet,url,title,published\npage.html,marlhaven-courier,https://marlhavencourier.example/p,Ferry,2025-03-12\n"
                                      "notes.md,,,Notes,\n", encoding="utf-8")
    return folder


def _rows(number: str) -> str:
    text = STORY.replace("Fourteen", number)
    return "".join(json.dumps({"text": text.replace("Tuesday", day), "url": f"https://b.example/{day}"}) + "\n" for day in ("Monday", "Friday"))


def seal(pile: Path, ledger: Path) -> str:
    """Read the pile and seal it; the last hash."""
    return seal_to(lambda: build(read_articles([str(pile)])), str(ledger), [str(pile)], {}, "")[1]


def found_in_ledger(ledger: Path, changed: bytes, expect: str) -> bool:
    """Whether a changed ledger is found out."""
    beside = ledger.with_name("changed.jsonl")
    beside.write_bytes(changed)
    return len(verify_ledger(str(beside), [], expect).differences) > 0


def found_in_file(ledger: Path, pile: Path, name: str, changed: bytes) -> bool:
    """Whether a changed file of the pile is found out; the file is as it was afterwards."""
    path = pile / name
    before = path.read_bytes()
    path.write_bytes(changed)
    try:
        return len(verify_ledger(str(ledger), [str(pile)], "").differences) > 0
    finally:
        path.write_bytes(before)


def flipped(raw: bytes, rng: random.Random) -> bytes:
    """The bytes with one of them changed."""
    at = rng.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ rng.randint(1, 255)]) + raw[at + 1:]


def line_changes(raw: bytes, rng: random.Random, n: int) -> Iterator[tuple[str, bytes]]:
    """Whole lines taken out, swapped, doubled, put in, and tails cut off, with what was done."""
    lines = raw.splitlines(keepends=True)
    for number in range(n):
        i, j = sorted(rng.sample(range(len(lines)), 2))
        own = list(lines)
        kind = ("cut", "swapped", "doubled", "added", "tail lines", "tail bytes", "blank line")[number % 7]
        if kind == "cut":
            del own[i]
        elif kind == "swapped":
            own[i], own[j] = own[j], own[i]
        elif kind == "doubled":
            own.insert(j, own[i])
        elif kind == "added":
            own.insert(j, own[i].replace(b'"id":"', b'"id":"x'))
        elif kind == "tail lines":
            own = own[:i]
        elif kind == "blank line":
            own.insert(j, b"\n")
        yield kind, raw[: rng.randrange(len(raw))] if kind == "tail bytes" else b"".join(own)


def files_of(pile: Path, ledger: Path) -> list[str]:
    """Files of the pile that the ledger vouches for, manifests among them."""
    records = [json.loads(line) for line in ledger.read_text(encoding="utf-8").split("\n") if line]
    named = {str(r.get("file") or r.get("id")).partition("#")[0] for r in records if r["kind"] in ("article", "aside") and r["file_digest"]}
    manifests = {p.relative_to(pile).as_posix() for p in pile.rglob("manifest.csv")}
    return sorted(named | manifests)


def missed_changes(folder: Path, changes: int, seed: int, *, examples: tuple[str, ...] = ("harbour", "treaty")) -> tuple[Counter[str], list[str]]:
    """How many changes of each kind were made, and those that verifying did not find."""
    rng = random.Random(seed)
    pile, ledger = make_pile(folder / "pile", examples=examples), folder / "ledger.jsonl"
    last = seal(pile, ledger)
    raw, names = ledger.read_bytes(), files_of(pile, ledger)
    assert not len(verify_ledger(str(ledger), [str(pile)], last).differences), "the untouched ledger must verify"
    made: Counter[str] = Counter()
    missed = []
    for number in range(changes):
        if number % 2:
            name = names[number // 2 % len(names)]
            kind, found = f"byte of {name}", found_in_file(ledger, pile, name, flipped((pile / name).read_bytes(), rng))
        else:
            kind, found = "byte of the ledger", found_in_ledger(ledger, flipped(raw, rng), "")
        made[kind] += 1
        missed += [] if found else [f"{kind} (number {number})"]
    for kind, changed in line_changes(raw, rng, max(7, changes // 5)):
        made[f"lines: {kind}"] += 1
        missed += [] if changed == raw or found_in_ledger(ledger, changed, "") else [f"lines: {kind}"]
    made["whole last sealing"], later = 1, _later(pile, ledger)
    missed += [] if found_in_ledger(ledger, raw, later) else ["whole last sealing, with --expect"]
    return made, missed


def _later(pile: Path, ledger: Path) -> str:
    """Seal the pile again with one article more; the last hash."""
    (pile / "own" / "more.txt").write_text(STORY.replace("Fourteen", "Seventeen").replace("Tuesday", "Sunday"), encoding="utf-8")
    return seal(pile, ledger)


def main() -> int:
    """Run it from the command line."""
    args = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    args.add_argument("--changes", type=int, default=1000)
    args.add_argument("--seed", type=int, default=1)
    asked = args.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made, missed = missed_changes(Path(folder), asked.changes, asked.seed)
    for kind, count in sorted(made.items()):
        sys.stdout.write(f"{count:6} {kind}\n")
    sys.stdout.write(f"{sum(made.values())} changes, {len(missed)} missed\n" + "".join(f"missed: {m}\n" for m in missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
