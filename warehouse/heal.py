"""Undo what a clock that ran ahead has entered into the books."""

from __future__ import annotations

import logging
from datetime import datetime

import duckdb

from warehouse.db import transaction
from warehouse.ledger import CLOCKS_DIFFER, SETTLING
from warehouse.statements import count, run_sql

log = logging.getLogger(__name__)


def heal_ahead(con: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Take back coverage of time that has not come; the next run reads it.

    Platforms tell the time in their answers, and collecting stops when ours is ahead of theirs.
    This is for those that do not, or behind a proxy that leaves it out.
    """
    if not count(run_sql(con, "load/is_ahead", now=now, differ=CLOCKS_DIFFER)):
        return
    log.warning("the books know of times to come: was the clock ahead? they are read again")
    with transaction(con):
        run_sql(con, "load/heal_ahead", now=now, differ=CLOCKS_DIFFER, settling=SETTLING)
