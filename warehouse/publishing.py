"""A copy for readers: whole, consistent, and replaced in one instant.

Whoever has the old copy open keeps it: its name is gone, its bytes stay until the last one closes
it, and nobody has to count readers. Three things could still harm them, and are prevented here:

- two publishers, or the copying process of a killed one, writing into the same unfinished copy:
  each has one of its own, and a lock makes them take turns;
- a client that opens the copy for writing: it would lock all others out, and the log it left would
  be replayed on the next copy. The file is not writable, and such a log is removed;
- what killed processes left behind filling the disk: the next publisher removes it.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

from warehouse.db import abandoned_spill, open_writer
from warehouse.errors import DiskFull, WarehouseMissing, is_disk_full
from watchlist.errors import HorchError
from watchlist.files import exclusive, replace_durably

log = logging.getLogger(__name__)

_COPY = """
import shutil, sys
try:
    shutil.copyfile(*sys.argv[1:])
except OSError as error:
    sys.exit(f"{error.errno} {error.strerror}")
"""
_WRITING = 0o222


class NotPublished(HorchError):
    """The copy could not be written; readers keep the one before."""


def publish(database: Path, target: Path, wait_s: float = 60.0) -> bool:
    """Put a copy of the database in place for readers; those who hold the old one keep it.

    Call it with no connection open. The copy is made by a process of its own, because closing the
    database file in this one would drop DuckDB's lock on it.

    Returns:
        False where nothing had changed since the copy in place was made.

    Raises:
        WarehouseMissing: there is no database.
        WarehouseBusy: another process did not finish in time.
        Busy: another process did not finish publishing in time.
        DiskFull: there is no room for the copy.
        NotPublished: the copy failed otherwise.
    """
    if not database.exists():
        raise WarehouseMissing(database, "does not exist yet", "run `horch run` once")
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    lock = target.with_name(f"{target.name}.lock")
    try:
        with exclusive(lock, f"publishing {target.name}", wait_s):
            _clean_up(target)
            if not _copied(database, part, target, wait_s):
                return False
            replace_durably(part, target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _failure(part, error) from error
    log.info("published %s", target)
    return True


def _copied(database: Path, part: Path, target: Path, wait_s: float) -> bool:
    """Copy the database while nobody writes, unless the copy in place is of the same state.

    A copy bears the time of its database: DuckDB writes the file only when something changes.
    """
    with open_writer(database, wait_s) as con:
        con.execute("CHECKPOINT")
        state = database.stat()
        if target.exists() and _stamp(target.stat()) == _stamp(state):
            return False
        try:
            _copy(database, part)
        except OSError as error:  # said here, or the writer would speak of the database
            part.unlink(missing_ok=True)
            raise _failure(part, error) from error
    part.chmod(state.st_mode & ~_WRITING)
    os.utime(part, ns=(state.st_atime_ns, state.st_mtime_ns))
    return True


def _stamp(status: os.stat_result) -> tuple[int, int]:
    return status.st_mtime_ns, status.st_size


def _copy(source: Path, part: Path) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-I", "-S", "-c", _COPY, str(source), str(part)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own paths
    if done.returncode:
        number, _, cause = done.stderr.strip().partition(" ")
        if number.isdecimal():
            raise OSError(int(number), cause)
        raise OSError(f"the copying process ended with {done.returncode}")


def _failure(part: Path, error: OSError) -> HorchError:
    if is_disk_full(error):
        return DiskFull(part)
    cause = error.strerror or str(error)
    return NotPublished(f"{part} cannot be written ({cause}); make its folder writable")


def _clean_up(target: Path) -> None:
    """Remove what killed publishers, writing clients and killed readers have left."""
    for leftover in (
        *target.parent.glob(f"{target.name}.*part"),
        target.with_name(f"{target.name}.wal"),
        target.with_name(f"{target.name}.of"),  # how it was once known which state was copied
    ):
        leftover.unlink(missing_ok=True)
    for folder in abandoned_spill(target):
        shutil.rmtree(folder, ignore_errors=True)
