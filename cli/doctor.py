"""`horch doctor`: does everything this installation needs work, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from cli.frame import say
from cli.options import DEFAULT_WATCHLIST, WatchlistPath
from cli.terminal import harmless, is_terminal

if TYPE_CHECKING:
    from rich.text import Text

    from cli.findings import Finding
    from pipeline.home import Home

_COLOURS = {"ok": "green", "note": "yellow", "missing": "red", "failed": "red"}
_SUBJECT, _STATE = 12, 9


def doctor(watchlist: WatchlistPath = DEFAULT_WATCHLIST) -> None:
    """Test every connection and say what is missing.

    Looks at the watch-list, the platforms, the mail server, the model that tags, the disk and the
    database. Each platform is asked one question that costs nothing. Variables are named, never
    shown. The exit code is 1 if something that the watch-list asks for does not work.
    """
    from cli.home import open_home
    from cli.progress import each_while_waiting

    home = open_home(watchlist)
    needing = 0
    for finding in each_while_waiting("asking", _findings(home, watchlist.name)):
        _print(finding)
        needing += finding.needs_attention
    if needing:
        thing = "1 thing needs" if needing == 1 else f"{needing} things need"
        say(f"{thing} attention, see missing or failed; mend it and run horch doctor again")
        raise typer.Exit(1)


def _findings(home: Home, name: str) -> Iterator[Finding]:
    from cli import findings, moments

    now = moments.now()
    brands = ", ".join(brand.id for brand in home.watchlist.brands)
    yield findings.Finding("watch-list", "ok", f"{name} is in order, it watches for {brands}")
    yield from findings.platform_findings(home, now)
    yield findings.mail_finding(home)
    yield from findings.channel_findings(home)
    yield from findings.recipient_findings(home)
    yield findings.tagging_finding(home)
    yield findings.disk_finding(home)
    yield from findings.database_findings(home, now)


def _print(finding: Finding) -> None:
    from rich.text import Text

    start = Text.assemble(
        f"{finding.subject:<{_SUBJECT}}", (f"{finding.state:<{_STATE}}", _COLOURS[finding.state])
    )
    _print_indented(start, finding.message)
    for detail in finding.details:
        _print_indented(Text(" " * (_SUBJECT + _STATE)), detail)


def _print_indented(start: Text, words: str) -> None:
    """Print words in the room right of `start`; whole where nobody looks at a terminal."""
    words = harmless(words)
    if not is_terminal():
        print(f"{start.plain}{words}")
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    for line in Text(words).wrap(console, max(console.width - len(start), 20)):
        console.print(start + line)
        start = Text(" " * len(start))
