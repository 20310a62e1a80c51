"""Showing that something is being done: a moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TypeVar

from rich.console import Console

from cli.terminal import harmless

Thing = TypeVar("Thing")


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Yield a function that says what is being done now, on the error stream.

    On a terminal each thing gets a line with its time once the next one begins.
    """
    if not sys.stderr.isatty():
        yield lambda doing: print(harmless(doing), file=sys.stderr, flush=True)
        return
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    steps = _Steps(console)
    with console.status("starting …") as status:
        steps.update = lambda doing: status.update(f"{doing} …")
        yield steps
        steps.finish()


def each_while_waiting(doing: str, things: Iterator[Thing]) -> Iterator[Thing]:
    """Yield each thing as it comes; on a terminal a moving line shows while it is awaited."""
    console = Console(stderr=True)
    while True:
        with console.status(f"{doing} …") if console.is_terminal else nullcontext():
            try:
                thing = next(things)
            except StopIteration:
                return
        yield thing


class _Steps:
    def __init__(self, console: Console) -> None:
        self.console = console
        self.update: Callable[[str], None] = lambda doing: None
        self.doing = ""
        self.since = 0.0

    def __call__(self, doing: str) -> None:
        self.finish()
        self.doing, self.since = harmless(doing), time.monotonic()
        self.update(self.doing)

    def finish(self) -> None:
        if self.doing:
            took = time.monotonic() - self.since
            self.console.print(f"  {self.doing:<50} {took:6.1f} s", style="dim")
        self.doing = ""
