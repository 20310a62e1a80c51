"""The digest of a past day says what was the case then, and that it is worked out later."""

from __future__ import annotations

from datetime import date, timedelta

import digest_sample as sample
import duckdb

from digest import build, render
from watchlist.model import Brand

MONDAY = date(2026, 11, 16)
DAY = date(2026, 11, 18)


def test_answers_that_came_later_do_not_count(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    """Monday at 07:30: one was answered on Sunday, one at eight, one was not written yet."""
    sunday, later = sample.ago(3, "12:00"), sample.ago(2, "08:00")
    answered = {"created_at": sample.ago(5, "10:00"), "status": "answered"}
    sample.mention(con, "1", **answered, answered_at=sunday, first_answer_at=sunday)
    sample.mention(con, "2", **answered, answered_at=later, first_answer_at=later)
    sample.mention(con, "3", created_at=sample.ago(2, "07:31"))
    digest = build(con, brand, MONDAY, sample.NOW)
    assert [row["post_id"] for row in digest.listed] == ["2"]
    assert digest.lead["answered_count"] == 1
    rendered = render(digest)
    assert rendered.subject.startswith("1 unbeantwortet")
    assert "! Rückblick auf 07:30 Uhr" in rendered.text
    assert "Rückblick auf 07:30 Uhr" in rendered.html


def test_todays_digest_looks_at_now(con: duckdb.DuckDBPyConnection, brand: Brand) -> None:
    evening = sample.NOW + timedelta(hours=12)
    digest = build(con, brand, DAY, evening)
    assert digest.now == evening
    assert "Rückblick" not in render(digest).text


def test_what_is_known_of_now_is_what_the_views_say() -> None:
    """As at now, the moment's view and the stored state are the same."""
    brand = sample.a_brand()
    with sample.warehouse(brand) as con:
        sample.fill(con)
        moment = {"brand": "kronfurt", "now": sample.NOW}
        then = con.execute(
            "SELECT platform, post_id, status, opened_at, due_at, assigned_to, owner"
            " FROM cases_at($brand, $now) WHERE closed_at IS NULL ORDER BY ALL",
            moment,
        ).fetchall()
        stored = con.execute(
            "SELECT platform, post_id, status, opened_at, due_at, assigned_to, owner"
            " FROM open_mentions WHERE brand = $brand AND created_at <= $now ORDER BY ALL",
            moment,
        ).fetchall()
    assert then == stored
    assert len(then) == 10
