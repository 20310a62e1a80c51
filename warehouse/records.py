"""The post record that other programs hand in: read line by line, and judged strictly.

JSON lines or CSV with the same names. Required: platform, post_id, author_id, text, created_at
(ISO 8601 with zone). Unknown keys are ignored, missing optional ones are null.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from collectors.reading import parse
from watchlist.errors import HorchError

REQUIRED = ("platform", "post_id", "author_id", "text", "created_at")
_TEXTS = (
    "author_handle",
    "author_name",
    "permalink",
    "reply_to_id",
    "root_id",
    "repost_of_id",
    "quote_of_id",
    "lang",
)
_COUNTS = ("like_count", "reply_count", "repost_count", "view_count")
_BLANK = "\0 \t\r\n"
_PLATFORM = re.compile(r"[a-z0-9][a-z0-9_.+-]{0,39}")
_DIGITS = re.compile(r"[0-9]{1,19}")
_LONGEST_TEXT = 1_000_000
_LONGEST_VALUE = 2_000
_BIGGEST_COUNT = 2**63 - 1
#: Clocks of platforms and computers differ a little.
_CLOCK_DIFFERENCE = timedelta(hours=1)
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


class ImportFileError(HorchError):
    """A file that cannot be imported at all."""


class BadRecord(ValueError):
    """A record that breaks a rule; the message is the reason in `rejects`."""


class Line(NamedTuple):
    """One record of a file: a row for `staged_posts`, or the reason why it is none."""

    number: int
    raw: str
    row: dict[str, Any] | None
    reason: str = ""


def read_records(file: Path, now: datetime) -> Iterator[Line]:
    """Yield every record of a file; blank lines are skipped.

    Raises:
        ImportFileError: the file cannot be read, or is a CSV without the required columns.
    """
    try:
        with file.open("rb") as stream:
            reader = _csv_lines if file.suffix.lower() == ".csv" else _json_lines
            for number, raw, record in reader(file, stream):
                yield _judged(number, raw, record, now)
    except OSError as error:
        raise ImportFileError(
            f"{file} cannot be read ({error.strerror}); check the path and its permissions"
        ) from error


def to_row(record: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Turn one record into a row by the names of a post's fields; unknown ones are left out.

    Raises:
        BadRecord: a required value is missing, or a value is not what its key says.
    """
    for key in REQUIRED:
        if record.get(key) in (None, ""):
            raise BadRecord(f"{key} is missing")
    created_at = _time(record["created_at"])
    if problem := time_problem(created_at, now):
        raise BadRecord(problem)
    row = {
        "platform": _platform(_text(record, "platform")),
        "post_id": _identifier(record, "post_id"),
        "author_id": _identifier(record, "author_id"),
        "text": _post_text(record["text"]),
        "created_at": created_at,
    }
    for key in _TEXTS:
        if (value := record.get(key)) is not None:
            row[key] = _name(key, value)
    for key in _COUNTS:
        if (value := record.get(key)) is not None:
            row[key] = _count(key, value)
    return row


def time_problem(created_at: datetime, now: datetime) -> str:
    """Say what is wrong with a post's time, or return an empty text."""
    if created_at > now + _CLOCK_DIFFERENCE:
        return f"created in the future ({created_at:%Y-%m-%d %H:%M} UTC)"
    if created_at < _EARLIEST:
        return f"created before 1990 ({created_at:%Y-%m-%d} UTC)"
    return ""


def _judged(number: int, raw: str, record: object, now: datetime) -> Line:
    try:
        if isinstance(record, str):
            raise BadRecord(record)
        if not isinstance(record, dict):
            raise BadRecord("not a JSON object")
        return Line(number, raw, to_row(record, now))
    except BadRecord as error:
        return Line(number, raw, None, str(error))


def _json_lines(_file: Path, stream: BinaryIO) -> Iterator[tuple[int, str, object]]:
    """Yield number, text and value of each line; a text as value is the reason to reject it."""
    for number, line in enumerate(stream, start=1):
        content = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if not content:
            continue
        try:
            raw = content.decode("utf-8")
            value = parse(content)
        except UnicodeDecodeError:
            yield number, content.decode("utf-8", "replace"), "not UTF-8"
        except ValueError:
            yield number, raw, "not JSON"
        else:
            yield number, raw, "not a JSON object" if isinstance(value, str) else value


def _csv_lines(file: Path, stream: BinaryIO) -> Iterator[tuple[int, str, object]]:
    """Yield number, text and value of each row; empty cells are null."""
    csv.field_size_limit(2 * _LONGEST_TEXT)
    lines = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
    header = lines.readline()
    delimiter = max(",;\t", key=header.count)
    columns = next(csv.reader([header], delimiter=delimiter), [])
    columns = [column.strip().lower() for column in columns]
    if lacking := [key for key in REQUIRED if key not in columns]:
        raise ImportFileError(
            f"{file} has no column {', '.join(lacking)}; name the columns in its first line"
        )
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        start = rows.line_num + 2
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield start, "", f"not CSV ({error})"
            continue
        if row is None:
            return
        if row:
            yield start, delimiter.join(row), _csv_value(columns, row)


def _csv_value(columns: list[str], row: list[str]) -> object:
    if len(row) != len(columns):
        return f"{len(row)} cells instead of {len(columns)}"
    if any("\ufffd" in cell for cell in row):
        return "not UTF-8"
    return {column: cell or None for column, cell in zip(columns, row, strict=True)}


@lru_cache(maxsize=100)
def _platform(name: str) -> str:
    platform = name.strip().lower()
    if not _PLATFORM.fullmatch(platform):
        raise BadRecord("platform is not a short lower-case name")
    return platform


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record[key]
    if not isinstance(value, str):
        raise BadRecord(f"{key} is not a text")
    return value


def _post_text(value: object) -> str:
    if not isinstance(value, str):
        raise BadRecord("text is not a text")
    if len(value) > _LONGEST_TEXT:
        raise BadRecord(f"text is longer than {_LONGEST_TEXT:,} characters")
    if not value.strip(_BLANK):
        raise BadRecord("text is empty")
    return value


def _identifier(record: Mapping[str, Any], key: str) -> str:
    value = _name(key, record[key])
    if value is None:
        raise BadRecord(f"{key} is missing")
    return value


def _name(key: str, value: object) -> str | None:
    """A short text on one line; a number counts as one."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise BadRecord(f"{key} is not a text")
    if len(value) > _LONGEST_VALUE:
        raise BadRecord(f"{key} is longer than {_LONGEST_VALUE:,} characters")
    text = value.strip(_BLANK)
    return (text.removeprefix("@") if key == "author_handle" else text) or None


def _count(key: str, value: object) -> int:
    is_digits = isinstance(value, str) and _DIGITS.fullmatch(value.strip())
    if is_digits or (isinstance(value, float) and value.is_integer()):
        value = int(value)  # type: ignore[call-overload]
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _BIGGEST_COUNT:
        raise BadRecord(f"{key} is not a count")
    return value


def _time(value: object) -> datetime:
    if not isinstance(value, str):
        raise BadRecord("created_at is not an ISO 8601 time")
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise BadRecord("created_at is not an ISO 8601 time") from None
    if moment.tzinfo is None:
        raise BadRecord("created_at has no time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise BadRecord("created_at is out of range") from None
