"""The complete work list as a table that a spreadsheet opens in columns and never executes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from digest.model import Digest, Row
from digest.plain import masked, one_line, safe_link
from digest.words import Words
from digest.work import reasons

_TEXT_LIMIT = 4_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "|", "%", "＝", "＋", "－", "＠")
_COLUMNS = (
    "author",
    "followers",
    "platform",
    "kind",
    "status",
    "owner",
    "reasons",
    "written_at",
    "open_hours",
    "due_at",
    "overdue",
    "text",
    "link",
)


def sheet(digest: Digest, words: Words) -> bytes:
    """CSV with the marks by which a spreadsheet of the reader's language knows its columns."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=words("csv_delimiter"), lineterminator="\r\n")
    writer.writerow(words(f"csv.{column}") for column in _COLUMNS)
    for row in digest.rows("work_list"):
        writer.writerow(_cell(value) for value in _line(row, words))
    return out.getvalue().encode("utf-8-sig")


def _line(row: Row, words: Words) -> Iterable[object]:
    def local(column: str) -> str:
        moment = row[column]
        return moment.astimezone(words.zone).strftime("%Y-%m-%d %H:%M") if moment else ""

    return (
        one_line(row["author_handle"] or row["author_name"], 100) or words("list.unknown"),
        row["follower_count"],
        words.label("platform", row["platform"]),
        words.label("kind", row["kind"]),
        words.label("status", row["status"]),
        one_line(row["assigned_to"], 100),
        ", ".join(reason.word for reason in reasons(row, words)),
        local("created_at"),
        words.number(row["open_seconds"] / 3600, 1).replace("\u00a0", ""),
        local("due_at"),
        words("csv.yes" if row["is_overdue"] else "csv.no"),
        masked(row["text"], _TEXT_LIMIT, words.language),
        safe_link(row["permalink"]),
    )


def _cell(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front of it."""
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
