"""Run the queries of `queries/` by name, and know what each one says about itself."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

import queries
from warehouse.db import open_reader
from watchlist.errors import HorchError

if TYPE_CHECKING:
    import pandas as pd  # two seconds of imports that most tasks never need

#: What a query looks at where nobody says since when.
DEFAULT_SPAN = timedelta(days=30)
CHECKS = "checks"

_FOLDER = Path(queries.__file__).parent
_KEYED = re.compile(r"([a-z]+):\s*(.*)")
_PARAMETERS = re.compile(r"((?:\$\w+,?\s*)+)\(([^)]*)\)")


class UnknownQuery(HorchError):
    """No query has this name."""


@dataclass(frozen=True)
class QueryInfo:
    """One query, as its leading comment describes it.

    Attributes:
        parameters: what each `$name` means, as far as it is said; only those that the SQL uses.
        severity: `fail` or `warn` for a check, else empty.
    """

    name: str
    folder: str
    path: Path
    description: str
    grain: str = ""
    severity: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def sql(self) -> str:
        """The query's text."""
        return self.path.read_text(encoding="utf-8")


@dataclass(frozen=True)
class CheckResult:
    """A check that found offending rows."""

    check: QueryInfo
    rows: pd.DataFrame


@cache
def catalogue() -> tuple[QueryInfo, ...]:
    """Return all queries by folder and name."""
    return tuple(_describe(path) for path in sorted(_FOLDER.glob("*/*.sql")))


def find(name: str) -> QueryInfo:
    """Return a query by `name` or `folder/name`.

    Raises:
        UnknownQuery: there is none, or several folders have one of this name.
    """
    known = {f"{query.folder}/{query.name}": query for query in catalogue()}
    found = [query for full, query in known.items() if name in (full, query.name)]
    if len(found) == 1:
        return found[0]
    if found:
        choice = " or ".join(f"{query.folder}/{query.name}" for query in found)
        raise UnknownQuery(f"several queries are called {name!r}; write {choice}")
    near = difflib.get_close_matches(name, [*known, *(q.name for q in known.values())], n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "`horch queries` lists all"
    raise UnknownQuery(f"no query is called {name!r}; {hint}")


def query(
    name: str,
    database: Path,
    *,
    now: datetime,
    brand: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> pd.DataFrame:
    """Run a query on the published copy; times are aware, `since` defaults to 30 days ago.

    Raises:
        UnknownQuery: there is no such query.
        WarehouseError: the copy cannot be read.
    """
    wanted = find(name)
    with open_reader(database) as con:
        return _run(con, wanted, now, brand, since, until)


def run_query(
    con: duckdb.DuckDBPyConnection,
    name: str,
    *,
    now: datetime,
    brand: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> pd.DataFrame:
    """Run a query on an open connection; see `query`."""
    return _run(con, find(name), now, brand, since, until)


def failing_checks(con: duckdb.DuckDBPyConnection, now: datetime) -> list[CheckResult]:
    """Run all data checks over all time; return those that found something, `fail` first."""
    results = [
        CheckResult(
            check, _run(con, check, now, None, datetime.min.replace(tzinfo=now.tzinfo), now)
        )
        for check in catalogue()
        if check.folder == CHECKS
    ]
    found = [result for result in results if len(result.rows)]
    return sorted(found, key=lambda result: (result.check.severity != "fail", result.check.name))


def _run(
    con: duckdb.DuckDBPyConnection,
    wanted: QueryInfo,
    now: datetime,
    brand: str | None,
    since: datetime | None,
    until: datetime | None,
) -> pd.DataFrame:
    values = {
        "brand": brand,
        "since": since or now - DEFAULT_SPAN,
        "until": until or now,
        "now": now,
    }
    used = {key: value for key, value in values.items() if key in wanted.parameters}
    frame: pd.DataFrame = con.execute(wanted.sql, used or None).df()
    return frame


def _describe(path: Path) -> QueryInfo:
    """Read the leading comment: a sentence, then `grain:` and `parameters:`, in any lines."""
    text = path.read_text(encoding="utf-8")
    keyed: dict[str, str] = {}
    prose: list[str] = []
    last = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        words = line.removeprefix("--").strip()
        if found := _KEYED.fullmatch(words):
            keyed[found[1]] = found[2]
            last = found[1] if found[1] in ("grain", "parameters") else ""
        elif last:
            keyed[last] += f" {words}"
        else:
            prose.append(words)
    used = {name for one in duckdb.extract_statements(text) for name in one.named_parameters}
    said = {
        name: meaning
        for names, meaning in _PARAMETERS.findall(keyed.get("parameters", ""))
        for name in re.findall(r"\w+", names)
    }
    return QueryInfo(
        name=path.stem,
        folder=path.parent.name,
        path=path,
        description=" ".join(prose),
        grain=keyed.get("grain", ""),
        severity=keyed.get("severity", ""),
        parameters={name: said.get(name, "") for name in sorted(used)},
    )
