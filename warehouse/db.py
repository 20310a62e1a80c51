"""Open the warehouse: one writer at a time, migrated; readers on the published copy.

DuckDB lets one process write and refuses all others meanwhile, so connections are kept short and
waiting is done here. Nobody may open the database file by other means in the same process: closing
it would drop DuckDB's lock (`fcntl` locks belong to the process, not to the file handle).
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from warehouse.errors import (
    DiskFull,
    WarehouseBusy,
    WarehouseMissing,
    WarehouseNewer,
    WarehouseOlder,
    is_disk_full,
    opening_error,
)
from watchlist.files import exclusive, replace_durably

log = logging.getLogger(__name__)

_SCHEMA = Path(__file__).parent / "schema"
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1GB",
    "threads": "2",
    "preserve_insertion_order": "false",
}
_FIRST_WAIT_S = 0.02
_LONGEST_WAIT_S = 0.5
_ABANDONED_AFTER_S = 86_400


@contextmanager
def open_writer(path: Path, wait_s: float = 60.0) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database for writing, create it and bring its schema up to date.

    Args:
        path: the database file.
        wait_s: how long to wait for another process that holds it.

    Raises:
        WarehouseBusy: the other process did not finish in time.
        WarehouseError: the file cannot be used; see its subclasses.
        DiskFull: also for what runs inside the block.
    """
    with _disk_watched(path):
        if not path.exists():
            _create(path, wait_s)
        con = _connect_patiently(path, wait_s)
        try:
            _migrate(con, path)
            yield con
        finally:
            con.close()


@contextmanager
def open_reader(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published copy for reading; any number of readers may.

    Raises:
        WarehouseMissing: nothing has been published yet.
        WarehouseError: the file cannot be used; see its subclasses.
    """
    if not path.exists():
        raise WarehouseMissing(path, "does not exist yet", "run `horch run` once")
    con = _connect_beside_others(path)
    try:
        version = _version(con)
        if version < len(_schema_files()):
            raise WarehouseOlder(path, "was written by an older version", "run `horch run` once")
        _refuse_newer(path, version)
        yield con
    finally:
        con.close()


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Make a block all or nothing."""
    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):  # a commit that failed has already rolled back
            con.execute("ROLLBACK")
        raise


@contextmanager
def _disk_watched(path: Path) -> Iterator[None]:
    try:
        yield
    except (duckdb.Error, OSError) as error:
        if is_disk_full(error):
            raise DiskFull(path) from error
        raise


def _create(path: Path, wait_s: float) -> None:
    """Make a new database under another name first: half of one would never open again.

    DuckDB writes a new file in several pieces, and a kill or a full disk can come in between.
    """
    part = path.with_name(path.name + ".new")
    with exclusive(part.with_name(part.name + ".lock"), f"creating {path.name}", wait_s):
        if path.exists():
            return
        for leftover in (part, part.with_name(part.name + ".wal")):
            leftover.unlink(missing_ok=True)
        con = _connect(part)
        try:
            _migrate(con, path)
            con.execute("CHECKPOINT")
        finally:
            con.close()
        replace_durably(part, path)


def _connect_patiently(path: Path, wait_s: float) -> duckdb.DuckDBPyConnection:
    give_up_at = time.monotonic() + wait_s
    pause = _FIRST_WAIT_S
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            return _connect(path)
        except WarehouseBusy as busy:
            if time.monotonic() + pause > give_up_at:
                raise
            log.debug("%s; waiting", busy)
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_WAIT_S)


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        con = duckdb.connect(str(path), config=_SETTINGS)
    except duckdb.Error as error:
        raise opening_error(path, error) from error
    con.execute("SET TimeZone = 'UTC'")
    return con


def _connect_beside_others(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a copy that other processes, and other code in this one, may have open as well.

    Readers that spill into one folder would take each other's files, so each has its own. A
    process that has the copy open by `duckdb.connect` itself keeps the settings it chose.
    """
    settings = _SETTINGS | {"temp_directory": f"{path.absolute()}.{os.getpid()}.tmp"}
    try:
        try:
            con = duckdb.connect(str(path), read_only=True, config=settings)
        except duckdb.ConnectionException:
            con = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise opening_error(path, error) from error
    con.execute("SET TimeZone = 'UTC'")
    return con


def abandoned_spill(path: Path) -> Iterator[Path]:
    """Yield the folders that killed readers of a copy have spilled into.

    A day is waited for, because the process may live on another machine that shares the folder.
    """
    before = time.time() - _ABANDONED_AFTER_S
    for folder in path.parent.glob(f"{path.name}.*.tmp"):
        pid = folder.suffixes[-2].removeprefix(".")
        if pid.isdecimal() and not Path("/proc", pid).exists() and folder.stat().st_mtime < before:
            yield folder


def _schema_files() -> list[Path]:
    return sorted(_SCHEMA.glob("[0-9][0-9][0-9]_*.sql"))


def _version(con: duckdb.DuckDBPyConnection) -> int:
    """Return how many schema files the database has seen; 0 for a new one."""
    try:
        row = con.execute("SELECT max(version) FROM schema_version").fetchone()
    except duckdb.CatalogException:
        return 0
    return int(row[0] or 0) if row else 0


def _migrate(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    files = _schema_files()
    version = _version(con)
    _refuse_newer(path, version)
    if version == len(files):
        return
    with transaction(con):
        con.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER, name VARCHAR)")
        for number, file in enumerate(files[version:], start=version + 1):
            con.execute(file.read_text(encoding="utf-8"))
            con.execute("INSERT INTO schema_version VALUES (?, ?)", [number, file.stem])
    log.info("%s: schema brought from version %d to %d", path, version, len(files))


def _refuse_newer(path: Path, version: int) -> None:
    if version > len(_schema_files()):
        raise WarehouseNewer(
            path, "was written by a newer Horchposten", "update this one (git pull, make setup)"
        )
