"""A round of collecting: nobody holds up anybody, and what is fresh is read once more."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import warehouse
from collectors import landing
from collectors.connection import Connection
from collectors.model import Window
from demo.http_server import Fault
from demo.load import load_world
from demo.x_server import TOKEN, XApp, XServer
from pipeline import Home, steps

NOW = datetime(2026, 11, 18, 9, 30, 0, 500, tzinfo=UTC)
WATCHLIST = """
{budget}
[[brands]]
id = "hopeless"
name = "Zu viele Ausschlüsse"
platforms = ["x"]
handles = ["hopeless"]
exclude = [{exclude}]
digest = {{ recipients = ["care@example.org"] }}
[[brands]]
id = "kronfurt"
name = "Stadtwerke Kronfurt"
platforms = ["x"]
handles = ["SWKronfurt"]
recheck = "all"
digest = {{ recipients = ["care@example.org"] }}
"""


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer(XApp(load_world(NOW), lambda: NOW)) as running:
        yield running


def home(folder: Path, budget: str = "") -> Home:
    exclude = ", ".join(f'"ein ausgeschlossenes Wort {n}"' for n in range(30))
    (folder / "watchlist.toml").write_text(WATCHLIST.format(exclude=exclude, budget=budget))
    opened = Home.open(folder / "watchlist.toml")
    steps.prepare(opened, NOW)
    return opened


def connection(server: XServer) -> Connection:
    return Connection("x", host=server.url, password=TOKEN)


def test_a_brand_that_fits_no_search_holds_up_nobody(tmp_path: Path, server: XServer) -> None:
    here = home(tmp_path)

    report = steps.collect(here, "x", connection(server), NOW)

    assert [type(error).__name__ for error in report.failures] == ["Refused"]
    assert {landing.read_trailer(path).brand for path in report.landed} == {"kronfurt"}
    assert report.posts > 10


def test_the_last_minutes_are_read_once_more(tmp_path: Path, server: XServer) -> None:
    here = home(tmp_path)
    steps.collect(here, "x", connection(server), NOW)
    waiting = _search(here)
    steps.load(here, NOW)
    loaded = _search(here)

    # Ten minutes and the twelve seconds that X holds back, in whole seconds.
    assert waiting == loaded == {(NOW - timedelta(minutes=10)).replace(microsecond=0)}


def _search(here: Home) -> set[datetime]:
    jobs = steps.plan(here, "x", NOW + timedelta(minutes=5), "kronfurt")
    return {job.window.start for job in jobs if job.kind == "search"}


def test_an_outage_is_a_gap_until_it_is_read(tmp_path: Path, server: XServer) -> None:
    here = home(tmp_path)
    server.faults.append(Fault(status=503, times=2))
    report = steps.collect(here, "x", connection(server), NOW, "kronfurt")
    steps.load(here, NOW)
    assert {hole.reason for line in _lines(here) for hole in line.holes} == {"down"}
    assert report.retry_at

    steps.collect(here, "x", connection(server), NOW, "kronfurt")
    steps.load(here, NOW)
    assert [
        hole for line in _lines(here) for hole in line.holes if hole.window.end < _SETTLED
    ] == []


_SETTLED = NOW - timedelta(minutes=11)


def _lines(here: Home) -> list[warehouse.CoverageLine]:
    with warehouse.open_writer(here.warehouse) as con:
        return warehouse.coverage_report(con, NOW, "kronfurt")


def test_every_stored_text_is_looked_up_within_a_day(tmp_path: Path, server: XServer) -> None:
    here = home(tmp_path)
    steps.collect(here, "x", connection(server), NOW, "kronfurt")
    steps.load(here, NOW)
    with warehouse.open_writer(here.warehouse) as con:
        (stored,) = con.execute(
            "SELECT count(*) FROM posts WHERE text IS NOT NULL AND deleted_at IS NULL"
        ).fetchall()[0]

    def looked_up(after: timedelta) -> int:
        jobs = steps.plan(here, "x", NOW + after, "kronfurt")
        return sum(len(job.root_ids) for job in jobs if job.kind == "check")

    assert looked_up(timedelta(hours=21)) == 0
    assert looked_up(timedelta(hours=23)) == stored > 10


def test_a_backfill_reads_what_is_missing(tmp_path: Path, server: XServer) -> None:
    here = home(tmp_path)
    window = Window(NOW - timedelta(days=3), NOW - timedelta(days=2))
    first = steps.backfill(here, "x", connection(server), NOW, "kronfurt", window)
    again = steps.backfill(here, "x", connection(server), NOW, "kronfurt", window)

    assert {landing.read_trailer(path).window for path in first.landed} == {window}
    assert again.landed == ()
