"""Carry posts from Python into a temporary table, in batches, so that memory stays flat.

Rows travel as JSON lines in a temporary file: DuckDB reads 500,000 of them a second, and no text
can be mistaken for anything but text.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import duckdb
import orjson

from collectors.model import Post
from warehouse.statements import run_sql

#: Rows that Python holds at a time.
BATCH_ROWS = 20_000
_NUL = b"\\u0000"
_RAW_LENGTH = 10_000


class RowWriter:
    """Hands rows to a statement that reads them from a file of JSON lines (`$file`)."""

    def __init__(self, con: duckdb.DuckDBPyConnection, statement: str) -> None:
        self._con = con
        self._statement = statement
        self._lines: list[bytes] = []

    def add(self, row: Mapping[str, Any]) -> None:
        """Take one row; keys are the columns."""
        self._lines.append(to_line(row))
        if len(self._lines) >= BATCH_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what has been taken so far into the database."""
        if not self._lines:
            return
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
            file.write(b"\n".join(self._lines))
            file.flush()
            run_sql(self._con, self._statement, file=file.name)
        self._lines.clear()


class PostStage:
    """The table `staged_posts`, which one load fills and `merge` empties into the warehouse."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        run_sql(con, "load/stage_table")
        self._rows = RowWriter(con, "load/stage")
        self.size = 0

    def add(self, post: Post, retrieved_at: datetime) -> None:
        """Take one post as a platform shows it."""
        self.add_row(vars(post), retrieved_at)

    def add_row(self, row: Mapping[str, Any], retrieved_at: datetime) -> None:
        """Take one post as a row by the names of its fields; those left out are unknown."""
        self.size += 1
        self._rows.add({**row, "seq": self.size, "retrieved_at": retrieved_at})

    def flush(self) -> None:
        """Write what has been taken so far into the table."""
        self._rows.flush()


class RejectStage:
    """Input that cannot be used, on its way to `rejects`."""

    def __init__(self, con: duckdb.DuckDBPyConnection, now: datetime) -> None:
        self._rows = RowWriter(con, "load/rejects")
        self._now = now
        self.size = 0

    def add(self, file: str, line: int, reason: str, raw: str) -> None:
        """Take one line of a file; 0 stands for the file as a whole."""
        self.size += 1
        kept = {"file": file, "line": line, "reason": reason, "raw": raw[:_RAW_LENGTH]}
        self._rows.add(kept | {"rejected_at": self._now})

    def flush(self) -> None:
        """Write what has been taken so far into the table."""
        self._rows.flush()


def to_line(row: Mapping[str, Any]) -> bytes:
    """Write one row as JSON that DuckDB can hold: valid UTF-8 without null characters."""
    try:
        line = orjson.dumps(row)
    except TypeError:  # half a surrogate pair
        return orjson.dumps(_cleaned(row))
    return orjson.dumps(_cleaned(row)) if _NUL in line else line


def clean(text: str) -> str:
    """Remove null characters and replace halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _cleaned(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: clean(value) if isinstance(value, str) else value for key, value in row.items()}
