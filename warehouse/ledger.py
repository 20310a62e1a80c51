"""The books of collecting: what was read, what was not, what it cost, what is not loaded yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import duckdb

from collectors.landing import LandingBroken, complete_files, read_trailer
from collectors.model import Gap, Landing, Window
from warehouse.statements import run_sql

#: A platform shows a post in its searches and listings at most so long after its publication.
SETTLING = timedelta(minutes=10)
#: Two clocks may differ by so much without one of them being wrong.
CLOCKS_DIFFER = timedelta(minutes=2)

#: Brand, platform, topic.
Key: TypeAlias = tuple[str, str, str]


@dataclass
class Ledger:
    """Coverage and gaps by brand, platform and topic."""

    covered: defaultdict[Key, list[Window]]
    gaps: defaultdict[Key, list[Gap]]

    @classmethod
    def read(
        cls,
        con: duckdb.DuckDBPyConnection,
        brand: str | None = None,
        platform: str | None = None,
    ) -> Ledger:
        """Read the books of one brand or platform, or of all."""
        ledger = cls(defaultdict(list), defaultdict(list))
        where = {"brand": brand, "platform": platform}
        for who, where_, topic, start, end in run_sql(con, "coverage/covered", **where).fetchall():
            ledger.covered[who, where_, topic].append(Window(start, end))
        for who, where_, topic, start, end, *why in run_sql(
            con, "coverage/gaps", **where
        ).fetchall():
            ledger.gaps[who, where_, topic].append(Gap(Window(start, end), *why))
        return ledger

    def add(self, landing: Landing, now: datetime) -> None:
        """Enter a landing file that is not loaded yet."""
        if landing.kind in ("search", "own"):
            for topic in landing.topics:
                key = (landing.brand, landing.platform, topic)
                self.covered[key] += settled(landing, now)
                self.gaps[key] += missed(landing, now)

    def lost(self, key: Key) -> list[Window]:
        """Return what a platform will never give."""
        return [gap.window for gap in self.gaps[key] if gap.is_final]


def settled(landing: Landing, now: datetime) -> tuple[Window, ...]:
    """Return what counts as read of a landing file: not the minutes just before its reading.

    They have been read, but platforms index some posts late, so they are read once more. And
    nothing at all where the clock ran ahead at the time: its windows lie nobody knows where.
    """
    if is_ahead(landing, now):
        return ()
    until = landing.retrieved_at.replace(microsecond=0) - SETTLING
    return tuple(
        Window(window.start, min(window.end, until))
        for window in landing.covered
        if window.start < until
    )


def missed(landing: Landing, now: datetime) -> tuple[Gap, ...]:
    """Return the gaps of a landing file; what a wrong clock took for too old may not be."""
    return () if is_ahead(landing, now) else landing.gaps


def is_ahead(landing: Landing, now: datetime) -> bool:
    """Whether a landing file was read by a clock that ran ahead of what it shows now."""
    return landing.retrieved_at > now + CLOCKS_DIFFER


def pending_landings(con: duckdb.DuckDBPyConnection, landing_dir: Path) -> list[Path]:
    """Return the complete landing files that are not loaded yet."""
    loaded = {row[0] for row in run_sql(con, "load/loaded_landings").fetchall()}
    files = complete_files(landing_dir)
    return [path for path in files if str(path.relative_to(landing_dir)) not in loaded]


def spent_usd(con: duckdb.DuckDBPyConnection, platform: str, since: datetime) -> float:
    """Return what reading a platform has cost since a moment, as far as it is loaded."""
    (row,) = run_sql(con, "coverage/spent", platform=platform, since=since).fetchall()
    return float(row[0])


def trailers(paths: Iterable[Path], brand: str | None, platform: str | None) -> list[Landing]:
    """Read the trailers of files of one brand and platform; broken files cover nothing."""
    found = []
    for path in paths:
        try:
            landing = read_trailer(path)
        except LandingBroken:
            continue
        if brand in (None, landing.brand) and platform in (None, landing.platform):
            found.append(landing)
    return found
