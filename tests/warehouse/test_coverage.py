from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from collectors.model import Gap, Window
from tests.warehouse.making import NOW, READ_AT, make_post, write_landing
from tests.warehouse.test_mentions import arrive
from warehouse import Hole, coverage_report, load_landing, spent_usd

HOUR = timedelta(hours=1)


def window(start: float, end: float) -> Window:
    return Window(NOW + start * HOUR, NOW + end * HOUR)


def test_holes_and_their_reasons(con: duckdb.DuckDBPyConnection, landing_dir: Path) -> None:
    gaps = (
        Gap(window(-10, -8), "too_old", "7 days", is_final=True),
        Gap(window(-6, -5), "budget"),
    )
    files = [
        write_landing(landing_dir, "a", covered=(window(-8, -6),), gaps=gaps),
        write_landing(landing_dir, "b", covered=(window(-3, -1),)),
    ]
    load_landing(con, files, landing_dir, READ_AT)
    (line,) = coverage_report(con, NOW)
    assert (line.brand, line.platform, line.topic) == ("kronfurt", "x", "@swkronfurt")
    assert line.covered == (window(-8, -6), window(-3, -1))
    assert line.holes == (
        Hole(window(-10, -8), "too_old", "7 days", is_final=True),
        Hole(window(-6, -5), "budget"),
        Hole(window(-5, -3)),
    )


def test_a_gap_that_was_read_later_is_no_hole(
    con: duckdb.DuckDBPyConnection, landing_dir: Path
) -> None:
    gap = Gap(window(-4, -2), "budget")
    files = [
        write_landing(landing_dir, "a", covered=(window(-2, 0),), gaps=(gap,)),
        write_landing(landing_dir, "b", covered=(window(-4, -2),)),
    ]
    load_landing(con, files, landing_dir, READ_AT)
    (line,) = coverage_report(con, NOW, since=NOW - 3 * HOUR)
    assert (line.covered, line.holes) == ((window(-3, 0),), ())
    assert coverage_report(con, NOW, brand="other") == []


@pytest.mark.parametrize("later", [HOUR, -40 * HOUR], ids=["", "clock set back"])
def test_the_newest_finding_gives_the_reason(
    con: duckdb.DuckDBPyConnection, landing_dir: Path, later: timedelta
) -> None:
    arrive(con, make_post("1", created_at=NOW - HOUR))  # so that the clock is known to be behind
    wrong_clock = Gap(window(-10, -4), "too_old", "7 days")
    down = Gap(window(-8, -2), "down", "503")
    for name, gap, wait in (("b", wrong_clock, 0 * HOUR), ("a", down, later)):
        at = READ_AT + wait
        file = write_landing(landing_dir, name, covered=(), gaps=(gap,), read_at=at)
        load_landing(con, [file], landing_dir, at)
    (line,) = coverage_report(con, NOW)
    assert line.holes == (
        Hole(window(-10, -8), "too_old", "7 days"),
        Hole(window(-8, -2), "down", "503"),
    )


def test_what_was_spent(con: duckdb.DuckDBPyConnection, landing_dir: Path) -> None:
    load_landing(con, [write_landing(landing_dir, name) for name in "ab"], landing_dir, READ_AT)
    assert spent_usd(con, "x", NOW - HOUR) == 0.03
    assert spent_usd(con, "x", NOW + HOUR) == 0
    assert spent_usd(con, "reddit", NOW - HOUR) == 0
