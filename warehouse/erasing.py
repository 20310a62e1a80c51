"""What must not be kept: people who want to be forgotten, and texts past their time."""

from __future__ import annotations

from datetime import datetime

import duckdb

from warehouse.db import transaction
from warehouse.statements import count, run_sql


def forget(
    con: duckdb.DuckDBPyConnection, who: str, now: datetime, platform: str | None = None
) -> list[tuple[str, str]]:
    """Erase a person and stop their posts from coming back.

    Args:
        con: A writer's connection, outside of a transaction.
        who: Handle, with or without @ and in any case, or the platform's author id.
        now: Aware time, noted on the tombstone.
        platform: Only there; None: wherever this handle or id is known.

    Returns:
        (platform, post id) of every post that lost its text and author; empty if nobody is known
        by that name.
    """
    wanted = who.strip().removeprefix("@").lower()
    with transaction(con):
        return run_sql(con, "erase/forget", who=wanted, platform=platform, now=now).fetchall()


def apply_retention(con: duckdb.DuckDBPyConnection, now: datetime) -> int:
    """Remove texts older than the watch-list keeps them; return how many.

    Their numbers stay, and a tombstone each stops the text from coming back.
    """
    with transaction(con):
        return count(run_sql(con, "erase/retention", now=now))
