"""Bring people's actions into the warehouse, where digests, queries and answers see them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from desk.actions import Recorded, read
from desk.statements import sql
from warehouse.db import transaction

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def sync_actions(con: DuckDBPyConnection, actions_path: Path) -> int:
    """Copy actions that the warehouse lacks into `triage` and `corrections`; return how many.

    Threads of corrected posts become dirty. All of it in one transaction, and it can be repeated:
    an action is known by its time, which no two share.

    Args:
        con: A writer's connection, outside of a transaction.
        actions_path: The file of `desk.actions`; it may be missing.
    """
    rows = as_json(read(actions_path))
    with transaction(con):
        known = _count(con)
        con.execute(sql("sync/triage"), {"rows": rows})
        con.execute(sql("sync/dirty_threads"), {"rows": rows})
        con.execute(sql("sync/corrections"), {"rows": rows})
        return _count(con) - known


def as_json(actions: list[Recorded]) -> str:
    """Actions as one JSON list: the quickest way of many rows into DuckDB."""
    return json.dumps([vars(action) for action in actions], default=lambda at: at.isoformat())


def _count(con: DuckDBPyConnection) -> int:
    row = con.execute(sql("sync/count")).fetchone()
    return int(row[0]) if row else 0
