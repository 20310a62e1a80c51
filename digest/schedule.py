"""Which digests are due: once a local day, from the brand's digest time on."""

from __future__ import annotations

from datetime import UTC, date, datetime

from digest.ledger import Served
from digest.model import Edition
from watchlist.model import WEEKDAYS, Brand, Watchlist


def local_today(brand: Brand, now: datetime) -> date:
    """The brand's calendar day at `now`."""
    return now.astimezone(brand.zone).date()


def digest_time(brand: Brand, day: date) -> datetime:
    """The instant (UTC) of the digest of a local day.

    A time that the clocks skip in spring is taken by the clock as it was, so 02:30 comes at 03:30;
    a time that comes twice in autumn is taken at its first coming.
    """
    return datetime.combine(day, brand.digest.at, brand.zone).astimezone(UTC)


def due(watchlist: Watchlist, now: datetime, served: Served) -> list[tuple[str, date, Edition]]:
    """Digests whose time has passed today and whose recipients are not all served.

    A scheduler that was down sends today's digest late and yesterday's never: it would say
    less than today's.
    """
    todays = [(brand, local_today(brand, now)) for brand in watchlist.brands]
    return [
        (brand.id, day, edition)
        for brand, day in todays
        for edition in _editions(brand, day)
        if digest_time(brand, day) <= now
        and any((brand.id, day, edition, each) not in served for each in brand.digest.recipients)
    ]


def _editions(brand: Brand, day: date) -> tuple[Edition, ...]:
    is_week = brand.digest.weekly == WEEKDAYS[day.weekday()]
    return ("daily", "weekly") if is_week else ("daily",)
