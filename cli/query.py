"""`horch query` and its relatives: what the published copy of the database knows."""

from __future__ import annotations

from typing import Annotated

import typer

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

ROWS_ON_A_TERMINAL = 50
#: Folders of queries for people, in the order in which they are listed; the others serve programs.
FOLDERS = ("triage", "metrics", "ledger", "checks")


def query(
    name: Annotated[str, typer.Argument(help="A query of horch queries, such as unanswered.")],
    brand: BrandOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    output: OutputFormat = Format.TABLE,
    limit: LimitOption = None,
    cases: Annotated[
        bool, typer.Option("--cases", help="The mentions that a metric's numbers count.")
    ] = False,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Print a triage list or a metric, such as unanswered.

    With --cases a metric gives the mentions behind its numbers, by the same filters.
    horch queries lists all of them. They read the published copy, so a run may be under way. As a
    table at most 50 rows are shown, unless --limit says otherwise.
    """
    print_query(name, brand, since, until, output, limit, watchlist, cases)


def print_query(
    name: str,
    brand: str | None,
    since: str | None,
    until: str | None,
    output: Format,
    limit: int | None,
    watchlist: WatchlistPath,
    cases: bool = False,
) -> None:
    """Run a query and print its rows."""
    import warehouse
    from cli import moments
    from cli.home import brand_of, open_home, zone_of
    from cli.rows import print_frame

    home, present = open_home(watchlist), moments.now()
    if brand is not None:
        brand_of(home.watchlist, brand)
    zone = zone_of(home.watchlist, brand)
    start = moments.moment(since, zone, present, "--since") if since else None
    end = moments.moment(until, zone, present, "--until") if until else None
    if start and end and start >= end:
        raise typer.BadParameter("the time ends before it begins", param_hint="--until")
    try:
        frame = warehouse.query(
            name, home.reader, now=present, brand=brand, since=start, until=end, cases=cases
        )
    except warehouse.UnknownQuery as error:
        raise typer.BadParameter(str(error), param_hint="NAME") from None
    except warehouse.NoCases as error:
        raise typer.BadParameter(str(error), param_hint="--cases") from None
    if limit is None and output is Format.TABLE:
        limit = ROWS_ON_A_TERMINAL
    print_frame(frame, output, zone, limit or None)


def queries(output: OutputFormat = Format.TABLE) -> None:
    """List the queries and what each one tells."""
    from datetime import UTC

    import warehouse
    from cli.listing import print_listing
    from cli.rows import print_table
    from cli.tables import Table

    known = sorted(
        (query for query in warehouse.catalogue() if query.folder in FOLDERS),
        key=lambda query: FOLDERS.index(query.folder),
    )
    if output is Format.TABLE:
        print_listing([(q.folder, q.name, q.description) for q in known])
        return
    rows = [(f"{q.folder}/{q.name}", q.description, q.grain) for q in known]
    print_table(Table(("query", "description", "one_row_is"), tuple(rows)), output, UTC)
