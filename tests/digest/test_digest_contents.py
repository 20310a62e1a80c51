"""What a digest says about a brand and day, and that it says it in the brand's time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import digest_sample as sample
import duckdb
import pytest

from digest import build
from watchlist.model import Brand

DAY = date(2026, 11, 18)


def test_an_empty_warehouse_gives_an_empty_digest(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    digest = build(con, brand, DAY, sample.NOW)
    assert set(digest.lead.values()) == {0}
    assert digest.rows("work_list") == ()
    assert len(digest.rows("days")) == 14
    assert [row["is_stale"] for row in digest.rows("freshness")] == [True, True]
    assert not digest.is_empty  # nothing is open, but nothing was read either


def test_it_is_empty_once_everything_is_read(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    for platform in brand.platforms:
        cover(con, platform, sample.NOW)
    assert build(con, brand, DAY, sample.NOW).is_empty


def cover(con: duckdb.DuckDBPyConnection, platform: str, until: datetime, topic: str = "t") -> None:
    sample.insert(
        con,
        "coverage",
        brand="kronfurt",
        topic=topic,
        platform=platform,
        start_at=until - timedelta(days=2),
        end_at=until,
    )


def test_the_lead_counts_states_and_changes(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    old, new = sample.ago(3, "10:00"), sample.ago(1, "20:00")
    sample.mention(con, "1", created_at=new, due_at=sample.ago(0, "12:00"))
    sample.mention(con, "2", created_at=old, due_at=sample.ago(3, "15:00"), status="holding")
    sample.mention(con, "3", created_at=old, status="answered", answered_at=sample.ago(1, "11:00"))
    sample.mention(con, "4", created_at=old, status="answered", answered_at=sample.ago(2, "11:00"))
    sample.mention(con, "5", created_at=old, status="settled")
    said = {"platform": "x", "thread_id": "5", "head_id": "5", "role": "asker"}
    sample.insert(con, "replies", brand="kronfurt", post_id="5a", **said, replied_at=new)
    sample.mention(con, "6", created_at=new, needs_answer=False, status="unanswered", reasons=[])
    sample.mention(con, "7", created_at=old, reasons=["urgent", "private_data"], due_at=None)
    lead = build(con, brand, DAY, sample.NOW).lead
    assert {name.removesuffix("_count"): count for name, count in lead.items() if count} == {
        "open": 3,
        "unanswered": 2,
        "holding": 1,
        "overdue": 1,
        "due_today": 1,
        "urgent": 1,
        "private_data": 1,
        "new": 1,
        "answered": 1,
        "closed": 1,
        "mention": 2,
    }


def test_what_is_snoozed_waits_outside_the_list(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    for post_id, hours in (("1", 3), ("2", -3)):
        sample.mention(con, post_id)
        sample.insert(
            con,
            "triage",
            brand="kronfurt",
            platform="x",
            post_id=post_id,
            action="snooze",
            until_at=sample.NOW + timedelta(hours=hours),
            done_by="lead",
        )
    digest = build(con, brand, DAY, sample.NOW)
    assert [row["post_id"] for row in digest.rows("work_list")] == ["2"]
    assert (digest.lead["open_count"], digest.lead["snoozed_count"]) == (1, 1)


def test_age_counts_only_office_hours(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    sample.mention(con, "fri", created_at=sample.ago(5, "17:00"))  # 1 h, then Mon and Tue 9 h each
    sample.mention(con, "tue", created_at=sample.ago(1, "12:30"))  # in the lunch break
    sample.mention(con, "now", created_at=sample.NOW)
    rows = build(con, brand, DAY, sample.NOW).rows("work_list")
    assert {row["post_id"]: row["open_seconds"] / 3600 for row in rows} == {
        "fri": 19,
        "tue": 5,
        "now": 0,
    }


def test_a_brand_that_never_closes_counts_plain_time() -> None:
    brand = sample.a_brand(office_hours={})
    with sample.warehouse(brand) as con:
        sample.mention(con, "1", created_at=sample.NOW - timedelta(hours=60))
        digest = build(con, brand, DAY, sample.NOW)
    assert digest.rows("work_list")[0]["open_seconds"] == 60 * 3600
    assert [row["outside_count"] for row in digest.rows("hours")] == [0]


def test_what_hurts_most_comes_first(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    sample.mention(con, "plain")
    sample.mention(con, "question", reasons=["question"])
    sample.mention(con, "urgent", reasons=["complaint", "urgent"])
    sample.mention(con, "leak", reasons=["complaint", "private_data"], private_data=["iban"])
    sample.mention(con, "late", due_at=sample.NOW - timedelta(hours=1))
    sample.mention(con, "loud", follower_count=5_000, like_count=90)
    order = [row["post_id"] for row in build(con, brand, DAY, sample.NOW).rows("work_list")]
    assert order == ["urgent", "leak", "loud", "late", "plain", "question"]


def test_days_are_the_brands_days_when_clocks_change() -> None:
    """On 25 October 2026 Berlin's day has 25 hours; the local midnight stays the border."""
    brand = sample.a_brand()
    now = datetime(2026, 10, 26, 6, 30, tzinfo=UTC)
    with sample.warehouse(brand, now) as con:
        for post_id, at in {
            "sat": datetime(2026, 10, 24, 21, 59, tzinfo=UTC),
            "sun": datetime(2026, 10, 24, 22, 0, tzinfo=UTC),
            "late": datetime(2026, 10, 25, 22, 59, tzinfo=UTC),
            "mon": datetime(2026, 10, 25, 23, 0, tzinfo=UTC),
        }.items():
            sample.mention(con, post_id, created_at=at)
        digest = build(con, brand, date(2026, 10, 26), now)
    days = {row["day"]: row["mention_count"] for row in digest.rows("days")}
    assert (days[date(2026, 10, 24)], days[date(2026, 10, 25)]) == (1, 2)
    figures = {row["metric"]: row["present_value"] for row in digest.rows("figures")}
    assert figures["mention_count"] == 2


def test_the_backlog_is_what_waited_at_the_end_of_each_day(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    sample.mention(con, "open", created_at=sample.ago(3, "10:00"))
    sample.mention(
        con,
        "answered",
        created_at=sample.ago(4, "10:00"),
        status="answered",
        answered_at=sample.ago(2, "10:00"),
        first_answer_at=sample.ago(2, "10:00"),
    )
    sample.mention(
        con,
        "reopened",
        created_at=sample.ago(6, "10:00"),
        first_answer_at=sample.ago(5, "10:00"),
        opened_at=sample.ago(1, "10:00"),
        status="reopened",
    )
    backlog = [row["open_count"] for row in build(con, brand, DAY, sample.NOW).rows("days")]
    assert backlog[-7:] == [0, 1, 0, 1, 2, 1, 2]  # the days 7 to 1 before


def test_a_young_brand_is_compared_with_its_own_days(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    for number in range(6):
        sample.mention(con, f"o{number}", created_at=sample.ago(3, "12:00"))
    for number in range(4):
        sample.mention(con, f"y{number}", created_at=sample.ago(1, "12:00"))
    figures = {row["metric"]: row for row in build(con, brand, DAY, sample.NOW).rows("figures")}
    assert figures["mention_count"]["day_count"] == 2
    assert figures["mention_count"]["present_value"] == 4
    assert figures["mention_count"]["usual_value"] == 3


def test_reposts_and_the_companys_own_posts_are_no_volume(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    sample.mention(con, "1", is_repost=True)
    sample.mention(con, "2", author_role="own")
    digest = build(con, brand, DAY, sample.NOW)
    assert digest.lead["mention_count"] == 0
    assert digest.rows("days")[-1]["mention_count"] == 0


@pytest.mark.parametrize(("until_hours", "shown"), [(-1, 1), (4, 0)])
def test_a_gap_is_named_until_it_is_read(
    con: duckdb.DuckDBPyConnection, brand: Brand, until_hours: int, shown: int
) -> None:
    times = {"start_at": sample.ago(1, "02:00"), "end_at": sample.ago(1, "03:00")}
    gap = {"brand": "kronfurt", "topic": "@a", "platform": "x", "reason": "down", "detail": ""}
    sample.insert(con, "gaps", **gap, **times)
    cover(con, "x", sample.ago(1, "02:00") + timedelta(hours=until_hours), topic="@a")
    assert len(build(con, brand, DAY, sample.NOW).rows("gaps")) == shown


def test_cost_is_the_months(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    use = {"brand": "kronfurt", "platform": "x", "kind": "search", "post_count": 10}
    for at in (
        datetime(2026, 10, 31, 22, 59, tzinfo=UTC),
        datetime(2026, 10, 31, 23, 0, tzinfo=UTC),
    ):
        sample.insert(con, "usage", **use, used_at=at, request_count=1, cost_usd=0.5)
    assert [dict(row) for row in build(con, brand, DAY, sample.NOW).rows("cost")] == [
        {"platform": "x", "request_count": 1, "post_count": 10, "cost_usd": 0.5}
    ]


def test_only_the_brands_own_mentions_are_read(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    sample.mention(con, "1", brand="other")
    digest = build(con, brand, DAY, sample.NOW)
    assert digest.rows("work_list") == ()
    assert digest.lead["mention_count"] == 0
    assert digest.rows("figures") == digest.rows("hours") == digest.rows("spill_over") == ()
