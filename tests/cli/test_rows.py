"""What pandas does to values is undone, and private data is masked, in every form."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import duckdb
import pytest

from cli.options import Format
from cli.rows import print_frame

ROWS = """
SELECT * FROM (VALUES
    (1::BIGINT, 0.5, 90::BIGINT, TIMESTAMPTZ '2026-07-01 06:30:00Z', ['a', 'b'], TRUE,
     'IBAN DE89 3704 0044 0532 0130 00', DATE '2026-07-01', '@kunde'),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '=cmd()')
) AS t (post_count, share, first_reply_seconds, created_at, reasons, is_open, text, day, author)
"""


def test_json_has_whole_numbers_times_lists_and_nulls(capsys: pytest.CaptureFixture[str]) -> None:
    print_frame(duckdb.sql(ROWS).df(), Format.JSON, UTC, None)
    first, second = json.loads(capsys.readouterr().out)
    assert first == {
        "post_count": 1,
        "share": 0.5,
        "first_reply_seconds": 90,
        "created_at": "2026-07-01T06:30:00Z",
        "reasons": ["a", "b"],
        "is_open": True,
        "text": "IBAN [IBAN]",
        "day": "2026-07-01",
        "author": "@kunde",
    }
    assert all(value is None for key, value in second.items() if key != "author")
    assert isinstance(first["post_count"], int)


def test_csv_and_table_are_masked_too(capsys: pytest.CaptureFixture[str]) -> None:
    frame = duckdb.sql(ROWS).df()
    for form in (Format.CSV, Format.TABLE):
        print_frame(frame, form, UTC, None)
        out = capsys.readouterr().out
        assert "[IBAN]" in out
        assert "3704" not in out
        assert ("'=cmd()" in out) is (form is Format.CSV)


def test_invisible_characters_hide_nothing_from_the_mask(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = "IBAN DE89 3704\u200b 0044\u200d 0532\u2060 0130\u202e 00"
    frame = duckdb.execute("SELECT $text AS text", {"text": text}).df()
    print_frame(frame, Format.JSON, UTC, None)
    assert json.loads(capsys.readouterr().out) == [{"text": "IBAN [IBAN]"}]


def test_a_limit_says_how_much_it_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    frame = duckdb.sql("SELECT range AS n FROM range(60)").df()
    print_frame(frame, Format.TABLE, UTC, 50)
    assert capsys.readouterr().out.splitlines()[-1] == "… and 10 more; --limit 0 shows all"
    print_frame(frame, Format.JSON, UTC, 5)
    assert len(json.loads(capsys.readouterr().out)) == 5


def test_no_rows(capsys: pytest.CaptureFixture[str]) -> None:
    frame = duckdb.sql("SELECT 1 AS n, now() AS at WHERE FALSE").df()
    print_frame(frame, Format.JSON, UTC, None)
    assert capsys.readouterr().out == "[]\n"
    print_frame(frame, Format.TABLE, UTC, None)
    assert capsys.readouterr().out == "nothing to show\n"


def test_a_time_zone_of_the_machine_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'America/New_York'")
        frame = con.execute(
            "SELECT $at::TIMESTAMPTZ AS at", {"at": datetime(2026, 7, 1, tzinfo=UTC)}
        ).df()
    print_frame(frame, Format.JSON, UTC, None)
    assert json.loads(capsys.readouterr().out) == [{"at": "2026-07-01T00:00:00Z"}]
