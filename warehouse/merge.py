"""Bring the posts of `staged_posts` into the warehouse, inside the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb

from warehouse.mentions import match_mentions
from warehouse.statements import run_sql
from warehouse.threads import settle_threads


@dataclass(frozen=True)
class Merged:
    """How many posts were new, how many known ones differ now, and how many mentions are new."""

    new: int
    changed: int
    mentions: int


def merge_staged(
    con: duckdb.DuckDBPyConnection, now: datetime, handed_in_for: str | None = None
) -> Merged:
    """Write posts, authors, threads and mentions, and note what is left to do.

    Args:
        con: a writer's connection, inside a transaction.
        now: noted on every row that changes.
        handed_in_for: the brand of an import; None for what a platform has shown.
    """
    is_import = handed_in_for is not None
    run_sql(con, "load/shown", is_import=is_import)
    run_sql(con, "load/delta", is_import=is_import, now=now)
    run_sql(con, "load/upsert", now=now)
    run_sql(con, "load/changed", now=now)
    run_sql(con, "load/authors")
    run_sql(con, "load/show", now=now)
    settle_threads(con)
    run_sql(con, "mentions/company_authors")
    run_sql(con, "mentions/scope_load")
    if is_import:
        run_sql(con, "mentions/scope_handed_in", brand=handed_in_for)
    mentions = match_mentions(con, now, handed_in_for=handed_in_for)
    run_sql(con, "load/follow_up")
    new, changed = run_sql(con, "load/counted").fetchall()[0]
    return Merged(new, changed, mentions)
