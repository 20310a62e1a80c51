"""The frame around every command: each failure is one line with a next step, and an exit code.

0 success, 1 a failure, 2 wrong usage, 130 stopped by a person; never a traceback on the screen.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from cli.terminal import harmless
from watchlist.errors import HorchError

#: Where the traceback of an unforeseen failure goes, once the data folder is known.
log_folder: Path = Path(tempfile.gettempdir())

_SYSTEM_REMEDIES = {
    errno.ENOSPC: "free some space and run it again; nothing finished is lost",
    errno.EDQUOT: "free some space and run it again; nothing finished is lost",
    errno.EACCES: "check who owns it",
    errno.EPERM: "check who owns it",
    errno.EROFS: "choose another folder",
    errno.ENOENT: "check the path",
    errno.EISDIR: "name a file, not a folder",
    errno.ENOTDIR: "check the path",
    errno.EEXIST: "choose another path",
}


def say(message: str) -> None:
    """Write one line to the error stream."""
    print(f"horch: {harmless(message)}", file=sys.stderr)


class Commands(TyperGroup):
    """The command group with the frame around it."""

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401
        """Run one command line and leave with its exit code."""
        kwargs["standalone_mode"] = False
        try:
            code = super().main(*args, **kwargs)
        except typer.TyperException as error:
            code = _wrong_usage(error)
        except typer.Abort:
            say("stopped; nothing was changed")
            code = 130
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: Any) -> object:  # noqa: ANN401
        """Run the command that the context names, with failures in one line."""
        with failures_in_one_line():
            return super().invoke(ctx)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """List the commands under the headings they were registered with."""
        shown = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        room = formatter.width - 6 - max(len(name) for name, _command in shown)
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, command in shown:
            heading = getattr(command, "rich_help_panel", None) or "Commands"
            line = (name, command.get_short_help_str(room))
            sections.setdefault(heading, []).append(line)
        for heading, lines in sections.items():
            with formatter.section(heading):
                formatter.write_dl(lines, col_max=20)


@contextmanager
def failures_in_one_line() -> Iterator[None]:
    """Turn the failures a person can do something about into a line and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except HorchError as error:
        say(str(error))
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        say("stopped; what was finished is kept, run it again to go on")
        raise typer.Exit(130) from None
    except BrokenPipeError:  # `horch … | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except OSError as error:
        say(_system_failure(error))
        raise typer.Exit(1) from None


def _system_failure(error: OSError) -> str:
    cause = error.strerror or str(error) or type(error).__name__
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{cause}; {_SYSTEM_REMEDIES.get(error.errno or 0, 'run it again later')}"


def _wrong_usage(error: typer.TyperException) -> int:
    message = error.format_message().replace("Value error, ", "")  # so pydantic begins, for typer
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "horch"
    say(f"{message.rstrip('.')}; see {command} --help")
    return error.exit_code


def report_bug(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say in one line that a failure is our mistake, and where its traceback is.

    Stands in for `sys.excepthook`, so it sees exactly what nobody has foreseen.
    """
    if issubclass(kind, KeyboardInterrupt):
        say("stopped")
        return
    path = _write_traceback("".join(traceback.format_exception(kind, error, trace)))
    cause = harmless(str(error))[:200]
    say(f"a mistake in horch itself ({kind.__name__}: {cause}); please report it with {path}")


def _write_traceback(text: str) -> Path:
    name = f"horch-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.log"
    for folder in (log_folder, Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / name
            path.touch(mode=0o600)
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue
        return path
    return Path(os.devnull)


def set_up_logging() -> None:
    """Show warnings of the packages in the same form as errors."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("horch: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)


def say_more() -> None:
    """Show what the packages report on their way, and Python's own warnings."""
    logging.getLogger().setLevel(logging.INFO)
    logging.getLogger("py.warnings").setLevel(logging.WARNING)


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return harmless(super().format(record))
