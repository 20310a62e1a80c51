"""What has been read of each topic, and the holes in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb

from collectors.model import Gap, Window
from warehouse.ledger import Key, Ledger


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


def coverage_report(
    con: duckdb.DuckDBPyConnection,
    now: datetime,
    brand: str | None = None,
    since: datetime | None = None,
) -> list[CoverageLine]:
    """Say for every topic what has been read and what not, from its first reading to its last.

    What lies before `since` or after `now` is left out.
    """
    ledger = Ledger.read(con, brand)
    lines = []
    for key in sorted(ledger.covered.keys() | ledger.gaps.keys()):
        known = [*ledger.covered[key], *(gap.window for gap in ledger.gaps[key])]
        start = min(window.start for window in known)
        end = min(now, max(window.end for window in known))
        start = max(start, since) if since else start
        if start < end:
            lines.append(_line(key, ledger, Window(start, end)))
    return lines


def _line(key: Key, ledger: Ledger, span: Window) -> CoverageLine:
    unread = span.minus(ledger.covered[key])
    holes = [hole for missing in unread for hole in _explained(missing, ledger.gaps[key])]
    return CoverageLine(*key, span.minus(unread), tuple(holes))


def _explained(missing: Window, gaps: list[Gap]) -> list[Hole]:
    """Cut a stretch that was not read by the reasons that are known for its parts.

    `gaps` has the newest finding first; it wins where findings overlap, after what is final.
    """
    holes: list[Hole] = []
    left: tuple[Window, ...] = (missing,)
    for gap in sorted(gaps, key=lambda gap: gap.is_final, reverse=True):
        for part in left:
            holes += [
                Hole(inside, gap.reason, gap.detail, gap.is_final)
                for inside in part.minus(part.minus([gap.window]))
            ]
        left = tuple(rest for part in left for rest in part.minus([gap.window]))
    return sorted(holes + [Hole(part) for part in left], key=lambda hole: hole.window)
