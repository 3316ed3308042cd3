"""The terminal: data to stdout as UTF-8, everything else to stderr, one line an error, bars only where somebody watches."""
from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from tracker.errors import TrackerError, UsageError
from tracker.text import safe

PIPED_WIDTH = 160  # columns of a table that nobody's terminal limits: wide enough for a wording, the same everywhere

Progress = Callable[[str, int, int], None]


class Refusal(click.ClickException):
    """What the tracker raised on purpose, as one line that says what to do; exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """The line on stderr, without control characters that a file's name may bring along."""
        lines = [safe(line) for line in self.message.split("\n")]
        click.echo("tracker: " + "\n".join(lines), file=file, err=True)


class Command(click.Command):
    """A command whose help begins with examples."""

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.examples = examples

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, then the text."""
        _examples(self.examples, formatter)
        super().format_help_text(ctx, formatter)


class Group(click.Group):
    """A group whose help begins with examples and whose commands turn the tracker's errors into one line."""

    command_class = Command

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.examples = examples

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, then the text."""
        _examples(self.examples, formatter)
        super().format_help_text(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a TrackerError becomes a Refusal."""
        try:
            return super().invoke(ctx)
        except TrackerError as error:
            raise Refusal(str(error)) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order they were written: the main one first."""
        return list(self.commands)


def _examples(examples: Sequence[tuple[str, str]], formatter: click.HelpFormatter) -> None:
    if examples:
        with formatter.section("Examples"):
            for line, what in examples:
                formatter.write_text(f"{line}")
                formatter.write_text(f"    {what}")


def run(group: click.Group) -> NoReturn:
    """Run the group as a program."""
    try:
        code = group.main(prog_name="tracker", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("tracker: stopped", err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would complain at exit when it flushes: give it nothing to flush into.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 141
    sys.exit(code if isinstance(code, int) else 0)


def put(body: str | bytes, output: str | None = None) -> None:
    """Data to the file, or to stdout for None and "-"; raises UsageError when it cannot be written."""
    # A file name may hold bytes that are no text; they are written as backslash, u and digits, which in JSON is their own escape.
    data = body if isinstance(body, bytes) else body.encode("utf-8", "backslashreplace")
    if output in (None, "-"):
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(str(output))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"cannot write {output}: {error.strerror or error}") from error


def note(text: str, *, quiet: bool = False) -> None:
    """A line for people on stderr."""
    if not quiet:
        click.echo(safe(text), err=True)


def table_width() -> int:
    """Columns for a table on stdout."""
    try:
        return max(60, os.get_terminal_size(sys.stdout.fileno()).columns) if sys.stdout.isatty() else PIPED_WIDTH
    except (OSError, ValueError):
        return PIPED_WIDTH


def colour() -> bool:
    """Whether stdout is a terminal whose user does not say NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def has_screen() -> bool:
    """Whether a browser window could be seen by the one who runs this."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def set_up_logs(verbose: int) -> None:
    """Logs on stderr: errors only, with -v what the tracker does, with -vv what its libraries do too."""
    logging.basicConfig(level=logging.DEBUG if verbose > 1 else logging.ERROR, format="%(name)s: %(message)s", stream=sys.stderr, force=True)
    logging.getLogger("tracker").setLevel(logging.INFO if verbose else logging.ERROR)
    for name in ("trafilatura", "htmldate"):  # a page they cannot read becomes a reject with a reason; their own line would say it twice
        logging.getLogger(name).setLevel(logging.DEBUG if verbose > 1 else logging.CRITICAL)


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress | None]:
    """A callback that moves a bar a stage on stderr; None where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def move(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield move
