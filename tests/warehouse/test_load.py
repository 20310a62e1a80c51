from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from collectors.model import Gap, Window
from tests.warehouse.conftest import Rows
from tests.warehouse.making import NOW, READ_AT, write_landing, x_page
from warehouse import load_landing, pending_landings

HOUR = timedelta(hours=1)
PAGE = x_page({"id": "1", "text": "Hallo @SWKronfurt"}, {"id": "2", "text": "egal"})


def load(con: duckdb.DuckDBPyConnection, landing_dir: Path, *paths: Path) -> tuple[int, ...]:
    result = load_landing(con, paths, landing_dir, READ_AT)
    return result.files, result.new, result.mentions, result.rejected, len(result.broken)


def test_posts_and_everything_about_them(
    con: duckdb.DuckDBPyConnection, rows: Rows, landing_dir: Path
) -> None:
    path = write_landing(landing_dir, "one", PAGE)
    assert pending_landings(con, landing_dir) == [path]
    assert load(con, landing_dir, path) == (1, 2, 1, 0, 0)
    assert pending_landings(con, landing_dir) == []
    assert rows("SELECT post_id, text, checked_at FROM posts ORDER BY 1") == [
        ("1", "Hallo @SWKronfurt", NOW),
        ("2", "egal", NOW),
    ]
    assert rows("SELECT path, kind, post_count, length(sha256) FROM landings") == [
        ("x/kronfurt/one.jsonl.zst", "search", 2, 64)
    ]
    assert rows("SELECT kind, used_at, request_count, post_count, cost_usd FROM usage") == [
        ("search", READ_AT, 1, 3, 0.015)
    ]
    assert rows("SELECT topic, start_at, end_at FROM coverage") == [
        ("@swkronfurt", NOW - HOUR, NOW)
    ]


def test_a_loaded_file_is_not_loaded_again(
    con: duckdb.DuckDBPyConnection, rows: Rows, landing_dir: Path
) -> None:
    path = write_landing(landing_dir, "one", PAGE)
    load(con, landing_dir, path)
    assert load(con, landing_dir, path) == (0, 0, 0, 0, 0)
    assert rows("SELECT count(*) FROM usage") == [(1,)]


def test_a_broken_file_is_moved_aside_and_the_rest_goes_on(
    con: duckdb.DuckDBPyConnection, rows: Rows, landing_dir: Path
) -> None:
    good = write_landing(landing_dir, "good", PAGE)
    cut, flipped = (write_landing(landing_dir, name, PAGE) for name in ("cut", "flipped"))
    cut.write_bytes(cut.read_bytes()[:-9])
    content = bytearray(flipped.read_bytes())
    content[len(content) // 2] ^= 1
    flipped.write_bytes(content)
    assert load(con, landing_dir, cut, good, flipped) == (1, 2, 1, 2, 2)
    found = rows("SELECT file, line, reason FROM rejects ORDER BY 1")
    assert [(file, line) for file, line, _reason in found] == [
        ("x/kronfurt/cut.jsonl.zst", 0),
        ("x/kronfurt/flipped.jsonl.zst", 0),
    ]
    assert all("is broken" in reason for *_where, reason in found)
    assert sorted(path.name for path in (landing_dir / "broken").iterdir()) == [
        "cut.jsonl.zst.broken",
        "flipped.jsonl.zst.broken",
    ]
    assert pending_landings(con, landing_dir) == []


def test_unusable_parts_of_a_page(
    con: duckdb.DuckDBPyConnection, rows: Rows, landing_dir: Path
) -> None:
    page = x_page(
        {"id": "1", "text": "morgen", "created_at": "2026-03-04T14:00:00.000Z"},
        {"id": "2"},
        {"id": "3", "text": "Hallo"},
    )
    assert load(con, landing_dir, write_landing(landing_dir, "one", page)) == (1, 1, 0, 2, 0)
    assert rows("SELECT line, reason FROM rejects ORDER BY reason") == [
        (1, "a post without text"),
        (1, "created in the future (2026-03-04 14:00 UTC)"),
    ]
    assert rows("SELECT reject_count FROM landings") == [(2,)]


def test_coverage_is_joined(con: duckdb.DuckDBPyConnection, rows: Rows, landing_dir: Path) -> None:
    def covering(start: int, end: int) -> Path:
        window = Window(NOW + start * HOUR, NOW + end * HOUR)
        return write_landing(landing_dir, f"{start}", window=window, topics=("a", "b"))

    load(con, landing_dir, covering(-9, -8), covering(-3, -1), covering(-8, -6))
    load(con, landing_dir, covering(-2, 0))
    found = rows("SELECT topic, start_at, end_at FROM coverage ORDER BY ALL")
    assert found == [
        (topic, NOW + start * HOUR, NOW + end * HOUR)
        for topic in "ab"
        for start, end in [(-9, -6), (-3, 0)]
    ]


def test_the_same_gap_again_is_the_same_gap(
    con: duckdb.DuckDBPyConnection, rows: Rows, landing_dir: Path
) -> None:
    gap = Gap(Window(NOW - 2 * HOUR, NOW - HOUR), "too_old", "7 days", is_final=True)
    paths = [write_landing(landing_dir, name, gaps=(gap,)) for name in "ab"]
    load(con, landing_dir, *paths)
    assert rows("SELECT topic, start_at, end_at, reason, is_final FROM gaps") == [
        ("@swkronfurt", NOW - 2 * HOUR, NOW - HOUR, "too_old", True)
    ]


def test_conversations_are_noted_as_checked(
    con: duckdb.DuckDBPyConnection, rows: Rows, landing_dir: Path
) -> None:
    def thread(name: str, end: int, error: str = "") -> Path:
        window = Window(NOW - 5 * HOUR, NOW - end * HOUR)
        return write_landing(
            landing_dir, name, kind="thread", root_ids=("1", "2"), window=window, error=error
        )

    load(con, landing_dir, thread("a", 1), thread("b", 2), thread("c", 0, error="x: down"))
    assert rows("SELECT root_id, checked_at FROM thread_checks ORDER BY 1") == [
        ("1", NOW - HOUR),
        ("2", NOW - HOUR),
    ]
    assert rows("SELECT count(*) FROM coverage") == [(0,)]


def test_many_files_in_several_transactions(
    con: duckdb.DuckDBPyConnection,
    rows: Rows,
    landing_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("warehouse.load.POSTS_AT_ONCE", 2)
    paths = [
        write_landing(landing_dir, str(n), x_page({"id": str(n), "text": "Hallo"}))
        for n in range(5)
    ]
    assert load(con, landing_dir, *paths) == (5, 5, 0, 0, 0)
    assert rows("SELECT count(*) FROM posts") == [(5,)]
