"""`horch check`: is the watch-list in order, and what does it say."""

from __future__ import annotations

import typer

from cli.frame import say
from cli.options import DEFAULT_WATCHLIST, WatchlistPath


def check(watchlist: WatchlistPath = DEFAULT_WATCHLIST) -> None:
    """Check the watch-list: name every mistake, or sum it up."""
    from cli.summary import summary_lines
    from collectors.registry import PLATFORMS
    from watchlist.load import load
    from watchlist.mistakes import WatchlistError

    try:
        settings = load(watchlist, platforms=PLATFORMS)
    except WatchlistError as error:
        for mistake in error.mistakes:
            say(str(mistake))
        raise typer.Exit(1) from None
    for line in summary_lines(settings):
        print(line)
    print(f"{watchlist} is in order.")
