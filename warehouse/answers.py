"""Keeps `replies` and `answers` true to the posts: who was answered, by whom, how fast.

The rules are SQL, in `warehouse/sql/answers`: `affected_*.sql` names the threads to rebuild, the
numbered files of `batch/` work out their cases one step at a time in temporary tables, and the
last of them writes the rows that differ.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.db import transaction
from warehouse.statements import run_sql

BATCH_THREADS = 200_000
"""Threads that are rebuilt at a time: bounds the memory of a full rebuild."""
SUPERUSER_ANSWERS = 100
"""Helpful answers to a brand's customers that make a member a super-user."""

_STEPS = sorted(path.stem for path in (Path(__file__).parent / "sql/answers/batch").glob("*.sql"))
_log = logging.getLogger(__name__)


def update_answers(con: duckdb.DuckDBPyConnection, now: datetime, full: bool = False) -> int:
    """Rebuild what is derived from the threads in `dirty_threads`, in one transaction.

    Nothing that is stored depends on `now` but `updated_at` of the rows that changed. A full
    rebuild therefore ends in the same rows as any series of incremental ones.

    Args:
        con: a writer's connection, outside of a transaction.
        now: aware time, noted on every row that changed.
        full: rebuild every thread, also those that nothing happened to.

    Returns:
        How many threads were rebuilt.
    """
    with transaction(con):
        run_sql(con, "answers/prepare")
        count = _rebuild(con, "answers/affected_all" if full else "answers/affected_dirty", now)
        if full:
            run_sql(con, "answers/touch_all")
        if _count_helpers(con):
            run_sql(con, "answers/superusers_dirty")
            count += _rebuild(con, "answers/affected_dirty", now)
            _count_helpers(con)
        run_sql(con, "answers/done")
    _log.info("answers: %d threads rebuilt", count)
    return count


def _rebuild(con: duckdb.DuckDBPyConnection, affected: str, now: datetime) -> int:
    """Rebuild the threads that the file `affected` selects, batch by batch; returns how many."""
    run_sql(con, affected, batch_size=BATCH_THREADS)
    count = _count(con, "affected_threads")
    for batch_no in range(-(-count // BATCH_THREADS)):
        for step in _STEPS:
            run_sql(
                con,
                f"answers/batch/{step}",
                batch_no=batch_no,
                helpful_count=SUPERUSER_ANSWERS,
                now=now,
            )
    return count


def _count_helpers(con: duckdb.DuckDBPyConnection) -> int:
    """Keep `helpers` true to what has just been rebuilt; returns how many rose or fell by it."""
    run_sql(con, "answers/helpers", helpful_count=SUPERUSER_ANSWERS)
    return _count(con, "changed_superusers")


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    rows = con.table(table).count("*").fetchall()
    return int(rows[0][0])
