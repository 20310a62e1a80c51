from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.making import NOW
from warehouse import (
    UnknownQuery,
    catalogue,
    failing_checks,
    open_writer,
    publish,
    query,
    run_query,
)


def test_every_query_describes_itself() -> None:
    assert len(catalogue()) > 20
    for one in catalogue():
        assert one.description.endswith("."), one.path
        assert one.grain, one.path
        assert one.folder != "checks" or one.severity in ("fail", "warn"), one.path


def test_parameters_are_explained() -> None:
    (rejects,) = (one for one in catalogue() if one.name == "rejects")
    assert rejects.parameters == {"since": "UTC, half-open", "until": "UTC, half-open"}


def test_every_query_runs_on_an_empty_warehouse(con: duckdb.DuckDBPyConnection) -> None:
    for one in catalogue():
        frame = run_query(con, f"{one.folder}/{one.name}", now=NOW, brand="kronfurt")
        assert len(frame.columns), one.path


def test_a_query_by_either_name(database: Path, tmp_path: Path) -> None:
    with open_writer(database) as con:
        con.execute(
            "INSERT INTO rejects VALUES ('f', 3, 'not JSON', '{', $at), ('f', 4, 'old', '{', $old)",
            {"at": NOW - timedelta(days=1), "old": NOW - timedelta(days=40)},
        )
    reader = tmp_path / "reader.duckdb"
    publish(database, reader)
    for name in ("rejects", "ledger/rejects"):
        assert list(query(name, reader, now=NOW)["line"]) == [3]
    early = NOW - timedelta(days=50)
    assert list(query("rejects", reader, now=NOW, since=early)["line"]) == [3, 4]
    frame = query("rejects", reader, now=NOW, since=early, until=NOW - timedelta(days=30))
    assert list(frame["line"]) == [4]


def test_a_notebook_beside_the_watch_list_needs_only_a_name(
    con: duckdb.DuckDBPyConnection,
    database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    con.execute("INSERT INTO rejects VALUES ('f', 3, 'old', '{', now() - INTERVAL 1 HOUR)")
    con.close()
    publish(database, tmp_path / "var/reader.duckdb")
    monkeypatch.chdir(tmp_path)
    frame = query("rejects")
    assert list(frame["line"]) == [3]
    types = dict(frame.dtypes.map(str))
    assert types["rejected_at"] == "datetime64[us, UTC]"
    assert types["line"] == "int64"


def test_lists_come_as_lists_in_the_querys_order(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "INSERT INTO gaps SELECT 'kronfurt', topic, 'x', $at, $at, reason, '', false, $at"
        " FROM (VALUES ('#gas', 'quota'), ('\"a\", b', 'quota'), ('ß', 'down'))"
        " AS found (topic, reason)",
        {"at": NOW - timedelta(hours=1)},
    )
    con.execute(
        "INSERT INTO gaps SELECT brand, topic, platform, $late, $late, reason, detail, is_final,"
        " found_at FROM gaps",
        {"late": NOW},
    )
    frame = run_query(con, "digest/gaps", now=NOW + timedelta(hours=1), brand="kronfurt")
    assert [list(topics) for topics in frame["topics"]] == [["ß"], ['"a", b', "#gas"]] * 2
    assert list(frame["start_at"]) == sorted(frame["start_at"])
    with pytest.raises(ValueError, match="read-only"):
        frame["topics"][0][0] = "other"


def test_a_wrong_name_is_put_right(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UnknownQuery, match=r"no query is called 'rejcts'; did you mean .*rejects"):
        run_query(con, "rejcts", now=NOW)
    with pytest.raises(UnknownQuery, match="`horch queries` lists all"):
        run_query(con, "qqqqqqqq", now=NOW)


def test_checks_report_what_they_find_worst_first(con: duckdb.DuckDBPyConnection) -> None:
    assert failing_checks(con, NOW) == []
    con.execute("INSERT INTO rejects VALUES ('f', 1, 'not JSON', '{', $now)", {"now": NOW})
    con.execute("INSERT INTO tag_queue VALUES ('x', 'nobody')")
    found = failing_checks(con, NOW)
    assert [(one.check.name, one.check.severity, len(one.rows)) for one in found] == [
        ("orphans", "fail", 1),
        ("fresh_rejects", "warn", 1),
    ]
