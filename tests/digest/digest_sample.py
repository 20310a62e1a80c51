"""A warehouse in memory with two weeks of a made-up utility's mentions, as the digest reads it."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from watchlist.model import Brand

SCHEMA = Path(__file__).resolve().parents[2] / "warehouse" / "schema"
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 6, 30, tzinfo=UTC)  # Wednesday 07:30 in Berlin


def a_brand(digest: dict[str, object] | None = None, **changes: object) -> Brand:
    """The utility of the tests, open on weekdays from 8 to 12 and 13 to 18 o'clock."""
    recipients = ("leitung@kronfurt.example", "team@kronfurt.example")
    weekdays = ("mon", "tue", "wed", "thu", "fri")
    settings: dict[str, object] = {
        "id": "kronfurt",
        "name": "Stadtwerke Kronfurt",
        "handles": ("@KronfurtHilft",),
        "time_zone": "Europe/Berlin",
        "office_hours": dict.fromkeys(weekdays, ("08:00-12:00", "13:00-18:00")),
        "answer_within": "4h",
        "digest": {"recipients": recipients} | (digest or {}),
    }
    return Brand.model_validate(settings | changes)


def warehouse(brand: Brand, now: datetime = NOW) -> duckdb.DuckDBPyConnection:
    """A warehouse in memory that knows the brand and its hours, and nothing else."""
    con = duckdb.connect()
    _apply_schema(con)
    insert(
        con,
        "brands",
        brand=brand.id,
        name=brand.name,
        time_zone=brand.time_zone,
        answer_within_seconds=int(brand.answer_within.total_seconds()),
        digest_at=brand.digest.at,
        retention_seconds=86400 * 365,
    )
    for platform in brand.platforms:
        insert(con, "brand_platforms", brand=brand.id, platform=platform, engage="all")
    if not brand.office_hours.never_closes:
        _office_hours(con, brand, now)
    return con


def insert(con: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    """One row; columns that are not named are NULL, or empty where they must not be."""
    insert_all(con, table, [values])


def insert_all(
    con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, object]]
) -> None:
    """Many rows in one statement."""
    empty = _must_have()[table]
    names = sorted({*empty, *(name for row in rows for name in row)})
    line = f"({', '.join('?' for _name in names)})"
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([line] * len(rows))}"  # noqa: S608
    con.execute(sql, [(empty | dict(row)).get(name) for row in rows for name in names])


@cache
def _must_have() -> dict[str, dict[str, object]]:
    """Of each table, the columns that must not be NULL, with something empty."""
    with duckdb.connect() as con:
        _apply_schema(con)
        rows = con.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
        ).fetchall()
    tables: dict[str, dict[str, object]] = {table: {} for table, *_rest in rows}
    for table, column, kind, nullable in rows:
        if nullable == "NO" and kind in _EMPTY:
            tables[table][column] = _EMPTY[kind]
    return tables


def _apply_schema(con: duckdb.DuckDBPyConnection) -> None:
    for path in sorted(SCHEMA.glob("*.sql")):
        con.execute(path.read_text(encoding="utf-8"))


_EMPTY = {"BOOLEAN": False, "BIGINT": 0, "VARCHAR[]": [], "TIMESTAMP WITH TIME ZONE": NOW}


def _office_hours(con: duckdb.DuckDBPyConnection, brand: Brand, now: datetime) -> None:
    first = now.astimezone(brand.zone).date() - timedelta(days=60)
    days = (first + timedelta(days=number) for number in range(90))
    blocks = [(day, *block) for day in days if day.weekday() < 5 for block in ((8, 12), (13, 18))]
    rows, before = [], 0
    for day, opens, closes in blocks:
        ends = [datetime.combine(day, time(hour), brand.zone) for hour in (opens, closes)]
        rows.append([brand.id, *ends, before])
        before += (closes - opens) * 3600
    con.executemany("INSERT INTO office_hours VALUES (?, ?, ?, ?)", rows)


def mention(con: duckdb.DuckDBPyConnection, post_id: str, **values: object) -> None:
    """A mention of Kronfurt: an unanswered complaint on X, unless told otherwise.

    `values` are columns of `answers`.
    """
    mentions(con, [{"post_id": post_id, **values}])


def mentions(con: duckdb.DuckDBPyConnection, given: Sequence[Mapping[str, object]]) -> None:
    """Many mentions, each as for `mention`."""
    insert_all(con, "answers", [_row(each) for each in given])


def _row(given: Mapping[str, object]) -> dict[str, object]:
    post_id = given["post_id"]
    created_at = given.get("created_at", NOW - timedelta(hours=14))
    assert isinstance(created_at, datetime)
    return {
        "platform": "x",
        "brand": "kronfurt",
        "thread_id": post_id,
        "asker_id": post_id,
        "kind": "direct",
        "author_role": "community",
        "routed_to": "service",
        "created_at": created_at,
        "local_at": created_at.astimezone(BERLIN).replace(tzinfo=None),
        "complaint": True,
        "needs_answer": True,
        "reasons": ["complaint"],
        "status": "unanswered",
        "opened_at": created_at,
        "due_at": NOW + timedelta(hours=2),
        "author_handle": f"kunde_{post_id}",
        "permalink": f"https://x.example/kunde/status/{post_id}",
        "text": "Seit gestern kein warmes Wasser, und keiner meldet sich.",
        "like_count": 2,
        "repost_count": 0,
        **given,
    }


def ago(days: int, clock: str) -> datetime:
    """A time on Berlin's clock so many days before the sample's morning."""
    day = NOW.astimezone(BERLIN).date() - timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(clock), BERLIN)


def fill(con: duckdb.DuckDBPyConnection) -> None:
    """A morning as a care lead knows it: ten open cases, four weeks of history."""
    _open_cases(con)
    _history(con)
    kronfurt = {"brand": "kronfurt"}
    for platform, minutes in (("x", 12), ("reddit", 25)):
        read = {"start_at": NOW - timedelta(days=30), "end_at": NOW - timedelta(minutes=minutes)}
        insert(con, "coverage", **kronfurt, topic="t", platform=platform, **read, loaded_at=NOW)
    gap = {"start_at": ago(1, "02:10"), "end_at": ago(1, "03:40"), "found_at": ago(1, "04:00")}
    why = {"platform": "reddit", "reason": "down", "detail": "HTTP 503", "is_final": False}
    insert(con, "gaps", **kronfurt, topic="r/kronfurt:comments", **gap, **why)
    for platform, requests, posts, cost in (("x", 812, 1460, 7.3), ("reddit", 2310, 940, 0.0)):
        use = {"request_count": requests, "post_count": posts, "user_count": 0, "cost_usd": cost}
        used_at = ago(2, "12:00")
        insert(con, "usage", **kronfurt, platform=platform, kind="search", used_at=used_at, **use)


def _open_cases(con: duckdb.DuckDBPyConnection) -> None:
    morning = tomllib.loads((Path(__file__).parent / "morning.toml").read_text(encoding="utf-8"))
    mentions(con, [given | _times(given) for given in morning["mention"]])
    assigned = {"platform": "x", "post_id": "9006", "action": "assign", "value": "Tarek"}
    insert(con, "triage", brand="kronfurt", **assigned, done_by="lead", done_at=ago(1, "09:00"))


def _times(given: Mapping[str, str]) -> dict[str, datetime]:
    return {name: ago(int(at[:-6]), at[-5:]) for name, at in given.items() if "_at" in name}


def _history(con: duckdb.DuckDBPyConnection) -> None:
    chance = random.Random(18)  # noqa: S311
    past: list[dict[str, object]] = []
    for days in range(30, 0, -1):
        is_weekend = ago(days, "12:00").weekday() > 4
        for number in range(chance.randint(3, 7) if is_weekend else chance.randint(6, 13)):
            hour = chance.choices(range(24), weights=_DAY_CURVE)[0]
            at = ago(days, f"{hour:02}:{chance.randint(0, 59):02}")
            past.append(_past_mention(f"{days:02}{number:03}", at, chance))
    mentions(con, past)


def _past_mention(post_id: str, at: datetime, chance: random.Random) -> dict[str, object]:
    kind = chance.choice(("complaint", "question", "complaint", ""))
    answered_at = min(at + timedelta(minutes=chance.randint(20, 2000)), NOW - timedelta(hours=1))
    answer = {
        "status": "answered",
        "answered_at": answered_at,
        "first_answer_at": answered_at,
        "first_answer_open_seconds": chance.randint(600, 20_000),
        "answered_by": chance.choice(("own", "own", "own", "agency", "community")),
    }
    channels = chance.choices([[], ["hotline"], ["app"], ["hotline", "email"]], _CHANNELS)[0]
    return {
        "post_id": post_id,
        "created_at": at,
        "needs_answer": bool(kind),
        "complaint": kind == "complaint",
        "question": kind == "question",
        "reasons": [kind] if kind else [],
        "spill_over": channels,
        **(answer if kind else {}),
    }


_CHANNELS = (20, 3, 1, 1)
_DAY_CURVE = (1, 0, 0, 0, 0, 1, 3, 6, 7, 7, 6, 6, 7, 6, 5, 6, 8, 9, 11, 13, 12, 9, 5, 2)
