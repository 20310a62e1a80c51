"""What must not be kept: people who want to be forgotten, and texts past their time."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import duckdb

from collectors.landing import complete_files
from warehouse.db import transaction
from warehouse.statements import count, run_sql

_NUMBERED = re.compile(r"^\d+-")


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


def outlived_landings(
    con: duckdb.DuckDBPyConnection, landing_dir: Path, before: datetime
) -> list[Path]:
    """Return landing files that were loaded, or found broken, before a moment and still exist."""
    rows = run_sql(con, "erase/outlived_landings", before=before).fetchall()
    loaded = {landing_dir / path for path, is_broken in rows if not is_broken}
    broken = {f"{Path(path).name}.broken" for path, is_broken in rows if is_broken}
    aside = (landing_dir / "broken").glob("*.broken")
    return [
        *(path for path in complete_files(landing_dir) if path in loaded),
        *(path for path in aside if _NUMBERED.sub("", path.name) in broken),
    ]


def apply_retention(con: duckdb.DuckDBPyConnection, now: datetime) -> int:
    """Remove texts older than the watch-list keeps them; return how many.

    Their numbers stay, and a tombstone each stops the text from coming back.
    """
    with transaction(con):
        return count(run_sql(con, "erase/retention", now=now))
