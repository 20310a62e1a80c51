"""What programs get: JSON that parses, CSV that runs nothing."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from cli.formats import write_csv, write_json
from cli.tables import Table

HOSTILE = '=HYPERLINK("https://evil.example")\n\x1b[31m\0'


def test_json_has_one_object_per_row(capsys: pytest.CaptureFixture[str]) -> None:
    moment = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
    row = (
        HOSTILE,
        moment,
        date(2026, 7, 1),
        [1, "a"],
        None,
        float("nan"),
        timedelta(hours=1),
        True,
    )
    write_json(Table(("text", "at", "day", "list", "none", "nan", "span", "yes"), (row,)))
    assert json.loads(capsys.readouterr().out) == [
        {
            "text": HOSTILE,
            "at": "2026-07-01T06:30:00Z",
            "day": "2026-07-01",
            "list": [1, "a"],
            "none": None,
            "nan": None,
            "span": 3600.0,
            "yes": True,
        }
    ]


def test_no_rows_are_still_json_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    write_json(Table(("a", "b"), ()))
    assert json.loads(capsys.readouterr().out) == []
    write_csv(Table(("a", "b"), ()))
    assert capsys.readouterr().out == "a,b\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_csv_disarms_formulas(start: str, capsys: pytest.CaptureFixture[str]) -> None:
    write_csv(Table(("text", "n"), ((f"{start}cmd|' /C calc'!A0", -5),)))
    ((text, number),) = list(csv.reader(io.StringIO(capsys.readouterr().out, newline="")))[1:]
    assert text.startswith("'")
    assert number == "-5"


def test_csv_keeps_what_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    write_csv(Table(("text", "reasons"), (('say "hi", ok\nbye', ["a", "b"]), ("nul\0", None))))
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[1:] == [['say "hi", ok\nbye', "a; b"], ["nul", ""]]
