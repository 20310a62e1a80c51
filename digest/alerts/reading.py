"""What the warehouse knows, read for judging: the last hours, the past weeks, how far was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

import queries
from digest.alerts.baseline import HELD_BACK, HISTORY, Profile, learn
from digest.alerts.incident import read
from digest.alerts.model import OUTAGES, SHITSTORM, Hour, Reading, Said, Signal
from digest.alerts.score import NARROW, WIDE
from watchlist.model import Brand

QUERIES = Path(queries.__file__).parent / "alerts"
SQL = Path(__file__).parent / "sql"

#: Where nothing was read for longer than this, nothing is judged: neither begun nor over.
STALE_AFTER = timedelta(hours=2)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Assessment:
    """How a brand stands.

    Attributes:
        until: How far it was read; None: never.
        is_fresh: Whether that is recent enough to judge.
        known: Complete hours that the usual was learned from.
        readings: One per signal; none where it cannot be judged.
        heard: The mentions of the last hours.
    """

    until: datetime | None
    is_fresh: bool
    known: int = 0
    readings: tuple[Reading, ...] = ()
    heard: tuple[Row, ...] = ()


def rows(
    con: duckdb.DuckDBPyConnection, path: Path, values: Mapping[str, object]
) -> tuple[Row, ...]:
    """Run the one statement of a file with those values that it names."""
    sql = path.read_text(encoding="utf-8")
    wanted = con.extract_statements(sql)[0].named_parameters
    result = con.execute(sql, {name: values[name] for name in wanted})
    columns = [column[0] for column in result.description or ()]
    return tuple(dict(zip(columns, row, strict=True)) for row in result.fetchall())


def assess(con: duckdb.DuckDBPyConnection, brand: Brand, now: datetime) -> Assessment:
    """Judge every signal of a brand by what was read up to `now`."""
    until = _read_until(con, brand.id, now)
    if until is None or until < now - STALE_AFTER:
        return Assessment(until, is_fresh=False)
    lately = heard(con, brand.id, until - WIDE - NARROW, until)
    past = _history(con, brand.id, until)
    profiles = {signal: _profile(past, signal, brand) for signal in (SHITSTORM, *OUTAGES)}
    known = profiles[SHITSTORM].known
    if not profiles[SHITSTORM].is_learned:
        return Assessment(until, True, known, heard=lately)
    readings = (read(name, said(lately, name), what, until) for name, what in profiles.items())
    return Assessment(until, True, known, tuple(readings), lately)


def heard(
    con: duckdb.DuckDBPyConnection, brand_id: str, since: datetime, until: datetime
) -> tuple[Row, ...]:
    """Mentions by customers, posted in [since, until) and collected soon after."""
    values = {"brand": brand_id, "since": since, "until": until}
    return rows(con, QUERIES / "heard.sql", values)


def said(lately: tuple[Row, ...], signal: Signal) -> list[Said]:
    """The mentions as they count for a signal."""
    return [
        Said(row["created_at"], row["who"], counts(row, signal), row["is_open"], row["reach_count"])
        for row in lately
    ]


def counts(row: Row, signal: Signal) -> bool:
    """Whether a mention is of the kind that a signal counts."""
    if signal == SHITSTORM:
        return bool(row["is_complaint"])
    return signal in (row["spill_over"] or ())


def _read_until(con: duckdb.DuckDBPyConnection, brand_id: str, now: datetime) -> datetime | None:
    ((row),) = rows(con, SQL / "read_until.sql", {"brand": brand_id, "now": now})
    found = row["read_until_at"]
    return found.astimezone(UTC) if found else None


def _history(con: duckdb.DuckDBPyConnection, brand_id: str, until: datetime) -> tuple[Row, ...]:
    last = (until - HELD_BACK).replace(minute=0, second=0, microsecond=0)
    values = {"brand": brand_id, "since": last - HISTORY, "until": last}
    return rows(con, QUERIES / "hours.sql", values)


def _profile(past: tuple[Row, ...], signal: Signal, brand: Brand) -> Profile:
    hours = [
        Hour(row["starts_at"], row[f"{signal}_count"], row["mention_count"], row["is_complete"])
        for row in past
    ]
    return learn(hours, brand.zone)
