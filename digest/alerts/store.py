"""What was decided and told, in the warehouse: each alert once, whoever looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from digest.alerts.model import Alert, Pending
from digest.alerts.reading import SQL, Row, rows
from digest.journal import Journal
from digest.model import Delivery

#: Attributes of `Alert` and the columns that hold them.
_COLUMNS = {
    "brand": "brand",
    "id": "alert_id",
    "incident_id": "incident_id",
    "kind": "kind",
    "phase": "phase",
    "score": "score",
    "people": "people_count",
    "posts": "post_count",
    "open_posts": "open_count",
    "expected": "expected_count",
    "excess": "excess_count",
    "since": "since_at",
    "until": "until_at",
    "started_at": "started_at",
    "decided_at": "decided_at",
}


class AlertJournal(Journal):
    """What became of one alert's messages, safe on disk before the next one leaves."""

    def __init__(self, outbox: Path, brand_id: str, alert_id: str) -> None:
        self.path = outbox / brand_id / "alerts" / f"{alert_id}.journal"


def add(
    con: duckdb.DuckDBPyConnection,
    alert: Alert,
    targets: Iterable[str],
    posts: Sequence[tuple[str, str]],
) -> None:
    """Note an alert, who is to get it, and the posts (platform, post id) that it shows."""
    values = {column: getattr(alert, name) for name, column in _COLUMNS.items()}
    key = {"brand": alert.brand, "alert_id": alert.id}
    _write(con, "insert_alert", values)
    _write(con, "insert_targets", {**key, "targets": list(targets), "decided_at": alert.decided_at})
    platforms, ids = [platform for platform, _ in posts], [post_id for _, post_id in posts]
    _write(con, "insert_posts", {**key, "platforms": platforms, "post_ids": ids})


def last_alerts(con: duckdb.DuckDBPyConnection, brand_id: str) -> dict[str, Alert]:
    """The last alert of each kind."""
    found = rows(con, SQL / "last_alerts.sql", {"brand": brand_id})
    return {row["kind"]: _alert(row) for row in found}


def pending(con: duckdb.DuckDBPyConnection, brand_id: str) -> list[Pending]:
    """Everything that somebody still has to get, oldest first, with the posts it shows."""
    found = rows(con, SQL / "pending.sql", {"brand": brand_id})
    ids = {row["alert_id"] for row in found}
    shown = {
        each: rows(con, SQL / "shown.sql", {"brand": brand_id, "alert_id": each}) for each in ids
    }
    return [Pending(_alert(row), row["target"], shown[row["alert_id"]]) for row in found]


def record(con: duckdb.DuckDBPyConnection, outbox: Path, told: Iterable[Pending]) -> None:
    """Copy the journals of messages into the warehouse; it can be repeated."""
    for each in told:
        journal = AlertJournal(outbox, each.alert.brand, each.alert.id)
        delivery = journal.deliveries().get(each.target)
        if delivery:
            _write(con, "record_delivery", _delivered(each.alert, delivery))


def _delivered(alert: Alert, delivery: Delivery) -> dict[str, object]:
    return {
        "brand": alert.brand,
        "alert_id": alert.id,
        "target": delivery.recipient,
        "message_id": delivery.message_id,
        "status": delivery.status,
        "detail": delivery.detail,
        "sent_at": delivery.at,
    }


def _write(con: duckdb.DuckDBPyConnection, name: str, values: dict[str, object]) -> None:
    con.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"), values)


def _alert(row: Row) -> Alert:
    return Alert(**{name: row[column] for name, column in _COLUMNS.items()})
