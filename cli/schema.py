"""`horch schema`: what analysts can query, column by column."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import DEFAULT_WATCHLIST, Format, OutputFormat, WatchlistPath

#: What an analyst begins with; the other tables come after these.
_FIRST = ("mention_status", "open_mentions", "daily_metrics")
_COLUMNS = """
SELECT table_name, column_name, data_type, comment
FROM duckdb_columns()
WHERE NOT internal AND schema_name = 'main'
ORDER BY table_name, column_index
"""


def schema(
    table: Annotated[
        str | None, typer.Argument(help="One table or view; without it all.", metavar="TABLE")
    ] = None,
    output: OutputFormat = Format.TABLE,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Describe the database's views and tables, column by column."""
    from datetime import UTC

    import warehouse
    from cli.home import open_home
    from cli.listing import print_listing
    from cli.rows import print_table
    from cli.tables import Table

    home = open_home(watchlist)
    with warehouse.open_reader(home.reader) as con:
        rows = con.execute(_COLUMNS).fetchall()
    rows.sort(key=lambda row: _FIRST.index(row[0]) if row[0] in _FIRST else len(_FIRST))
    if table is not None:
        rows = _of(table, rows)
    if output is Format.TABLE:
        print_listing([(of, name, f"{kind:<26}{note or ''}") for of, name, kind, note in rows])
        return
    columns = ("table", "column", "type", "comment")
    print_table(Table(columns, tuple(tuple(row) for row in rows)), output, UTC)


def _of(table: str, rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return one table's rows.

    Raises:
        typer.BadParameter: there is no such table.
    """
    found = [row for row in rows if row[0] == table]
    if not found:
        from watchlist.guess import nearest

        meant = nearest(table, sorted({row[0] for row in rows}))
        hint = f"did you mean {meant}?" if meant else "horch schema lists all"
        raise typer.BadParameter(f"there is no {table!r}; {hint}", param_hint="TABLE")
    return found
