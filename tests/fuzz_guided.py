"""Coverage-guided fuzzing of the parsers with atheris, which is no dependency: `pip install 'atheris>=3.0'` (Linux, Python 3.11 to 3.13).

    python tests/fuzz_all.py --atheris 60            # 60 s each parser
    python tests/fuzz_guided.py registry -max_total_time=60

libFuzzer stops at a crash, an input over 10 s, or 1 GiB of memory, and writes that input to a file beside; nothing is written otherwise.
"""
from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from fuzz_made import sample_of
from fuzz_read import SAMPLES

PARSERS = ("decode", "rows", "front", "page", "registry", "ledger", "judgements")
LIMITS = ("-timeout=10", "-rss_limit_mb=1024", "-max_len=20000", "-print_final_stats=1")
ADVICE = "coverage-guided fuzzing needs atheris: pip install 'atheris>=3.0' (Linux, Python 3.11 to 3.13); the other fuzzing does not"


def parser_of(name: str) -> Callable[[bytes], object]:
    """A function from any bytes to what the parser makes of them; what it raises on purpose is an answer."""
    from tracker.errors import TrackerError
    from tracker.export.verify import check_ledger
    from tracker.fetch.base import Unread
    from tracker.fetch.decode import decode
    from tracker.fetch.front import split_front
    from tracker.fetch.rows import read_rows
    from tracker.judge import read_judgements
    from tracker.parse.page import read_page
    from tracker.registry import parse_registry

    def text(raw: bytes) -> str:
        return raw.decode("utf-8", "replace")

    parsers: dict[str, Callable[[bytes], object]] = {
        "decode": lambda raw: decode(raw, page=True),
        "rows": lambda raw: list(read_rows(text(raw[1:]), ("json", "jsonl", "csv")[raw[0] % 3] if raw else "csv", limit=100_000)),
        "front": lambda raw: split_front("---\n" + text(raw) + "\n---\nA story."),
        "page": lambda raw: read_page(text(raw), max_elements=60_000),
        "registry": lambda raw: parse_registry(text(raw)),
        "ledger": check_ledger,
        "judgements": lambda raw: read_judgements(text(raw)),
    }

    def read(raw: bytes) -> object:
        try:
            return parsers[name](raw)
        except (TrackerError, Unread) as error:
            return str(error)

    return read


def samples_of(name: str) -> list[bytes]:
    """Sound inputs to begin with."""
    if name in ("registry", "ledger", "judgements"):
        return [sample_of(name)]
    kinds = {"decode": ("txt", "html"), "rows": ("json", "jsonl", "csv"), "front": ("md",), "page": ("html",)}[name]
    return [(bytes([n]) if name == "rows" else b"") + SAMPLES[k].encode() for n, k in enumerate(kinds)]


def run_all(seconds: int) -> int:
    """Fuzz each parser for so many seconds in a process of its own; exit code 1 if one failed, 2 without atheris."""
    if find_spec("atheris") is None:
        sys.stderr.write(ADVICE + "\n")
        return 2
    failed = 0
    for name in PARSERS:
        with tempfile.TemporaryDirectory() as folder:
            for n, raw in enumerate(samples_of(name)):
                (Path(folder) / str(n)).write_bytes(raw)
            done = subprocess.run([sys.executable, __file__, name, folder, f"-max_total_time={seconds}", *LIMITS], capture_output=True, check=False)
        said = done.stderr.decode("utf-8", "replace").splitlines()
        runs = next((s.split()[-1] for s in said if "number_of_executed_units" in s), "?")
        peak = next((s.split()[-1] for s in said if "peak_rss_mb" in s), "?")
        sys.stdout.write(f"{name}: {runs} runs, {peak} MiB, {'no fault' if not done.returncode else 'FAILED'}\n")
        sys.stdout.flush()
        if done.returncode:
            failed = 1
            sys.stdout.write("\n".join(said[-40:]) + "\n")
    return failed


def main() -> None:
    """Fuzz one parser with libFuzzer's own options."""
    if find_spec("atheris") is None:
        sys.exit(ADVICE)
    import atheris

    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["tracker", "yaml"]):
        read = parser_of(name)
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
