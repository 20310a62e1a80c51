import json
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.conftest import Rows
from tests.warehouse.making import NOW
from warehouse import apply_retention, forget, import_posts, update_answers

POSTS = [
    {"post_id": "1", "author_id": "77", "author_handle": "Kunde42", "text": "Hallo @SWKronfurt"},
    {
        "post_id": "2",
        "author_id": "9",
        "author_handle": "swkronfurt",
        "text": "@kunde42 Hallo zurück, auch an @kunde421",
        "reply_to_id": "1",
    },
    {"post_id": "3", "author_id": "78", "author_handle": "kunde421", "text": "@SWKronfurt moin"},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    record = {"platform": "x", "created_at": (NOW - timedelta(days=40)).isoformat()}
    path = tmp_path / "posts.jsonl"
    lines = [json.dumps(record | post) for post in POSTS]
    lines.append(json.dumps(record | {"post_id": "4", "author_handle": "kunde42"}))
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture
def loaded(con: duckdb.DuckDBPyConnection, file: Path) -> duckdb.DuckDBPyConnection:
    import_posts(con, file, "kronfurt", NOW)
    update_answers(con, NOW)
    return con


@pytest.mark.parametrize("who", ["Kunde42", "@kunde42", "77"])
def test_a_forgotten_person_is_gone_from_every_table(
    loaded: duckdb.DuckDBPyConnection, rows: Rows, who: str
) -> None:
    assert forget(loaded, who, NOW) == [("x", "1")]
    assert rows("SELECT author_id, text, permalink, deleted_at FROM posts WHERE post_id = '1'") == [
        (None, None, None, NOW)
    ]
    assert rows("SELECT count(*) FROM authors WHERE author_id = '77'") == [(0,)]
    shown = "SELECT asker_id, author_handle, author_name, permalink, text FROM answers"
    assert rows(f"{shown} WHERE post_id = '1'") == [(None,) * 5]
    assert rows("SELECT text FROM mention_status WHERE contains(text, 'unde42 ')") == []
    update_answers(loaded, NOW)
    assert rows("SELECT status FROM mention_status WHERE post_id = '1'") == [("deleted",)]


def test_a_greeting_loses_the_handle_and_only_that_handle(
    loaded: duckdb.DuckDBPyConnection, rows: Rows
) -> None:
    forget(loaded, "kunde42", NOW)
    assert rows("SELECT text FROM posts WHERE post_id = '2'") == [
        ("@… Hallo zurück, auch an @kunde421",)
    ]


def test_a_forgotten_person_does_not_come_back(
    loaded: duckdb.DuckDBPyConnection, rows: Rows, file: Path
) -> None:
    forget(loaded, "kunde42", NOW)
    import_posts(loaded, file, "kronfurt", NOW)
    assert rows("SELECT text FROM posts WHERE post_id = '1'") == [(None,)]
    assert rows("SELECT count(*) FROM authors WHERE author_id = '77'") == [(0,)]


def test_nobody_by_that_name(loaded: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    assert forget(loaded, "niemand", NOW) == []
    assert rows("SELECT count(*) FROM posts WHERE text IS NULL") == [(0,)]
    assert rows("SELECT count(*) FROM tombstones") == [(0,)]


def test_old_texts_go_and_their_numbers_stay(
    loaded: duckdb.DuckDBPyConnection, rows: Rows, file: Path
) -> None:
    assert apply_retention(loaded, NOW) == 0
    much_later = NOW + timedelta(days=330)
    assert apply_retention(loaded, much_later) == 3
    assert apply_retention(loaded, much_later) == 0
    import_posts(loaded, file, "kronfurt", much_later)
    assert rows("SELECT count(*), count(text) FROM posts") == [(3, 0)]
    assert rows("SELECT count(*), count(text) FROM answers") == [(2, 0)]
