"""The SQL of this package, by name: `run_sql(con, "load/delta")` runs `sql/load/delta.sql`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

_FOLDER = Path(__file__).parent / "sql"


@cache
def sql(name: str) -> str:
    """Return the text of `warehouse/sql/<name>.sql`."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


@cache
def _statements(name: str) -> tuple[tuple[str, frozenset[str]], ...]:
    parts = duckdb.extract_statements(sql(name))
    return tuple((part.query, frozenset(part.named_parameters)) for part in parts)


def run_sql(
    con: duckdb.DuckDBPyConnection, name: str, **parameters: object
) -> duckdb.DuckDBPyConnection:
    """Run every statement of a file with those parameters that it names.

    Returns:
        The connection, holding the result of the last statement.
    """
    for query, names in _statements(name):
        con.execute(query, {key: parameters[key] for key in names} or None)
    return con


def count(con: duckdb.DuckDBPyConnection) -> int:
    """Return the one number of the last result: how many rows a statement wrote, or a count."""
    row = con.fetchone()
    return int(row[0]) if row and row[0] is not None else 0
