"""The complete work list as a table that a spreadsheet opens in columns and never executes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from digest.model import Digest, Row
from digest.plain import masked, one_line, safe_link
from digest.words import Words
from digest.work import owner_name, reasons
from watchlist.links import triage_link

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
    "triage",
)


def sheet(digest: Digest, words: Words) -> bytes:
    """CSV with the marks by which a spreadsheet of the reader's language knows its columns."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=words("csv_delimiter"), lineterminator="\r\n")
    writer.writerow(words(f"csv.{column}") for column in _COLUMNS)
    for row in digest.listed:
        writer.writerow([_cell(value) for value in _line(row, digest, words)])
    return out.getvalue().encode("utf-8-sig")


def _line(row: Row, digest: Digest, words: Words) -> Iterable[object]:
    return (
        one_line(row["author_handle"] or row["author_name"], 100) or words("list.unknown"),
        row["follower_count"],
        words.label("platform", row["platform"]),
        words.label("kind", row["kind"]),
        words.label("status", row["status"]),
        owner_name(row["owner"], words),
        ", ".join(reason.word for reason in reasons(row, words)),
        _local(row["created_at"], words),
        _hours(round(row["open_seconds"] / 360), words),
        _local(row["due_at"], words),
        words("csv.yes" if row["is_overdue"] else "csv.no"),
        masked(row["text"], _TEXT_LIMIT, words.language),
        safe_link(row["permalink"]),
        triage_link(digest.triage_url, digest.brand.id, row["platform"], row["post_id"]),
    )


def _local(moment: datetime | None, words: Words) -> str:
    if not moment:
        return ""
    return moment.astimezone(words.zone).isoformat(" ", "minutes")[:16]


@lru_cache(10_000)
def _hours(tenths: int, words: Words) -> str:
    return words.number(tenths / 10, 1).replace("\u00a0", "")


def _cell(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front of it."""
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
