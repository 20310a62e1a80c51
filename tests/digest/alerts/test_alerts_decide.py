"""What is told, once, and what is not: on a warehouse with eight ordinary weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import duckdb
import pytest

from digest.alerts import assess, decide, pending, waiting
from digest.alerts.model import Alert
from tests.digest import digest_sample as sample
from tests.digest.alerts.alert_sample import (
    CARE,
    NIGHT,
    NOW,
    a_brand,
    covered,
    ordinary,
    say,
    storm,
)
from watchlist.model import Brand

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def brand() -> Brand:
    return a_brand(posts="never")


@pytest.fixture
def con(brand: Brand) -> Iterator[duckdb.DuckDBPyConnection]:
    with ordinary(brand) as con:
        yield con


def later(con: duckdb.DuckDBPyConnection, brand: Brand, now: datetime) -> list[Alert]:
    covered(con, NOW - 30 * MINUTE, now)
    return decide(con, brand, now)


def test_an_ordinary_evening_is_quiet(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    storm(con, 2)
    assert decide(con, brand, NOW) == []
    assert len(assess(con, brand, NOW).readings) == 6


def test_a_storm_is_told_once_to_everybody(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    storm(con, 23, follower_count=300)
    (alert,) = decide(con, brand, NOW)
    assert (alert.kind, alert.phase, alert.people, alert.posts) == ("shitstorm", "started", 23, 23)
    assert alert.score >= 60
    assert alert.expected < 1
    assert (alert.open_posts, alert.until) == (23, NOW)
    assert decide(con, brand, NOW) == []
    assert decide(con, brand, NOW + 5 * MINUTE) == []
    assert [each.target for each in pending(con, brand.id)] == [NIGHT, CARE]


def test_an_alert_shows_what_hurts_most_by_different_people(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    storm(con, 20)
    say(con, [("loud1", NOW - MINUTE)], follower_count=900_000)
    say(con, [("angry1", NOW - 3 * MINUTE)], reasons=["complaint", "urgent"])
    say(con, [("late1", NOW - 2 * MINUTE)], follower_count=80_000, complaint=False)
    decide(con, brand, NOW)
    shown = [row["post_id"] for row in pending(con, brand.id)[0].rows]
    assert shown[:2] == ["angry1", "loud1"]
    assert len(shown) == 3


def test_a_storm_grows_and_is_over(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    storm(con, 20)
    decide(con, brand, NOW)
    storm(con, 60, NOW + HOUR, "t")
    assert later(con, brand, NOW + 30 * MINUTE) == []
    (grown,) = later(con, brand, NOW + HOUR)
    assert (grown.phase, grown.people) == ("grew", 60)
    assert later(con, brand, NOW + HOUR + 15 * MINUTE) == []
    (over,) = later(con, brand, NOW + 5 * HOUR)
    assert (over.phase, over.people, over.posts) == ("over", 80, 80)
    assert {grown.incident_id, over.incident_id} == {grown.incident_id}
    assert over.started_at == NOW
    assert later(con, brand, NOW + 6 * HOUR) == []


def test_the_next_storm_is_a_new_one(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    storm(con, 20)
    (first,) = decide(con, brand, NOW)
    (_over,) = later(con, brand, NOW + 5 * HOUR)
    storm(con, 20, NOW + 9 * HOUR, "t")
    (second,) = later(con, brand, NOW + 9 * HOUR)
    assert second.phase == "started"
    assert second.incident_id != first.incident_id


def test_what_is_collected_late_tells_nothing(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    storm(con, 40, NOW, seen_after=3 * HOUR)
    assert decide(con, brand, NOW) == []


def test_an_old_storm_that_a_backfill_brings_tells_nothing(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    storm(con, 40, NOW - timedelta(days=3), seen_after=timedelta(days=3))
    assert decide(con, brand, NOW) == []


def test_few_accounts_tell_nothing(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    for who in range(4):
        posts = [(f"b{who}-{number}", NOW - number * MINUTE) for number in range(1, 40)]
        say(con, posts, who=f"brigade{who}")
    assert decide(con, brand, NOW) == []


def test_reposts_staff_and_praise_tell_nothing(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    storm(con, 30, name="r", is_repost=True)
    storm(con, 30, name="o", author_role="own")
    storm(con, 30, name="p", complaint=False, praise=True)
    storm(con, 30, name="u", complaint=None)
    assert decide(con, brand, NOW) == []


def test_nothing_is_judged_where_nothing_was_read(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    """Neither does a storm begin on old news, nor is it over because nobody looks."""
    storm(con, 20)
    decide(con, brand, NOW)
    assert decide(con, brand, NOW + 4 * HOUR) == []
    assert not assess(con, brand, NOW + 4 * HOUR).is_fresh
    assert assess(con, brand, NOW + 119 * MINUTE).is_fresh


def test_a_brand_that_is_new_is_learned_first(brand: Brand) -> None:
    with sample.warehouse(brand, NOW) as con:
        assert assess(con, brand, NOW).until is None
        covered(con, NOW - timedelta(days=2), NOW)
        storm(con, 30)
        assert decide(con, brand, NOW) == []
        assert assess(con, brand, NOW).known == 23


def test_what_is_switched_off_is_not_told(con: duckdb.DuckDBPyConnection) -> None:
    storm(con, 20, spill_over=["hotline"])
    off = {"posts": "never", "shitstorm": False, "spill_over": False}
    assert decide(con, a_brand(**off), NOW) == []
    assert decide(con, a_brand(on_call=(), channels=()), NOW) == []
    (alert,) = decide(con, a_brand(posts="never", shitstorm=False), NOW)
    assert alert.kind == "hotline"


def test_many_who_say_that_the_app_is_down(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    storm(con, 7, spill_over=["app"], complaint=False, needs_answer=True)
    (alert,) = decide(con, brand, NOW)
    assert (alert.kind, alert.people) == ("app", 7)


def night_post(
    con: duckdb.DuckDBPyConnection, post_id: str, minutes: int, **values: object
) -> None:
    given: dict[str, object] = {"reasons": ["complaint", "urgent"]} | values
    say(con, [(post_id, NOW - minutes * MINUTE)], **given)


@pytest.fixture
def calm() -> Iterator[duckdb.DuckDBPyConnection]:
    with ordinary(a_brand()) as con:
        yield con


def test_single_posts_are_told_in_one_message_once_each(calm: duckdb.DuckDBPyConnection) -> None:
    night_post(calm, "gas", 30)
    night_post(calm, "iban", 20, private_data=["iban"], reasons=["private_data"])
    night_post(calm, "star", 10, follower_count=60_000, reasons=["complaint"])
    night_post(calm, "plain", 10, reasons=["complaint"])
    (alert,) = decide(calm, a_brand(), NOW)
    assert (alert.kind, alert.posts) == ("posts", 3)
    (told,) = pending(calm, "kronfurt")
    assert told.target == NIGHT, "channels have no single posts while somebody is on call"
    assert {row["post_id"] for row in told.rows} == {"gas", "iban", "star"}
    assert decide(calm, a_brand(), NOW + HOUR) == []


def test_single_posts_never_come_as_a_flood(calm: duckdb.DuckDBPyConnection) -> None:
    for number in range(40):
        night_post(calm, f"n{number}", 100 + number)
    (alert,) = decide(calm, a_brand(shitstorm=False), NOW)
    assert alert.posts == 40
    night_post(calm, "next", 1)
    assert decide(calm, a_brand(shitstorm=False), NOW + 29 * MINUTE) == []
    (second,) = decide(calm, a_brand(shitstorm=False), NOW + 30 * MINUTE)
    assert second.posts == 1


def test_single_posts_wait_for_nobody_in_office_hours(calm: duckdb.DuckDBPyConnection) -> None:
    noon = datetime(2026, 11, 18, 10, 0, tzinfo=NOW.tzinfo)
    say(calm, [("now", noon - MINUTE)], reasons=["urgent"])
    assert waiting(calm, a_brand(), noon) == []
    assert len(waiting(calm, a_brand(posts="always"), noon)) == 1
    assert decide(calm, a_brand(posts="never"), noon) == []


def test_single_posts_go_to_the_channels_where_nobody_is_on_call(
    calm: duckdb.DuckDBPyConnection,
) -> None:
    night_post(calm, "gas", 30)
    decide(calm, a_brand(on_call=()), NOW)
    assert [each.target for each in pending(calm, "kronfurt")] == [CARE]
