from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from tests.warehouse.conftest import Rows
from tests.warehouse.making import NOW, make_post, make_watchlist
from tests.warehouse.test_mentions import arrive, kinds
from warehouse import SyncResult, sync_watchlist


def test_the_tables_of_the_watchlist(con: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    sync_watchlist(
        con,
        make_watchlist(
            answer_within="2h",
            engage={"x": "direct"},
            accounts={"agency": ["x:Dialogwerk"], "superuser": ["sepp"]},
            signatures={"agency": ["^mk"]},
        ),
        NOW,
    )
    assert rows("SELECT name, time_zone, answer_within_seconds FROM brands") == [
        ("Stadtwerke Kronfurt", "Europe/Berlin", 7200)
    ]
    assert rows("SELECT * FROM brand_platforms ORDER BY platform") == [
        ("kronfurt", "reddit", "all"),
        ("kronfurt", "x", "direct"),
    ]
    assert rows("SELECT platform, handle, role FROM brand_accounts ORDER BY role") == [
        ("x", "dialogwerk", "agency"),
        (None, "swkronfurt", "own"),
        (None, "sepp", "superuser"),
    ]
    assert rows("SELECT role, signature FROM brand_signatures") == [("agency", "^mk")]
    assert rows("SELECT kind, term FROM brand_terms ORDER BY 1") == [
        ("exclude", "Rollenspiel"),
        ("handle", "swkronfurt"),
        ("hashtag", "kronstrom"),
        ("name", "Stadtwerke Kronfurt"),
        ("subreddit", "kronfurt"),
    ]


def test_the_same_watchlist_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    arrive(con, make_post("1"))
    con.execute("DELETE FROM dirty_threads")
    assert sync_watchlist(con, make_watchlist(), NOW) == SyncResult()
    assert con.execute("SELECT count(*) FROM dirty_threads").fetchone() == (0,)


def test_new_terms_are_looked_for_in_all_posts(con: duckdb.DuckDBPyConnection) -> None:
    assert arrive(con, make_post("1", "@neu"), make_post("2", "#kronstrom")) == {"2": "hashtag"}
    con.execute("DELETE FROM dirty_threads")
    watchlist = make_watchlist(handles=["@SWKronfurt", "@neu"], hashtags=[])
    assert sync_watchlist(con, watchlist, NOW).rematched == ("kronfurt",)
    assert kinds(con) == {"1": "direct"}
    dirty = con.execute("SELECT thread_id FROM dirty_threads ORDER BY 1").fetchall()
    assert dirty == [("1",), ("2",)]


@pytest.mark.parametrize(
    "change",
    [
        {"answer_within": "1h"},
        {"office_hours": {"mon": ["08:00-12:00"]}},
        {"engage": {"x": "direct"}},
        {"signatures": {"own": ["^ab"]}},
        {"accounts": {"superuser": ["sepp"]}},
        {"time_zone": "Europe/Vienna"},
        {"routing": [{"owner": "marketing", "platforms": ["x"]}]},
    ],
)
def test_changed_rules_disturb_the_brands_threads(
    con: duckdb.DuckDBPyConnection, change: dict[str, object]
) -> None:
    arrive(con, make_post("1"), make_post("2", "fremd"))
    con.execute("DELETE FROM dirty_threads")
    assert sync_watchlist(con, make_watchlist(**change), NOW).revised == ("kronfurt",)
    assert con.execute("SELECT thread_id FROM dirty_threads").fetchall() == [("1",)]


def test_a_new_name_or_digest_time_disturbs_nothing(con: duckdb.DuckDBPyConnection) -> None:
    arrive(con, make_post("1"))
    con.execute("DELETE FROM dirty_threads")
    digest = {"at": "09:15", "recipients": ["a@kronfurt.example.org"]}
    sync_watchlist(con, make_watchlist(name="SWK", digest=digest), NOW)
    assert con.execute("SELECT name, digest_at::VARCHAR FROM brands").fetchall() == [
        ("SWK", "09:15:00")
    ]
    assert con.execute("SELECT count(*) FROM dirty_threads").fetchone() == (0,)


def test_office_hours_grow_with_the_years_and_with_old_posts(
    con: duckdb.DuckDBPyConnection, rows: Rows
) -> None:
    week = make_watchlist(office_hours={"mon": ["08:00-12:00"]})
    sync_watchlist(con, week, NOW)
    arrive(con, make_post("1"), make_post("2", created_at=datetime(2019, 5, 1, tzinfo=UTC)))
    con.execute("DELETE FROM dirty_threads")
    assert sync_watchlist(con, week, NOW + timedelta(days=400)) == SyncResult()
    assert rows("SELECT year(min(opens_at)), year(max(closes_at)) FROM office_hours") == [
        (2019, 2028)
    ]
    assert rows("SELECT thread_id FROM dirty_threads") == [("2",)]
    assert rows("SELECT min(open_before_seconds) FROM office_hours") == [(0,)]


def test_a_brand_that_is_no_longer_listed_keeps_its_mentions(
    con: duckdb.DuckDBPyConnection, rows: Rows
) -> None:
    arrive(con, make_post("1"))
    result = sync_watchlist(con, make_watchlist(id="other"), NOW)
    assert (result.removed, result.rematched) == (("kronfurt",), ("other",))
    assert rows("SELECT DISTINCT brand FROM brand_terms") == [("other",)]
    assert rows("SELECT brand FROM mentions ORDER BY 1") == [("kronfurt",), ("other",)]
