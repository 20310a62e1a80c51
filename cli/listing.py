"""Names and what they mean, under headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from cli.terminal import harmless, is_terminal


def print_listing(entries: Sequence[tuple[str, str, str]]) -> None:
    """Print (heading, name, meaning) entries; neighbours share a heading."""
    console = Console(highlight=False, markup=False, emoji=False)
    names = max(len(name) for _heading, name, _meaning in entries) + 2
    for heading, group in groupby(entries, key=lambda entry: entry[0]):
        console.print(Text(heading, style="bold"))
        for _heading, name, meaning in group:
            _print_entry(console, f"  {name:<{names}}", harmless(meaning))


def _print_entry(console: Console, start: str, meaning: str) -> None:
    if not is_terminal():
        print(f"{start}{meaning}".rstrip())
        return
    for line in Text(meaning).wrap(console, max(console.width - len(start), 20)):
        console.print(Text(start) + line)
        start = " " * len(start)
