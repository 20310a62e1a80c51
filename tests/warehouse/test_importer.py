import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.conftest import Rows
from tests.warehouse.making import NOW
from warehouse import ImportFileError, import_posts

HOSTILE = [
    "<script>alert('@SWKronfurt')</script>",
    "'; DROP TABLE posts; --",
    "\x1b[31mrot\x1b[0m \x07",
    '=HYPERLINK("http://e.example")',
    "\u202eunten ist oben",
    "🚆" * 500,
    "a" * 40_000,
    'Zeile\r\nZeile\tTab "Anführung" \\u0000 \\',
    "{{ brand }} ${HOME} %s $now",
    "𝕳𝖆𝖑𝖑𝖔 שלום مرحبا नमस्ते",
]


def write(folder: Path, *records: dict[str, Any] | bytes) -> Path:
    given = {"platform": "x", "author_id": "77", "created_at": "2026-03-01T10:00:00Z"}
    lines = [
        record if isinstance(record, bytes) else json.dumps(given | record).encode()
        for record in records
    ]
    file = folder / "posts.jsonl"
    file.write_bytes(b"\n".join(lines))
    return file


def test_the_second_time_adds_nothing(
    con: duckdb.DuckDBPyConnection, rows: Rows, tmp_path: Path
) -> None:
    file = write(tmp_path, {"post_id": "1", "text": "Hallo"}, {"post_id": "2", "text": ""}, b"{")
    first = import_posts(con, file, "kronfurt", NOW)
    assert (first.seen, first.new, first.rejected, first.mentions) == (1, 1, 2, 1)
    second = import_posts(con, file, "kronfurt", NOW)
    assert (second.new, second.changed, second.mentions, second.rejected) == (0, 0, 0, 2)
    assert rows("SELECT count(*) FROM posts") == [(1,)]
    assert rows("SELECT file, line, reason, raw FROM rejects WHERE line = 3") == [
        (str(file), 3, "not JSON", "{")
    ]
    assert rows("SELECT count(*) FROM rejects") == [(2,)]


def test_hostile_texts_survive(con: duckdb.DuckDBPyConnection, rows: Rows, tmp_path: Path) -> None:
    records = [{"post_id": str(n), "text": text} for n, text in enumerate(HOSTILE)]
    import_posts(con, write(tmp_path, *records), "kronfurt", NOW)
    assert [text for (text,) in rows("SELECT text FROM posts ORDER BY post_id::INT")] == HOSTILE


def test_what_no_database_can_hold_is_cleaned(
    con: duckdb.DuckDBPyConnection, rows: Rows, tmp_path: Path
) -> None:
    half = b'{"platform":"x","author_id":"7\\ud800","post_id":"2","text":"halb \\ud83d Paar",'
    half += b'"created_at":"2026-03-01T10:00:00Z"}'
    file = write(tmp_path, {"post_id": "1", "text": "n\0u\0ll"}, half)
    assert import_posts(con, file, "kronfurt", NOW).rejected == 0
    assert rows("SELECT text FROM posts ORDER BY post_id") == [("null",), ("halb ? Paar",)]


def test_rejected_lines_are_kept_but_not_without_end(
    con: duckdb.DuckDBPyConnection, rows: Rows, tmp_path: Path
) -> None:
    import_posts(con, write(tmp_path, b"\xff" * 50_000), "kronfurt", NOW)
    assert rows("SELECT line, reason, length(raw) FROM rejects") == [(1, "not UTF-8", 10_000)]


def test_the_last_line_of_a_post_counts(
    con: duckdb.DuckDBPyConnection, rows: Rows, tmp_path: Path
) -> None:
    file = write(tmp_path, {"post_id": "1", "text": "alt"}, {"post_id": "1", "text": "neu"})
    assert import_posts(con, file, "kronfurt", NOW).new == 1
    assert rows("SELECT text FROM posts") == [("neu",)]


def test_no_such_brand(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="no brand is called 'nobody'"):
        import_posts(con, write(tmp_path), "nobody", NOW)


def test_a_file_that_fails_leaves_nothing(
    con: duckdb.DuckDBPyConnection, rows: Rows, tmp_path: Path
) -> None:
    with pytest.raises(ImportFileError):
        import_posts(con, tmp_path / "nowhere.jsonl", "kronfurt", NOW)
    assert rows("SELECT count(*) FROM posts") == [(0,)]
