"""Landing files: what a platform gave, page by page, whole or not there at all.

A file is `<landing>/<platform>/<brand>/<kind>-<topics>-<start>-<end>.jsonl.zst`: one line for each
page, then a trailer that says what was asked, read and missed. While it is written its name ends
in `.part`, and its writer holds a lock on it that dies with the process.
"""

from __future__ import annotations

import errno
import fcntl
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO
from uuid import uuid4

import zstandard

from collectors.errors import CollectorError
from collectors.landing_read import (
    SUFFIX,
    LandingBroken,
    complete_files,
    read_landing,
    read_trailer,
    trailer_line,
)
from collectors.model import Gap, Job, Landing, Page, Price, Window
from collectors.reading import dump
from collectors.registry import Client, Platform
from watchlist.errors import HorchError
from watchlist.files import replace_durably

__all__ = [
    "LandingBroken",
    "LandingNotWritten",
    "affordable_posts",
    "collect_to_landing",
    "complete_files",
    "read_landing",
    "read_trailer",
    "remove_stale_parts",
]

log = logging.getLogger(__name__)

_PART = ".part"
_LEVEL = 3


class LandingNotWritten(HorchError):
    """The disk did not take a landing file; what was read is read again by the next run."""


def collect_to_landing(
    platform: Platform,
    client: Client,
    job: Job,
    landing_dir: Path,
    now: datetime,
    max_posts: int | None = None,
) -> Path | None:
    """Read one job into a landing file.

    At most `max_posts` posts are read; what they leave becomes a gap (`budget`).

    Returns:
        The file, or None where there was nothing to ask and nothing to say.

    Raises:
        CollectorError: the platform refused or failed. What it gave before lies in a complete
            file by then (`error.path`), and `error.uncovered` says what is left to read.
        LandingNotWritten: the disk is full or not writable; no file is left.
    """
    window, gaps = platform.reach(job, now)
    if window is None and not gaps:
        return None
    reading = _Reading(job, window, list(gaps))
    with _PartFile(landing_dir / job.platform / job.brand, _stem(job)) as part:
        if window is not None:
            pages = platform.collect(client, replace(job, window=window), now, max_posts)
            reading.pour(pages, part)
        if reading.pages or reading.error is None:
            part.write(trailer_line(reading.trailer(platform.PRICE, now)))
            part.finish()
    if reading.error is not None:
        reading.error.job = job
        reading.error.uncovered = job.window.minus(reading.covered())
        reading.error.path = part.finished
        raise reading.error
    return part.finished


def remove_stale_parts(folder: Path) -> int:
    """Delete `.part` files below a folder whose writers are dead; returns how many."""
    stale = [part for part in folder.rglob(f"*{_PART}") if _remove_if_stale(part)]
    for part in stale:
        log.info("removed %s, left behind by a run that was stopped", part.name)
    return len(stale)


def affordable_posts(price: Price, usd: float) -> int | None:
    """Return how many posts a budget pays for if each brings an author; None where all is free."""
    worst = price.of(posts=1, users=1)
    return int(max(usd, 0.0) / worst + 1e-9) if worst else None


@dataclass
class _Reading:
    """What one job has brought so far."""

    job: Job
    window: Window | None
    gaps: list[Gap]
    pages: int = 0
    posts: int = 0
    users: int = 0
    read_from: datetime | None = None
    error: CollectorError | None = None

    def pour(self, pages: Iterator[Page | Gap], part: _PartFile) -> None:
        """Write all pages of the job; keeps the platform's error instead of raising it."""
        try:
            for item in pages:
                if isinstance(item, Gap):
                    self.gaps.append(item)
                else:
                    part.write(self._line(item))
        except CollectorError as error:
            self.error = error

    def covered(self) -> tuple[Window, ...]:
        """Return the parts of the window that were read without a hole."""
        if self.window is None or (self.error and self.read_from is None):
            return ()
        start = self.window.start
        if self.error and self.read_from:
            start = max(start, self.read_from)
        if start >= self.window.end:
            return ()
        return Window(start, self.window.end).minus(gap.window for gap in self.gaps)

    def trailer(self, price: Price, now: datetime) -> Landing:
        return Landing(
            platform=self.job.platform,
            brand=self.job.brand,
            kind=self.job.kind,
            topics=self.job.topics,
            window=self.job.window,
            covered=self.covered(),
            retrieved_at=now,
            gaps=tuple(self.gaps),
            root_ids=self.job.root_ids,
            requests=self.pages + (self.error is not None),
            posts=self.posts,
            users=self.users,
            cost_usd=round(price.of(self.posts, self.users), 6),
            error=str(self.error or ""),
        )

    def _line(self, page: Page) -> dict[str, Any]:
        self.pages += 1
        self.posts += page.posts
        self.users += page.users
        self.read_from = page.read_from
        return {
            "platform": self.job.platform,
            "brand": self.job.brand,
            "kind": self.job.kind,
            "topics": self.job.topics,
            "url": page.url,
            "retrieved_at": page.retrieved_at.isoformat(),
            "payload": page.payload,
        }


class _PartFile:
    """A landing file in the making; it vanishes unless `finish` is reached."""

    def __init__(self, folder: Path, stem: str) -> None:
        self.folder = folder
        self.stem = stem
        self.part = folder / f"{stem}.{uuid4().hex[:8]}{_PART}"
        self.finished: Path | None = None

    def __enter__(self) -> _PartFile:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            remove_stale_parts(self.folder)
            self.file = _create_locked(self.part)
        except OSError as error:
            raise self._not_written(error) from error
        compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        self.stream = compressor.stream_writer(self.file, closefd=False)
        return self

    def write(self, line: dict[str, Any]) -> None:
        try:
            self.stream.write(dump(line) + b"\n")
        except OSError as error:
            raise self._not_written(error) from error

    def finish(self) -> None:
        """Make the file count: everything on disk, then its name."""
        try:
            self.stream.close()  # type: ignore[no-untyped-call]
            self.file.flush()
            target = _unused(self.folder, self.stem)
            replace_durably(self.part, target)
        except OSError as error:
            raise self._not_written(error) from error
        self.finished = target

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with suppress(OSError):  # a full disk refuses what is still buffered; it is thrown away
            self.file.close()
        self.part.unlink(missing_ok=True)

    def _not_written(self, error: OSError) -> LandingNotWritten:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        remedy = "free some space" if is_full else "make the folder writable"
        return LandingNotWritten(
            f"cannot write a landing file into {self.folder} ({error.strerror}); "
            f"{remedy} and run again, nothing half-written was kept"
        )


def _create_locked(path: Path) -> BinaryIO:
    """Create a file and lock it; a clean-up that came in between makes us start again."""
    while True:
        file = path.open("xb")
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.exists():
            return file
        file.close()


def _remove_if_stale(part: Path) -> bool:
    try:
        with part.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()
    except (BlockingIOError, FileNotFoundError):
        return False
    return True


def _unused(folder: Path, stem: str) -> Path:
    """Find a name that is free: reading the same window twice must not replace the first file."""
    target, number = folder / (stem + SUFFIX), 1
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}{SUFFIX}"
    return target


def _stem(job: Job) -> str:
    start, end = (f"{moment:%Y%m%dT%H%M%SZ}" for moment in (job.window.start, job.window.end))
    return f"{job.kind}-{job.digest}-{start}-{end}"
