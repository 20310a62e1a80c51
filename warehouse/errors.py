"""What can go wrong with the warehouse itself; every message names the next step."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import duckdb

from watchlist.errors import HorchError

_PID = re.compile(r"\(PID (\d+)\)")
_FULL = ("No space left on device", "Disk quota exceeded", "File too large")


class WarehouseError(HorchError):
    """The database file cannot be used; `path` says which."""

    def __init__(self, path: Path, cause: str, remedy: str) -> None:
        super().__init__(f"{path}: {cause}; {remedy}")
        self.path = path


class WarehouseBusy(WarehouseError):
    """Another process holds the database; `pid` is None where it cannot be told."""

    def __init__(self, path: Path, pid: int | None) -> None:
        holder = f"process {pid}" if pid else "another connection"
        super().__init__(
            path, f"in use by {holder}", "wait until it has finished, or stop it, and try again"
        )
        self.pid = pid


class WarehouseMissing(WarehouseError):
    """There is no database, or no folder to put it into."""


class WarehouseBroken(WarehouseError):
    """The file is no DuckDB database, or a damaged one."""


class WarehouseNewer(WarehouseError):
    """The file was written by a newer Horchposten or a newer DuckDB."""


class WarehouseOlder(WarehouseError):
    """The file lacks tables this version reads, and a reader may not add them."""


class DiskFull(WarehouseError):
    """The disk took no more; the step was rolled back."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, "the disk is full", "free some space and run again, nothing half-done was kept"
        )


def is_disk_full(error: BaseException) -> bool:
    """Tell whether Python or DuckDB failed because the disk, or a quota on it, is used up."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return isinstance(error, duckdb.Error) and any(sign in str(error) for sign in _FULL)


def opening_error(path: Path, error: duckdb.Error) -> WarehouseError:
    """Say in our words why DuckDB did not open a file."""
    text = str(error)
    if "Could not set lock" in text or "different configuration" in text:
        found = _PID.search(text)
        return WarehouseBusy(path, int(found[1]) if found else None)
    if is_disk_full(error):
        return DiskFull(path)
    if "No such file" in text or "does not exist" in text or "Permission denied" in text:
        return WarehouseMissing(path, "cannot be opened", "check the folder and its permissions")
    if "newer version" in text or "version number" in text:
        return WarehouseNewer(
            path, "was written by a newer DuckDB", "update Horchposten (make setup)"
        )
    cause = text.splitlines()[0] if text else type(error).__name__
    return WarehouseBroken(
        path,
        f"is no usable database ({cause})",
        "move it away; `horch run` starts a new one from the landing files",
    )
