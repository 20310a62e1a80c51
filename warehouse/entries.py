"""What landing files cover, miss and cost, on its way into the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import duckdb

from collectors.model import Landing
from warehouse.ledger import is_ahead, missed, settled
from warehouse.staging import RowWriter
from warehouse.statements import run_sql


class LedgerStage:
    """The trailers of the files of one load, entered all at once: a round can leave hundreds."""

    def __init__(self, con: duckdb.DuckDBPyConnection, now: datetime) -> None:
        run_sql(con, "load/stage_ledger_table")
        self._con = con
        self._now = now
        self._rows = RowWriter(con, "load/stage_ledger")
        self._size = 0

    def add(self, landing: Landing, **file: object) -> None:
        """Take one trailer, with what is known of its file: path, sha256, counts."""
        self._size += 1
        self._rows.add({"seq": self._size, **file, **_row(landing, self._now)})

    def flush(self) -> None:
        """Write everything into the ledger."""
        self._rows.flush()
        run_sql(self._con, "load/enter", now=self._now)


def _row(landing: Landing, now: datetime) -> dict[str, Any]:
    covered = settled(landing, now)
    return {
        "platform": landing.platform,
        "brand": landing.brand,
        "kind": landing.kind,
        "retrieved_at": now if is_ahead(landing, now) else landing.retrieved_at,
        "billed_requests": landing.requests,
        "billed_posts": landing.posts,
        "billed_users": landing.users,
        "cost_usd": landing.cost_usd,
        "topics": landing.topics,
        "covered": [{"start_at": each.start, "end_at": each.end} for each in covered],
        "gaps": [
            {
                "start_at": gap.window.start,
                "end_at": gap.window.end,
                "reason": gap.reason,
                "detail": gap.detail,
                "is_final": gap.is_final,
            }
            for gap in missed(landing, now)
        ],
        "root_ids": landing.root_ids,
        # A conversation counts as read up to the end of what was, if nothing broke it off.
        "checked_at": max((each.end for each in covered), default=None)
        if not landing.error
        else None,
    }
