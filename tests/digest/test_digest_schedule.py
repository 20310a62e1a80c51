"""Digests are due once a local day, also when the clocks change or the scheduler slept."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import digest_sample as sample
import pytest

from digest import digest_time, due, local_today
from digest.ledger import Served
from watchlist.model import Brand, Watchlist

DAY = date(2026, 11, 18)
TODAYS = [("kronfurt", DAY, "daily")]


def watchlist(*brands: Brand) -> Watchlist:
    return Watchlist(brands=brands or (sample.a_brand(),))


def served(day: date, *recipients: str, brand: str = "kronfurt") -> Served:
    return frozenset((brand, day, "daily", recipient) for recipient in recipients)


BOTH = ("leitung@kronfurt.example", "team@kronfurt.example")


@pytest.mark.parametrize(
    ("now", "is_due"),
    [
        (datetime(2026, 11, 18, 6, 29, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 18, 6, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 18, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 18, 23, 1, tzinfo=UTC), False),  # the next local day has begun
    ],
)
def test_from_the_brands_time_to_its_midnight(now: datetime, is_due: bool) -> None:
    assert due(watchlist(), now, frozenset()) == TODAYS * is_due


def test_until_the_last_recipient_is_served() -> None:
    assert due(watchlist(), sample.NOW, served(DAY, *BOTH)) == []
    assert due(watchlist(), sample.NOW, served(DAY, BOTH[0])) == TODAYS
    assert due(watchlist(), sample.NOW, served(date(2026, 11, 17), *BOTH)) == TODAYS
    assert due(watchlist(), sample.NOW, served(DAY, *BOTH, brand="x")) == TODAYS


def test_yesterdays_is_never_sent_late() -> None:
    """The scheduler slept for three days: only today's digest comes, once it is time."""
    early = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)
    assert due(watchlist(), early, frozenset()) == []
    assert due(watchlist(), sample.NOW, frozenset()) == TODAYS


def test_each_brand_has_its_own_clock() -> None:
    tokyo = sample.a_brand(id="tokyo", time_zone="Asia/Tokyo")
    london = sample.a_brand(id="london", time_zone="Europe/London")
    now = datetime(2026, 11, 17, 23, 0, tzinfo=UTC)
    found = due(watchlist(tokyo, london), now, frozenset())
    assert found == [("tokyo", DAY, "daily"), ("london", date(2026, 11, 17), "daily")]


@pytest.mark.parametrize(
    ("day", "clock", "instant"),
    [
        (date(2026, 3, 28), time(2, 30), datetime(2026, 3, 28, 1, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # skipped
        (date(2026, 3, 29), time(7, 30), datetime(2026, 3, 29, 5, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # first
        (date(2026, 10, 25), time(7, 30), datetime(2026, 10, 25, 6, 30, tzinfo=UTC)),
    ],
)
def test_when_the_clocks_change(day: date, clock: time, instant: datetime) -> None:
    brand = sample.a_brand(digest={"at": clock, "recipients": BOTH})
    assert digest_time(brand, day) == instant
    assert due(watchlist(brand), instant, frozenset()) == [("kronfurt", day, "daily")]


def test_an_hour_that_comes_twice_makes_one_digest() -> None:
    brand = sample.a_brand(digest={"at": time(2, 30), "recipients": BOTH})
    second_coming = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert local_today(brand, second_coming) == date(2026, 10, 25)
    assert due(watchlist(brand), second_coming, served(date(2026, 10, 25), *BOTH)) == []
