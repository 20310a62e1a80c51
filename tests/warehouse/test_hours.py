from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.making import make_watchlist
from warehouse.hours import OpenInterval, expand
from watchlist.model import Brand

OFFICE = {"mon": ["08:00-12:00", "13:00-18:00"], "fri": ["08:00-14:00"]}


def brand(**settings: object) -> Brand:
    return make_watchlist(**settings).brands[0]


def on(intervals: list[OpenInterval], year: int, month: int, day: int) -> list[tuple[str, str]]:
    """The intervals that open on a UTC day, as clock times."""
    return [
        (f"{one.opens_at:%H:%M}", f"{one.closes_at:%H:%M}")
        for one in intervals
        if one.opens_at.date() == datetime(year, month, day, tzinfo=UTC).date()
    ]


def test_several_blocks_a_day_in_local_time() -> None:
    intervals = expand(brand(office_hours=OFFICE), 2026, 2026)
    assert on(intervals, 2026, 1, 12) == [("07:00", "11:00"), ("12:00", "17:00")]
    assert on(intervals, 2026, 7, 13) == [("06:00", "10:00"), ("11:00", "16:00")]
    assert on(intervals, 2026, 1, 13) == []


def test_public_holidays_of_the_state_are_closed() -> None:
    thursday = {"office_hours": {"thu": ["08:00-12:00"]}}
    corpus_christi = (2026, 6, 4)
    assert on(expand(brand(state="HE", **thursday), 2026, 2026), *corpus_christi) == []
    assert on(expand(brand(state="HH", **thursday), 2026, 2026), *corpus_christi) != []
    always = {"office_hours": {"thu": ["08:00-12:00"], "on_holidays": True}}
    assert on(expand(brand(state="HE", **always), 2026, 2026), *corpus_christi) != []


def test_open_until_midnight_runs_into_the_next_day() -> None:
    hours = {"fri": ["20:00-24:00"], "sat": ["00:00-02:00"]}
    intervals = expand(brand(office_hours=hours, country="GB", time_zone="Etc/UTC"), 2026, 2026)
    assert intervals[0].closes_at - intervals[0].opens_at in (
        timedelta(hours=6),
        timedelta(hours=4),
    )
    lengths = {one.closes_at - one.opens_at for one in intervals[1:-1]}
    assert timedelta(hours=6) in lengths


def test_who_never_closes_has_one_interval() -> None:
    (only,) = expand(brand(), 2025, 2026)
    assert only.opens_at == datetime(2024, 12, 31, 23, tzinfo=UTC)
    assert only.closes_at == datetime(2026, 12, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "block", "hours"),
    [
        ((2026, 3, 29), "00:00-06:00", 5),  # the clock is put forward at 02:00
        ((2026, 10, 25), "00:00-06:00", 7),  # and back at 03:00
        ((2026, 3, 29), "02:00-03:00", 0),  # an hour that does not exist
    ],
)
def test_days_when_the_clock_changes(day: tuple[int, int, int], block: str, hours: int) -> None:
    intervals = expand(brand(office_hours={"sun": [block]}), 2026, 2026)
    midday = datetime(*day, 12, tzinfo=UTC)
    lengths = [
        one.closes_at - one.opens_at
        for one in intervals
        if abs(one.opens_at - midday) < timedelta(hours=15)
    ]
    assert sum(lengths, timedelta()) == timedelta(hours=hours)


CLOCK = st.integers(0, 23).map(lambda hour: f"{hour:02}:00")


@settings(max_examples=25, deadline=None)
@given(
    days=st.dictionaries(st.sampled_from(["mon", "wed", "sun"]), st.tuples(CLOCK, CLOCK)),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Etc/UTC"]),
)
def test_intervals_are_in_order_and_their_sums_add_up(
    days: dict[str, tuple[str, str]], zone: str
) -> None:
    hours = {day: [f"{min(two)}-{max(two)}"] for day, two in days.items() if two[0] != two[1]}
    intervals = expand(brand(office_hours=hours, time_zone=zone), 2025, 2026)
    for earlier, later in pairwise(intervals):
        assert earlier.opens_at < earlier.closes_at < later.opens_at
        worked = (earlier.closes_at - earlier.opens_at).total_seconds()
        assert later.open_before_seconds == earlier.open_before_seconds + worked
