"""What is usual is learned from past weeks, from few mentions as from many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from digest.alerts.baseline import LEARNED_FROM, learn
from digest.alerts.model import Hour

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
START = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday


def weeks(rate_at, count: int = 8, seed: int = 3) -> list[Hour]:  # noqa: ANN001
    rng = np.random.default_rng(seed)
    starts = [START + number * HOUR for number in range(count * 168)]
    return [
        Hour(at, people := int(rng.poisson(rate_at(at.astimezone(BERLIN)))), people * 4)
        for at in starts
    ]


def day_and_night(at: datetime) -> float:
    return 40.0 if 8 <= at.hour < 20 else 4.0


def test_the_rhythm_of_a_busy_brand_is_followed() -> None:
    profile = learn(weeks(day_and_night), BERLIN)
    monday = datetime(2026, 3, 2, 9, tzinfo=BERLIN)
    night = datetime(2026, 3, 2, 2, tzinfo=BERLIN)
    assert profile.expected(monday, monday + HOUR) == pytest.approx(40, rel=0.15)
    assert profile.expected(night, night + HOUR) == pytest.approx(4, rel=0.4)


def test_a_window_across_two_hours_takes_part_of_each() -> None:
    profile = learn(weeks(day_and_night), BERLIN)
    at = datetime(2026, 3, 2, 7, 30, tzinfo=BERLIN)
    whole = [profile.expected(at.replace(hour=h, minute=0), at.replace(hour=h + 1, minute=0))
             for h in (7, 8)]  # fmt: skip
    assert profile.expected(at, at + HOUR) == pytest.approx(sum(whole) / 2)
    assert profile.expected(at, at + 3 * HOUR) > 2 * profile.expected(at, at + HOUR)


def test_one_complaint_a_day_gives_no_wild_hours() -> None:
    """Eight values an hour of the week say little: they are drawn towards the whole."""
    profile = learn(weeks(lambda _at: 1 / 24), BERLIN)
    assert profile.rates.max() < 4 / 24
    assert profile.rates.min() > 0.2 / 24


def test_a_storm_in_the_past_does_not_become_usual() -> None:
    hours = weeks(lambda _at: 1.0)
    stormy = [
        hour._replace(people=300, mentions=320) if 700 <= number < 712 else hour
        for number, hour in enumerate(hours)
    ]
    calm, after = learn(hours, BERLIN), learn(stormy, BERLIN)
    assert after.rates.sum() < 1.15 * calm.rates.sum()
    assert after.rates.max() < 4 * calm.rates.max()


def test_growth_is_followed() -> None:
    profile = learn(weeks(lambda at: 10 * 1.1 ** ((at - START) / timedelta(weeks=1))), BERLIN)
    assert profile.rates.mean() > 15.5, "the mean of the eight weeks is 14.3"


def test_hours_that_were_not_read_count_for_nothing() -> None:
    hours = weeks(lambda _at: 5.0)
    torn = [
        hour._replace(people=0, mentions=0, is_complete=False) if number % 3 else hour
        for number, hour in enumerate(hours)
    ]
    profile = learn(torn, BERLIN)
    assert profile.known == len(hours) / 3
    assert profile.rates.mean() == pytest.approx(5.0, rel=0.1)


def test_days_that_differ_widen_what_counts_as_usual() -> None:
    even = learn(weeks(lambda _at: 20.0), BERLIN)
    uneven = learn(weeks(lambda at: 35.0 if at.toordinal() % 2 else 5.0), BERLIN)
    assert even.spread < 0.1 < uneven.spread


def test_two_days_have_to_be_known() -> None:
    hours = weeks(lambda _at: 1.0)
    assert not learn(hours[: LEARNED_FROM - 1], BERLIN).is_learned
    assert learn(hours[:LEARNED_FROM], BERLIN).is_learned
    assert learn([], BERLIN).expected(START, START + HOUR) == 0.0
