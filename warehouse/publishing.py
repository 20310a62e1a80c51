"""A copy for readers: whole, consistent, and replaced in one instant."""

from __future__ import annotations

import logging
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from warehouse.db import open_writer
from warehouse.errors import DiskFull, WarehouseMissing
from watchlist.errors import HorchError
from watchlist.files import replace_durably

log = logging.getLogger(__name__)

_COPY = "import shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2])"


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
        DiskFull: there is no room for the copy.
        NotPublished: the copy failed otherwise.
    """
    if not database.exists():
        raise WarehouseMissing(database, "does not exist yet", "run `horch run` once")
    with open_writer(database, wait_s) as con:
        con.execute("CHECKPOINT")
        state = _state(database)
        note = target.with_name(target.name + ".of")
        if target.exists() and note.exists() and note.read_text(encoding="utf-8") == state:
            return False
        part = target.with_name(target.name + ".part")
        _copy(database, part)
    replace_durably(part, target)
    note.write_text(state, encoding="utf-8")
    log.info("published %s", target)
    return True


def _state(database: Path) -> str:
    """Tell one state of the file from another: DuckDB writes it only when something changes."""
    status = database.stat()
    return f"{status.st_mtime_ns} {status.st_size}"


def _copy(source: Path, part: Path) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-I", "-S", "-c", _COPY, str(source), str(part)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own paths
    if done.returncode:
        with suppress(OSError):
            part.unlink()
        cause = (done.stderr.strip().splitlines() or ["copy failed"])[-1]
        if "No space left" in cause:
            raise DiskFull(part)
        raise NotPublished(f"{part} cannot be written ({cause}); make its folder writable")
