"""`horch demo`: everything once against a made-up world, and what came of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from demo.airflow_home import ROOT
from demo.display import Display
from demo.run import Outcome, run


def demo(
    folder: Annotated[
        Path, typer.Option("--to", metavar="FOLDER", help="Where everything goes.")
    ] = ROOT / "var" / "demo",
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Forget the earlier runs in that folder first.")
    ] = False,
) -> None:
    """Run Airflow's DAGs once against a small made-up world, without any account.

    Two companies that do not exist, some 400 posts, local servers that speak as X and Reddit do.
    A second run goes on where the first one ended, and adds nothing twice.
    """
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    console = Console()
    with Display(console) as display:
        outcome = run(folder, display)
    for line in _summary(outcome):
        console.print(line, highlight=False, soft_wrap=True)


def _summary(outcome: Outcome) -> Iterator[str]:
    yield ""
    yield from (f"digest  {_near(path)}" for path in outcome.digests if path.suffix != ".csv")
    yield from (f"mail    {_near(path)}" for path in outcome.mails)
    if not outcome.mails:
        yield "mail    none: today's digests had been sent before"
    yield f"data    {_near(outcome.home.reader)}"
    yield ""
    yield f"Try     horch query unanswered --watchlist {_near(outcome.watchlist)}"


def _near(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
