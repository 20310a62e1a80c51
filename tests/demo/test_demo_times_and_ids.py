from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from demo.ids import base36, reddit_id, snowflake, snowflake_time
from demo.limits import RateLimit
from demo.moments import moment

ANCHOR = datetime(2026, 3, 30, 9, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-1d 14:05", datetime(2026, 3, 29, 12, 5, tzinfo=UTC)),  # summer time
        ("-2d 14:05", datetime(2026, 3, 28, 13, 5, tzinfo=UTC)),  # winter time
        ("now-2h30m", datetime(2026, 3, 30, 7, 0, tzinfo=UTC)),
        ("now+40s", datetime(2026, 3, 30, 9, 30, 40, tzinfo=UTC)),
        ("+1d2h", datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
    ],
)
def test_moments(text: str, expected: datetime) -> None:
    assert moment(text, ANCHOR, BERLIN, START) == expected


@pytest.mark.parametrize("text", ["", "3d", "-1d", "14:05", "now", "+2 h", "-1d 25:00"])
def test_other_moments_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"moment|hour"):
        moment(text, ANCHOR, BERLIN, None)


def test_snowflakes_tell_their_time_and_grow_with_it() -> None:
    first, second = snowflake(START, "a"), snowflake(START + timedelta(milliseconds=1), "a")
    assert int(first) < int(second)
    assert snowflake_time(first) == START
    assert snowflake(START, "a") != snowflake(START, "b")


def test_reddit_ids_grow_with_time() -> None:
    earlier, later = reddit_id(START, "z"), reddit_id(START + timedelta(seconds=1), "a")
    assert int(earlier, 36) < int(later, 36)
    assert base36(35) == "z"
    assert base36(36**3) == "1000"


def test_a_rate_limit_starts_again_with_the_next_window() -> None:
    limit = RateLimit(2, timedelta(minutes=15))
    assert [limit.take(ANCHOR) for _ in range(3)] == [True, True, False]
    assert limit.remaining == 0
    assert limit.take(limit.resets_at(ANCHOR))
    assert limit.remaining == 1
