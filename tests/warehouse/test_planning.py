from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors import registry
from collectors.model import Gap, Window
from tests.warehouse.making import NOW, READ_AT, make_post, make_watchlist, write_landing
from tests.warehouse.test_mentions import arrive
from warehouse import (
    due_threads,
    load_landing,
    plan_checks,
    plan_jobs,
    plan_threads,
    update_answers,
)
from warehouse.planning import LOOKBACK, next_windows

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
X = registry.get("x")
BRAND = make_watchlist().brands[0]


def window(start: float, end: float) -> Window:
    """Hours after NOW, as a window."""
    return Window(NOW + start * HOUR, NOW + end * HOUR)


def test_a_new_topic_looks_back() -> None:
    assert next_windows([], [], NOW, 5 * HOUR) == [window(-5, 0)]


def test_the_next_window_begins_where_the_last_one_ended() -> None:
    assert next_windows([window(-5, -1)], [], NOW, 3 * HOUR) == [window(-1, 0)]


def test_holes_are_asked_for_however_old_they_are() -> None:
    covered = [window(-90, -80), window(-70, -5), window(-3, 0)]
    assert next_windows(covered, [], NOW, 9 * HOUR) == [window(-80, -70), window(-5, -3)]


def test_what_is_lost_is_not_asked_for_again() -> None:
    covered, lost = [window(-9, -8), window(-3, -1)], [window(-8, -4)]
    assert next_windows(covered, lost, NOW, 2 * HOUR)[0] == window(-4, -3)


def test_nothing_new() -> None:
    assert next_windows([window(-9, 0)], [], NOW, DAY) == [window(-24, -9)]
    assert next_windows([window(-30, 0)], [], NOW, DAY) == []


HOURS = st.integers(-200, 20)
WINDOWS = st.lists(
    st.tuples(HOURS, HOURS).filter(lambda pair: pair[0] < pair[1]).map(lambda p: window(*p)),
    max_size=6,
)


@given(covered=WINDOWS, lost=WINDOWS)
def test_after_reading_what_was_planned_nothing_is_left(
    covered: list[Window], lost: list[Window]
) -> None:
    planned = next_windows(covered, lost, NOW, 100 * HOUR)
    assert all(one.end <= NOW for one in planned)
    assert next_windows([*covered, *planned], lost, NOW, 100 * HOUR) == []
    missing = window(-100, 0).minus([*covered, *lost])
    assert all(not hole.minus(planned) for hole in missing)


def test_topics_share_requests_and_a_new_one_gets_its_own(
    con: duckdb.DuckDBPyConnection, landing_dir: Path
) -> None:
    first = plan_jobs(con, [], X, BRAND, NOW)
    assert {(job.kind, job.window) for job in first} == {
        ("search", Window(NOW - LOOKBACK, NOW)),
        ("own", Window(NOW - LOOKBACK, NOW)),
    }
    topics = tuple(topic for job in first for topic in job.topics)
    whole = Window(NOW - LOOKBACK, NOW)
    load_landing(
        con, [write_landing(landing_dir, "a", topics=topics, window=whole)], landing_dir, READ_AT
    )
    later = NOW + HOUR
    brand = make_watchlist(hashtags=["#kronstrom", "#neu"]).brands[0]
    planned = {(job.topics, job.window) for job in plan_jobs(con, [], X, brand, later)}
    assert (("#neu",), Window(later - LOOKBACK, later)) in planned
    assert len([job for job in planned if job[1].start == NOW]) == 2
    assert len(planned) == 3


def test_files_that_wait_to_be_loaded_count_as_read(
    con: duckdb.DuckDBPyConnection, landing_dir: Path
) -> None:
    topics = tuple(topic.name for topic in X.topics(BRAND))
    waiting = write_landing(
        landing_dir,
        "a",
        topics=topics,
        window=window(-200, 0),
        covered=(window(-100, 0),),
        gaps=(Gap(window(-200, -150), "too_old", is_final=True), Gap(window(-150, -100), "budget")),
    )
    broken = landing_dir / "broken.jsonl.zst"
    broken.write_bytes(b"hello")
    planned = plan_jobs(con, [waiting, broken], X, BRAND, READ_AT)
    assert {job.window for job in planned} == {window(-150, -100), window(0, 0.5)}


def case(con: duckdb.DuckDBPyConnection, post_id: str, status: str, age: timedelta) -> None:
    """A complaint on X in a conversation of its own, with a status that others have led to."""
    seen = {"checked_at": NOW - age}
    arrive(con, make_post(post_id, root_id=post_id, created_at=NOW - age))
    con.execute(
        "UPDATE posts SET checked_at = $checked_at WHERE post_id = $id", seen | {"id": post_id}
    )
    con.execute(
        "INSERT INTO tags BY NAME SELECT 'x' AS platform, $id AS post_id, 'm' AS model,"
        " md5('') AS text_hash, TRUE AS complaint, $now AS tagged_at",
        {"id": post_id, "now": NOW},
    )
    update_answers(con, NOW)
    con.execute(
        "UPDATE answers SET status = $status WHERE post_id = $id",
        {"status": status, "id": post_id},
    )


def check(con: duckdb.DuckDBPyConnection, post_id: str, ago: timedelta) -> None:
    con.execute(
        "INSERT INTO thread_checks VALUES ('x', 'kronfurt', $id, $at)",
        {"id": post_id, "at": NOW - ago},
    )


@pytest.mark.parametrize(
    ("age", "checked_ago", "is_due"),
    [
        (HOUR, timedelta(minutes=14), False),
        (HOUR, timedelta(minutes=15), True),
        (3 * HOUR, timedelta(minutes=59), False),
        (3 * HOUR, HOUR, True),
        (3 * DAY, 23 * HOUR, False),
        (3 * DAY, DAY, True),
        (8 * DAY, 5 * DAY, False),
    ],
)
def test_conversations_are_looked_at_ever_more_rarely(
    con: duckdb.DuckDBPyConnection, age: timedelta, checked_ago: timedelta, is_due: bool
) -> None:
    case(con, "1", "unanswered", age)
    check(con, "1", checked_ago)
    assert bool(due_threads(con, "kronfurt", "x", NOW)) is is_due


def test_a_run_follows_no_more_conversations_than_it_has_time_for(
    con: duckdb.DuckDBPyConnection,
) -> None:
    for post_id in ("1", "2", "3"):
        case(con, post_id, "unanswered", HOUR)
    check(con, "1", timedelta(minutes=30))
    check(con, "3", timedelta(minutes=40))
    found = due_threads(con, "kronfurt", "x", NOW, most=2)
    assert [thread.root_id for thread in found] == ["2", "3"]


def test_only_open_cases_are_followed(con: duckdb.DuckDBPyConnection) -> None:
    statuses = ("unanswered", "holding", "deflected", "reopened", "answered", "settled", "deleted")
    for status in statuses:
        case(con, status, status, HOUR)
    found = {thread.root_id for thread in due_threads(con, "kronfurt", "x", NOW)}
    assert found == {"unanswered", "holding", "deflected", "reopened"}
    assert due_threads(con, "kronfurt", "reddit", NOW) == []


def test_conversations_are_read_from_where_they_were_left(
    con: duckdb.DuckDBPyConnection, landing_dir: Path
) -> None:
    for post_id in ("1", "2", "3"):
        case(con, post_id, "unanswered", HOUR)
    check(con, "2", timedelta(minutes=30))
    waiting = write_landing(
        landing_dir, "a", kind="thread", root_ids=("3",), window=window(-5, 0), read_at=NOW
    )
    planned = plan_threads(con, [waiting], X, BRAND, NOW)
    assert {(job.root_ids, job.window.start) for job in planned} == {
        (("1",), NOW - LOOKBACK),
        (("2",), NOW - timedelta(minutes=30)),
    }


@pytest.mark.parametrize(
    ("platform", "recheck", "ids"),
    [
        ("x", "open", {"1"}),
        ("x", "all", {"1", "2", "3"}),
        ("reddit", "open", {"t3_1", "t3_2", "t3_3"}),
    ],
)
def test_what_costs_nothing_is_looked_at_again_and_what_costs_as_far_as_wanted(
    con: duckdb.DuckDBPyConnection, platform: str, recheck: str, ids: set[str]
) -> None:
    brand = make_watchlist(recheck=recheck).brands[0]
    for post_id, status in (("1", "unanswered"), ("2", "answered"), ("3", "settled")):
        case(con, f"t3_{post_id}" if platform == "reddit" else post_id, status, 30 * HOUR)
    con.execute("UPDATE posts SET platform = $1, checked_at = $2", [platform, NOW - 26 * HOUR])
    con.execute("UPDATE answers SET platform = $1", [platform])
    con.execute("UPDATE mentions SET platform = $1", [platform])
    planned = plan_checks(con, [], registry.get(platform), brand, NOW)
    assert {post_id for job in planned for post_id in job.root_ids} == ids


@pytest.mark.parametrize(
    ("gaps", "is_planned"), [((), False), ((Gap(Window(NOW - HOUR, NOW), "budget"),), True)]
)
def test_look_ups_that_wait_to_be_loaded_count_unless_a_budget_has_cut_them_off(
    con: duckdb.DuckDBPyConnection, landing_dir: Path, gaps: tuple[Gap, ...], is_planned: bool
) -> None:
    case(con, "1", "unanswered", 30 * HOUR)
    con.execute("UPDATE posts SET checked_at = $1", [NOW - 26 * HOUR])
    pending = write_landing(
        landing_dir, "check-a", kind="check", topics=(), root_ids=("1",), gaps=gaps
    )

    planned = plan_checks(con, [pending], registry.get("x"), make_watchlist().brands[0], NOW)

    assert bool(planned) == is_planned
