"""Whoever has a warehouse comes to today's schema by the files that were added since."""

import hashlib
from pathlib import Path

import duckdb

from tests.warehouse.making import NOW
from warehouse import open_writer

FILES = Path(__file__).parents[2] / "warehouse/schema"
KNOWN = Path(__file__).with_name("schema.sha256")


def test_a_schema_file_is_never_changed_once_it_is_out() -> None:
    """A changed file reaches new warehouses alone: write the next number instead.

    A new file is entered by `cd warehouse/schema && sha256sum [0-9]*.sql`.
    """
    lines = KNOWN.read_text(encoding="ascii").splitlines()
    known = {name: digest for digest, name in map(str.split, lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FILES.glob("*.sql")
    }
    assert found == known


def test_what_was_there_before_lists_read_one_table_is_shown_by_it(tmp_path: Path) -> None:
    """A warehouse of the release before, with a mention and one whose post is gone."""
    database = tmp_path / "warehouse.duckdb"
    files = [path for path in sorted(FILES.glob("[0-9]*.sql")) if path.name < "009"]
    with duckdb.connect(str(database)) as con:
        con.execute("CREATE TABLE schema_version (version INTEGER, name VARCHAR)")
        for number, path in enumerate(files, start=1):
            con.execute(path.read_text(encoding="utf-8"))
            con.execute("INSERT INTO schema_version VALUES (?, ?)", [number, path.stem])
        for post_id, author_id, text in (("1", "77", "Kein Gas!"), ("2", None, None)):
            put(con, "posts", post_id=post_id, author_id=author_id, text=text, like_count=3)
            put(con, "answers", post_id=post_id, asker_id=author_id, status="unanswered")
        put(con, "authors", author_id="77", handle="jutta", name="Jutta", follower_count=9)
    with open_writer(database) as con:
        shown = con.execute(
            "SELECT post_id, status, author_handle, author_name, follower_count, text, like_count"
            " FROM mention_status ORDER BY post_id"
        ).fetchall()
    assert shown == [
        ("1", "unanswered", "jutta", "Jutta", 9, "Kein Gas!", 3),
        ("2", "unanswered", None, None, None, None, 3),
    ]


def put(con: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    """Insert a row; what is not said and must not be empty is something plain."""
    plain = {"VARCHAR": "x", "BOOLEAN": False, "BIGINT": 0, "VARCHAR[]": [], "TIMESTAMP": NOW}
    needed = con.execute(
        "SELECT column_name, data_type FROM duckdb_columns()"
        " WHERE table_name = ? AND NOT is_nullable",
        [table],
    ).fetchall()
    row = {name: plain.get(kind, NOW) for name, kind in needed} | values
    marks = ", ".join("?" * len(row))
    con.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", [*row.values()])  # noqa: S608
