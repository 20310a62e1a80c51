"""What the warehouse knows about sent digests: journals copied in, served recipients read out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import duckdb

from digest.journal import Journal
from digest.model import Delivery, Edition

_SQL = Path(__file__).parent / "sql"

Served = frozenset[tuple[str, date, str, str]]
"""(brand, local day, edition, recipient) of digests that are done with."""


def record(
    con: duckdb.DuckDBPyConnection,
    outbox: Path,
    brand_id: str,
    day: date,
    edition: Edition = "daily",
) -> int:
    """Copy the journal of a brand's day into `digests`; return how many rows are new.

    Call it in a short write transaction of its own, after the mails have left. It can be repeated
    and also brings in what a killed run noted.
    """
    sql = (_SQL / "record_delivery.sql").read_text(encoding="utf-8")
    key = {"brand": brand_id, "digest_date": day, "edition": edition}
    return sum(
        _changed(con, sql, {**key, **_columns(each)})
        for each in Journal(outbox / brand_id, day, edition).deliveries().values()
    )


def _columns(delivery: Delivery) -> dict[str, object]:
    fields = asdict(delivery)
    fields["sent_at"] = fields.pop("at")
    return fields


def _changed(con: duckdb.DuckDBPyConnection, sql: str, values: dict[str, object]) -> int:
    row = con.execute(sql, values).fetchone()
    return int(row[0]) if row else 0


def served(con: duckdb.DuckDBPyConnection, since: date) -> Served:
    """Every (brand, local day, edition, recipient) since a day that needs no digest any more."""
    sql = (_SQL / "served.sql").read_text(encoding="utf-8")
    return frozenset(con.execute(sql, {"since": since}).fetchall())
