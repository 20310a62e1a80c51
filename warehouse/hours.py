"""Office hours as intervals in UTC: local blocks, public holidays, daylight saving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

import holidays

from watchlist.model import WEEKDAYS, Block, Brand

_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class OpenInterval:
    """One stretch in which somebody works, half-open, UTC.

    `open_before_seconds` is the open time from the first interval's start up to `opens_at`.
    """

    opens_at: datetime
    closes_at: datetime
    open_before_seconds: int = 0


def expand(brand: Brand, first_year: int, last_year: int) -> list[OpenInterval]:
    """Return a brand's open intervals of these calendar years, in order, none touching the next.

    A brand that never closes has one interval. A local time that the clock jumps over counts as
    much later as it jumps (02:30 is 03:30); of one that comes twice, the first counts.
    """
    if brand.office_hours.never_closes:
        start, end = (_utc(brand, date(year, 1, 1)) for year in (first_year, last_year + 1))
        return [OpenInterval(start, end)]
    return _with_sums(_joined(_blocks(brand, first_year, last_year)))


def _blocks(brand: Brand, first_year: int, last_year: int) -> Iterator[tuple[datetime, datetime]]:
    years = range(first_year, last_year + 1)
    closed = holidays.country_holidays(brand.country, subdiv=brand.state, years=years)
    day = date(first_year, 1, 1)
    while day.year <= last_year:
        if brand.office_hours.on_holidays or day not in closed:
            for block in _blocks_of(brand, day):
                until = (day, block.closes) if block.closes else (day + _DAY,)
                opens, closes = _utc(brand, day, block.opens), _utc(brand, *until)
                if opens < closes:
                    yield opens, closes
        day += _DAY


def _blocks_of(brand: Brand, day: date) -> list[Block]:
    blocks: tuple[Block, ...] = getattr(brand.office_hours, WEEKDAYS[day.weekday()])
    return sorted(blocks, key=lambda block: block.opens)


def _utc(brand: Brand, day: date, at: time = time(0)) -> datetime:
    return datetime.combine(day, at, tzinfo=brand.zone).astimezone(UTC)


def _joined(
    blocks: Iterator[tuple[datetime, datetime]],
) -> list[tuple[datetime, datetime]]:
    joined: list[tuple[datetime, datetime]] = []
    for opens, closes in blocks:
        if joined and joined[-1][1] >= opens:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return joined


def _with_sums(blocks: list[tuple[datetime, datetime]]) -> list[OpenInterval]:
    lengths = (int((closes - opens).total_seconds()) for opens, closes in blocks)
    sums = accumulate(lengths, initial=0)
    return [OpenInterval(*block, before) for block, before in zip(blocks, sums, strict=False)]
