"""`horch backfill`: read what is missing in a stretch of the past, as far as it is still given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DEFAULT_WATCHLIST, WatchlistPath
from cli.steps import PlatformOption, fail_for, platforms, print_collected

if TYPE_CHECKING:
    from collectors.model import Window
    from watchlist.errors import HorchError
    from watchlist.model import Brand


def backfill(
    brand: Annotated[str, typer.Option("--brand", "-b", metavar="ID", help="For this brand.")],
    since: Annotated[str, typer.Option(metavar="TIME", help="From this day or time: 2026-11-20.")],
    until: Annotated[
        str | None, typer.Option(metavar="TIME", help="Before this day or time. [default: now]")
    ] = None,
    platform: PlatformOption = None,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Read what a brand lacks between two moments.

    What has been read already is not paid for again. X gives the last 7 days; what is older goes
    into the books as a gap. Run horch load afterwards, or wait for the next run.
    """
    from cli import environment, moments
    from cli.home import brand_of, open_home
    from pipeline import steps

    home = open_home(watchlist)
    window = _window(brand_of(home.watchlist, brand), since, until)
    failures: list[HorchError] = []
    steps.prepare(home, moments.now())
    for name in platforms(home, platform, brand):
        found = environment.needed(name)
        report = steps.backfill(home, name, found, moments.now(), brand, window)
        print_collected(report)
        failures += report.failures
    fail_for(failures)


def _window(brand: Brand, since: str, until: str | None) -> Window:
    from cli import moments
    from collectors.model import Window

    present = moments.now()
    start = moments.moment(since, brand.zone, present, "--since")
    end = moments.moment(until, brand.zone, present, "--until") if until else present
    if start >= end:
        raise typer.BadParameter("it must lie before --until", param_hint="--since")
    return Window(start, end)
