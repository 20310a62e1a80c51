"""What was read, what was not, what it cost: the books of the installation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from cli.options import (
    DEFAULT_WATCHLIST,
    BrandOption,
    Format,
    LimitOption,
    OutputFormat,
    SinceOption,
    UntilOption,
    WatchlistPath,
)
from cli.query import print_query

if TYPE_CHECKING:
    from warehouse import Hole


def usage(
    brand: BrandOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    output: OutputFormat = Format.TABLE,
    limit: LimitOption = None,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Show requests, posts read and what they cost."""
    print_query("ledger/usage", brand, since, until, output, limit, watchlist)
    if output is Format.TABLE:
        print("".join(f"\n{line}" for line in _budgets(watchlist)))


def _budgets(watchlist: Path) -> Iterator[str]:
    """Say what this month has cost, where that is limited."""
    import warehouse
    from cli import moments
    from cli.home import open_home

    home = open_home(watchlist)
    month = moments.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    with warehouse.open_reader(home.reader) as con:
        for platform, budget in home.watchlist.budget.items():
            spent = warehouse.spent_usd(con, platform, month)
            yield f"{platform}: ${spent:.2f} of the ${budget:.2f} for {month:%B} (UTC) are spent"


def gaps(
    brand: BrandOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    output: OutputFormat = Format.TABLE,
    limit: LimitOption = None,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Show what the platforms could not give, and why."""
    print_query("ledger/gaps", brand, since, until, output, limit, watchlist)


def rejects(
    since: SinceOption = None,
    until: UntilOption = None,
    output: OutputFormat = Format.TABLE,
    limit: LimitOption = None,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Show input that could not be used, with file, line and reason."""
    print_query("ledger/rejects", None, since, until, output, limit, watchlist)


def coverage(
    brand: BrandOption = None,
    output: OutputFormat = Format.TABLE,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Show how far each topic has been read, and its holes, as a table and as a strip."""
    import warehouse
    from cli import moments
    from cli.home import brand_of, open_home, zone_of
    from cli.rows import print_table
    from cli.strip import strips
    from cli.tables import Table

    home = open_home(watchlist)
    if brand is not None:
        brand_of(home.watchlist, brand)
    zone = zone_of(home.watchlist, brand)
    with warehouse.open_reader(home.reader) as con:
        lines = warehouse.coverage_report(con, moments.now(), brand)
    rows = tuple(
        (
            line.brand,
            line.platform,
            line.topic,
            min((window.start for window in line.covered), default=None),
            max((window.end for window in line.covered), default=None),
            [_hole(hole, zone) for hole in line.holes],
        )
        for line in lines
    )
    columns = ("brand", "platform", "topic", "read_from_at", "read_until_at", "holes")
    print_table(Table(columns, rows, "nothing was read yet; horch run begins"), output, zone)
    if output is Format.TABLE:
        wide = get_terminal_size().columns
        print("\n".join(["", *strips(lines, moments.now(), zone, wide)]))


def _hole(hole: Hole, zone: tzinfo) -> str:
    start, end = hole.window.start.astimezone(zone), hole.window.end.astimezone(zone)
    closes = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    why = f" {hole.reason}" if hole.reason else ""
    lost = ", lost" if hole.is_final else ""
    return f"{start:%Y-%m-%d %H:%M} to {closes}{why}{lost}"
