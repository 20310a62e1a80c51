"""What a brand is to be told now, and who of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import duckdb

from digest.alerts import store
from digest.alerts.incident import next_phase
from digest.alerts.model import (
    OUTAGES,
    POSTS,
    SHITSTORM,
    Alert,
    Incident,
    Phase,
    Pulse,
    Reading,
    Signal,
)
from digest.alerts.reading import QUERIES, Assessment, Row, assess, counts, heard, rows
from digest.alerts.score import NARROW
from warehouse import transaction
from watchlist.alerts import AlertSettings
from watchlist.model import Brand

#: Between two messages about single posts at least so much time passes.
POSTS_GAP = timedelta(minutes=30)
#: Posts that a wave's alert shows.
EXAMPLES = 3

Key = tuple[str, str]


def decide(con: duckdb.DuckDBPyConnection, brand: Brand, now: datetime) -> list[Alert]:
    """Note in one transaction what is to be told; what was told before is not told again.

    Args:
        con: A writer's connection, outside of a transaction: only one process has one at a time.
        brand: Whose alerts.
        now: Aware time.
    """
    if not brand.alerts.anybody:
        return []
    with transaction(con):
        found = list(_due(con, brand, now))
        for alert, posts in found:
            store.add(con, alert, targets(brand.alerts, alert.kind), posts)
    return [alert for alert, _posts in found]


def targets(settings: AlertSettings, kind: str) -> tuple[str, ...]:
    """Who is told: waves everybody, single posts who is on call, or the channels if nobody is."""
    chosen = (*settings.on_call, *settings.channels)
    if kind == POSTS and settings.on_call:
        chosen = settings.on_call
    return tuple(dict.fromkeys(chosen))


def _due(
    con: duckdb.DuckDBPyConnection, brand: Brand, now: datetime
) -> Iterator[tuple[Alert, list[Key]]]:
    last = store.last_alerts(con, brand.id)
    standing = assess(con, brand, now)
    for reading in standing.readings:
        if reading.signal in watched(brand.alerts):
            yield from _wave(con, brand, reading, standing, last.get(reading.signal), now)
    if brand.alerts.posts != "never":
        yield from _single_posts(con, brand, last.get(POSTS), now)


def watched(settings: AlertSettings) -> tuple[Signal, ...]:
    """The signals that are asked for."""
    return (*(SHITSTORM,) * settings.shitstorm, *OUTAGES * settings.spill_over)


def _wave(
    con: duckdb.DuckDBPyConnection,
    brand: Brand,
    reading: Reading,
    standing: Assessment,
    last: Alert | None,
    now: datetime,
) -> Iterator[tuple[Alert, list[Key]]]:
    incident = None if last is None or last.phase == "over" else _incident(last)
    phase = next_phase(incident, reading)
    if phase is None:
        return
    pulse = reading.worst.pulse
    if phase == "over" and incident:
        pulse = _whole(con, brand, reading.signal, incident, pulse.until)
    yield _alert(brand, reading, phase, pulse, incident, now), _examples(reading, standing, phase)


def _incident(last: Alert) -> Incident:
    return Incident(last.incident_id, last.started_at, last.decided_at, last.excess)


def _whole(
    con: duckdb.DuckDBPyConnection,
    brand: Brand,
    signal: Signal,
    incident: Incident,
    until: datetime,
) -> Pulse:
    """What the wave amounted to, from the hour before it was told."""
    since = incident.started_at - NARROW
    posts = [row for row in heard(con, brand.id, since, until) if counts(row, signal)]
    return Pulse(
        since=since,
        until=until,
        people=len({row["who"] for row in posts}),
        posts=len(posts),
        mentions=0,
        open_posts=sum(row["is_open"] for row in posts),
        reach=0,
    )


def _alert(
    brand: Brand,
    reading: Reading,
    phase: Phase,
    pulse: Pulse,
    incident: Incident | None,
    now: datetime,
) -> Alert:
    alert_id = f"{reading.signal}-{now:%Y%m%dT%H%M%SZ}"
    return Alert(
        brand=brand.id,
        id=alert_id,
        incident_id=incident.id if incident else alert_id,
        kind=reading.signal,
        phase=phase,
        score=reading.worst.score,
        people=pulse.people,
        posts=pulse.posts,
        open_posts=pulse.open_posts,
        expected=reading.worst.expected,
        excess=reading.wide.excess,
        since=pulse.since,
        until=pulse.until,
        started_at=incident.started_at if incident else now,
        decided_at=now,
    )


def _examples(reading: Reading, standing: Assessment, phase: Phase) -> list[Key]:
    """What hurts most of it, by different people."""
    if phase == "over":
        return []
    since = reading.worst.pulse.since
    of_wave = [r for r in standing.heard if r["created_at"] >= since and counts(r, reading.signal)]
    of_wave.sort(key=lambda row: row["hurt_score"], reverse=True)
    by_person = {row["who"]: (row["platform"], row["post_id"]) for row in reversed(of_wave)}
    keys = set(by_person.values())
    ordered = [(row["platform"], row["post_id"]) for row in of_wave]
    return [key for key in ordered if key in keys][:EXAMPLES]


def _single_posts(
    con: duckdb.DuckDBPyConnection, brand: Brand, last: Alert | None, now: datetime
) -> Iterator[tuple[Alert, list[Key]]]:
    if last and now - last.decided_at < POSTS_GAP:
        return
    posts = waiting(con, brand, now)
    if not posts:
        return
    alert_id = f"{POSTS}-{now:%Y%m%dT%H%M%SZ}"
    first = min(row["created_at"] for row in posts)
    alert = Alert(
        brand=brand.id,
        id=alert_id,
        incident_id=alert_id,
        kind=POSTS,
        phase="posts",
        score=0,
        people=0,
        posts=len(posts),
        open_posts=len(posts),
        expected=0.0,
        excess=0.0,
        since=first,
        until=now,
        started_at=now,
        decided_at=now,
    )
    yield alert, [(row["platform"], row["post_id"]) for row in posts]


def waiting(con: duckdb.DuckDBPyConnection, brand: Brand, now: datetime) -> list[Row]:
    """Single posts that cannot wait and that nobody was told of, worst first."""
    found = rows(con, QUERIES / "cannot_wait.sql", {"brand": brand.id, "now": now})
    return [row for row in found if _cannot_wait(row, brand.alerts)]


def _cannot_wait(row: Row, settings: AlertSettings) -> bool:
    if not (row["is_urgent"] or row["has_private_data"] or row["reach_count"] >= settings.reach):
        return False
    return settings.posts == "always" or (row["is_closed_now"] and row["was_closed"])
