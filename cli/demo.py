"""`horch demo`: everything once against a made-up world, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from demo.run import Outcome

_ROWS = 10
_STALE = timedelta(days=3)


def demo(
    folder: Annotated[
        Path,
        typer.Option("--to", metavar="FOLDER", help="Where everything goes; delete it to restart."),
    ] = Path("var/demo"),
) -> None:
    """Run Airflow's DAGs once against a small made-up world, without any account.

    Two companies that do not exist, some 400 posts, local servers that speak as X and Reddit do.
    A second run goes on where the first one ended, and adds nothing twice.
    """
    from rich.console import Console

    from cli.options import Format
    from cli.query import print_query
    from demo.display import Display
    from demo.run import run

    with Display(Console()) as display:
        outcome = run(folder, display)
    print("\nOpen in public, what hurts most first:\n")
    print_query("unanswered", None, None, None, Format.TABLE, _ROWS, outcome.watchlist)
    for line in _summary(outcome):
        print(line)


def _summary(outcome: Outcome) -> Iterator[str]:
    yield ""
    yield from (f"digest    {_near(path)}" for path in outcome.digests if path.suffix != ".csv")
    yield from (f"mail      {_near(path)}" for path in outcome.mails)
    if not outcome.mails:
        yield "mail      none: today's digests are out already"
    yield f"database  {_near(outcome.home.reader)}"
    yield ""
    if datetime.now(UTC) - outcome.world_since > _STALE:
        yield f"This world is days old; delete {_near(outcome.watchlist.parent)} for a fresh one."
    yield f"Try: .venv/bin/horch query response_times --watchlist {_near(outcome.watchlist)}"


def _near(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
