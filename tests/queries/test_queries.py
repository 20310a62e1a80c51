"""Every query gives what its case folders expect: `<folder>/<name>/<case>/`.

A case holds `<table>.csv` files (columns that a table must have and the file leaves out get a
plain default), `params.json`, and `expect.csv` with the columns that the case is about, in order.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent
QUERIES = sorted(path.relative_to(ROOT / "queries") for path in ROOT.glob("queries/*/*.sql"))
DEFAULTS = {
    "VARCHAR": "''",
    "BOOLEAN": "false",
    "BIGINT": "0",
    "DOUBLE": "0",
    "VARCHAR[]": "[]",
    "TIMESTAMP WITH TIME ZONE": "'2026-03-02 08:00:00Z'",
    "TIMESTAMP": "'2026-03-02 09:00:00'",
}


def case_folders() -> list[Path]:
    return sorted(path.parent for path in CASES.rglob("expect.csv"))


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute("SET TimeZone = 'UTC'")
        for path in sorted((ROOT / "warehouse" / "schema").glob("*.sql")):
            con.execute(path.read_text(encoding="utf-8"))
        yield con


@pytest.fixture
def con(empty: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same database for every case, empty again after each."""
    empty.execute("BEGIN")
    yield empty
    empty.execute("ROLLBACK")


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_every_query_has_a_case(query: Path) -> None:
    assert list((CASES / query.with_suffix("")).glob("*/expect.csv"))


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_every_query_says_what_a_row_is(query: Path) -> None:
    lines = (ROOT / "queries" / query).read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("--")]
    assert lines[0] in header
    assert any(line.startswith("-- grain: ") for line in header)


@pytest.mark.parametrize("case", case_folders(), ids=lambda case: str(case.relative_to(CASES)))
def test_case(con: duckdb.DuckDBPyConnection, case: Path) -> None:
    for table in sorted(case.glob("*.csv")):
        if table.stem != "expect":
            fill(con, table)
    query = ROOT / "queries" / case.parent.relative_to(CASES).with_suffix(".sql")
    with (case / "expect.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        expected = list(lines)
    found = run(con, query, parameters(case))
    assert [{name: text(row[name]) for name in lines.fieldnames or ()} for row in found] == expected


def fill(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Insert a file's rows, each value read as its column's type."""
    with path.open(encoding="utf-8", newline="") as file:
        given = next(csv.reader(file))
    values = []
    for name, kind, nullable in con.execute(
        "SELECT column_name, data_type, is_nullable = 'YES' FROM information_schema.columns"
        " WHERE table_name = $table ORDER BY ordinal_position",
        {"table": path.stem},
    ).fetchall():
        default = "NULL" if nullable else DEFAULTS.get(kind, "NULL")
        values.append(f'"{name}"::{kind}' if name in given else f"{default}::{kind}")
    con.execute(
        f"INSERT INTO {path.stem} SELECT {', '.join(values)}"  # noqa: S608
        " FROM read_csv($file, all_varchar = true, header = true)",
        {"file": str(path)},
    )


def parameters(case: Path) -> dict[str, object]:
    """The parameters of a case; a missing brand means all, missing times the whole of 2026."""
    path = case / "params.json"
    given = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    times = {"since": "2026-01-01T00:00Z", "until": "2027-01-01T00:00Z", "now": "2026-03-02T12:00Z"}
    moments = {name: datetime.fromisoformat(given.get(name, at)) for name, at in times.items()}
    return {"brand": None, **given, **moments}


def run(
    con: duckdb.DuckDBPyConnection, query: Path, given: dict[str, object]
) -> list[dict[str, object]]:
    """Run a query with the parameters that it names."""
    (statement,) = con.extract_statements(query.read_text(encoding="utf-8"))
    con.execute(statement, {name: given[name] for name in statement.named_parameters})
    names = [column[0] for column in con.description or ()]
    return [dict(zip(names, row, strict=True)) for row in con.fetchall()]


def text(value: object) -> str:
    """A value as `expect.csv` writes it: times in UTC, numbers without needless digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(text(item) for item in value)}]"
    return str(value)
