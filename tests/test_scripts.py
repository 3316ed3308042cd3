"""The scripts beside the package still fit it: what they import from it is there, and a reader who asks is told how to run them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOREIGN = {"sklearn", "torch", "transformers"}  # what only those who learn weights need

LOAD = f"""
import runpy, sys
sys.path[:0] = {[str(ROOT / name) for name in ("tests", "benchmarks", "training")]!r}
for path in sys.argv[1:]:
    try:
        runpy.run_path(path, run_name="loaded")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {FOREIGN!r}:
            print(path, error)
    except (ImportError, AttributeError, NameError) as error:
        print(path, error)
"""


def scripts(folder: str) -> list[Path]:
    return sorted((ROOT / folder).glob("*.py"))


@pytest.mark.parametrize("folder", ["benchmarks", "training"])
def test_every_script_finds_what_it_imports(folder: str) -> None:
    paths = scripts(folder)
    assert len(paths) > 5
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", LOAD, *map(str, paths)], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


@pytest.mark.parametrize("path", [*scripts("benchmarks"), *scripts("training")], ids=lambda p: p.stem)
def test_a_script_that_is_run_says_how(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if "__main__" in text:
        assert f"python {path.parent.name}/{path.name}" in text.split('"""')[1]
