"""From every number one comes to the mentions that it counts."""

import duckdb
import pandas as pd
import pytest
from timelines.stage import NOW, Stage, timelines

from warehouse import NoCases, catalogue, run_query

SPAN = {"now": NOW, "since": NOW.replace(year=2024), "until": NOW}
#: What a metric's rows count in all, held against the mentions behind them.
COUNTS = {
    "after_hours": "mention_count",
    "after_hours_shares": "mention_count",
    "agency_quota": "comparable_count",
    "agents": "reply_count",
    "answered_by": "mention_count",
    "backlog_at_opening": "backlog_count",
    "daily": "mention_count",
    "deflections": "deflection_count",
    "marketing_or_service": "mention_count",
    "sentiment_trend": "mention_count",
    "share_of_voice": "mention_count",
    "spill_over_by_hour": "mention_count",
    "super_users": "period_helpful_count",
}
METRICS = [query.name for query in catalogue() if query.folder == "metrics"]


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    """A warehouse that holds all timelines."""
    stage = Stage()
    stage.play(enumerate(timelines(), start=1))
    return stage.con


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_leads_to_its_mentions(con: duckdb.DuckDBPyConnection, metric: str) -> None:
    found = run_query(con, metric, brand="werke", cases=True, **SPAN)
    assert {"brand", "platform", "post_id", "status", "text", "permalink"} <= set(found.columns)
    assert len(found) or metric in ("super_users", "topics")


@pytest.mark.parametrize(("metric", "column"), COUNTS.items())
def test_the_mentions_are_those_that_were_counted(
    con: duckdb.DuckDBPyConnection, metric: str, column: str
) -> None:
    numbers = run_query(con, metric, brand="werke", **SPAN)
    numbers = numbers[numbers["brand"] == "werke"]
    assert len(run_query(con, metric, brand="werke", cases=True, **SPAN)) == numbers[column].sum()


@pytest.mark.parametrize("metric", ["response_times", "response_rate"])
def test_rates_lead_to_all_that_needed_an_answer(
    con: duckdb.DuckDBPyConnection, metric: str
) -> None:
    numbers = run_query(con, metric, brand="werke", **SPAN)
    (total,) = numbers[numbers["platform"] == "all"]["needs_answer_count"]
    assert len(run_query(con, metric, brand="werke", cases=True, **SPAN)) == total


def test_the_keys_lead_to_one_row_s_mentions(con: duckdb.DuckDBPyConnection) -> None:
    numbers = run_query(con, "daily", brand="werke", **SPAN).set_index(["platform", "day"])
    cases = run_query(con, "daily", brand="werke", cases=True, **SPAN)
    by_row = cases.groupby(["platform", "day"])["post_id"].count()
    pd.testing.assert_series_equal(
        by_row.sort_index(), numbers["mention_count"].sort_index(), check_names=False
    )


def test_a_list_s_cases_are_its_rows(con: duckdb.DuckDBPyConnection) -> None:
    plain = run_query(con, "unanswered", **SPAN)
    assert len(plain)
    pd.testing.assert_frame_equal(run_query(con, "unanswered", cases=True, **SPAN), plain)


def test_no_mentions_stand_behind_a_ledger(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(NoCases, match="no mentions stand behind usage"):
        run_query(con, "usage", cases=True, **SPAN)
