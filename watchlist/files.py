"""Files that are whole or not there at all, and locks that die with their process."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watchlist.errors import HorchError

_POLL_SECONDS = 0.05


class Busy(HorchError):
    """Another process holds a lock longer than we are willing to wait."""


@contextmanager
def exclusive(path: Path, what: str, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold an exclusive lock on `path` while the block runs; the system drops it if we die.

    Args:
        path: The lock file; it is created and stays.
        what: What is being done, for the message: "collecting from x".
        wait_seconds: How long to wait for another holder.

    Raises:
        Busy: the other holder did not finish in time.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as handle:
        give_up_at = time.monotonic() + wait_seconds
        while not _try_lock(handle.fileno()):
            if time.monotonic() >= give_up_at:
                raise Busy(f"another process is {what}; wait until it has finished and try again")
            time.sleep(_POLL_SECONDS)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def replace_durably(part: Path, target: Path) -> None:
    """Rename a finished `part` onto `target` so that a power cut leaves either old or new."""
    descriptor = os.open(part, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
