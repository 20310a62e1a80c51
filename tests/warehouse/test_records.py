import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.warehouse.making import NOW
from warehouse.records import ImportFileError, read_records

GOOD: dict[str, Any] = {
    "platform": "x",
    "post_id": "1",
    "author_id": "77",
    "text": "Hallo",
    "created_at": "2026-03-01T10:00:00Z",
}


def read_one(tmp_path: Path, content: bytes) -> tuple[Any, str]:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(content)
    (line,) = read_records(file, NOW)
    return line.row and SimpleNamespace(**line.row), line.reason


def record(**values: object) -> bytes:
    return json.dumps(GOOD | values).encode()


def test_a_minimal_record(tmp_path: Path) -> None:
    post, reason = read_one(tmp_path, record())
    assert reason == ""
    assert (post.post_id, post.author_id) == ("1", "77")
    assert not hasattr(post, "like_count")
    assert post.created_at == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_what_is_accepted(tmp_path: Path) -> None:
    post, reason = read_one(
        tmp_path,
        record(
            platform=" XING ",
            post_id=123,
            author_handle="@kunde",
            like_count="12",
            reply_count=3.0,
            created_at="2026-03-01T11:00:00+01:00",
            unknown={"a": 1},
            lang=None,
        ),
    )
    assert reason == ""
    assert (post.platform, post.post_id, post.author_handle) == ("xing", "123", "kunde")
    assert (post.like_count, post.reply_count) == (12, 3)
    assert post.created_at == datetime(2026, 3, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"text": None}, "text is missing"),
        ({"text": ""}, "text is missing"),
        ({"text": " \n\0"}, "text is empty"),
        ({"text": 12}, "text is not a text"),
        ({"text": "a" * 1_000_001}, "text is longer than 1,000,000 characters"),
        ({"author_id": None}, "author_id is missing"),
        ({"author_id": " "}, "author_id is missing"),
        ({"post_id": ["1"]}, "post_id is not a text"),
        ({"post_id": True}, "post_id is not a text"),
        ({"platform": "a b"}, "platform is not a short lower-case name"),
        ({"created_at": "2026-03-01T10:00:00"}, "created_at has no time zone"),
        ({"created_at": "yesterday"}, "created_at is not an ISO 8601 time"),
        ({"created_at": 1772359200}, "created_at is not an ISO 8601 time"),
        ({"created_at": "0001-01-01T00:00:00+14:00"}, "created_at is out of range"),
        ({"created_at": "2026-03-05T10:00:00Z"}, "created in the future (2026-03-05 10:00 UTC)"),
        ({"created_at": "1970-01-01T00:00:00Z"}, "created before 1990 (1970-01-01 UTC)"),
        ({"like_count": -1}, "like_count is not a count"),
        ({"like_count": "many"}, "like_count is not a count"),
        ({"like_count": 2**63}, "like_count is not a count"),
        ({"like_count": True}, "like_count is not a count"),
        ({"permalink": "p" * 2001}, "permalink is longer than 2,000 characters"),
    ],
)
def test_what_is_rejected(tmp_path: Path, values: dict[str, Any], reason: str) -> None:
    assert read_one(tmp_path, record(**values)) == (None, reason)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "not JSON"),
        (b'"text"', "not a JSON object"),
        (b"[1]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'{"platform": "x\xff"}', "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_lines_that_are_no_records(tmp_path: Path, content: bytes, reason: str) -> None:
    assert read_one(tmp_path, content) == (None, reason)


def test_lines_are_numbered_and_blank_ones_skipped(tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + record() + b"\r\n\r\n{\r\n" + record(post_id="2"))
    lines = list(read_records(file, NOW))
    assert [(line.number, line.reason) for line in lines] == [(1, ""), (3, "not JSON"), (4, "")]
    assert lines[1].raw == "{"


def test_csv(tmp_path: Path) -> None:
    file = tmp_path / "posts.CSV"
    file.write_text(
        "\ufeffpost_id;platform;author_id;text;created_at;like_count\n"
        '1;x;77;"Hallo; ""Welt""\nzweite Zeile";2026-03-01T10:00:00Z;4\n'
        "2;x;77;zu wenig\n"
        "3;x;;Hallo;2026-03-01T10:00:00Z;\n",
        encoding="utf-8",
    )
    first, second, third = read_records(file, NOW)
    assert first.row is not None
    assert first.row["text"] == 'Hallo; "Welt"\nzweite Zeile'
    assert first.row["like_count"] == 4
    assert (second.number, second.reason) == (4, "4 cells instead of 6")
    assert (third.number, third.reason) == (5, "author_id is missing")


def test_csv_without_a_needed_column(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("post_id,platform,text\n")
    with pytest.raises(ImportFileError, match="has no column author_id, created_at"):
        list(read_records(file, NOW))


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="cannot be read"):
        list(read_records(tmp_path / "nowhere.jsonl", NOW))
