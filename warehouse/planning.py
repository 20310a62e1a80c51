"""What to read next: what is not covered, conversations that go on, posts that may have gone.

Coverage is kept per brand, topic and platform. Whatever lies between a topic's first reading and
now and is not covered is asked for again at every run, until it is covered or its platform says
that it never will be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from collectors.model import Job, Topic, Window
from collectors.registry import Platform
from warehouse.ledger import Ledger, settled, trailers
from warehouse.statements import run_sql
from watchlist.model import Brand

#: How far back a new topic is read and a conversation is followed: the week that X gives, less
#: the time a slow run may take to get there.
LOOKBACK = timedelta(days=7) - timedelta(hours=1)
#: Stored posts are looked up again when the platform has not shown them for so long: with runs
#: every hour or oftener, a deletion is noticed within a day.
RECHECK_AFTER = timedelta(hours=22)
#: Conversations that one run looks at for a brand. Ten thousand complaints within a minute must
#: neither use up the platform's limit nor keep the next run waiting; who was left out comes first.
THREADS_AT_ONCE = 1000
_SHORTEST_HOLE = timedelta(seconds=1)


@dataclass(frozen=True)
class DueThread:
    """A conversation to look at again; `since` is how far it was read, None if never."""

    root_id: str
    since: datetime | None


def next_windows(
    covered: Iterable[Window], lost: Iterable[Window], now: datetime, lookback: timedelta
) -> list[Window]:
    """Return what to ask for: every hole since the first reading, the last one up to `now`.

    Args:
        covered: what has been read.
        lost: what the platform will never give.
        now: end of the last window.
        lookback: how far before `now` a topic that was never read begins.
    """
    read = sorted(covered)
    first = min([now - lookback, *(window.start for window in read)])
    wanted = Window(first, now)
    return [
        hole for hole in wanted.minus([*read, *lost]) if hole.end - hole.start >= _SHORTEST_HOLE
    ]


def _ledger(
    con: duckdb.DuckDBPyConnection,
    pending: Sequence[Path],
    platform: Platform,
    brand: Brand,
    now: datetime,
) -> Ledger:
    """Read a brand's books; files that wait to be loaded count as read."""
    ledger = Ledger.read(con, brand.id, platform.NAME)
    for landing in trailers(pending, brand.id, platform.NAME):
        ledger.add(landing, now)
    return ledger


def plan_jobs(
    con: duckdb.DuckDBPyConnection,
    pending: Sequence[Path],
    platform: Platform,
    brand: Brand,
    now: datetime,
    lookback: timedelta = LOOKBACK,
) -> list[Job]:
    """Plan the searches of one brand: topics that lack the same windows share their requests.

    Files in `pending` count as read, so that nothing is paid for twice. Newest windows come
    first: when a budget or a limit ends a run, what is fresh has been read.
    """
    now = now.replace(microsecond=0)  # platforms know seconds: no hole may be shorter than one
    ledger = _ledger(con, pending, platform, brand, now)
    topics_of: dict[Window, list[Topic]] = defaultdict(list)
    for topic in platform.topics(brand):
        key = (brand.id, platform.NAME, topic.name)
        tried = min((gap.window.start for gap in ledger.gaps[key]), default=now)
        since = max(lookback, now - tried)
        for window in next_windows(ledger.covered[key], ledger.lost(key), now, since):
            topics_of[window].append(topic)
    newest_first = sorted(topics_of, key=lambda window: window.end, reverse=True)
    return [
        job for window in newest_first for job in platform.jobs(brand, topics_of[window], window)
    ]


def plan_threads(
    con: duckdb.DuckDBPyConnection,
    pending: Sequence[Path],
    platform: Platform,
    brand: Brand,
    now: datetime,
    lookback: timedelta = LOOKBACK,
) -> list[Job]:
    """Plan another look at the conversations of open mentions, from where each was left off."""
    roots_since: dict[datetime, list[str]] = defaultdict(list)
    for thread in due_threads(con, brand.id, platform.NAME, now, lookback, pending):
        since = max(thread.since or now - lookback, now - lookback)
        roots_since[since].append(thread.root_id)
    return [
        job
        for since, roots in sorted(roots_since.items(), reverse=True)
        for job in platform.thread_jobs(brand, roots, Window(since, now))
    ]


def plan_backfill(
    con: duckdb.DuckDBPyConnection,
    pending: Sequence[Path],
    platform: Platform,
    brand: Brand,
    window: Window,
    now: datetime,
) -> list[Job]:
    """Plan to read what a brand's topics lack in one window, however long ago it is."""
    ledger = _ledger(con, pending, platform, brand, now)
    topics_of: dict[Window, list[Topic]] = defaultdict(list)
    for topic in platform.topics(brand):
        key = (brand.id, platform.NAME, topic.name)
        for hole in window.minus([*ledger.covered[key], *ledger.lost(key)]):
            topics_of[hole].append(topic)
    return [
        job for hole in sorted(topics_of) for job in platform.jobs(brand, topics_of[hole], hole)
    ]


def plan_checks(
    con: duckdb.DuckDBPyConnection,
    pending: Sequence[Path],
    platform: Platform,
    brand: Brand,
    now: datetime,
    most: int = 5000,
) -> list[Job]:
    """Plan a look at stored posts: edited, deleted, or still there? Open mentions come first.

    Where looking costs nothing, every stored text is looked at; else what `recheck` says. Posts
    that a file in `pending` has looked at are not asked for again.
    """
    looked_at = {
        post_id
        for landing in trailers(pending, brand.id, platform.NAME)
        if landing.kind == "check" and landing.retrieved_at > now - RECHECK_AFTER
        for post_id in landing.root_ids
        if not landing.error and not landing.gaps  # a budget may have ended before the ids
    }
    due = {
        "brand": brand.id,
        "platform": platform.NAME,
        "unseen_since": now - RECHECK_AFTER,
        "most": most,
    }
    rows = run_sql(con, "coverage/due_checks_open", **due).fetchall()
    if len(rows) < most and not (brand.recheck == "open" and platform.PRICE.post > 0):
        rows += run_sql(con, "coverage/due_checks", **due).fetchall()
    ids = [post_id for (post_id,) in dict.fromkeys(rows) if post_id not in looked_at][:most]
    return platform.check_jobs(brand, ids, Window(now - RECHECK_AFTER, now)) if ids else []


def due_threads(
    con: duckdb.DuckDBPyConnection,
    brand_id: str,
    platform_name: str,
    now: datetime,
    lookback: timedelta = LOOKBACK,
    pending: Sequence[Path] = (),
    most: int = THREADS_AT_ONCE,
) -> list[DueThread]:
    """Return the conversations of open mentions whose next look is due, least read first."""
    checked = {
        root: max(window.end for window in covered)
        for landing in trailers(pending, brand_id, platform_name)
        if landing.kind == "thread" and (covered := settled(landing, now)) and not landing.error
        for root in landing.root_ids
    }
    rows = run_sql(
        con,
        "coverage/due_threads",
        brand=brand_id,
        platform=platform_name,
        now=now,
        earliest=now - lookback,
        root_ids=list(checked),
        checked=list(checked.values()),
        most=most,
    ).fetchall()
    return [DueThread(root, since) for root, since in rows]
