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
from dataclasses import dataclass, field, replace
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
from collectors.model import Asking, Gap, Job, Landing, Page, Price, Window
from collectors.reading import dump
from collectors.registry import Client, Platform
from collectors.spending import SUFFIX as SPENT
from collectors.spending import SpendingNote, left_behind
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

    At most `max_posts` posts are read; what they leave becomes a gap (`budget`). What an error
    leaves becomes a gap too where the error is a reason for one; a later run closes it.

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
    reading = _Reading(job, window, list(gaps), platform.PRICE, now)
    folder = landing_dir / job.platform / job.brand
    remove_stale_parts(folder)
    with _PartFile(folder, _stem(job)) as part:
        if window is not None:
            pages = platform.collect(client, replace(job, window=window), now, max_posts)
            reading.pour(pages, part)
        if reading.is_worth_keeping():
            part.write(trailer_line(reading.trailer()))
            part.finish()
        part.note.remove()
    if reading.error is not None:
        reading.error.job = job
        reading.error.uncovered = job.window.minus(reading.covered())
        reading.error.path = part.finished
        raise reading.error
    return part.finished


def remove_stale_parts(folder: Path) -> int:
    """Delete `.part` files below a folder whose writers are dead; returns how many.

    What their writers may have spent is booked by a landing file without pages.
    """
    stale = [part for part in folder.rglob(f"*{_PART}") if _remove_if_stale(part)]
    for part in stale:
        log.info("removed %s, left behind by a run that was stopped", part.name)
    for note, landing in left_behind(folder, _PART):
        stem = note.path.name.removesuffix(SPENT).removesuffix(_PART).rpartition(".")[0]
        with _PartFile(note.path.parent, stem) as part_file:
            part_file.write(trailer_line(landing))
            part_file.finish()
        note.remove()
        log.warning("a run was stopped while reading; up to $%.3f are booked", landing.cost_usd)
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
    price: Price
    now: datetime
    asking: Asking = field(default_factory=lambda: Asking(0, 0))
    pages: int = 0
    posts: int = 0
    users: int = 0
    read_from: datetime | None = None
    error: CollectorError | None = None

    def pour(self, pages: Iterator[Page | Gap | Asking], part: _PartFile) -> None:
        """Write all pages of the job; keeps the platform's error instead of raising it."""
        try:
            for item in pages:
                if isinstance(item, Gap):
                    self.gaps.append(item)
                elif isinstance(item, Asking):
                    self.asking = item
                    part.note_spending(self._spent_at_most())
                else:
                    part.write(self._line(item))
        except CollectorError as error:
            self._break_off(error)

    def _break_off(self, error: CollectorError) -> None:
        """Keep the error, book an answer that may have got lost, name what is left unread."""
        self.error = error
        if error.may_be_billed:
            self.posts += self.asking.posts
            self.users += self.asking.users
        if self.window is not None and error.gap_reason and self.job.kind in ("search", "own"):
            left = self.window.minus([*self.covered(), *(gap.window for gap in self.gaps)])
            again = error.retry_at
            until = f", until {again:%Y-%m-%d %H:%M} UTC" if again else ""
            self.gaps += [Gap(part, error.gap_reason, error.cause + until) for part in left]

    def is_worth_keeping(self) -> bool:
        """Tell whether there is anything to say: pages, a price, a reason for a gap."""
        return self.error is None or bool(self.pages or self.posts or self.gaps)

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

    def _spent_at_most(self) -> Landing:
        """Say what this reading has cost if the next answer is as dear as it can be."""
        posts, users = self.posts + self.asking.posts, self.users + self.asking.users
        return replace(
            self.trailer(),
            covered=(),
            gaps=(),
            requests=self.pages + 1,
            posts=posts,
            users=users,
            cost_usd=round(self.price.of(posts, users), 6),
        )

    def trailer(self) -> Landing:
        return Landing(
            platform=self.job.platform,
            brand=self.job.brand,
            kind=self.job.kind,
            topics=self.job.topics,
            window=self.job.window,
            covered=self.covered(),
            retrieved_at=self.now,
            gaps=tuple(self.gaps),
            root_ids=self.job.root_ids,
            requests=self.pages + (self.error is not None),
            posts=self.posts,
            users=self.users,
            cost_usd=round(self.price.of(self.posts, self.users), 6),
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
        self.note = SpendingNote(self.part.with_name(self.part.name + SPENT))
        self.finished: Path | None = None

    def __enter__(self) -> _PartFile:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
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

    def note_spending(self, landing: Landing) -> None:
        """Note a request that costs money before it is sent."""
        try:
            self.note.write(landing)
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
