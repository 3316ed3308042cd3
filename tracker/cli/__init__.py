"""The command line: each command translates into a function of the same meaning, and decides nothing about news."""
from __future__ import annotations

import tracker.cli.casebook  # noqa: F401 - its commands join the group
from tracker.cli.commands import cli
from tracker.cli.terminal import run

__all__ = ["cli", "main"]


def main() -> None:
    """Run the command line and leave with its exit code: 0 done, 1 a policy failed, 2 not possible as asked, 130 stopped by the user."""
    run(cli)
