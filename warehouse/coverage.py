"""What has been read, and what to read next.

Coverage is kept per brand, topic and platform. Whatever is not covered inside the look-back is
asked for again at every run, until it is covered or its platform has said that it never will be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from collectors.landing import LandingBroken, complete_files, read_trailer
from collectors.model import Gap, Job, Landing, Topic, Window
from collectors.registry import Platform
from warehouse.statements import run_sql
from watchlist.model import Brand

#: How far back a new topic is read, and an old hole is still asked for.
LOOKBACK = timedelta(days=7)
#: Read twice at every run: platforms index some posts late.
OVERLAP = timedelta(minutes=2)
#: Stored posts of open mentions are looked up again after this.
RECHECK_AFTER = timedelta(hours=24)
_SHORTEST_HOLE = timedelta(seconds=1)

_Key = tuple[str, str, str]  # brand, platform, topic


@dataclass(frozen=True)
class Hole:
    """A stretch that is not covered; `reason` is empty where nobody has tried yet."""

    window: Window
    reason: str = ""
    detail: str = ""
    is_final: bool = False


@dataclass(frozen=True)
class CoverageLine:
    """What has been read of one topic, in order of time, and the holes in between."""

    brand: str
    platform: str
    topic: str
    covered: tuple[Window, ...]
    holes: tuple[Hole, ...]


@dataclass(frozen=True)
class DueThread:
    """A conversation to look at again; `since` is how far it was read, None if never."""

    root_id: str
    since: datetime | None


def pending_landings(con: duckdb.DuckDBPyConnection, landing_dir: Path) -> list[Path]:
    """Return the complete landing files that are not loaded yet."""
    loaded = {row[0] for row in run_sql(con, "load/loaded_landings").fetchall()}
    files = complete_files(landing_dir)
    return [path for path in files if str(path.relative_to(landing_dir)) not in loaded]


def next_windows(
    covered: Iterable[Window], lost: Iterable[Window], now: datetime, lookback: timedelta
) -> list[Window]:
    """Return what to ask for: every hole inside the look-back, the last one up to `now`.

    The last window begins a little before the end of what is covered, for late-indexed posts.

    Args:
        covered: what has been read.
        lost: what the platform will never give.
        now: end of the last window.
        lookback: how far before `now` the first window may begin.
    """
    wanted = Window(now - lookback, now)
    known = [*covered, *lost]
    holes = [hole for hole in wanted.minus(known) if hole.end - hole.start >= _SHORTEST_HOLE]
    if holes and holes[-1].end == now and holes[-1].start > wanted.start:
        holes[-1] = Window(max(holes[-1].start - OVERLAP, wanted.start), now)
    return holes


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
    ledger = _Ledger.read(con, pending, brand.id, platform.NAME)
    topics_of: dict[Window, list[Topic]] = defaultdict(list)
    for topic in platform.topics(brand):
        key = (brand.id, platform.NAME, topic.name)
        for window in next_windows(ledger.covered[key], ledger.lost(key), now, lookback):
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
        since = thread.since - OVERLAP if thread.since else now - lookback
        roots_since[max(since, now - lookback)].append(thread.root_id)
    return [
        job
        for since, roots in sorted(roots_since.items(), reverse=True)
        for job in platform.thread_jobs(brand, roots, Window(since, now))
    ]


def plan_checks(
    con: duckdb.DuckDBPyConnection, platform: Platform, brand: Brand, now: datetime, most: int = 500
) -> list[Job]:
    """Plan a look at stored posts of open mentions: edited, deleted, or still there?"""
    rows = run_sql(
        con,
        "coverage/due_checks",
        brand=brand.id,
        platform=platform.NAME,
        unseen_since=now - RECHECK_AFTER,
        most=most,
    ).fetchall()
    ids = [row[0] for row in rows]
    return platform.check_jobs(brand, ids, Window(now - RECHECK_AFTER, now)) if ids else []


def due_threads(
    con: duckdb.DuckDBPyConnection,
    brand_id: str,
    platform_name: str,
    now: datetime,
    lookback: timedelta = LOOKBACK,
    pending: Sequence[Path] = (),
) -> list[DueThread]:
    """Return the conversations of open mentions whose next look is due, least read first."""
    checked = {
        root: max(window.end for window in landing.covered)
        for landing in _trailers(pending, brand_id, platform_name)
        if landing.kind == "thread" and landing.covered and not landing.error
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
    ).fetchall()
    return [DueThread(root, since) for root, since in rows]


def coverage_report(
    con: duckdb.DuckDBPyConnection,
    now: datetime,
    brand: str | None = None,
    since: datetime | None = None,
) -> list[CoverageLine]:
    """Say for every topic what has been read and what not, from its first reading to its last.

    What lies before `since` or after `now` is left out.
    """
    ledger = _Ledger.read(con, (), brand, None)
    lines = []
    for key in sorted(ledger.covered.keys() | ledger.gaps.keys()):
        known = [*ledger.covered[key], *(gap.window for gap in ledger.gaps[key])]
        start = min(window.start for window in known)
        end = min(now, max(window.end for window in known))
        start = max(start, since) if since else start
        if start < end:
            lines.append(_line(key, ledger, Window(start, end)))
    return lines


def spent_usd(con: duckdb.DuckDBPyConnection, platform: str, since: datetime) -> float:
    """Return what reading a platform has cost since a moment, as far as it is loaded."""
    (row,) = run_sql(con, "coverage/spent", platform=platform, since=since).fetchall()
    return float(row[0])


@dataclass
class _Ledger:
    """Coverage and gaps by brand, platform and topic."""

    covered: dict[_Key, list[Window]]
    gaps: dict[_Key, list[Gap]]

    @classmethod
    def read(
        cls,
        con: duckdb.DuckDBPyConnection,
        pending: Sequence[Path],
        brand: str | None,
        platform: str | None,
    ) -> _Ledger:
        ledger = cls(defaultdict(list), defaultdict(list))
        where = {"brand": brand, "platform": platform}
        for *key, start, end in run_sql(con, "coverage/covered", **where).fetchall():
            ledger.covered[_key(*key)].append(Window(start, end))
        for *key, start, end, reason, detail, is_final in run_sql(
            con, "coverage/gaps", **where
        ).fetchall():
            gap = Gap(Window(start, end), reason, detail, is_final)
            ledger.gaps[_key(*key)].append(gap)
        for landing in _trailers(pending, brand, platform):
            ledger.add(landing)
        return ledger

    def add(self, landing: Landing) -> None:
        if landing.kind in ("search", "own"):
            for topic in landing.topics:
                key = (landing.brand, landing.platform, topic)
                self.covered[key] += landing.covered
                self.gaps[key] += landing.gaps

    def lost(self, key: _Key) -> list[Window]:
        return [gap.window for gap in self.gaps[key] if gap.is_final]


def _key(brand: str, platform: str, topic: str) -> _Key:
    return brand, platform, topic


def _trailers(paths: Iterable[Path], brand: str | None, platform: str | None) -> list[Landing]:
    """Read the trailers of files of one brand and platform; broken files cover nothing."""
    trailers = []
    for path in paths:
        try:
            landing = read_trailer(path)
        except LandingBroken:
            continue
        if brand in (None, landing.brand) and platform in (None, landing.platform):
            trailers.append(landing)
    return trailers


def _line(key: _Key, ledger: _Ledger, span: Window) -> CoverageLine:
    covered = ledger.covered[key]
    holes: list[Hole] = []
    for missing in span.minus(covered):
        explained = [
            Hole(
                Window(max(gap.window.start, missing.start), min(gap.window.end, missing.end)),
                gap.reason,
                gap.detail,
                gap.is_final,
            )
            for gap in ledger.gaps[key]
            if gap.window.start < missing.end and gap.window.end > missing.start
        ]
        unexplained = missing.minus(hole.window for hole in explained)
        holes += explained + [Hole(window) for window in unexplained]
    read = span.minus(span.minus(covered))
    return CoverageLine(*key, read, tuple(sorted(holes, key=lambda hole: hole.window)))
