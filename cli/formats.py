"""Rows for programs: JSON and CSV on standard output, in UTF-8 whatever the terminal speaks."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from datetime import UTC, date, datetime, time, timedelta

from cli.tables import Table

#: What makes a spreadsheet take a cell for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_json(table: Table) -> None:
    """Write an array with one object per row, each on its own line."""
    lines = (
        json.dumps(dict(zip(table.columns, map(_plain, row), strict=True)), ensure_ascii=False)
        for row in table.rows
    )
    _write("[" + ",\n ".join(lines) + "]\n")


def write_csv(table: Table) -> None:
    """Write a header and the rows; texts that a spreadsheet would run get a leading quote."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_csv_cell(value) for value in row] for row in table.rows)
    _write(buffer.getvalue())


def _write(text: str) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
    sys.stdout.buffer.flush()


def _plain(value: object) -> object:
    """Return a value as JSON has it; times are ISO 8601 in UTC, lengths of time seconds."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case list() | tuple() | set():
            return [_plain(part) for part in value]
        case dict():
            return {str(key): _plain(part) for key, part in value.items()}
        case float() if not math.isfinite(value):
            return None
        case None | bool() | int() | float() | str():
            return value
    return str(value)


def _csv_cell(value: object) -> object:
    plain = _plain(value)
    if isinstance(plain, list):
        plain = "; ".join(map(str, plain))
    if isinstance(plain, str):
        plain = plain.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
        return f"'{plain}" if plain.startswith(_FORMULA_STARTS) else plain
    return plain
