"""A digest's data: every section file in `queries/digest` of its edition, for a brand and day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb

import queries
from digest.model import DAYS, Digest, Edition, Section
from digest.schedule import digest_time
from watchlist.model import Brand

FOLDER = Path(queries.__file__).parent / "digest"
_HEADER = re.compile(r"^-- (edition|shape|place|order): (\S+)$", re.MULTILINE)


def build(
    con: duckdb.DuckDBPyConnection,
    brand: Brand,
    day: date,
    now: datetime,
    edition: Edition = "daily",
    triage_url: str | None = None,
) -> Digest:
    """Read what the digest of a brand's local `day` says.

    Everything is as at `now`; of a day in the past as at that day's digest time, worked out from
    what is known today.

    Args:
        con: The warehouse or its published copy.
        brand: Whose digest.
        day: The morning of the digest; it reports the day before, or the seven days before.
        now: Aware time.
        edition: `daily` or `weekly`.
        triage_url: Where the triage page is; None: no links to it.
    """
    is_past = now >= _midnight(brand, day + timedelta(days=1))
    moment = digest_time(brand, day) if is_past else now
    values = {
        "brand": brand.id,
        "since": _midnight(brand, day - timedelta(days=DAYS[edition])),
        "until": _midnight(brand, day),
        "now": moment,
    }
    found = [_section(con, path, values, edition) for path in sorted(FOLDER.glob("*.sql"))]
    sections = sorted(filter(None, found), key=lambda section: (section.order, section.name))
    return Digest(brand, day, moment, tuple(sections), edition, is_past, triage_url)


def _midnight(brand: Brand, day: date) -> datetime:
    return datetime.combine(day, time(), brand.zone).astimezone(UTC)


def _section(
    con: duckdb.DuckDBPyConnection, path: Path, values: Mapping[str, Any], edition: Edition
) -> Section | None:
    sql = path.read_text(encoding="utf-8")
    header = dict(_HEADER.findall(sql))
    if header.get("edition", "daily") not in (edition, "both"):
        return None
    wanted = con.extract_statements(sql)[0].named_parameters
    result = con.execute(sql, {name: values[name] for name in wanted})
    columns = tuple(column[0] for column in result.description or ())
    rows = tuple(dict(zip(columns, row, strict=True)) for row in result.fetchall())
    return Section(
        name=path.stem,
        shape=header.get("shape", "table"),
        place=header.get("place", "body"),
        order=int(header.get("order", 1000)),
        summary=sql.partition("\n")[0].removeprefix("-- ").rstrip("."),
        columns=columns,
        rows=rows,
    )
