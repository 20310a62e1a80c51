"""`horch import`: posts that other programs have collected."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.frame import say
from cli.options import DEFAULT_WATCHLIST, WatchlistPath


def import_posts(
    file: Annotated[Path, typer.Argument(help="Posts: .jsonl, .json or .csv.", metavar="FILE")],
    brand: Annotated[
        str, typer.Option("--brand", "-b", metavar="ID", help="The brand the posts concern.")
    ],
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Load posts that other programs have collected.

    They become mentions of the brand. The README tells the format: JSON lines or CSV. Posts
    that cannot be used are kept as rejects, see horch rejects; the others are loaded. The next
    horch run tags them and works out who answered.
    """
    import warehouse
    from cli import moments, steps
    from cli.home import brand_of, open_home
    from pipeline.steps import publish

    home = open_home(watchlist)
    brand_of(home.watchlist, brand)
    now = moments.now()
    with warehouse.open_writer(home.warehouse) as con:
        warehouse.sync_watchlist(con, home.watchlist, now)
        loaded = warehouse.import_posts(con, file, brand, now)
        warehouse.sync_watchlist(con, home.watchlist, now)  # old posts need older office hours
    new = steps.counted(loaded.new, "new post")
    print(f"{new}, {loaded.changed} changed, {loaded.rejected} rejected")
    if loaded.new or loaded.changed:
        print("the next horch run tags them and works out who answered")
    if loaded.rejected:
        publish(home)  # or horch rejects would not show them before the next run
        rejected = steps.counted(loaded.rejected, "line")
        say(f"{rejected} of {file} could not be used; see horch rejects")
        raise typer.Exit(1)
