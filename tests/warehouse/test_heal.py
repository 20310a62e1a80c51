"""A clock that ran ahead, and is set right again."""

from datetime import timedelta
from pathlib import Path

import duckdb

from collectors import registry
from collectors.model import Gap, Window
from tests.warehouse.making import NOW, make_post, make_watchlist, write_landing, x_page
from tests.warehouse.test_mentions import arrive
from warehouse import coverage_report, load_landing, plan_jobs

HOUR = timedelta(hours=1)
BRAND = make_watchlist(handles=["@SWKronfurt"], names=[], hashtags=[]).brands[0]


def landing(folder: Path, name: str, start: float, end: float, **more: object) -> Path:
    """A file that was read at its window's end, in hours after NOW."""
    window = Window(NOW + start * HOUR, NOW + end * HOUR)
    return write_landing(folder, name, window=window, read_at=window.end, **more)  # type: ignore[arg-type]


def read_until(con: duckdb.DuckDBPyConnection, hours: float) -> float:
    (line,) = coverage_report(con, NOW + hours * HOUR)
    return (line.covered[-1].end - NOW) / HOUR


def test_what_it_has_claimed_is_read_again(
    con: duckdb.DuckDBPyConnection, landing_dir: Path
) -> None:
    load_landing(con, [landing(landing_dir, "good", -5, -1)], landing_dir, NOW - HOUR)
    load_landing(con, [landing(landing_dir, "ahead", -1, 30)], landing_dir, NOW + 30 * HOUR)
    assert read_until(con, 31) > 29

    load_landing(con, [], landing_dir, NOW + HOUR / 4)

    assert -1.2 < read_until(con, 31) < -1.1
    planned = plan_jobs(con, [], registry.get("x"), BRAND, NOW + HOUR / 4)
    search = next(job for job in planned if "@swkronfurt" in job.topics)
    assert search.window.end == NOW + HOUR / 4


def test_nor_does_a_file_count_that_is_loaded_afterwards(
    con: duckdb.DuckDBPyConnection, landing_dir: Path
) -> None:
    lost = Gap(Window(NOW - 9 * HOUR, NOW - 5 * HOUR), "too_old", is_final=True)
    path = landing(landing_dir, "ahead", -5, 30, gaps=(lost,))

    assert load_landing(con, [path], landing_dir, NOW).files == 1

    assert coverage_report(con, NOW) == []


def test_posts_it_has_read_do_not_outlive_their_deletion(
    con: duckdb.DuckDBPyConnection, landing_dir: Path
) -> None:
    page = x_page({"id": "1", "text": "Hallo @SWKronfurt"}, at=NOW + 30 * HOUR)
    window = Window(NOW - 5 * HOUR, NOW + 30 * HOUR)
    path = write_landing(landing_dir, "ahead", page, window=window, read_at=window.end)
    load_landing(con, [path], landing_dir, NOW)

    gone = make_post("1", text="", author_id="", is_deleted=True)
    arrive(con, gone, at=NOW + HOUR)

    assert con.execute("SELECT text, deleted_at FROM posts").fetchall() == [(None, NOW + HOUR)]


def test_nor_do_posts_it_has_looked_up_before(
    con: duckdb.DuckDBPyConnection, landing_dir: Path
) -> None:
    arrive(con, make_post("1", created_at=NOW - HOUR))
    page = x_page({"id": "1", "text": "Hallo @SWKronfurt"}, at=NOW + 30 * HOUR)
    looked_up = write_landing(
        landing_dir, "check", page, kind="check", topics=(), read_at=NOW + 30 * HOUR
    )
    load_landing(con, [looked_up], landing_dir, NOW + 30 * HOUR)

    load_landing(con, [], landing_dir, NOW + HOUR)

    assert con.execute("SELECT max(checked_at) FROM posts").fetchall() == [(NOW + HOUR,)]
    assert con.execute("SELECT max(used_at) FROM usage").fetchall() == [(NOW + HOUR,)]


def test_gaps_it_has_named_are_forgotten(con: duckdb.DuckDBPyConnection, landing_dir: Path) -> None:
    lost = Gap(Window(NOW - 9 * HOUR, NOW - 5 * HOUR), "too_old", is_final=True)
    path = landing(landing_dir, "ahead", -5, 30, gaps=(lost,), covered=())
    load_landing(con, [path], landing_dir, NOW + 30 * HOUR)
    assert len(con.execute("FROM gaps").fetchall()) == 1

    load_landing(con, [], landing_dir, NOW)

    assert con.execute("FROM gaps").fetchall() == []


def test_a_clock_that_is_behind_undoes_nothing(
    con: duckdb.DuckDBPyConnection, landing_dir: Path
) -> None:
    load_landing(con, [landing(landing_dir, "good", -5, -1)], landing_dir, NOW)
    arrive(con, make_post("1", created_at=NOW - 2 * HOUR))

    load_landing(con, [], landing_dir, NOW - 40 * HOUR)

    assert read_until(con, 0) > -1.2
