"""The weekly digest: when it comes, what it counts, and that it comes once beside the daily one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import digest_sample as sample
import duckdb
import pytest

from digest import Served, build, deliver, due, message, record, render, served, stem
from watchlist.model import Brand, Watchlist

DAY = date(2026, 11, 18)  # a Wednesday
SENDER = "horch@kronfurt.example"


@pytest.mark.parametrize(("weekly", "count"), [("wed", 2), ("mon", 1), (None, 1)])
def test_it_is_due_on_its_day_beside_the_daily_one(weekly: str | None, count: int) -> None:
    watchlist = Watchlist(brands=(sample.a_brand(digest={"weekly": weekly}),))
    found = due(watchlist, sample.NOW, frozenset())
    assert found == [("kronfurt", DAY, "daily"), ("kronfurt", DAY, "weekly")][:count]


def test_a_served_daily_one_does_not_stop_it() -> None:
    brand = sample.a_brand(digest={"weekly": "wed"})
    daily: Served = frozenset(("kronfurt", DAY, "daily", who) for who in brand.digest.recipients)
    watchlist = Watchlist(brands=(brand,))
    assert due(watchlist, sample.NOW, daily) == [("kronfurt", DAY, "weekly")]


def test_both_are_written_recorded_and_never_repeated(tmp_path: Path) -> None:
    brand = sample.a_brand(digest={"weekly": "wed"})
    with sample.warehouse(brand) as con:
        sample.mention(con, "1")
        for edition in ("daily", "weekly", "weekly"):
            rendered = render(build(con, brand, DAY, sample.NOW, edition))  # type: ignore[arg-type]
            deliver(rendered, brand, DAY, tmp_path, None, sample.NOW)
            record(con, tmp_path, "kronfurt", DAY, rendered.edition)
        assert {(edition, who) for _b, _d, edition, who in served(con, DAY)} == {
            (edition, who) for edition in ("daily", "weekly") for who in brand.digest.recipients
        }
        assert con.execute("SELECT count(*) FROM digests").fetchone() == (4,)
        assert due(Watchlist(brands=(brand,)), sample.NOW, served(con, DAY)) == []
    names = {path.name for path in (tmp_path / "kronfurt").glob("*.eml")}
    assert names == {"2026-11-18.eml", "2026-11-18-week.eml"}


def test_its_mail_has_a_name_and_a_thread_of_its_own(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    daily, weekly = (
        message(
            render(build(con, brand, DAY, sample.NOW, edition)),
            brand,
            DAY,
            SENDER,
            "leitung@kronfurt.example",
            sample.NOW,
        )
        for edition in ("daily", "weekly")
    )
    for header in ("Message-ID", "References", "Subject"):
        assert daily[header] != weekly[header]
    assert weekly["List-Id"] == daily["List-Id"]
    names = [part.get_filename() for part in weekly.iter_attachments()]
    assert names == [f"kronfurt-{stem(DAY, 'weekly')}.csv"]


def test_it_counts_the_seven_days_before(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    for post_id, days, clock in (("a", 8, "23:59"), ("b", 7, "00:00"), ("c", 1, "23:59")):
        sample.mention(con, post_id, created_at=sample.ago(days, clock))
    sample.mention(con, "d", created_at=sample.ago(0, "00:00"))
    digest = build(con, brand, DAY, sample.NOW, "weekly")
    assert digest.lead["mention_count"] == 2
    assert digest.lead["waiting_count"] == 4
    figures = {row["metric"]: row for row in digest.rows("figures")}
    assert figures["mention_count"]["present_value"] == 2
    assert figures["mention_count"]["day_count"] == 1


def test_usual_is_the_average_week(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    """Four weeks with 14, one week with 21: an arrow and the average."""
    for days in range(1, 36):
        count = 3 if days <= 7 else 2
        at = sample.ago(days, "12:00")
        sample.mentions(con, [{"post_id": f"{days}-{n}", "created_at": at} for n in range(count)])
    digest = build(con, brand, DAY, sample.NOW, "weekly")
    figures = {row["metric"]: row for row in digest.rows("figures")}
    assert figures["mention_count"]["present_value"] == 21
    assert figures["mention_count"]["usual_value"] == 14
    assert "↑ 21" in render(digest).text


def test_the_morning_after_is_the_measure_for_every_day(
    con: duckdb.DuckDBPyConnection, brand: Brand
) -> None:
    """What was answered two days late was open on the morning after, as yesterday's still is."""
    for days in range(1, 11):
        at = sample.ago(days, "12:00")
        late = {"answered_at": at + timedelta(days=2), "first_answer_at": at + timedelta(days=2)}
        answer = {"status": "answered", "answered_by": "own"} | late if days > 2 else {}
        sample.mention(con, str(days), created_at=at, **answer)
    figures = {row["metric"]: row for row in build(con, brand, DAY, sample.NOW).rows("figures")}
    assert figures["open_pct"]["usual_value"] == figures["open_pct"]["present_value"] == 1
    assert figures["answered_own_count"]["usual_value"] == 0
