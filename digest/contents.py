"""A digest's data: every section file in `queries/digest`, run for one brand and day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb

import queries
from digest.model import Digest, Section
from watchlist.model import Brand

FOLDER = Path(queries.__file__).parent / "digest"
_HEADER = re.compile(r"^-- (shape|place|order): (\S+)$", re.MULTILINE)


def build(con: duckdb.DuckDBPyConnection, brand: Brand, day: date, now: datetime) -> Digest:
    """Read what the digest of a brand's local `day` says.

    Statuses are those of the warehouse as it is; ages and counts are as at `now`, or as at the
    end of `day` where that lies in the past.
    """
    midnight = _midnight(brand, day)
    moment = min(now, _midnight(brand, day + timedelta(days=1)))
    values = {
        "brand": brand.id,
        "since": _midnight(brand, day - timedelta(days=1)),
        "until": midnight,
        "now": moment,
    }
    sections = [_section(con, path, values) for path in sorted(FOLDER.glob("*.sql"))]
    sections.sort(key=lambda section: (section.order, section.name))
    return Digest(brand, day, moment, tuple(sections))


def _midnight(brand: Brand, day: date) -> datetime:
    return datetime.combine(day, time(), brand.zone).astimezone(UTC)


def _section(con: duckdb.DuckDBPyConnection, path: Path, values: Mapping[str, Any]) -> Section:
    sql = path.read_text(encoding="utf-8")
    header = dict(_HEADER.findall(sql))
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
