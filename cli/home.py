"""The installation a command works on: the watch-list, its data folder, its brands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from cli import frame

if TYPE_CHECKING:
    from pipeline.home import Home
    from watchlist.model import Brand, Watchlist


def open_home(watchlist_path: Path) -> Home:
    """Read the watch-list and find its data folder.

    Raises:
        WatchlistError: the file is missing or wrong.
    """
    from collectors.registry import PLATFORMS
    from pipeline.home import Home
    from watchlist.load import load

    watchlist = load(watchlist_path, platforms=PLATFORMS)
    home = Home(watchlist, watchlist.storage.path)
    frame.log_folder = home.logs
    return home


def brand_of(watchlist: Watchlist, brand_id: str) -> Brand:
    """Return a brand by its id.

    Raises:
        typer.BadParameter: there is none.
    """
    known = {brand.id: brand for brand in watchlist.brands}
    if brand_id not in known:
        from watchlist.guess import nearest

        meant = nearest(brand_id, known)
        remedy = f"did you mean {meant}?" if meant else f"choose of {', '.join(known)}"
        raise typer.BadParameter(
            f"no brand has the id {brand_id!r}; {remedy}", param_hint="--brand"
        )
    return known[brand_id]


def zone_of(watchlist: Watchlist, brand_id: str | None) -> ZoneInfo:
    """Return the zone to show times in: the brand's, or the one that all brands share, or UTC."""
    zones = {b.time_zone for b in watchlist.brands if brand_id in (None, b.id)}
    return ZoneInfo(zones.pop() if len(zones) == 1 else "UTC")
