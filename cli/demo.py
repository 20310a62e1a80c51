"""`horch demo`: everything at work on a small made-up world, without any account."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from demo.run import Outcome


def demo(
    folder: Annotated[
        Path, typer.Option("--to", metavar="DIR", help="Where to keep the demo's data.")
    ] = Path("var/demo"),
) -> None:
    """Run everything on a small made-up world, without any account.

    Plays the world as X and Reddit on this machine, runs the real Airflow DAGs on it with the
    real clients, and shows what came of it. A second run goes on where the first one ended, and
    adds nothing twice.
    """
    from rich.console import Console

    from cli import frame
    from demo.display import Display
    from demo.run import run

    began = time.monotonic()
    frame.log_folder = folder.resolve() / "logs"
    with Display(Console()) as display:
        outcome = run(folder.resolve(), display)
    _print_outcome(outcome, time.monotonic() - began)


def _print_outcome(outcome: Outcome, seconds: float) -> None:
    import warehouse
    from cli import moments
    from cli.home import zone_of
    from cli.options import Format
    from cli.rows import print_frame
    from cli.terminal import age

    home = outcome.home
    print("\nWhat nobody has answered yet:\n")
    frame = warehouse.query("unanswered", home.reader, now=moments.now())
    print_frame(frame, Format.TABLE, zone_of(home.watchlist, None), _ROWS)
    print(f"\nDone in {age(seconds)}. Look at")
    for label, path in _places(outcome):
        print(f"  {label:<10} {path}")
    watchlist = _shown(outcome.watchlist)
    print("and try")
    print(f"  horch query overdue --watchlist {watchlist}")
    print(f"  horch query metrics/daily --since 7d --watchlist {watchlist}")


_ROWS = 12


def _places(outcome: Outcome) -> list[tuple[str, Path]]:
    pages = [path for path in outcome.digests if path.suffix == ".html"]
    texts = [path for path in outcome.digests if path.suffix == ".txt"]
    places = [("digest", page) for page in pages] + [("as text", text) for text in texts]
    places += [("as mailed", mail) for mail in outcome.mails]
    places.append(("database", outcome.home.reader))
    return [(label, _shown(path)) for label, path in places]


def _shown(path: Path) -> Path:
    """Return a path as one would type it from here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
