"""Run the queries of `queries/` by name, and know what each one says about itself."""

from __future__ import annotations

import difflib
import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

import queries
from warehouse.db import open_reader
from warehouse.statements import sql
from watchlist.errors import HorchError

if TYPE_CHECKING:
    import pandas as pd  # two seconds of imports that most tasks never need

#: What a query looks at where nobody says since when.
DEFAULT_SPAN = timedelta(days=30)
#: Where the published copy is, as seen from the folder of the watch-list.
COPY = Path("var/reader.duckdb")
CHECKS, LISTS = "checks", "triage"

_FOLDER = Path(queries.__file__).parent
_KEYED = re.compile(r"([a-z]+):\s*(.*)")
_LONG = ("grain", "parameters", "keys", "join", "cases")
_PARAMETERS = re.compile(r"((?:\$\w+,?\s*)+)\(([^)]*)\)")


class UnknownQuery(HorchError):
    """No query has this name."""


class NoCases(HorchError):
    """A query whose rows no mentions stand behind."""


@dataclass(frozen=True)
class QueryInfo:
    """One query, as its leading comment describes it.

    Attributes:
        parameters: what each `$name` means, as far as it is said; only those that the SQL uses.
        severity: `fail` or `warn` for a check, else empty.
        keys: what tells to which row of a metric a mention belongs; SQL, as are the next two.
        join: what a metric's mentions have to be joined with.
        cases: which mentions a metric counts; empty where none stand behind it.
    """

    name: str
    folder: str
    path: Path
    description: str
    grain: str = ""
    severity: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    keys: str = ""
    join: str = ""
    cases: str = ""

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


def present() -> datetime:
    """Return the time by the machine's clock, for those who ask from a notebook."""
    return datetime.now(UTC)


def query(
    name: str,
    database: Path = COPY,
    *,
    now: datetime | None = None,
    brand: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    cases: bool = False,
) -> pd.DataFrame:
    """Run a query on the published copy; return a typed frame, its times aware and in UTC.

    Lists are numpy arrays that cannot be written to, since rows with equal ones share them.

    Args:
        name: as `horch queries` lists it, such as `unanswered`.
        database: the copy.
        now: what counts as now; the present.
        brand: one brand's id; all of them.
        since: from when on; 30 days ago.
        until: before when; now.
        cases: the mentions that a metric's numbers count, each with the keys of its row.

    Raises:
        UnknownQuery: there is no such query.
        NoCases: no mentions stand behind it.
        WarehouseError: the copy cannot be read.
    """
    wanted = find(name)
    with open_reader(database) as con:
        return _run(con, wanted, now or present(), brand, since, until, cases=cases)


def run_query(
    con: duckdb.DuckDBPyConnection,
    name: str,
    *,
    now: datetime,
    brand: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    cases: bool = False,
) -> pd.DataFrame:
    """Run a query on an open connection; see `query`."""
    return _run(con, find(name), now, brand, since, until, cases=cases)


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
    cases: bool = False,
) -> pd.DataFrame:
    text = _cases_sql(wanted) if cases else wanted.sql
    values = {
        "brand": brand,
        "since": since or now - DEFAULT_SPAN,
        "until": until or now,
        "now": now,
    }
    used = {key: values[key] for key in _parameters_of(text) & values.keys()}
    return _frame(con, text, used)


def _frame(con: duckdb.DuckDBPyConnection, text: str, used: Mapping[str, object]) -> pd.DataFrame:
    """All rows, typed. Lists of words come as text: DuckDB hands them over one by one, slowly.

    DuckDB 1.5 calls pandas in a way that pandas 3 warns of.
    """
    kinds = con.execute(f"DESCRIBE {text}", used or None).fetchall()
    lists = [name for name, kind, *_ in kinds if kind == "VARCHAR[]"]
    if lists:
        as_text = ", ".join(f'to_json("{name}")::VARCHAR AS "{name}"' for name in lists)
        wrapped = sql("query/lists_as_text").replace("NULL AS lists", as_text)
        text = wrapped.replace("FROM asked", f"FROM (\n{text.rstrip().removesuffix(';')}\n)")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The inplace keyword", DeprecationWarning)
        frame: pd.DataFrame = con.execute(text, used or None).df()
    for name in lists:
        frame[name] = _lists(frame[name])
    return frame


def _lists(texts: pd.Series) -> pd.Series:
    """Lists from JSON: equal ones are one and the same, and therefore cannot be written to."""
    import numpy as np

    made: dict[str, np.ndarray] = {}
    for text in texts.dropna().unique():
        made[text] = np.array(json.loads(text), dtype=object)
        made[text].flags.writeable = False
    return texts.astype(object).map(made)


def _cases_sql(wanted: QueryInfo) -> str:
    """The SQL of the mentions behind a query: of a list it is the list itself."""
    if wanted.folder == LISTS:
        return wanted.sql
    if not wanted.cases:
        raise NoCases(f"no mentions stand behind {wanted.name}; ask it without the cases")
    text = sql("query/cases").replace("/* keys */", wanted.keys and f"{wanted.keys},")
    return text.replace("/* join */", wanted.join).replace("true /* cases */", wanted.cases)


def _parameters_of(text: str) -> set[str]:
    return {name for one in duckdb.extract_statements(text) for name in one.named_parameters}


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
            last = found[1] if found[1] in _LONG else ""
        elif last:
            keyed[last] += f" {words}"
        else:
            prose.append(words)
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
        parameters={name: said.get(name, "") for name in sorted(_parameters_of(text))},
        keys=keyed.get("keys", ""),
        join=keyed.get("join", ""),
        cases=keyed.get("cases", ""),
    )
