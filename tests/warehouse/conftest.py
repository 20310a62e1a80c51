"""A warehouse in a temporary file that knows one brand."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.copies import put
from tests.warehouse.making import NOW, make_watchlist
from warehouse import open_writer, publish, sync_watchlist


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "warehouse.duckdb"


@pytest.fixture(scope="session")
def unused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed warehouse that knows Stadtwerke Kronfurt, to be copied: making one takes longer."""
    path = tmp_path_factory.mktemp("unused") / "warehouse.duckdb"
    with open_writer(path) as con:
        sync_watchlist(con, make_watchlist(), NOW)
    return path


@pytest.fixture
def con(unused: Path, database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A writer's connection to a warehouse that knows Stadtwerke Kronfurt."""
    shutil.copyfile(unused, database)
    with open_writer(database) as con:
        con.execute("SET threads = 1")  # more only wait for each other in small worlds
        yield con


@pytest.fixture
def reader(database: Path) -> Path:
    """A copy published after one change, of a warehouse that has seen a second one since."""
    reader = database.with_name("reader.duckdb")
    put(database, "1")
    assert publish(database, reader) is True
    put(database, "2")
    return reader


@pytest.fixture
def landing_dir(tmp_path: Path) -> Path:
    return tmp_path / "landing"


Rows = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def rows(con: duckdb.DuckDBPyConnection) -> Rows:
    """Runs a query and returns its rows."""
    return lambda query: con.execute(query).fetchall()
