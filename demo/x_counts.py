"""Counting posts by minute, hour or day, as X's `/2/tweets/counts/recent` does."""

from collections.abc import Iterator
from datetime import datetime, timedelta

STEPS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


def count_by(
    step: timedelta, times: list[datetime], start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, int]]:
    """Start, end and count of every stretch on the clock; the first and last may be cut short."""
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    opens = start
    while opens < end:
        passed = (opens - midnight) // step
        closes = min(end, midnight + step * (passed + 1))
        yield opens, closes, sum(opens <= at < closes for at in times)
        opens = closes
